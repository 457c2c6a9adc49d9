//! The fast reader and the full parser over every YAML file at hand: the same trees.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)]

use herz_dsl::tree::Limits;
use herz_tests::fuzz::both_read;
use herz_tests::{corpus, top, yaml_files};
use std::path::PathBuf;

/// Compares both readers over files, and gives the share that the fast one reads, in percent.
fn share(what: &str, files: &[PathBuf]) -> usize {
    let read = files
        .iter()
        .filter(|path| {
            let bytes = std::fs::read(path).expect("a file that was there");
            let same = std::panic::catch_unwind(|| both_read(&bytes, &Limits::default()));
            same.unwrap_or_else(|_| panic!("the readers differ about {}", path.display()))
        })
        .count();
    println!(
        "{what}: the fast reader reads {read} of {} files",
        files.len()
    );
    read * 100 / files.len().max(1)
}

#[test]
fn of_the_repository() {
    let examples = yaml_files(&top("examples"));
    assert!(share("examples", &examples) >= 90);
    for folder in ["schemas", "openapi", "herz-dsl/src/breaking", "tests/fuzz"] {
        share(folder, &yaml_files(&top(folder)));
    }
}

#[test]
fn of_the_corpus() {
    let Some(corpus) = corpus("") else { return };
    let manifests = yaml_files(&corpus.join("chaos-mesh/valid"));
    assert!(manifests.len() > 100);
    assert!(share("valid manifests", &manifests) >= 80);
    share("all of the corpus", &yaml_files(&corpus));
}
