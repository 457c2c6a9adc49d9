//! Running experiments as a user does, with observers that are not Herz: curl, `/proc`, plain sockets.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests, and say what they skip"
)]

mod ends;
mod mistakes;
mod plans;
mod refusals;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod told;
