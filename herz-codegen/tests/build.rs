//! The interface for build scripts: packages on disk in, files and findings out.

#![allow(
    clippy::expect_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_codegen::build::{BuildError, Builder};
use std::fs;
use std::path::{Path, PathBuf};

const PACKAGE: &str = "package: tiny\nversion: 0.1.0\ngroup: tiny.example\napiVersion: v1\nplatform: { name: tiny, versions: [1.0.0] }\n";

/// A package of one kind in a folder of its own.
fn package(name: &str, kind: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("schemas")).expect("a folder");
    fs::write(folder.join("schemas/package.yaml"), PACKAGE).expect("a file");
    fs::write(folder.join("schemas/kind.yaml"), kind).expect("a file");
    folder
}

fn builder(folder: &Path) -> Builder {
    let schemas = folder.join("schemas");
    Builder::new()
        .package(schemas.to_str().expect("a path in UTF-8"))
        .out_dir(folder.join("out"))
}

#[test]
fn files_are_written_once() {
    let folder = package(
        "build-once",
        "kind: Tiny\nfields:\n  - { name: latency, type: duration }\n",
    );
    let compiled = builder(&folder)
        .module("tiny", "small")
        .compile()
        .expect("compiles");
    assert_eq!(compiled.catalog.kinds.len(), 1);
    let file = folder.join("out/small/tiny.rs");
    let text = fs::read_to_string(&file).expect("a generated file");
    assert!(text.contains("pub latency: Text<Duration>,"), "{text}");
    let stamp = |path: &Path| {
        fs::metadata(path)
            .and_then(|meta| meta.modified())
            .expect("a time")
    };
    let before = stamp(&file);
    builder(&folder)
        .module("tiny", "small")
        .compile()
        .expect("compiles");
    assert_eq!(stamp(&file), before);
}

#[test]
fn findings_in_schemas_have_places() {
    let folder = package(
        "build-findings",
        "kind: Tiny\nfields:\n  - { name: latency, type: durations }\n  - { name: a b, type: int }\n",
    );
    let error = builder(&folder).compile().expect_err("does not compile");
    assert!(matches!(error, BuildError::Schemas(_)), "{error}");
    let text = error.to_string();
    assert!(text.contains("kind.yaml:3:28: "), "{text}");
    assert!(text.contains("did you mean `duration`?"), "{text}");
    assert!(!folder.join("out").exists(), "nothing is written");
}

#[test]
fn names_that_meet_ask_for_another() {
    let folder = package(
        "build-names",
        "kind: Tiny\nfields:\n  - { name: fooBar, type: int }\n  - { name: foo-bar, type: int }\n",
    );
    let text = builder(&folder)
        .compile()
        .expect_err("two fields of one name")
        .to_string();
    assert!(text.contains("foo") && text.contains("rename:"), "{text}");
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let text = Builder::new()
        .package("no/such/folder")
        .catalog()
        .expect_err("no folder")
        .to_string();
    assert!(text.contains("no/such/folder"), "{text}");
}
