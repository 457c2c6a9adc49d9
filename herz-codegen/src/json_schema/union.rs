//! Unions: what the chosen case needs, what it does not use.

use super::Schemas;
use super::object::{any_name, default_for, of_names, silent};
use super::place::Place;
use super::value::Around;
use crate::document::{Map, texts};
use herz_dsl::catalog::{DefaultValue, Field, Foreign, Layer, Literal, Object, Semantics, TypeId};
use herz_types::Level;
use std::collections::BTreeSet;

impl Schemas<'_, '_> {
    /// The fields that belong to cases and count by structure only unless their case is chosen.
    pub(super) fn union_fields(&self, id: TypeId, object: &Object) -> BTreeSet<String> {
        match &object.union {
            Some(union) if union.selected_only => self.view.case_fields(id, union),
            _ => BTreeSet::new(),
        }
    }

    /// What a union demands.
    pub(super) fn union(
        &mut self,
        id: TypeId,
        object: &Object,
        place: Place,
        lenient: bool,
    ) -> Vec<Literal> {
        let Some(union) = &object.union else {
            return Vec::new();
        };
        let Some(tag) = object.fields.iter().find(|field| field.wire == union.tag) else {
            return Vec::new();
        };
        let field = |name: &String| object.fields.iter().find(|field| field.wire == *name);
        let mut parts = Vec::new();
        for case in union.cases.iter().filter(|case| case.level == Level::Error) {
            if place.advice {
                break;
            }
            let mut then = Vec::new();
            for needed in case.requires.iter().filter_map(field) {
                then.extend(self.needs(needed, case.filled));
            }
            if !then.is_empty() {
                let is = chosen(tag, [case.value.as_str()]);
                let then = Map::new().with("allOf", then);
                parts.push(Map::new().with("if", is).with("then", then).literal());
            }
        }
        for block in self.view.case_fields(id, union).iter().filter_map(field) {
            let foreign = self.view.foreign_values(tag, union, &block.wire);
            let is_foreign =
                (!foreign.is_empty()).then(|| chosen(tag, foreign.iter().map(String::as_str)));
            if let Some(is_foreign) = &is_foreign
                && union.foreign == Foreign::Refuse
                && !place.advice
            {
                let quiet = silent(self.view.base(&block.ty));
                let then = of_names(block, |_| quiet.clone());
                let part = Map::new().with("if", is_foreign.clone());
                parts.push(part.with("then", then).literal());
            }
            // Chosen or not, the structure of such a block is all that counts.
            let all_counts = block.semantics == Semantics::Full;
            if union.selected_only && !place.advice && all_counts {
                let item = self.view.item(id).field(&block.wire);
                let around = Around {
                    item: &item,
                    normalize: block.normalize.as_ref(),
                    lenient_null: lenient,
                };
                let full = self.bare(block, place, around);
                let full = if block.nullable || lenient {
                    super::or_null(full)
                } else {
                    full
                };
                let full = of_names(block, |_| full.clone());
                parts.push(
                    match is_foreign {
                        Some(is_foreign) => Map::new().with("if", is_foreign).with("else", full),
                        // Every value of the tag uses it.
                        None => full,
                    }
                    .literal(),
                );
            }
        }
        parts
    }

    /// A field's value without what people see, which stands with the field already.
    fn bare(&mut self, field: &Field, place: Place, around: Around<'_>) -> Map {
        let mut schema = self.ty(&field.ty, place, around);
        self.limited(&mut schema, &field.ty, &field.constraints, place, around);
        schema
    }

    /// What a case needs of a field; nothing if a default brings it.
    fn needs(&self, field: &Field, filled: bool) -> Option<Literal> {
        let default = default_for(field, Layer::Admission);
        if default.is_some_and(|default| default.value.brings(filled)) {
            return None;
        }
        let not = if filled {
            self.nothing(Some(&field.ty))
        } else {
            Map::new().with("type", "null")
        };
        let schema = any_name(field, |name| {
            let value = Map::new().with(name, Map::new().with("not", not.clone()));
            Map::new()
                .with("required", texts([name]))
                .with("properties", value)
        });
        Some(schema.literal())
    }
}

/// That the tag is one of these, by its default too.
fn chosen<'v>(tag: &Field, values: impl IntoIterator<Item = &'v str>) -> Map {
    let values: Vec<&str> = values.into_iter().collect();
    let default = default_for(tag, Layer::Structure).and_then(|default| match &default.value {
        DefaultValue::Literal(Literal::Text(text)) => Some(text.as_str()),
        _ => None,
    });
    let one_of = Map::new().with("enum", texts(values.iter()));
    // Without the key the default chooses, if it is one of these.
    if default.is_some_and(|default| values.contains(&default)) {
        return of_names(tag, |_| one_of.clone());
    }
    any_name(tag, |name| {
        let is = Map::new().with(name, one_of.clone());
        Map::new()
            .with("properties", is)
            .with("required", texts([name]))
    })
}
