//! Rules across fields.

use super::{Layer, Life, Literal};
use crate::cel;
use herz_types::Level;
use serde::{Deserialize, Serialize};

/// A rule across fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Name, unique in its object; stands in docs and findings.
    pub name: String,
    /// What it demands.
    pub kind: RuleKind,
    /// Only where all of these hold.
    pub when: Vec<Condition>,
    /// Message instead of the generic one.
    pub message: Option<String>,
    /// Why, for docs.
    pub doc: String,
    /// How bad it is to break it.
    pub level: Level,
    /// Who enforces it.
    pub layer: Layer,
    /// Releases that have it.
    pub life: Life,
}

/// What a [`Rule`] demands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RuleKind {
    /// These fields must be there (`requires`, `requiredWhen`).
    Requires {
        /// Paths from the rule's object.
        fields: Vec<FieldPath>,
        /// Whether they must also be filled.
        filled: bool,
    },
    /// These fields must not be there (`forbiddenWhen`); an empty list, map or text counts as
    /// not there if `filled`.
    Forbids {
        /// Paths from the rule's object.
        fields: Vec<FieldPath>,
        /// Whether only filled fields count as there.
        filled: bool,
    },
    /// So many of these fields must be there (`exactlyOneOf`, `atLeastOneOf`, `atMostOneOf`).
    Count {
        /// Paths from the rule's object.
        fields: Vec<FieldPath>,
        /// Least number, 0 or 1.
        min: u8,
        /// Whether one is the greatest number.
        at_most_one: bool,
        /// Whether only filled fields count as there.
        filled: bool,
    },
    /// Two fields of one magnitude compared; holds if one of them is absent or malformed.
    Compare {
        /// Left side.
        left: FieldPath,
        /// Relation that must hold.
        op: Compare,
        /// Right side.
        right: FieldPath,
    },
    /// Entries of a list differ, whole or by one field.
    Unique {
        /// The list.
        list: FieldPath,
        /// The field of its items; none: the items themselves.
        by: Option<String>,
    },
    /// Each text at `from` stands among those at `to`.
    RefersTo {
        /// The names used: `templates[].children[]`.
        from: FieldPath,
        /// The names given: `templates[].name`.
        to: FieldPath,
        /// Only for items of the first list of `from` that fulfil these (paths from the item).
        of: Vec<Condition>,
    },
    /// References between items of a list form no circle.
    Acyclic {
        /// The list: `templates`.
        list: FieldPath,
        /// Name of an item: `name`.
        name: String,
        /// Names that an item refers to: `children[]`.
        edges: FieldPath,
    },
    /// These fields must not change after creation.
    Immutable {
        /// Paths from the rule's object.
        fields: Vec<FieldPath>,
    },
    /// A checked CEL expression that must be true.
    Cel {
        /// As written.
        source: String,
        /// Checked and typed.
        expr: cel::Expr,
        /// The fields to point at, from the rule's object; none: the object.
        at: Vec<FieldPath>,
    },
}

/// A test of one field, from the rule's object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The field.
    pub field: FieldPath,
    /// What must hold for it.
    pub test: Test,
}

/// What a [`Condition`] asks of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// It is there and equals one of these.
    In(Vec<Literal>),
    /// It is absent or equals none of these.
    NotIn(Vec<Literal>),
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It is there and not empty, zero or false.
    Filled,
    /// It is absent, empty, zero or false.
    Empty,
}

/// A relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

impl Compare {
    /// The sign, as schemas, CEL and most languages write it: `<=`.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
        }
    }
}

/// A path from an object down: `delay.latency`, `templates[].children[]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldPath(pub Vec<PathStep>);

/// One step of a [`FieldPath`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PathStep {
    /// A field, by wire name.
    Field(String),
    /// Every item of a list or value of a map.
    Each,
}

impl std::fmt::Display for FieldPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Field(name) => write!(f, "{}{name}", if i == 0 { "" } else { "." })?,
                PathStep::Each => f.write_str("[]")?,
            }
        }
        Ok(())
    }
}
