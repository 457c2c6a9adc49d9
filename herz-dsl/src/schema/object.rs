//! What every object has: kinds, statuses, object types and groups.

use super::field::FieldDecl;
use super::life::{self, LifeDecl};
use super::read::{Map, Reader};
use super::rule::RuleDecl;
use super::union::UnionDecl;
use super::value::{Spanned, Text, Value};
use crate::source::Span;

/// Keywords of every object.
pub const KEYWORDS: &[&str] = &["include", "fields", "rules", "union", "reserved"];
/// Further keywords of objects that are types.
pub const TYPE_KEYWORDS: &[&str] = &["open", "atomic"];

/// An object as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ObjectDecl {
    /// Groups laid in before the fields.
    pub include: Vec<Text>,
    /// Fields in the order written.
    pub fields: Vec<FieldDecl>,
    /// Rules across the fields.
    pub rules: Vec<RuleDecl>,
    /// Tag and cases.
    pub union: Option<UnionDecl>,
    /// Names not to be used again.
    pub reserved: Vec<Text>,
    /// Whether unknown fields are data.
    pub open: bool,
    /// Whether it is one value for server-side apply.
    pub atomic: Option<Spanned<LifeDecl>>,
    /// A place for findings about the object as a whole.
    pub span: Span,
}

/// `groups:` entry: an object that is laid into others.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupDecl {
    /// Unique in the package.
    pub name: Text,
    /// What it is about.
    pub doc: String,
    /// Its content.
    pub object: ObjectDecl,
}

impl ObjectDecl {
    /// Reads the keywords of an object; `at` is where findings about the whole point.
    pub fn read(reader: &mut Reader, map: Map<'_>, at: Span) -> Self {
        Self {
            include: map.texts(reader, "include"),
            fields: map
                .read(reader, "fields", |reader, value, keyword| {
                    let items = reader.items(value, keyword)?;
                    Some(
                        items
                            .iter()
                            .filter_map(|item| FieldDecl::read(reader, item))
                            .collect(),
                    )
                })
                .unwrap_or_default(),
            rules: map
                .read(reader, "rules", RuleDecl::read_list)
                .unwrap_or_default(),
            union: map
                .entry("union")
                .and_then(|(key, value)| UnionDecl::read(reader, key, value)),
            reserved: map.texts(reader, "reserved"),
            open: map.flag(reader, "open"),
            atomic: map.read(reader, "atomic", read_atomic).flatten(),
            span: at,
        }
    }
}

impl GroupDecl {
    /// Reads one entry of `groups:`.
    pub fn read(reader: &mut Reader, name: &Text, value: &Value) -> Option<Self> {
        let map = reader.map(value, "a group", &[&["doc"], KEYWORDS])?;
        let object = ObjectDecl::read(reader, map, name.span);
        Some(Self {
            name: name.clone(),
            doc: map.doc(reader),
            object,
        })
    }
}

/// `atomic: true` or `{ since: 2.7.0 }`.
// The outer option says whether the value could be read, the inner whether it is atomic.
#[allow(clippy::option_option)]
fn read_atomic(
    reader: &mut Reader,
    value: &Value,
    keyword: &str,
) -> Option<Option<Spanned<LifeDecl>>> {
    let span = value.span;
    if value.entries().is_none() {
        let atomic = reader.boolean(value, keyword)?;
        return Some(atomic.then(|| Spanned {
            value: LifeDecl::default(),
            span,
        }));
    }
    let map = reader.map(value, "`atomic`", &[life::KEYWORDS])?;
    Some(Some(Spanned {
        value: LifeDecl::read(reader, map),
        span,
    }))
}
