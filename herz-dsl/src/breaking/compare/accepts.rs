//! Whether a schema takes a value: for defaults, and for documents that show breaks.

use super::bounds::keeps;
use super::types::integer_range;
use super::{Comparison, Pair, flattened};
use crate::breaking::level::Direction;
use crate::breaking::model::{Additional, Id, Schema, Schemas, Types, UnionKind};
use crate::breaking::pattern::Pattern;
use crate::breaking::value::Value;

impl Comparison<'_> {
    pub(super) fn new_accepts(&self, pair: &Pair<'_>, value: &Value) -> bool {
        Asked::loosely(self.new).schema(&whole(self.new, pair.new), value)
    }

    pub(super) fn old_accepts(&self, pair: &Pair<'_>, value: &Value) -> bool {
        Asked::loosely(self.old).schema(&whole(self.old, pair.old), value)
    }
}

/// Whether a schema takes a value that travels that way, as a strict server does: keys that an
/// object does not name are refused in what users write, unless the schema lets them in. Readers
/// skip them.
pub(in crate::breaking) fn accepts_strictly(
    schemas: &Schemas,
    id: Id,
    value: &Value,
    direction: Direction,
) -> bool {
    let mut asked = Asked {
        schemas,
        fuel: 20_000,
        way: Some(direction),
    };
    asked.id(id, value)
}

/// Schemas that are asked at most for a default, one inside the other or one after the other.
/// Schemas that refer to themselves could be asked for ever.
const FUEL: u32 = 100;

fn whole(schemas: &Schemas, schema: &Schema) -> Schema {
    flattened(
        schemas,
        schema,
        &schema.references.iter().collect::<Vec<_>>(),
    )
}

/// A question to schemas. What can't be told counts as taken.
struct Asked<'s> {
    schemas: &'s Schemas,
    fuel: u32,
    /// Whether documents are judged, and which way they travel.
    way: Option<Direction>,
}

impl<'s> Asked<'s> {
    fn loosely(schemas: &'s Schemas) -> Self {
        Self {
            schemas,
            fuel: FUEL,
            way: None,
        }
    }

    fn id(&mut self, id: Id, value: &Value) -> bool {
        if self.fuel == 0 {
            return true;
        }
        self.fuel -= 1;
        self.schema(&whole(self.schemas, self.schemas.get(id)), value)
    }

    fn schema(&mut self, schema: &Schema, value: &Value) -> bool {
        let ty = match value {
            Value::Null => Types::NULL,
            Value::Bool(_) => Types::BOOL,
            Value::Number(number) if number.is_whole() => Types::INTEGER,
            Value::Number(_) => Types::FRACTION,
            Value::Text(_) => Types::STRING,
            Value::List(_) => Types::ARRAY,
            Value::Map(_) => Types::OBJECT,
        };
        if *value == Value::Null && schema.nullable == Some(true) {
            return true;
        }
        if schema.types.is_some_and(|types| !types.contains(ty)) {
            return false;
        }
        if schema.int_or_string && !matches!(ty, Types::INTEGER | Types::STRING | Types::NULL) {
            return false;
        }
        if *value == Value::Null && self.way.is_none() {
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
        let format = match (&schema.format, value) {
            (Some(format), Value::Number(number)) => integer_range(format)
                .is_none_or(|(low, high)| number.is_whole() && *number >= low && *number <= high),
            _ => true,
        };
        let negated = self.way.is_some() && schema.not.is_some_and(|id| self.id(id, value));
        listed
            && constant
            && pattern
            && format
            && !negated
            && keeps(schema, value)
            && self.inside(schema, value)
            && schema.unions.iter().all(|union| {
                let matching = union
                    .branches
                    .iter()
                    .filter(|id| self.id(**id, value))
                    .count();
                match union.kind {
                    UnionKind::AnyOf => matching > 0,
                    UnionKind::OneOf => matching == 1,
                }
            })
            && schema.conjuncts.iter().all(|id| self.id(*id, value))
    }

    fn inside(&mut self, schema: &Schema, value: &Value) -> bool {
        match value {
            Value::List(items) => {
                let mut sorted = items.clone();
                sorted.sort();
                sorted.dedup();
                let keyed =
                    matches!(schema.list_type.as_deref(), Some("set")) && self.way.is_some();
                (!(schema.unique || keyed) || sorted.len() == items.len())
                    && items.iter().enumerate().all(|(at, item)| {
                        match schema.tuple.get(at).copied().or(schema.items) {
                            Some(id) => self.id(id, item),
                            None => true,
                        }
                    })
            }
            Value::Map(entries) => {
                let required = schema.required.iter().all(|name| {
                    entries.contains_key(name)
                        || !self.is_there(schema, name)
                        || self.stands_in(schema, name)
                });
                required
                    && entries
                        .iter()
                        .all(|(name, entry)| self.entry(schema, name, entry))
            }
            _ => true,
        }
    }

    fn stands_in(&self, schema: &Schema, name: &str) -> bool {
        let property = schema
            .properties
            .get(name)
            .map(|it| self.schemas.get(it.schema));
        property.is_some_and(Schema::stands_in)
    }

    /// Whether a property travels that way: what is only read is in no request.
    fn is_there(&self, schema: &Schema, name: &str) -> bool {
        let Some(property) = schema.properties.get(name) else {
            return true;
        };
        let property = self.schemas.get(property.schema);
        match self.way {
            Some(Direction::Input) => !property.read_only,
            Some(Direction::Output) => !property.write_only,
            None => true,
        }
    }

    fn entry(&mut self, schema: &Schema, name: &str, entry: &Value) -> bool {
        if let Some(property) = schema.properties.get(name) {
            return self.is_there(schema, name) && self.id(property.schema, entry);
        }
        let named = schema
            .property_names
            .is_none_or(|id| self.id(id, &Value::Text(name.to_owned())));
        if !named {
            return false;
        }
        let mut fits = schema.pattern_properties.iter().filter(|(pattern, _)| {
            Pattern::new(pattern).is_none_or(|pattern| pattern.matches(name))
        });
        if let Some((_, id)) = fits.next() {
            return self.id(*id, entry);
        }
        match schema.additional {
            Additional::Closed => self.way.is_none() && !schema.pattern_properties.is_empty(),
            Additional::Schema(id) => self.id(id, entry),
            // Other names of the properties are read; in a union each branch names its own.
            Additional::Open => {
                let lets = self.way != Some(Direction::Input)
                    || schema.properties.is_empty()
                    || schema.preserve_unknown
                    || schema.has("additionalProperties").is_some()
                    || !schema.unions.is_empty();
                let is_alias = || {
                    schema
                        .properties
                        .values()
                        .any(|it| self.schemas.get(it.schema).aliases.contains(name))
                };
                lets || is_alias()
            }
        }
    }
}
