//! Schema packages into the model: the third front end, beside OpenAPI and CRDs.
//!
//! Every named type is a named schema; `spec` and `status` of a kind are compared under the kind.
//! A catalog has no places: [`super::Report::locate`] finds them afterwards.

mod advice;
mod idle;
mod kind;
mod limits;
mod reads;
mod rules;

use super::model::{Additional, Enumeration, Id, Property, Reference, Schema, Types};
use super::read::Side;
use super::value::{Decimal, Value};
use crate::catalog::{
    self, Catalog, Constraint, ConstraintKind, DefaultValue, Field, Fill, Layer, Life, Literal,
    Object, PackageId, Semantics, Targets, Type, TypeBody, TypeDef, TypeId, Zero,
};
use crate::source::Span;
use herz_types::Level;
use limits::limits;
use rules::{cross_rules, of_union};
use std::collections::{BTreeMap, BTreeSet};

/// One side: the kinds of a package (of all, if none is named) at the targets' releases.
pub(super) fn side(catalog: &Catalog, targets: &Targets, package: Option<&str>) -> Side {
    let catalog = catalog.at(targets);
    let by_structure = advice::by_structure(&catalog);
    let catalog = &advice::told_as_advice(catalog);
    let mut reader = Reader {
        catalog,
        targets,
        package,
        by_structure,
        side: Side {
            defaults_first: true,
            ..Side::default()
        },
    };
    let ids: Vec<Id> = catalog
        .types
        .iter()
        .map(|_| reader.side.schemas.add(Schema::default()))
        .collect();
    for (def, id) in catalog.types.iter().zip(&ids) {
        reader.side.schemas.components.insert(reader.name(def), *id);
    }
    for ((at, def), id) in catalog.types.iter().enumerate().zip(&ids) {
        let is_by_structure = reader.by_structure.contains(&advice::id_of(at));
        let schema = reader.named(def, is_by_structure);
        reader.side.schemas.set(*id, schema);
    }
    for kind in &catalog.kinds {
        let Some(owner) = catalog.package(kind.package) else {
            continue;
        };
        if package.is_none_or(|name| name == owner.name) {
            let read = reader.kind(kind, owner);
            reader
                .side
                .kinds
                .insert((read.group.clone(), read.name.clone()), read);
        }
    }
    reader.side
}

struct Reader<'c> {
    catalog: &'c Catalog,
    targets: &'c Targets,
    package: Option<&'c str>,
    /// The types that some values are judged by where admission does not look.
    by_structure: BTreeSet<TypeId>,
    side: Side,
}

impl Reader<'_> {
    /// Names are unique in a package only; those of the package that is compared need no prefix.
    fn name(&self, def: &TypeDef) -> String {
        match self.catalog.package(def.package) {
            Some(package) if self.package != Some(package.name.as_str()) => {
                format!("{}/{}", package.name, def.name)
            }
            _ => def.name.clone(),
        }
    }

    fn named(&mut self, def: &TypeDef, is_by_structure: bool) -> Schema {
        let mut schema = match &def.body {
            TypeBody::Object(object) => self.object(object, def.package, is_by_structure),
            TypeBody::Enum(one) => {
                let mut values: Vec<Value> = one
                    .values
                    .iter()
                    .map(|it| Value::Text(it.value.clone()))
                    .collect();
                if one.allow_empty {
                    values.push(Value::Text(String::new()));
                }
                let gone = one
                    .values
                    .iter()
                    .filter(|it| self.deprecated(&it.life, def.package));
                Schema {
                    types: Some(Types::STRING),
                    enum_deprecated: gone.map(|it| it.value.clone()).collect(),
                    enumeration: Some(Enumeration {
                        values,
                        open: one.level == Level::Warning,
                    }),
                    layers: BTreeMap::from([("enum".to_owned(), one.layer == Layer::Admission)]),
                    ..Schema::default()
                }
            }
            TypeBody::Refined(ty, constraints) => {
                let mut schema = self.ty(ty);
                limits(&mut self.side.schemas, &mut schema, constraints);
                schema
            }
        };
        schema
            .docs
            .insert("description".into(), Value::Text(def.doc.clone()));
        schema.life.deprecated = self.deprecated(&def.life, def.package);
        schema
    }

    fn object(&mut self, object: &Object, package: PackageId, is_by_structure: bool) -> Schema {
        let mut schema = Schema {
            types: Some(Types::OBJECT),
            // Unknown fields are an error to Herz and dropped by a cluster, so a new field of a
            // status breaks no reader; only fields that are kept as data are told apart.
            preserve_unknown: object.open,
            map_type: object.atomic.as_ref().map(|_| "atomic".to_owned()),
            reserved: object
                .reserved
                .iter()
                .map(|name| (name.clone(), None))
                .collect(),
            rules: cross_rules(&object.rules),
            ..Schema::default()
        };
        let asked_for: BTreeSet<String> = schema
            .rules
            .iter()
            .filter(|it| it.error && (it.rest.is_empty() || !is_by_structure))
            .flat_map(|it| it.needs.iter().cloned())
            .collect();
        for (order, field) in object.fields.iter().enumerate() {
            let mut read = self.field(field, package, is_by_structure);
            if field.default.is_none() && asked_for.contains(&field.wire) {
                // Null counts as absent to the rules of an object.
                read.nullable = None;
                read.types = read.types.map(|types| types.without(Types::NULL));
                if let Some(list) = &mut read.enumeration {
                    list.values.retain(|it| *it != Value::Null);
                }
            }
            let property = Property {
                schema: self.side.schemas.add(read),
                span: Span::default(),
                order,
                life: (field.life.since.clone(), field.life.until.clone()),
            };
            schema.properties.insert(field.wire.clone(), property);
            if field.required {
                schema.required.insert(field.wire.clone());
            }
        }
        if let Some(union) = &object.union {
            schema.rules.extend(of_union(union));
            if union.selected_only {
                say(&mut schema, "selectedOnly", &union.tag);
            }
        }
        schema
    }

    /// The enum of a field that says of its own what becomes of the empty text: where that must be filled, it
    /// is no value; where a default stands in for it before the values are looked at, it is as good as listed.
    fn own_values(&mut self, field: &Field, is_by_structure: bool) -> Option<Schema> {
        let Type::Ref(id) = &field.ty else {
            return None;
        };
        let def = self.catalog.get(*id)?;
        let TypeBody::Enum(body) = &def.body else {
            return None;
        };
        let is_replaced = field.default.as_ref().is_some_and(|default| {
            let before = default.layer == Layer::Structure || body.layer == Layer::Admission;
            default.fill == Fill::Empty && before
        });
        let filled = |limit: &Constraint| {
            let counts = limit.layer == Layer::Structure
                || body.layer == Layer::Admission
                || !is_by_structure;
            matches!(limit.kind, ConstraintKind::Filled) && limit.level == Level::Error && counts
        };
        if !is_replaced && !field.constraints.iter().any(filled) {
            return None;
        }
        let mut schema = self.named(def, is_by_structure);
        let empty = Value::Text(String::new());
        if let Some(list) = &mut schema.enumeration
            && is_replaced
            && !list.values.contains(&empty)
        {
            list.values.push(empty);
        }
        Some(schema)
    }

    fn field(&mut self, field: &Field, package: PackageId, is_by_structure: bool) -> Schema {
        let mut schema = self
            .own_values(field, is_by_structure)
            .unwrap_or_else(|| self.ty(&field.ty));
        // Where null stands for «absent», it is a value of every field that may be absent.
        let lenient = self
            .catalog
            .package(package)
            .is_some_and(|it| it.lenient_null);
        if field.nullable || (lenient && !field.required) {
            schema.nullable = Some(true);
            schema.types = schema.types.map(|types| types.union(Types::NULL));
        }
        limits(&mut self.side.schemas, &mut schema, &field.constraints);
        // A list of texts says nothing of null.
        if schema
            .types
            .is_some_and(|types| types.contains(Types::NULL))
            && let Some(list) = &mut schema.enumeration
        {
            list.values.push(Value::Null);
        }
        schema.default = field.default.as_ref().map(|default| match &default.value {
            DefaultValue::Literal(literal) => value(literal),
            DefaultValue::Generated(how) => Value::Text(format!("<{how}>")),
        });
        schema.late_default = field.default.is_some() && field.structure_default().is_none();
        if let Some(default) = &field.default
            && (default.fill != Fill::Absent || default.layer != Layer::Structure)
        {
            let how = format!("{:?} by {:?}", default.fill, default.layer);
            say(&mut schema, "default.fill", &how);
        }
        if field.semantics != Semantics::Full {
            say(&mut schema, "semantics", &format!("{:?}", field.semantics));
        }
        if field.zero != Zero::Kept {
            say(&mut schema, "zero", &format!("{:?}", field.zero));
        }
        if let Some(normalize) = &field.normalize {
            say(&mut schema, "normalize", &format!("{normalize:?}"));
        }
        schema.aliases = field.aliases.iter().cloned().collect();
        schema.immutable = field.immutable;
        schema.sensitive = field.sensitive;
        schema.life.deprecated = self.deprecated(&field.life, package);
        schema
            .docs
            .insert("description".into(), Value::Text(field.doc.clone()));
        match &field.merge {
            Some((catalog::Merge::Set, _)) => schema.list_type = Some("set".into()),
            Some((catalog::Merge::By(keys), _)) => {
                schema.list_type = Some("map".into());
                schema.list_map_keys.clone_from(keys);
            }
            Some((catalog::Merge::Atomic, _)) if matches!(field.ty, Type::Map(_)) => {
                schema.map_type = Some("atomic".into());
            }
            _ => {}
        }
        schema
    }

    fn ty(&mut self, ty: &Type) -> Schema {
        let of = |types: Types| Schema {
            types: Some(types),
            ..Schema::default()
        };
        match ty {
            Type::Bool => of(Types::BOOL),
            Type::Int { bits, signed, .. } => Schema {
                format: Some(format!("{}int{bits}", if *signed { "" } else { "u" })),
                ..of(Types::INTEGER)
            },
            Type::Float64 => Schema {
                format: Some("double".into()),
                ..of(Types::NUMBER)
            },
            Type::String => of(Types::STRING),
            Type::Bytes => Schema {
                format: Some("byte".into()),
                ..of(Types::STRING)
            },
            Type::Scalar(scalar) => {
                let empty = if scalar.allow_empty { "?" } else { "" };
                let format = Some(format!("{}{empty}", scalar.dialect.name()));
                Schema {
                    format,
                    ..of(Types::STRING)
                }
            }
            Type::List(item) => {
                let item = self.ty(item);
                Schema {
                    items: Some(self.side.schemas.add(item)),
                    ..of(Types::ARRAY)
                }
            }
            Type::Map(entry) => {
                let entry = self.ty(entry);
                let entry = self.side.schemas.add(entry);
                Schema {
                    additional: Additional::Schema(entry),
                    ..of(Types::OBJECT)
                }
            }
            Type::Ref(id) => {
                let name = self
                    .catalog
                    .get(*id)
                    .map(|def| self.name(def))
                    .unwrap_or_default();
                let references = vec![Reference {
                    name,
                    span: Span::default(),
                }];
                Schema {
                    references,
                    ..Schema::default()
                }
            }
            Type::Any => Schema::default(),
            Type::AnyObject => Schema {
                preserve_unknown: true,
                ..of(Types::OBJECT)
            },
            Type::IntOrString => Schema {
                int_or_string: true,
                ..of(Types::INTEGER.union(Types::STRING))
            },
        }
    }

    /// Whether the release discourages it.
    fn deprecated(&self, life: &Life, package: PackageId) -> bool {
        let Some(package) = self.catalog.package(package) else {
            return false;
        };
        let release = self.targets.release(package);
        let since = life.deprecated.as_ref().map(|it| it.since.as_ref());
        since.is_some_and(|since| since.is_none_or(|since| since <= release))
    }
}

fn value(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(it) => Value::Bool(*it),
        Literal::Int(it) => Value::Number(Decimal::whole(i128::from(*it))),
        Literal::Float(it) => Decimal::parse(&it.to_string()).map_or(Value::Null, Value::Number),
        Literal::Text(it) => Value::Text(it.clone()),
        Literal::List(items) => Value::List(items.iter().map(value).collect()),
        Literal::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, it)| (key.clone(), value(it)))
                .collect(),
        ),
    }
}

/// Notes what no rule of the comparison knows: if it differs, that is told as such.
fn say(schema: &mut Schema, key: &str, text: &str) {
    let value = (Value::Text(text.to_owned()), Span::default());
    schema.rest.insert(key.to_owned(), value);
}
