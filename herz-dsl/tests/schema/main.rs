//! The schema language: what each keyword becomes, where findings point, hostile texts.
//!
//! What is found in wrong schemas stands in Markdown: `diagnostics/HZ03*.md`, one page for each code,
//! and `tests/mdtest/schema/` at the top, further cases.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod catalog;
mod findings;
mod hostile;
mod imports;
mod support;
