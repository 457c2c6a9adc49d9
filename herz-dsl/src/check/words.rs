//! Rules in words: the part of a message that depends on the schema alone. Generated validators
//! get their messages here too.

use crate::catalog::{Compare, Condition, Literal, Rule, RuleKind, Test};
use herz_types::message;
use std::fmt::Write;

/// The conditions of a rule in words, starting with `when`; empty if there are none.
///
/// ```
/// use herz_dsl::catalog::{Condition, FieldPath, Literal, PathStep, Test};
/// let when = [Condition {
///     field: FieldPath(vec![PathStep::Field("direction".into())]),
///     test: Test::In(vec![Literal::Text("from".into()), Literal::Text("both".into())]),
/// }];
/// assert_eq!(herz_dsl::check::words::when(&when), "when `direction` is `from` or `both`");
/// ```
pub fn when(conditions: &[Condition]) -> String {
    let mut out = String::new();
    for (at, condition) in conditions.iter().enumerate() {
        let field = message::quote(&condition.field.to_string());
        let _ = write!(out, "{}{field} ", if at == 0 { "when " } else { " and " });
        match &condition.test {
            Test::In(values) => {
                let _ = write!(out, "is {}", literals(values, "or"));
            }
            Test::NotIn(values) if values.len() == 1 => {
                let _ = write!(out, "is not {}", literals(values, "or"));
            }
            Test::NotIn(values) => {
                let _ = write!(out, "is none of {}", literals(values, "and"));
            }
            Test::Present => out.push_str("is set"),
            Test::Absent => out.push_str("is not set"),
            Test::Filled => out.push_str("is not empty"),
            Test::Empty => out.push_str("is empty"),
        }
    }
    out
}

fn literals(values: &[Literal], last: &str) -> String {
    let texts: Vec<String> = values.iter().map(literal).collect();
    message::alternatives(texts.iter().map(String::as_str), last)
}

/// A literal as text, without quotes.
pub fn literal(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Text(text) => text.clone(),
        Literal::List(items) => {
            format!(
                "[{}]",
                items.iter().map(literal).collect::<Vec<_>>().join(", ")
            )
        }
        Literal::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{key}: {}", literal(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A relation in words: `jitter` must be … `latency`.
pub fn relation(op: Compare) -> &'static str {
    match op {
        Compare::Less => "less than",
        Compare::LessOrEqual => "at most",
        Compare::Greater => "greater than",
        Compare::GreaterOrEqual => "at least",
        Compare::Equal => "equal to",
        Compare::NotEqual => "different from",
    }
}

/// What a rule that counts fields demands: `exactly one of`.
pub fn demand(min: u8, at_most_one: bool) -> &'static str {
    match (min, at_most_one) {
        (0, _) => "at most one of",
        (_, false) => "at least one of",
        (_, true) => "exactly one of",
    }
}

/// The message of a finding about one field of a `requires` or `forbids` rule.
///
/// `name` is the field's path as the rule writes it.
pub fn about_field(rule: &Rule, name: &str) -> String {
    if let Some(message) = &rule.message {
        return message.clone();
    }
    let when = when(&rule.when);
    match &rule.kind {
        RuleKind::Forbids { .. } => message::forbidden(name, &when),
        RuleKind::Requires { filled: true, .. } => message::requires_filled(name, &when),
        RuleKind::Immutable { .. } => message::immutable(name),
        RuleKind::Cel { source, .. } => message::cel(&rule.name, source),
        _ => message::requires(name, &when),
    }
}
