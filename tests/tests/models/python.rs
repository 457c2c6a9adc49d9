//! Python: typed at the strictest settings, and of one mind with Rust.

use super::{differences, emit, run, vectors};
use herz_codegen::python::Python;
use herz_tests::{built_in, tool};
use std::path::Path;

/// The oldest Python that packages are for.
const OLDEST: &str = "import sys; sys.exit(sys.version_info < (3, 10))";

/// Checks the types of a package and runs its generated tests; gives what they printed. None without
/// Python.
pub(crate) fn checked(folder: &Path, variables: &[(&str, &str)]) -> Option<String> {
    let python = tool("python3", "--version")?;
    if let Some(mypy) = tool("mypy", "--version") {
        let arguments = ["--strict", "--no-error-summary", "herz_models", "tests"];
        assert_eq!(run(folder, &mypy, &arguments, &[]), "");
    }
    if let Some(pyright) = tool("pyright", "--version") {
        let printed = run(folder, &pyright, &[], &[]);
        assert!(printed.contains("0 errors, 0 warnings"), "{printed}");
    }
    run(folder, &python, &["-c", OLDEST], &[]);
    let arguments = ["-W", "error", "-m", "unittest", "-v"];
    Some(run(folder, &python, &arguments, variables))
}

#[test]
fn python_judges_and_writes_as_rust_does() {
    let files = emit(&Python, built_in());
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    let (path, count) = vectors::shared();
    if let Some(printed) = checked(folder.path(), &[("HERZ_VECTORS", path)]) {
        differences("python", &printed, count);
    }
}
