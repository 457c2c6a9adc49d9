//! Whether a schema takes a value: for defaults.

use super::bounds::keeps;
use super::{Comparison, Pair, flattened};
use crate::breaking::model::{Additional, Id, Schema, Schemas, Types, UnionKind};
use crate::breaking::pattern::Pattern;
use crate::breaking::value::Value;

impl Comparison<'_> {
    pub(super) fn new_accepts(&self, pair: &Pair<'_>, value: &Value) -> bool {
        accepts_schema(self.new, &whole(self.new, pair.new), value, &mut { FUEL })
    }

    pub(super) fn old_accepts(&self, pair: &Pair<'_>, value: &Value) -> bool {
        accepts_schema(self.old, &whole(self.old, pair.old), value, &mut { FUEL })
    }
}

/// Schemas that are asked at most, one inside the other or one after the other. Schemas that refer
/// to themselves could be asked for ever.
const FUEL: u32 = 100;

fn whole(schemas: &Schemas, schema: &Schema) -> Schema {
    flattened(
        schemas,
        schema,
        &schema.references.iter().collect::<Vec<_>>(),
    )
}

/// Whether the schema takes the value. What can't be told counts as taken.
fn accepts(schemas: &Schemas, id: Id, value: &Value, fuel: &mut u32) -> bool {
    if *fuel == 0 {
        return true;
    }
    *fuel -= 1;
    accepts_schema(schemas, &whole(schemas, schemas.get(id)), value, fuel)
}

fn accepts_schema(schemas: &Schemas, schema: &Schema, value: &Value, fuel: &mut u32) -> bool {
    let ty = match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOL,
        Value::Number(number) if number.is_whole() => Types::INTEGER,
        Value::Number(_) => Types::FRACTION,
        Value::Text(_) => Types::STRING,
        Value::List(_) => Types::ARRAY,
        Value::Map(_) => Types::OBJECT,
    };
    if schema.types.is_some_and(|types| !types.contains(ty)) {
        return false;
    }
    if *value == Value::Null {
        return true;
    }
    let listed = schema
        .enumeration
        .as_ref()
        .is_none_or(|it| it.open || it.values.contains(value));
    let constant = schema.constant.as_ref().is_none_or(|it| it == value);
    let pattern = match (&schema.pattern, value) {
        (Some(pattern), Value::Text(text)) => {
            Pattern::new(pattern).is_none_or(|pattern| pattern.matches(text))
        }
        _ => true,
    };
    listed
        && constant
        && pattern
        && keeps(schema, value)
        && inside(schemas, schema, value, fuel)
        && schema.unions.iter().all(|union| {
            let matching = union
                .branches
                .iter()
                .filter(|id| accepts(schemas, **id, value, fuel))
                .count();
            match union.kind {
                UnionKind::AnyOf => matching > 0,
                UnionKind::OneOf => matching == 1,
            }
        })
        && schema
            .conjuncts
            .iter()
            .all(|id| accepts(schemas, *id, value, fuel))
}

fn inside(schemas: &Schemas, schema: &Schema, value: &Value, fuel: &mut u32) -> bool {
    match value {
        Value::List(items) => {
            let mut sorted = items.clone();
            sorted.sort();
            sorted.dedup();
            (!schema.unique || sorted.len() == items.len())
                && schema
                    .items
                    .is_none_or(|id| items.iter().all(|it| accepts(schemas, id, it, fuel)))
        }
        Value::Map(entries) => {
            let defaulted = |name: &String| {
                schema
                    .properties
                    .get(name)
                    .is_some_and(|it| schemas.get(it.schema).default.is_some())
            };
            schema
                .required
                .iter()
                .all(|name| entries.contains_key(name) || defaulted(name))
                && entries.iter().all(|(name, entry)| {
                    match (schema.properties.get(name), schema.additional) {
                        (Some(property), _) => accepts(schemas, property.schema, entry, fuel),
                        (None, Additional::Closed) => !schema.pattern_properties.is_empty(),
                        (None, Additional::Schema(id)) => accepts(schemas, id, entry, fuel),
                        (None, Additional::Open) => true,
                    }
                })
        }
        _ => true,
    }
}
