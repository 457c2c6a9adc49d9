//! Values, tables and rules as Java expressions.

use super::file::Scope;
use crate::lower::{Call, Row, camel, quoted};
use herz_dsl::catalog::Literal;
use herz_types::scalar::Dialect;
use std::fmt::Write;

/// A class file holds a text of at most 65,535 bytes.
const LONGEST: usize = 60_000;

/// A text as a string.
pub(super) fn string(text: &str) -> String {
    if text.len() <= LONGEST {
        return quoted(text);
    }
    let mut parts = vec![String::new()];
    for c in text.chars() {
        if parts.last().is_none_or(|part| part.len() >= LONGEST) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| quoted(part)).collect();
    format!("java.lang.String.join(\"\", {})", parts.join(", "))
}

fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
    texts.join(", ")
}

fn float(value: f64) -> String {
    if value.is_nan() {
        "java.lang.Double.NaN".to_owned()
    } else if value.is_infinite() {
        let sign = if value > 0.0 { "POSITIVE" } else { "NEGATIVE" };
        format!("java.lang.Double.{sign}_INFINITY")
    } else {
        // The shortest text, with a point or an exponent.
        format!("{value:?}d")
    }
}

/// The constant of a dialect: `DURATION_GO`.
pub(super) fn dialect(dialect: Dialect) -> String {
    crate::lower::small(dialect.name(), "_").to_uppercase()
}

/// A value of a document.
fn json(scope: &Scope<'_, '_>, literal: &Literal) -> String {
    match literal {
        Literal::Null => format!("{}.NULL", scope.spec("Special")),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => format!("{value}L"),
        Literal::Float(value) => float(*value),
        Literal::Text(text) => string(text),
        Literal::List(items) => {
            let items: Vec<String> = items.iter().map(|item| json(scope, item)).collect();
            format!("{}.of({})", scope.class("java.util.List"), items.join(", "))
        }
        Literal::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{}, {}", string(name), json(scope, value)))
                .collect();
            format!("{}.map({})", scope.spec("Json"), entries.join(", "))
        }
    }
}

/// `NotIn` as `NOT_IN`.
fn constant(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

/// The class of a record.
fn class(of: &str) -> &str {
    match of {
        "Deprecated" => "Deprecation",
        of => of,
    }
}

/// A row as an expression, or as several ones for parameters that take any number.
pub(super) fn row(scope: &Scope<'_, '_>, value: &Row) -> String {
    match value {
        Row::Bool(value) => value.to_string(),
        Row::Int(value) => value.to_string(),
        Row::Count(value) => format!("{value}L"),
        Row::Float(value) => float(*value),
        Row::Text(text) => string(text),
        Row::Texts(texts) => strings(texts),
        Row::Pairs(pairs) => {
            let string_class = scope.lang("String");
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(a, b)| format!("new {string_class}[] {{{}, {}}}", string(a), string(b)))
                .collect();
            pairs.join(", ")
        }
        Row::List(of, rows) => {
            let rows: Vec<String> = rows
                .iter()
                .map(|one| match one {
                    Row::Texts(steps) => format!("{}.of({})", scope.spec(of), strings(steps)),
                    one => row(scope, one),
                })
                .collect();
            rows.join(", ")
        }
        Row::Record(of, entries) => {
            let mut out = format!("new {}()", scope.spec(class(of)));
            for (name, value) in entries {
                let method = match camel(name) {
                    name if name == "default" => "defaultsTo".to_owned(),
                    name => name,
                };
                let _ = write!(out, ".{method}({})", row(scope, value));
            }
            out
        }
        Row::Word(list @ ("Level" | "Layer"), name) => {
            format!("{}.{}", scope.spec(list), constant(name))
        }
        Row::Word("Test", name) => {
            format!("{}.Test.{}", scope.spec("Condition"), constant(name))
        }
        Row::Word("Foreign", name) => {
            format!("{}.Foreign.{}", scope.spec("Union"), constant(name))
        }
        Row::Word(list, name) => format!("{}.Kind.{}", scope.spec(list), constant(name)),
        Row::Dialect(one) => format!("{}.{}", scope.spec("Dialect"), dialect(*one)),
        Row::Literal(literal) => json(scope, literal),
        Row::Literals(literals) => {
            let values: Vec<String> = literals.iter().map(|one| json(scope, one)).collect();
            values.join(", ")
        }
        Row::Generated => format!("{}.GENERATED", scope.spec("Special")),
        Row::Choice(id) => format!("{}.choice()", scope.named(*id)),
    }
}

/// A function of the runtime; some of CEL's words are Java's own.
fn function(name: &str) -> String {
    match name {
        "if" => "choose".to_owned(),
        "int" => "toInt".to_owned(),
        "float" => "toFloat".to_owned(),
        name => camel(name),
    }
}

/// A rule's expression.
pub(super) fn call(scope: &Scope<'_, '_>, value: &Call) -> String {
    match value {
        Call::This => "self".to_owned(),
        Call::Variable(name) => name.clone(),
        Call::Bool(value) => value.to_string(),
        Call::Int(value) => format!("{value}L"),
        Call::Float(value) => float(*value),
        Call::Text(text) | Call::Wire(text) => string(text),
        Call::Dialect(one) => format!("{}.{}", scope.spec("Dialect"), dialect(*one)),
        Call::Run(name, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|one| call(scope, one)).collect();
            let cel = scope.spec("Cel");
            format!("{cel}.{}({})", function(name), arguments.join(", "))
        }
        Call::Function(variable, body) => format!("{variable} -> {}", call(scope, body)),
    }
}
