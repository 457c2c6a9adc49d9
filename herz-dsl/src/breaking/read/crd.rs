//! `CustomResourceDefinitions`.

use super::Reader;
use super::schema::{is_true, span_of};
use crate::breaking::kinds::{Kind, Version};
use crate::breaking::value::Value;
use crate::tree::Node;
use std::collections::BTreeSet;

impl<'t> Reader<'t> {
    /// The kind that the document declares.
    pub(super) fn kind(&mut self) -> Kind {
        let root = self.root;
        let mut kind = Kind {
            span: root.place(),
            ..Kind::default()
        };
        let text =
            |node: Option<Node<'t>>| node.map(|it| Value::read(it).plain()).unwrap_or_default();
        let texts = |node: Option<Node<'t>>| -> BTreeSet<String> {
            node.map(|it| Value::read(it).texts())
                .unwrap_or_default()
                .into_iter()
                .collect()
        };
        if let Some(annotations) = root.get("metadata").and_then(|it| it.get("annotations")) {
            kind.aliases = texts(annotations.get("herz/aliases"))
                .iter()
                .flat_map(|list| list.split(',').map(|name| name.trim().to_owned()))
                .filter(|name| !name.is_empty())
                .collect();
        }
        let stored = root.get("status").and_then(|it| it.get("storedVersions"));
        kind.stored = texts(stored);
        let Some(spec) = root.get("spec") else {
            return kind;
        };
        for part in [
            "group",
            "names",
            "scope",
            "versions",
            "conversion",
            "preserveUnknownFields",
        ] {
            if let Some(entry) = spec.entry(part) {
                kind.spans.insert(part, span_of(entry));
            }
        }
        kind.group = text(spec.get("group"));
        kind.scope = text(spec.get("scope"));
        kind.preserve_unknown = spec.get("preserveUnknownFields").is_some_and(is_true);
        kind.conversion = spec
            .get("conversion")
            .and_then(|it| it.get("strategy"))
            .map_or_else(|| "None".to_owned(), |it| Value::read(it).plain());
        if let Some(names) = spec.get("names") {
            kind.name = text(names.get("kind"));
            kind.plural = text(names.get("plural"));
            kind.singular = match names.get("singular") {
                Some(name) => Value::read(name).plain(),
                None => kind.name.to_lowercase(),
            };
            kind.short_names = texts(names.get("shortNames"));
            kind.short_names.extend(texts(names.get("categories")));
        }
        for version in spec.get("versions").into_iter().flat_map(Node::items) {
            let name = text(version.get("name"));
            let read = self.version(version, spec);
            kind.versions.insert(name, read);
        }
        kind
    }

    fn version(&mut self, node: Node<'t>, spec: Node<'t>) -> Version {
        let mut version = Version {
            span: node.place(),
            ..Version::default()
        };
        version.served = node.get("served").is_some_and(is_true);
        version.storage = node.get("storage").is_some_and(is_true);
        version.deprecated = node.get("deprecated").is_some_and(is_true);
        if let Some(schema) = node.get("schema").and_then(|it| it.get("openAPIV3Schema")) {
            version.schema = Some(self.schema(schema));
        }
        if let Some(sub) = node
            .get("subresources")
            .or_else(|| spec.get("subresources"))
        {
            version.status = sub.get("status").is_some();
            version.scale = sub.get("scale").map(Value::read);
        }
        if let Some(fields) = node.get("selectableFields") {
            version.selectable = fields
                .items()
                .filter_map(|it| it.get("jsonPath"))
                .map(|it| Value::read(it).plain())
                .collect();
        }
        version.columns = node.get("additionalPrinterColumns").map(Value::read);
        version
    }
}
