//! Fields of objects.

use super::default::{DefaultDecl, read_normalize};
use super::enums::{self, EnumDecl};
use super::life::{self, LifeDecl};
use super::limit::{self, LimitDecl};
use super::read::Reader;
use super::type_expr::TypeExpr;
use super::value::{Text, Value};
use crate::catalog::{Carried, Merge, Normalize, Semantics, Zero};
use crate::source::Span;

/// Keywords of a field, beside those of limits, lives and enums.
const KEYWORDS: &[&str] = &[
    "name",
    "type",
    "rename",
    "doc",
    "required",
    "nullable",
    "default",
    "normalize",
    "zero",
    "aliases",
    "replaces",
    "immutable",
    "sensitive",
    "example",
    "examples",
    "semantics",
    "merge",
];

/// A field as written.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDecl {
    /// The key in documents.
    pub name: Text,
    /// Its type; none if it could not be read or `enum` stands in its place.
    pub ty: Option<TypeExpr>,
    /// An enum of the field's own.
    pub values: Option<EnumDecl>,
    /// Name for target languages.
    pub rename: Option<Text>,
    /// What it means.
    pub doc: String,
    /// Whether the key must be there; none: as the package has it.
    pub required: Option<bool>,
    /// Whether null is a value.
    pub nullable: bool,
    /// The value if absent.
    pub default: Option<DefaultDecl>,
    /// How the platform rewrites it.
    pub normalize: Option<Normalize>,
    /// What is stored for an empty value; none: as the package has it.
    pub zero: Option<Zero>,
    /// Its limits.
    pub limits: Vec<LimitDecl>,
    /// Releases that have it.
    pub life: LifeDecl,
    /// Former names.
    pub aliases: Vec<Text>,
    /// The field whose place it takes.
    pub replaces: Option<ReplacesDecl>,
    /// Whether it must not change.
    pub immutable: bool,
    /// Whether it must not be shown.
    pub sensitive: bool,
    /// Example values, not typed yet.
    pub examples: Vec<Value>,
    /// Whether admission rules inside count.
    pub semantics: Semantics,
    /// How server-side apply merges it.
    pub merge: Option<MergeDecl>,
    /// The whole field.
    pub span: Span,
}

/// `merge:` as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeDecl {
    /// How.
    pub merge: Merge,
    /// Releases that do it so.
    pub life: LifeDecl,
    /// The whole value.
    pub span: Span,
}

/// `replaces:` as written: a field, or `{ field: …, form: base64Json }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacesDecl {
    /// The field.
    pub field: Text,
    /// How its value is carried over.
    pub form: Carried,
    /// The whole value.
    pub span: Span,
}

impl ReplacesDecl {
    fn read(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Self> {
        let span = value.span;
        if value.entries().is_none() {
            return Some(Self {
                field: reader.text(value, keyword)?,
                form: Carried::AsIs,
                span,
            });
        }
        let map = reader.map(value, "`replaces`", &[&["field", "form"]])?;
        let form = map.read(reader, "form", |reader, value, keyword| {
            let words = [("asIs", Carried::AsIs), ("base64Json", Carried::Base64Json)];
            reader.word(value, keyword, &words)
        });
        Some(Self {
            field: map.require(reader, "field", Reader::text)?,
            form: form.unwrap_or(Carried::AsIs),
            span,
        })
    }
}

impl FieldDecl {
    /// A field of that name and type that says nothing else.
    pub fn plain(name: Text, ty: Option<TypeExpr>, span: Span) -> Self {
        Self {
            name,
            ty,
            values: None,
            rename: None,
            doc: String::new(),
            required: None,
            nullable: false,
            default: None,
            normalize: None,
            zero: None,
            limits: Vec::new(),
            life: LifeDecl::default(),
            aliases: Vec::new(),
            replaces: None,
            immutable: false,
            sensitive: false,
            examples: Vec::new(),
            semantics: Semantics::Full,
            merge: None,
            span,
        }
    }

    /// Reads one entry of `fields:`.
    pub fn read(reader: &mut Reader, value: &Value) -> Option<Self> {
        let known = &[KEYWORDS, limit::KEYWORDS, life::KEYWORDS, enums::KEYWORDS];
        let map = reader.map(value, "a field", known)?;
        let name = map.require(reader, "name", Reader::text);
        if !map.has("type") && !map.has("enum") {
            reader.missing("a field", "type", map.head());
        }
        if let (Some((one, _)), Some((other, _))) = (map.entry("examples"), map.entry("example")) {
            reader.conflict(
                "a field has one `example` or a list of `examples`, not both",
                one.span,
                other.span,
            );
        }
        let mut examples: Vec<Value> = map.get("example").cloned().into_iter().collect();
        if let Some(list) = map.get("examples") {
            examples.extend(
                reader
                    .items(list, "examples")
                    .unwrap_or_default()
                    .iter()
                    .cloned(),
            );
        }
        let field = Self {
            values: EnumDecl::read(reader, map),
            rename: map.read(reader, "rename", Reader::text),
            doc: map.doc(reader),
            required: map.read(reader, "required", Reader::boolean),
            nullable: map.flag(reader, "nullable"),
            default: map.read(reader, "default", DefaultDecl::read),
            normalize: map.read(reader, "normalize", read_normalize),
            zero: map.read(reader, "zero", read_zero),
            limits: LimitDecl::read_all(reader, map),
            life: LifeDecl::read(reader, map),
            aliases: map.texts(reader, "aliases"),
            replaces: map.read(reader, "replaces", ReplacesDecl::read),
            immutable: map.flag(reader, "immutable"),
            sensitive: map.flag(reader, "sensitive"),
            examples,
            semantics: map
                .read(reader, "semantics", read_semantics)
                .unwrap_or(Semantics::Full),
            merge: map.read(reader, "merge", MergeDecl::read),
            ..Self::plain(
                Text::new("", map.span),
                map.read(reader, "type", TypeExpr::read),
                map.span,
            )
        };
        Some(Self {
            name: name?,
            ..field
        })
    }
}

/// `zero: kept`, `dropped` or `written`.
pub fn read_zero(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Zero> {
    reader.word(
        value,
        keyword,
        &[
            ("kept", Zero::Kept),
            ("dropped", Zero::Dropped),
            ("written", Zero::Written),
        ],
    )
}

fn read_semantics(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Semantics> {
    reader.word(
        value,
        keyword,
        &[
            ("full", Semantics::Full),
            ("structure", Semantics::Structure),
        ],
    )
}

impl MergeDecl {
    /// Reads `atomic`, `set`, `{ by: [name] }` or `{ value: …, since: … }`.
    pub fn read(reader: &mut Reader, value: &Value, _: &str) -> Option<Self> {
        let Some(_) = value.entries() else {
            return Some(Self {
                merge: word(reader, value)?,
                life: LifeDecl::default(),
                span: value.span,
            });
        };
        let map = reader.map(value, "`merge`", &[&["value", "by"], life::KEYWORDS])?;
        let life = LifeDecl::read(reader, map);
        if let (Some((one, _)), Some((other, _))) = (map.entry("value"), map.entry("by")) {
            reader.conflict(
                "`merge` has a `value` or `by`, not both",
                one.span,
                other.span,
            );
            return None;
        }
        let merge = if map.has("by") {
            by(reader, map.get("by")?)?
        } else {
            map.require(reader, "value", |reader, value, _| {
                if value.entries().is_none() {
                    return word(reader, value);
                }
                let map = reader.map(value, "`merge`", &[&["by"]])?;
                map.require(reader, "by", |reader, value, _| by(reader, value))
            })?
        };
        Some(Self {
            merge,
            life,
            span: value.span,
        })
    }
}

fn word(reader: &mut Reader, value: &Value) -> Option<Merge> {
    let set = reader.word(value, "merge", &[("atomic", false), ("set", true)])?;
    Some(if set { Merge::Set } else { Merge::Atomic })
}

fn by(reader: &mut Reader, value: &Value) -> Option<Merge> {
    let names = reader.texts(value, "by")?;
    if names.is_empty() {
        reader.shape(value, "`by` must be a list of at least one field");
        return None;
    }
    Some(Merge::By(names.into_iter().map(|name| name.text).collect()))
}
