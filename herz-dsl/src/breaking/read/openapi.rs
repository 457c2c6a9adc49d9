//! Operations of OpenAPI documents.

use super::Reader;
use super::parts::life;
use super::schema::{is_true, span_of};
use crate::breaking::api::{
    Api, Body, Content, Docs, Header, Media, Operation, Parameter, Requirement, Response, Rest,
};
use crate::breaking::value::Value;
use crate::source::Span;
use crate::tree::{Entry, Node};
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
const DOCS: [&str; 7] = [
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "termsOfService",
];

impl<'t> Reader<'t> {
    pub(super) fn api(&mut self) -> Api {
        let root = self.root;
        let mut api = Api {
            span: root.place(),
            ..Api::default()
        };
        if let Some(info) = root.get("info") {
            api.version = info
                .get("version")
                .map(|it| Value::read(it).plain())
                .unwrap_or_default();
            api.docs = docs(info);
        }
        for part in ["externalDocs", "tags"] {
            if let Some(node) = root.get(part) {
                api.docs.insert(part.to_owned(), sorted(Value::read(node)));
            }
        }
        api.servers = servers(root);
        let global = root.get("security");
        for entry in root.get("paths").into_iter().flat_map(Node::entries) {
            for operation in self.path_item(entry, global) {
                let key = (operation.method.clone(), nameless(&operation.path));
                api.operations.insert(key, operation);
            }
        }
        for part in ["webhooks", "x-webhooks"] {
            for entry in root.get(part).into_iter().flat_map(Node::entries) {
                for operation in self.path_item(entry, global) {
                    let key = (operation.path.clone(), operation.method.clone());
                    api.webhooks.insert(key, operation);
                }
            }
        }
        let schemes = root
            .get("components")
            .and_then(|it| it.get("securitySchemes"));
        for entry in schemes.into_iter().flat_map(Node::entries) {
            let node = self.followed(entry.value);
            let value = without_docs(Value::read(node));
            api.security_schemes
                .insert(entry.key.text.to_owned(), (value, span_of(entry)));
        }
        api
    }

    /// The operations of one path.
    fn path_item(&mut self, entry: Entry<'t>, global: Option<Node<'t>>) -> Vec<Operation> {
        let path = entry.key.text;
        let item = self.followed(entry.value);
        let shared: Vec<Node<'t>> = item
            .get("parameters")
            .into_iter()
            .flat_map(Node::items)
            .collect();
        let mut operations = Vec::new();
        for method in METHODS {
            let Some(found) = item.entry(method) else {
                continue;
            };
            let mut operation = Operation {
                span: span_of(found),
                method: method.to_uppercase(),
                path: path.to_owned(),
                ..Operation::default()
            };
            self.operation(&mut operation, found.value, &shared, global);
            operations.push(operation);
        }
        operations
    }

    fn operation(
        &mut self,
        operation: &mut Operation,
        node: Node<'t>,
        shared: &[Node<'t>],
        global: Option<Node<'t>>,
    ) {
        operation.docs = docs(node);
        let own: Vec<Node<'t>> = node
            .get("parameters")
            .into_iter()
            .flat_map(Node::items)
            .collect();
        for parameter in own.iter().chain(shared) {
            if let Some(parameter) = self.parameter(*parameter) {
                let known =
                    |it: &Parameter| it.name == parameter.name && it.place == parameter.place;
                if !operation.parameters.iter().any(known) {
                    operation.parameters.push(parameter);
                }
            }
        }
        let security = node.get("security").or(global);
        operation.security = requirements(security);
        operation.security_span = security.map_or(operation.span, Node::place);
        for entry in node.entries() {
            match entry.key.text {
                "operationId" => operation.id = Some(Value::read(entry.value).plain()),
                "tags" => operation.tags = Value::read(entry.value).texts().into_iter().collect(),
                "requestBody" => operation.body = Some(self.body(entry)),
                "responses" => {
                    for status in entry.value.entries() {
                        if !status.key.text.starts_with("x-") {
                            let response = self.response(status);
                            operation
                                .responses
                                .insert(status.key.text.to_uppercase(), response);
                        }
                    }
                }
                "callbacks" => self.callbacks(operation, entry.value, global),
                name @ ("deprecated" | "x-sunset" | "x-stability-level" | "x-herz-feature"
                | "x-herz-since" | "x-herz-until") => life(&mut operation.life, name, entry.value),
                name @ ("x-herz-idempotent" | "x-herz-pagination" | "x-herz-stream") => {
                    let claim = (Value::read(entry.value), span_of(entry));
                    operation.claims.insert(name.to_owned(), claim);
                }
                "x-herz-error-codes" => {
                    operation.error_codes = Value::read(entry.value).texts().into_iter().collect();
                }
                "parameters" | "security" | "servers" => {}
                name if DOCS.contains(&name) || super::keywords::is_tool_mark(name) => {}
                name => {
                    let rest = (Value::read(entry.value), span_of(entry));
                    operation.rest.insert(name.to_owned(), rest);
                }
            }
        }
    }

    fn callbacks(&mut self, operation: &mut Operation, node: Node<'t>, global: Option<Node<'t>>) {
        if self.depth > 4 {
            return;
        }
        self.depth += 1;
        for callback in node.entries() {
            let item = self.followed(callback.value);
            for expression in item.entries() {
                for read in self.path_item(expression, global) {
                    let name = format!("{} {}", callback.key.text, read.path);
                    operation
                        .callbacks
                        .insert((name, read.method.clone()), read);
                }
            }
        }
        self.depth -= 1;
    }

    fn parameter(&mut self, node: Node<'t>) -> Option<Parameter> {
        let node = self.followed(node);
        let place = Value::read(node.get("in")?).plain();
        let name = Value::read(node.get("name")?).plain();
        let mut parameter = Parameter {
            span: node.place(),
            required: place == "path" || node.get("required").is_some_and(is_true),
            style: style(node, &place),
            schema: None,
            docs: docs(node),
            name,
            place,
            life: super::super::model::Lifecycle::default(),
            rest: Rest::new(),
        };
        for entry in node.entries() {
            match entry.key.text {
                "schema" => parameter.schema = Some(self.schema(entry.value)),
                "content" => {
                    let content = self.content(Some(entry.value));
                    parameter.schema = content.values().find_map(|media| media.schema);
                    let types = content.into_keys().map(Value::Text).collect();
                    parameter.style.insert("content".into(), Value::List(types));
                }
                name @ ("deprecated" | "x-sunset" | "x-stability-level" | "x-herz-feature"
                | "x-herz-since" | "x-herz-until") => life(&mut parameter.life, name, entry.value),
                "name" | "in" | "required" | "style" | "explode" | "allowReserved"
                | "allowEmptyValue" | "$ref" => {}
                name if DOCS.contains(&name) || super::keywords::is_tool_mark(name) => {}
                name => {
                    let rest = (Value::read(entry.value), span_of(entry));
                    parameter.rest.insert(name.to_owned(), rest);
                }
            }
        }
        Some(parameter)
    }

    fn body(&mut self, entry: Entry<'t>) -> Body {
        let node = self.followed(entry.value);
        Body {
            span: span_of(entry),
            required: node.get("required").is_some_and(is_true),
            content: self.content(node.get("content")),
            docs: docs(node),
        }
    }

    fn content(&mut self, node: Option<Node<'t>>) -> Content {
        let mut content = Content::new();
        for entry in node.into_iter().flat_map(Node::entries) {
            let schema = entry.value.get("schema").map(|schema| self.schema(schema));
            let mut rest = Rest::new();
            for other in entry.value.entries() {
                let name = other.key.text;
                let known = name == "schema" || DOCS.contains(&name);
                if !known && !super::keywords::is_tool_mark(name) {
                    rest.insert(name.to_owned(), (Value::read(other.value), span_of(other)));
                }
            }
            let media = Media {
                span: span_of(entry),
                schema,
                docs: docs(entry.value),
                rest,
            };
            content.insert(entry.key.text.to_lowercase(), media);
        }
        content
    }

    fn response(&mut self, entry: Entry<'t>) -> Response {
        let node = self.followed(entry.value);
        let mut response = Response {
            span: span_of(entry),
            content: self.content(node.get("content")),
            docs: docs(node),
            ..Response::default()
        };
        for header in node.get("headers").into_iter().flat_map(Node::entries) {
            let place = span_of(header);
            let value = self.followed(header.value);
            let schema = value.get("schema").map(|schema| self.schema(schema));
            let read = Header {
                span: place,
                name: header.key.text.to_owned(),
                required: value.get("required").is_some_and(is_true),
                schema,
                docs: docs(value),
            };
            response
                .headers
                .insert(header.key.text.to_lowercase(), read);
        }
        for other in node.entries() {
            let name = other.key.text;
            let known = matches!(name, "content" | "headers" | "$ref") || DOCS.contains(&name);
            if !known && !super::keywords::is_tool_mark(name) {
                response
                    .rest
                    .insert(name.to_owned(), (Value::read(other.value), span_of(other)));
            }
        }
        response
    }
}

fn docs(node: Node<'_>) -> Docs {
    node.entries()
        .filter(|entry| DOCS.contains(&entry.key.text))
        .map(|entry| (entry.key.text.to_owned(), Value::read(entry.value)))
        .collect()
}

/// A list whose order says nothing.
fn sorted(value: Value) -> Value {
    match value {
        Value::List(mut items) => {
            items.sort();
            Value::List(items)
        }
        other => other,
    }
}

fn without_docs(value: Value) -> Value {
    match value {
        Value::Map(mut entries) => {
            entries.retain(|key, _| !DOCS.contains(&key.as_str()));
            Value::Map(entries)
        }
        other => other,
    }
}

fn servers(root: Node<'_>) -> Vec<(String, Span)> {
    let list = root.get("servers").into_iter().flat_map(Node::items);
    list.map(|server| {
        let url = server
            .get("url")
            .map(|it| Value::read(it).plain())
            .unwrap_or_default();
        (url, server.place())
    })
    .collect()
}

/// A path without the names of its parameters, which no request shows.
fn nameless(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '{' => {
                inside = true;
                text.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            _ => text.push(letter),
        }
    }
    text
}

fn requirements(node: Option<Node<'_>>) -> Vec<Requirement> {
    let mut list: Vec<Requirement> = node
        .into_iter()
        .flat_map(Node::items)
        .map(|item| {
            let scopes = |value: Node<'_>| -> BTreeSet<String> {
                Value::read(value).texts().into_iter().collect()
            };
            Requirement(
                item.entries()
                    .map(|entry| (entry.key.text.to_owned(), scopes(entry.value)))
                    .collect(),
            )
        })
        .collect();
    list.sort();
    list.dedup();
    list
}

/// How a parameter is spelled in a request, without what holds anyway.
fn style(node: Node<'_>, place: &str) -> BTreeMap<String, Value> {
    let mut style = BTreeMap::new();
    let usual = if matches!(place, "query" | "cookie") {
        "form"
    } else {
        "simple"
    };
    let name = node
        .get("style")
        .map_or_else(|| usual.to_owned(), |it| Value::read(it).plain());
    let explode = node.get("explode").map_or(name == "form", is_true);
    for flag in ["allowReserved", "allowEmptyValue"] {
        if node.get(flag).is_some_and(is_true) {
            style.insert(flag.to_owned(), Value::Bool(true));
        }
    }
    style.insert("style".into(), Value::Text(name));
    style.insert("explode".into(), Value::Bool(explode));
    style
}
