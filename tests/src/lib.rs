//! Tests of Herz as a whole, and what they share.
//!
//! * [`mdtest`]: Markdown pages whose code blocks say what is found in them.
//! * [`fuzz`]: what may be done with any bytes whatever, without a crash.
//! * [`generate`]: documents made from a catalog.
//! * [`hostile`]: a schema of words that languages keep for themselves, and its like.
//! * [`built_in`]: the catalog of the packages in `schemas/`.
#![deny(missing_docs)]
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that can't be set up fails with its reason"
)]

pub mod fuzz;
pub mod generate;
pub mod hostile;
pub mod mdtest;

use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Folders};
use herz_dsl::source::Sources;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// A path below the repository's top folder.
pub fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the repository")
        .join(path)
}

/// A folder of the corpus, `chaos-mesh` say: below the folder that `HERZ_CORPUS` names, or else below
/// `../shared/corpus` beside the repository. `None` if there is no corpus, which is said loudly.
///
/// # Panics
///
/// If `HERZ_CORPUS` is set and the folder is not there.
#[allow(clippy::print_stdout, reason = "what is not tested is said")]
pub fn corpus(part: &str) -> Option<PathBuf> {
    let named = std::env::var_os("HERZ_CORPUS").map(PathBuf::from);
    let is_named = named.is_some();
    let folder = named.unwrap_or_else(|| top("../shared/corpus")).join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    let shown = folder.display();
    assert!(!is_named, "HERZ_CORPUS: {shown} does not exist");
    println!("NOT TESTED: no corpus at {shown}; set HERZ_CORPUS to its folder");
    None
}

/// Says loudly what is not tested for want of something.
#[allow(clippy::print_stdout, reason = "what is not tested is said")]
pub fn skipped(why: &str) {
    println!("SKIPPED: {why}; what needs it is not tested");
}

/// A program, from `target/tools/bin` (`.ci/tools` puts it there) or the path; told loudly if it is
/// not there. `version` is the argument that only makes it say which version it is.
pub fn tool(name: &str, version: &str) -> Option<PathBuf> {
    let own = top("target/tools/bin").join(name);
    let program = if own.exists() {
        own
    } else {
        PathBuf::from(name)
    };
    let there = Command::new(&program)
        .arg(version)
        .output()
        .is_ok_and(|output| output.status.success());
    if !there {
        skipped(&format!("no `{name}` on this machine (see .ci/tools)"));
    }
    there.then_some(program)
}

/// What makes a Java machine start fast, for programs that are over in seconds.
pub const SHORT_JVM: &[&str] = &["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/// The Java files at and below a folder, as arguments of a compiler.
pub fn java_files(folder: &Path) -> Vec<String> {
    let files = files_below(folder, &["java"]);
    files
        .iter()
        .map(|file| file.display().to_string())
        .collect()
}

/// The YAML files at and below a folder, in the order of their paths.
pub fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    files_below(folder, &["yaml", "yml"])
}

/// The files with these endings at and below a folder, in the order of their paths.
fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|end| endings.iter().any(|one| end == *one))
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The catalog of `schemas/`, compiled once. Findings in it are for `herz check` to tell.
pub fn built_in() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        let mut sources = Sources::new();
        let schemas = top("schemas");
        let (packages, unreadable) = compile::load(
            &Folders,
            &[schemas.to_str().expect("a path in UTF-8")],
            &mut sources,
        );
        assert!(unreadable.is_empty(), "{unreadable:?}");
        compile::compile(&packages).0
    });
    &CATALOG
}
