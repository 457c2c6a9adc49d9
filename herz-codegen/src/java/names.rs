//! Names in Java.

use crate::lower::{Language, ascii, joined, small};
use herz_dsl::catalog::{Field, TypeDef};

/// Words that can't be names, and those that mean something in some places.
const KEYWORDS: &[&str] = &[
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "void",
    "volatile",
    "while",
    "var",
    "yield",
    "record",
    "sealed",
    "permits",
];

/// Methods that a component of a record can't be called like.
const METHODS: &[&str] = &[
    "clone",
    "finalize",
    "getClass",
    "hashCode",
    "notify",
    "notifyAll",
    "tag",
    "toString",
    "wait",
];

/// How Java joins words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Java;

/// Whether a text can be the name of a package.
pub(super) fn is_package(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && !KEYWORDS.contains(&part)
    })
}

/// The path of a class.
pub(super) fn source(package: &str, class: &str) -> String {
    format!("src/main/java/{}/{class}.java", package.replace('.', "/"))
}

/// A component of a record, of the name of its field.
pub(super) fn component(ident: &str) -> String {
    let mut chars = ident.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    let name: String = first.chain(chars).collect();
    if KEYWORDS.contains(&name.as_str()) || METHODS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

impl Language for Java {
    fn title(&self) -> &'static str {
        "Java"
    }

    /// Files are called like their types, and not every machine has files with every letter.
    fn type_name(&self, name: &str) -> String {
        let mut out = String::new();
        for c in joined(name).chars() {
            if c.is_ascii() {
                out.push(c);
            } else if out.is_empty() {
                out.push_str(&format!("U{:x}", u32::from(c)));
            } else {
                out.push_str(&format!("u{:x}", u32::from(c)));
            }
        }
        out
    }

    /// What follows `get` and `set`.
    fn member(&self, field: &Field) -> String {
        joined(field.name.as_deref().unwrap_or(&field.wire))
    }

    /// Every object has `getClass`.
    fn own_members(&self) -> &'static [&'static str] {
        &["Class"]
    }

    fn variant(&self, _: &str, value: &str) -> String {
        small(value, "_").to_uppercase()
    }

    fn variants_beside_types(&self) -> bool {
        false
    }

    fn file(&self, name: &str) -> String {
        self.type_name(name)
    }

    fn folder(&self, name: &str) -> String {
        let name = ascii(name, "");
        if name == "spec" || KEYWORDS.contains(&name.as_str()) {
            format!("{name}pkg")
        } else {
            name
        }
    }

    fn beside(&self, _: &TypeDef, _: &str) -> Vec<String> {
        Vec::new()
    }

    /// `Pod.java` and `POD.java` are one file on many machines.
    fn same_as(&self, ident: &str) -> String {
        ident.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_java() {
        assert_eq!(Java.type_name("podHttpChaos"), "PodHttpChaos");
        assert_eq!(Java.type_name("größe"), "Gruf6udfe");
        assert_eq!(Java.type_name("名前"), "U540du524d");
        assert_eq!(Java.variant("", "pod-kill"), "POD_KILL");
        assert_eq!(Java.variant("", "1-value"), "X_1_VALUE");
        assert_eq!(Java.folder("chaos-mesh"), "chaosmesh");
        assert_eq!(Java.folder("new"), "newpkg");
        assert_eq!(component("Delay"), "delay");
        assert_eq!(component("Default"), "default_");
        assert_eq!(component("HashCode"), "hashCode_");
    }

    #[test]
    fn packages_are_plain() {
        assert!(is_package("com.example.herz_2"));
        for wrong in ["", "com..x", "com.new", "Com", "com.x-y", "com.1x", "x;y"] {
            assert!(!is_package(wrong), "{wrong}");
        }
    }
}
