//! The layer in a real server, watched by clients that know nothing of Herz.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod client;
mod faults;
mod gate;
mod shares;
mod statistics;
mod swap;
mod world;
