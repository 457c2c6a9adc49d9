//! Names inside a document agree: what rules ask of several places at once, chance does not give.

use super::{Generator, Mood};
use herz_dsl::catalog::{Condition, Literal, PathStep, Rule, RuleKind, Test};
use serde_json::{Map, Value};

impl Generator<'_> {
    /// Makes names differ, and lead where they should, as the rules of the object ask; mostly.
    pub(super) fn agree(&mut self, object: &mut Value, rules: &[Rule]) {
        if self.mood == Mood::Hostile {
            return;
        }
        // Names are given before they are used.
        let gives = |rule: &&Rule| matches!(rule.kind, RuleKind::Unique { .. });
        let (first, second): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(gives);
        for rule in first.into_iter().chain(second) {
            if self.slip(10) {
                continue;
            }
            match &rule.kind {
                RuleKind::Unique { list, by: Some(by) } => {
                    each(object, &list.0, &mut |list| differ(list, by));
                }
                RuleKind::RefersTo { from, to, .. } => {
                    let mut known = Vec::new();
                    each(object, &to.0, &mut |name| known.push(name.clone()));
                    each(object, &from.0, &mut |name| {
                        if !known.is_empty() && !known.contains(name) {
                            *name = self.random.of(&known).clone();
                        }
                    });
                }
                RuleKind::Acyclic { list, name, edges } => {
                    each(object, &list.0, &mut |list| forwards(list, name, &edges.0));
                }
                RuleKind::Forbids { fields, .. } if holds(object, &rule.when) => {
                    for field in fields {
                        remove(object, &field.0);
                    }
                }
                RuleKind::Count {
                    fields,
                    at_most_one: true,
                    ..
                } if holds(object, &rule.when) => {
                    let there = |object: &mut Value, path: &[PathStep]| {
                        let mut there = false;
                        each(object, path, &mut |value| there |= !value.is_null());
                        there
                    };
                    let first = fields.iter().position(|it| there(object, &it.0));
                    for field in fields.iter().skip(first.map_or(0, |at| at + 1)) {
                        remove(object, &field.0);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether conditions hold, as far as defaults don't matter.
fn holds(object: &mut Value, conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| {
        let mut found = Vec::new();
        each(object, &condition.field.0, &mut |value| {
            found.extend((!value.is_null()).then(|| value.clone()));
        });
        let one_of = |literals: &[Literal]| {
            let text = |literal: &Literal, value: &Value| match literal {
                Literal::Text(text) => value == text,
                Literal::Bool(known) => value == known,
                Literal::Int(known) => value == known,
                _ => false,
            };
            literals
                .iter()
                .any(|literal| found.iter().any(|value| text(literal, value)))
        };
        match &condition.test {
            Test::In(literals) => one_of(literals),
            Test::NotIn(literals) => !one_of(literals),
            Test::Present | Test::Filled => !found.is_empty(),
            Test::Absent | Test::Empty => found.is_empty(),
        }
    })
}

/// Takes the field that a path leads to.
fn remove(object: &mut Value, steps: &[PathStep]) {
    let Some((PathStep::Field(name), to_owner)) = steps.split_last() else {
        return;
    };
    each(object, to_owner, &mut |owner| {
        if let Value::Object(map) = owner {
            map.remove(name);
        }
    });
}

/// Shows each value that a path leads to.
fn each(value: &mut Value, steps: &[PathStep], visit: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = steps.split_first() else {
        visit(value);
        return;
    };
    match (step, value) {
        (PathStep::Field(name), Value::Object(map)) => {
            if let Some(inner) = map.get_mut(name) {
                each(inner, rest, visit);
            }
        }
        (PathStep::Each, Value::Array(items)) => {
            for item in items {
                each(item, rest, visit);
            }
        }
        (PathStep::Each, Value::Object(map)) => {
            for item in map.values_mut() {
                each(item, rest, visit);
            }
        }
        _ => {}
    }
}

/// Gives the items of a list names that differ, where they have one.
fn differ(list: &mut Value, by: &str) {
    let items = list.as_array_mut().into_iter().flatten();
    let objects = items.filter_map(Value::as_object_mut);
    for (index, name) in objects.filter_map(|item| item.get_mut(by)).enumerate() {
        *name = format!("n{index}").into();
    }
}

/// Takes the references of each item that do not lead to a later one.
fn forwards(list: &mut Value, name: &str, edges: &[PathStep]) {
    let Some((last, to_list)) = edges.split_last() else {
        return;
    };
    let items: &mut Vec<Value> = match list {
        Value::Array(items) => items,
        _ => return,
    };
    let names: Vec<Option<Value>> = items
        .iter()
        .map(|item| {
            item.as_object()
                .and_then(|it: &Map<_, _>| it.get(name).cloned())
        })
        .collect();
    for (index, item) in items.iter_mut().enumerate() {
        let later = names.get(index + 1..).unwrap_or_default();
        let is_later = |name: &Value| later.iter().flatten().any(|known| known == name);
        match last {
            PathStep::Each => each(item, to_list, &mut |list| {
                if let Value::Array(list) = list {
                    list.retain(is_later);
                }
            }),
            PathStep::Field(field) => each(item, to_list, &mut |object| {
                if let Value::Object(map) = object {
                    map.retain(|key, value| key != field || is_later(value));
                }
            }),
        }
    }
}
