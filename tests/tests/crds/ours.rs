//! The CRD that a kind of the catalog comes to.

use herz_dsl::catalog::{
    Catalog, Column, Constraint, ConstraintKind, DefaultValue, Enum, Field, Kind, Layer, Literal,
    Merge, Object, Scope, Subresources, Type, TypeBody, TypeId,
};
use herz_dsl::diagnostic::Level;
use herz_types::scalar::Dialect;
use semver::Version;
use serde_json::{Value, json};

/// The parts that are compared, as [`super::shipped`] has them.
pub(crate) fn crd(catalog: &Catalog, kind: &Kind, release: &Version) -> Value {
    let of = Structure { catalog, release };
    let package = catalog.package(kind.package).expect("a package");
    let mut schema = json!({
        "type": "object",
        "properties": {
            "apiVersion": { "type": "string" },
            "kind": { "type": "string" },
            "metadata": { "type": "object" },
            "spec": of.named(kind.spec),
        },
    });
    if kind.spec_required {
        schema["required"] = json!(["spec"]);
    }
    if let Some(status) = kind.status {
        schema["properties"]["status"] = of.named(status);
    }
    let singular = kind.name.to_lowercase();
    let mut names = json!({
        "kind": kind.name,
        "listKind": format!("{}List", kind.name),
        "plural": kind.plural,
        "singular": singular,
    });
    if !kind.short.is_empty() {
        names["shortNames"] = json!(kind.short);
    }
    let scope = match kind.scope {
        Scope::Namespaced => "Namespaced",
        Scope::Cluster => "Cluster",
    };
    let mut out = json!({
        "group": package.group,
        "version": package.api_version,
        "names": names,
        "scope": scope,
        "schema": schema,
    });
    match kind.subresources {
        Subresources::Absent => {}
        Subresources::Empty => out["subresources"] = json!({}),
        Subresources::Status => out["subresources"] = json!({ "status": {} }),
    }
    if !kind.columns.is_empty() {
        let column = |column: &Column| json!({ "jsonPath": format!(".{}", column.path), "name": column.name, "type": column.cell });
        out["additionalPrinterColumns"] = kind.columns.iter().map(column).collect();
    }
    out
}

struct Structure<'a> {
    catalog: &'a Catalog,
    release: &'a Version,
}

impl Structure<'_> {
    fn named(&self, id: TypeId) -> Value {
        match &self.catalog.get(id).expect("a type").body {
            TypeBody::Object(object) => self.object(object),
            TypeBody::Enum(one) => self.one_of(one),
            TypeBody::Refined(ty, limits) => {
                let mut schema = self.ty(ty);
                limited(&mut schema, ty, limits);
                schema
            }
        }
    }

    fn object(&self, object: &Object) -> Value {
        let mut schema = json!({ "type": "object" });
        let mut required: Vec<&str> = object
            .fields
            .iter()
            .filter(|f| f.required)
            .map(|f| f.wire.as_str())
            .collect();
        required.sort_unstable();
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        if !object.fields.is_empty() {
            let fields = object
                .fields
                .iter()
                .map(|field| (field.wire.clone(), self.field(field)));
            schema["properties"] = Value::Object(fields.collect());
        }
        if object.open {
            schema["x-kubernetes-preserve-unknown-fields"] = json!(true);
        }
        if object.atomic.is_some() {
            schema["x-kubernetes-map-type"] = json!("atomic");
        }
        schema
    }

    fn one_of(&self, one: &Enum) -> Value {
        let mut schema = json!({ "type": "string" });
        if one.layer == Layer::Structure && one.level == Level::Error {
            let values = one
                .values
                .iter()
                .filter(|value| value.life.covers(self.release));
            schema["enum"] = values.map(|value| json!(value.value)).collect();
        }
        schema
    }

    fn field(&self, field: &Field) -> Value {
        let mut schema = self.ty(&field.ty);
        limited(&mut schema, &field.ty, &field.constraints);
        if field.nullable {
            schema["nullable"] = json!(true);
        }
        if let Some(default) = field
            .default
            .as_ref()
            .filter(|default| default.layer == Layer::Structure)
        {
            let DefaultValue::Literal(value) = &default.value else {
                panic!("a CRD has no generated defaults")
            };
            schema["default"] = literal(value);
        }
        match &field.merge {
            None => {}
            Some((Merge::Atomic, _)) if schema["type"] == "object" => {
                schema["x-kubernetes-map-type"] = json!("atomic");
            }
            Some((Merge::Atomic, _)) => schema["x-kubernetes-list-type"] = json!("atomic"),
            Some((Merge::Set, _)) => schema["x-kubernetes-list-type"] = json!("set"),
            Some((Merge::By(keys), _)) => {
                schema["x-kubernetes-list-type"] = json!("map");
                schema["x-kubernetes-list-map-keys"] = json!(keys);
            }
        }
        schema
    }

    fn ty(&self, ty: &Type) -> Value {
        match ty {
            Type::Bool => json!({ "type": "boolean" }),
            Type::Int { bits, format, .. } => match (bits, format) {
                (32 | 64, true) => json!({ "type": "integer", "format": format!("int{bits}") }),
                _ => json!({ "type": "integer" }),
            },
            Type::Float64 => json!({ "type": "number" }),
            Type::Bytes => json!({ "type": "string", "format": "byte" }),
            Type::Scalar(scalar) if scalar.dialect == Dialect::Timestamp => {
                json!({ "type": "string", "format": "date-time" })
            }
            Type::String | Type::Scalar(_) => json!({ "type": "string" }),
            Type::List(item) => json!({ "type": "array", "items": self.ty(item) }),
            Type::Map(value) => json!({ "type": "object", "additionalProperties": self.ty(value) }),
            Type::Ref(id) => self.named(*id),
            Type::Any => json!({ "x-kubernetes-preserve-unknown-fields": true }),
            Type::AnyObject => {
                json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true })
            }
            Type::IntOrString => json!({
                "anyOf": [{ "type": "integer" }, { "type": "string" }],
                "x-kubernetes-int-or-string": true,
            }),
        }
    }
}

/// A limit as JSON writes it: whole numbers without a point.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a whole number below 2^53 is one in both types"
)]
fn number(value: f64) -> Value {
    if value.fract() == 0.0 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// Adds the limits that stand in a CRD.
fn limited(schema: &mut Value, ty: &Type, limits: &[Constraint]) {
    for limit in limits
        .iter()
        .filter(|limit| limit.layer == Layer::Structure && limit.level == Level::Error)
    {
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                schema[key] = value;
            }
        };
        match &limit.kind {
            // A range of a text with a grammar is a range of what it stands for.
            ConstraintKind::Range { .. } if matches!(ty, Type::Scalar(_)) => {}
            ConstraintKind::Range { min, max } => {
                let exclusive = |bound: bool| bound.then_some(json!(true));
                put("minimum", min.as_ref().map(|min| number(min.value)));
                put(
                    "exclusiveMinimum",
                    min.as_ref().and_then(|min| exclusive(min.exclusive)),
                );
                put("maximum", max.as_ref().map(|max| number(max.value)));
                put(
                    "exclusiveMaximum",
                    max.as_ref().and_then(|max| exclusive(max.exclusive)),
                );
            }
            ConstraintKind::Length { min, max } => {
                put("minLength", min.map(|min| json!(min)));
                put("maxLength", max.map(|max| json!(max)));
            }
            ConstraintKind::Items { min, max } => {
                put("minItems", min.map(|min| json!(min)));
                put("maxItems", max.map(|max| json!(max)));
            }
            ConstraintKind::Pattern(pattern) => put("pattern", Some(json!(pattern))),
            ConstraintKind::MultipleOf(step) => put("multipleOf", Some(number(*step))),
            ConstraintKind::UniqueItems => put("uniqueItems", Some(json!(true))),
            ConstraintKind::Filled | ConstraintKind::Grammar { .. } | ConstraintKind::OneOf(_) => {}
        }
    }
}

fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null => Value::Null,
        Literal::Bool(value) => json!(value),
        Literal::Int(value) => json!(value),
        Literal::Float(value) => json!(value),
        Literal::Text(text) => json!(text),
        Literal::List(items) => items.iter().map(literal).collect(),
        Literal::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), literal(value)))
                .collect(),
        ),
    }
}
