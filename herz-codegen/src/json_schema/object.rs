//! Objects: fields, which of them must be there, what is unknown.

use super::place::Place;
use super::value::Around;
use super::{Draft, Schemas, is_container, or_null};
use crate::document::{Map, default_literal, push_all, texts};
use herz_dsl::catalog::{
    ConstraintKind, Default, Field, Fill, Layer, Life, Literal, Object, Semantics, Type, TypeId,
};
use herz_types::Level;

impl Schemas<'_, '_> {
    pub(super) fn object(&mut self, id: TypeId, object: &Object, place: Place) -> Map {
        let view = self.view;
        let Some(def) = view.get(id) else {
            return Map::new();
        };
        let lenient = self.is_lenient(def.package);
        let item = view.item(id);
        let named = self.union_fields(id, object);
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut parts = Vec::new();
        for field in &object.fields {
            // Where only the chosen case's block counts in full, the others are structure; which
            // one is chosen is said below.
            let foreign = named.contains(&field.wire);
            let below = Place {
                advice: place.advice || field.semantics == Semantics::Structure || foreign,
            };
            let here = item.field(&field.wire);
            let around = Around {
                item: &here,
                normalize: field.normalize.as_ref(),
                lenient_null: lenient,
            };
            let schema = self.field(field, below, around);
            let structural = field
                .default
                .as_ref()
                .is_some_and(|default| default.layer == Layer::Structure);
            let must = field.required && !structural;
            // Null is a value, or counts as absent; a required field that is absent is missing.
            let schema = if field.nullable || (lenient && !must) {
                or_null(schema)
            } else if *self.view.base(&field.ty) == Type::Any {
                let mut schema = schema;
                schema.put("not", Map::new().with("type", "null"));
                schema
            } else {
                schema
            };
            self.aliases(field, &schema, &mut properties, &mut parts);
            properties.put(&field.wire, schema);
            if must && field.aliases.is_empty() {
                required.push(field.wire.as_str());
            } else if must {
                let one = |name: &str| Map::new().with("required", texts([name])).literal();
                let names = std::iter::once(&field.wire).chain(&field.aliases);
                let any: Vec<Literal> = names.map(|name| one(name)).collect();
                parts.push(Map::new().with("anyOf", any).literal());
            }
            parts.extend(self.filled(field, place).map(Map::literal));
        }
        let mut schema = Map::new().with("type", "object");
        if !properties.is_empty() {
            schema.put("properties", properties);
        }
        if !required.is_empty() {
            schema.put("required", texts(required));
        }
        if !object.open {
            schema.put("additionalProperties", false);
        }
        parts.extend(self.union(id, object, place, lenient));
        parts.extend(self.rules(&item, super::rule::Root::Object(id), &object.rules, place));
        if !parts.is_empty() {
            schema.put("allOf", parts);
        }
        schema
    }

    /// The schema of a field's value, null apart.
    pub(super) fn field(&mut self, field: &Field, below: Place, around: Around<'_>) -> Map {
        let mut schema = self.ty(&field.ty, below, around);
        self.limited(&mut schema, &field.ty, &field.constraints, below, around);
        let base = self.view.base(&field.ty).clone();
        if let Some(layer) = mends(field.default.as_ref()) {
            schema = self.mended(field, schema, &base, below, layer, around);
        }
        self.shown(field, schema)
    }

    /// An empty value is replaced before limits look at it, so it passes all of that layer.
    fn mended(
        &mut self,
        field: &Field,
        schema: Map,
        base: &Type,
        below: Place,
        layer: Layer,
        around: Around<'_>,
    ) -> Map {
        let empty = match base {
            Type::Bool => Map::new().with("const", false),
            Type::Int { .. } | Type::Float64 => Map::new().with("const", 0_i64),
            Type::List(_) => Map::new().with("type", "array").with("maxItems", 0_i64),
            Type::Map(_) | Type::AnyObject => Map::new()
                .with("type", "object")
                .with("maxProperties", 0_i64),
            Type::String | Type::Bytes | Type::Scalar(_) | Type::Ref(_) => {
                Map::new().with("const", "")
            }
            Type::Any | Type::IntOrString => return schema,
        };
        if self.view.object(&field.ty).is_some() {
            return schema;
        }
        if layer == Layer::Structure {
            let parts = vec![schema.literal(), empty.literal()];
            return Map::new().with("anyOf", parts);
        }
        // Structure still looks at it.
        let place = Place { advice: true };
        if below == place {
            return schema;
        }
        let mut loose = self.ty(&field.ty, place, around);
        self.limited(&mut loose, &field.ty, &field.constraints, place, around);
        push_all(&mut loose, empty);
        let parts = vec![schema.literal(), loose.literal()];
        Map::new().with("anyOf", parts)
    }

    /// Adds what people see.
    fn shown(&self, field: &Field, schema: Map) -> Map {
        let mut shown = Map::new();
        self.describe(&mut shown, &field.doc);
        if let Some(default) = default_literal(field) {
            shown.put("default", default.clone());
        }
        if !field.examples.is_empty() && !field.sensitive {
            shown.put("examples", Literal::List(field.examples.clone()));
        }
        if self.is_deprecated(&field.life) {
            shown.put("deprecated", true);
            if let (Draft::Seven, Some(text)) = (self.draft, deprecation(&field.life)) {
                shown.put("deprecationMessage", text);
            }
        }
        if field.sensitive {
            shown.put("writeOnly", true);
        }
        let mut schema = schema;
        // In draft-07 nothing counts beside a reference.
        if self.draft == Draft::Seven && schema.get("$ref").is_some() && !shown.is_empty() {
            let mut outer = Map::new();
            push_all(&mut outer, schema);
            schema = outer;
        }
        for (key, value) in schema.0 {
            shown.put(&key, value);
        }
        shown
    }

    /// What `filled` demands: there, and not empty.
    fn filled(&self, field: &Field, place: Place) -> Option<Map> {
        let limit = field
            .constraints
            .iter()
            .find(|limit| matches!(limit.kind, ConstraintKind::Filled))?;
        let counts =
            limit.level == Level::Error && (limit.layer == Layer::Structure || !place.advice);
        if !counts {
            return None;
        }
        let default = default_for(field, limit.layer);
        let with = default.is_some_and(|default| default.value.brings(true));
        let absent_mended = with;
        let empty_mended = with && default.is_some_and(|default| default.fill == Fill::Empty);
        if absent_mended && empty_mended {
            return None;
        }
        let not_empty = || Map::new().with("not", self.nothing(Some(&field.ty)));
        if absent_mended {
            return Some(of_names(field, |_| not_empty()));
        }
        Some(any_name(field, |name| {
            let mut schema = Map::new().with("required", texts([name]));
            if !empty_mended {
                schema.put("properties", Map::new().with(name, not_empty()));
            }
            schema
        }))
    }

    /// What a value of a type is that is not filled: empty, or nothing but nulls that count as absent.
    pub(super) fn nothing(&self, ty: Option<&Type>) -> Map {
        let empty = Map::new().with("enum", empties());
        let Some(ty) = ty.filter(|_| self.draft == Draft::Latest) else {
            return empty;
        };
        let null = || Map::new().with("type", "null");
        let object = Map::new().with("type", "object");
        let only_nulls = match (self.view.base(ty), self.view.object(ty)) {
            // Keys that nobody knows are kept, whatever they hold.
            (_, Some((_, of))) if of.open || of.fields.iter().any(|field| field.nullable) => {
                let mut properties = Map::new();
                for field in of.fields.iter().filter(|field| !field.nullable) {
                    for name in names(field) {
                        properties.put(name, null());
                    }
                }
                let object = object.with("properties", properties);
                object.with("additionalProperties", false)
            }
            (Type::Map(value), _) if **value == Type::Any => return empty,
            (Type::Map(_), _) | (_, Some(_)) => object.with("additionalProperties", null()),
            _ => return empty,
        };
        Map::new().with("anyOf", vec![empty.literal(), only_nulls.literal()])
    }

    fn is_deprecated(&self, life: &Life) -> bool {
        let releases = self.view.packages().map(|(id, _)| id);
        let newest = releases.filter_map(|id| self.view.release(id)).max();
        life.deprecated.as_ref().is_some_and(|deprecation| {
            let since = deprecation.since.as_ref();
            since.is_none_or(|since| newest.is_none_or(|newest| since <= newest))
        })
    }

    /// Former names are still read, but not beside the name itself.
    fn aliases(&self, field: &Field, schema: &Map, properties: &mut Map, parts: &mut Vec<Literal>) {
        for alias in &field.aliases {
            let mut former = schema.clone();
            former.put("deprecated", true);
            if self.draft == Draft::Seven {
                former.put("deprecationMessage", format!("now called `{}`", field.wire));
                former.put("doNotSuggest", true);
            }
            properties.put(alias, former);
            let both = Map::new().with("required", texts([alias, &field.wire]));
            parts.push(Map::new().with("not", both).literal());
        }
    }
}

/// The names of a field: that of today and former ones.
pub(super) fn names(field: &Field) -> impl Iterator<Item = &str> {
    std::iter::once(field.wire.as_str()).chain(field.aliases.iter().map(String::as_str))
}

/// What holds for a field under whichever name it is written.
pub(super) fn of_names<'f>(field: &'f Field, schema: impl Fn(&'f str) -> Map) -> Map {
    let mut properties = Map::new();
    for name in names(field) {
        properties.put(name, schema(name));
    }
    Map::new().with("properties", properties)
}

/// What holds for one of a field's names.
pub(super) fn any_name<'f>(field: &'f Field, schema: impl Fn(&'f str) -> Map) -> Map {
    if field.aliases.is_empty() {
        return schema(&field.wire);
    }
    let any: Vec<Literal> = names(field).map(|name| schema(name).literal()).collect();
    Map::new().with("anyOf", any)
}

/// The default that counts before a layer judges.
pub(super) fn default_for(field: &Field, layer: Layer) -> Option<&Default> {
    field
        .default
        .as_ref()
        .filter(|default| layer == Layer::Admission || default.layer == Layer::Structure)
}

/// The layer before which an empty value is replaced.
fn mends(default: Option<&Default>) -> Option<Layer> {
    default
        .filter(|default| default.fill == Fill::Empty)
        .map(|default| default.layer)
}

/// All empty values.
pub(super) fn empties() -> Literal {
    Literal::List(vec![
        Literal::Null,
        Literal::Text(String::new()),
        Literal::Int(0),
        Literal::Bool(false),
        Literal::List(Vec::new()),
        Literal::Map(Vec::new()),
    ])
}

/// What a block of another case may be without saying anything.
pub(super) fn silent(ty: &Type) -> Map {
    if is_container(ty) {
        return Map::new().with("enum", empties());
    }
    let empties = Literal::List(vec![
        Literal::Null,
        Literal::Text(String::new()),
        Literal::Int(0),
        Literal::Bool(false),
        Literal::List(Vec::new()),
    ]);
    Map::new().with("enum", empties)
}

fn deprecation(life: &Life) -> Option<String> {
    let deprecation = life.deprecated.as_ref()?;
    let mut text = String::new();
    if let Some(since) = &deprecation.since {
        text.push_str(&format!("deprecated since {since}"));
    }
    if let Some(instead) = &deprecation.instead {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&format!("use `{instead}`"));
    }
    if let Some(note) = &deprecation.note {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(note.trim());
    }
    (!text.is_empty()).then_some(text)
}
