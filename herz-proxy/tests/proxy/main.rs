//! The proxies in front of real sockets, watched by clients that know nothing of Herz.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod http;
mod tcp;
mod toxiproxy;
mod world;
