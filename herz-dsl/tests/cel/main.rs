//! Expressions: the conformance table, errors, properties.

// Clippy takes helpers of tests for production code.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

mod cost;
mod errors;
mod fixture;
mod generate;
mod properties;
mod table;
