//! Types and limits of values.

use super::place::Place;
use super::{Draft, Schemas, or_null};
use crate::document::{Map, entries_word, push_all, put_range, texts};
use herz_dsl::catalog::{
    Constraint, ConstraintKind, Enum, Item, Layer, Literal, Normalize, ScalarType, Type, TypeBody,
    TypeId,
};
use herz_types::Level;
use herz_types::scalar::{Dialect, PatternFit};

/// Base64 with padding, line breaks anywhere.
const BASE64: &str = "^[\\r\\n]*((?:[A-Za-z0-9+/][\\r\\n]*){4})*(?:(?:[A-Za-z0-9+/][\\r\\n]*){2}=[\\r\\n]*=[\\r\\n]*|(?:[A-Za-z0-9+/][\\r\\n]*){3}=[\\r\\n]*)?$";

/// How a value is judged beside its type.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// What notes call it.
    pub(super) item: &'a Item,
    /// How the platform rewrites a text before admission.
    pub(super) normalize: Option<&'a Normalize>,
    /// Whether null inside maps is passed over.
    pub(super) lenient_null: bool,
}

impl Schemas<'_, '_> {
    /// The definition of a named type.
    pub(super) fn named(&mut self, id: TypeId, place: Place) -> Map {
        let view = self.view;
        let Some(def) = view.get(id) else {
            return Map::new();
        };
        let item = view.item(id);
        let mut schema = Map::new();
        self.describe(&mut schema, &def.doc);
        let body = match &def.body {
            TypeBody::Object(object) => self.object(id, object, place),
            TypeBody::Enum(one) => self.enumeration(one, place),
            TypeBody::Refined(ty, limits) => {
                let around = Around {
                    item: &item,
                    normalize: None,
                    lenient_null: self.is_lenient(def.package),
                };
                let mut schema = self.ty(ty, place, around);
                self.limited(&mut schema, ty, limits, place, around);
                schema
            }
        };
        for (key, value) in body.0 {
            schema.put(&key, value);
        }
        schema
    }

    /// Whether a package passes over null where it is no value, and the dialect follows it.
    pub(super) fn is_lenient(&self, package: herz_dsl::catalog::PackageId) -> bool {
        self.draft == Draft::Latest
            && self
                .view
                .catalog
                .package(package)
                .is_some_and(|package| package.lenient_null)
    }

    fn enumeration(&self, one: &Enum, place: Place) -> Map {
        let values = || one.values.iter().map(|value| value.value.as_str());
        let empty = one.allow_empty.then_some("");
        let list = texts(values().chain(empty));
        let counts = one.level == Level::Error && (one.layer == Layer::Structure || !place.advice);
        let mut schema = Map::new().with("type", "string");
        if counts {
            schema.put("enum", list);
        } else if self.draft == Draft::Seven {
            // Editors offer the values, and others pass.
            let known = Map::new().with("enum", list).literal();
            let any = Map::new().with("type", "string").literal();
            schema.put("anyOf", vec![known, any]);
        }
        let told = one.values.iter().any(|value| !value.doc.is_empty());
        if self.draft == Draft::Seven && counts && told {
            let docs = || {
                let docs = one.values.iter().map(|value| value.doc.trim());
                docs.chain(empty.map(|_| "nothing chosen"))
            };
            schema.put("enumDescriptions", texts(docs()));
            schema.put("markdownEnumDescriptions", texts(docs()));
        }
        schema
    }

    /// The schema of a type, without what its field says.
    pub(super) fn ty(&mut self, ty: &Type, place: Place, around: Around<'_>) -> Map {
        let typed = |name: &str| Map::new().with("type", name);
        match ty {
            Type::Bool => typed("boolean"),
            Type::Int { bits, signed, .. } => integer(*bits, *signed),
            Type::Float64 => typed("number"),
            Type::String => typed("string"),
            Type::Bytes => typed("string")
                .with("contentEncoding", "base64")
                .with("pattern", BASE64),
            Type::Scalar(scalar) => self.scalar(*scalar, place, around),
            Type::List(item) => {
                let around = Around {
                    normalize: around.normalize,
                    ..around
                };
                typed("array").with("items", self.ty(item, place, around))
            }
            Type::Map(value) => {
                let inner = Around {
                    normalize: None,
                    ..around
                };
                let mut schema = self.ty(value, place, inner);
                if around.lenient_null {
                    schema = or_null(schema);
                }
                typed("object").with("additionalProperties", schema)
            }
            Type::Ref(id) => self.definition(*id, place),
            Type::Any => Map::new(),
            Type::AnyObject => typed("object"),
            // The bounds of the whole number; they say nothing of a text.
            Type::IntOrString => Map::new()
                .with("type", texts(["integer", "string"]))
                .with("minimum", i64::MIN)
                .with("maximum", i64::MAX),
        }
    }

    fn scalar(&mut self, scalar: ScalarType, place: Place, around: Around<'_>) -> Map {
        let mut schema = Map::new().with("type", "string");
        if place.advice {
            return schema;
        }
        self.grammar(&mut schema, scalar.dialect, scalar.allow_empty, around);
        schema
    }

    /// Adds the pattern of a dialect.
    fn grammar(
        &mut self,
        schema: &mut Map,
        dialect: Dialect,
        allow_empty: bool,
        around: Around<'_>,
    ) {
        let name = dialect.name();
        if around.normalize.is_some() {
            let what = format!("the platform rewrites the text before it reads the `{name}`");
            self.lost(around.item.clone(), what);
            return;
        }
        match dialect.pattern() {
            Some((pattern, fit)) => {
                let pattern = if allow_empty {
                    format!("^$|{pattern}")
                } else {
                    pattern.to_owned()
                };
                put_pattern(schema, &pattern);
                if fit == PatternFit::Superset {
                    let what = format!(
                        "`{name}` is not regular: the pattern matches some malformed texts too"
                    );
                    self.lost(around.item.clone(), what);
                }
            }
            None => {
                let what = format!("`{name}` has no pattern: any text passes");
                self.lost(around.item.clone(), what);
            }
        }
        if dialect == Dialect::Timestamp && self.draft == Draft::Seven {
            schema.put("format", "date-time");
        }
    }

    /// Adds the limits that count at a place.
    pub(super) fn limited(
        &mut self,
        schema: &mut Map,
        ty: &Type,
        limits: &[Constraint],
        place: Place,
        around: Around<'_>,
    ) {
        let counts = |limit: &&Constraint| {
            limit.level == Level::Error && (limit.layer == Layer::Structure || !place.advice)
        };
        let view = self.view;
        let base = view.base(ty);
        let mut own = Map::new();
        for limit in limits.iter().filter(counts) {
            let around = Around {
                normalize: around.normalize.filter(|_| limit.layer == Layer::Admission),
                ..around
            };
            self.limit(&mut own, base, limit, around);
        }
        // In draft-07 nothing counts beside a reference, and a second pattern stands beside the first.
        for (key, value) in own.0 {
            let taken = schema.get(&key).is_some();
            let beside = self.draft == Draft::Seven && schema.get("$ref").is_some();
            if !taken && !beside {
                schema.put(&key, value);
                continue;
            }
            if beside && let Some(at) = schema.0.iter().position(|(k, _)| k == "$ref") {
                let (_, reference) = schema.0.remove(at);
                push_all(schema, Map::new().with("$ref", reference));
            }
            if key == "allOf" {
                if let Literal::List(parts) = value {
                    for part in parts {
                        push_all(schema, Map::new().with("allOf", vec![part]));
                    }
                }
            } else {
                push_all(schema, Map::new().with(&key, value));
            }
        }
    }

    /// Whether items of a list always have these fields, so that items which are the same have the same ones.
    fn have(&self, list: &Type, fields: &[String]) -> bool {
        let Type::List(inner) = list else {
            return false;
        };
        let object = self.view.object(inner);
        fields.iter().all(|name| {
            let field = object.and_then(|(_, all)| all.fields.iter().find(|one| one.wire == *name));
            field.is_some_and(|field| {
                !field.nullable && (field.required || field.structure_default().is_some())
            })
        })
    }

    fn limit(&mut self, own: &mut Map, base: &Type, limit: &Constraint, around: Around<'_>) {
        let rewritten = around.normalize.is_some();
        match &limit.kind {
            ConstraintKind::Range { min, max } => match base {
                Type::Scalar(scalar) => {
                    let name = scalar.dialect.name();
                    self.lost(
                        around.item.clone(),
                        format!("a range of `{name}` can't be compared"),
                    );
                }
                Type::IntOrString | Type::Int { .. } | Type::Float64 => {
                    put_range(own, min.as_ref(), max.as_ref(), false);
                }
                _ => {}
            },
            ConstraintKind::Length { .. }
            | ConstraintKind::Pattern(_)
            | ConstraintKind::OneOf(_)
                if rewritten =>
            {
                self.lost(
                    around.item.clone(),
                    "the platform rewrites the text before it looks at this limit",
                );
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
            ConstraintKind::Pattern(pattern) => put_pattern(own, pattern),
            ConstraintKind::MultipleOf(step) => own.put("multipleOf", *step),
            ConstraintKind::UniqueItems => own.put("uniqueItems", true),
            ConstraintKind::ToldApart(by) => {
                if self.have(base, by) {
                    own.put("uniqueItems", true);
                }
                if !by.is_empty() {
                    let why = "items that differ in a field can't be told";
                    self.lost(around.item.clone(), why);
                }
            }
            ConstraintKind::Grammar {
                dialect,
                allow_empty,
            } => {
                let mut text = Map::new();
                self.grammar(&mut text, *dialect, *allow_empty, around);
                put_each(own, base, text);
            }
            ConstraintKind::OneOf(values) => {
                put_each(own, base, Map::new().with("enum", texts(values)));
            }
            // About fields: see `object.rs`.
            ConstraintKind::Filled => {}
        }
    }
}

/// On a list of texts a limit is about each of them.
fn put_each(own: &mut Map, base: &Type, text: Map) {
    if text.is_empty() {
        return;
    }
    if matches!(base, Type::List(_)) {
        push_all(own, Map::new().with("items", text));
        return;
    }
    for (key, value) in text.0 {
        if key == "pattern"
            && let Literal::Text(pattern) = &value
        {
            put_pattern(own, pattern);
        } else {
            own.put(&key, value);
        }
    }
}

/// A second pattern stands beside the first.
fn put_pattern(schema: &mut Map, pattern: &str) {
    if schema.get("pattern").is_some() {
        push_all(schema, Map::new().with("pattern", pattern));
    } else {
        schema.put("pattern", pattern);
    }
}

/// A whole number of that width.
fn integer(bits: u8, signed: bool) -> Map {
    let schema = Map::new().with("type", "integer");
    let two: f64 = 2.0;
    match (bits, signed) {
        (64, true) => schema.with("minimum", i64::MIN).with("maximum", i64::MAX),
        // Validators compare as floats, where the greatest value and 2^64 are one number: that it
        // passes matters more than that 2^64 does not.
        (64, false) => schema
            .with("minimum", 0_i64)
            .with("maximum", Literal::Float(two.powi(64))),
        (bits, signed) => {
            let bits = i32::from(bits);
            let (from, to) = if signed {
                (-two.powi(bits - 1), two.powi(bits - 1) - 1.0)
            } else {
                (0.0, two.powi(bits) - 1.0)
            };
            schema.with("minimum", from).with("maximum", to)
        }
    }
}
