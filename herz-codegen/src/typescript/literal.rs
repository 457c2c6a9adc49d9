//! Values, tables and rules as TypeScript expressions.

use super::file::Scope;
use crate::lower::{Call, Row, camel, quoted};
use herz_dsl::catalog::Literal;

/// Whole numbers beyond this are no JavaScript numbers.
const EXACT: i64 = 9_007_199_254_740_991;

/// A text as a string.
pub(super) fn string(text: &str) -> String {
    quoted(text)
}

pub(super) fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A key of an object.
pub(super) fn key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    if !name.is_empty()
        && name.chars().all(plain)
        && !name.starts_with(|c: char| c.is_ascii_digit())
    {
        name.to_owned()
    } else {
        string(name)
    }
}

fn int(value: i64) -> String {
    if (-EXACT..=EXACT).contains(&value) {
        value.to_string()
    } else {
        format!("{value}n")
    }
}

/// A value of a document.
fn json(scope: &Scope<'_, '_>, literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => int(*value),
        // A whole one that is meant as a float keeps its point.
        Literal::Float(value) if value.fract() == 0.0 => {
            format!("new {}(\"{value:?}\")", scope.spec("Float"))
        }
        Literal::Float(value) => value.to_string(),
        Literal::Text(text) => string(text),
        Literal::List(items) => {
            let items: Vec<String> = items.iter().map(|item| json(scope, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Literal::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("[{}]: {}", string(name), json(scope, value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// A row as an expression.
pub(super) fn row(scope: &Scope<'_, '_>, value: &Row) -> String {
    match value {
        Row::Bool(value) => value.to_string(),
        Row::Int(value) => value.to_string(),
        Row::Count(value) => value.to_string(),
        Row::Float(value) if value.is_finite() => value.to_string(),
        Row::Float(value) if *value > 0.0 => "Infinity".to_owned(),
        Row::Float(value) if *value < 0.0 => "-Infinity".to_owned(),
        Row::Float(_) => "NaN".to_owned(),
        Row::Text(text) => string(text),
        Row::Texts(texts) => strings(texts),
        Row::Pairs(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(a, b)| format!("[{}, {}]", string(a), string(b)))
                .collect();
            format!("[{}]", pairs.join(", "))
        }
        Row::List(_, rows) => {
            let rows: Vec<String> = rows.iter().map(|one| row(scope, one)).collect();
            format!("[{}]", rows.join(", "))
        }
        Row::Record(_, entries) if entries.is_empty() => "{}".to_owned(),
        Row::Record(_, _) => format!("{{ {} }}", entries(scope, value).join(", ")),
        Row::Word("Level", name) => string(&name.to_lowercase()),
        Row::Word(_, name) => string(name),
        Row::Dialect(dialect) => string(dialect.name()),
        Row::Literal(literal) => json(scope, literal),
        Row::Literals(literals) => {
            let values: Vec<String> = literals.iter().map(|one| json(scope, one)).collect();
            format!("[{}]", values.join(", "))
        }
        Row::Generated => scope.spec("generated"),
        Row::Choice(id) => format!("{}.choice", scope.named(*id)),
    }
}

/// The entries of a record, each `key: value`.
pub(super) fn entries(scope: &Scope<'_, '_>, record: &Row) -> Vec<String> {
    let Row::Record(_, entries) = record else {
        return Vec::new();
    };
    entries
        .iter()
        .map(|(name, value)| format!("{}: {}", camel(name), row(scope, value)))
        .collect()
}

/// A rule's expression.
pub(super) fn call(scope: &Scope<'_, '_>, value: &Call) -> String {
    match value {
        Call::This => "self".to_owned(),
        Call::Variable(name) => name.clone(),
        Call::Bool(value) => value.to_string(),
        Call::Int(value) => format!("{value}n"),
        Call::Float(value) => value.to_string(),
        Call::Text(text) | Call::Wire(text) => string(text),
        Call::Dialect(dialect) => string(dialect.name()),
        Call::Run(name, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|one| call(scope, one)).collect();
            let name = crate::lower::capitals(name);
            format!(
                "{}({})",
                scope.spec(&format!("cel{name}")),
                arguments.join(", ")
            )
        }
        Call::Function(variable, body) => format!("({variable}) => {}", call(scope, body)),
    }
}
