//! A schema with words of every language, odd letters, circles, a great enum and deep nesting.

use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Folders};
use herz_dsl::diagnostic::Level;
use herz_dsl::source::Sources;
use std::fmt::Write;

const WORDS: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
    "class",
    "def",
    "lambda",
    "None",
    "True",
    "async",
    "await",
    "yield",
    "enum",
    "export",
    "extends",
    "function",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "static",
    "super",
    "this",
    "throw",
    "try",
    "typeof",
    "void",
    "while",
    "with",
    "self",
    "string",
    "int64",
    "bool",
    "error",
    "nil",
    "any",
    "len",
    "append",
    "unknown",
    "validate",
    "table",
    "read",
    "view",
    "object",
    "spec",
    "from",
    "del",
    "global",
    "pass",
    "raise",
    "is",
    "not",
    "and",
    "or",
    "undefined",
    "arguments",
    "eval",
    "constructor",
    "prototype",
    "toJson",
];

/// The catalog of a package with this kind; panics if the compiler refuses it.
pub fn compiled(kind: &str) -> Catalog {
    let folder = tempfile::tempdir().expect("a folder");
    let package = "package: hostile\nversion: 1.0.0\ngroup: hostile.example\napiVersion: v1\nplatform:\n  name: hostile\n  versions: [1.0.0]\n";
    std::fs::write(folder.path().join("package.yaml"), package).expect("written");
    std::fs::write(folder.path().join("kind.yaml"), kind).expect("written");
    let path = folder.path().display().to_string();
    let mut sources = Sources::new();
    let (packages, mut found) = compile::load(&Folders, &[path.as_str()], &mut sources);
    let (catalog, more) = compile::compile(&packages);
    found.extend(more);
    let errors: Vec<String> = found
        .iter()
        .filter(|one| one.level == Level::Error)
        .map(|one| format!("{}: {} {:?}", one.code, one.message, one.help))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    catalog
}

/// The text of the kind.
pub fn hostile() -> String {
    let mut text = String::from(
        "kind: TypeTest\ndoc: \"*/ \\\"\\\"\\\" `x` ${y}\"\nnames: { plural: typetests }\nscope: Namespaced\nfields:\n",
    );
    for word in WORDS {
        let _ = write!(
            text,
            "  - name: {word:?}\n    type: string\n    required: false\n    doc: \"- {word}\"\n"
        );
    }
    for (name, ty) in [
        ("größe", "int"),
        ("名前", "duration(go)"),
        ("node", "Node"),
        ("great", "Great"),
        ("deep", "list<list<list<map<list<map<Node>>>>>>"),
    ] {
        let _ = write!(
            text,
            "  - name: {name}\n    type: {ty}\n    required: false\n"
        );
    }
    text.push_str("types:\n  Node:\n    fields:\n");
    for (name, ty) in [("next", "Node"), ("others", "map<Node>"), ("any", "any")] {
        let _ = write!(
            text,
            "      - name: {name}\n        type: {ty}\n        required: false\n        nullable: true\n"
        );
    }
    text.push_str("  Great:\n    enum:\n");
    for number in 0..300 {
        let _ = writeln!(text, "      - \"{number}-value\"");
    }
    text
}
