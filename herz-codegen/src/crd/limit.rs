//! Limits of values as structural schemas have them.

use super::schema::{Place, Writer};
use crate::document::{Map, entries_word, put_range, texts};
use crate::target::Note;
use herz_dsl::catalog::{Constraint, ConstraintKind, Item, Layer, Literal, Type, TypeBody};
use herz_types::Level;

impl Writer<'_, '_> {
    /// Adds the limits that count at a place.
    pub(super) fn limited(
        &mut self,
        schema: &mut Map,
        ty: &Type,
        limits: &[Constraint],
        item: &Item,
        place: Place,
    ) {
        let counts = |limit: &&Constraint| {
            limit.level == Level::Error && (limit.layer == Layer::Structure || place.admission)
        };
        for limit in limits.iter().filter(counts) {
            match &limit.kind {
                ConstraintKind::Range { min, max } => {
                    // A range of a text with a grammar is a range of what it stands for.
                    if matches!(self.view.base(ty), Type::Scalar(_)) {
                        self.notes.push(Note::loss(
                            item.clone(),
                            "a range of a text with a grammar can't be said in a CRD",
                            "Herz and admission check it; the CRD does not",
                        ));
                    } else {
                        put_range(schema, min.as_ref(), max.as_ref(), true);
                    }
                }
                ConstraintKind::Length { min, max } => {
                    schema.put_some("minLength", *min);
                    schema.put_some("maxLength", *max);
                }
                ConstraintKind::Items { min, max } => {
                    let word = entries_word(self.view.base(ty));
                    schema.put_some(&format!("min{word}"), *min);
                    schema.put_some(&format!("max{word}"), *max);
                }
                ConstraintKind::Pattern(pattern) => put_pattern(schema, pattern),
                ConstraintKind::MultipleOf(step) => schema.put("multipleOf", *step),
                ConstraintKind::UniqueItems => self.unique(schema, ty, item),
                ConstraintKind::Grammar {
                    dialect,
                    allow_empty,
                } => {
                    if let Some((pattern, _)) = dialect.pattern() {
                        put_pattern(schema, &or_empty(pattern, *allow_empty));
                    }
                }
                ConstraintKind::OneOf(values) => {
                    if !matches!(self.view.base(ty), Type::List(_)) {
                        schema.put("enum", texts(values));
                    }
                }
                ConstraintKind::Filled => {}
            }
        }
    }

    /// Items that must differ. `uniqueItems` is forbidden in a CRD (comparing all with all has no bound); a set
    /// of scalars is what it has instead.
    fn unique(&mut self, schema: &mut Map, ty: &Type, item: &Item) {
        let scalar = match self.view.base(ty) {
            Type::List(inner) => match self.view.base(inner) {
                Type::Ref(id) => {
                    let body = self.view.catalog.get(*id).map(|def| &def.body);
                    matches!(body, Some(TypeBody::Enum(_)))
                }
                Type::List(_) | Type::Map(_) | Type::Any | Type::AnyObject => false,
                _ => true,
            },
            _ => false,
        };
        if scalar {
            schema.put("x-kubernetes-list-type", "set");
        } else {
            self.notes.push(Note::loss(
                item.clone(),
                "a CRD can't say that lists, maps or objects differ",
                "Herz and admission check it; the CRD does not",
            ));
        }
    }
}

/// A second pattern stands beside the first.
fn put_pattern(schema: &mut Map, pattern: &str) {
    if schema.get("pattern").is_none() {
        schema.put("pattern", pattern);
        return;
    }
    let mut all = match schema.get("allOf") {
        Some(Literal::List(all)) => all.clone(),
        _ => Vec::new(),
    };
    all.push(Map::new().with("pattern", pattern).literal());
    schema.put("allOf", all);
}

pub(super) fn or_empty(pattern: &str, allow_empty: bool) -> String {
    if allow_empty {
        format!("^$|{pattern}")
    } else {
        pattern.to_owned()
    }
}
