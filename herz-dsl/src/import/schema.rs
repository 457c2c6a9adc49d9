//! Schemas: types, fields, limits.

use super::{Import, beginning};
use crate::catalog::{
    Default as FieldDefault, DefaultValue, Deprecation, Enum, EnumValue, Field, Fill, Layer, Life,
    Merge, Object, ScalarType, Semantics, Type, TypeBody, Zero,
};
use crate::defaults::as_written;
use crate::tree::{Entry, Node, Resolved};
use herz_types::Level;
use herz_types::scalar::Dialect;

/// Keywords that are read, or that say nothing about what is accepted.
const KNOWN: &[&str] = &[
    "type",
    "format",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "enum",
    "default",
    "nullable",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "uniqueItems",
    "description",
    "title",
    "example",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "$ref",
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-map-type",
];

/// `description`, trimmed.
pub(super) fn doc(schema: Node<'_>) -> String {
    let text = schema.get("description").and_then(Node::text);
    text.map_or_else(String::new, |text| text.trim().to_owned())
}

impl Import {
    /// The object that a schema describes.
    pub(super) fn object(&mut self, schema: Node<'_>, path: &[String]) -> Object {
        self.leftovers(schema);
        let mut object = Object {
            open: is_true(schema, "x-kubernetes-preserve-unknown-fields")
                || is_true(schema, "additionalProperties"),
            ..Object::default()
        };
        if word(schema, "x-kubernetes-map-type") == Some("atomic") {
            object.atomic = Some(Life::default());
        }
        let required: Vec<&str> = schema
            .get("required")
            .into_iter()
            .flat_map(Node::items)
            .filter_map(Node::text)
            .collect();
        for property in schema.get("properties").into_iter().flat_map(Node::entries) {
            let always = required.contains(&property.key.text);
            object.fields.push(self.field(property, always, path));
        }
        for name in schema.get("required").into_iter().flat_map(Node::items) {
            let text = name.text().unwrap_or_default();
            if object.fields.iter().all(|field| field.wire != text) {
                let text = format!("`required` names `{text}`, which is none of the properties");
                self.lose(name.place(), text);
            }
        }
        object
    }

    fn field(&mut self, property: Entry<'_>, required: bool, path: &[String]) -> Field {
        let schema = property.value;
        let name = property.key.text;
        let mut below = path.to_vec();
        below.push(name.to_owned());
        let inline = enumeration(schema);
        let (ty, constraints) = match inline {
            // A name with a dot: the enum belongs to the field.
            Some(values) => {
                self.leftovers(schema);
                let name = format!("{}.{name}", path.join("."));
                let body = TypeBody::Enum(values);
                (Type::Ref(self.types.own(&name, body)), Vec::new())
            }
            None => {
                let ty = self.ty(schema, &below);
                let limits = self.limits(schema, &ty);
                (ty, limits)
            }
        };
        let default = schema.get("default").map(|value| FieldDefault {
            value: DefaultValue::Literal(as_written(value)),
            fill: Fill::Absent,
            layer: Layer::Structure,
            life: Life::default(),
        });
        let deprecated = is_true(schema, "deprecated").then_some(Deprecation {
            since: None,
            instead: None,
            note: None,
        });
        Field {
            wire: name.to_owned(),
            name: None,
            doc: doc(schema),
            merge: merge(schema).map(|merge| (merge, Life::default())),
            ty,
            required,
            nullable: is_true(schema, "nullable"),
            default,
            normalize: None,
            zero: Zero::Kept,
            constraints,
            life: Life {
                deprecated,
                ..Life::default()
            },
            aliases: Vec::new(),
            replaces: None,
            immutable: false,
            sensitive: word(schema, "format") == Some("password"),
            examples: schema.get("example").map(as_written).into_iter().collect(),
            semantics: Semantics::Full,
        }
    }

    /// The type of a schema; an inline object becomes a named type.
    pub(super) fn ty(&mut self, schema: Node<'_>, path: &[String]) -> Type {
        if let Some(reference) = schema.entry("$ref") {
            return self.reference(reference);
        }
        if let Some(parts) = schema
            .entry("allOf")
            .filter(|parts| parts.value.items().len() == 1)
            && let Some(only) = parts.value.items().next()
        {
            self.leftovers_but(schema, &["allOf"]);
            return self.ty(only, path);
        }
        if is_true(schema, "x-kubernetes-int-or-string") {
            self.leftovers_but(schema, &["anyOf", "allOf"]);
            return Type::IntOrString;
        }
        let ty = word(schema, "type");
        if ty != Some("object") || schema.get("properties").is_none() {
            self.leftovers(schema);
        }
        match ty {
            Some("boolean") => Type::Bool,
            Some("number") => Type::Float64,
            Some("integer") => self.integer(schema),
            Some("string") => self.text(schema),
            Some("array") => {
                let item = schema.get("items");
                let inner = item.map_or(Type::Any, |item| self.element(item, path, "Item"));
                Type::List(Box::new(inner))
            }
            Some("object") => self.map_or_object(schema, path),
            Some(other) => {
                let place = schema.get("type").unwrap_or(schema).place();
                self.lose(
                    place,
                    format!("the type `{other}` is not known: anything is allowed"),
                );
                Type::Any
            }
            None if schema.get("properties").is_some() => self.map_or_object(schema, path),
            None => {
                let is_open = is_true(schema, "x-kubernetes-preserve-unknown-fields");
                let is_told = ["oneOf", "anyOf", "allOf", "not"]
                    .iter()
                    .any(|key| schema.get(key).is_some());
                if !is_open && !is_told && schema.entries().next().is_some() {
                    self.lose(
                        beginning(schema),
                        "a schema without `type`: anything is allowed",
                    );
                }
                Type::Any
            }
        }
    }

    fn reference(&mut self, reference: Entry<'_>) -> Type {
        let text = reference.value.text().unwrap_or_default();
        let name = text.strip_prefix("#/components/schemas/");
        if let Some(id) = name.and_then(|name| self.components.get(name)) {
            return Type::Ref(*id);
        }
        let text = format!("the reference `{text}` leads nowhere: anything is allowed");
        self.lose(reference.value.place(), text);
        Type::Any
    }

    fn integer(&mut self, schema: Node<'_>) -> Type {
        let (bits, signed, format) = match word(schema, "format") {
            Some("int32") => (32, true, true),
            Some("int64") => (64, true, true),
            Some("uint32") => (32, false, true),
            Some("uint64") => (64, false, true),
            None => (64, true, false),
            Some(other) => {
                self.format(schema, other);
                (64, true, false)
            }
        };
        Type::Int {
            bits,
            signed,
            format,
        }
    }

    fn text(&mut self, schema: Node<'_>) -> Type {
        match word(schema, "format") {
            None | Some("password") => Type::String,
            Some("byte") => Type::Bytes,
            Some("date-time") => Type::Scalar(ScalarType {
                dialect: Dialect::Timestamp,
                allow_empty: false,
            }),
            Some(other) => {
                self.format(schema, other);
                Type::String
            }
        }
    }

    fn format(&mut self, schema: Node<'_>, format: &str) {
        let span = schema
            .entry("format")
            .map_or_else(|| beginning(schema), |e| e.key.span);
        self.lose(span, format!("the format `{format}` is left out"));
    }

    fn map_or_object(&mut self, schema: Node<'_>, path: &[String]) -> Type {
        if schema.get("properties").is_some() {
            if let Some(more) = schema
                .entry("additionalProperties")
                .filter(|e| e.value.is_map())
            {
                let text = "a schema for further keys is left out beside `properties`: they are not allowed";
                self.lose(more.key.span, text);
            }
            let object = self.object(schema, path);
            let id = self
                .types
                .shared(path, &doc(schema), TypeBody::Object(object));
            return Type::Ref(id);
        }
        match schema.get("additionalProperties") {
            Some(value) if value.is_map() => {
                Type::Map(Box::new(self.element(value, path, "Value")))
            }
            Some(value) if value.resolved() == Resolved::Bool(true) => Type::AnyObject,
            _ if is_true(schema, "x-kubernetes-preserve-unknown-fields") => Type::AnyObject,
            // Nothing is kept of it.
            _ => {
                let body = TypeBody::Object(Object::default());
                Type::Ref(self.types.shared(path, &doc(schema), body))
            }
        }
    }

    /// The type of items or values. One with limits or values of its own becomes a named type.
    fn element(&mut self, schema: Node<'_>, path: &[String], what: &str) -> Type {
        let mut path = path.to_vec();
        if let Some(last) = path.last_mut() {
            match last
                .strip_suffix('s')
                .filter(|one| what == "Item" && one.len() > 2)
            {
                Some(one) => *last = one.to_owned(),
                None => last.push_str(what),
            }
        }
        for key in ["default", "nullable"] {
            if let Some(entry) = schema.entry(key) {
                self.lose(
                    entry.key.span,
                    format!("`{key}` of items and values is left out"),
                );
            }
        }
        if let Some(values) = enumeration(schema) {
            self.leftovers(schema);
            return Type::Ref(
                self.types
                    .shared(&path, &doc(schema), TypeBody::Enum(values)),
            );
        }
        let ty = self.ty(schema, &path);
        let limits = self.limits(schema, &ty);
        if limits.is_empty() {
            return ty;
        }
        let body = TypeBody::Refined(ty, limits);
        Type::Ref(self.types.shared(&path, &doc(schema), body))
    }

    /// Tells the keywords that are left out.
    fn leftovers(&mut self, schema: Node<'_>) {
        self.leftovers_but(schema, &[]);
    }

    fn leftovers_but(&mut self, schema: Node<'_>, read: &[&str]) {
        for entry in schema.entries() {
            let key = entry.key.text;
            if KNOWN.contains(&key) || read.contains(&key) {
                continue;
            }
            let text = match key {
                "x-kubernetes-validations" => {
                    "these CEL rules are left out: write them as `rules` with `cel`".to_owned()
                }
                "oneOf" | "anyOf" | "allOf" | "not" => {
                    format!("`{key}` is left out: perhaps a rule or a union says it")
                }
                _ => format!("`{key}` is left out"),
            };
            self.lose(entry.key.span, text);
        }
    }
}

/// How server-side apply merges a list or map.
fn merge(schema: Node<'_>) -> Option<Merge> {
    match word(schema, "x-kubernetes-list-type") {
        Some("set") => return Some(Merge::Set),
        Some("atomic") => return Some(Merge::Atomic),
        Some("map") => {
            let keys = schema.get("x-kubernetes-list-map-keys");
            let keys = keys
                .into_iter()
                .flat_map(Node::items)
                .filter_map(Node::text);
            return Some(Merge::By(keys.map(str::to_owned).collect()));
        }
        _ => {}
    }
    // An object's own type says it.
    let of_object = schema.get("properties").is_some();
    (!of_object && word(schema, "x-kubernetes-map-type") == Some("atomic")).then_some(Merge::Atomic)
}

/// The values of a schema that is an enum of texts.
pub(super) fn enumeration(schema: Node<'_>) -> Option<Enum> {
    let list = schema
        .get("enum")
        .filter(|_| word(schema, "type") == Some("string"))?;
    let texts = || list.items().filter_map(Node::text);
    let values = texts()
        .filter(|text| !text.is_empty())
        .map(|text| EnumValue {
            value: text.to_owned(),
            doc: String::new(),
            name: None,
            life: Life::default(),
        });
    Some(Enum {
        values: values.collect(),
        layer: Layer::Structure,
        level: Level::Error,
        allow_empty: texts().any(str::is_empty),
    })
}

pub(super) fn is_true(schema: Node<'_>, key: &str) -> bool {
    schema
        .get(key)
        .is_some_and(|value| value.resolved() == Resolved::Bool(true))
}

fn word<'t>(schema: Node<'t>, key: &str) -> Option<&'t str> {
    schema.get(key).and_then(Node::text)
}
