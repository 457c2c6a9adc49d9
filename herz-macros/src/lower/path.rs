//! Paths of fields: what they are called in Rust becomes what documents call them.

use super::Writer;
use super::elsewhere::same;
use crate::ast::{Body, Field, Input};
use crate::attr::Key;
use crate::names;
use std::collections::BTreeMap;
use syn::ext::IdentExt;

/// Rust names of fields and their keys in documents, with the type of each.
pub(super) fn fields_of<'a>(input: &'a Input<'a>) -> BTreeMap<String, &'a Field<'a>> {
    let fields: Vec<&Field<'_>> = match &input.body {
        Body::Object(fields) => fields.iter().collect(),
        Body::Tagged(_, variants) => variants.iter().flat_map(|one| &one.fields).collect(),
        Body::Texts(_) => Vec::new(),
    };
    fields
        .into_iter()
        .map(|field| (field.ident.unraw().to_string(), field))
        .collect()
}

impl<'a> Writer<'a, '_> {
    /// The foreign type of the field that a condition tests, if it tests the field itself.
    pub(super) fn tested(&mut self, key: &Key) -> Option<usize> {
        let field = self.field_of(key.text.trim_end_matches("[]"))?;
        let (ty, _) = field.ty.as_ref()?.ty.named()?;
        self.out.named.iter().position(|one| same(one.ty, ty))
    }

    pub(super) fn field_of(&self, name: &str) -> Option<&'a Field<'a>> {
        self.fields.get(name).copied().or_else(|| {
            self.fields
                .values()
                .find(|field| field.wire.text == name)
                .copied()
        })
    }

    /// A word as it stands in documents: names of fields as their keys.
    pub(super) fn path(&mut self, key: &Key) -> String {
        if key.quoted {
            return key.text.clone();
        }
        let mut parts = key.text.split('.');
        let first = parts.next().unwrap_or_default();
        let name = first.trim_end_matches("[]");
        let Some(field) = self.field_of(name) else {
            return if key.text.contains('.') {
                key.text
                    .split('.')
                    .map(names::keyword)
                    .collect::<Vec<_>>()
                    .join(".")
            } else {
                key.text.clone()
            };
        };
        let mut path = format!(
            "{}{}",
            field.wire.text,
            first.get(name.len()..).unwrap_or_default()
        );
        for (at, part) in parts.enumerate() {
            let step = names::keyword(part);
            if at == 0 {
                self.claim_field(field, step.trim_end_matches("[]"), key.span);
            }
            path.push('.');
            path.push_str(&step);
        }
        path
    }
}
