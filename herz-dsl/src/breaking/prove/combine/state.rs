//! What the fields of an object may hold, as far as rules across fields tell it apart.

use crate::breaking::model::{Reads, Schema};
use crate::breaking::value::{Decimal, Value};
use crate::catalog::PathStep;
use std::collections::BTreeSet;

/// What a field may hold, if it is not absent.
pub(super) struct State {
    pub(super) field: String,
    pub(super) values: Vec<Value>,
}

impl State {
    /// Of values all, if all matter; otherwise those that rules name, and of the rest one of each class for all.
    pub(super) fn new(
        field: String,
        mut values: Vec<Value>,
        all_matter: bool,
        named: &[Value],
    ) -> Self {
        let named: BTreeSet<&Value> = named.iter().collect();
        values.retain(|it| !named.contains(it));
        if !all_matter {
            let mut seen = BTreeSet::new();
            values.retain(|it| seen.insert(class(it)));
        }
        values.extend(named.into_iter().cloned());
        Self { field, values }
    }

    /// How many states it has, if at most so many are tried.
    pub(super) fn count(&self, most: usize) -> usize {
        (self.values.len() + 1).min(most)
    }
}

/// What the rules of an object ask of a field: nothing, if none speaks of it.
pub(super) fn spoken_of(schema: &Schema, name: &str) -> Option<Reads> {
    let mut found: Option<Reads> = None;
    for (path, reads) in schema.rules.iter().flat_map(|it| &it.reads) {
        let Some((PathStep::Field(first), rest)) = path.0.split_first() else {
            continue;
        };
        if first == name {
            let all = found.get_or_insert_default();
            if rest.is_empty() {
                all.values.extend(reads.values.iter().cloned());
                all.any |= reads.any;
            }
        }
    }
    // What no rule of the comparison knows may name a field: the tag of a union.
    let by_rest = schema.rest.values().any(|(it, _)| it.text() == Some(name));
    let each = Reads {
        any: true,
        ..Reads::default()
    };
    found.or_else(|| by_rest.then_some(each))
}

/// Whether a rule of an object looks into the values of its fields.
pub(super) fn looks_deeper(schema: &Schema) -> bool {
    let mut paths = schema.rules.iter().flat_map(|it| it.reads.keys());
    paths.any(|path| path.0.len() > 1)
}

/// The values that rules name, and numbers with those beside them.
pub(super) fn named(reads: &Reads) -> Vec<Value> {
    let beside = |value: &Value| match value {
        Value::Number(number) => [0, -1, 1].map(|by| Value::Number(number.plus(by))).to_vec(),
        other => vec![other.clone()],
    };
    reads.values.iter().flat_map(beside).collect()
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
