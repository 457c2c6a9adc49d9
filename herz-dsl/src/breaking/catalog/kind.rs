//! A kind into the model: `spec` and `status` under its name, and what the platform knows of it.

use super::rules::cross_rules;
use super::{Reader, say};
use crate::breaking::kinds::{Kind, Version};
use crate::breaking::model::{Property, Reference, Schema, Types};
use crate::breaking::value::Value;
use crate::catalog::{self, Embedded, Subresources};
use crate::source::Span;
use std::collections::BTreeMap;

impl Reader<'_> {
    pub(super) fn kind(&mut self, kind: &catalog::Kind, owner: &catalog::Package) -> Kind {
        let mut root = Schema {
            types: Some(Types::OBJECT),
            ..Schema::default()
        };
        root.docs
            .insert("description".into(), Value::Text(kind.doc.clone()));
        let parts = [("spec", Some(kind.spec)), ("status", kind.status)];
        for (order, (name, id)) in parts.into_iter().enumerate() {
            let Some(def) = id.and_then(|id| self.catalog.get(id)) else {
                continue;
            };
            let schema = Schema {
                references: vec![Reference {
                    name: self.name(def),
                    span: Span::default(),
                }],
                immutable: name == "spec" && kind.immutable,
                ..Schema::default()
            };
            let schema = self.side.schemas.add(schema);
            let property = Property {
                schema,
                span: Span::default(),
                order,
                life: (None, None),
            };
            root.properties.insert(name.to_owned(), property);
        }
        if kind.spec_required {
            root.required.insert("spec".into());
        }
        root.rules = cross_rules(&kind.rules);
        if kind.structure_only {
            say(&mut root, "judged", "structure");
        }
        if kind.embedded != Embedded::default() {
            say(&mut root, "embedded", &format!("{:?}", kind.embedded));
        }
        if owner.lenient_null {
            say(&mut root, "nulls", "absent");
        }
        let columns = kind
            .columns
            .iter()
            .map(|column| Value::Text(format!("{} {} {}", column.name, column.path, column.cell)));
        let version = Version {
            served: true,
            storage: true,
            deprecated: self.deprecated(&kind.life, kind.package),
            schema: Some(self.side.schemas.add(root)),
            status: kind.subresources == Subresources::Status,
            columns: Some(Value::List(columns.collect())),
            ..Version::default()
        };
        Kind {
            group: owner.group.clone(),
            name: kind.name.clone(),
            plural: kind.plural.clone(),
            singular: kind.name.to_lowercase(),
            short_names: kind.short.iter().cloned().collect(),
            scope: format!("{:?}", kind.scope),
            versions: BTreeMap::from([(owner.api_version.clone(), version)]),
            conversion: "None".into(),
            ..Kind::default()
        }
    }
}
