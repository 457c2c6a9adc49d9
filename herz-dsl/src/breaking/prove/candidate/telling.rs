//! Values that may tell two schemas apart.

use super::leaf::{beside, between, long_texts, numbers, plain, texts};
use super::{DEPTH, FUEL, LENGTH, Maker, VARIANTS};
use crate::breaking::compare::flat;
use crate::breaking::model::{Id, Schema, Schemas, Types};
use crate::breaking::prove::place::{Step, below};
use crate::breaking::value::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Maker<'_> {
    /// Values that may be taken by one schema and not by the other.
    pub(super) fn telling(&mut self, id: Id, other: Option<Id>, others: &Schemas) -> Vec<Value> {
        let here = flat(self.schemas, id);
        let there = other.map(|id| flat(others, id)).unwrap_or_default();
        let mut list = self.samples(id, DEPTH);
        let mut elsewhere = Maker {
            schemas: others,
            fuel: FUEL,
        };
        if let Some(other) = other {
            list.extend(elsewhere.samples(other, DEPTH));
        }
        for (schema, own) in [(&here, self.schemas), (&there, others)] {
            list.extend(numbers(schema).into_iter().map(Value::Number));
            list.extend(beside(schema).into_iter().map(Value::Number));
            list.extend(long_texts(schema).into_iter().map(Value::Text));
            list.extend(texts(schema).into_iter().map(Value::Text));
            for branch in schema.conjuncts.iter().take(4) {
                let conjunct = flat(own, *branch);
                list.extend(beside(&conjunct).into_iter().map(Value::Number));
                list.extend(long_texts(&conjunct).into_iter().map(Value::Text));
                list.extend(texts(&conjunct).into_iter().map(Value::Text));
            }
        }
        list.extend(between(&here, &there).into_iter().map(Value::Text));
        list.extend(plain());
        list.extend(self.sized(id, &here, &there));
        if here.value_types().contains(Types::OBJECT) {
            list.extend(self.variants(&here, &there, others));
        }
        list
    }

    /// Lists and maps of as many entries as one of the two wants, and one more or less.
    fn sized(&mut self, id: Id, here: &Schema, there: &Schema) -> Vec<Value> {
        let mut counts = BTreeSet::from([0, 1, 2, 3]);
        for schema in [here, there] {
            for keyword in ["minItems", "maxItems", "minProperties", "maxProperties"] {
                if let Some(count) = schema.counts.get(keyword).filter(|it| **it < LENGTH) {
                    counts.extend([count.saturating_sub(1), *count, count + 1]);
                }
            }
        }
        let mut list = Vec::new();
        for step in [Step::Item, Step::Entry] {
            let Some(inner) = below(self.schemas, id, &step) else {
                continue;
            };
            let samples = self.samples(inner, 4);
            for count in &counts {
                let entries = self.distinct(inner, *count, DEPTH);
                if step == Step::Item {
                    list.push(Value::List(entries));
                } else {
                    let keys = (0..entries.len()).map(|at| format!("a{at}"));
                    list.push(Value::Map(keys.zip(entries).collect()));
                }
            }
            if step == Step::Item {
                for sample in samples.iter().take(6) {
                    list.push(Value::List(vec![sample.clone(), sample.clone()]));
                }
            }
        }
        list
    }

    /// Objects with and without each field and pair of fields.
    fn variants(&mut self, here: &Schema, there: &Schema, others: &Schemas) -> Vec<Value> {
        let mut list = Vec::new();
        let bases = self.bases(here, None, DEPTH);
        let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (name, property) in &here.properties {
            let mut samples = self.samples(property.schema, 3);
            samples.truncate(5);
            samples.push(self.filled(property.schema, DEPTH));
            values.entry(name.clone()).or_default().extend(samples);
            let aliases = flat(self.schemas, property.schema).aliases;
            let aliases = self
                .schemas
                .get(property.schema)
                .aliases
                .iter()
                .cloned()
                .chain(aliases);
            for alias in aliases {
                // In place of the name of today: both at once are refused.
                for (base, sample) in bases.iter().flat_map(|base| {
                    [
                        self.least(property.schema, DEPTH),
                        self.filled(property.schema, DEPTH),
                    ]
                    .map(|it| (base, it))
                }) {
                    let mut one = base.clone();
                    one.remove(name);
                    one.insert(alias.clone(), sample);
                    list.push(Value::Map(one));
                }
            }
        }
        let mut elsewhere = Maker {
            schemas: others,
            fuel: FUEL,
        };
        for (name, property) in &there.properties {
            if !here.properties.contains_key(name) {
                let sample = elsewhere.least(property.schema, DEPTH);
                values.entry(name.clone()).or_default().push(sample);
            }
        }
        values
            .entry("unknown".into())
            .or_default()
            .push(Value::Text("a".into()));
        for name in here.reserved.keys().chain(there.reserved.keys()) {
            values
                .entry(name.clone())
                .or_default()
                .push(Value::Text("a".into()));
        }
        // From both ends: what is needed with one more, everything with one less.
        for base in bases.iter().chain([&self.whole(here)]) {
            list.push(Value::Map(base.clone()));
            for (name, samples) in &values {
                for sample in samples {
                    let mut one = base.clone();
                    one.insert(name.clone(), sample.clone());
                    list.push(Value::Map(one));
                }
                if base.contains_key(name) {
                    let mut one = base.clone();
                    one.remove(name);
                    list.push(Value::Map(one));
                }
            }
        }
        let start = list.len();
        'pairs: for base in &bases {
            for (first, a) in &values {
                for (second, b) in values.iter().filter(|(name, _)| *name > first) {
                    for (a, b) in a
                        .iter()
                        .take(2)
                        .zip(b.iter().take(2))
                        .chain(a.last().into_iter().zip(b.last()))
                    {
                        let mut one = base.clone();
                        one.insert(first.clone(), a.clone());
                        one.insert(second.clone(), b.clone());
                        list.push(Value::Map(one));
                    }
                    if list.len() > start + VARIANTS {
                        break 'pairs;
                    }
                }
            }
        }
        list
    }
}
