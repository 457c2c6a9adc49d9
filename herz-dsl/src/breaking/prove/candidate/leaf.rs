//! Texts and numbers: what a schema probably takes, the ends of its limits and what lies beyond.

use super::{LENGTH, SAMPLES};
use crate::breaking::model::{Schema, Types};
use crate::breaking::pattern::{self, Relation};
use crate::breaking::value::{Decimal, Value};
use herz_types::scalar::Dialect;
use std::collections::BTreeMap;

/// A shortest text that a pattern takes.
pub(super) fn matching(pattern: &str) -> Option<String> {
    // Nothing matches what must be behind the end.
    beyond(pattern, "$a")
}

/// A shortest text that a pattern takes and another one does not.
fn beyond(pattern: &str, other: &str) -> Option<String> {
    match pattern::relate(pattern, other) {
        Relation::Narrower(text) | Relation::Crossing(text, _) => Some(text),
        _ => None,
    }
}

/// Texts that tell two patterns apart.
pub(super) fn between(here: &Schema, there: &Schema) -> Vec<String> {
    let pattern = |schema: &Schema| schema.pattern.clone().unwrap_or_default();
    match pattern::relate(&pattern(here), &pattern(there)) {
        Relation::Narrower(text) | Relation::Wider(text) => vec![text],
        Relation::Crossing(lost, won) => vec![lost, won],
        Relation::Equal | Relation::Undecided => Vec::new(),
    }
}

/// Texts that a schema probably takes.
pub(super) fn texts(schema: &Schema) -> Vec<String> {
    let mut list = Vec::new();
    if let Some(pattern) = &schema.pattern {
        list.extend(matching(pattern));
        // The shortest may be the empty one, which must be filled.
        list.extend(beyond(pattern, "^$"));
    }
    if let Some(format) = &schema.format {
        let name = format.strip_suffix('?').unwrap_or(format);
        if let Some(dialect) = Dialect::from_name(name) {
            let clean = |text: &&str| !text.chars().any(char::is_control);
            let of = |accepted: bool| {
                let samples = dialect.samples().iter();
                samples
                    .filter(move |it| it.accepted == accepted)
                    .map(|it| it.text)
                    .filter(clean)
            };
            list.extend(of(true).take(SAMPLES).map(str::to_owned));
            list.extend(of(false).take(4).map(str::to_owned));
        }
        list.extend(of_format(name).iter().map(|it| (*it).to_owned()));
    }
    let least = schema.counts.get("minLength").copied().unwrap_or(0);
    for text in ["a", "", "web", "a b", "1"] {
        if text.len() as u64 >= least {
            list.push(text.to_owned());
        }
    }
    if least > 0 {
        list.push(letters(least));
    }
    if schema.magnitude {
        for number in beside(schema) {
            list.extend(
                ["ns", "ms", "s", "m", "", "B", "KiB"].map(|unit| format!("{number}{unit}")),
            );
        }
    }
    list
}

/// A text of so many letters.
pub(super) fn letters(count: u64) -> String {
    "a".repeat(usize::try_from(count.min(LENGTH)).unwrap_or(0))
}

/// Texts at the ends of lengths, and beyond.
pub(super) fn long_texts(schema: &Schema) -> Vec<String> {
    let mut list = Vec::new();
    for keyword in ["minLength", "maxLength"] {
        if let Some(count) = schema.counts.get(keyword).filter(|it| **it < LENGTH) {
            for length in [count.saturating_sub(1), *count, count + 1] {
                list.push(letters(length));
                list.extend(texts(schema).iter().filter_map(|it| stretched(it, length)));
            }
        }
    }
    list
}

/// A text made so long: by zeros before a number, and by its last letter otherwise.
fn stretched(text: &str, length: u64) -> Option<String> {
    let more = usize::try_from(length)
        .ok()?
        .checked_sub(text.chars().count())?;
    if text.starts_with(|it: char| it.is_ascii_digit()) {
        return Some(format!("{}{text}", "0".repeat(more)));
    }
    let last = text.chars().last()?;
    Some(
        text.chars()
            .chain(std::iter::repeat_n(last, more))
            .collect(),
    )
}

pub(super) fn of_format(name: &str) -> &'static [&'static str] {
    match name {
        "date" => &["2026-01-31"],
        "date-time" => &["2026-01-31T10:00:00Z"],
        "time" => &["10:00:00Z"],
        "uuid" => &["123e4567-e89b-42d3-a456-426614174000"],
        "ipv4" => &["10.0.0.1"],
        "ipv6" => &["fe80::1"],
        "byte" => &["aGk="],
        "email" => &["a@example.com"],
        "hostname" => &["example.com"],
        "uri" | "url" => &["https://example.com/a"],
        "duration" => &["PT1S", "1s"],
        _ => &[],
    }
}

/// Numbers that a schema probably takes.
pub(super) fn numbers(schema: &Schema) -> Vec<Decimal> {
    let mut list = Vec::new();
    for bound in [schema.minimum, schema.maximum].into_iter().flatten() {
        if bound.exclusive {
            list.extend([bound.value.plus(1), bound.value.plus(-1)]);
        } else {
            list.push(bound.value);
        }
    }
    if let Some(step) = schema.multiple_of {
        list.push(step);
    }
    list.extend([1, 0, 2, 5, 10, 100].map(Decimal::whole));
    if schema.value_types().contains(Types::FRACTION) {
        list.extend(Decimal::parse("0.5"));
    }
    list
}

/// Numbers at the ends of ranges, and beyond.
pub(super) fn beside(schema: &Schema) -> Vec<Decimal> {
    let mut list = Vec::new();
    for bound in [schema.minimum, schema.maximum].into_iter().flatten() {
        for by in [0, 1, -1] {
            list.push(bound.value.plus(by));
        }
        list.push(bound.value.ceil());
        list.push(bound.value.floor());
        let doubled = |it: Decimal| Decimal::parse(&format!("{it}5"));
        if !bound.value.is_whole() {
            list.extend(doubled(bound.value));
        }
    }
    if let Some(step) = schema.multiple_of {
        list.push(step);
        list.push(step.plus(1));
    }
    list
}

/// Values of every type, and numbers at the ends of machine integers.
pub(super) fn plain() -> Vec<Value> {
    let mut list = vec![
        Value::Null,
        Value::Bool(true),
        Value::Text("a".into()),
        Value::Text(String::new()),
        Value::Text("1".into()),
        Value::List(Vec::new()),
        Value::List(vec![Value::Text("a".into())]),
        Value::Map(BTreeMap::new()),
        Value::Map(BTreeMap::from([("a".to_owned(), Value::Text("a".into()))])),
    ];
    for number in [
        0,
        1,
        -1,
        2,
        3,
        4,
        6,
        7,
        127,
        128,
        255,
        256,
        32_767,
        32_768,
        65_535,
        65_536,
        -129,
        -32_769,
        i128::from(i32::MAX) + 1,
        i128::from(i32::MIN) - 1,
        i128::from(u32::MAX),
        i128::from(u32::MAX) + 1,
        i128::from(i64::MAX) + 1,
    ] {
        list.push(Value::Number(Decimal::whole(number)));
    }
    list.extend(Decimal::parse("1.5").map(Value::Number));
    list
}
