//! Bounds of numbers, counts of characters, items and properties, steps.

use super::types::{Shared, integer_range};
use super::{Comparison, Pair};
use crate::breaking::model::{Bound, Schema, Types};
use crate::breaking::value::{Decimal, Value};

/// The four rules of a bound.
struct Rules {
    added: &'static str,
    tightened: &'static str,
    loosened: &'static str,
    removed: &'static str,
}

macro_rules! rules {
    ($name:literal) => {
        Rules {
            added: concat!($name, "-added"),
            tightened: concat!($name, "-tightened"),
            loosened: concat!($name, "-loosened"),
            removed: concat!($name, "-removed"),
        }
    };
}

const COUNTS: [(&str, Types, Rules); 6] = [
    ("minLength", Types::STRING, rules!("min-length")),
    ("maxLength", Types::STRING, rules!("max-length")),
    ("minItems", Types::ARRAY, rules!("min-items")),
    ("maxItems", Types::ARRAY, rules!("max-items")),
    ("minProperties", Types::OBJECT, rules!("min-properties")),
    ("maxProperties", Types::OBJECT, rules!("max-properties")),
];

/// The finite set of values of a schema, if it has one. Bounds that all of them keep say nothing.
pub(super) fn listed(schema: &Schema) -> Option<Vec<&Value>> {
    match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => Some(vec![constant]),
        (None, Some(enumeration)) if !enumeration.open => Some(
            enumeration
                .values
                .iter()
                .filter(|it| **it != Value::Null)
                .collect(),
        ),
        _ => None,
    }
}

impl Comparison<'_> {
    pub(super) fn bounds(&mut self, pair: &Pair<'_>, shared: Shared) {
        let magnitude = pair.old.magnitude || pair.new.magnitude;
        if shared.compares(Types::NUMBER) || (magnitude && shared.compares(Types::STRING)) {
            let whole =
                shared.types.overlaps(Types::INTEGER) && !shared.types.contains(Types::FRACTION);
            let (old, new) = (low(pair.old, whole), low(pair.new, whole));
            let (old, new) = idle(pair, old, new, keeps_low);
            self.bound(pair, "minimum", &rules!("minimum"), old, new, true);
            let (old, new) = (high(pair.old, whole), high(pair.new, whole));
            let (old, new) = idle(pair, old, new, keeps_high);
            self.bound(pair, "maximum", &rules!("maximum"), old, new, false);
            self.steps(pair);
        }
        for (keyword, types, rules) in &COUNTS {
            if shared.compares(*types) {
                let least = keyword.starts_with("min");
                let count = |schema: &Schema| {
                    schema.counts.get(keyword).map(|count| Bound {
                        value: Decimal::whole(i128::from(*count)),
                        exclusive: false,
                    })
                };
                let (old, new) = (count(pair.old), count(pair.new));
                let (old, new) = idle(pair, old, new, |bound, value| {
                    size(keyword, value).is_none_or(|size| {
                        if least {
                            size >= bound.value
                        } else {
                            size <= bound.value
                        }
                    })
                });
                self.bound(pair, keyword, rules, old, new, least);
            }
        }
        self.emptied(pair);
    }

    fn bound(
        &mut self,
        pair: &Pair<'_>,
        keyword: &str,
        rules: &Rules,
        old: Option<Bound>,
        new: Option<Bound>,
        least: bool,
    ) {
        let (rule, message) = match (old, new) {
            (None, Some(new)) => (rules.added, format!("{keyword} is {new}, there was none")),
            (Some(old), None) => (rules.removed, format!("{keyword} was {old}, there is none")),
            (Some(old), Some(new)) if old != new => {
                let inwards = if old.value == new.value {
                    new.exclusive
                } else {
                    (new.value > old.value) == least
                };
                let rule = if inwards {
                    rules.tightened
                } else {
                    rules.loosened
                };
                (rule, format!("{keyword} was {old}, it is {new}"))
            }
            _ => return,
        };
        let other = match keyword {
            "minimum" => "exclusiveMinimum",
            "maximum" => "exclusiveMaximum",
            _ => keyword,
        };
        let raw = pair.raw(rule, keyword, message);
        let raw = raw
            .old(pair.old.has(keyword).unwrap_or_else(|| pair.old.at(other)))
            .new_at(pair.new.has(keyword).unwrap_or_else(|| pair.new.at(other)));
        self.emit(raw);
    }

    fn steps(&mut self, pair: &Pair<'_>) {
        // Every whole number is a multiple of 1.
        let whole = !pair.old.value_types().contains(Types::FRACTION)
            && !pair.new.value_types().contains(Types::FRACTION);
        let step = |schema: &Schema| {
            schema
                .multiple_of
                .filter(|step| !(whole && *step == Decimal::whole(1)))
        };
        let (rule, message) = match (step(pair.old), step(pair.new)) {
            (None, Some(new)) => (
                "multiple-of-added",
                format!("values are multiples of {new} now"),
            ),
            (Some(old), None) => (
                "multiple-of-removed",
                format!("values need not be multiples of {old} any more"),
            ),
            (Some(old), Some(new)) if old != new => {
                let rule = if new.is_multiple_of(old) == Some(true) {
                    "multiple-of-tightened"
                } else if old.is_multiple_of(new) == Some(true) {
                    "multiple-of-loosened"
                } else {
                    "multiple-of-changed"
                };
                (
                    rule,
                    format!("values were multiples of {old}, they are of {new}"),
                )
            }
            _ => return,
        };
        self.emit(pair.raw(rule, "multipleOf", message));
    }

    /// Bounds that contradict each other now and did not before.
    fn emptied(&mut self, pair: &Pair<'_>) {
        if !contradicts(pair.old) && contradicts(pair.new) {
            let keyword = if pair.new.minimum.is_some() {
                "minimum"
            } else {
                "type"
            };
            self.emit(pair.raw(
                "range-emptied",
                keyword,
                "the bounds contradict: no value is valid",
            ));
        }
    }
}

fn contradicts(schema: &Schema) -> bool {
    let range = match (low_of(schema), high_of(schema)) {
        (Some(low), Some(high)) => {
            low.value > high.value || (low.value == high.value && (low.exclusive || high.exclusive))
        }
        _ => false,
    };
    let counts = [
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    range
        || counts.iter().any(|(low, high)| {
            matches!((schema.counts.get(low), schema.counts.get(high)), (Some(a), Some(b)) if a > b)
        })
}

fn low_of(schema: &Schema) -> Option<Bound> {
    low(schema, !schema.value_types().contains(Types::FRACTION))
}

fn high_of(schema: &Schema) -> Option<Bound> {
    high(schema, !schema.value_types().contains(Types::FRACTION))
}

/// Both bounds, each left out where the side's own list of values keeps it anyway, or where the
/// other side's list keeps it: then the list is the change, and it is told as such.
fn idle(
    pair: &Pair<'_>,
    old: Option<Bound>,
    new: Option<Bound>,
    keeps: impl Fn(&Bound, &Value) -> bool,
) -> (Option<Bound>, Option<Bound>) {
    let kept = |bound: &Option<Bound>, values: Option<Vec<&Value>>| matches!((bound, values), (Some(bound), Some(values)) if values.iter().all(|it| keeps(bound, it)));
    let (old_values, new_values) = (listed(pair.old), listed(pair.new));
    let idle_old =
        kept(&old, old_values.clone()) || (old_values.is_none() && kept(&old, new_values.clone()));
    let idle_new =
        kept(&new, new_values.clone()) || (new_values.is_none() && kept(&new, old_values));
    (old.filter(|_| !idle_old), new.filter(|_| !idle_new))
}

fn keeps_low(bound: &Bound, value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            *number > bound.value || (*number == bound.value && !bound.exclusive)
        }
        _ => true,
    }
}

fn keeps_high(bound: &Bound, value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            *number < bound.value || (*number == bound.value && !bound.exclusive)
        }
        _ => true,
    }
}

/// How many characters, items or properties a value has, if the keyword counts them.
pub(super) fn size(keyword: &str, value: &Value) -> Option<Decimal> {
    let count = match value {
        Value::Text(text) if keyword.ends_with("Length") => text.chars().count(),
        Value::List(items) if keyword.ends_with("Items") => items.len(),
        Value::Map(entries) if keyword.ends_with("Properties") => entries.len(),
        _ => return None,
    };
    i128::try_from(count).ok().map(Decimal::whole)
}

/// The lower bound; of whole numbers the least one allowed. None if it excludes nothing.
fn low(schema: &Schema, whole: bool) -> Option<Bound> {
    let bound = schema.minimum?;
    let bound = if whole {
        let up = i128::from(bound.exclusive && bound.value.is_whole());
        Bound {
            value: bound.value.ceil().plus(up),
            exclusive: false,
        }
    } else {
        bound
    };
    let least = schema
        .format
        .as_deref()
        .and_then(integer_range)
        .map(|(least, _)| least);
    (!(whole && least.is_some_and(|least| bound.value <= least))).then_some(bound)
}

/// The upper bound, likewise.
fn high(schema: &Schema, whole: bool) -> Option<Bound> {
    let bound = schema.maximum?;
    let bound = if whole {
        let down = if bound.exclusive && bound.value.is_whole() {
            -1
        } else {
            0
        };
        Bound {
            value: bound.value.floor().plus(down),
            exclusive: false,
        }
    } else {
        bound
    };
    let most = schema
        .format
        .as_deref()
        .and_then(integer_range)
        .map(|(_, most)| most);
    (!(whole && most.is_some_and(|most| bound.value >= most))).then_some(bound)
}

/// Whether a value keeps the bounds, counts and the step of a schema.
pub(super) fn keeps(schema: &Schema, value: &Value) -> bool {
    let step = match (schema.multiple_of, value) {
        (Some(step), Value::Number(number)) => number.is_multiple_of(step) != Some(false),
        _ => true,
    };
    step && schema.minimum.is_none_or(|bound| keeps_low(&bound, value))
        && schema.maximum.is_none_or(|bound| keeps_high(&bound, value))
        && schema.counts.iter().all(|(keyword, count)| {
            let count = Decimal::whole(i128::from(*count));
            size(keyword, value).is_none_or(|size| {
                if keyword.starts_with("min") {
                    size >= count
                } else {
                    size <= count
                }
            })
        })
}
