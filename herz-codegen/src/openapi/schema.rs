//! Schemas of types, in the words of OpenAPI 3.0.
//!
//! They are for clients: what a structural schema says, with references, so that a generator makes
//! one type of each. They refuse nothing that Herz takes. What only admission refuses, and rules across
//! fields, they do not say: `x-herz-rules` names those.

use super::component::Components;
use crate::document::{Map, default_literal, entries_word, put_range, texts};
use crate::target::{Note, View};
use herz_dsl::catalog::{
    Constraint, ConstraintKind, Enum, Field, Item, Kind, Layer, Life, Literal, Object, Rule, Type,
    TypeBody, TypeId,
};
use herz_types::Level;
use herz_types::scalar::Dialect;

/// How the schema of `metadata` is called.
pub(super) const METADATA_NAME: &str = "ObjectMeta";
/// A reference to it.
pub(super) const METADATA_REF: &str = "#/components/schemas/ObjectMeta";

/// Writes schemas of one view.
pub(super) struct Schemas<'w, 's, 'c> {
    pub(super) view: &'s View<'c>,
    pub(super) components: &'w mut Components<'s, 'c>,
}

/// The schema of `metadata`.
pub(super) fn metadata() -> Map {
    let text = || Map::new().with("type", "string");
    let map = || {
        Map::new()
            .with("type", "object")
            .with("additionalProperties", text())
    };
    let properties = Map::new()
        .with("name", text())
        .with("namespace", text())
        .with("labels", map())
        .with("annotations", map());
    Map::new()
        .with(
            "description",
            "Name and labels of an object, as Kubernetes has them.",
        )
        .with("type", "object")
        .with("properties", properties)
        .with("additionalProperties", true)
}

impl Schemas<'_, '_, '_> {
    /// The schema of a whole document.
    pub(super) fn kind(&mut self, kind: &Kind) -> Map {
        let one = |value: &str| {
            Map::new()
                .with("type", "string")
                .with("enum", texts([value]))
        };
        let mut properties = Map::new()
            .with("apiVersion", one(&self.view.api_version(kind.package)))
            .with("kind", one(&kind.name))
            .with("metadata", Map::new().with("$ref", METADATA_REF))
            .with("spec", self.components.reference(kind.spec));
        if let Some(status) = kind.status {
            properties.put("status", self.components.reference(status));
        }
        let mut required = vec!["apiVersion", "kind", "metadata"];
        if kind.spec_required {
            required.push("spec");
        }
        let mut schema = Map::new();
        describe(&mut schema, &kind.doc);
        schema.put("type", "object");
        schema.put("required", texts(required));
        schema.put("properties", properties);
        self.rules(
            &mut schema,
            &Item::kind(&self.view.catalog, kind),
            &kind.rules,
        );
        schema
    }

    /// The schema of a named type.
    pub(super) fn named(&mut self, id: TypeId) -> Map {
        let view = self.view;
        let Some(def) = view.get(id) else {
            return Map::new();
        };
        let item = view.item(id);
        let mut schema = Map::new();
        describe(&mut schema, &def.doc);
        let body = match &def.body {
            TypeBody::Object(object) => self.object(id, object),
            TypeBody::Enum(one) => enumeration(one),
            TypeBody::Refined(ty, limits) => {
                let mut schema = self.ty(ty);
                self.limited(&mut schema, ty, limits, &item);
                schema
            }
        };
        for (key, value) in body.0 {
            schema.put(&key, value);
        }
        schema
    }

    fn object(&mut self, id: TypeId, object: &Object) -> Map {
        let mut schema = Map::new().with("type", "object");
        let must = object
            .fields
            .iter()
            .filter(|field| field.required && field.structure_default().is_none());
        let required: Vec<&str> = must.map(|field| field.wire.as_str()).collect();
        if !required.is_empty() {
            schema.put("required", texts(required));
        }
        let mut properties = Map::new();
        for field in &object.fields {
            properties.put(&field.wire, self.field(id, field));
        }
        if !properties.is_empty() {
            schema.put("properties", properties);
        }
        if object.open || object.fields.is_empty() {
            schema.put("additionalProperties", true);
        }
        self.rules(&mut schema, &self.view.item(id), &object.rules);
        schema
    }

    fn field(&mut self, owner: TypeId, field: &Field) -> Map {
        let item = self.view.field_item(owner, field);
        let mut schema = self.ty(&field.ty);
        self.limited(&mut schema, &field.ty, &field.constraints, &item);
        let mut told = Map::new();
        describe(&mut told, &field.doc);
        if let Some(default) = default_literal(field) {
            told.put("default", default.clone());
        }
        if let Some(example) = field.examples.first().filter(|_| !field.sensitive) {
            told.put("example", example.clone());
        }
        if self.is_deprecated(&field.life) {
            told.put("deprecated", true);
        }
        if field.sensitive {
            told.put("format", "password");
        }
        if field.nullable {
            // OpenAPI 3.0 lets `nullable` count only beside a `type`.
            if let Some(ty) = self.type_word(&field.ty) {
                told.put("type", ty);
            }
            told.put("nullable", true);
        }
        // Nothing counts beside a reference.
        if schema.get("$ref").is_some() && !told.is_empty() {
            told.put("allOf", vec![schema.literal()]);
            return told;
        }
        for (key, value) in schema.0 {
            told.put(&key, value);
        }
        told
    }

    fn is_deprecated(&self, life: &Life) -> bool {
        let newest = self
            .view
            .packages()
            .filter_map(|(id, _)| self.view.release(id))
            .max();
        life.deprecated.as_ref().is_some_and(|deprecation| {
            let since = deprecation.since.as_ref();
            since.is_none_or(|since| newest.is_none_or(|newest| since <= newest))
        })
    }

    /// What `type` says of a type; none for what may be of several.
    fn type_word(&self, ty: &Type) -> Option<&'static str> {
        Some(match self.view.base(ty) {
            Type::Bool => "boolean",
            Type::Int { .. } => "integer",
            Type::Float64 => "number",
            Type::String | Type::Bytes | Type::Scalar(_) => "string",
            Type::List(_) => "array",
            Type::Map(_) | Type::AnyObject => "object",
            Type::Ref(id) => match self.view.get(*id)?.body {
                TypeBody::Enum(_) => "string",
                TypeBody::Object(_) | TypeBody::Refined(..) => "object",
            },
            Type::Any | Type::IntOrString => return None,
        })
    }

    fn ty(&mut self, ty: &Type) -> Map {
        let typed = |name: &str| Map::new().with("type", name);
        match ty {
            Type::Bool => typed("boolean"),
            Type::Int {
                bits,
                signed,
                format,
            } => {
                let mut schema = typed("integer");
                if *format && matches!(bits, 32 | 64) {
                    schema.put("format", format!("int{bits}"));
                }
                if !signed {
                    schema.put("minimum", 0_i64);
                }
                schema
            }
            Type::Float64 => typed("number"),
            Type::String => typed("string"),
            Type::Bytes => typed("string").with("format", "byte"),
            Type::Scalar(scalar) if scalar.dialect == Dialect::Timestamp => {
                typed("string").with("format", "date-time")
            }
            Type::Scalar(scalar) => typed("string").with("x-herz-grammar", scalar.dialect.name()),
            Type::List(item) => typed("array").with("items", self.ty(item)),
            Type::Map(value) => typed("object").with("additionalProperties", self.ty(value)),
            Type::Ref(id) => self.components.reference(*id),
            Type::Any => Map::new(),
            Type::AnyObject => typed("object").with("additionalProperties", true),
            Type::IntOrString => Map::new().with("x-kubernetes-int-or-string", true).with(
                "oneOf",
                vec![typed("integer").literal(), typed("string").literal()],
            ),
        }
    }

    /// Adds the limits of structure.
    fn limited(&mut self, schema: &mut Map, ty: &Type, limits: &[Constraint], item: &Item) {
        let base = self.view.base(ty);
        let mut own = Map::new();
        let mut lost = false;
        for limit in limits.iter().filter(|limit| limit.level == Level::Error) {
            if limit.layer == Layer::Admission {
                lost = true;
                continue;
            }
            match &limit.kind {
                ConstraintKind::Range { min, max } if !matches!(base, Type::Scalar(_)) => {
                    put_range(&mut own, min.as_ref(), max.as_ref(), true);
                }
                ConstraintKind::Length { min, max } => {
                    own.put_some("minLength", *min);
                    own.put_some("maxLength", *max);
                }
                ConstraintKind::Items { min, max } => {
                    let word = entries_word(base);
                    own.put_some(&format!("min{word}"), *min);
                    own.put_some(&format!("max{word}"), *max);
                }
                ConstraintKind::Pattern(pattern) => own.put("pattern", pattern.as_str()),
                ConstraintKind::MultipleOf(step) => own.put("multipleOf", *step),
                ConstraintKind::UniqueItems => own.put("uniqueItems", true),
                ConstraintKind::ToldApart(by) if by.is_empty() => own.put("uniqueItems", true),
                ConstraintKind::OneOf(values) if !matches!(base, Type::List(_)) => {
                    own.put("enum", texts(values));
                }
                ConstraintKind::Range { .. }
                | ConstraintKind::OneOf(_)
                | ConstraintKind::Grammar { .. }
                | ConstraintKind::Filled => lost = true,
                ConstraintKind::ToldApart(_) => self.components.note(Note::loss(
                    item.clone(),
                    "that entries differ in a field is not said in OpenAPI",
                    "Herz checks it",
                )),
            }
        }
        if lost {
            self.components.note(Note::loss(
                item.clone(),
                "a limit of admission is not said in OpenAPI",
                "Herz checks it",
            ));
        }
        if own.is_empty() {
            return;
        }
        if schema.get("$ref").is_some() {
            let reference = std::mem::take(schema);
            schema.put("allOf", vec![reference.literal()]);
        }
        for (key, value) in own.0 {
            schema.put(&key, value);
        }
    }

    /// Names the rules, which OpenAPI has no words for.
    fn rules(&mut self, schema: &mut Map, item: &Item, rules: &[Rule]) {
        let errors = rules.iter().filter(|rule| rule.level == Level::Error);
        let told: Vec<Literal> = errors
            .map(|rule| {
                let mut told = Map::new().with("name", rule.name.as_str());
                told.put_some("message", rule.message.as_deref());
                let doc = rule.doc.trim();
                told.put_some("doc", (!doc.is_empty()).then_some(doc));
                told.literal()
            })
            .collect();
        if !told.is_empty() {
            self.components.note(Note::loss(
                item.clone(),
                "rules across fields can't be said in OpenAPI",
                "`x-herz-rules` names them, and Herz checks them",
            ));
            schema.put("x-herz-rules", Literal::List(told));
        }
    }
}

fn describe(schema: &mut Map, doc: &str) {
    let doc = doc.trim();
    if !doc.is_empty() {
        schema.put("description", doc);
    }
}

fn enumeration(one: &Enum) -> Map {
    let mut schema = Map::new().with("type", "string");
    let values = || one.values.iter().map(|value| value.value.as_str());
    if one.level == Level::Error && one.layer == Layer::Structure {
        let empty = one.allow_empty.then_some("");
        schema.put("enum", texts(values().chain(empty)));
    } else {
        schema.put("x-herz-values", texts(values()));
    }
    schema
}
