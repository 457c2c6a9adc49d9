//! OpenAPI 3.0: one document that stands by itself.
//!
//! A document written by hand says the API and refers to kinds and types of the catalog by
//! `herz:PACKAGE/NAME`; this target puts their schemas in ([`schema`]) and keeps everything else as it is
//! written. Without such a document there are the schemas of all kinds, and no paths.

mod component;
mod schema;

use crate::document::Map;
use crate::target::{Emitted, Note, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use component::Components;
use herz_dsl::catalog::{Item, Literal};
use herz_dsl::defaults::{to_json, to_yaml};
use herz_dsl::openapi::{self, Document, pointer};
use herz_dsl::tree::Node;
use std::collections::BTreeMap;

/// The target `openapi`.
#[derive(Debug, Clone, Copy)]
pub struct OpenApi;

/// The option that names the document written by hand.
const DOCUMENT: &str = "document";

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: DOCUMENT,
        doc: "the API, written by hand; its `herz:PACKAGE/NAME` references are filled in",
        kind: OptionKind::Text(None),
    },
    OptionSpec {
        name: "format",
        doc: "the file's format",
        kind: OptionKind::Choice(&["yaml", "json"]),
    },
];

impl Target for OpenApi {
    fn name(&self) -> &'static str {
        "openapi"
    }

    fn summary(&self) -> &'static str {
        "An OpenAPI 3.0 document that stands by itself"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn documents(&self, options: &Options) -> Vec<String> {
        options
            .text(DOCUMENT)
            .map(ToOwned::to_owned)
            .into_iter()
            .collect()
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let mut components = Components::new(view);
        let written = options
            .text(DOCUMENT)
            .and_then(|name| view.documents.get(name));
        let document = match written {
            Some(document) => bundle(document, view, &mut components),
            None => catalog_only(view, &mut components),
        };
        let (path, text) = match options.text("format") {
            Some("json") => ("openapi.json", to_json(&document)),
            _ => ("openapi.yaml", to_yaml(&document)),
        };
        Emitted {
            files: Files::new(vec![File {
                path: path.to_owned(),
                text,
            }]),
            notes: components.notes(),
        }
    }
}

/// The document as written, with the schemas that it refers to.
fn bundle(document: &Document, view: &View<'_>, components: &mut Components<'_, '_>) -> Literal {
    let (refs, findings) = document.catalog_refs(&view.catalog);
    // Whoever reads the document tells these with their places; a caller that does not must not get
    // a document with holes.
    for finding in findings {
        components.note(Note::error(Item::new("", ""), finding.message, ""));
    }
    let Literal::Map(mut root) = document.literal() else {
        return Literal::Null;
    };
    components.reserve(&written_names(document));
    let mut names = BTreeMap::new();
    for reference in refs {
        let name = components.want(reference.target);
        names.insert(reference.text, format!("#/components/schemas/{name}"));
    }
    for (_, value) in &mut root {
        put_names(value, &names);
    }
    let generated = components.write();
    add_schemas(&mut root, generated);
    Literal::Map(root)
}

/// A document of schemas only.
fn catalog_only(view: &View<'_>, components: &mut Components<'_, '_>) -> Literal {
    let titles: Vec<&str> = view.packages().map(|(_, p)| p.name.as_str()).collect();
    let version = view
        .packages()
        .map(|(_, package)| &package.version)
        .max()
        .map_or_else(String::new, ToString::to_string);
    let info = Map::new()
        .with("title", format!("Types of {}", titles.join(", ")))
        .with("version", version);
    for (at, kind) in view.catalog.kinds.iter().enumerate() {
        if view.has(kind.package) {
            components.want(openapi::Target::Kind(at));
        }
    }
    let mut root = Map::new()
        .with("openapi", "3.0.3")
        .with("info", info)
        .with("servers", vec![Map::new().with("url", "/").literal()])
        .with("paths", Map::new())
        .0;
    let generated = components.write();
    add_schemas(&mut root, generated);
    Literal::Map(root)
}

/// The names of the schemas that a document has itself.
fn written_names(document: &Document) -> Vec<String> {
    let root = document.root();
    let schemas = root.and_then(|root| pointer(root, "/components/schemas"));
    let entries = schemas.into_iter().flat_map(Node::entries);
    entries.map(|entry| entry.key.text.to_owned()).collect()
}

/// Puts the places of generated schemas in for references into the catalog.
fn put_names(value: &mut Literal, names: &BTreeMap<String, String>) {
    match value {
        Literal::Text(text) => {
            if let Some(name) = names.get(text.as_str()) {
                text.clone_from(name);
            }
        }
        Literal::List(items) => items.iter_mut().for_each(|item| put_names(item, names)),
        Literal::Map(entries) => {
            for (_, value) in entries {
                put_names(value, names);
            }
        }
        Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Float(_) => {}
    }
}

/// Adds schemas behind those that the document has itself.
fn add_schemas(root: &mut Vec<(String, Literal)>, schemas: Vec<(String, Literal)>) {
    with_map(root, "components", |components| {
        with_map(components, "schemas", |known| known.extend(schemas));
    });
}

/// Works on the map at a key, which is made if it is not there.
fn with_map(
    map: &mut Vec<(String, Literal)>,
    key: &str,
    work: impl FnOnce(&mut Vec<(String, Literal)>),
) {
    let known = map.iter_mut().find(|(known, _)| known == key);
    if let Some((_, Literal::Map(entries))) = known {
        return work(entries);
    }
    let mut entries = Vec::new();
    work(&mut entries);
    map.retain(|(known, _)| known != key);
    map.push((key.to_owned(), Literal::Map(entries)));
}
