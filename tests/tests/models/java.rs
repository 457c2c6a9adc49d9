//! Java: compiles with every warning an error, documented throughout, and of one mind with Rust.

use super::{differences, emit, run, vectors};
use herz_codegen::java::Java;
use herz_codegen::target::{OptionValue, Options, Target, View};
use herz_dsl::catalog::Targets;
use herz_tests::{SHORT_JVM, built_in, hostile, java_files, tool, top};
use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

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

/// Compiles files of a project. Nothing without Java.
fn compile(folder: &Path, files: &[String], into: &str, more: &[&str]) -> Option<()> {
    let javac = tool("javac", "-version")?;
    let jvm: Vec<String> = SHORT_JVM.iter().map(|one| format!("-J{one}")).collect();
    let mut arguments: Vec<&str> = jvm.iter().map(String::as_str).collect();
    arguments.extend([STRICT, &["-d", into], more].concat());
    arguments.extend(files.iter().map(String::as_str));
    assert_eq!(run(folder, &javac, &arguments, &[]), "");
    Some(())
}

/// The project of the built-in catalog, compiled once. None without Java.
fn project() -> Option<&'static Path> {
    static PROJECT: OnceLock<Option<TempDir>> = OnceLock::new();
    let project = PROJECT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let files = emit(&Java, built_in());
        files.write(folder.path()).expect("the files are written");
        let files = java_files(&folder.path().join("src/main/java"));
        compile(folder.path(), &files, "target/classes", &[])?;
        Some(folder)
    });
    project.as_ref().map(TempDir::path)
}

/// Types that only Java minds: names of `java.lang` and of the runtime, methods that every object has as
/// fields of a union's cases, and more fields and values than one method of a class file holds.
fn minded() -> String {
    let mut text = hostile::hostile();
    for name in [
        "String",
        "Object",
        "Override",
        "List",
        "Map",
        "Long",
        "Deprecated",
        "Model",
        "Table",
        "Field",
        "Json",
        "Messages",
    ] {
        let fields = "      - name: string\n        type: string\n      - name: own\n        type: list<map<Object>>\n        \
                      required: false\n        deprecated: true\n";
        let _ = write!(text, "  {name}:\n    fields:\n{fields}");
    }
    text.push_str("  Huge:\n    fields:\n");
    for number in 0..1000 {
        let _ = write!(
            text,
            "      - name: f{number}\n        type: string\n        required: false\n        pattern: \"^{number}$\"\n"
        );
    }
    let _ = write!(
        text,
        "      - name: long\n        type: string\n        oneOf: [x, {}]\n",
        "long".repeat(20_000)
    );
    text.push_str("  TagKind:\n    enum: [all, größe]\n");
    text.push_str("  Greatest:\n    enum:\n");
    for number in 0..3000 {
        let _ = writeln!(text, "      - v{number}");
    }
    text.push_str(
        "  Tagged:\n    union:\n      name: TaggedClass\n      tag: kind\n      cases:\n",
    );
    let _ = writeln!(text, "        all: {{ allows: [{}] }}", MINDED.join(", "));
    text.push_str("        größe: {}\n    fields:\n      - name: kind\n        type: TagKind\n");
    for name in MINDED {
        let _ = write!(
            text,
            "      - name: {name}\n        type: Huge\n        required: false\n"
        );
    }
    text
}

/// Names of fields that are no names of Java's record components.
const MINDED: &[&str] = &[
    "abstract",
    "assert",
    "boolean",
    "byte",
    "class",
    "clone",
    "default",
    "double",
    "finalize",
    "getClass",
    "hashCode",
    "int",
    "notify",
    "notifyAll",
    "record",
    "tag",
    "this",
    "toString",
    "void",
    "wait",
    "yield",
];

#[test]
fn what_java_minds_compiles() {
    let files = emit(&Java, &hostile::compiled(&minded()));
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    let Some(project) = project() else { return };
    // The package `spec` is the same for all.
    let mut files = java_files(&folder.path().join("src/main/java"));
    files.retain(|file| !file.contains("/spec/") && !file.ends_with("module-info.java"));
    let spec = project.join("target/classes").display().to_string();
    compile(folder.path(), &files, "target/classes", &["-cp", &spec]);
}

/// What is refused for Java, as `item: message`.
fn refused(types: &str) -> Vec<String> {
    let kind = "kind: Odd\nnames: { plural: odds }\nscope: Namespaced\nfields: []\ntypes:\n";
    let catalog = hostile::compiled(&format!("{kind}{types}"));
    let view = View::new(&catalog, &Targets::newest(), &[]);
    let emitted = Java.emit(&view, &Options::new(Java.options()));
    assert!(emitted.files.is_empty());
    let notes = emitted.notes.iter();
    notes
        .map(|note| format!("{}: {}", note.item, note.message))
        .collect()
}

#[test]
fn what_java_cannot_hold_is_refused_at_the_schema() {
    let object =
        |name: &str| format!("  {name}:\n    fields:\n      - name: a\n        type: string\n");
    let found = refused(&(object("Pod") + &object("POD")));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("would be called `"), "{found:?}");
    let values: Vec<String> = (0..3001).map(|at| format!("v{at}")).collect();
    let found = refused(&format!("  Great:\n    enum: [{}]\n", values.join(", ")));
    assert_eq!(
        found,
        ["hostile.Great: has 3001 values, and a Java class holds 3000 of them for sure"]
    );
    let many: Vec<String> = (0..7000).map(|at| format!("v{at}")).collect();
    let field = format!(
        "      - name: a\n        type: string\n        oneOf: [{}]\n",
        many.join(", ")
    );
    let found = refused(&format!("  Many:\n    fields:\n{field}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("hostile.Many: has a limit"),
        "{found:?}"
    );
}

#[test]
fn a_package_must_have_the_name_of_one() {
    let mut options = Options::new(Java.options());
    let name = OptionValue::Text("com.new.Models".to_owned());
    options
        .set(Java.options(), "package", name)
        .expect("a text");
    let view = View::new(built_in(), &Targets::newest(), &[]);
    let emitted = Java.emit(&view, &options);
    assert!(emitted.files.is_empty());
    let [note] = emitted.notes.as_slice() else {
        unreachable!("{:?}", emitted.notes)
    };
    assert_eq!(
        note.message,
        "`com.new.Models` is no name of a Java package"
    );
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
    let Some(project) = project() else { return };
    let place = "src/test/java/com/example/herz/models/Example.java";
    std::fs::write(project.join(place), example()).expect("the example is written");
    let files = java_files(&project.join("src/test/java"));
    compile(project, &files, "target/test", &["-cp", "target/classes"]);
    let path = ["target/classes", "target/test", "src/test/resources"];
    let path = std::env::join_paths(path).expect("no separator in them");
    let path = path.to_str().expect("plain names");
    let java = tool("java", "-version").expect("javac is there");
    let start = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments = [SHORT_JVM, &["-cp", path], arguments].concat();
        run(project, &java, &arguments, variables)
    };
    let (vectors, count) = vectors::shared();
    let tests = "com.example.herz.models.ModelsTest";
    differences(
        "java",
        &start(&[tests], &[("HERZ_VECTORS", vectors)]),
        count,
    );
    let document = r#"{"apiVersion": "chaos-mesh.org/v1alpha1", "kind": "NetworkChaos", "metadata": {"name": "a"},
        "spec": {"action": "delay", "mode": "all", "selector": {}, "delay": {"latency": "800"}}}"#;
    let said = start(&["com.example.herz.models.Example", document], &[]);
    assert!(said.contains("spec.delay.latency: "), "{said}");
    // The example has set the duration.
    assert!(!said.contains("spec.duration"), "{said}");
}
