//! TypeScript: compiles at the strictest settings, and is of one mind with Rust.

use super::{differences, emit, run, vectors};
use herz_codegen::typescript::TypeScript;
use herz_tests::{built_in, tool};
use std::path::Path;

/// The strictest settings are those of the generated `tsconfig.json`; it must have them.
const SETTINGS: &[&str] = &[
    "strict",
    "exactOptionalPropertyTypes",
    "noUncheckedIndexedAccess",
    "noPropertyAccessFromIndexSignature",
    "verbatimModuleSyntax",
    "isolatedModules",
];

/// Compiles a package and runs its generated tests; gives what they printed. None without tools.
pub(crate) fn checked(folder: &Path, variables: &[(&str, &str)]) -> Option<String> {
    let (tsc, node) = (tool("tsc", "--version")?, tool("node", "--version")?);
    let settings = std::fs::read_to_string(folder.join("tsconfig.json")).expect("the settings");
    for setting in SETTINGS {
        assert!(
            settings.contains(&format!("\"{setting}\": true")),
            "{setting}"
        );
    }
    assert_eq!(run(folder, &tsc, &[], &[]), "");
    Some(run(
        folder,
        &node,
        &["--test", "--test-reporter=tap"],
        variables,
    ))
}

#[test]
fn typescript_judges_and_writes_as_rust_does() {
    let files = emit(&TypeScript, built_in());
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    let (path, count) = vectors::shared();
    if let Some(printed) = checked(folder.path(), &[("HERZ_VECTORS", path)]) {
        differences("typescript", &printed, count);
    }
}
