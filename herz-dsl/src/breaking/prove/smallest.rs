//! The smallest document that still shows a break: whatever can be left out is.

use crate::breaking::value::{Decimal, Value};

/// Questions asked at most.
const ROUNDS: usize = 400;

/// Leaves out one thing after the other as long as `shows` holds.
pub(super) fn smallest(mut document: Value, shows: &dyn Fn(&Value) -> bool) -> Value {
    let mut rounds = ROUNDS;
    loop {
        let mut better = None;
        for smaller in smaller(&document) {
            if rounds == 0 {
                return document;
            }
            rounds -= 1;
            if shows(&smaller) {
                better = Some(smaller);
                break;
            }
        }
        match better {
            Some(next) => document = next,
            None => return document,
        }
    }
}

/// Documents with one thing less.
fn smaller(value: &Value) -> Vec<Value> {
    let mut list = Vec::new();
    match value {
        Value::Map(entries) => {
            for key in entries.keys() {
                let mut less = entries.clone();
                less.remove(key);
                list.push(Value::Map(less));
            }
            for (key, entry) in entries {
                for inner in smaller(entry) {
                    let mut less = entries.clone();
                    less.insert(key.clone(), inner);
                    list.push(Value::Map(less));
                }
            }
        }
        Value::List(items) => {
            for at in 0..items.len() {
                let mut less = items.clone();
                less.remove(at);
                list.push(Value::List(less));
            }
            for (at, item) in items.iter().enumerate() {
                for inner in smaller(item) {
                    let mut less = items.clone();
                    if let Some(place) = less.get_mut(at) {
                        *place = inner;
                    }
                    list.push(Value::List(less));
                }
            }
        }
        Value::Text(text) if text.chars().count() > 1 => {
            let count = text.chars().count();
            for keep in [1, count / 2, count - 1] {
                list.push(Value::Text(text.chars().take(keep).collect()));
            }
        }
        Value::Number(number) => {
            for other in [Decimal::ZERO, Decimal::whole(1)] {
                // Towards zero only, or it would never end.
                if other < *number && Decimal::ZERO <= other {
                    list.push(Value::Number(other));
                }
            }
        }
        _ => {}
    }
    list
}
