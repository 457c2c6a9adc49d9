//! `default:` and `normalize:` of fields.

use super::enums::read_layer;
use super::life::{self, LifeDecl};
use super::read::Reader;
use super::value::{Text, Value};
use crate::catalog::{Fill, Layer, Normalize};
use crate::source::Span;

/// Keywords of the long form.
const LONG: &[&str] = &["value", "generated", "fill", "by"];

/// A default as written.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultDecl {
    /// Its value.
    pub value: DefaultValueDecl,
    /// When it is filled in.
    pub fill: Fill,
    /// Who fills it in.
    pub layer: Layer,
    /// Releases that have it.
    pub life: LifeDecl,
    /// The whole default.
    pub span: Span,
}

/// A value, or how it is made.
#[derive(Debug, Clone, PartialEq)]
pub enum DefaultValueDecl {
    /// This value; its type is the field's.
    Value(Value),
    /// Made up at creation.
    Generated(Text),
}

impl DefaultDecl {
    /// Reads the plain form (the value) or the long form (a map with `value` or `generated`).
    pub fn read(reader: &mut Reader, value: &Value, _: &str) -> Option<Self> {
        let long = value.get("value").is_some() || value.get("generated").is_some();
        if !long {
            return Some(Self::plain(value));
        }
        let map = reader.map(value, "`default`", &[LONG, life::KEYWORDS])?;
        let generated = map
            .read(reader, "generated", Reader::text)
            .map(DefaultValueDecl::Generated);
        let written = map
            .get("value")
            .map(|value| DefaultValueDecl::Value(value.clone()));
        if let (Some((one, _)), Some((other, _))) = (map.entry("generated"), map.entry("value")) {
            reader.conflict(
                "a default is a `value` or `generated`, not both",
                one.span,
                other.span,
            );
        }
        let fill = map.read(reader, "fill", |reader, value, keyword| {
            reader.word(
                value,
                keyword,
                &[("absent", Fill::Absent), ("empty", Fill::Empty)],
            )
        });
        let layer = map.read(reader, "by", read_layer);
        let life = LifeDecl::read(reader, map);
        Some(Self {
            value: written.or(generated)?,
            fill: fill.unwrap_or(Fill::Absent),
            layer: layer.unwrap_or(Layer::Structure),
            life,
            span: value.span,
        })
    }

    /// A default in its plain form.
    pub fn plain(value: &Value) -> Self {
        Self {
            value: DefaultValueDecl::Value(value.clone()),
            fill: Fill::Absent,
            layer: Layer::Structure,
            life: LifeDecl::default(),
            span: value.span,
        }
    }
}

/// Reads `normalize: { cutAt: "@" }` or `{ prefix: …, unless: …, keepEmpty: … }`.
pub fn read_normalize(reader: &mut Reader, value: &Value, _: &str) -> Option<Normalize> {
    let map = reader.map(
        value,
        "`normalize`",
        &[&["cutAt", "prefix", "unless", "keepEmpty"]],
    )?;
    if let (Some((cut, _)), Some((prefix, _))) = (map.entry("cutAt"), map.entry("prefix")) {
        reader.conflict(
            "`cutAt` and `prefix` exclude each other",
            cut.span,
            prefix.span,
        );
        return None;
    }
    if map.has("cutAt") {
        for keyword in ["unless", "keepEmpty"] {
            if let Some((key, _)) = map.entry(keyword) {
                reader.missing(&format!("`{keyword}`"), "prefix", key.span);
            }
        }
        let text = map.read(reader, "cutAt", Reader::text)?;
        if text.text.is_empty() {
            reader.shape(
                map.get("cutAt")?,
                "`cutAt` must be a text of at least one character",
            );
            return None;
        }
        return Some(Normalize::CutAt(text.text));
    }
    let text = map.require(reader, "prefix", Reader::text);
    let unless = map.read(reader, "unless", Reader::text);
    let keep_empty = map.flag(reader, "keepEmpty");
    let text = text?.text;
    Some(Normalize::Prefix {
        unless: unless.map_or_else(|| text.clone(), |unless| unless.text),
        text,
        keep_empty,
    })
}
