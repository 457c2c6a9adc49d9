//! Values that may tell two schemas apart: the ends of every limit and what lies beyond them,
//! fields that are there and not there, values of other types.

mod leaf;
mod telling;

use super::place::{Place, Step, below};
use crate::breaking::compare::flat;
use crate::breaking::model::{Additional, Id, Schema, Schemas, Types};
use crate::breaking::value::{Decimal, Value};
use leaf::{matching, numbers, texts};
use std::collections::{BTreeMap, BTreeSet};

/// Schemas inside each other that values are made for.
const DEPTH: u32 = 6;
/// Values of one schema at most.
const SAMPLES: usize = 16;
/// Variants of one object at most.
const VARIANTS: usize = 400;
/// Texts and lists are made so long at most.
const LENGTH: u64 = 4_096;

/// Documents from the start of a place, with something telling at its end. The likelier first.
pub(super) fn all(place: &Place, takes: &Schemas, refuses: &Schemas) -> Vec<Value> {
    let mut maker = Maker {
        schemas: takes,
        fuel: FUEL,
    };
    let mut end = place.ids.takes;
    let mut other = Some(place.ids.refuses);
    for step in &place.steps {
        other = other.and_then(|id| below(refuses, id, step));
        match below(takes, end, step) {
            Some(next) => end = next,
            None => return Vec::new(),
        }
    }
    let mut leaves = maker.telling(end, other, refuses);
    let mut seen = BTreeSet::new();
    leaves.retain(|it| seen.insert(it.clone()));
    let mut list = Vec::new();
    for leaf in leaves {
        list.extend(maker.around(place.ids.takes, &place.steps, leaf));
    }
    list
}

/// A value at the end of steps, in documents that begin with a schema.
pub(super) fn around(schemas: &Schemas, id: Id, steps: &[Step], value: Value) -> Vec<Value> {
    Maker {
        schemas,
        fuel: FUEL,
    }
    .around(id, steps, value)
}

/// Values that may be taken by one schema and not by the other.
pub(super) fn telling(
    schemas: &Schemas,
    id: Id,
    other: Option<Id>,
    others: &Schemas,
) -> Vec<Value> {
    let mut maker = Maker {
        schemas,
        fuel: FUEL,
    };
    maker.telling(id, other, others)
}

/// Values that a schema probably takes, those at the ends of its limits, and some of no list.
pub(super) fn values(schemas: &Schemas, id: Id) -> Vec<Value> {
    let mut maker = Maker {
        schemas,
        fuel: FUEL,
    };
    let mut list = maker.samples(id, DEPTH);
    let schema = flat(schemas, id);
    let numbers = numbers(&schema).into_iter().chain(leaf::beside(&schema));
    list.extend(numbers.map(Value::Number));
    list.extend(texts(&schema).into_iter().map(Value::Text));
    list
}

struct Maker<'s> {
    schemas: &'s Schemas,
    /// Schemas that are asked for values yet: unions of unions of objects would be very many.
    fuel: u32,
}

/// Schemas asked for values at most, for one place.
const FUEL: u32 = 5_000;

impl Maker<'_> {
    /// A value at the end of the steps inside the least values around it: one for each case of
    /// objects with cases on the way.
    fn around(&mut self, id: Id, steps: &[Step], leaf: Value) -> Vec<Value> {
        let Some((first, rest)) = steps.split_first() else {
            return vec![leaf];
        };
        let Some(next) = below(self.schemas, id, first) else {
            return Vec::new();
        };
        let mut list = Vec::new();
        let schema = flat(self.schemas, id);
        for inner in self.around(next, rest, leaf) {
            match first {
                Step::Item => {
                    let least = schema.counts.get("minItems").copied().unwrap_or(1).max(1);
                    let mut items = vec![inner];
                    let more = self.distinct(next, least.saturating_sub(1), DEPTH);
                    items.extend(more);
                    list.push(Value::List(items));
                }
                Step::Entry => {
                    let key = self.key(&schema);
                    list.push(Value::Map(BTreeMap::from([(key, inner)])));
                }
                Step::Field(name) => {
                    let mut bases = self.bases(&schema, Some(name), DEPTH);
                    // What rules ask for of a field may be any other one.
                    bases.insert(1.min(bases.len()), self.whole(&schema));
                    for base in bases {
                        let mut map = base;
                        map.insert(name.clone(), inner.clone());
                        list.push(Value::Map(map));
                    }
                }
            }
        }
        list.truncate(12);
        list
    }

    fn key(&self, schema: &Schema) -> String {
        let names = schema.property_names.map(|id| flat(self.schemas, id));
        let pattern = names.and_then(|it| it.pattern);
        let pattern = pattern.or_else(|| schema.pattern_properties.keys().next().cloned());
        pattern
            .and_then(|it| matching(&it))
            .unwrap_or_else(|| "a".to_owned())
    }

    /// Least objects: with required fields only, one for each value of a tag that says what else
    /// is needed; the one that needs `wanted` first.
    fn bases(
        &mut self,
        schema: &Schema,
        wanted: Option<&str>,
        depth: u32,
    ) -> Vec<BTreeMap<String, Value>> {
        let mut base = BTreeMap::new();
        for name in &schema.required {
            if let Some(property) = schema.properties.get(name) {
                base.insert(name.clone(), self.least(property.schema, depth));
            } else {
                base.insert(name.clone(), Value::Text("a".into()));
            }
        }
        let tags: BTreeSet<&String> = schema
            .rules
            .iter()
            .filter_map(|it| it.only_for.as_ref())
            .map(|(tag, _)| tag)
            .collect();
        let mut list = vec![base.clone()];
        for tag in tags {
            let Some(property) = schema.properties.get(tag) else {
                continue;
            };
            let values = flat(self.schemas, property.schema).enumeration;
            for value in values.into_iter().flat_map(|it| it.values) {
                let mut one = base.clone();
                let needs: Vec<&String> = schema
                    .rules
                    .iter()
                    .filter(|rule| {
                        rule.only_for
                            .as_ref()
                            .is_some_and(|(name, text)| name == tag && value.text() == Some(text))
                    })
                    .flat_map(|rule| &rule.needs)
                    .collect();
                let first = wanted.is_some_and(|name| needs.iter().any(|it| *it == name));
                one.insert(tag.clone(), value.clone());
                for name in needs {
                    if let Some(property) = schema.properties.get(name) {
                        one.insert(name.clone(), self.filled(property.schema, depth));
                    }
                }
                if first {
                    list.insert(0, one);
                } else {
                    list.push(one);
                }
            }
        }
        list
    }

    /// The object with every field, filled.
    fn whole(&mut self, schema: &Schema) -> BTreeMap<String, Value> {
        let properties = schema.properties.iter();
        properties
            .map(|(name, property)| (name.clone(), self.filled(property.schema, DEPTH)))
            .collect()
    }

    /// The simplest value.
    fn least(&mut self, id: Id, depth: u32) -> Value {
        self.samples(id, depth)
            .into_iter()
            .next()
            .unwrap_or(Value::Null)
    }

    /// The simplest value that is not empty, zero or false.
    fn filled(&mut self, id: Id, depth: u32) -> Value {
        let samples = self.samples(id, depth);
        let is_filled = |value: &&Value| match value {
            Value::Null | Value::Bool(false) => false,
            Value::Number(number) => *number != Decimal::ZERO,
            Value::Text(text) => !text.is_empty(),
            Value::List(items) => !items.is_empty(),
            Value::Map(entries) => !entries.is_empty(),
            Value::Bool(true) => true,
        };
        let filled = samples.iter().find(is_filled).cloned();
        filled
            .or_else(|| samples.first().cloned())
            .unwrap_or(Value::Null)
    }

    /// So many values that differ.
    fn distinct(&mut self, id: Id, count: u64, depth: u32) -> Vec<Value> {
        let count = usize::try_from(count.min(LENGTH)).unwrap_or(0);
        let mut list = self.samples(id, depth);
        let schema = flat(self.schemas, id);
        let types = schema.value_types();
        for number in 0..count {
            if list.len() >= count {
                break;
            }
            let number = i128::try_from(number).unwrap_or(0);
            let next = if types.overlaps(Types::INTEGER) && !types.contains(Types::STRING) {
                Value::Number(Decimal::whole(number + 2))
            } else {
                Value::Text(format!("a{number}"))
            };
            if !list.contains(&next) {
                list.push(next);
            }
        }
        list.truncate(count);
        list
    }

    /// Values that the schema probably takes, the simplest first.
    fn samples(&mut self, id: Id, depth: u32) -> Vec<Value> {
        if depth == 0 || self.fuel == 0 {
            return Vec::new();
        }
        self.fuel -= 1;
        let schema = flat(self.schemas, id);
        let mut list = Vec::new();
        if let Some(constant) = &schema.constant {
            list.push(constant.clone());
        }
        if let Some(enumeration) = &schema.enumeration {
            list.extend(enumeration.values.iter().take(SAMPLES).cloned());
        }
        let types = schema.value_types();
        if list.is_empty() {
            if types.contains(Types::STRING) {
                list.extend(texts(&schema).into_iter().map(Value::Text));
            }
            if types.overlaps(Types::NUMBER) {
                list.extend(numbers(&schema).into_iter().map(Value::Number));
            }
            if types.contains(Types::BOOL) {
                list.extend([Value::Bool(true), Value::Bool(false)]);
            }
            if types.contains(Types::ARRAY) {
                list.extend(self.lists(&schema, depth));
            }
            if types.contains(Types::OBJECT) {
                list.extend(self.objects(&schema, depth));
            }
        }
        if depth > 0 {
            for branch in schema
                .unions
                .iter()
                .flat_map(|union| &union.branches)
                .take(SAMPLES)
            {
                let mut inner = self.samples(*branch, depth - 1);
                inner.truncate(4);
                // What the branch says, and what stands beside the union.
                for value in &mut inner {
                    if let Value::Map(map) = value {
                        for base in self
                            .bases(&schema, None, depth.saturating_sub(1))
                            .into_iter()
                            .take(1)
                        {
                            for (key, entry) in base {
                                map.entry(key).or_insert(entry);
                            }
                        }
                    }
                }
                list.splice(0..0, inner);
            }
        }
        if schema.types.is_none_or(|types| types.contains(Types::NULL))
            || schema.nullable == Some(true)
        {
            list.push(Value::Null);
        }
        list.truncate(SAMPLES * 2);
        list
    }

    fn lists(&mut self, schema: &Schema, depth: u32) -> Vec<Value> {
        let least = schema.counts.get("minItems").copied().unwrap_or(0);
        if depth == 0 {
            return vec![Value::List(Vec::new())];
        }
        let item = schema.items.or_else(|| schema.tuple.first().copied());
        let items = match item {
            Some(id) => self.distinct(id, least.max(1), depth.saturating_sub(1)),
            None => vec![Value::Text("a".into())],
        };
        let mut list = Vec::new();
        if least == 0 {
            list.push(Value::List(Vec::new()));
        }
        list.push(Value::List(items));
        list
    }

    fn objects(&mut self, schema: &Schema, depth: u32) -> Vec<Value> {
        if depth == 0 {
            return vec![Value::Map(BTreeMap::new())];
        }
        let mut bases: Vec<Value> = if schema.required.is_empty() && schema.rules.is_empty() {
            vec![Value::Map(BTreeMap::new())]
        } else {
            self.bases_at(schema, depth - 1)
                .into_iter()
                .map(Value::Map)
                .collect()
        };
        if let Additional::Schema(id) = schema.additional {
            let entry = self
                .samples(id, depth - 1)
                .into_iter()
                .next()
                .unwrap_or(Value::Null);
            bases.push(Value::Map(BTreeMap::from([(self.key(schema), entry)])));
        }
        if schema.properties.is_empty() && schema.additional == Additional::Open {
            let entry = Value::Text("a".into());
            bases.push(Value::Map(BTreeMap::from([("a".to_owned(), entry)])));
        }
        bases.truncate(8);
        bases
    }

    fn bases_at(&mut self, schema: &Schema, depth: u32) -> Vec<BTreeMap<String, Value>> {
        if depth == 0 {
            return vec![BTreeMap::new()];
        }
        self.bases(schema, None, depth)
    }
}
