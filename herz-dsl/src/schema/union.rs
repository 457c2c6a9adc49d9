//! `union:`: a tag field and what belongs to each of its values.

use super::enums::read_level;
use super::life::{self, LifeDecl};
use super::read::Reader;
use super::value::{Text, Value};
use crate::catalog::Foreign;
use crate::source::Span;
use herz_types::Level;

const KEYWORDS: &[&str] = &[
    "name",
    "tag",
    "foreign",
    "selectedOnly",
    "level",
    "filled",
    "cases",
];
const CASE: &[&str] = &["requires", "allows", "level", "filled"];

/// A union as written.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionDecl {
    /// Name for target languages.
    pub name: Option<Text>,
    /// The tag field.
    pub tag: Text,
    /// What a field of another case means.
    pub foreign: Foreign,
    /// Whether foreign blocks are judged by structure only.
    pub selected_only: bool,
    /// Level of a missing needed field.
    pub level: Level,
    /// Whether needed fields must be filled.
    pub filled: bool,
    /// The cases; none if they stand on the values of the tag's enum.
    pub cases: Option<Vec<CaseDecl>>,
    /// The keyword.
    pub span: Span,
}

/// One case as written.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseDecl {
    /// Value of the tag.
    pub value: Text,
    /// Fields it needs.
    pub requires: Vec<Text>,
    /// Further fields it uses.
    pub allows: Vec<Text>,
    /// Level of a missing field; none: the union's.
    pub level: Option<Level>,
    /// Whether needed fields must be filled; none: the union's.
    pub filled: Option<bool>,
    /// Releases that have it.
    pub life: LifeDecl,
}

impl UnionDecl {
    /// Reads the value of `union:`.
    pub fn read(reader: &mut Reader, key: &Text, value: &Value) -> Option<Self> {
        let map = reader.map(value, "`union`", &[KEYWORDS])?;
        let tag = map.require(reader, "tag", Reader::text);
        let decl = Self {
            name: map.read(reader, "name", Reader::text),
            tag: Text::new("", map.span),
            foreign: map
                .read(reader, "foreign", read_foreign)
                .unwrap_or(Foreign::Warn),
            selected_only: map.flag(reader, "selectedOnly"),
            level: map
                .read(reader, "level", read_level)
                .unwrap_or(Level::Error),
            filled: map.flag(reader, "filled"),
            cases: map.read(reader, "cases", |reader, value, keyword| {
                let entries = reader.entries(value, keyword)?;
                Some(
                    entries
                        .iter()
                        .filter_map(|(key, value)| CaseDecl::read(reader, key, value))
                        .collect(),
                )
            }),
            span: key.span,
        };
        Some(Self { tag: tag?, ..decl })
    }
}

impl CaseDecl {
    fn read(reader: &mut Reader, key: &Text, value: &Value) -> Option<Self> {
        if value.is_null() {
            return Some(Self {
                value: key.clone(),
                requires: Vec::new(),
                allows: Vec::new(),
                level: None,
                filled: None,
                life: LifeDecl::default(),
            });
        }
        let map = reader.map(value, "a case", &[CASE, life::KEYWORDS])?;
        Some(Self {
            value: key.clone(),
            requires: map.texts(reader, "requires"),
            allows: map.texts(reader, "allows"),
            level: map.read(reader, "level", read_level),
            filled: map.read(reader, "filled", Reader::boolean),
            life: LifeDecl::read(reader, map),
        })
    }
}

fn read_foreign(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Foreign> {
    reader.word(
        value,
        keyword,
        &[
            ("ignore", Foreign::Ignore),
            ("warn", Foreign::Warn),
            ("refuse", Foreign::Refuse),
        ],
    )
}
