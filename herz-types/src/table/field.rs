//! Fields, their limits and defaults.

use crate::Level;
use crate::scalar::Dialect;

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// The key in documents.
    pub wire: &'static str,
    /// Whether the key must be there.
    pub required: bool,
    /// Whether null is a value.
    pub nullable: bool,
    /// The value if absent.
    pub default: Option<Default>,
    /// What the value may be.
    pub shape: Shape,
    /// Whether admission rules inside the value are advice.
    pub structure_only: bool,
    /// Former names that are still read.
    pub aliases: &'static [&'static str],
    /// What to say to somebody who uses the field although it is deprecated.
    pub deprecated: Option<&'static str>,
    /// Whether messages must not show the value.
    pub sensitive: bool,
}

impl Field {
    /// An optional field without limits.
    pub const fn new(wire: &'static str) -> Self {
        Self {
            wire,
            required: false,
            nullable: false,
            default: None,
            shape: Shape::ANY,
            structure_only: false,
            aliases: &[],
            deprecated: None,
            sensitive: false,
        }
    }

    /// The key must be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Null is a value.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// With a default.
    #[must_use]
    pub const fn default(mut self, default: Default) -> Self {
        self.default = Some(default);
        self
    }

    /// With limits of the value itself.
    #[must_use]
    pub const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.shape.limits = limits;
        self
    }

    /// With a shape for the entries of the list or map.
    #[must_use]
    pub const fn entries(mut self, entries: &'static Shape) -> Self {
        self.shape.entries = Some(entries);
        self
    }

    /// Admission rules inside the value are advice.
    #[must_use]
    pub const fn structure_only(mut self) -> Self {
        self.structure_only = true;
        self
    }

    /// With former names.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The field is deprecated.
    #[must_use]
    pub const fn deprecated(mut self, note: &'static str) -> Self {
        self.deprecated = Some(note);
        self
    }

    /// Messages must not show the value.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}

/// What a value may be, beyond its Rust type.
#[derive(Debug)]
pub struct Shape {
    /// Limits of the value itself.
    pub limits: &'static [Limit],
    /// Shape of the entries of a list or map.
    pub entries: Option<&'static Shape>,
}

impl Shape {
    /// Nothing to check.
    pub const ANY: Self = Self { limits: &[], entries: None };

    /// With these limits.
    pub const fn new(limits: &'static [Limit]) -> Self {
        Self { limits, entries: None }
    }

    /// With a shape for the entries.
    #[must_use]
    pub const fn entries(mut self, entries: &'static Shape) -> Self {
        self.entries = Some(entries);
        self
    }

    /// The grammar of the text, if the type has one.
    pub fn dialect(&self) -> Option<Dialect> {
        self.limits.iter().find_map(|limit| match limit.kind {
            LimitKind::Grammar { dialect, .. } => Some(dialect),
            _ => None,
        })
    }
}

/// Which part of a platform enforces something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The structural schema: counts everywhere.
    Structure,
    /// An admission step that looks only at what will run; elsewhere it is advice.
    Admission,
}

/// A limit on a value.
#[derive(Debug)]
pub struct Limit {
    /// What it limits.
    pub kind: LimitKind,
    /// How bad it is to break it.
    pub level: Level,
    /// Who enforces it.
    pub layer: Layer,
    /// Why; added to the message.
    pub note: Option<&'static str>,
}

/// What a [`Limit`] limits.
#[derive(Debug)]
pub enum LimitKind {
    /// Numbers, and the magnitudes of texts with a grammar.
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
    /// A regular expression in the portable subset.
    Pattern(&'static str),
    /// The number is a multiple of this.
    MultipleOf(f64),
    /// Items of a list differ.
    UniqueItems,
    /// The value is there and is not empty, zero or false.
    Filled,
    /// The text is well formed.
    Grammar {
        /// Whose grammar.
        dialect: Dialect,
        /// Whether the empty text is fine too.
        allow_empty: bool,
    },
    /// The text is one of these.
    OneOf {
        /// Allowed texts.
        values: &'static [&'static str],
        /// Whether the empty text is fine too.
        allow_empty: bool,
    },
}

impl Limit {
    /// A limit of the structure that is an error to break.
    pub const fn new(kind: LimitKind) -> Self {
        Self { kind, level: Level::Error, layer: Layer::Structure, note: None }
    }

    /// The text is well formed in this grammar, says admission.
    pub const fn grammar(dialect: Dialect, allow_empty: bool) -> Self {
        Self::new(LimitKind::Grammar { dialect, allow_empty }).admission()
    }

    /// The text is one of these.
    pub const fn one_of(values: &'static [&'static str], allow_empty: bool) -> Self {
        Self::new(LimitKind::OneOf { values, allow_empty })
    }

    /// The text matches this pattern.
    pub const fn pattern(pattern: &'static str) -> Self {
        Self::new(LimitKind::Pattern(pattern))
    }

    /// The value is filled, says admission.
    pub const fn filled() -> Self {
        Self::new(LimitKind::Filled).admission()
    }

    /// The number or magnitude lies between.
    pub const fn range(min: Option<Bound>, max: Option<Bound>) -> Self {
        Self::new(LimitKind::Range { min, max })
    }

    /// The text has so many characters.
    pub const fn length(min: Option<u64>, max: Option<u64>) -> Self {
        Self::new(LimitKind::Length { min, max })
    }

    /// The list or map has so many entries.
    pub const fn items(min: Option<u64>, max: Option<u64>) -> Self {
        Self::new(LimitKind::Items { min, max })
    }

    /// Breaking it is a warning.
    #[must_use]
    pub const fn warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }

    /// Breaking it is an error.
    #[must_use]
    pub const fn error(mut self) -> Self {
        self.level = Level::Error;
        self
    }

    /// Admission enforces it.
    #[must_use]
    pub const fn admission(mut self) -> Self {
        self.layer = Layer::Admission;
        self
    }

    /// The structure enforces it.
    #[must_use]
    pub const fn structure(mut self) -> Self {
        self.layer = Layer::Structure;
        self
    }

    /// With a reason.
    #[must_use]
    pub const fn note(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }
}

/// One end of a range.
#[derive(Debug)]
pub struct Bound {
    /// The number, nanoseconds or bytes.
    pub value: f64,
    /// As the schema writes it.
    pub text: &'static str,
    /// Whether the value itself is outside.
    pub exclusive: bool,
}

impl Bound {
    /// This value and what lies inside.
    pub const fn at(value: f64, text: &'static str) -> Self {
        Self { value, text, exclusive: false }
    }

    /// What lies inside of this value.
    pub const fn beyond(value: f64, text: &'static str) -> Self {
        Self { value, text, exclusive: true }
    }
}

/// The value if absent.
#[derive(Debug)]
pub struct Default {
    /// The value; none: made up at creation.
    pub value: Option<Literal>,
    /// When it is filled in.
    pub fill: Fill,
    /// Who fills it in.
    pub layer: Layer,
}

impl Default {
    /// A value that the structure fills in for an absent key.
    pub const fn new(value: Literal) -> Self {
        Self { value: Some(value), fill: Fill::Absent, layer: Layer::Structure }
    }

    /// A value made up at creation.
    pub const fn generated() -> Self {
        Self { value: None, fill: Fill::Absent, layer: Layer::Admission }
    }

    /// Empty values are filled too.
    #[must_use]
    pub const fn fill_empty(mut self) -> Self {
        self.fill = Fill::Empty;
        self
    }

    /// Admission fills it in.
    #[must_use]
    pub const fn admission(mut self) -> Self {
        self.layer = Layer::Admission;
        self
    }
}

/// When a default is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// If the key is absent.
    Absent,
    /// If the value is absent, empty, zero or false.
    Empty,
}

/// A value in a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Literal {
    /// Null.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text.
    Text(&'static str),
    /// A list.
    List(&'static [Literal]),
    /// A map.
    Map(&'static [(&'static str, Literal)]),
}
