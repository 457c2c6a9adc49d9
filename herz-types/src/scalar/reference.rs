//! The reference of all dialects, as Markdown.

use super::{Dialect, PatternFit};
use std::fmt::Write as _;

/// The text of `docs/reference/scalars.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Texts with a grammar\n\n\
         This page is generated from the code: set `HERZ_BLESS=1` and run the tests of `herz-types`.\n\
         Each dialect is what may stand after `type:` in a schema; `?` behind it allows the empty text too.\n\
         A pattern is a regular expression in the portable subset. An *exact* one matches just the well-formed\n\
         texts; a *superset* matches all of them and some others.\n\n\
         | dialect | what it is | Rust type |\n|---|---|---|\n",
    );
    for dialect in Dialect::ALL {
        let (name, title, rust) = (dialect.name(), dialect.title(), dialect.rust_type());
        // Writing to a text can't fail.
        let _ = writeln!(
            out,
            "| [`{name}`](#{}) | {title} | `{rust}` |",
            anchor(name)
        );
    }
    for dialect in Dialect::ALL {
        let _ = write!(
            out,
            "\n## `{}`\n\n{}. Rust type `{}`. Allowed is {}.\n\n```ebnf\n{}\n```\n\n",
            dialect.name(),
            dialect.title(),
            dialect.rust_type(),
            dialect.allowed(),
            dialect.grammar(),
        );
        if let Some((pattern, fit)) = dialect.pattern() {
            let fit = match fit {
                PatternFit::Exact => "exact",
                PatternFit::Superset => "superset",
            };
            let _ = writeln!(
                out,
                "Pattern ({fit}):\n\n```text\n{}\n```\n",
                visible(pattern)
            );
        }
        table(*dialect, &mut out);
    }
    out
}

fn table(dialect: Dialect, out: &mut String) {
    out.push_str("| accepted | canonical text | magnitude |\n|---|---|---|\n");
    for sample in dialect.samples().iter().filter(|sample| sample.accepted) {
        let canonical = dialect.canonical(sample.text).unwrap_or_default();
        let magnitude = dialect
            .parse(sample.text)
            .ok()
            .and_then(super::Magnitude::value);
        let magnitude = magnitude.map_or(String::new(), |value| value.to_string());
        let _ = writeln!(
            out,
            "| {} | {} | {magnitude} |",
            cell(sample.text),
            cell(&canonical)
        );
    }
    out.push_str("\n| refused | why | suggestion |\n|---|---|---|\n");
    for sample in dialect.samples().iter().filter(|sample| !sample.accepted) {
        if let Err(error) = dialect.parse(sample.text) {
            let mended = error.suggestion.as_deref().map_or(String::new(), cell);
            let why = error.message.replace('|', "\\|");
            let _ = writeln!(out, "| {} | {why} | {mended} |", cell(sample.text));
        }
    }
}

/// A text as code in a cell of a table.
fn cell(text: &str) -> String {
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let shown = visible(text).replace('|', "\\|");
    if shown.contains('`') {
        format!("`` {shown} ``")
    } else {
        format!("`{shown}`")
    }
}

/// Control characters and letters that look like others are written as escapes.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{212a}' | '\u{130}' | '\u{b5}' | '\u{3bc}' => c.escape_unicode().to_string(),
            c if c.is_control() => c.escape_default().to_string(),
            c => c.to_string(),
        })
        .collect()
}

/// The anchor that Markdown renderers give to a heading.
fn anchor(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect::<String>()
        .to_lowercase()
}
