//! Schemas of OpenAPI documents.

use super::{Import, Options, beginning};
use crate::catalog::{Type, TypeBody, TypeId};
use crate::diagnostic::did_you_mean;
use crate::tree::{Kind as NodeKind, Node};
use std::collections::BTreeSet;

impl Import {
    /// Imports the chosen schemas of documents and those that they refer to.
    pub(super) fn documents(&mut self, documents: &[Node<'_>], options: &Options) {
        let schemas = || {
            let all = documents.iter().filter_map(|document| {
                document
                    .get("components")
                    .and_then(|components| components.get("schemas"))
            });
            all.flat_map(Node::entries)
        };
        for name in &options.components {
            if schemas().all(|entry| entry.key.text != name) {
                let span = documents
                    .first()
                    .map_or_else(Default::default, |one| beginning(*one));
                let mut text = format!("there is no schema `{name}`");
                if let Some(meant) = did_you_mean(name, schemas().map(|entry| entry.key.text)) {
                    text.push_str(&format!(": did you mean `{meant}`?"));
                }
                self.refuse(span, text);
            }
        }
        let mut wanted: BTreeSet<&str> = options.components.iter().map(String::as_str).collect();
        if wanted.is_empty() {
            wanted = schemas().map(|entry| entry.key.text).collect();
        }
        let mut open: Vec<&str> = wanted.iter().copied().collect();
        while let Some(name) = open.pop() {
            for entry in schemas().filter(|entry| entry.key.text == name) {
                refers(entry.value, &mut |other| {
                    if wanted.insert(other) {
                        open.push(other);
                    }
                });
            }
        }
        // Names first: schemas refer to each other, also in a circle.
        let mut found = Vec::new();
        for entry in schemas().filter(|entry| wanted.contains(entry.key.text)) {
            let name = super::types::capital(entry.key.text);
            if name.is_empty()
                || self.components.contains_key(entry.key.text)
                || self.types.has(&name)
            {
                let text = format!("two schemas would be called `{name}`");
                self.refuse(entry.key.span, text);
                continue;
            }
            let id = self.types.announced(&name);
            self.components.insert(entry.key.text.to_owned(), id);
            found.push((entry.value, name, id));
        }
        for (schema, name, id) in found {
            self.component(schema, name, id);
        }
    }

    fn component(&mut self, schema: Node<'_>, name: String, id: TypeId) {
        let path = [name];
        let doc = super::schema::doc(schema);
        let is_object = schema.get("properties").is_some() && schema.get("$ref").is_none();
        let body = if is_object {
            TypeBody::Object(self.object(schema, &path))
        } else if let Some(values) = super::schema::enumeration(schema) {
            TypeBody::Enum(values)
        } else {
            let ty = self.ty(schema, &path);
            let limits = self.limits(schema, &ty);
            // `type: object` and nothing more is an object of its own, and not a narrowed one.
            match ty {
                Type::Ref(other) if limits.is_empty() && other != id => {
                    match self.types.body(other) {
                        Some(body) => body,
                        None => TypeBody::Refined(ty, limits),
                    }
                }
                ty => TypeBody::Refined(ty, limits),
            }
        };
        self.types.tell(id, &doc, body);
    }
}

/// The names of schemas that a schema refers to.
fn refers<'t>(node: Node<'t>, found: &mut dyn FnMut(&'t str)) {
    match node.kind() {
        NodeKind::Scalar(_) => {}
        NodeKind::List(items) => items.for_each(|item| refers(item, found)),
        NodeKind::Map(entries) => {
            for entry in entries {
                let name = (entry.key.text == "$ref")
                    .then(|| entry.value.text())
                    .flatten()
                    .and_then(|text| text.strip_prefix("#/components/schemas/"));
                match name {
                    Some(name) => found(name),
                    None => refers(entry.value, found),
                }
            }
        }
    }
}
