//! The tree, for any bytes and for any values.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use herz_dsl::diagnostic::render::{JsonReport, Summary, TextOptions, github, text};
use herz_dsl::source::{Source, SourceId};
use herz_dsl::tree::{self, Limits, Node};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Reads bytes and looks at everything that came of it.
fn exercise(bytes: &[u8]) -> Result<(), TestCaseError> {
    fn walk(node: Node<'_>, text: &str, depth: usize) -> Result<(), TestCaseError> {
        prop_assert!(depth <= 64);
        for span in [Some(node.span()), node.alias()].into_iter().flatten() {
            prop_assert!(text.get(span.range()).is_some(), "{span:?}");
        }
        for item in node.items() {
            walk(item, text, depth + 1)?;
        }
        for entry in node.entries() {
            prop_assert!(text.get(entry.key.span.range()).is_some());
            prop_assert!(node.get(entry.key.text).is_some());
            walk(entry.value, text, depth + 1)?;
        }
        Ok(())
    }
    let (tree, findings) = tree::parse(SourceId(0), bytes, &Limits::default());
    let source = Source::new("any.yaml", tree.text().clone());
    for finding in &findings {
        let spans = finding
            .span
            .into_iter()
            .chain(finding.related.iter().map(|label| label.span));
        let edits = finding
            .fixes
            .iter()
            .flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        for span in spans.chain(edits) {
            prop_assert!(tree.text().get(span.range()).is_some(), "{finding:?}");
        }
    }
    for document in tree.documents() {
        walk(document.root(), tree.text(), 0)?;
        let _ = document.root().to_json();
    }
    let mut out = String::new();
    text(&mut out, &findings, &source, TextOptions::default()).unwrap();
    prop_assert!(out.chars().all(|c| c == '\n' || !c.is_control()));
    github(&mut out, &findings, &source).unwrap();
    let mut json = String::new();
    let mut report = JsonReport::begin(&mut json).unwrap();
    report.add(&mut json, &findings, &source).unwrap();
    report.finish(&mut json, &Summary::default()).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    prop_assert_eq!(
        json["diagnostics"].as_array().unwrap().len(),
        findings.len()
    );
    Ok(())
}

/// Texts that look like YAML: tokens in any order.
fn yaml_like() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\n",
        "\n  ",
        "\n    ",
        "&a ",
        "*a ",
        "!!str ",
        "!x ",
        "'",
        "\"",
        "|",
        ">-",
        "# c",
        "---\n",
        "...\n",
        "<<: ",
        "~",
        "017",
        "1_0",
        "12:30",
        "\t",
        "\r\n",
        "\u{feff}",
        "😀",
        "%YAML 1.2\n",
        "\\n",
        "null: ",
        "1: ",
        "\u{85}",
        "é",
    ]);
    prop::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
}

/// Any value that a document can have.
fn values() -> impl Strategy<Value = Value> {
    let key = "[ -~é😀\\n\\t]{0,8}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(|number: f64| json!(number)),
        "[ -~é😀\\n\\t\u{1}\u{85}\u{feff}]{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "no", "~", "017", "1e3", "<<", "- a", "a: b", "# c", "null"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A value as block YAML, texts double-quoted; `style` chooses between spellings.
fn write(value: &Value, indent: usize, style: &mut impl FnMut() -> bool, out: &mut String) {
    match value {
        Value::Array(items) if !items.is_empty() && style() => {
            for item in items {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                out.push('-');
                write(item, indent + 2, style, out);
            }
        }
        Value::Object(map) if !map.is_empty() && style() => {
            for (key, value) in map {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                out.push_str(&quoted(key));
                out.push(':');
                write(value, indent + 2, style, out);
            }
        }
        Value::Null if style() => {}
        // A text of several lines that a block can hold.
        Value::String(text) if is_block(text) && style() => {
            out.push_str(" |");
            let lines = text.strip_suffix('\n').unwrap_or(text);
            out.push_str(if text.ends_with('\n') { "" } else { "-" });
            for line in lines.split('\n') {
                out.push('\n');
                out.push_str(&" ".repeat(indent.max(1)));
                out.push_str(line);
            }
        }
        // Flow style is JSON, but for characters that YAML wants escaped.
        other => {
            out.push(' ');
            out.push_str(&flow(other));
        }
    }
}

fn is_block(text: &str) -> bool {
    let plain = |c: char| c == '\n' || matches!(c, ' '..='~');
    !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && !text.is_empty()
        && text.chars().all(plain)
}

fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(flow).collect::<Vec<_>>().join(", ")
        ),
        Value::Object(map) => {
            let entry =
                |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), flow(value));
            format!(
                "{{{}}}",
                map.iter().map(entry).collect::<Vec<_>>().join(", ")
            )
        }
        other => other.to_string(),
    }
}

/// A double-quoted text.
fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        ' '..='~' | 'é' | '😀' => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// Whole numbers of floats are written without a fraction by some: both are the same number.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => same_map(a, b),
        _ => a == b,
    }
}

fn same_map(a: &Map<String, Value>, b: &Map<String, Value>) -> bool {
    a.len() == b.len()
        && a.iter()
            .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        exercise(&bytes)?;
    }

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        exercise(text.as_bytes())?;
    }

    #[test]
    fn any_tokens(text in yaml_like()) {
        exercise(text.as_bytes())?;
    }

    #[test]
    fn what_is_written_is_read(value in values(), styles in prop::collection::vec(any::<bool>(), 16)) {
        let mut turn = 0;
        let mut style = || { turn += 1; styles[turn % styles.len()] };
        let mut text = "---".to_owned();
        write(&value, 0, &mut style, &mut text);
        text.push('\n');
        let (tree, findings) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
        prop_assert_eq!(&findings, &[], "{}", text);
        let read = tree.documents().next().unwrap().root().to_json();
        prop_assert!(same(&read, &value), "{}\n{}\n{}", text, read, value);
    }
}
