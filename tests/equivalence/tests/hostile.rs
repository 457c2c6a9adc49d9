//! The hostile schema compiles in Rust, and clippy has nothing to say. (Go, Java, TypeScript and Python: `herz-tests`, test `models`.)

#![allow(clippy::expect_used, reason = "a test fails with its reason")]

use herz_equivalence::batch::Program;
use herz_tests::hostile::{compiled, hostile};

#[test]
fn compiles_in_rust_without_a_lint() {
    let program = Program::build("hostile", &compiled(&hostile())).expect("it compiles");
    assert!(program.lines > 1000, "{} lines", program.lines);
    if herz_tests::tool("cargo-clippy", "--version").is_some() {
        program.lint().expect("clippy is content");
    }
}
