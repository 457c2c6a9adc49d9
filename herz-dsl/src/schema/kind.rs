//! `kind:`: a chaos kind.

use super::life::LifeDecl;
use super::object::{self, ObjectDecl};
use super::path::PathDecl;
use super::read::{Map, Reader};
use super::rule::RuleDecl;
use super::value::{Text, Value};
use crate::catalog::{Embedded, Scope, Subresources};
use crate::source::Span;

/// Keywords of kinds, beside those of objects and lives.
pub const KEYWORDS: &[&str] = &[
    "kind",
    "doc",
    "names",
    "scope",
    "subresources",
    "columns",
    "specRequired",
    "immutable",
    "judged",
    "embedded",
    "lasting",
    "documentRules",
    "status",
    "examples",
];

/// A kind as written.
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other, as the language writes them"
)]
#[derive(Debug, Clone, PartialEq)]
pub struct KindDecl {
    /// Its name.
    pub name: Text,
    /// What it does.
    pub doc: String,
    /// Releases that have it.
    pub life: LifeDecl,
    /// Plural; none: the name in lower case.
    pub plural: Option<Text>,
    /// Short names.
    pub short: Vec<Text>,
    /// Where objects live.
    pub scope: Scope,
    /// What the CRD declares.
    pub subresources: Subresources,
    /// Printer columns.
    pub columns: Vec<ColumnDecl>,
    /// Whether spec must be there.
    pub spec_required: bool,
    /// Whether spec must not change.
    pub immutable: bool,
    /// Whether admission rules are advice only.
    pub structure_only: bool,
    /// What is stored of specs of other kinds inside.
    pub embedded: Embedded,
    /// How a lasting fault ends.
    pub lasting: Option<LastingDecl>,
    /// What spec is.
    pub spec: ObjectDecl,
    /// Whether `fields` or `include` is written.
    pub has_fields: bool,
    /// Rules over the whole document.
    pub document_rules: Vec<RuleDecl>,
    /// What status is.
    pub status: Option<StatusDecl>,
    /// Whole manifests.
    pub examples: Vec<Text>,
}

/// `status:` as written.
#[derive(Debug, Clone, PartialEq)]
pub enum StatusDecl {
    /// A named type.
    Name(super::type_expr::TypeExpr),
    /// An object of its own.
    Object(Box<ObjectDecl>),
}

/// One entry of `columns:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDecl {
    /// Its head.
    pub name: Text,
    /// What it shows.
    pub path: PathDecl,
    /// Type of the cell.
    pub cell: Option<Text>,
}

/// `lasting:` as written.
#[derive(Debug, Clone, PartialEq)]
pub struct LastingDecl {
    /// The field that ends it.
    pub duration: PathDecl,
    /// Field and values for which it does not last.
    pub one_shot: Option<(Text, Vec<Value>)>,
    /// The whole value.
    pub span: Span,
}

impl KindDecl {
    /// Reads the keywords of a kind out of a file's map.
    pub fn read(reader: &mut Reader, map: Map<'_>) -> Option<Self> {
        let name = map.require(reader, "kind", Reader::text);
        let (plural, short) = map
            .read(reader, "names", |reader, value, _| {
                let map = reader.map(value, "`names`", &[&["plural", "short"]])?;
                Some((
                    map.read(reader, "plural", Reader::text),
                    map.texts(reader, "short"),
                ))
            })
            .unwrap_or_default();
        let at = name.as_ref().map_or(map.span, |name| name.span);
        let decl = Self {
            name: Text::new("", map.span),
            doc: map.doc(reader),
            life: LifeDecl::read(reader, map),
            plural,
            short,
            scope: map
                .read(reader, "scope", read_scope)
                .unwrap_or(Scope::Namespaced),
            subresources: map
                .read(reader, "subresources", read_subresources)
                .unwrap_or(Subresources::Absent),
            columns: map
                .read(reader, "columns", ColumnDecl::read_list)
                .unwrap_or_default(),
            spec_required: map
                .read(reader, "specRequired", Reader::boolean)
                .unwrap_or(true),
            immutable: map.flag(reader, "immutable"),
            structure_only: map
                .read(reader, "judged", |reader, value, keyword| {
                    reader.word(value, keyword, &[("full", false), ("structure", true)])
                })
                .unwrap_or(false),
            embedded: map
                .read(reader, "embedded", |reader, value, keyword| {
                    let words = [
                        ("filled", Embedded::Filled),
                        ("asWritten", Embedded::AsWritten),
                    ];
                    reader.word(value, keyword, &words)
                })
                .unwrap_or_default(),
            lasting: map.read(reader, "lasting", LastingDecl::read),
            spec: ObjectDecl::read(reader, map, at),
            has_fields: map.has("fields") || map.has("include"),
            document_rules: map
                .read(reader, "documentRules", RuleDecl::read_list)
                .unwrap_or_default(),
            status: map.read(reader, "status", StatusDecl::read),
            examples: map.texts(reader, "examples"),
        };
        Some(Self {
            name: name?,
            ..decl
        })
    }
}

impl StatusDecl {
    fn read(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Self> {
        if value.entries().is_none() {
            return super::type_expr::TypeExpr::read(reader, value, keyword).map(Self::Name);
        }
        let map = reader.map(
            value,
            "`status`",
            &[object::KEYWORDS, object::TYPE_KEYWORDS],
        )?;
        Some(Self::Object(Box::new(ObjectDecl::read(
            reader, map, map.span,
        ))))
    }
}

impl ColumnDecl {
    fn read_list(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Vec<Self>> {
        let items = reader.items(value, keyword)?;
        Some(
            items
                .iter()
                .filter_map(|item| Self::read(reader, item))
                .collect(),
        )
    }

    fn read(reader: &mut Reader, value: &Value) -> Option<Self> {
        let map = reader.map(value, "a column", &[&["name", "path", "type"]])?;
        let name = map.require(reader, "name", Reader::text);
        let path = map.require(reader, "path", PathDecl::read);
        let cell = map.read(reader, "type", Reader::text);
        Some(Self {
            name: name?,
            path: path?,
            cell,
        })
    }
}

impl LastingDecl {
    fn read(reader: &mut Reader, value: &Value, _: &str) -> Option<Self> {
        let map = reader.map(value, "`lasting`", &[&["duration", "oneShot"]])?;
        let duration = map.require(reader, "duration", PathDecl::read);
        let one_shot = map.read(reader, "oneShot", |reader, value, keyword| {
            let entries = reader.entries(value, keyword)?;
            if entries.len() > 1 {
                reader.shape(value, "`oneShot` must be a map of one field to its values");
            }
            let (field, values) = entries.first()?;
            let values = values
                .items()
                .map_or_else(|| vec![values.clone()], <[Value]>::to_vec);
            Some((field.clone(), values))
        });
        Some(Self {
            duration: duration?,
            one_shot,
            span: value.span,
        })
    }
}

fn read_scope(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Scope> {
    reader.word(
        value,
        keyword,
        &[
            ("Namespaced", Scope::Namespaced),
            ("Cluster", Scope::Cluster),
        ],
    )
}

fn read_subresources(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Subresources> {
    reader.word(
        value,
        keyword,
        &[
            ("absent", Subresources::Absent),
            ("empty", Subresources::Empty),
            ("status", Subresources::Status),
        ],
    )
}
