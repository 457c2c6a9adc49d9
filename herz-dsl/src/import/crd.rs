//! CRDs.

use super::{Import, beginning};
use crate::catalog::{Column, Embedded, Kind, Life, PackageId, Scope, Subresources, TypeBody};
use crate::tree::{Node, Resolved};

/// Keys of a CRD that say nothing about documents of the kind.
const STANDS_BESIDE: &[&str] = &["apiVersion", "kind", "metadata"];

impl Import {
    /// Imports CRDs; smaller ones first, so that a kind that embeds specs of others refers to them.
    pub(super) fn crds(&mut self, mut crds: Vec<Node<'_>>) {
        let name = |crd: &Node<'_>| {
            at(*crd, &["spec", "names", "kind"])
                .and_then(Node::text)
                .unwrap_or_default()
                .to_owned()
        };
        crds.sort_by_key(|crd| (crd.span().end - crd.span().start, name(crd)));
        for crd in &crds {
            self.types.reserve(&name(crd));
        }
        for crd in crds {
            self.crd(crd);
        }
        self.kinds.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn crd(&mut self, crd: Node<'_>) {
        let Some(spec) = crd.get("spec") else {
            return self.refuse(beginning(crd), "a CustomResourceDefinition needs `spec`");
        };
        let Some(name) = at(spec, &["names", "kind"]).and_then(Node::text) else {
            return self.refuse(
                beginning(spec),
                "a CustomResourceDefinition needs `spec.names.kind`",
            );
        };
        if !is_name(name) {
            let text = format!(
                "`{name}` can't be the name of a kind here: letters and digits, a capital first"
            );
            return self.refuse(beginning(spec), text);
        }
        if self.kinds.iter().any(|kind| kind.name == name) {
            return self.refuse(
                beginning(spec),
                format!("two CRDs are of the kind `{name}`"),
            );
        }
        let Some(version) = self.version_of(spec) else {
            return;
        };
        self.belongs(spec, version);
        let Some(schema) = at(version, &["schema", "openAPIV3Schema"]) else {
            let text = format!("the version of `{name}` has no `schema.openAPIV3Schema`");
            return self.refuse(beginning(version), text);
        };
        self.root(schema);
        let path = [name.to_owned()];
        let part = |key: &str| schema.get("properties").and_then(|p| p.get(key));
        let spec_name = format!("{name}.spec");
        let body = match part("spec") {
            Some(spec) => self.object(spec, &path),
            None => crate::catalog::Object::default(),
        };
        let spec_type = self.types.named(&spec_name, "", TypeBody::Object(body));
        let status = part("status").map(|status| {
            let body = self.object(status, &path);
            self.types
                .named(&format!("{name}.status"), "", TypeBody::Object(body))
        });
        let required = schema.get("required").into_iter().flat_map(Node::items);
        let mut required = required.filter_map(Node::text);
        let kind = Kind {
            package: PackageId(0),
            name: name.to_owned(),
            plural: at(spec, &["names", "plural"])
                .and_then(Node::text)
                .map_or_else(|| name.to_lowercase(), str::to_owned),
            short: texts(at(spec, &["names", "shortNames"])),
            scope: match spec.get("scope").and_then(Node::text) {
                Some("Cluster") => Scope::Cluster,
                _ => Scope::Namespaced,
            },
            doc: super::schema::doc(schema),
            life: Life::default(),
            spec: spec_type,
            spec_required: required.any(|name| name == "spec"),
            status,
            subresources: self.subresources(version),
            columns: self.columns(version),
            immutable: false,
            structure_only: false,
            embedded: Embedded::default(),
            lasting: None,
            rules: Vec::new(),
            examples: Vec::new(),
        };
        self.kinds.push(kind);
        self.unused(spec, version, name);
    }

    /// The version that is stored; others are told.
    fn version_of<'t>(&mut self, spec: Node<'t>) -> Option<Node<'t>> {
        let is_true = |version: &Node<'_>, key: &str| {
            version
                .get(key)
                .is_some_and(|value| value.resolved() == Resolved::Bool(true))
        };
        let versions = || spec.get("versions").into_iter().flat_map(Node::items);
        let Some(stored) = versions().find(|version| is_true(version, "storage")) else {
            self.refuse(
                beginning(spec),
                "a CustomResourceDefinition needs a version with `storage: true`",
            );
            return None;
        };
        for other in versions().filter(|version| version.id() != stored.id()) {
            let name = other.get("name").and_then(Node::text).unwrap_or_default();
            let text = format!(
                "the version `{name}` is left out: a package has one version, which is the stored one"
            );
            self.lose(beginning(other), text);
        }
        Some(stored)
    }

    /// Group and version must be those of the other CRDs.
    fn belongs(&mut self, spec: Node<'_>, version: Node<'_>) {
        let group = spec.get("group");
        let name = version.get("name");
        for (found, known, what) in [
            (group, &mut self.group, "group"),
            (name, &mut self.version, "version"),
        ] {
            let text = found.and_then(Node::text).unwrap_or_default().to_owned();
            match known {
                None => *known = Some(text),
                Some(known) if *known != text => {
                    let text = format!(
                        "the {what} `{text}` is not that of the other CRDs, `{known}`: a package has one {what}"
                    );
                    let span = found.map_or_else(|| beginning(spec), Node::place);
                    self.findings.push(crate::diagnostic::Diagnostic::error(
                        crate::diagnostic::codes::NOT_IMPORTED,
                        span,
                        text,
                    ));
                }
                Some(_) => {}
            }
        }
    }

    /// What stands beside `spec` and `status`.
    fn root(&mut self, schema: Node<'_>) {
        for property in schema.get("properties").into_iter().flat_map(Node::entries) {
            let key = property.key.text;
            if matches!(key, "spec" | "status") {
                continue;
            }
            if !STANDS_BESIDE.contains(&key) {
                let text = format!(
                    "`{key}` is left out: documents of a kind have `spec` and `status` only"
                );
                self.lose(property.key.span, text);
            } else if let Some(inner) = property.value.entry("properties") {
                self.lose(
                    inner.key.span,
                    format!("limits of `{key}` are left out: it is that of every object"),
                );
            }
        }
        for keyword in schema.entries() {
            let known = ["type", "properties", "required", "description"];
            if !known.contains(&keyword.key.text) {
                let text = format!("`{}` of the whole document is left out", keyword.key.text);
                self.lose(keyword.key.span, text);
            }
        }
    }

    fn subresources(&mut self, version: Node<'_>) -> Subresources {
        let Some(subresources) = version.get("subresources") else {
            return Subresources::Absent;
        };
        let mut found = Subresources::Empty;
        for entry in subresources.entries() {
            if entry.key.text == "status" {
                found = Subresources::Status;
            } else {
                let text = format!("the subresource `{}` is left out", entry.key.text);
                self.lose(entry.key.span, text);
            }
        }
        found
    }

    fn columns(&mut self, version: Node<'_>) -> Vec<Column> {
        let mut columns = Vec::new();
        for column in version
            .get("additionalPrinterColumns")
            .into_iter()
            .flat_map(Node::items)
        {
            let text = |key: &str| column.get(key).and_then(Node::text);
            let (Some(name), Some(path)) = (text("name"), text("jsonPath")) else {
                self.lose(
                    beginning(column),
                    "a column without `name` or `jsonPath` is left out",
                );
                continue;
            };
            let Some(plain) = path.strip_prefix('.').filter(|path| is_plain(path)) else {
                let text = format!(
                    "the column `{name}` is left out: `{path}` is no plain path into `spec` or `status`"
                );
                self.lose(beginning(column), text);
                continue;
            };
            for entry in column.entries() {
                if !["name", "jsonPath", "type"].contains(&entry.key.text) {
                    let text = format!("`{}` of the column `{name}` is left out", entry.key.text);
                    self.lose(entry.key.span, text);
                }
            }
            columns.push(Column {
                name: name.to_owned(),
                path: plain.to_owned(),
                cell: text("type").unwrap_or("string").to_owned(),
            });
        }
        columns
    }

    /// What of a CRD has no place in a package.
    fn unused(&mut self, spec: Node<'_>, version: Node<'_>, name: &str) {
        let known = [
            "group",
            "names",
            "scope",
            "versions",
            "preserveUnknownFields",
        ];
        for entry in spec
            .entries()
            .filter(|entry| !known.contains(&entry.key.text))
        {
            self.lose(entry.key.span, format!("`{}` is left out", entry.key.text));
        }
        let known = [
            "name",
            "served",
            "storage",
            "schema",
            "subresources",
            "additionalPrinterColumns",
        ];
        for entry in version
            .entries()
            .filter(|entry| !known.contains(&entry.key.text))
        {
            self.lose(entry.key.span, format!("`{}` is left out", entry.key.text));
        }
        let usual = [
            ("listKind", format!("{name}List")),
            ("singular", name.to_lowercase()),
        ];
        for entry in spec.get("names").into_iter().flat_map(Node::entries) {
            let key = entry.key.text;
            let is_usual = usual
                .iter()
                .any(|(known, value)| key == *known && entry.value.text() == Some(value));
            if !is_usual && !["kind", "plural", "shortNames"].contains(&key) {
                self.lose(entry.key.span, format!("`names.{key}` is left out"));
            }
        }
    }
}

/// Whether a name can be that of a kind.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether a path is names and dots only, into what a package describes.
fn is_plain(path: &str) -> bool {
    (path.starts_with("spec.") || path.starts_with("status."))
        && path
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// The value behind some keys.
fn at<'t>(node: Node<'t>, keys: &[&str]) -> Option<Node<'t>> {
    keys.iter().try_fold(node, |node, key| node.get(key))
}

fn texts(list: Option<Node<'_>>) -> Vec<String> {
    let items = list.into_iter().flat_map(Node::items);
    items.filter_map(Node::text).map(str::to_owned).collect()
}
