//! `enum:` on a field or as a named type, and its values.

use super::life::{self, LifeDecl};
use super::read::{Map, Reader};
use super::value::{Data, Text, Value};
use crate::catalog::Layer;
use crate::source::Span;
use herz_types::Level;

/// Keywords beside `enum:` on fields and named types.
pub const KEYWORDS: &[&str] = &["enum", "enumBy", "enumLevel", "allowEmpty"];
/// Keywords of one value.
const VALUE: &[&str] = &["value", "doc", "name", "requires", "allows"];

/// An enum as written.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumDecl {
    /// The values in the order written.
    pub values: Vec<EnumValueDecl>,
    /// Who refuses another value.
    pub layer: Layer,
    /// How bad another value is.
    pub level: Level,
    /// Whether the empty text is allowed too.
    pub allow_empty: bool,
    /// The list of values.
    pub span: Span,
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValueDecl {
    /// The text.
    pub value: Text,
    /// What it means.
    pub doc: String,
    /// Name for target languages.
    pub name: Option<Text>,
    /// Fields that it needs; makes the object a union.
    pub requires: Option<Vec<Text>>,
    /// Further fields that it uses; makes the object a union.
    pub allows: Option<Vec<Text>>,
    /// Releases that have it.
    pub life: LifeDecl,
    /// The whole value.
    pub span: Span,
}

impl EnumDecl {
    /// Reads the keywords of an enum; none if there is no `enum:`.
    pub fn read(reader: &mut Reader, map: Map<'_>) -> Option<Self> {
        let layer = map.read(reader, "enumBy", read_layer);
        let level = map.read(reader, "enumLevel", read_level);
        let allow_empty = map.flag(reader, "allowEmpty");
        let Some(list) = map.get("enum") else {
            for keyword in ["enumBy", "enumLevel", "allowEmpty"] {
                if let Some((key, _)) = map.entry(keyword) {
                    reader.missing(&format!("`{keyword}`"), "enum", key.span);
                }
            }
            return None;
        };
        let items = reader.items(list, "enum")?;
        if items.is_empty() {
            reader.shape(list, "`enum` must be a list of at least one value");
        }
        Some(Self {
            values: items
                .iter()
                .filter_map(|item| EnumValueDecl::read(reader, item))
                .collect(),
            layer: layer.unwrap_or(Layer::Structure),
            level: level.unwrap_or(Level::Error),
            allow_empty,
            span: list.span,
        })
    }

    /// Whether a value names fields, which makes the object a union by this field.
    pub fn has_cases(&self) -> bool {
        self.values
            .iter()
            .any(|value| value.requires.is_some() || value.allows.is_some())
    }
}

impl EnumValueDecl {
    fn read(reader: &mut Reader, value: &Value) -> Option<Self> {
        if !matches!(value.data, Data::Map(_)) {
            let text = reader.text(value, "a value of `enum`")?;
            let span = text.span;
            return Some(Self {
                value: text,
                doc: String::new(),
                name: None,
                requires: None,
                allows: None,
                life: LifeDecl::default(),
                span,
            });
        }
        let map = reader.map(value, "a value of `enum`", &[VALUE, life::KEYWORDS])?;
        let text = map.require(reader, "value", Reader::text);
        let decl = Self {
            value: Text::new("", map.span),
            doc: map.doc(reader),
            name: map.read(reader, "name", Reader::text),
            requires: map.read(reader, "requires", Reader::texts),
            allows: map.read(reader, "allows", Reader::texts),
            life: LifeDecl::read(reader, map),
            span: map.span,
        };
        Some(Self {
            value: text?,
            ..decl
        })
    }
}

/// `by: structure` or `by: admission`.
pub fn read_layer(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Layer> {
    reader.word(
        value,
        keyword,
        &[
            ("structure", Layer::Structure),
            ("admission", Layer::Admission),
        ],
    )
}

/// `level: error` or `level: warning`.
pub fn read_level(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Level> {
    reader.word(
        value,
        keyword,
        &[("error", Level::Error), ("warning", Level::Warning)],
    )
}
