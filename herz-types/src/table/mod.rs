//! What generated code knows of its schema: constant tables that the validator walks.
//!
//! Generated types hold the data; a table beside each object type says what its fields may be.
//! One validator ([`crate::validate`]) reads the tables, so that generated code stays short.

mod field;
mod rule;

use crate::codes::{self, Code};
use crate::message;

pub use field::{
    Bound, Choice, Default, Deprecated, Field, Fill, Layer, Limit, LimitKind, Literal, Normalize,
    Shape,
};
pub use rule::{Case, Compare, Condition, EACH, FieldPath, Foreign, Rule, RuleKind, Test, Union};

/// An object type.
#[derive(Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "plain facts, each on its own"
)]
pub struct ObjectTable {
    /// Its name in the schema.
    pub name: &'static str,
    /// Its fields; generated code finds them by place.
    pub fields: &'static [Field],
    /// Rules across the fields.
    pub rules: &'static [Rule],
    /// A field whose value decides which other fields make sense.
    pub union: Option<Union>,
    /// Fields that an earlier release had, and the release that dropped them.
    pub gone: &'static [(&'static str, &'static str)],
    /// Whether unknown fields are data.
    pub open: bool,
    /// Whether null for a field that is not nullable counts as absent, with a warning.
    pub lenient_null: bool,
    /// Whether admission rules are advice in the whole object.
    pub structure_only: bool,
    /// Whether it is a whole document.
    pub document: bool,
    /// What ends a fault of this kind (in tables of whole documents).
    pub lasting: Option<Lasting>,
}

/// What ends a fault that lasts. Paths start at the document's root.
#[derive(Debug)]
pub struct Lasting {
    /// The field that ends it.
    pub duration: FieldPath,
    /// A field and its values for which nothing lasts.
    pub one_shot: Option<(FieldPath, &'static [&'static str])>,
}

impl ObjectTable {
    /// An object type with these fields and nothing else.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            fields,
            rules: &[],
            union: None,
            gone: &[],
            open: false,
            lenient_null: false,
            structure_only: false,
            document: false,
            lasting: None,
        }
    }

    /// With rules.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// With a union.
    #[must_use]
    pub const fn union(mut self, union: Union) -> Self {
        self.union = Some(union);
        self
    }

    /// With fields that are gone.
    #[must_use]
    pub const fn gone(mut self, gone: &'static [(&'static str, &'static str)]) -> Self {
        self.gone = gone;
        self
    }

    /// Unknown fields are data.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// Null counts as absent.
    #[must_use]
    pub const fn lenient_null(mut self) -> Self {
        self.lenient_null = true;
        self
    }

    /// Admission rules are advice.
    #[must_use]
    pub const fn structure_only(mut self) -> Self {
        self.structure_only = true;
        self
    }

    /// A whole document, where null always counts as absent.
    #[must_use]
    pub const fn document(mut self) -> Self {
        self.document = true;
        self.lenient_null = true;
        self
    }

    /// With what ends it.
    #[must_use]
    pub const fn lasting(mut self, lasting: Lasting) -> Self {
        self.lasting = Some(lasting);
        self
    }

    /// What to say of a key that is none of the fields.
    pub(crate) fn unknown(&self, key: &str) -> (Code, String) {
        let former = self
            .fields
            .iter()
            .find(|field| field.aliases.contains(&key));
        let gone = self.gone.iter().find(|(name, _)| *name == key);
        match (former, gone) {
            (Some(field), _) => (codes::FORMER_NAME, message::both_names(key, field.wire)),
            (None, Some((name, ""))) => (codes::GONE, message::reserved(name)),
            (None, Some((name, since))) => {
                let (platform, until) = since.rsplit_once(' ').unwrap_or(("", since));
                let message = message::gone("field", name, platform, until, "the newest release");
                (codes::GONE, message)
            }
            (None, None) => (codes::UNKNOWN_FIELD, message::unknown_field(key)),
        }
    }

    /// Place of the field with that wire name.
    pub fn position(&self, wire: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.wire == wire)
    }
}
