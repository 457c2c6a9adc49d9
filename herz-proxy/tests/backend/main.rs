//! The proxies behind the engine, seen by curl and by plain sockets; and one table of `HTTPChaos` that
//! must look the same through a service's layer and through the proxy before it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests, and say what they skip"
)]

mod conformance;
mod lab;
mod runs;
#[path = "../proxy/world.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod world;
