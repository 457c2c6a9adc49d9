//! Names in Rust.

use super::words;
use std::fmt::Write;

/// Words that Rust keeps for itself; as a name they are written `r#type`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that can't even be written `r#self`.
const NEVER: &[&str] = &["self", "super", "crate"];

/// Types and variants of the prelude: a generated type must not hide them.
const PRELUDE: &[&str] = &[
    "Box",
    "Clone",
    "Copy",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Vec",
];

/// A field, method or module: `latency_time`; keywords as `r#type`.
///
/// ```
/// use herz_codegen::names::rust;
/// assert_eq!(rust::snake("latencyTime"), "latency_time");
/// assert_eq!(rust::snake("type"), "r#type");
/// assert_eq!(rust::snake("self"), "self_");
/// assert_eq!(rust::snake("2fast"), "_2fast");
/// assert_eq!(rust::snake("$"), "_");
/// ```
pub fn snake(name: &str) -> String {
    let name = plain_snake(name);
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else if NEVER.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// Part of a name such as `with_type`: no keyword by itself.
pub fn plain_snake(name: &str) -> String {
    let joined = words(name).join("_");
    lead(if joined.is_empty() {
        "_".to_owned()
    } else {
        joined
    })
}

/// A type or variant: `NetworkChaosSpec`; names of the prelude get `Type` behind them.
///
/// ```
/// use herz_codegen::names::rust;
/// assert_eq!(rust::pascal("pod-kill"), "PodKill");
/// assert_eq!(rust::pascal("Option"), "OptionType");
/// assert_eq!(rust::pascal(""), "Empty");
/// ```
pub fn pascal(name: &str) -> String {
    let joined: String = words(name).iter().map(|word| capital(word)).collect();
    if joined.is_empty() {
        return if name.is_empty() {
            "Empty".to_owned()
        } else {
            symbols(name)
        };
    }
    let joined = lead(joined);
    if PRELUDE.contains(&joined.as_str()) {
        format!("{joined}Type")
    } else {
        joined
    }
}

/// A name for a text without letters and digits: `+` is `U2B`.
pub(crate) fn symbols(name: &str) -> String {
    let mut out = String::new();
    for symbol in name.chars() {
        let _ = write!(out, "U{:X}", u32::from(symbol));
    }
    out
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A name must not start with a digit.
fn lead(name: String) -> String {
    if name.starts_with(|c: char| c.is_numeric()) {
        format!("_{name}")
    } else {
        name
    }
}
