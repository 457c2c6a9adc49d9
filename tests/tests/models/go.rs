//! Go: formatted, vetted, and of one mind with Rust.

use super::{differences, emit, run, vectors};
use herz_codegen::go::Go;
use herz_tests::{built_in, tool};
use std::path::Path;

/// What every Go module of ours must pass, and what its generated tests print. None without Go.
pub(crate) fn checked(folder: &Path, variables: &[(&str, &str)]) -> Option<String> {
    let go = tool("go", "version")?;
    if let Some(gofmt) = tool("gofmt", "-h") {
        assert_eq!(run(folder, &gofmt, &["-l", "."], &[]), "", "not formatted");
    }
    assert_eq!(run(folder, &go, &["vet", "./..."], &[]), "");
    if let Some(staticcheck) = tool("staticcheck", "-version") {
        assert_eq!(run(folder, &staticcheck, &["./..."], &[]), "");
    }
    Some(run(
        folder,
        &go,
        &["test", "-v", "-count=1", "./..."],
        variables,
    ))
}

#[test]
fn go_judges_and_writes_as_rust_does() {
    let files = emit(&Go, built_in());
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    let (path, count) = vectors::shared();
    if let Some(printed) = checked(folder.path(), &[("HERZ_VECTORS", path)]) {
        differences("go", &printed, count);
    }
}
