//! Values, tables and rules as Go expressions.

use super::file::Scope;
use crate::lower::{Call, Row, capitals};
use herz_dsl::catalog::Literal;
use std::fmt::Write;

/// A text as a Go string.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            // What can't be seen, or changes the direction of text, is written as an escape.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

pub(super) fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
    format!("{{{}}}", texts.join(", "))
}

/// A number of which Go knows that it is a float where a view is wanted.
fn float(value: f64) -> String {
    let text = format!("{value}");
    if text.contains(['.', 'e', 'N', 'i']) {
        text
    } else {
        format!("{text}.0")
    }
}

/// A value of a document as a view.
fn view(scope: &Scope<'_, '_>, literal: &Literal) -> String {
    match literal {
        Literal::Null => format!("{}{{}}", scope.spec("Null")),
        Literal::List(_) | Literal::Map(_) => {
            format!("{}({})", scope.spec("ViewJSON"), json(literal))
        }
        simple => json(simple),
    }
}

/// A value of a document as `ParseJSON` gives it.
fn json(literal: &Literal) -> String {
    match literal {
        Literal::Null => "nil".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => format!("int64({value})"),
        Literal::Float(value) => format!("float64({})", float(*value)),
        Literal::Text(text) => string(text),
        Literal::List(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[]any{{{}}}", items.join(", "))
        }
        Literal::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", string(key), json(value)))
                .collect();
            format!("map[string]any{{{}}}", entries.join(", "))
        }
    }
}

/// A row as an expression. `bare` leaves out the type of a record, as items of lists may.
pub(super) fn row(scope: &Scope<'_, '_>, value: &Row, bare: bool) -> String {
    match value {
        Row::Bool(value) => value.to_string(),
        Row::Int(value) => value.to_string(),
        Row::Count(value) => format!("{}({value})", scope.spec("Count")),
        Row::Float(value) => format!("{value}"),
        Row::Text(text) => string(text),
        Row::Texts(texts) if bare => strings(texts),
        Row::Texts(texts) => format!("[]string{}", strings(texts)),
        Row::Pairs(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(a, b)| format!("{{{}, {}}}", string(a), string(b)))
                .collect();
            format!("[][2]string{{{}}}", pairs.join(", "))
        }
        Row::List(of, rows) => {
            let rows: Vec<String> = rows.iter().map(|one| row(scope, one, true)).collect();
            format!("[]{}{{{}}}", scope.spec(of), rows.join(", "))
        }
        Row::Record(of, entries) => {
            let body = entries
                .iter()
                .map(|(name, value)| {
                    let text = row(scope, value, false);
                    let record = matches!(value, Row::Record(..));
                    format!(
                        "{}: {}{text}",
                        capitals(name),
                        if record { "&" } else { "" }
                    )
                })
                .collect::<Vec<_>>()
                .join(", ");
            if bare {
                format!("{{{body}}}")
            } else {
                format!("{}{{{body}}}", scope.spec(of))
            }
        }
        Row::Word("Level" | "Layer", name) => scope.spec(name),
        Row::Word(list, name) => scope.spec(&format!("{list}{name}")),
        Row::Dialect(dialect) => scope.spec(&format!("Dialect{dialect:?}")),
        Row::Literal(literal) => view(scope, literal),
        Row::Literals(literals) => {
            let values: Vec<String> = literals.iter().map(|one| view(scope, one)).collect();
            format!("[]{}{{{}}}", scope.spec("View"), values.join(", "))
        }
        Row::Generated => format!("{}{{}}", scope.spec("Generated")),
        Row::Choice(id) => scope.beside(*id, "Choice"),
    }
}

/// A rule's expression.
pub(super) fn call(scope: &Scope<'_, '_>, value: &Call) -> String {
    match value {
        Call::This => "o".to_owned(),
        Call::Variable(name) => name.clone(),
        Call::Bool(value) => value.to_string(),
        Call::Int(value) => format!("int64({value})"),
        Call::Float(value) => format!("float64({})", float(*value)),
        Call::Text(text) | Call::Wire(text) => string(text),
        Call::Dialect(dialect) => scope.spec(&format!("Dialect{dialect:?}")),
        Call::Run(name, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|one| call(scope, one)).collect();
            format!(
                "{}({})",
                scope.spec(&format!("Cel{}", capitals(name))),
                arguments.join(", ")
            )
        }
        Call::Function(variable, body) => {
            let view = scope.spec("View");
            function(
                &format!("func({variable} {view}) {view}"),
                &call(scope, body),
            )
        }
    }
}

/// A function that returns an expression, on lines of its own as `gofmt` wants long ones.
pub(super) fn function(head: &str, result: &str) -> String {
    let result = result.replace('\n', "\n\t");
    format!("{head} {{\n\treturn {result}\n}}")
}
