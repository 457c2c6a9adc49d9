//! Documents as trees into the model. The kind of each document is told from what it holds.

mod crd;
mod keywords;
mod openapi;
mod parts;
mod schema;

use super::api::Api;
use super::kinds::Kind;
use super::model::{Id, Schemas};
use crate::diagnostic::{Diagnostic, Level, codes};
use crate::source::{SourceId, Sources, Span};
use crate::tree::{self, Limits, Node};
use std::collections::BTreeMap;

/// Everything that one side says.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub(super) schemas: Schemas,
    /// Kinds, by group and name.
    pub(super) kinds: BTreeMap<(String, String), Kind>,
    pub(super) api: Option<Api>,
    /// Schemas that nothing uses, so that they stand for themselves: a document of JSON Schema, or
    /// OpenAPI components without paths.
    pub(super) roots: BTreeMap<String, Id>,
    /// Whether defaults are filled in before a document is judged.
    pub(super) defaults_first: bool,
}

/// Reads the sources of one side.
pub(super) fn side(sources: &Sources, ids: &[SourceId]) -> Result<Side, Vec<Diagnostic>> {
    let mut side = Side::default();
    let mut problems = Vec::new();
    for id in ids {
        let Some(source) = sources.get(*id) else {
            continue;
        };
        let (tree, found) = tree::parse(*id, source.text.as_bytes(), &Limits::default());
        let broken = found.iter().any(|it| it.level == Level::Error);
        problems.extend(found.into_iter().filter(|it| it.level == Level::Error));
        if broken {
            continue;
        }
        for document in tree.documents() {
            let mut reader = Reader::new(document.root(), side.schemas);
            reader.document(&mut side.kinds, &mut side.api, &mut side.roots);
            side.defaults_first |= reader.crd;
            problems.append(&mut reader.problems);
            side.schemas = reader.schemas;
        }
    }
    let empty = side.kinds.is_empty() && side.api.is_none() && side.roots.is_empty();
    if empty && problems.is_empty() {
        let start = ids
            .first()
            .map_or(Span::default(), |id| Span::new(*id, 0, 0));
        problems.push(problem(
            start,
            "no OpenAPI document, CRD or JSON Schema found here".into(),
        ));
    }
    if problems.is_empty() {
        Ok(side)
    } else {
        Err(problems)
    }
}

/// Something that can't be compared.
fn problem(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(codes::NOT_COMPARABLE, span, message)
}

/// Reads one document.
struct Reader<'t> {
    root: Node<'t>,
    schemas: Schemas,
    /// References met that are not read yet.
    wanted: Vec<(String, Span)>,
    problems: Vec<Diagnostic>,
    depth: usize,
    crd: bool,
    /// Whether keywords beside `$ref` count: not in OpenAPI 3.0.
    siblings_count: bool,
}

impl<'t> Reader<'t> {
    fn new(root: Node<'t>, schemas: Schemas) -> Self {
        Self {
            root,
            schemas,
            wanted: Vec::new(),
            problems: Vec::new(),
            depth: 0,
            crd: false,
            siblings_count: true,
        }
    }

    fn document(
        &mut self,
        kinds: &mut BTreeMap<(String, String), Kind>,
        api: &mut Option<Api>,
        roots: &mut BTreeMap<String, Id>,
    ) {
        let root = self.root;
        if root.get("kind").and_then(Node::text) == Some("CustomResourceDefinition") {
            self.crd = true;
            let kind = self.kind();
            kinds.insert((kind.group.clone(), kind.name.clone()), kind);
        } else if let Some(version) = root.get("openapi").or_else(|| root.get("swagger")) {
            let version = version.scalar().map_or("", |scalar| scalar.text);
            if version.starts_with("2.") {
                let text = "Swagger 2.0 is not compared; convert it to OpenAPI 3".into();
                self.problems.push(problem(root.place(), text));
                return;
            }
            self.siblings_count = !version.starts_with("3.0");
            self.components(root.get("components").and_then(|it| it.get("schemas")));
            let read = self.api();
            if read.operations.is_empty() && read.webhooks.is_empty() {
                roots.extend(self.schemas.components.clone());
            }
            *api = Some(read);
        } else if self.is_schema() {
            self.components(root.get("$defs"));
            self.components(root.get("definitions"));
            let id = self.schema(root);
            let name = root
                .get("$id")
                .or_else(|| root.get("title"))
                .and_then(Node::text)
                .map_or("root", |text| text.rsplit('/').next().unwrap_or(text))
                .to_owned();
            roots.insert(name, id);
        } else if let Some(schemas) = root.get("components").and_then(|it| it.get("schemas")) {
            self.components(Some(schemas));
            roots.extend(self.schemas.components.clone());
        }
        self.read_wanted();
    }

    fn is_schema(&self) -> bool {
        [
            "$schema",
            "$defs",
            "definitions",
            "properties",
            "oneOf",
            "anyOf",
            "allOf",
        ]
        .iter()
        .any(|key| self.root.get(key).is_some())
            || (self.root.get("type").is_some() && self.root.get("kind").is_none())
    }

    /// Named schemas. All names are known before any is read, as they refer to each other.
    fn components(&mut self, schemas: Option<Node<'t>>) {
        let Some(schemas) = schemas else { return };
        let mut places = Vec::new();
        for entry in schemas.entries() {
            let id = self.schemas.add(super::model::Schema::default());
            self.schemas
                .components
                .insert(entry.key.text.to_owned(), id);
            places.push((id, entry.value));
        }
        for (id, node) in places {
            let schema = self.schema_value(node);
            self.schemas.set(id, schema);
        }
    }

    /// The name behind `#/components/schemas/Name`; any other place of this document is a named
    /// schema too, called by its pointer.
    fn reference_name(&mut self, reference: &str, span: Span) -> String {
        let Some(pointer) = reference.strip_prefix('#') else {
            return reference.to_owned();
        };
        for start in ["/components/schemas/", "/$defs/", "/definitions/"] {
            if let Some(name) = pointer.strip_prefix(start)
                && !name.contains('/')
            {
                let name = unescape(name);
                if !self.schemas.components.contains_key(&name) {
                    self.wanted.push((pointer.to_owned(), span));
                }
                return name;
            }
        }
        self.wanted.push((pointer.to_owned(), span));
        pointer.trim_start_matches('/').to_owned()
    }

    /// Reads what references by pointer point to, and reports those that point nowhere.
    fn read_wanted(&mut self) {
        while let Some((pointer, span)) = self.wanted.pop() {
            let name = pointer
                .strip_prefix("/components/schemas/")
                .or_else(|| pointer.strip_prefix("/$defs/"))
                .or_else(|| pointer.strip_prefix("/definitions/"))
                .filter(|name| !name.contains('/'))
                .map_or_else(|| pointer.trim_start_matches('/').to_owned(), unescape);
            if self.schemas.components.contains_key(&name) {
                continue;
            }
            if let Some(node) = self.pointed(&pointer) {
                let id = self.schemas.add(super::model::Schema::default());
                self.schemas.components.insert(name, id);
                let schema = self.schema_value(node);
                self.schemas.set(id, schema);
            } else {
                let text = format!("the reference `#{pointer}` points to nothing in this document");
                self.problems.push(problem(span, text));
                // Once is enough.
                self.schemas.components.insert(name, Id(u32::MAX));
            }
        }
    }

    /// The node that a JSON pointer points to.
    fn pointed(&self, pointer: &str) -> Option<Node<'t>> {
        let mut node = self.root;
        for step in pointer.split('/').skip(1) {
            let step = unescape(step);
            node = match node.get(&step) {
                Some(next) => next,
                None => node.items().nth(step.parse().ok()?)?,
            };
        }
        Some(node)
    }

    /// An object that may be a reference to one under `components`.
    fn followed(&mut self, mut node: Node<'t>) -> Node<'t> {
        for _ in 0..32 {
            let Some(reference) = node.get("$ref").and_then(Node::text) else {
                return node;
            };
            if let Some(next) = reference
                .strip_prefix('#')
                .and_then(|pointer| self.pointed(pointer))
            {
                node = next;
            } else {
                let text =
                    format!("the reference `{reference}` points to nothing in this document");
                self.problems.push(problem(node.place(), text));
                return node;
            }
        }
        node
    }
}

fn unescape(step: &str) -> String {
    let mut text = step.replace("~1", "/").replace("~0", "~");
    if text.contains('%') {
        for (code, letter) in [
            ("%7B", "{"),
            ("%7D", "}"),
            ("%7b", "{"),
            ("%7d", "}"),
            ("%20", " "),
            ("%25", "%"),
        ] {
            text = text.replace(code, letter);
        }
    }
    text
}
