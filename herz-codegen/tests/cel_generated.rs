//! Rust of expressions is kept as files; `cel_compiled.rs` compiles and runs them.

// Clippy takes helpers of tests for production code.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

#[path = "generated/conformance.rs"]
mod conformance;
#[path = "../../herz-dsl/tests/cel/fixture.rs"]
mod fixture;
#[path = "../../herz-dsl/tests/cel/generate.rs"]
mod generate;

use herz_codegen::rust::{Options, generate as rust};
use std::path::PathBuf;

/// `HERZ_UPDATE=1` writes the files anew.
#[test]
fn generated_rules_are_the_kept_ones() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/generated/cel");
    let files = rust(&conformance::catalog(), &Options::default()).unwrap();
    if std::env::var_os("HERZ_UPDATE").is_some() {
        files.write(&folder).unwrap();
    }
    for file in files.iter() {
        let kept = std::fs::read_to_string(folder.join(&file.path)).unwrap_or_default();
        assert!(
            file.text == kept,
            "{} is old: run with HERZ_UPDATE=1",
            file.path
        );
    }
}
