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

/// The name of the package: what can't stand in an import becomes `_`.
pub(super) fn package(name: &str) -> String {
    let mut name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert(0, 'p');
    }
    safe(name)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_python() {
        assert_eq!(package("herz_models"), "herz_models");
        assert_eq!(package("@team/chaos"), "p_team_chaos");
        assert_eq!(package("import"), "import_");
        assert_eq!(Python.type_name("none"), "None_");
        assert_eq!(Python.file("global"), "global_kind");
        assert_eq!(Python.folder("spec"), "specpkg");
        assert_eq!(Python.variant("Mode", "pod-kill"), "POD_KILL");
    }
}
