//! The proxies in front of real sockets, watched by clients that know nothing of Herz.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod http;
#[path = "../../../herz-http/tests/layer/statistics.rs"]
#[allow(dead_code, reason = "shared with the layer's tests")]
mod statistics;
mod tcp;
mod toxiproxy;
mod world;
