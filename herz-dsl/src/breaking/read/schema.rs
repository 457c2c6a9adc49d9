//! Schema objects of OpenAPI 3.0 and 3.1, of CRDs and of JSON Schema, into the model.

use super::Reader;
use super::keywords::{self, Keyword};
use super::parts::{bound, conditions, discriminator, flag, life, open_enum, rules, types_of};
use crate::breaking::merge;
use crate::breaking::model::{
    Additional, Enumeration, Id, Property, Reference, Schema, Types, Union, UnionKind,
};
use crate::breaking::value::{Decimal, Value};
use crate::source::Span;
use crate::tree::{Entry, Node, Resolved};
use std::collections::BTreeMap;

impl<'t> Reader<'t> {
    /// Reads a schema and everything below it.
    pub(super) fn schema(&mut self, node: Node<'t>) -> Id {
        let schema = self.schema_value(node);
        self.schemas.add(schema)
    }

    pub(super) fn schema_value(&mut self, node: Node<'t>) -> Schema {
        let mut schema = Schema {
            span: node.place(),
            ..Schema::default()
        };
        if self.depth > 120 {
            return schema;
        }
        match node.resolved() {
            Resolved::Bool(true) => return schema,
            Resolved::Bool(false) => {
                schema.types = Some(Types::NONE);
                return schema;
            }
            _ => {}
        }
        self.depth += 1;
        let lone_reference = !self.siblings_count && node.get("$ref").is_some();
        for entry in node.entries() {
            if lone_reference && entry.key.text != "$ref" {
                continue;
            }
            self.keyword(&mut schema, entry, node);
        }
        self.finish(&mut schema);
        self.depth -= 1;
        schema
    }

    fn keyword(&mut self, schema: &mut Schema, entry: Entry<'t>, whole: Node<'t>) {
        let value = entry.value;
        let key = entry.key.text;
        let Some((name, keyword)) = keywords::find(key) else {
            if !keywords::is_tool_mark(key) {
                schema
                    .rest
                    .insert(key.to_owned(), (Value::read(value), span_of(entry)));
            }
            return;
        };
        schema.spans.push((name, span_of(entry)));
        match keyword {
            Keyword::Reference => self.reference(schema, value),
            Keyword::Type => schema.types = Some(types_of(value)),
            Keyword::Nullable => schema.nullable = Some(is_true(value)),
            Keyword::IntOrString => schema.int_or_string = is_true(value),
            Keyword::Format => schema.format = value.text().map(str::to_owned),
            Keyword::Unit => schema.unit = Some(Value::read(value).plain()),
            Keyword::Encoding => {
                let text = format!("{name}={}", Value::read(value).plain());
                let all = schema.encoding.get_or_insert_with(String::new);
                if !all.is_empty() {
                    all.push(' ');
                }
                all.push_str(&text);
            }
            Keyword::Enum => {
                let values = value.items().map(Value::read).collect();
                schema.enumeration = Some(Enumeration {
                    values,
                    open: false,
                });
            }
            Keyword::OpenEnum => open_enum(schema, value),
            Keyword::EnumAliases => {
                for alias in value.entries() {
                    let target = Value::read(alias.value).plain();
                    schema
                        .enum_aliases
                        .insert(alias.key.text.to_owned(), target);
                }
            }
            Keyword::EnumDeprecated => {
                schema.enum_deprecated = Value::read(value).texts().into_iter().collect();
            }
            Keyword::Constant => schema.constant = Some(Value::read(value)),
            Keyword::Bound => bound(schema, name, value, whole),
            Keyword::Count => {
                if let Resolved::Int(number) = value.resolved()
                    && let Ok(number) = u64::try_from(number)
                {
                    // A least number of nothing, and a greatest beyond all memory, say nothing.
                    if !(name.starts_with("min") && number == 0) {
                        schema.counts.insert(name, number);
                    }
                }
            }
            Keyword::MultipleOf => {
                schema.multiple_of = value
                    .scalar()
                    .and_then(|scalar| Decimal::parse(scalar.text));
            }
            Keyword::Unique => schema.unique = is_true(value),
            Keyword::Pattern => {
                schema.pattern = value
                    .text()
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned);
            }
            Keyword::Flag => flag(schema, name, is_true(value)),
            Keyword::Default => schema.default = Some(Value::read(value)),
            Keyword::Doc => {
                schema.docs.insert(name.to_owned(), Value::read(value));
            }
            Keyword::Life => life(&mut schema.life, name, value),
            Keyword::Ignored => {}
            Keyword::Structure => self.structure(schema, name, value),
        }
    }

    /// Keywords that hold schemas, and what belongs to lists, maps and unions.
    fn structure(&mut self, schema: &mut Schema, name: &'static str, value: Node<'t>) {
        match name {
            "properties" => {
                for (order, property) in value.entries().enumerate() {
                    let id = self.schema(property.value);
                    let property_name = property.key.text.to_owned();
                    let property = Property {
                        schema: id,
                        span: span_of(property),
                        order,
                        life: (None, None),
                    };
                    schema.properties.insert(property_name, property);
                }
            }
            "patternProperties" => {
                for property in value.entries() {
                    let id = self.schema(property.value);
                    schema
                        .pattern_properties
                        .insert(property.key.text.to_owned(), id);
                }
            }
            "required" => {
                schema.required = value
                    .items()
                    .filter_map(Node::text)
                    .map(str::to_owned)
                    .collect();
            }
            "additionalProperties" => {
                schema.additional = match value.resolved() {
                    Resolved::Bool(true) => Additional::Open,
                    Resolved::Bool(false) => Additional::Closed,
                    _ if value.entries().next().is_none() => Additional::Open,
                    _ => Additional::Schema(self.schema(value)),
                };
            }
            "unevaluatedProperties" if value.resolved() == Resolved::Bool(false) => {
                schema.additional = Additional::Closed;
            }
            "propertyNames" => schema.property_names = Some(self.schema(value)),
            // The JSON Schema of old: a list of schemas is a tuple.
            "items" | "prefixItems" if value.is_list() => {
                schema.tuple = value.items().map(|item| self.schema(item)).collect();
            }
            "items" => schema.items = Some(self.schema(value)),
            "not" => schema.not = Some(self.schema(value)),
            "oneOf" | "anyOf" => {
                let kind = if name == "oneOf" {
                    UnionKind::OneOf
                } else {
                    UnionKind::AnyOf
                };
                self.union(schema, kind, value);
            }
            "allOf" => {
                for part in value.items() {
                    let part = self.schema_value(part);
                    if !merge::lay_in(schema, &part) {
                        let id = self.schemas.add(part);
                        schema.conjuncts.push(id);
                    }
                }
            }
            "discriminator" => discriminator(schema, value),
            "x-kubernetes-list-type" => schema.list_type = value.text().map(str::to_owned),
            "x-kubernetes-map-type" => schema.map_type = value.text().map(str::to_owned),
            "x-kubernetes-list-map-keys" => schema.list_map_keys = Value::read(value).texts(),
            "x-kubernetes-validations" | "x-herz-rules" => rules(schema, value),
            "dependentRequired" | "dependencies" | "dependentSchemas" | "if" | "then" | "else" => {
                conditions(schema, name, value);
            }
            "x-herz-aliases" => schema.aliases = Value::read(value).texts().into_iter().collect(),
            "x-herz-reserved" => {
                for item in value.items() {
                    let (name, ty) = match item.get("name") {
                        Some(name) => (name, item.get("type").map(|ty| Value::read(ty).plain())),
                        None => (item, None),
                    };
                    schema.reserved.insert(Value::read(name).plain(), ty);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, schema: &mut Schema, value: Node<'t>) {
        let Some(text) = value.text() else { return };
        let name = self.reference_name(text, value.place());
        schema.references.push(Reference {
            name,
            span: value.place(),
        });
    }

    /// Unions: a branch that is only null makes the rest nullable, and a union of one is no union.
    fn union(&mut self, schema: &mut Schema, kind: UnionKind, value: Node<'t>) {
        let span = value.place();
        let mut branches = Vec::new();
        let mut null = false;
        for item in value.items() {
            let branch = self.schema_value(item);
            if branch.types == Some(Types::NULL) && branch.docs.is_empty() {
                null = true;
            } else {
                branches.push(branch);
            }
        }
        if let [only] = branches.as_slice()
            && merge::lay_in(schema, only)
        {
            if null {
                schema.nullable = Some(true);
            }
            return;
        }
        if null {
            schema.nullable = Some(true);
        }
        let branches = branches
            .into_iter()
            .map(|branch| self.schemas.add(branch))
            .collect();
        schema.unions.push(Union {
            kind,
            branches,
            span,
        });
    }

    /// What only the whole schema tells.
    fn finish(&mut self, schema: &mut Schema) {
        if schema.int_or_string {
            // The union that CRDs write beside the mark says the same thing again.
            schema.unions.clear();
            schema.types = Some(Types::INTEGER.union(Types::STRING));
        }
        // An unset list type means atomic, an unset map type granular.
        if schema.list_type.as_deref() == Some("atomic") {
            schema.list_type = None;
        }
        if schema.map_type.as_deref() == Some("granular") {
            schema.map_type = None;
        }
        if schema.open_union
            && let Some(enumeration) = &mut schema.enumeration
        {
            enumeration.open = true;
        }
        if let (Some(nullable), Some(types)) = (schema.nullable, schema.types) {
            let null = if nullable {
                types.union(Types::NULL)
            } else {
                types
            };
            schema.types = Some(null);
        }
        let mapping = schema.discriminator.as_ref().map(|it| it.mapping.clone());
        let span = schema.at("discriminator");
        let mapping = mapping
            .unwrap_or_default()
            .into_iter()
            .map(|(tag, target)| {
                let pointer = target.contains('/') || target.contains('#');
                let name = if pointer {
                    self.reference_name(&target, span)
                } else {
                    target
                };
                (tag, name)
            });
        let mapping: BTreeMap<String, String> = mapping.collect();
        if let Some(discriminator) = &mut schema.discriminator {
            discriminator.mapping = mapping;
        }
    }
}

/// From a key to the end of its value.
pub(super) fn span_of(entry: Entry<'_>) -> Span {
    let value = entry.value.place();
    if value.source == entry.key.span.source && value.end > entry.key.span.end {
        Span {
            end: value.end,
            ..entry.key.span
        }
    } else {
        entry.key.span
    }
}

pub(super) fn is_true(node: Node<'_>) -> bool {
    node.resolved() == Resolved::Bool(true)
}
