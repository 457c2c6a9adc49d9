//! `types:`: named enums, objects and narrowed scalars.

use super::enums::{self, EnumDecl};
use super::life::{self, LifeDecl};
use super::limit::{self, LimitDecl};
use super::object::{self, ObjectDecl};
use super::read::Reader;
use super::type_expr::TypeExpr;
use super::value::{Text, Value};

/// A named type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDecl {
    /// Unique in the package.
    pub name: Text,
    /// What it means.
    pub doc: String,
    /// Releases that have it.
    pub life: LifeDecl,
    /// What it is.
    pub body: TypeBodyDecl,
}

/// What a named type is, as written.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every type is an object, so boxing it would save nothing"
)]
#[derive(Debug, Clone, PartialEq)]
pub enum TypeBodyDecl {
    /// `enum:`
    Enum(EnumDecl),
    /// `fields:` or `include:`
    Object(ObjectDecl),
    /// `scalar:` and its limits; none if the type could not be read.
    Scalar(Option<TypeExpr>, Vec<LimitDecl>),
}

impl TypeDecl {
    /// Reads one entry of `types:`.
    ///
    /// A type that can't be read becomes `any`, so that what refers to it is not wrong too.
    pub fn read(reader: &mut Reader, name: &Text, value: &Value) -> Self {
        Self::try_read(reader, name, value).unwrap_or_else(|| Self {
            name: name.clone(),
            doc: String::new(),
            life: LifeDecl::default(),
            body: TypeBodyDecl::Scalar(None, Vec::new()),
        })
    }

    fn try_read(reader: &mut Reader, name: &Text, value: &Value) -> Option<Self> {
        let all = &[
            &["doc", "scalar"],
            life::KEYWORDS,
            enums::KEYWORDS,
            object::KEYWORDS,
            object::TYPE_KEYWORDS,
            limit::KEYWORDS,
        ];
        let map = reader.map(value, "a type", all)?;
        let doc = map.doc(reader);
        let life = LifeDecl::read(reader, map);
        let forms: Vec<_> = [
            ("enum", "enum"),
            ("fields", "fields"),
            ("scalar", "scalar"),
            ("fields", "include"),
        ]
        .into_iter()
        .filter_map(|(form, keyword)| map.entry(keyword).map(|(key, _)| (form, key)))
        .collect();
        let Some((form, key)) = forms.first() else {
            reader.missing("a type", "fields`, `enum` or `scalar", name.span);
            return None;
        };
        for (other, at) in forms.iter().skip(1).filter(|(other, _)| other != form) {
            reader.conflict(
                format!("a type has `enum`, `fields` or `scalar`, and this one has `{form}` and `{other}`"),
                at.span,
                key.span,
            );
        }
        let foreign: &[&[&str]] = match *form {
            "enum" => &[object::KEYWORDS, object::TYPE_KEYWORDS, limit::KEYWORDS],
            "fields" => &[enums::KEYWORDS, limit::KEYWORDS],
            _ => &[enums::KEYWORDS, object::KEYWORDS, object::TYPE_KEYWORDS],
        };
        for keyword in foreign.iter().copied().flatten() {
            let Some((at, _)) = map.entry(keyword) else {
                continue;
            };
            if !forms.iter().any(|(_, key)| key.text == at.text) {
                reader.conflict(
                    format!("`{keyword}` does not belong to a type with `{form}`"),
                    at.span,
                    key.span,
                );
            }
        }
        let body = match *form {
            "enum" => TypeBodyDecl::Enum(EnumDecl::read(reader, map)?),
            "fields" => TypeBodyDecl::Object(ObjectDecl::read(reader, map, name.span)),
            _ => TypeBodyDecl::Scalar(
                map.read(reader, "scalar", TypeExpr::read),
                LimitDecl::read_all(reader, map),
            ),
        };
        Some(Self {
            name: name.clone(),
            doc,
            life,
            body,
        })
    }
}
