//! Generated models of other languages judge and write documents as Rust does: the same codes,
//! levels, paths and messages, with zero differences, run by the generated package itself.
//!
//! `HERZ_MODELS_EACH` is the number of generated documents a kind (40 without it); the full run is
//!
//! ```sh
//! HERZ_MODELS_EACH=1000 cargo test -p herz-tests --test models -- --nocapture
//! ```

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test tells what it compared, and fails with its reason"
)]

mod go;
mod hostile;
mod java;
mod one_field;
mod python;
mod typescript;
mod vectors;

use herz_codegen::Files;
use herz_codegen::target::{Options, Target, View};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::diagnostic::Level;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// The files of a target for a catalog, and how long that took.
fn emit(target: &dyn Target, catalog: &Catalog) -> Files {
    let start = Instant::now();
    let view = View::new(catalog, &Targets::newest(), &[]);
    let emitted = target.emit(&view, &Options::new(target.options()));
    println!(
        "{}: {} files in {:?} (this build)",
        target.name(),
        emitted.files.len(),
        start.elapsed()
    );
    let errors: Vec<_> = emitted
        .notes
        .iter()
        .filter(|note| note.level == Level::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    emitted.files
}

/// Runs a program and gives what it printed; fails with that if the program does.
fn run(folder: &Path, program: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments);
    for (name, value) in variables {
        command.env(name, value);
    }
    let output = command.output().expect("the program starts");
    let printed = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.status.success(),
        "{} {arguments:?} failed:\n{printed}",
        program.display()
    );
    printed
}

/// The generated tests of a language must have compared all documents and found them to be the same.
fn differences(language: &str, printed: &str, count: usize) {
    let line = printed
        .lines()
        .find(|line| line.contains(" differences"))
        .unwrap_or_default();
    println!("{language}: {}", line.trim());
    assert!(
        line.contains(&format!("{count} documents, 0 differences")),
        "{printed}"
    );
}
