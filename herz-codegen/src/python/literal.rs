//! Values, tables and rules as Python expressions.

use super::file::Scope;
use super::names::safe;
use crate::lower::{Call, Row, quoted};
use herz_dsl::catalog::Literal;

/// A text as a string.
pub(super) fn string(text: &str) -> String {
    quoted(text)
}

fn tuple(items: &[String]) -> String {
    match items {
        [one] => format!("({one},)"),
        all => format!("({})", all.join(", ")),
    }
}

fn boolean(value: bool) -> String {
    if value { "True" } else { "False" }.to_owned()
}

fn float(value: f64) -> String {
    if value.is_nan() {
        "float(\"nan\")".to_owned()
    } else if value.is_infinite() {
        format!("float(\"{value}\")")
    } else {
        format!("{value:?}")
    }
}

/// A value of a document.
fn json(literal: &Literal) -> String {
    match literal {
        Literal::Null => "None".to_owned(),
        Literal::Bool(value) => boolean(*value),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => float(*value),
        Literal::Text(text) => string(text),
        Literal::List(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(", "))
        }
        Literal::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{}: {}", string(name), json(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A row as an expression.
pub(super) fn row(scope: &Scope<'_, '_>, value: &Row) -> String {
    match value {
        Row::Bool(value) => boolean(*value),
        Row::Int(value) => value.to_string(),
        Row::Count(value) => value.to_string(),
        Row::Float(value) => float(*value),
        Row::Text(text) => string(text),
        Row::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
            tuple(&texts)
        }
        Row::Pairs(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(a, b)| format!("({}, {})", string(a), string(b)))
                .collect();
            tuple(&pairs)
        }
        Row::List(_, rows) => {
            let rows: Vec<String> = rows.iter().map(|one| row(scope, one)).collect();
            tuple(&rows)
        }
        Row::Record(of, _) => {
            format!("{}({})", scope.spec(of), entries(scope, value).join(", "))
        }
        Row::Word("Level", name) => string(&name.to_lowercase()),
        Row::Word(_, name) => string(name),
        Row::Dialect(dialect) => string(dialect.name()),
        Row::Literal(literal) => json(literal),
        Row::Literals(literals) => {
            let values: Vec<String> = literals.iter().map(json).collect();
            tuple(&values)
        }
        Row::Generated => scope.spec("GENERATED"),
        Row::Choice(id) => format!("{}.choice()", scope.named(*id)),
    }
}

/// The entries of a record as named arguments.
pub(super) fn entries(scope: &Scope<'_, '_>, record: &Row) -> Vec<String> {
    let Row::Record(_, entries) = record else {
        return Vec::new();
    };
    entries
        .iter()
        .map(|(name, value)| format!("{}={}", safe((*name).to_owned()), row(scope, value)))
        .collect()
}

/// A rule's expression.
pub(super) fn call(scope: &Scope<'_, '_>, value: &Call) -> String {
    match value {
        Call::This => "o".to_owned(),
        Call::Variable(name) => name.clone(),
        Call::Bool(value) => boolean(*value),
        Call::Int(value) => value.to_string(),
        Call::Float(value) => float(*value),
        Call::Text(text) | Call::Wire(text) => string(text),
        Call::Dialect(dialect) => string(dialect.name()),
        Call::Run(name, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|one| call(scope, one)).collect();
            format!(
                "{}({})",
                scope.spec(&format!("cel_{name}")),
                arguments.join(", ")
            )
        }
        Call::Function(variable, body) => format!("lambda {variable}: {}", call(scope, body)),
    }
}
