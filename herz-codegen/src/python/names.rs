//! Names in Python.

use crate::lower::{Language, ascii, joined, small};
use herz_dsl::catalog::{Field, TypeDef};

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Attributes that objects have by themselves, and what their annotations and methods are made of.
const OWN: &[&str] = &[
    "unknown", "read", "parse", "to_json", "dumps", "validate", "case", "set_case", "bool", "dict",
    "float", "int", "list", "str",
];

/// How Python joins words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Python;

/// A name that is no keyword.
pub(super) fn safe(mut name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

impl Language for Python {
    fn title(&self) -> &'static str {
        "Python"
    }

    fn type_name(&self, name: &str) -> String {
        safe(joined(name))
    }

    fn member(&self, field: &Field) -> String {
        safe(small(field.name.as_deref().unwrap_or(&field.wire), "_"))
    }

    fn own_members(&self) -> &'static [&'static str] {
        OWN
    }

    fn variant(&self, _: &str, value: &str) -> String {
        small(value, "_").to_uppercase()
    }

    fn variants_beside_types(&self) -> bool {
        false
    }

    fn file(&self, name: &str) -> String {
        let name = ascii(name, "_");
        if KEYWORDS.contains(&name.as_str()) {
            format!("{name}_kind")
        } else {
            name
        }
    }

    fn folder(&self, name: &str) -> String {
        let name = ascii(name, "");
        if KEYWORDS.contains(&name.as_str()) || name == "spec" {
            format!("{name}pkg")
        } else {
            name
        }
    }

    fn beside(&self, _: &TypeDef, _: &str) -> Vec<String> {
        Vec::new()
    }
}
