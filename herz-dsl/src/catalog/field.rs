//! Fields of objects, their limits and defaults.

use super::{Life, Literal, Type};
use herz_types::Level;
use herz_types::scalar::Dialect;
use serde::{Deserialize, Serialize};

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other, as the language writes them"
)]
pub struct Field {
    /// The key in documents. Unique among fields whose lives overlap.
    pub wire: String,
    /// Explicit name for target languages.
    pub name: Option<String>,
    /// What it means, in Markdown; the first sentence is the summary.
    pub doc: String,
    /// What its value may be.
    pub ty: Type,
    /// Whether the key must be there.
    pub required: bool,
    /// Whether null is a value.
    pub nullable: bool,
    /// The value if absent.
    pub default: Option<Default>,
    /// How the platform rewrites the value before it stores it.
    pub normalize: Option<Normalize>,
    /// What the platform stores for an empty value.
    pub zero: Zero,
    /// Limits, in the order written.
    pub constraints: Vec<Constraint>,
    /// Releases that have it.
    pub life: Life,
    /// Former names that are still read.
    pub aliases: Vec<String>,
    /// The field of the releases before `life.since` whose place it takes.
    pub replaces: Option<Replaces>,
    /// Whether it must not change after creation.
    pub immutable: bool,
    /// Whether logs, errors, reports and docs must not show its value.
    pub sensitive: bool,
    /// Example values.
    pub examples: Vec<Literal>,
    /// Whether the admission rules inside the value count.
    pub semantics: Semantics,
    /// How server-side apply merges the value, and since when.
    pub merge: Option<(Merge, Life)>,
}

impl Field {
    /// What the structure fills in if the key is absent, so that rules see it.
    pub fn structure_default(&self) -> Option<&Literal> {
        let default = self.default.as_ref()?;
        match &default.value {
            DefaultValue::Literal(literal)
                if default.layer == Layer::Structure && default.fill == Fill::Absent =>
            {
                Some(literal)
            }
            _ => None,
        }
    }
}

/// A field whose place another one takes, in the release that the other came with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    /// Its key: a field of the same object, which ends with that release.
    pub field: String,
    /// How its value becomes one of the new field.
    pub form: Carried,
}

/// How a value is carried over to the field that takes the place of its own, and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carried {
    /// As it is.
    AsIs,
    /// The old one is base64 of a JSON text, the new one is what the JSON says.
    Base64Json,
}

/// Which part of a platform enforces something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layer {
    /// The structural schema (a CRD): counts everywhere.
    Structure,
    /// An admission step that looks only at what will run: does not count inside a value whose
    /// semantics are [`Semantics::Structure`], inside foreign cases of a union with
    /// `selected_only`, or in kinds with `structure_only`; there it is a warning.
    Admission,
}

/// Whether the admission rules inside a value count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Semantics {
    /// They do.
    Full,
    /// They don't: what they find is a warning.
    Structure,
}

/// A limit on a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// What it limits.
    pub kind: ConstraintKind,
    /// How bad it is to break it.
    pub level: Level,
    /// Who enforces it.
    pub layer: Layer,
    /// Releases that have the limit.
    pub life: Life,
    /// Why, for people: added to the message.
    pub note: Option<String>,
}

/// What a [`Constraint`] limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ConstraintKind {
    /// Numbers, and scalars that have a magnitude (durations in nanoseconds, sizes in bytes,
    /// percentages as numbers).
    Range {
        /// Least value.
        min: Option<Bound>,
        /// Greatest value.
        max: Option<Bound>,
    },
    /// Characters of a text.
    Length {
        /// Least number.
        min: Option<u64>,
        /// Greatest number.
        max: Option<u64>,
    },
    /// Entries of a list or map.
    Items {
        /// Least number.
        min: Option<u64>,
        /// Greatest number.
        max: Option<u64>,
    },
    /// A regular expression in the portable subset; not anchored unless it says so.
    Pattern(String),
    /// The number is a multiple of this.
    MultipleOf(f64),
    /// Items of a list differ.
    UniqueItems,
    /// Items of a list differ in these fields together, with their defaults; without fields, as a whole. No schema
    /// writes it: a list has it that is merged as a map or set ([`Merge`]), which servers refuse to store otherwise.
    ToldApart(Vec<String>),
    /// The value is there and is not empty, zero or false.
    Filled,
    /// A text that should be well formed in this dialect, although the type is a plain string.
    Grammar {
        /// Whose grammar.
        dialect: Dialect,
        /// Whether the empty text is fine too.
        allow_empty: bool,
    },
    /// A text that should be one of these, although the type is a plain string.
    OneOf(Vec<String>),
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The magnitude: the number itself, nanoseconds, bytes.
    pub value: f64,
    /// As the schema writes it: `1h`, `0`, `15MiB`.
    pub text: String,
    /// Whether the value itself is outside.
    pub exclusive: bool,
}

/// The value if absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Default {
    /// The value.
    pub value: DefaultValue,
    /// When it is filled in.
    pub fill: Fill,
    /// Who fills it in. Only a [`Layer::Structure`] default stands in a CRD and counts before
    /// the structure is judged.
    pub layer: Layer,
    /// Releases that have the default.
    pub life: Life,
}

/// A default's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DefaultValue {
    /// This value. A text `${metadata.namespace}` in it stands for that field of the document,
    /// empty in an embedded spec.
    Literal(Literal),
    /// Made up at creation; the text says how: `uuid v4`.
    Generated(String),
}

impl DefaultValue {
    /// Whether a field has a value by this default; with `filled`, one that is not empty, zero or false.
    pub fn brings(&self, filled: bool) -> bool {
        match self {
            Self::Generated(_) => true,
            Self::Literal(Literal::Null) => false,
            Self::Literal(literal) => !filled || !literal.is_empty(),
        }
    }
}

/// When a default is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fill {
    /// If the key is absent.
    Absent,
    /// If the value is absent, empty, zero or false.
    Empty,
}

/// How a platform rewrites a text (or each text of a list) before it stores it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Normalize {
    /// Cuts from the first occurrence of this text on.
    CutAt(String),
    /// Puts `text` in front unless the value starts with `unless` (or is empty and
    /// `keep_empty` is set).
    Prefix {
        /// What is put in front.
        text: String,
        /// Values with this start stay.
        unless: String,
        /// Whether the empty text stays.
        keep_empty: bool,
    },
}

/// What a platform stores for an empty value (empty text, 0, false, empty list or map).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Zero {
    /// It is stored as written.
    Kept,
    /// It is dropped, as if absent; a required field is kept all the same.
    Dropped,
    /// It is stored even if the key was absent (null for a nullable field, an empty object for
    /// an object).
    Written,
}

/// How server-side apply merges a list or map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Merge {
    /// As one value.
    Atomic,
    /// As a set.
    Set,
    /// As a map keyed by these fields of its items.
    By(Vec<String>),
}
