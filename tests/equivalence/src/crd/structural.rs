//! Values against a structural schema.

use super::{below, says};
use regex::Regex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The patterns of a schema, compiled, by their text.
pub(super) struct Structural(BTreeMap<String, Regex>);

impl Structural {
    /// Compiles all patterns of a schema.
    pub(super) fn compile(schema: &Value) -> Result<Self, String> {
        let mut patterns = BTreeMap::new();
        gather(schema, &mut patterns)?;
        Ok(Self(patterns))
    }

    /// Whether a value is what the schema says; what its rules in CEL say is another question.
    pub(super) fn fits(&self, value: &Value, schema: &Value) -> bool {
        if value.is_null() && says(schema, "nullable") {
            return true;
        }
        typed(value, schema)
            && self.limited(value, schema)
            && self.joined(value, schema)
            && self.inside(value, schema)
    }

    fn limited(&self, value: &Value, schema: &Value) -> bool {
        let at_least =
            |word: &str, count: usize| count_of(schema, word).is_none_or(|least| count >= least);
        let at_most =
            |word: &str, count: usize| count_of(schema, word).is_none_or(|most| count <= most);
        let listed = schema
            .get("enum")
            .and_then(Value::as_array)
            .is_none_or(|all| all.iter().any(|one| same(one, value)));
        listed
            && match value {
                Value::Number(_) => number(value, schema),
                Value::String(text) => {
                    let length = text.chars().count();
                    let pattern = schema.get("pattern").and_then(Value::as_str);
                    at_least("minLength", length)
                        && at_most("maxLength", length)
                        && pattern.is_none_or(|pattern| {
                            self.0.get(pattern).is_some_and(|one| one.is_match(text))
                        })
                        && formatted(text, schema)
                }
                Value::Array(items) => {
                    at_least("minItems", items.len())
                        && at_most("maxItems", items.len())
                        && distinct(items, schema)
                }
                Value::Object(map) => {
                    let required = schema.get("required").and_then(Value::as_array);
                    at_least("minProperties", map.len())
                        && at_most("maxProperties", map.len())
                        && required
                            .into_iter()
                            .flatten()
                            .all(|key| key.as_str().is_some_and(|key| map.contains_key(key)))
                }
                Value::Null | Value::Bool(_) => true,
            }
    }

    fn joined(&self, value: &Value, schema: &Value) -> bool {
        let parts = |word: &str| schema.get(word).and_then(Value::as_array);
        let fitting = |all: &Vec<Value>| all.iter().filter(|one| self.fits(value, one)).count();
        parts("allOf").is_none_or(|all| fitting(all) == all.len())
            && parts("anyOf").is_none_or(|all| fitting(all) > 0)
            && parts("oneOf").is_none_or(|all| fitting(all) == 1)
            && schema.get("not").is_none_or(|not| !self.fits(value, not))
    }

    fn inside(&self, value: &Value, schema: &Value) -> bool {
        match value {
            Value::Array(items) => schema
                .get("items")
                .is_none_or(|below| items.iter().all(|item| self.fits(item, below))),
            Value::Object(map) => map
                .iter()
                .all(|(key, value)| below(schema, key).is_none_or(|below| self.fits(value, below))),
            _ => true,
        }
    }
}

/// All texts of the keyword `pattern`. A property may be called that as well: it is an object.
fn gather(schema: &Value, patterns: &mut BTreeMap<String, Regex>) -> Result<(), String> {
    match schema {
        Value::Object(map) => {
            if let Some(Value::String(text)) = map.get("pattern") {
                let pattern = Regex::new(&as_go_reads(text)).map_err(|error| error.to_string())?;
                patterns.insert(text.clone(), pattern);
            }
            map.values().try_for_each(|below| gather(below, patterns))
        }
        Value::Array(all) => all.iter().try_for_each(|below| gather(below, patterns)),
        _ => Ok(()),
    }
}

/// A pattern with its classes written out as an API server reads them, which is written in Go: there they hold
/// ASCII only, and in the crate `regex` all of Unicode.
fn as_go_reads(pattern: &str) -> String {
    let mut written = String::new();
    let mut inside = false;
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            inside = if inside { char != ']' } else { char == '[' };
            written.push(char);
            continue;
        }
        let Some(escaped) = chars.next() else { break };
        let class = match escaped.to_ascii_lowercase() {
            'd' => "0-9",
            's' => "\\t\\n\\f\\r ",
            'w' => "0-9A-Za-z_",
            _ => {
                written.extend(['\\', escaped]);
                continue;
            }
        };
        written.push_str(&match (escaped.is_ascii_uppercase(), inside) {
            (true, _) => format!("[^{class}]"),
            (false, true) => class.to_owned(),
            (false, false) => format!("[{class}]"),
        });
    }
    written
}

fn typed(value: &Value, schema: &Value) -> bool {
    if says(schema, "x-kubernetes-int-or-string") {
        return value.is_string() || whole(value).is_some();
    }
    match schema.get("type").and_then(Value::as_str) {
        None => true,
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => whole(value).is_some(),
        Some(_) => false,
    }
}

/// The whole number that a value is. JSON is read as 64 bits; `1.0` is a whole number as well, as far as
/// floats tell them apart.
fn whole(value: &Value) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_991.0;
    value.as_i64().or_else(|| {
        let float = value.as_f64().filter(|_| value.is_f64())?;
        #[allow(clippy::cast_possible_truncation, reason = "it is exact in this range")]
        (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
    })
}

fn count_of(schema: &Value, word: &str) -> Option<usize> {
    schema.get(word)?.as_u64()?.try_into().ok()
}

/// Equal, numbers by value.
fn same(a: &Value, b: &Value) -> bool {
    a == b || (a.is_number() && b.is_number() && a.as_f64() == b.as_f64())
}

fn number(value: &Value, schema: &Value) -> bool {
    let Some(float) = value.as_f64() else {
        return false;
    };
    // Whole numbers are compared as such.
    let order = |bound: &Value| match (whole(value), whole(bound)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => float.partial_cmp(&bound.as_f64()?),
    };
    let bound = |word: &str| schema.get(word).and_then(order);
    let steps = schema
        .get("multipleOf")
        .is_none_or(|step| match (whole(value), whole(step)) {
            (Some(value), Some(step)) => step != 0 && value % step == 0,
            _ => step.as_f64().is_some_and(|step| {
                let times = float / step;
                (times - times.round()).abs() <= f64::EPSILON * times.abs().max(1.0)
            }),
        });
    let format = schema.get("format").and_then(Value::as_str);
    bound("minimum")
        .is_none_or(|order| order.is_ge() && !(order.is_eq() && says(schema, "exclusiveMinimum")))
        && bound("maximum").is_none_or(|order| {
            order.is_le() && !(order.is_eq() && says(schema, "exclusiveMaximum"))
        })
        && steps
        && match format {
            Some("int32") => whole(value).is_some_and(|whole| i32::try_from(whole).is_ok()),
            Some("int64") => whole(value).is_some(),
            _ => true,
        }
}

/// The formats that an API server knows and emitted CRDs use, but `date-time` (see the gaps).
fn formatted(text: &str, schema: &Value) -> bool {
    match schema.get("format").and_then(Value::as_str) {
        Some("byte") => base64(text),
        _ => true,
    }
}

/// RFC 4648 with padding.
fn base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - body.len() <= 2
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// What lists that are sets or maps demand of their items.
fn distinct(items: &[Value], schema: &Value) -> bool {
    let keys: Vec<String> = match schema.get("x-kubernetes-list-type").and_then(Value::as_str) {
        Some("set") => items.iter().map(Value::to_string).collect(),
        Some("map") => {
            let names = schema
                .get("x-kubernetes-list-map-keys")
                .and_then(Value::as_array);
            let names: Vec<&str> = names
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let key = |item: &Value| {
                let values: Vec<_> = names.iter().map(|name| item.get(name)).collect();
                format!("{values:?}")
            };
            items.iter().map(key).collect()
        }
        _ => return true,
    };
    keys.iter().collect::<BTreeSet<_>>().len() == keys.len()
}
