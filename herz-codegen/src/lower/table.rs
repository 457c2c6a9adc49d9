//! What the schema says of an object, as rows: the tables of `herz_types::table` for languages
//! other than Rust.

use super::plan::Plan;
use super::row::{Record, Row};
use super::rule;
use herz_dsl::catalog::{
    Bound, Catalog, Constraint, ConstraintKind, Default as FieldDefault, DefaultValue, Enum, Field,
    Fill, Kind, Layer, Life, Normalize, Object, PathStep, Semantics, Type, TypeBody, TypeDef,
    TypeId, Union,
};
use herz_types::Level;
use std::collections::BTreeSet;

/// The table of an object.
#[derive(Debug, Clone, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "plain facts, each on its own"
)]
pub(crate) struct ObjectRows {
    pub(crate) name: String,
    pub(crate) fields: Vec<Row>,
    pub(crate) rules: Vec<Row>,
    pub(crate) union: Option<Row>,
    pub(crate) gone: Vec<(String, String)>,
    pub(crate) open: bool,
    pub(crate) lenient_null: bool,
    pub(crate) structure_only: bool,
    pub(crate) document: bool,
    pub(crate) lasting: Option<Row>,
}

impl ObjectRows {
    /// What is so of the object, in words of a table. A document's nulls are told by its package already.
    pub(crate) fn flags(&self) -> impl Iterator<Item = &'static str> {
        let flags = [
            ("open", self.open),
            ("document", self.document),
            ("lenient_null", self.lenient_null && !self.document),
            ("structure_only", self.structure_only),
        ];
        flags
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(name, _)| name)
    }

    /// What the object has once: a union, what ends its fault.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&'static str, &Row)> {
        let parts = [("union", &self.union), ("lasting", &self.lasting)];
        parts
            .into_iter()
            .filter_map(|(name, one)| Some((name, one.as_ref()?)))
    }
}

/// The table of a named object type.
pub(crate) fn object(plan: &Plan<'_>, id: TypeId, def: &TypeDef, object: &Object) -> ObjectRows {
    ObjectRows {
        name: def.name.clone(),
        fields: object.fields.iter().map(|one| field(plan, one)).collect(),
        rules: object.rules.iter().map(rule::rule).collect(),
        union: object
            .union
            .as_ref()
            .map(|union| rule::union(union, &former(plan, id))),
        gone: gone(plan, id, def, object),
        open: object.open,
        lenient_null: plan
            .package(def.package)
            .is_some_and(|package| package.lenient_null),
        ..ObjectRows::default()
    }
}

/// The table of whole documents of a kind.
pub(crate) fn whole_document(plan: &Plan<'_>, kind: &Kind) -> ObjectRows {
    let constant = |wire: &str, value: &str| {
        let limit = Record::new("Limit")
            .set("kind", Row::Word("Limit", "OneOf"))
            .texts("values", &[value.to_owned()])
            .row();
        Record::new("Field")
            .text("wire", wire)
            .flag("required", true)
            .list("limits", "Limit", vec![limit])
            .row()
    };
    let plain = |wire: &str| Record::new("Field").text("wire", wire);
    let mut fields = vec![
        constant("apiVersion", &plan.api_version(kind.package)),
        constant("kind", &kind.name),
        plain("metadata").row(),
        plain("spec").flag("required", kind.spec_required).row(),
    ];
    if kind.status.is_some() {
        // What a platform writes into the status is not what its admission looks at.
        fields.push(plain("status").flag("structure_only", true).row());
    }
    let below = |tail: &[PathStep]| {
        let mut steps = vec![PathStep::Field("spec".to_owned())];
        steps.extend_from_slice(tail);
        rule::path(&steps)
    };
    let lasting = kind.lasting.as_ref().map(|lasting| {
        let mut record = Record::new("Lasting").texts("duration", &below(&lasting.duration.0));
        if let Some((tag, values)) = &lasting.one_shot {
            record = record
                .texts("tag", &below(&[PathStep::Field(tag.clone())]))
                .texts("once", values);
        }
        record.row()
    });
    ObjectRows {
        name: kind.name.clone(),
        fields,
        rules: kind.rules.iter().map(rule::rule).collect(),
        structure_only: kind.structure_only,
        document: true,
        lasting,
        ..ObjectRows::default()
    }
}

/// Fields that only cases of other releases name.
fn former(plan: &Plan<'_>, id: TypeId) -> Vec<String> {
    let union = |catalog: &Catalog| match &catalog.get(id)?.body {
        TypeBody::Object(object) => object.union.clone(),
        TypeBody::Enum(_) | TypeBody::Refined(..) => None,
    };
    let names = |union: Option<Union>| -> BTreeSet<String> {
        let cases = union.into_iter().flat_map(|union| union.cases);
        cases
            .flat_map(|case| case.requires.into_iter().chain(case.allows))
            .collect()
    };
    let now = names(union(&plan.view.catalog));
    names(union(plan.view.all))
        .difference(&now)
        .cloned()
        .collect()
}

/// Fields that earlier releases had, and reserved names.
fn gone(plan: &Plan<'_>, id: TypeId, def: &TypeDef, object: &Object) -> Vec<(String, String)> {
    let there = |wire: &str| object.fields.iter().any(|field| field.wire == wire);
    let platform = plan
        .package(def.package)
        .map_or("", |package| package.platform.as_str());
    let old = match plan.view.all.get(id).map(|def| &def.body) {
        Some(TypeBody::Object(all)) => all.fields.as_slice(),
        _ => &[],
    };
    let dropped = old.iter().filter_map(|field| {
        let until = field.life.until.as_ref()?;
        Some((field.wire.clone(), format!("{platform} {until}")))
    });
    let reserved = object
        .reserved
        .iter()
        .map(|name| (name.clone(), String::new()));
    let mut gone: Vec<_> = dropped
        .chain(reserved)
        .filter(|(name, _)| !there(name))
        .collect();
    gone.sort();
    gone.dedup_by(|a, b| a.0 == b.0);
    gone
}

fn field(plan: &Plan<'_>, field: &Field) -> Row {
    let mut limits = type_limits(plan, &field.ty);
    limits.extend(field.constraints.iter().map(limit));
    Record::new("Field")
        .text("wire", &field.wire)
        .flag("required", field.required)
        .flag("nullable", field.nullable)
        .maybe("default", field.default.as_ref().map(default))
        .list("limits", "Limit", limits)
        .maybe("entries", entries(plan, &field.ty))
        .flag("structure_only", field.semantics == Semantics::Structure)
        .texts("aliases", &field.aliases)
        .maybe("deprecated", deprecated("", &field.life))
        .maybe("normalize", field.normalize.as_ref().map(normalize))
        .flag("sensitive", field.sensitive)
        .row()
}

fn default(default: &FieldDefault) -> Row {
    let value = match &default.value {
        DefaultValue::Literal(literal) => Row::Literal(literal.clone()),
        DefaultValue::Generated(_) => Row::Generated,
    };
    let made = value == Row::Generated;
    Record::new("Default")
        .set("value", value)
        .flag("fill_empty", default.fill == Fill::Empty)
        .maybe(
            "layer",
            layer(if made {
                Layer::Admission
            } else {
                default.layer
            }),
        )
        .row()
}

fn normalize(normalize: &Normalize) -> Row {
    match normalize {
        Normalize::CutAt(text) => Record::new("Normalize").text("cut_at", text).row(),
        Normalize::Prefix {
            text,
            unless,
            keep_empty,
        } => Record::new("Normalize")
            .text("prefix", text)
            .text("unless", unless)
            .flag("keep_empty", *keep_empty)
            .row(),
    }
}

/// What a type says of its values.
fn type_limits(plan: &Plan<'_>, ty: &Type) -> Vec<Row> {
    let kind = |name| Record::new("Limit").set("kind", Row::Word("Limit", name));
    match ty {
        Type::Scalar(scalar) => vec![
            kind("Scalar")
                .set("dialect", Row::Dialect(scalar.dialect))
                .flag("allow_empty", scalar.allow_empty)
                .maybe("layer", layer(Layer::Admission))
                .row(),
        ],
        Type::Bytes => vec![kind("Base64").row()],
        Type::Ref(id) => match plan.view.get(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(body)) => vec![
                kind("Enum")
                    .set("choice", Row::Choice(*id))
                    .maybe("level", level(body.level))
                    .maybe("layer", layer(body.layer))
                    .row(),
            ],
            Some(TypeBody::Refined(inner, limits)) => {
                let mut all = type_limits(plan, inner);
                // Whether a field must be filled is for the field to say.
                let of_value = limits
                    .iter()
                    .filter(|one| !matches!(one.kind, ConstraintKind::Filled));
                all.extend(of_value.map(limit));
                all
            }
            Some(TypeBody::Object(_)) | None => Vec::new(),
        },
        Type::Bool
        | Type::Int { .. }
        | Type::Float64
        | Type::String
        | Type::List(_)
        | Type::Map(_)
        | Type::Any
        | Type::AnyObject
        | Type::IntOrString => Vec::new(),
    }
}

/// The shape of a list's items or a map's values, if there is anything to check.
fn entries(plan: &Plan<'_>, ty: &Type) -> Option<Row> {
    let (Type::List(inner) | Type::Map(inner)) = plan.view.base(ty) else {
        return None;
    };
    let limits = type_limits(plan, inner);
    let deeper = entries(plan, inner);
    if limits.is_empty() && deeper.is_none() {
        return None;
    }
    Some(
        Record::new("Shape")
            .list("limits", "Limit", limits)
            .maybe("entries", deeper)
            .row(),
    )
}

/// The values of an enum.
pub(crate) fn choice(plan: &Plan<'_>, id: TypeId, def: &TypeDef, body: &Enum) -> Row {
    let platform = plan
        .package(def.package)
        .map_or("", |package| package.platform.as_str());
    let all = match plan.view.all.get(id).map(|def| &def.body) {
        Some(TypeBody::Enum(all)) => all.values.as_slice(),
        _ => &[],
    };
    let values: Vec<String> = body.values.iter().map(|one| one.value.clone()).collect();
    let gone: Vec<_> = all
        .iter()
        .filter(|old| !values.contains(&old.value))
        .filter_map(|old| {
            let until = old.life.until.as_ref()?;
            Some((old.value.clone(), format!("{platform} {until}")))
        })
        .collect();
    let deprecated = body
        .values
        .iter()
        .filter_map(|one| deprecated(&one.value, &one.life))
        .collect();
    let mut record = Record::new("Choice")
        .set("values", Row::Texts(values))
        .flag("allow_empty", body.allow_empty);
    if !gone.is_empty() {
        record = record.set("gone", Row::Pairs(gone));
    }
    record.list("deprecated", "Deprecated", deprecated).row()
}

fn deprecated(name: &str, life: &Life) -> Option<Row> {
    let known = life.deprecated.as_ref()?;
    let since = known.since.as_ref().map(ToString::to_string);
    Some(
        Record::new("Deprecated")
            .text("name", name)
            .text("since", since.as_deref().unwrap_or(""))
            .text("instead", known.instead.as_deref().unwrap_or(""))
            .text("note", known.note.as_deref().unwrap_or(""))
            .row(),
    )
}

/// The level, if it is not the usual one.
pub(super) fn level(level: Level) -> Option<Row> {
    match level {
        Level::Error => None,
        Level::Warning => Some(Row::Word("Level", "Warning")),
    }
}

/// The layer, if it is not the usual one.
pub(super) fn layer(layer: Layer) -> Option<Row> {
    match layer {
        Layer::Structure => None,
        Layer::Admission => Some(Row::Word("Layer", "Admission")),
    }
}

fn limit(constraint: &Constraint) -> Row {
    let count = |count: &Option<u64>| count.map(Row::Count);
    let kind = |name| Record::new("Limit").set("kind", Row::Word("Limit", name));
    let record = match &constraint.kind {
        ConstraintKind::Range { min, max } => kind("Range")
            .maybe("min", min.as_ref().map(bound))
            .maybe("max", max.as_ref().map(bound)),
        ConstraintKind::Length { min, max } => kind("Length")
            .maybe("least", count(min))
            .maybe("most", count(max)),
        ConstraintKind::Items { min, max } => kind("Items")
            .maybe("least", count(min))
            .maybe("most", count(max)),
        ConstraintKind::Pattern(pattern) => kind("Pattern").text("pattern", pattern),
        ConstraintKind::MultipleOf(step) => kind("MultipleOf").set("step", Row::Float(*step)),
        ConstraintKind::UniqueItems => kind("UniqueItems"),
        ConstraintKind::ToldApart(by) => kind("ToldApart").texts("values", by),
        ConstraintKind::Filled => kind("Filled"),
        ConstraintKind::Grammar {
            dialect,
            allow_empty,
        } => kind("Grammar")
            .set("dialect", Row::Dialect(*dialect))
            .flag("allow_empty", *allow_empty),
        ConstraintKind::OneOf(values) => kind("OneOf").texts("values", values),
    };
    record
        .maybe("level", level(constraint.level))
        .maybe("layer", layer(constraint.layer))
        .row()
}

fn bound(bound: &Bound) -> Row {
    Record::new("Bound")
        .set("value", Row::Float(bound.value))
        .text("text", &bound.text)
        .flag("exclusive", bound.exclusive)
        .row()
}
