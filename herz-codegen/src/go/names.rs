//! Names in Go.

use crate::lower::Language;
use crate::names::words;
use herz_dsl::catalog::{Field, TypeBody, TypeDef};

/// Words that Go writes in capitals.
const INITIALISMS: &[&str] = &[
    "acl", "api", "ascii", "cpu", "css", "db", "dns", "eof", "gid", "grpc", "guid", "html", "http",
    "https", "id", "io", "ip", "json", "jvm", "os", "pid", "qps", "ram", "rpc", "sla", "smtp",
    "sql", "ssh", "tcp", "tls", "ttl", "udp", "ui", "uid", "uri", "url", "utf8", "uuid", "vm",
    "xml",
];

const KEYWORDS: &[&str] = &[
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
];

/// Folders that mean something to Go, or to this package.
const FOLDERS: &[&str] = &["spec", "internal", "main", "vendor", "testdata"];

/// Ends of file names that mean something to Go.
const ENDS: &[&str] = &[
    "test",
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "unix",
    "386",
    "amd64",
    "arm",
    "arm64",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mipsle",
    "ppc64",
    "ppc64le",
    "riscv64",
    "s390x",
    "wasm",
    "sparc64",
    "zos",
    "hurd",
    "nacl",
    "ppc",
    "riscv",
    "s390",
    "sparc",
    "amd64p32",
    "armbe",
    "arm64be",
    "mips64p32",
    "mips64p32le",
];

/// How Go joins words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Go;

/// An exported name: `PodHTTPChaos`.
pub(super) fn exported(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        let plural = word
            .strip_suffix('s')
            .filter(|one| INITIALISMS.contains(one));
        if INITIALISMS.contains(&word.as_str()) {
            out.push_str(&word.to_uppercase());
        } else if let Some(one) = plural {
            out.push_str(&one.to_uppercase());
            out.push('s');
        } else {
            let mut chars = word.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(chars.as_str());
        }
    }
    // What starts with no capital letter is not exported.
    if out.starts_with(char::is_uppercase) {
        out
    } else if out.is_empty() {
        crate::names::symbols(name)
    } else {
        format!("X{out}")
    }
}

/// The name of something that only the package sees: `podHTTPChaos`.
pub(super) fn unexported(ident: &str) -> String {
    let capitals = ident.chars().take_while(|c| c.is_uppercase()).count();
    let keep = if capitals == ident.chars().count() || capitals <= 1 {
        capitals
    } else {
        capitals - 1
    };
    ident
        .chars()
        .enumerate()
        .flat_map(|(at, c)| {
            let lower = if at < keep {
                c.to_lowercase().next()
            } else {
                None
            };
            std::iter::once(lower.unwrap_or(c))
        })
        .collect()
}

/// A name of a package: lower case, ASCII, no keyword.
pub(super) fn package(name: &str) -> String {
    let mut out = String::new();
    for c in words(name).concat().chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else {
            out.push_str(&format!("u{:x}", u32::from(c)));
        }
    }
    if !out.starts_with(|c: char| c.is_ascii_lowercase()) {
        out.insert(0, 'p');
    }
    if KEYWORDS.contains(&out.as_str()) || FOLDERS.contains(&out.as_str()) {
        out.push_str("pkg");
    }
    out
}

impl Language for Go {
    fn title(&self) -> &'static str {
        "Go"
    }

    fn type_name(&self, name: &str) -> String {
        exported(name)
    }

    fn member(&self, field: &Field) -> String {
        exported(field.name.as_deref().unwrap_or(&field.wire))
    }

    fn own_members(&self) -> &'static [&'static str] {
        &[
            "Unknown",
            "Validate",
            "MarshalJSON",
            "UnmarshalJSON",
            "HerzObject",
            "HerzRead",
            "Cases",
            "SetCase",
        ]
    }

    fn variant(&self, owner: &str, value: &str) -> String {
        let value = exported(value);
        format!(
            "{owner}{}",
            value
                .strip_prefix('X')
                .filter(|rest| rest.starts_with(|c: char| !c.is_ascii_alphabetic()))
                .unwrap_or(&value)
        )
    }

    fn variants_beside_types(&self) -> bool {
        true
    }

    fn file(&self, name: &str) -> String {
        let mut parts: Vec<String> = words(name)
            .iter()
            .map(|word| {
                word.chars()
                    .map(|c| {
                        if c.is_ascii_alphanumeric() {
                            c.to_string()
                        } else {
                            format!("u{:x}", u32::from(c))
                        }
                    })
                    .collect()
            })
            .collect();
        if parts
            .last()
            .is_none_or(|last| ENDS.contains(&last.as_str()))
        {
            parts.push("kind".to_owned());
        }
        parts.join("_")
    }

    fn folder(&self, name: &str) -> String {
        package(name)
    }

    fn beside(&self, def: &TypeDef, ident: &str) -> Vec<String> {
        match &def.body {
            TypeBody::Enum(_) => vec![format!("{ident}Choice")],
            TypeBody::Object(_) | TypeBody::Refined(..) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_go() {
        assert_eq!(exported("podHttpChaos"), "PodHTTPChaos");
        assert_eq!(exported("clusterIPs"), "ClusterIPs");
        assert_eq!(exported("2fast"), "X2fast");
        assert_eq!(exported("名前"), "X名前");
        assert_eq!(exported("+"), "U2B");
        assert_eq!(unexported("HTTPChaos"), "httpChaos");
        assert_eq!(unexported("Delay"), "delay");
        assert_eq!(package("chaos-mesh"), "chaosmesh");
        assert_eq!(package("type"), "typepkg");
        assert_eq!(Go.file("PodTest"), "pod_test_kind");
        assert_eq!(Go.variant("Mode", "1"), "Mode1");
    }
}
