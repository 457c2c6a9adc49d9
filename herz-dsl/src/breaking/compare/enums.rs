//! Lists of values, constants, patterns.

use super::bounds::listed;
use super::types::Shared;
use super::{Comparison, Pair};
use crate::breaking::level::{Direction, Level};
use crate::breaking::model::{Enumeration, Schema, Types};
use crate::breaking::pattern::{Pattern, Relation, takes_everything};
use crate::breaking::value::Value;
use std::fmt::Write;

impl Comparison<'_> {
    pub(super) fn enums(&mut self, pair: &Pair<'_>, shared: Shared) {
        // A list of one value and a constant are the same; `const` beside `const` has its own rules.
        let both_constant = pair.old.constant.is_some() && pair.new.constant.is_some()
            || pair.old.enumeration.is_none() && pair.new.enumeration.is_none();
        if both_constant {
            self.constants(pair, shared);
        }
        let as_list = |schema: &Schema| {
            schema.enumeration.clone().or_else(|| {
                let constant = schema.constant.clone().filter(|_| !both_constant)?;
                Some(Enumeration {
                    values: vec![constant],
                    open: false,
                })
            })
        };
        match (as_list(pair.old), as_list(pair.new)) {
            (Some(old), Some(new)) => self.values(pair, &old, &new),
            (None, Some(new)) if !idle_with_type(shared, pair.old, &new) => {
                let message = format!("only {} are allowed now", shown(&new.values));
                if !new.open {
                    self.emit(pair.raw("enum-added", "enum", message));
                }
            }
            (Some(old), None) if !idle_with_type(shared, pair.new, &old) && !old.open => {
                let message = format!("only {} were allowed, now any value is", shown(&old.values));
                self.emit(pair.raw("enum-removed", "enum", message));
            }
            _ => {}
        }
        for value in pair
            .new
            .enum_deprecated
            .difference(&pair.old.enum_deprecated)
        {
            let message = format!("the value {value:?} is deprecated");
            self.emit(pair.raw("enum-value-deprecated", "x-herz-deprecated-values", message));
        }
        if shared.compares(Types::STRING) {
            self.patterns(pair);
        }
    }

    fn constants(&mut self, pair: &Pair<'_>, shared: Shared) {
        let (rule, message) = match (&pair.old.constant, &pair.new.constant) {
            (Some(old), Some(new)) if old != new => {
                ("const-changed", format!("the value was {old}, it is {new}"))
            }
            (None, Some(new)) if !shared.types.is_none_left() => {
                ("const-added", format!("only {new} is allowed now"))
            }
            (Some(old), None) if !shared.types.is_none_left() => (
                "const-removed",
                format!("only {old} was allowed, now any value is"),
            ),
            _ => return,
        };
        self.emit(pair.raw(rule, "const", message));
    }

    fn values(&mut self, pair: &Pair<'_>, old: &Enumeration, new: &Enumeration) {
        if old.open != new.open {
            let (rule, message) = if new.open {
                ("enum-opened", "readers must expect further values now")
            } else {
                ("enum-closed", "further values are refused now")
            };
            let raw = pair.raw(rule, "enum", message);
            let place = |schema: &Schema| {
                schema
                    .has("enum")
                    .or_else(|| schema.has("x-extensible-enum"))
                    .unwrap_or(schema.span)
            };
            self.emit(raw.old(place(pair.old)).new_at(place(pair.new)));
        }
        let missing = |from: &Enumeration, to: &Enumeration| -> Vec<Value> {
            let gone = from
                .values
                .iter()
                .filter(|it| **it != Value::Null && !to.values.contains(it));
            gone.cloned().collect()
        };
        let mut removed = missing(old, new);
        let mut added = missing(new, old);
        self.renamed_values(pair, &mut removed, &mut added);
        let keyword = if pair.new.has("enum").is_some() || pair.old.has("enum").is_some() {
            "enum"
        } else {
            "x-extensible-enum"
        };
        if !removed.is_empty() {
            let message = format!("{} {} no value any more", shown(&removed), is_are(&removed));
            let mut raw = pair.raw("enum-value-removed", keyword, message);
            if pair.direction == Direction::Input && new.open {
                // It is still taken, with a warning.
                raw = raw.level(Level::Minor);
            } else {
                raw = raw.witness(removed.first().map(Value::to_string));
            }
            self.emit(raw);
        }
        if !added.is_empty() {
            let message = format!("{} {} a value now", shown(&added), is_are(&added));
            let mut raw = pair.raw("enum-value-added", keyword, message);
            if pair.direction == Direction::Output && old.open {
                raw = raw.level(Level::Minor);
            }
            self.emit(raw);
        }
        if removed.is_empty() && added.is_empty() && old.values != new.values {
            let sorted = |list: &Enumeration| {
                let mut values = list.values.clone();
                values.sort();
                values.dedup();
                values
            };
            if sorted(old) == sorted(new) {
                let message = "the values stand in another order";
                self.emit(pair.raw("enum-order-changed", keyword, message));
            }
        }
    }

    /// Values that are gone but have a successor: by alias, or by letter case alone.
    fn renamed_values(
        &mut self,
        pair: &Pair<'_>,
        removed: &mut Vec<Value>,
        added: &mut Vec<Value>,
    ) {
        let mut left = Vec::new();
        for value in removed.drain(..) {
            let Some(text) = value.text() else {
                left.push(value);
                continue;
            };
            if let Some(target) = pair.new.enum_aliases.get(text) {
                let target = Value::Text(target.clone());
                let message = format!("{value} is spelled {target} now and still read");
                self.emit(pair.raw("enum-value-renamed-aliased", "enum", message));
                added.retain(|it| *it != target);
                continue;
            }
            let same = |other: &Value| other.text().is_some_and(|it| bare(it) == bare(text));
            if let Some(at) = added.iter().position(same) {
                let other = added.remove(at);
                let message =
                    format!("{value} is spelled {other} now; list the old spelling as an alias");
                self.emit(
                    pair.raw("enum-value-recased", "enum", message)
                        .witness(Some(value.to_string())),
                );
                continue;
            }
            left.push(value);
        }
        *removed = left;
    }

    fn patterns(&mut self, pair: &Pair<'_>) {
        let (mut old, mut new) = (pair.old.pattern.clone(), pair.new.pattern.clone());
        if old == new {
            return;
        }
        let (old_values, new_values) = (listed(pair.old), listed(pair.new));
        let kept = |pattern: &Option<String>, values: Option<&Vec<&Value>>| {
            let (Some(pattern), Some(values)) = (pattern, values) else {
                return false;
            };
            Pattern::new(pattern).is_some_and(|pattern| {
                values
                    .iter()
                    .all(|it| it.text().is_none_or(|text| pattern.matches(text)))
            })
        };
        // A pattern that a list of values keeps anyway says nothing; see `idle` for bounds.
        let idle_old = kept(&old, old_values.as_ref().or(new_values.as_ref()));
        let idle_new = kept(&new, new_values.as_ref().or(old_values.as_ref()));
        // So does one that takes every text where there was none.
        let both = old.is_some() && new.is_some();
        old = old.filter(|pattern| !idle_old && (both || !takes_everything(pattern)));
        new = new.filter(|pattern| !idle_new && (both || !takes_everything(pattern)));
        match (old, new) {
            (None, Some(new)) => {
                let witness = match self.relate("", &new) {
                    Relation::Narrower(lost) => Some(format!("{lost:?}")),
                    _ => None,
                };
                let message = format!("texts must match `{new}` now");
                self.emit(
                    pair.raw("pattern-added", "pattern", message)
                        .witness(witness),
                );
            }
            (Some(old), None) => {
                let message = format!("texts need not match `{old}` any more");
                self.emit(pair.raw("pattern-removed", "pattern", message));
            }
            (Some(old), Some(new)) if old != new => self.changed_pattern(pair, &old, &new),
            _ => {}
        }
    }

    fn changed_pattern(&mut self, pair: &Pair<'_>, old: &str, new: &str) {
        let change = format!("`{old}` became `{new}`");
        let input = pair.direction == Direction::Input;
        let raw = match self.relate(old, new) {
            Relation::Equal => pair.raw(
                "pattern-respelled",
                "pattern",
                format!("{change}: the same texts match"),
            ),
            Relation::Narrower(lost) => pair
                .raw(
                    "pattern-tightened",
                    "pattern",
                    format!("{change}: {lost:?} matches no more"),
                )
                .witness(input.then(|| format!("{lost:?}"))),
            Relation::Wider(won) => pair
                .raw(
                    "pattern-loosened",
                    "pattern",
                    format!("{change}: {won:?} matches now"),
                )
                .witness((!input).then(|| format!("{won:?}"))),
            Relation::Crossing(lost, won) => pair
                .raw(
                    "pattern-changed",
                    "pattern",
                    format!("{change}: {lost:?} matches no more, {won:?} does now"),
                )
                .witness(Some(format!("{:?}", if input { lost } else { won }))),
            Relation::Undecided => pair
                .raw(
                    "pattern-changed",
                    "pattern",
                    format!("{change}: which is wider could not be decided"),
                )
                .possible(),
        };
        self.emit(raw);
    }
}

/// Whether a list of values came or went together with the type of its values.
fn idle_with_type(shared: Shared, other: &Schema, list: &Enumeration) -> bool {
    let of = |value: &Value| match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOL,
        Value::Number(number) if number.is_whole() => Types::INTEGER,
        Value::Number(_) => Types::FRACTION,
        Value::Text(_) => Types::STRING,
        Value::List(_) => Types::ARRAY,
        Value::Map(_) => Types::OBJECT,
    };
    shared.changed
        && !list
            .values
            .iter()
            .any(|it| other.value_types().overlaps(of(it)))
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_are(values: &[Value]) -> &'static str {
    if values.len() == 1 { "is" } else { "are each" }
}

fn shown(values: &[Value]) -> String {
    let some: Vec<String> = values.iter().take(6).map(Value::to_string).collect();
    let more = values.len().saturating_sub(some.len());
    let mut text = some.join(", ");
    if more > 0 {
        let _ = write!(text, " and {more} more");
    }
    text
}
