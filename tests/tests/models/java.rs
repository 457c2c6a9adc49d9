//! Java: compiles with every warning an error, documented throughout, and of one mind with Rust.

use super::{differences, emit, run, vectors};
use herz_codegen::java::Java;
use herz_tests::{SHORT_JVM, built_in, java_files, tool, top};
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
    let jvm: Vec<String> = SHORT_JVM.iter().map(|one| format!("-J{one}")).collect();
    let compile = |sources: &str, into: &str, more: &[&str]| {
        let mut arguments: Vec<&str> = jvm.iter().map(String::as_str).collect();
        arguments.extend([STRICT, &["-d", into], more].concat());
        let files = java_files(&folder.join(sources));
        arguments.extend(files.iter().map(String::as_str));
        assert_eq!(run(folder, &javac, &arguments, &[]), "");
    };
    compile("src/main/java", "target/classes", &[]);
    compile("src/test/java", "target/test", &["-cp", "target/classes"]);
    let path = ["target/classes", "target/test", "src/test/resources"];
    let path = std::env::join_paths(path).expect("no separator in them");
    let path = path.to_str().expect("plain names");
    let arguments = ["-cp", path, "com.example.herz.models.ModelsTest"];
    let arguments = [SHORT_JVM, &arguments].concat();
    Some(run(folder, &java, &arguments, variables))
}

/// The example of the how-to page as a program that reads a document from its argument.
fn example() -> String {
    let page = top("docs/how-to/generated-models.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let (_, block) = page.split_once("```java\n").expect("an example");
    let (block, _) = block.split_once("```").expect("an end");
    format!(
        "package com.example.herz.models;\n\nimport com.example.herz.models.chaosmesh.*;\n\
         import com.example.herz.models.spec.*;\n\nfinal class Example {{\n    private Example() {{}}\n\n    \
         public static void main(String[] arguments) {{\n        String text = arguments[0];\n{block}    }}\n}}\n"
    )
}

#[test]
fn java_judges_and_writes_as_rust_does() {
    let files = emit(&Java, built_in());
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    let place = "src/test/java/com/example/herz/models/Example.java";
    std::fs::write(folder.path().join(place), example()).expect("the example is written");
    let (path, count) = vectors::shared();
    if let Some(printed) = checked(folder.path(), &[("HERZ_VECTORS", path)]) {
        differences("java", &printed, count);
        let document = r#"{"apiVersion": "chaos-mesh.org/v1alpha1", "kind": "NetworkChaos", "metadata": {"name": "a"},
            "spec": {"action": "delay", "mode": "all", "selector": {}, "delay": {"latency": "800"}}}"#;
        let java = tool("java", "-version").expect("it was there a moment ago");
        let arguments = [
            "-cp",
            "target/classes:target/test",
            "com.example.herz.models.Example",
            document,
        ];
        let said = run(folder.path(), &java, &arguments, &[]);
        assert!(said.contains("spec.delay.latency: "), "{said}");
        // The example has set the duration.
        assert!(!said.contains("spec.duration"), "{said}");
    }
}
