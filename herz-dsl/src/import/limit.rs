//! Limits of values.

use super::Import;
use super::schema::is_true;
use crate::catalog::{Bound, Constraint, ConstraintKind, Layer, Life, Type};
use crate::check::whole;
use crate::tree::Node;
use herz_types::Level;
use herz_types::scalar::check_portable;

impl Import {
    /// The limits that a schema sets to values of a type.
    pub(super) fn limits(&mut self, schema: Node<'_>, ty: &Type) -> Vec<Constraint> {
        let mut limits = Vec::new();
        let mut add = |kind: ConstraintKind| {
            limits.push(Constraint {
                kind,
                level: Level::Error,
                layer: Layer::Structure,
                life: Life::default(),
                note: None,
            });
        };
        let (min, max) = (
            bound(schema, "minimum", "exclusiveMinimum"),
            bound(schema, "maximum", "exclusiveMaximum"),
        );
        if min.is_some() || max.is_some() {
            add(ConstraintKind::Range { min, max });
        }
        let length = counts(schema, "Length");
        if let (min, max) = length
            && (min.is_some() || max.is_some())
        {
            add(ConstraintKind::Length { min, max });
        }
        let word = if matches!(ty, Type::List(_)) {
            "Items"
        } else {
            "Properties"
        };
        if let (min, max) = counts(schema, word)
            && (min.is_some() || max.is_some())
        {
            add(ConstraintKind::Items { min, max });
        }
        if is_true(schema, "uniqueItems") {
            add(ConstraintKind::UniqueItems);
        }
        let step = schema.get("multipleOf").map(Node::resolved);
        if let Some(step) = step.and_then(crate::check::number) {
            add(ConstraintKind::MultipleOf(step));
        }
        if let Some(pattern) = schema.get("pattern")
            && let Some(text) = pattern.text()
        {
            match check_portable(text) {
                Ok(()) => add(ConstraintKind::Pattern(text.to_owned())),
                Err(why) => {
                    let text = format!("the pattern is left out: {}", why.message);
                    self.lose(pattern.place(), text);
                }
            }
        }
        limits
    }
}

fn bound(schema: Node<'_>, key: &str, exclusive: &str) -> Option<Bound> {
    let value = schema.get(key)?;
    Some(Bound {
        value: crate::check::number(value.resolved())?,
        text: value.scalar()?.text.to_owned(),
        exclusive: is_true(schema, exclusive),
    })
}

fn counts(schema: Node<'_>, what: &str) -> (Option<u64>, Option<u64>) {
    let count = |key: String| {
        let value = whole(schema.get(&key)?.resolved())?;
        u64::try_from(value).ok()
    };
    (count(format!("min{what}")), count(format!("max{what}")))
}
