//! Java: compiles with every warning an error, documented throughout, and of one mind with Rust.

use super::{differences, emit, run, vectors};
use herz_codegen::java::Java;
use herz_tests::{built_in, tool};
use std::path::Path;

/// What every file must pass: all of the compiler's warnings, and those of `javadoc`.
const STRICT: &[&str] = &[
    "-encoding",
    "UTF-8",
    "-Xlint:all",
    "-Xdoclint:all/protected",
    "-Werror",
    "--release",
    "17",
];

/// Compiles a project and runs its generated tests; gives what they printed. None without Java.
pub(crate) fn checked(folder: &Path, variables: &[(&str, &str)]) -> Option<String> {
    let (javac, java) = (tool("javac", "-version")?, tool("java", "-version")?);
    let compile = |sources: &str, into: &str, more: &[&str]| {
        let folder_of = folder.join(sources);
        let mut arguments = [STRICT, &["-d", into], more].concat();
        let files = java_files(&folder_of);
        arguments.extend(files.iter().map(String::as_str));
        assert_eq!(run(folder, &javac, &arguments, &[]), "");
    };
    compile("src/main/java", "target/classes", &[]);
    compile("src/test/java", "target/test", &["-cp", "target/classes"]);
    let path = ["target/classes", "target/test", "src/test/resources"];
    let path = std::env::join_paths(path).expect("no separator in them");
    let arguments = [
        "-ea",
        "-cp",
        path.to_str().expect("plain names"),
        "com.example.herz.models.ModelsTest",
    ];
    Some(run(folder, &java, &arguments, variables))
}

/// The Java files below a folder.
fn java_files(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    files
}

#[test]
fn java_judges_and_writes_as_rust_does() {
    let files = emit(&Java, built_in());
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    let (path, count) = vectors::shared();
    if let Some(printed) = checked(folder.path(), &[("HERZ_VECTORS", path)]) {
        differences("java", &printed, count);
    }
}
