//! Limits of fields and of named scalar types: `range`, `length`, `pattern`, …

use super::enums::{read_layer, read_level};
use super::life::{self, LifeDecl};
use super::read::{Map, Reader};
use super::value::{Text, Value};
use crate::catalog::Layer;
use crate::source::Span;
use herz_types::Level;

/// What a limit is about; the keyword's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // Their names are the keywords.
pub enum LimitKeyword {
    Range,
    Length,
    Items,
    Unique,
    Pattern,
    MultipleOf,
    Filled,
    Grammar,
    OneOf,
}

/// Keywords of limits.
pub const KEYWORDS: &[&str] = &[
    "range",
    "length",
    "items",
    "unique",
    "pattern",
    "multipleOf",
    "filled",
    "grammar",
    "oneOf",
];
/// Keywords of the long form.
const LONG: &[&str] = &["value", "level", "by", "note"];

/// The limits in the order of their keywords.
const LIMITS: &[LimitKeyword] = &[
    LimitKeyword::Range,
    LimitKeyword::Length,
    LimitKeyword::Items,
    LimitKeyword::Unique,
    LimitKeyword::Pattern,
    LimitKeyword::MultipleOf,
    LimitKeyword::Filled,
    LimitKeyword::Grammar,
    LimitKeyword::OneOf,
];

impl LimitKeyword {
    /// The keyword.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::Length => "length",
            Self::Items => "items",
            Self::Unique => "unique",
            Self::Pattern => "pattern",
            Self::MultipleOf => "multipleOf",
            Self::Filled => "filled",
            Self::Grammar => "grammar",
            Self::OneOf => "oneOf",
        }
    }
}

/// A limit as written.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitDecl {
    /// Which one.
    pub keyword: LimitKeyword,
    /// Its value, not read yet: what it may be depends on the type.
    pub value: Value,
    /// How bad it is to break it.
    pub level: Level,
    /// Who enforces it; none: as the keyword has it.
    pub layer: Option<Layer>,
    /// Added to the message.
    pub note: Option<Text>,
    /// Releases that have it.
    pub life: LifeDecl,
    /// The keyword's place.
    pub span: Span,
}

impl LimitDecl {
    /// Reads all limits of a map.
    pub fn read_all(reader: &mut Reader, map: Map<'_>) -> Vec<Self> {
        let mut limits = Vec::new();
        for keyword in LIMITS {
            let Some((key, value)) = map.entry(keyword.word()) else {
                continue;
            };
            // The plain value of `oneOf` is a list itself.
            let many = value.items().filter(|items| {
                !items.is_empty()
                    && (*keyword != LimitKeyword::OneOf
                        || items.iter().all(|item| item.entries().is_some()))
            });
            match many {
                Some(items) => {
                    limits.extend(
                        items
                            .iter()
                            .filter_map(|item| Self::read(reader, *keyword, item, key.span)),
                    );
                }
                None => limits.extend(Self::read(reader, *keyword, value, key.span)),
            }
        }
        limits
    }

    /// A limit in its plain form.
    pub fn plain(keyword: LimitKeyword, value: Value, span: Span) -> Self {
        Self {
            keyword,
            value,
            level: Level::Error,
            layer: None,
            note: None,
            life: LifeDecl::default(),
            span,
        }
    }

    fn read(reader: &mut Reader, keyword: LimitKeyword, value: &Value, span: Span) -> Option<Self> {
        if value.entries().is_none() {
            return Some(Self::plain(keyword, value.clone(), span));
        }
        let map = reader.map(value, "a limit", &[LONG, life::KEYWORDS])?;
        let plain = map.require(reader, "value", |_, value, _| Some(value.clone()));
        let level = map
            .read(reader, "level", read_level)
            .unwrap_or(Level::Error);
        let layer = map.read(reader, "by", read_layer);
        let note = map.read(reader, "note", Reader::text);
        let life = LifeDecl::read(reader, map);
        Some(Self {
            keyword,
            value: plain?,
            level,
            layer,
            note,
            life,
            span,
        })
    }
}
