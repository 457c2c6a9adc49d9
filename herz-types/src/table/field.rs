//! Fields, their limits and defaults.

use crate::Level;
use crate::scalar::Dialect;

/// A field of an object.
#[derive(Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "plain facts, each on its own"
)]
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
    pub deprecated: Option<Deprecated>,
    /// How the platform rewrites the value before admission sees it.
    pub normalize: Option<Normalize>,
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
            normalize: None,
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

    /// Of a named type that is declared elsewhere.
    #[must_use]
    pub const fn of(mut self, shape: &'static Shape) -> Self {
        self.shape.of = Some(shape);
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
    pub const fn deprecated(mut self, deprecated: Deprecated) -> Self {
        self.deprecated = Some(deprecated);
        self
    }

    /// The platform rewrites the value before admission sees it.
    #[must_use]
    pub const fn normalize(mut self, normalize: Normalize) -> Self {
        self.normalize = Some(normalize);
        self
    }

    /// The default that counts before this layer judges.
    pub fn default_for(&self, layer: Layer) -> Option<&Default> {
        self.default
            .as_ref()
            .filter(|default| default.layer <= layer)
    }

    /// Whether an empty value is replaced before this layer judges.
    pub fn mends_empty(&self, layer: Layer) -> bool {
        self.default_for(layer)
            .is_some_and(|default| default.fill == Fill::Empty)
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
    /// What the named type says that the value is of, if that is declared elsewhere.
    pub of: Option<&'static Shape>,
    /// Limits of the value itself.
    pub limits: &'static [Limit],
    /// Shape of the entries of a list or map.
    pub entries: Option<&'static Shape>,
}

impl Shape {
    /// Nothing to check.
    pub const ANY: Self = Self {
        of: None,
        limits: &[],
        entries: None,
    };

    /// With these limits.
    pub const fn new(limits: &'static [Limit]) -> Self {
        Self {
            of: None,
            limits,
            entries: None,
        }
    }

    /// With a shape for the entries.
    #[must_use]
    pub const fn entries(mut self, entries: &'static Shape) -> Self {
        self.entries = Some(entries);
        self
    }

    /// With what a named type says that is declared elsewhere.
    #[must_use]
    pub const fn of(mut self, shape: &'static Self) -> Self {
        self.of = Some(shape);
        self
    }

    /// Every limit: those of the named type first.
    pub fn all(&self) -> impl Iterator<Item = &'static Limit> {
        self.of
            .map_or(&[][..], |of| of.limits)
            .iter()
            .chain(self.limits)
    }

    /// What is said of items or values.
    pub fn inner(&self) -> &'static Self {
        self.entries
            .or(self.of.and_then(|of| of.entries))
            .unwrap_or(&Self::ANY)
    }

    /// The grammar of the text, if its type has one.
    pub fn dialect(&self) -> Option<Dialect> {
        self.all().find_map(|limit| match limit.kind {
            LimitKind::Scalar { dialect, .. } => Some(dialect),
            _ => None,
        })
    }

    /// The enum that the type is.
    pub fn choice(&self) -> Option<&'static Choice> {
        self.all().find_map(|limit| match limit.kind {
            LimitKind::Enum(choice) => Some(choice),
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
    /// Items of a list differ in these fields together; without fields, as a whole.
    ToldApart(&'static [&'static str]),
    /// The value is there and is not empty, zero or false.
    Filled,
    /// The type is a text with a grammar.
    Scalar {
        /// Whose grammar.
        dialect: Dialect,
        /// Whether the empty text is fine too.
        allow_empty: bool,
    },
    /// The type is an enum.
    Enum(&'static Choice),
    /// The text is base64.
    Base64,
    /// The text should be well formed, although its type is a plain text.
    Grammar {
        /// Whose grammar.
        dialect: Dialect,
        /// Whether the empty text is fine too.
        allow_empty: bool,
    },
    /// The text should be one of these, although its type is a plain text.
    OneOf(&'static [&'static str]),
}

/// The values of an enum.
#[derive(Debug)]
pub struct Choice {
    /// Allowed texts.
    pub values: &'static [&'static str],
    /// Whether the empty text is fine too.
    pub allow_empty: bool,
    /// Values that are gone, and since when: `chaos-mesh 2.8.0`.
    pub gone: &'static [(&'static str, &'static str)],
    /// Values that are discouraged, and what to know about it.
    pub deprecated: &'static [(&'static str, Deprecated)],
}

/// What to say to somebody who uses something deprecated.
#[derive(Debug)]
pub struct Deprecated {
    /// Since which release.
    pub since: Option<&'static str>,
    /// What to use instead.
    pub instead: Option<&'static str>,
    /// What else to know.
    pub note: Option<&'static str>,
}

impl Limit {
    /// A limit of the structure that is an error to break.
    pub const fn new(kind: LimitKind) -> Self {
        Self {
            kind,
            level: Level::Error,
            layer: Layer::Structure,
            note: None,
        }
    }

    /// The text is well formed in this grammar, says admission.
    pub const fn grammar(dialect: Dialect, allow_empty: bool) -> Self {
        Self::new(LimitKind::Grammar {
            dialect,
            allow_empty,
        })
        .admission()
    }

    /// The type is a text with this grammar, says admission.
    pub const fn scalar(dialect: Dialect, allow_empty: bool) -> Self {
        Self::new(LimitKind::Scalar {
            dialect,
            allow_empty,
        })
        .admission()
    }

    /// The type is an enum.
    pub const fn choice(choice: &'static Choice) -> Self {
        Self::new(LimitKind::Enum(choice))
    }

    /// The text is base64.
    pub const fn base64() -> Self {
        Self::new(LimitKind::Base64)
    }

    /// The number is a multiple of this.
    pub const fn multiple_of(step: f64) -> Self {
        Self::new(LimitKind::MultipleOf(step))
    }

    /// Items of the list differ.
    pub const fn unique_items() -> Self {
        Self::new(LimitKind::UniqueItems)
    }

    /// Items of the list differ in these fields together, with their defaults; without fields, as a whole.
    pub const fn told_apart(by: &'static [&'static str]) -> Self {
        Self::new(LimitKind::ToldApart(by))
    }

    /// The text should be one of these.
    pub const fn one_of(values: &'static [&'static str]) -> Self {
        Self::new(LimitKind::OneOf(values))
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
        Self {
            value,
            text,
            exclusive: false,
        }
    }

    /// What lies inside of this value.
    pub const fn beyond(value: f64, text: &'static str) -> Self {
        Self {
            value,
            text,
            exclusive: true,
        }
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
        Self {
            value: Some(value),
            fill: Fill::Absent,
            layer: Layer::Structure,
        }
    }

    /// A value made up at creation.
    pub const fn generated() -> Self {
        Self {
            value: None,
            fill: Fill::Absent,
            layer: Layer::Admission,
        }
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

/// How a platform rewrites a text (or each text of a list) before it stores it.
#[derive(Debug, Clone, Copy)]
pub enum Normalize {
    /// Cuts from the first occurrence of this text on.
    CutAt(&'static str),
    /// Puts `text` in front unless the value starts with `unless`, or is empty and `keep_empty`
    /// is set.
    Prefix {
        /// What is put in front.
        text: &'static str,
        /// Values with this start stay.
        unless: &'static str,
        /// Whether the empty text stays.
        keep_empty: bool,
    },
}

impl Normalize {
    /// The text that admission sees.
    pub fn apply<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        match *self {
            Self::CutAt(end) => text.split(end).next().unwrap_or(text).into(),
            Self::Prefix {
                text: prefix,
                unless,
                keep_empty,
            } => {
                if text.starts_with(unless) || (text.is_empty() && keep_empty) {
                    text.into()
                } else {
                    format!("{prefix}{text}").into()
                }
            }
        }
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
