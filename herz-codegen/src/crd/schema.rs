//! The structural schema of a kind: types written out where they are used.

use super::limit::{filled, or_empty};
use super::rule;
use crate::document::{Map, texts};
use crate::target::{Note, Options, View};
use herz_dsl::catalog::{
    Constraint, ConstraintKind, Enum, Field, Item, Kind, Layer, Literal, Object, Rule, Type,
    TypeBody, TypeId,
};
use herz_types::scalar::Dialect;
use herz_types::{Level, codes};

/// Writes schemas of one kind.
pub(super) struct Writer<'w, 'c> {
    pub(super) view: &'w View<'c>,
    /// What can't be said, and what was done instead.
    pub(super) notes: Vec<Note>,
    kind: &'w Kind,
    descriptions: bool,
    admission: bool,
    open_recursion: bool,
    /// The named types around the place.
    around: Vec<TypeId>,
}

/// What holds at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Whether what admission demands is written too.
    pub(super) admission: bool,
    /// How often the value may occur in one document.
    pub(super) times: u64,
}

impl<'w, 'c> Writer<'w, 'c> {
    pub(super) fn new(view: &'w View<'c>, options: &Options, kind: &'w Kind) -> Self {
        Self {
            view,
            notes: Vec::new(),
            kind,
            descriptions: options.flag("descriptions"),
            admission: options.flag("admission"),
            open_recursion: options.text("recursion") == Some("open"),
            around: Vec::new(),
        }
    }

    /// The schema of the whole document.
    pub(super) fn root(&mut self, kind: &Kind) -> Map {
        let text = || Map::new().with("type", "string");
        let place = Place {
            admission: self.admission && !kind.structure_only,
            times: 1,
        };
        let mut properties = Map::new()
            .with("apiVersion", text())
            .with("kind", text())
            .with("metadata", Map::new().with("type", "object"));
        let mut spec = self.named(kind.spec, place);
        if kind.immutable && place.admission {
            let rule = Map::new()
                .with("message", "spec must not change after creation")
                .with("rule", "self == oldSelf");
            add_rules(&mut spec, vec![rule.literal()]);
        }
        properties.put("spec", sorted(spec));
        if let Some(status) = kind.status {
            let place = Place {
                admission: false,
                ..place
            };
            properties.put("status", sorted(self.named(status, place)));
        }
        let mut schema = Map::new()
            .with("properties", properties)
            .with("type", "object");
        if kind.spec_required {
            schema.put("required", texts(["spec"]));
        }
        self.describe(&mut schema, &kind.doc);
        let item = Item::kind(&self.view.catalog, kind);
        for rule in kind.rules.iter().filter(|rule| counts(rule, place)) {
            self.notes.push(Note::loss(
                item.rule(&rule.name),
                "a rule over the whole document can't be said here",
                "Herz and admission check it; the CRD does not",
            ));
        }
        sorted(schema)
    }

    pub(super) fn describe(&self, schema: &mut Map, doc: &str) {
        let doc = doc.trim();
        if self.descriptions && !doc.is_empty() {
            schema.put("description", doc);
        }
    }

    fn named(&mut self, id: TypeId, place: Place) -> Map {
        let Some(def) = self.view.catalog.get(id) else {
            return Map::new();
        };
        if self.around.contains(&id) {
            return self.recursive(id);
        }
        self.around.push(id);
        let mut schema = match &def.body {
            TypeBody::Object(object) => self.object(id, object, place),
            TypeBody::Enum(one) => enumeration(one, place),
            TypeBody::Refined(ty, limits) => {
                self.grammar_of(ty, &self.view.item(id), place);
                let mut schema = self.ty(ty, place);
                self.limited(&mut schema, ty, limits, &self.view.item(id), place);
                schema
            }
        };
        self.around.pop();
        self.describe(&mut schema, &def.doc);
        schema
    }

    /// A type inside itself: a structural schema has no end then.
    fn recursive(&mut self, id: TypeId) -> Map {
        let item = self.view.item(id);
        let what = "the type holds itself, and a CRD can't refer to its own parts";
        self.notes.push(if self.open_recursion {
            Note::loss(
                item,
                what,
                "inside itself it is an object that is not looked into",
            )
        } else {
            Note::error(
                item,
                what,
                "set `recursion = \"open\"` to leave the inner one open",
            )
        });
        open_object()
    }

    fn object(&mut self, id: TypeId, object: &Object, place: Place) -> Map {
        let mut schema = Map::new().with("type", "object");
        let mut required: Vec<&str> = object
            .fields
            .iter()
            .filter(|f| f.required || filled(f, place).is_some_and(|filled| filled.there))
            .map(|f| f.wire.as_str())
            .collect();
        required.sort_unstable();
        if !required.is_empty() {
            schema.put("required", texts(required));
        }
        if !object.fields.is_empty() {
            let mut fields: Vec<&Field> = object.fields.iter().collect();
            fields.sort_by(|a, b| a.wire.cmp(&b.wire));
            let mut properties = Map::new();
            for field in fields {
                properties.put(&field.wire, sorted(self.field(id, field, object, place)));
            }
            schema.put("properties", properties);
        }
        if object.open {
            schema.put("x-kubernetes-preserve-unknown-fields", true);
        }
        if object.atomic.is_some() {
            schema.put("x-kubernetes-map-type", "atomic");
        }
        let mut rules = Vec::new();
        for one in object.rules.iter().filter(|rule| counts(rule, place)) {
            match rule::validation(self.view, id, one, place.times) {
                Ok(rule) => rules.push(rule),
                Err(why) => self.notes.push(Note::loss(
                    self.view.item(id).rule(&one.name),
                    why,
                    "Herz and admission check it; the CRD does not",
                )),
            }
        }
        let not_null = |field: &&Field| field.nullable && filled(field, place).is_some();
        let filled = object.fields.iter().filter(not_null);
        rules.extend(filled.map(|field| rule::not_null(&field.wire)));
        if place.admission {
            for (code, of_fields) in [
                (codes::CASE_NEEDS, rule::needs(self.view, object)),
                (codes::IGNORED, rule::foreign(self.view, id, object)),
            ] {
                for (field, rule) in of_fields {
                    match rule {
                        Ok(rule) => rules.push(rule),
                        Err(why) => self.lost(&self.view.field_item(id, field), code, why),
                    }
                }
            }
        }
        // `immutable` on kinds and fields is what an admission step enforces.
        if place.admission && !(self.kind.spec == id && self.kind.immutable) {
            let immutable = object.fields.iter().filter(|field| field.immutable);
            rules.extend(immutable.map(|field| rule::immutable(&field.wire)));
        }
        add_rules(&mut schema, rules);
        schema
    }

    /// A list or map whose limits say how often its items occur.
    pub(super) fn sized(&mut self, ty: &Type, limits: &[Constraint], place: Place) -> Map {
        let most = limits.iter().find_map(|limit| match limit.kind {
            ConstraintKind::Items { max, .. } if limit.layer == Layer::Structure => max,
            _ => None,
        });
        let times = match ty {
            Type::List(_) | Type::Map(_) => place.times.saturating_mul(most.unwrap_or(u64::MAX)),
            _ => place.times,
        };
        self.ty(ty, Place { times, ..place })
    }

    fn ty(&mut self, ty: &Type, place: Place) -> Map {
        let typed = |name: &str| Map::new().with("type", name);
        match ty {
            Type::Bool => typed("boolean"),
            Type::Int {
                bits,
                format,
                signed,
            } => {
                let mut schema = typed("integer");
                // The field's generators call `uint32` an `int32`, and an API server goes by that.
                let unsigned = self.admission && !signed;
                if *format && matches!(bits, 32 | 64) {
                    schema.put(
                        "format",
                        format!("int{}", if unsigned { 64 } else { *bits }),
                    );
                }
                if unsigned {
                    schema.put("minimum", 0_i64);
                    if *bits < 64 {
                        schema.put("maximum", (1_i64 << bits) - 1);
                    }
                }
                schema
            }
            Type::Float64 => typed("number"),
            Type::String => typed("string"),
            Type::Bytes => typed("string").with("format", "byte"),
            Type::Scalar(scalar) => {
                let mut schema = typed("string");
                if scalar.dialect == Dialect::Timestamp {
                    schema.put("format", "date-time");
                } else if place.admission
                    && let Some((pattern, _)) = scalar.dialect.pattern()
                {
                    schema.put("pattern", or_empty(pattern, scalar.allow_empty));
                }
                schema
            }
            Type::List(item) => typed("array").with("items", sorted(self.ty(item, place))),
            Type::Map(value) => {
                typed("object").with("additionalProperties", sorted(self.ty(value, place)))
            }
            Type::Ref(id) => self.named(*id, place),
            Type::Any => Map::new().with("x-kubernetes-preserve-unknown-fields", true),
            Type::AnyObject => open_object(),
            Type::IntOrString => Map::new()
                .with(
                    "anyOf",
                    vec![typed("integer").literal(), typed("string").literal()],
                )
                .with("x-kubernetes-int-or-string", true),
        }
    }
}

fn open_object() -> Map {
    Map::new()
        .with("type", "object")
        .with("x-kubernetes-preserve-unknown-fields", true)
}

fn enumeration(one: &Enum, place: Place) -> Map {
    let mut schema = Map::new().with("type", "string");
    if one.level == Level::Error && (one.layer == Layer::Structure || place.admission) {
        let empty = one.allow_empty.then_some("");
        let values = one.values.iter().map(|value| value.value.as_str());
        schema.put("enum", texts(values.chain(empty)));
    }
    schema
}

/// Whether a rule counts at a place.
fn counts(rule: &Rule, place: Place) -> bool {
    rule.level == Level::Error && (rule.layer == Layer::Structure || place.admission)
}

fn add_rules(schema: &mut Map, rules: Vec<Literal>) {
    if rules.is_empty() {
        return;
    }
    let mut all = match schema.get("x-kubernetes-validations") {
        Some(Literal::List(all)) => all.clone(),
        _ => Vec::new(),
    };
    all.extend(rules);
    schema.put("x-kubernetes-validations", all);
}

/// A schema with its keywords in order, as the field's generators write them.
fn sorted(mut schema: Map) -> Map {
    schema.0.sort_by(|a, b| a.0.cmp(&b.0));
    schema
}
