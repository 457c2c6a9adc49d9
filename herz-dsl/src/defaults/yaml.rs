//! Values as YAML text that every reader reads alike.

use crate::catalog::Literal;
use crate::tree::{Resolved, Scalar};
use std::fmt::Write;

/// A value as YAML, in the order of its keys, with a line break at the end.
///
/// Texts are quoted where some reader could take them for something else.
///
/// ```
/// use herz_dsl::catalog::Literal;
/// let value = Literal::Map(vec![
///     ("mode".into(), Literal::Text("one".into())),
///     ("value".into(), Literal::Text("5".into())),
///     ("names".into(), Literal::List(vec![Literal::Text("on".into())])),
/// ]);
/// assert_eq!(herz_dsl::defaults::to_yaml(&value), "mode: one\nvalue: \"5\"\nnames:\n- \"on\"\n");
/// ```
pub fn to_yaml(value: &Literal) -> String {
    let mut out = String::new();
    match value {
        Literal::Map(entries) if !entries.is_empty() => map(&mut out, entries, 0),
        Literal::List(items) if !items.is_empty() => list(&mut out, items, 0),
        other => {
            single(&mut out, other, 0);
            out.push('\n');
        }
    }
    out
}

fn map(out: &mut String, entries: &[(String, Literal)], indent: usize) {
    for (at, (key, value)) in entries.iter().enumerate() {
        // The first key stands behind what opens the map, `- `.
        if at > 0 || out.is_empty() || out.ends_with('\n') {
            pad(out, indent);
        }
        text(out, key);
        out.push(':');
        below(out, value, indent);
    }
}

fn list(out: &mut String, items: &[Literal], indent: usize) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 || out.is_empty() || out.ends_with('\n') {
            pad(out, indent);
        }
        out.push_str("- ");
        match item {
            Literal::Map(entries) if !entries.is_empty() => map(out, entries, indent + 2),
            Literal::List(items) if !items.is_empty() => list(out, items, indent + 2),
            other => {
                single(out, other, indent + 2);
                out.push('\n');
            }
        }
    }
}

/// The value of a key.
fn below(out: &mut String, value: &Literal, indent: usize) {
    match value {
        Literal::Map(entries) if !entries.is_empty() => {
            out.push('\n');
            map(out, entries, indent + 2);
        }
        Literal::List(items) if !items.is_empty() => {
            out.push('\n');
            list(out, items, indent);
        }
        other => {
            out.push(' ');
            single(out, other, indent + 2);
            out.push('\n');
        }
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn single(out: &mut String, value: &Literal, indent: usize) {
    match value {
        Literal::Null => out.push_str("null"),
        Literal::Bool(value) => {
            let _ = write!(out, "{value}");
        }
        Literal::Int(value) => {
            let _ = write!(out, "{value}");
        }
        Literal::Float(value) => float(out, *value),
        Literal::Text(value) if is_block(value) => block(out, value, indent),
        Literal::Text(value) => text(out, value),
        Literal::List(_) => out.push_str("[]"),
        Literal::Map(_) => out.push_str("{}"),
    }
}

fn float(out: &mut String, value: f64) {
    let text = if value.is_nan() {
        ".nan".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { ".inf" } else { "-.inf" }.to_owned()
    } else {
        value.to_string()
    };
    out.push_str(&text);
}

/// Whether a text reads well as a block: lines without blanks at their ends, the last one ended.
fn is_block(text: &str) -> bool {
    text.len() > 1
        && text.ends_with('\n')
        && !text.ends_with("\n\n")
        && !text.starts_with([' ', '\n', '\t'])
        && !text
            .chars()
            .any(|c| (c.is_control() && c != '\n') || c == '\u{feff}' || c == '\u{85}')
        && !text.contains(['\u{2028}', '\u{2029}'])
        && text.lines().all(|line| !line.ends_with([' ', '\t']))
}

fn block(out: &mut String, text: &str, indent: usize) {
    out.push('|');
    for line in text.lines() {
        out.push('\n');
        if !line.is_empty() {
            pad(out, indent);
            out.push_str(line);
        }
    }
}

/// A text on one line, quoted where some reader could take it for something else.
pub(crate) fn text_to_yaml(value: &str) -> String {
    let mut out = String::new();
    text(&mut out, value);
    out
}

fn text(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Whether every reader takes a text without quotes for that text.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '_' | '-' | '.' | '/' | '@' | '+' | ' ' | '(' | ')' | '=' | ':' | ','
            )
    };
    let first = text
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '.'));
    first
        && text.chars().all(safe)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !is_ambiguous(text)
}

/// Whether some reader takes it for a number, a truth value, null or a date.
fn is_ambiguous(text: &str) -> bool {
    let words = ["yes", "no", "on", "off", "y", "n", "true", "false", "null"];
    let lower = text.to_ascii_lowercase();
    let digit_first = text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let numeric = text.chars().all(|c| {
        c.is_ascii_hexdigit()
            || matches!(c, '_' | '.' | ':' | '-' | '+' | 'x' | 'o' | 'T' | 'Z' | ' ')
    });
    words.contains(&lower.as_str())
        || Scalar { text, plain: true }.resolved() != Resolved::Text
        || (digit_first && numeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::tree::{Limits, parse};
    use proptest::prelude::*;

    fn read(text: &str) -> Literal {
        let (tree, findings) = parse(SourceId(0), text.as_bytes(), &Limits::default());
        assert!(findings.is_empty(), "{findings:?} in\n{text}");
        super::super::as_written(tree.documents().next().unwrap().root())
    }

    #[test]
    fn lists_of_maps_and_blocks() {
        let value = read(
            "a:\n- b: 1\n  c: [x, [y, {z: \"\"}]]\n- {}\nd: |\n  one\n\n  two\ne: \"12:30\"\n",
        );
        let text = to_yaml(&value);
        assert_eq!(read(&text), value, "{text}");
        assert!(text.contains("d: |\n  one\n\n  two\n"), "{text}");
        assert!(text.contains("e: \"12:30\""), "{text}");
    }

    fn literals() -> impl Strategy<Value = Literal> {
        let leaf = prop_oneof![
            Just(Literal::Null),
            any::<bool>().prop_map(Literal::Bool),
            any::<i64>().prop_map(Literal::Int),
            "[ -~\n\t\u{85}äé€]{0,12}".prop_map(Literal::Text),
            "(yes|No|0x1|1e3|1_0|2020-01-01|~|- a|a: b|#|a #b|0o7|.5)".prop_map(Literal::Text),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Literal::List),
                prop::collection::btree_map("[a-z :#~\"]{1,6}", inner, 0..4)
                    .prop_map(|map| Literal::Map(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value in literals()) {
            let text = to_yaml(&value);
            prop_assert_eq!(read(&text), value, "{}", text);
        }
    }
}
