//! Limits of a catalog's fields and types into keywords of the model.

use crate::breaking::model::{Bound, CrossRule, Enumeration, Schema, Schemas, Types};
use crate::breaking::value::{Decimal, Value};
use crate::catalog::{self, Constraint, ConstraintKind, Layer};
use herz_types::Level;

/// Limits that refuse values. One that only warns is none to a document. Two of one kind must both
/// be kept: of ranges that is the narrower end; what a keyword can't say twice is one more condition.
pub(super) fn limits(schemas: &mut Schemas, schema: &mut Schema, constraints: &[Constraint]) {
    // How a list is merged is compared by itself.
    let refusing = |it: &&Constraint| {
        it.level == Level::Error && !matches!(it.kind, ConstraintKind::ToldApart(_))
    };
    for limit in constraints.iter().filter(refusing) {
        let name = name(&limit.kind);
        let by_admission = limit.layer == Layer::Admission;
        let mut one = Schema {
            types: schema.types,
            ..Schema::default()
        };
        keyword(&mut one, &limit.kind);
        one.layers.insert(name.to_owned(), by_admission);
        if schema.layers.get(name) == Some(&by_admission) && narrow(schema, &one, &limit.kind) {
            continue;
        }
        if schema.layers.contains_key(name) {
            let id = schemas.add(one);
            schema.conjuncts.push(id);
            continue;
        }
        schema.layers.insert(name.to_owned(), by_admission);
        keyword(schema, &limit.kind);
    }
    if schema.layers.contains_key("filled") {
        // Neither null nor the empty text is filled, whatever else allows them.
        schema.nullable = None;
        schema.types = schema.types.map(|types| types.without(Types::NULL));
        if let Some(list) = &mut schema.enumeration {
            list.values.retain(|it| it.text() != Some(""));
        }
    }
}

/// Narrows the ranges of a schema to those of another one. False if the limit is no range.
fn narrow(schema: &mut Schema, by: &Schema, kind: &ConstraintKind) -> bool {
    match kind {
        ConstraintKind::Range { .. } => {
            // At one value the end that excludes it is the narrower one.
            let least = |it: &Bound| (it.value, it.exclusive);
            let most = |it: &Bound| (it.value, !it.exclusive);
            schema.minimum = schema
                .minimum
                .into_iter()
                .chain(by.minimum)
                .max_by_key(least);
            schema.maximum = schema
                .maximum
                .into_iter()
                .chain(by.maximum)
                .min_by_key(most);
        }
        ConstraintKind::Length { .. } | ConstraintKind::Items { .. } => {
            for (keyword, count) in &by.counts {
                let own = schema.counts.entry(*keyword).or_insert(*count);
                *own = if keyword.starts_with("min") {
                    (*own).max(*count)
                } else {
                    (*own).min(*count)
                };
            }
        }
        _ => return false,
    }
    true
}

fn name(kind: &ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::Range { .. } => "range",
        ConstraintKind::Length { .. } => "length",
        ConstraintKind::Items { .. } => "items",
        ConstraintKind::Pattern(_) => "pattern",
        ConstraintKind::MultipleOf(_) => "multipleOf",
        ConstraintKind::UniqueItems => "unique",
        ConstraintKind::Filled => "filled",
        ConstraintKind::Grammar { .. } => "grammar",
        ConstraintKind::OneOf(_) => "oneOf",
        ConstraintKind::ToldApart(_) => "merge",
    }
}

fn keyword(schema: &mut Schema, kind: &ConstraintKind) {
    let bound = |bound: &catalog::Bound| {
        let value = Decimal::parse(&bound.value.to_string())?;
        Some(Bound {
            value,
            exclusive: bound.exclusive,
        })
    };
    let mut count = |keyword: &'static str, number: Option<u64>| {
        // At least none is no limit.
        if let Some(number) = number.filter(|it| *it > 0 || !keyword.starts_with("min")) {
            schema.counts.insert(keyword, number);
        }
    };
    match kind {
        ConstraintKind::Range { min, max } => {
            schema.minimum = min.as_ref().and_then(bound);
            schema.maximum = max.as_ref().and_then(bound);
            schema.magnitude = true;
        }
        ConstraintKind::Length { min, max } => {
            count("minLength", *min);
            count("maxLength", *max);
        }
        ConstraintKind::Items { min, max } => {
            // Of a map its entries are counted.
            for (least, most) in [("minItems", "maxItems"), ("minProperties", "maxProperties")] {
                count(least, *min);
                count(most, *max);
            }
        }
        ConstraintKind::Pattern(pattern) => schema.pattern = Some(pattern.clone()),
        ConstraintKind::MultipleOf(step) => {
            schema.multiple_of = Decimal::parse(&step.to_string());
        }
        ConstraintKind::UniqueItems => schema.unique = true,
        ConstraintKind::ToldApart(_) => {}
        ConstraintKind::Filled => schema.rules.push(CrossRule {
            text: "filled".into(),
            message: "filled".into(),
            error: true,
            ..CrossRule::default()
        }),
        ConstraintKind::Grammar {
            dialect,
            allow_empty,
        } => {
            let empty = if *allow_empty { "?" } else { "" };
            schema.format = Some(format!("{}{empty}", dialect.name()));
        }
        ConstraintKind::OneOf(values) => {
            let values = values.iter().cloned().map(Value::Text).collect();
            schema.enumeration = Some(Enumeration {
                values,
                open: false,
            });
        }
    }
}
