//! The form of a document, as `openapiv3` understands OpenAPI 3.0.
//!
//! The document is handed over piece by piece (a path item, an operation, a schema, …), so that a
//! finding stands at the smallest piece that has the wrong form, and not at the document's beginning.

use super::wrong;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::tree::{Entry, Node};
use herz_types::message::alternatives;
use openapiv3 as api;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The keys of a document.
const DOCUMENT: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "paths",
    "components",
    "security",
    "tags",
    "externalDocs",
];
/// The keys of `components`.
const COMPONENTS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
];
/// The keywords of a schema.
const SCHEMA: &[&str] = &[
    "$ref",
    "type",
    "nullable",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "pattern",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "title",
    "description",
    "format",
    "default",
    "example",
    "deprecated",
    "discriminator",
    "externalDocs",
    "readOnly",
    "writeOnly",
    "xml",
];
/// The words of `type`.
const TYPES: &[&str] = &["boolean", "integer", "number", "string", "array", "object"];
/// The operations of a path item.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Reports what has the wrong form.
pub(super) fn check(root: Node<'_>, findings: &mut Vec<Diagnostic>) {
    if !root.is_map() {
        let text = format!(
            "expected an OpenAPI document, which is a map, and found {}",
            root.type_name()
        );
        findings.push(wrong(root.span(), text));
        return;
    }
    let before = findings.len();
    version(root, findings);
    known_keys(root, DOCUMENT, "an OpenAPI document", findings);
    match root.get("info") {
        None => findings.push(missing(root, "info")),
        Some(info) => piece::<api::Info>(info, "info", findings),
    }
    match root.entry("paths") {
        None => findings.push(missing(root, "paths").help("an API without paths has `paths: {}`")),
        Some(paths) => self::paths(paths.value, findings),
    }
    if let Some(components) = root.get("components") {
        known_keys(components, COMPONENTS, "`components`", findings);
        for (section, check) in SECTIONS {
            for entry in components.get(section).into_iter().flat_map(Node::entries) {
                check(entry.value, entry.key.text, findings);
            }
        }
    }
    // What no piece shows, the whole does.
    if findings.len() == before {
        piece::<api::OpenAPI>(root, "document", findings);
    }
}

type Check = fn(Node<'_>, &str, &mut Vec<Diagnostic>);

/// The sections of `components` and the form of their entries.
const SECTIONS: [(&str, Check); 6] = [
    ("schemas", schema),
    ("responses", piece::<api::ReferenceOr<api::Response>>),
    ("parameters", piece::<api::ReferenceOr<api::Parameter>>),
    ("requestBodies", piece::<api::ReferenceOr<api::RequestBody>>),
    ("headers", piece::<api::ReferenceOr<api::Header>>),
    (
        "securitySchemes",
        piece::<api::ReferenceOr<api::SecurityScheme>>,
    ),
];

fn version(root: Node<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(entry) = root.entry("openapi") else {
        let finding = missing(root, "openapi");
        findings.push(if root.get("swagger").is_some() {
            finding.help("this is Swagger 2.0; convert it to OpenAPI 3.0 first")
        } else {
            finding.help("write `openapi: 3.0.3`")
        });
        return;
    };
    let written = entry.value.scalar().map_or("", |scalar| scalar.text);
    if !(written == "3.0" || written.starts_with("3.0.")) {
        let text = format!(
            "expected OpenAPI 3.0, and found {}",
            entry.value.type_name()
        );
        findings.push(wrong(entry.value.place(), text).help("write `openapi: 3.0.3`"));
    }
}

fn missing(root: Node<'_>, key: &str) -> Diagnostic {
    let first = root.entries().next();
    let span = first.map_or_else(|| root.span(), |entry| entry.key.span);
    wrong(span, format!("an OpenAPI document needs `{key}`"))
}

fn known_keys(node: Node<'_>, known: &[&str], what: &str, findings: &mut Vec<Diagnostic>) {
    for Entry { key, .. } in node.entries() {
        if known.contains(&key.text) || key.text.starts_with("x-") {
            continue;
        }
        let mut finding = wrong(key.span, format!("{what} has no `{}`", key.text));
        if let Some(meant) = did_you_mean(key.text, known.iter().copied()) {
            finding = finding.help(format!("did you mean `{meant}`?"));
        }
        findings.push(finding);
    }
}

/// Paths begin with `/`; operations have ids, each another one, since clients name methods after them.
fn paths(paths: Node<'_>, findings: &mut Vec<Diagnostic>) {
    let mut ids: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for path in paths.entries() {
        if path.key.text.starts_with("x-") {
            continue;
        }
        if !path.key.text.starts_with('/') {
            let text = format!("the path `{}` must begin with `/`", path.key.text);
            findings.push(wrong(path.key.span, text));
        }
        let operations = path
            .value
            .entries()
            .filter(|entry| METHODS.contains(&entry.key.text));
        let before = findings.len();
        for operation in operations {
            let what = format!("{} {}", operation.key.text, path.key.text);
            schemas(operation.value, findings);
            piece::<api::Operation>(operation.value, &what, findings);
            match operation
                .value
                .get("operationId")
                .filter(|id| id.text().is_some())
            {
                None => {
                    let text = format!("the operation `{what}` needs an `operationId`");
                    findings.push(wrong(operation.key.span, text));
                }
                Some(id) => {
                    let name = id.text().unwrap_or_default();
                    if let Some(first) = ids.insert(name, id) {
                        let text = format!("two operations have the id `{name}`");
                        let finding = wrong(id.place(), text);
                        findings.push(finding.related(first.place(), "the first one"));
                    }
                }
            }
        }
        if findings.len() == before {
            piece::<api::ReferenceOr<api::PathItem>>(path.value, path.key.text, findings);
        }
    }
}

/// The schemas of parameters, bodies and headers.
fn schemas(node: Node<'_>, findings: &mut Vec<Diagnostic>) {
    node.items().for_each(|item| schemas(item, findings));
    for entry in node.entries() {
        match entry.key.text {
            "schema" => schema(entry.value, "schema", findings),
            "example" | "examples" => {}
            _ => schemas(entry.value, findings),
        }
    }
}

/// Schemas are looked into, so that the innermost wrong one is told.
fn schema(node: Node<'_>, name: &str, findings: &mut Vec<Diagnostic>) {
    let before = findings.len();
    if node.is_map() {
        // `openapiv3` passes over keywords that it does not know, and those are demands.
        known_keys(node, SCHEMA, "a schema", findings);
    }
    if let Some(ty) = node
        .get("type")
        .filter(|ty| ty.text().is_none_or(|ty| !TYPES.contains(&ty)))
    {
        let allowed = alternatives(TYPES.iter().copied(), "or");
        let text = format!("there is no type {}: expected {allowed}", ty.type_name());
        findings.push(wrong(ty.place(), text));
    }
    for property in node.get("properties").into_iter().flat_map(Node::entries) {
        schema(property.value, property.key.text, findings);
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(inner) = node.get(key).filter(|inner| inner.is_map()) {
            schema(inner, key, findings);
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for inner in node.get(key).into_iter().flat_map(Node::items) {
            schema(inner, key, findings);
        }
    }
    if findings.len() == before {
        piece::<api::ReferenceOr<api::Schema>>(node, name, findings);
    }
}

/// Hands a piece over.
fn piece<T: DeserializeOwned>(node: Node<'_>, name: &str, findings: &mut Vec<Diagnostic>) {
    if let Err(error) = serde_json::from_value::<T>(node.to_json()) {
        let kind = std::any::type_name::<T>();
        let kind = kind.rsplit("::").next().unwrap_or(kind);
        let kind = kind.trim_end_matches('>').to_lowercase();
        // A node may be long: what is pointed at is where it begins.
        let first = node.entries().next();
        let span = first.map_or_else(|| node.place(), |entry| entry.key.span);
        let why = error.to_string();
        let text = if why.contains("did not match any variant") {
            format!("`{name}` has not the form of an OpenAPI 3.0 {kind}")
        } else {
            format!("`{name}` has not the form of an OpenAPI 3.0 {kind}: {why}")
        };
        findings.push(wrong(span, text));
    }
}
