//! Whether two branches of a union exclude each other.

use super::{Comparison, flat};
use crate::breaking::model::{Additional, Id, Schema, Types};
use crate::breaking::value::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    /// Whether no value can match both of two branches of the new document.
    pub(super) fn disjoint(
        &self,
        a: Id,
        b: Id,
        tags: Option<&BTreeMap<String, BTreeSet<String>>>,
    ) -> bool {
        if let Some(tags) = tags {
            let name = |id: Id| {
                self.new
                    .get(id)
                    .pure_reference()
                    .and_then(|it| tags.get(it))
            };
            if let (Some(a), Some(b)) = (name(a), name(b)) {
                return a.is_disjoint(b);
            }
        }
        let (a, b) = (flat(self.new, a), flat(self.new, b));
        self.disjoint_schemas(&a, &b)
    }

    fn disjoint_schemas(&self, a: &Schema, b: &Schema) -> bool {
        if !a.value_types().overlaps(b.value_types()) {
            return true;
        }
        if let (Some(a), Some(b)) = (super::bounds::listed(a), super::bounds::listed(b))
            && !a.iter().any(|value| b.contains(value))
        {
            return true;
        }
        let only_object = |schema: &Schema| schema.value_types() == Types::OBJECT;
        if !only_object(a) || !only_object(b) {
            return false;
        }
        let values = |schema: &Schema, name: &str| -> Option<Vec<Value>> {
            let property = schema.properties.get(name)?;
            let target = flat(self.new, property.schema);
            super::bounds::listed(&target).map(|list| list.into_iter().cloned().collect())
        };
        let tagged = a.required.intersection(&b.required).any(|name| {
            matches!((values(a, name), values(b, name)), (Some(a), Some(b)) if !a.iter().any(|it| b.contains(it)))
        });
        let refuses = |closed: &Schema, other: &Schema| {
            closed.additional == Additional::Closed
                && other
                    .required
                    .iter()
                    .any(|name| !closed.properties.contains_key(name))
        };
        tagged || refuses(a, b) || refuses(b, a)
    }
}
