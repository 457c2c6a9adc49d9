//! Generated Rust is kept as files; `compiled.rs` compiles and uses them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "a test that can't be set up fails with its reason"
)]

#[path = "generated/fixture.rs"]
mod fixture;

use herz_codegen::rust::{Options, generate};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/generated/golden")
}

/// `HERZ_UPDATE=1` writes the files anew.
#[test]
fn generated_files_are_the_kept_ones() {
    let files = generate(&fixture::catalog(), &Options::default()).expect("generates");
    if std::env::var_os("HERZ_UPDATE").is_some() {
        files.write(&folder()).expect("writes");
    }
    for file in files.iter() {
        let kept = std::fs::read_to_string(folder().join(&file.path)).unwrap_or_default();
        assert_eq!(
            file.text, kept,
            "{} is old: run with HERZ_UPDATE=1",
            file.path
        );
    }
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let options = Options::default();
    assert_eq!(
        generate(&fixture::catalog(), &options),
        generate(&fixture::catalog(), &options)
    );
}
