//! Types and limits of OpenAPI schemas.

use super::{HERZ, Importer, refuse};
use crate::catalog::{Layer, ScalarType, Type};
use crate::schema::Reader;
use crate::schema::enums::{EnumDecl, EnumValueDecl};
use crate::schema::life::LifeDecl;
use crate::schema::limit::{LimitDecl, LimitKeyword};
use crate::schema::read::Map;
use crate::schema::type_expr::{TypeExpr, TypeExprKind};
use crate::schema::typedef::{TypeBodyDecl, TypeDecl};
use crate::schema::value::{Data, Text, Value};
use crate::source::Span;
use crate::tree::Resolved;
use herz_types::Level;
use herz_types::scalar::Dialect;

impl Importer<'_> {
    pub(super) fn enumeration(&mut self, map: Map<'_>) -> Option<EnumDecl> {
        let list = map.get("enum")?;
        let texts = self.reader.texts(list, "enum")?;
        let allow_empty = texts.iter().any(|text| text.text.is_empty());
        let values = texts
            .into_iter()
            .filter(|text| !text.text.is_empty())
            .map(|text| EnumValueDecl {
                span: text.span,
                value: text,
                doc: String::new(),
                name: None,
                requires: None,
                allows: None,
                life: LifeDecl::default(),
            });
        Some(EnumDecl {
            values: values.collect(),
            layer: Layer::Structure,
            level: Level::Error,
            allow_empty,
            span: list.span,
        })
    }

    /// The type of a schema; an inline object becomes a type of its own, named `inner`.
    pub(super) fn type_of(&mut self, inner: &str, map: Map<'_>) -> Option<TypeExpr> {
        let plain = |ty: Type, span: Span| Some(TypeExpr::plain(ty, span));
        if let Some(value) = map.get("$ref") {
            let text = self.reader.text(value, "$ref")?;
            if let Some(name) = text.text.strip_prefix("#/components/schemas/") {
                let kind = TypeExprKind::Name(vec![Text::new(name, text.span)]);
                return Some(TypeExpr {
                    kind,
                    span: text.span,
                });
            }
            refuse(
                self.reader,
                text.span,
                "an import follows references to `#/components/schemas/…` only".to_owned(),
                None,
            );
            return None;
        }
        if map.flag(self.reader, "x-kubernetes-int-or-string") {
            return plain(Type::IntOrString, map.span);
        }
        if !map.has("type") {
            if map.flag(self.reader, "x-kubernetes-preserve-unknown-fields") {
                return plain(Type::Any, map.span);
            }
            self.reader.missing("a schema", "type", map.head());
            return None;
        }
        let format = map.read(self.reader, "format", Reader::text);
        let format = format.as_ref().map(Text::as_str);
        let int = |bits, signed, format| Type::Int {
            bits,
            signed,
            format,
        };
        let at = map.get("type").map_or(map.span, |value| value.span);
        let ty = match self.word(
            map,
            "type",
            &["string", "integer", "number", "boolean", "array", "object"],
        )? {
            "boolean" => Type::Bool,
            "number" => Type::Float64,
            "integer" => match format {
                Some("int32") => int(32, true, true),
                Some("int64") => int(64, true, true),
                Some("uint32") => int(32, false, true),
                Some("uint64") => int(64, false, true),
                _ => int(64, true, false),
            },
            "string" => match format {
                Some("byte") => Type::Bytes,
                Some("date-time") => Type::Scalar(ScalarType {
                    dialect: Dialect::Timestamp,
                    allow_empty: false,
                }),
                _ => Type::String,
            },
            "array" => {
                let items = map.require(self.reader, "items", |_, value, _| Some(value))?;
                let item = self.element(&format!("{inner}.items"), items)?;
                return Some(TypeExpr {
                    kind: TypeExprKind::List(Box::new(item)),
                    span: at,
                });
            }
            _ => return self.object_type(inner, map, at),
        };
        if let Some(value) = map.get("format") {
            self.check_format(value, &ty, format);
        }
        plain(ty, at)
    }

    fn check_format(&mut self, value: &Value, ty: &Type, format: Option<&str>) {
        let known = match ty {
            Type::Int { format, .. } => *format,
            Type::Float64 => matches!(format, Some("double" | "float")),
            Type::Bytes | Type::Scalar(_) => true,
            _ => false,
        };
        if let Some(format) = format.filter(|_| !known) {
            refuse(
                self.reader,
                value.span,
                format!("an import does not understand the format `{format}` here"),
                None,
            );
        }
    }

    fn object_type(&mut self, inner: &str, map: Map<'_>, at: Span) -> Option<TypeExpr> {
        if map.has("properties") {
            let name = Text::new(inner, map.span);
            let object = self.object(inner, map, map.span);
            self.types.push(TypeDecl {
                name: name.clone(),
                doc: String::new(),
                life: LifeDecl::default(),
                body: TypeBodyDecl::Object(object),
            });
            return Some(TypeExpr {
                kind: TypeExprKind::Name(vec![name]),
                span: at,
            });
        }
        match map
            .get("additionalProperties")
            .map(|value| (value, &value.data))
        {
            Some((
                _,
                Data::Scalar {
                    resolved: Resolved::Bool(true),
                    ..
                },
            )) => {
                let any = Box::new(TypeExpr::plain(Type::Any, at));
                Some(TypeExpr {
                    kind: TypeExprKind::Map(any),
                    span: at,
                })
            }
            Some((value, Data::Map(_))) => {
                let item = Box::new(self.element(&format!("{inner}.values"), value)?);
                Some(TypeExpr {
                    kind: TypeExprKind::Map(item),
                    span: at,
                })
            }
            _ => Some(TypeExpr::plain(Type::AnyObject, at)),
        }
    }

    /// The schema of items or values. What has limits or values becomes a type of its own.
    fn element(&mut self, inner: &str, schema: &Value) -> Option<TypeExpr> {
        let map = self.open(schema)?;
        self.forbid(map, HERZ, "items and values");
        let values = self.enumeration(map);
        let limits = Self::limits(map);
        if values.is_none() && limits.is_empty() {
            return self.type_of(inner, map);
        }
        let name = Text::new(inner, schema.span);
        let body = match values {
            Some(values) => TypeBodyDecl::Enum(values),
            None => TypeBodyDecl::Scalar(self.type_of(&format!("{inner}.base"), map), limits),
        };
        self.types.push(TypeDecl {
            name: name.clone(),
            doc: String::new(),
            life: LifeDecl::default(),
            body,
        });
        Some(TypeExpr {
            kind: TypeExprKind::Name(vec![name]),
            span: schema.span,
        })
    }

    pub(super) fn limits(map: Map<'_>) -> Vec<LimitDecl> {
        let mut limits = Vec::new();
        if let Some((key, value)) = map.entry("pattern") {
            limits.push(LimitDecl::plain(
                LimitKeyword::Pattern,
                value.clone(),
                key.span,
            ));
        }
        let end = |value: Option<&Value>| match value.map(|value| &value.data) {
            Some(Data::Scalar { text, .. }) => text.clone(),
            _ => String::new(),
        };
        if let Some((key, value)) = map.entry("minimum").or_else(|| map.entry("maximum")) {
            let text = format!("{}..{}", end(map.get("minimum")), end(map.get("maximum")));
            limits.push(LimitDecl::plain(
                LimitKeyword::Range,
                Value::text(text, value.span),
                key.span,
            ));
        }
        limits
    }
}
