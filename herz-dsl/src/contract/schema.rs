//! What a contract's schemas say, read once.

use crate::source::Span;
use herz_types::scalar::Pattern;
use serde_json::Value;

/// Number of a schema in [`super::Contract`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SchemaId(pub(super) usize);

/// A type of OpenAPI 3.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// With its article, as messages say it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::String => "a text",
            Self::Array => "a list",
            Self::Object => "a map",
        }
    }
}

/// What may stand under keys that are not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Additional {
    Any,
    None,
    Schema(SchemaId),
}

/// Least and greatest number of something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) min: Option<u64>,
    pub(super) max: Option<u64>,
}

/// One schema.
#[derive(Debug)]
pub(super) struct Schema {
    /// Where it is written, for «demanded here».
    pub(super) span: Span,
    pub(super) ty: Option<Type>,
    pub(super) nullable: bool,
    pub(super) required: Vec<(String, Span)>,
    pub(super) properties: Vec<(String, SchemaId)>,
    pub(super) additional: Additional,
    pub(super) items: Option<SchemaId>,
    pub(super) values: Option<Vec<Value>>,
    /// The bound, and whether it is outside itself.
    pub(super) min: Option<(f64, bool)>,
    pub(super) max: Option<(f64, bool)>,
    pub(super) step: Option<f64>,
    pub(super) length: Counts,
    pub(super) count: Counts,
    pub(super) entries: Counts,
    pub(super) unique: bool,
    pub(super) pattern: Option<(String, Pattern)>,
    pub(super) all: Vec<SchemaId>,
    pub(super) any: Vec<SchemaId>,
    pub(super) one: Vec<SchemaId>,
    pub(super) not: Option<SchemaId>,
}

impl Schema {
    /// A schema that any value fulfils.
    pub(super) fn any(span: Span) -> Self {
        Self {
            span,
            ty: None,
            nullable: false,
            required: Vec::new(),
            properties: Vec::new(),
            additional: Additional::Any,
            items: None,
            values: None,
            min: None,
            max: None,
            step: None,
            length: Counts::default(),
            count: Counts::default(),
            entries: Counts::default(),
            unique: false,
            pattern: None,
            all: Vec::new(),
            any: Vec::new(),
            one: Vec::new(),
            not: None,
        }
    }
}
