//! Rules across fields, and unions.

use super::{Layer, Literal};
use crate::Level;

/// A rule across fields.
#[derive(Debug)]
pub struct Rule {
    /// Unique in its object.
    pub name: &'static str,
    /// What it demands.
    pub kind: RuleKind,
    /// Only where all of these hold.
    pub when: &'static [Condition],
    /// The conditions in words: ``when `direction` is `from` ``.
    pub when_words: &'static str,
    /// Message instead of the generic one.
    pub message: Option<&'static str>,
    /// How bad it is to break it.
    pub level: Level,
    /// Who enforces it.
    pub layer: Layer,
}

impl Rule {
    /// A rule that admission enforces and that is an error to break.
    pub const fn new(name: &'static str, kind: RuleKind) -> Self {
        Self {
            name,
            kind,
            when: &[],
            when_words: "",
            message: None,
            level: Level::Error,
            layer: Layer::Admission,
        }
    }

    /// Only where these hold.
    #[must_use]
    pub const fn when(mut self, when: &'static [Condition], words: &'static str) -> Self {
        self.when = when;
        self.when_words = words;
        self
    }

    /// With a message of its own.
    #[must_use]
    pub const fn message(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }

    /// Breaking it is a warning.
    #[must_use]
    pub const fn warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }

    /// The structure enforces it.
    #[must_use]
    pub const fn structure(mut self) -> Self {
        self.layer = Layer::Structure;
        self
    }
}

/// What a [`Rule`] demands.
#[derive(Debug)]
pub enum RuleKind {
    /// These fields are there.
    Requires {
        /// Which.
        fields: &'static [FieldPath],
        /// Whether they must also be filled.
        filled: bool,
    },
    /// These fields are not there.
    Forbids {
        /// Which.
        fields: &'static [FieldPath],
        /// Whether only filled fields count as there.
        filled: bool,
    },
    /// So many of these fields are there.
    Count {
        /// Which.
        fields: &'static [FieldPath],
        /// Least number, 0 or 1.
        min: u8,
        /// Whether one is the greatest number.
        at_most_one: bool,
        /// Whether only filled fields count as there.
        filled: bool,
    },
    /// Two fields of one magnitude stand in this relation.
    Compare {
        /// Left side.
        left: FieldPath,
        /// The relation.
        op: Compare,
        /// Right side.
        right: FieldPath,
    },
    /// Entries of a list differ, whole or by one field.
    Unique {
        /// The list.
        list: FieldPath,
        /// The field of its items.
        by: Option<&'static str>,
    },
    /// Each text at `from` stands among those at `to`.
    RefersTo {
        /// The names used.
        from: FieldPath,
        /// The names given.
        to: FieldPath,
        /// Only for items of the first list of `from` that fulfil these.
        of: &'static [Condition],
    },
    /// References between items of a list form no circle.
    Acyclic {
        /// The list.
        list: FieldPath,
        /// Name of an item.
        name: &'static str,
        /// Names that an item refers to.
        edges: FieldPath,
    },
    /// These fields must not change after creation; nothing to check in one document.
    Immutable {
        /// Which.
        fields: &'static [FieldPath],
    },
    /// An expression that generated code evaluates: [`crate::view::Object::rule`].
    Cel {
        /// As the schema writes it.
        source: &'static str,
        /// The fields to point at; none: the object.
        at: &'static [FieldPath],
    },
}

/// A relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A test of one field.
#[derive(Debug)]
pub struct Condition {
    /// The field.
    pub field: FieldPath,
    /// What must hold for it.
    pub test: Test,
}

impl Condition {
    /// This test of that field.
    pub const fn new(field: FieldPath, test: Test) -> Self {
        Self { field, test }
    }
}

/// What a [`Condition`] asks of a field.
#[derive(Debug)]
pub enum Test {
    /// It is there and equals one of these.
    In(&'static [Literal]),
    /// It is absent or equals none of these.
    NotIn(&'static [Literal]),
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It is there and not empty, zero or false.
    Filled,
    /// It is absent, empty, zero or false.
    Empty,
}

/// A path from an object down: wire names, and [`EACH`] for every item of a list or value of a
/// map.
#[derive(Debug, Clone, Copy)]
pub struct FieldPath(pub &'static [&'static str]);

/// The step of a [`FieldPath`] that stands for every item of a list or value of a map.
pub const EACH: &str = "[]";

impl std::fmt::Display for FieldPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            let dot = if i == 0 || *step == EACH { "" } else { "." };
            write!(f, "{dot}{step}")?;
        }
        Ok(())
    }
}

/// A field whose value decides which other fields make sense.
#[derive(Debug)]
pub struct Union {
    /// Wire name of the tag field.
    pub tag: &'static str,
    /// The cases.
    pub cases: &'static [Case],
    /// Fields of cases that the newest release no longer has; they still belong to the union.
    pub former: &'static [&'static str],
    /// What a field of another case means.
    pub foreign: Foreign,
    /// Whether admission rules inside fields of other cases are advice.
    pub selected_only: bool,
}

/// One case of a [`Union`].
#[derive(Debug)]
pub struct Case {
    /// Value of the tag.
    pub value: &'static str,
    /// Fields that it needs.
    pub requires: &'static [&'static str],
    /// Whether needed fields must also be filled.
    pub filled: bool,
    /// Further fields that it uses.
    pub allows: &'static [&'static str],
    /// Level of a missing needed field.
    pub level: Level,
}

impl Case {
    /// A case that needs and uses these fields; a missing one is an error.
    pub const fn new(
        value: &'static str,
        requires: &'static [&'static str],
        allows: &'static [&'static str],
    ) -> Self {
        Self {
            value,
            requires,
            filled: false,
            allows,
            level: Level::Error,
        }
    }

    /// Needed fields must be filled.
    #[must_use]
    pub const fn filled(mut self) -> Self {
        self.filled = true;
        self
    }

    /// A missing field is a warning.
    #[must_use]
    pub const fn warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }
}

/// What it means that a field of another case is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// Nothing.
    Ignore,
    /// A warning.
    Warn,
    /// An error.
    Refuse,
}
