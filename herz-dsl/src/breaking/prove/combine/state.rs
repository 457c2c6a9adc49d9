//! What the fields of an object may hold, as far as rules across fields tell it apart.

use crate::breaking::model::Schema;
use crate::breaking::value::{Decimal, Value};
use std::collections::BTreeSet;

/// What a field may hold, if it is not absent.
pub(super) struct State {
    pub(super) field: String,
    pub(super) values: Vec<Value>,
    /// So many of the first ones may each be told apart; the others are like one of them.
    told_apart: usize,
}

impl State {
    /// Of values in the order of [`varied`]: all of them matter if there is a list of them, and otherwise an empty
    /// one, a filled one and those that rules name.
    pub(super) fn new(
        field: String,
        mut values: Vec<Value>,
        is_listed: bool,
        named: &[Value],
    ) -> Self {
        let classes = values.iter().map(class).collect::<BTreeSet<_>>().len();
        let mut told_apart = if is_listed { values.len() } else { classes };
        for value in named {
            let known = values.iter().position(|it| it == value);
            if known.is_some_and(|at| at < told_apart) {
                continue;
            }
            if let Some(at) = known {
                values.remove(at);
            }
            values.insert(told_apart, value.clone());
            told_apart += 1;
        }
        Self {
            field,
            values,
            told_apart,
        }
    }

    /// How many states it has, if at most so many are tried.
    pub(super) fn count(&self, most: usize) -> usize {
        (self.values.len() + 1).min(most)
    }

    /// Whether so many leave nothing out.
    pub(super) fn is_whole(&self, most: usize) -> bool {
        self.told_apart < most
    }
}

/// Whether a rule of an object speaks of a field: its text has every name. One too many does no harm.
pub(super) fn is_spoken_of(schema: &Schema, name: &str) -> bool {
    let by_rest = |text: &str| text == name;
    schema.rules.iter().any(|rule| rule.text.contains(name))
        || schema
            .rest
            .values()
            .any(|(it, _)| it.text().is_some_and(by_rest))
}

/// The values that rules about a field name: whatever stands in quotes, and numbers with those beside them.
pub(super) fn named(schema: &Schema, field: &str) -> Vec<Value> {
    let mut list = Vec::new();
    let rules = schema.rules.iter().map(|it| it.text.as_str());
    for text in rules.filter(|it| it.contains(field)) {
        // Every second piece stands between two quotes.
        let quoted = text.split(['"', '\'']).skip(1).step_by(2);
        list.extend(quoted.map(|it| Value::Text(it.to_owned())));
        for number in text.split(|it: char| !it.is_ascii_digit() && it != '.') {
            let number = number.trim_end_matches('.');
            if let Some(number) = Decimal::parse(number).filter(|_| !number.is_empty()) {
                list.extend([0, -1, 1].map(|by| Value::Number(number.plus(by))));
            }
        }
    }
    list
}

/// The first value of each class comes first.
pub(super) fn varied(list: &mut [Value]) {
    let mut seen = BTreeSet::new();
    list.sort_by_cached_key(|value| !seen.insert(class(value)));
}

/// What rules tell apart of any value: whether it is filled, empty or null.
fn class(value: &Value) -> u8 {
    match value {
        Value::Null => 2,
        Value::Bool(false) => 1,
        Value::Number(number) if *number == Decimal::ZERO => 1,
        Value::Text(text) if text.is_empty() => 1,
        Value::List(items) if items.is_empty() => 1,
        Value::Map(entries) if entries.is_empty() => 1,
        _ => 0,
    }
}
