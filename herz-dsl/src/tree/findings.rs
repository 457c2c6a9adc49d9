//! What can be wrong with a text before anything is known about its meaning.

use super::resolve::{Ambiguous, ambiguous as is_ambiguous, resolve};
use super::{Kind, Node, Resolved, shorten};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::{SourceId, Span};

/// A place as spans have it. Texts are never longer than that: [`super::Limits::bytes`] is checked first.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whoever reads files may have stopped at the limit: nobody knows how long the text really is.
pub(super) fn too_long(source: SourceId, most: usize) -> Diagnostic {
    Diagnostic::error(
        codes::LIMIT,
        Span::new(source, 0, 0),
        format!("the text has more than {most} bytes; that is the limit"),
    )
    .help("split the text into several files")
}

pub(super) fn not_utf8(source: SourceId, bytes: &[u8], at: usize) -> Diagnostic {
    // The text shown has a replacement character here; what is before it is as in the source.
    let place = Span::new(source, offset(at), offset(at + '\u{fffd}'.len_utf8()));
    let byte = bytes.get(at).copied().unwrap_or(0);
    let finding = Diagnostic::error(
        codes::NOT_TEXT,
        place,
        format!("the text is not UTF-8: byte {at} is 0x{byte:02X}; only UTF-8 is read"),
    )
    .label("not UTF-8");
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            finding.help("it looks like UTF-16: save it as UTF-8")
        }
        _ => finding.help("save the file as UTF-8"),
    }
}

pub(super) fn nul(source: SourceId, at: u32) -> Diagnostic {
    Diagnostic::error(
        codes::NOT_TEXT,
        Span::new(source, at, at + 1),
        format!("byte {at} is NUL, which no YAML text may hold"),
    )
    .label("NUL")
    .help("is it a binary file, or UTF-16?")
}

pub(super) fn too_many_nodes(place: Span, most: usize) -> Diagnostic {
    Diagnostic::error(
        codes::LIMIT,
        place,
        format!("the text has more than {most} keys and values; that is the limit"),
    )
    .help("split the text into several files")
}

pub(super) fn too_many_findings(place: Span, most: usize) -> Diagnostic {
    Diagnostic::error(
        codes::LIMIT,
        place,
        format!("the text has more than {most} findings; the others are not told"),
    )
}

pub(super) fn too_deep(place: Span, most: usize) -> Diagnostic {
    Diagnostic::error(
        codes::LIMIT,
        place,
        format!("lists and maps are nested deeper than {most} levels; that is the limit"),
    )
}

pub(super) fn too_expanded(place: Span, most: usize) -> Diagnostic {
    Diagnostic::error(
        codes::LIMIT,
        place,
        format!("with its aliases written out the document has more than {most} keys and values; that is the limit"),
    )
    .label("passes the limit")
    .help("this and later aliases that pass the limit are not followed")
}

pub(super) fn long_key(place: Span, bytes: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        codes::LIMIT,
        place,
        format!("the key has {bytes} bytes; at most {most} are allowed"),
    )
}

pub(super) fn unknown_alias<'a>(
    place: Span,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let finding = Diagnostic::error(
        codes::UNKNOWN_ALIAS,
        place,
        format!(
            "the alias `*{}` names no anchor that stands before it in this document",
            shorten(name)
        ),
    )
    .label("unknown");
    match did_you_mean(name, known) {
        Some(known) => finding.help(format!("did you mean `*{known}`?")).fix(
            format!("write `*{known}`"),
            place,
            format!("*{known}"),
        ),
        None => finding.help("write the value here, or set the anchor before its first use"),
    }
}

pub(super) fn alias_within_itself(place: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        codes::UNKNOWN_ALIAS,
        place,
        format!(
            "the alias `*{}` stands within its own anchor's value, which would never end",
            shorten(name)
        ),
    )
    .label("contains itself")
}

pub(super) fn tag(place: Span, removed: Span, tag: &str, value: &str) -> Diagnostic {
    let finding = Diagnostic::error(
        codes::TAG,
        place,
        format!(
            "the tag `{}` is not allowed; the schema decides about types",
            shorten(tag)
        ),
    )
    .label("tag");
    if tag == "!!str"
        && matches!(
            resolve(value),
            Resolved::Int(_)
                | Resolved::Uint(_)
                | Resolved::Float(_)
                | Resolved::Bool(_)
                | Resolved::Null
        )
    {
        return finding.help("quote the value to make it a text");
    }
    finding.fix("leave the tag out", removed, "")
}

pub(super) fn duplicate_key(first: Span, second: Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        codes::DUPLICATE_KEY,
        second,
        format!("the key `{}` is there twice in this map", shorten(key)),
    )
    .label("again here")
    .related(first, "first here")
    .help("keep one of the two")
}

pub(super) fn merge_key(place: Span, value: Node<'_>) -> Diagnostic {
    let finding = Diagnostic::error(
        codes::MERGE_KEY,
        place,
        "the merge key `<<` is not allowed: YAML 1.2 has none, and readers disagree about it",
    )
    .label("merge key");
    let mut names: Vec<String> = Vec::new();
    let mut collect = |map: Node<'_>| {
        names.extend(
            map.entries()
                .take(6)
                .map(|entry| format!("`{}`", shorten(entry.key.text))),
        );
    };
    match value.kind() {
        Kind::Map(_) => collect(value),
        Kind::List(items) => items.take(6).for_each(collect),
        Kind::Scalar(_) => {}
    }
    if names.is_empty() {
        return finding.help("write the entries out here");
    }
    let more = if names.len() > 5 { ", …" } else { "" };
    names.truncate(5);
    finding.help(format!(
        "write its entries out here: {}{more}",
        names.join(", ")
    ))
}

pub(super) fn key_kind(place: Span, alias: bool, what: &str) -> Diagnostic {
    let message = if alias {
        "an alias stands where a key should be; keys are texts".to_owned()
    } else {
        format!("the key is {what}; keys are texts")
    };
    Diagnostic::error(codes::KEY, place, message).label("no text")
}

/// A finding about a plain key that is no text, if it is none. Whole numbers and truth values are
/// read as texts, as Kubernetes does, with a warning.
pub(super) fn key_value(place: Span, text: &str) -> Option<Diagnostic> {
    if is_ambiguous(text).is_some() {
        // Said already, with fixes.
        return None;
    }
    let quoted = format!("\"{text}\"");
    let readable = match resolve(text) {
        Resolved::Text => return None,
        Resolved::Null if text.is_empty() => {
            return Some(
                Diagnostic::error(codes::KEY, place, "the key is missing; keys are texts")
                    .label("no key"),
            );
        }
        Resolved::Int(value) => text == value.to_string(),
        Resolved::Bool(value) => text == value.to_string(),
        Resolved::Null | Resolved::Uint(_) | Resolved::Float(_) => false,
    };
    let what = match resolve(text) {
        Resolved::Null => "null".to_owned(),
        Resolved::Bool(value) => value.to_string(),
        _ => format!("the number {}", shorten(text)),
    };
    let finding = if readable {
        Diagnostic::warning(
            codes::KEY,
            place,
            format!("the key is {what}, which is read as the text {quoted}"),
        )
    } else {
        Diagnostic::error(
            codes::KEY,
            place,
            format!("the key is {what}; keys are texts"),
        )
    };
    Some(
        finding
            .label("no text")
            .fix(format!("write {quoted}"), place, quoted),
    )
}

pub(super) fn ambiguous(place: Span, text: &str, what: Ambiguous) -> Diagnostic {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let shown = shorten(text);
    let message = match what {
        Ambiguous::LeadingZero => {
            format!("readers of YAML disagree about `{shown}`: a number in base 10, or in base 8")
        }
        Ambiguous::Underscore => {
            format!("readers of YAML disagree about `{shown}`: a text, or a number")
        }
        Ambiguous::Sexagesimal => {
            format!("readers of YAML disagree about `{shown}`: a text, or a number in base 60")
        }
        Ambiguous::Binary => {
            format!("readers of YAML disagree about `{shown}`: a text, or a number in base 2")
        }
    };
    let finding = Diagnostic::error(codes::AMBIGUOUS, place, message).label("ambiguous");
    let numbers: Vec<(String, String)> = match what {
        Ambiguous::LeadingZero => {
            let stripped = digits.trim_start_matches('0');
            let decimal = format!("{sign}{}", if stripped.is_empty() { "0" } else { stripped });
            let octal = i64::from_str_radix(digits, 8)
                .ok()
                .filter(|_| sign.is_empty() && !stripped.is_empty())
                .map(|value| {
                    (
                        format!("write `0o{stripped}` if it is octal, which is {value}"),
                        format!("0o{stripped}"),
                    )
                });
            std::iter::once((format!("write `{decimal}` if it is decimal"), decimal))
                .chain(octal)
                .collect()
        }
        Ambiguous::Underscore => {
            let bare: String = text.chars().filter(|c| *c != '_').collect();
            vec![(format!("write `{bare}` if it is a number"), bare)]
        }
        Ambiguous::Binary => {
            let bare: String = digits.chars().skip(2).filter(|c| *c != '_').collect();
            i64::from_str_radix(&bare, 2)
                .map(|value| {
                    vec![(
                        format!("write `{sign}{value}` if it is a number"),
                        format!("{sign}{value}"),
                    )]
                })
                .unwrap_or_default()
        }
        Ambiguous::Sexagesimal => Vec::new(),
    };
    let mut finding = finding;
    for (title, number) in numbers {
        finding = finding.fix(title, place, number);
    }
    let quoted = format!("\"{text}\"");
    let title = format!("write `\"{shown}\"` if it is a text");
    finding.fix(title, place, quoted)
}
