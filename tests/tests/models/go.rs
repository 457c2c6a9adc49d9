//! Go: formatted, vetted, and of one mind with Rust.

use super::{emit, has, run, vectors};
use herz_codegen::go::Go;
use herz_tests::built_in;

/// What every Go module of ours must pass.
pub(crate) fn strict(folder: &std::path::Path) {
    assert_eq!(run(folder, "gofmt", &["-l", "."], &[]), "", "not formatted");
    assert_eq!(run(folder, "go", &["vet", "./..."], &[]), "");
    if has("staticcheck", "-version") {
        assert_eq!(run(folder, "staticcheck", &["./..."], &[]), "");
    }
}

#[test]
fn go_judges_and_writes_as_rust_does() {
    if !has("go", "version") {
        return;
    }
    let files = emit(&Go, built_in());
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    strict(folder.path());
    let path = folder.path().join("vectors.jsonl");
    let count = vectors::write(&path);
    let path = path.display().to_string();
    let printed = run(
        folder.path(),
        "go",
        &["test", "-v", "-count=1", "."],
        &[("HERZ_VECTORS", path.as_str())],
    );
    let line = printed
        .lines()
        .find(|line| line.contains("differences"))
        .unwrap_or_default();
    println!("go: {}", line.trim());
    assert!(
        line.contains(&format!("{count} documents, 0 differences")),
        "{printed}"
    );
}
