//! Names in TypeScript. Fields keep the names of documents: any text can be a key.

use crate::lower::{Language, ascii, joined};
use herz_dsl::catalog::{Field, TypeDef};

/// Folders that mean something to the package, and words that can't be the name of an import.
const FOLDERS: &[&str] = &[
    "spec",
    "index",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "await",
    "implements",
    "interface",
    "package",
    "private",
    "protected",
    "public",
    "arguments",
    "eval",
    "undefined",
    "kinds",
    "parse",
    "read",
    "stringify",
    "validate",
];

/// How TypeScript joins words.
#[derive(Debug, Clone, Copy)]
pub(super) struct TypeScript;

/// What a folder is called in files that import it: two may have the same name.
pub(super) fn alias(path: &[String]) -> String {
    path.join("_")
}

impl Language for TypeScript {
    fn title(&self) -> &'static str {
        "TypeScript"
    }

    fn type_name(&self, name: &str) -> String {
        joined(name)
    }

    fn member(&self, field: &Field) -> String {
        field.wire.clone()
    }

    fn own_members(&self) -> &'static [&'static str] {
        &[]
    }

    fn variant(&self, _: &str, value: &str) -> String {
        joined(value)
    }

    fn variants_beside_types(&self) -> bool {
        false
    }

    fn file(&self, name: &str) -> String {
        let name = ascii(name, "-");
        if name == "index" {
            "index-kind".to_owned()
        } else {
            name
        }
    }

    fn folder(&self, name: &str) -> String {
        let name = ascii(name, "");
        if FOLDERS.contains(&name.as_str()) {
            format!("{name}pkg")
        } else {
            name
        }
    }

    fn beside(&self, _: &TypeDef, _: &str) -> Vec<String> {
        Vec::new()
    }
}
