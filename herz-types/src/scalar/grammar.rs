//! What every dialect says about itself, and the trait of the types that hold its values.

use super::error::{LONGEST_SHOWN, ScalarError};
use super::{Dialect, Magnitude};

/// A value of one dialect.
pub trait Scalar: Sized + Clone + std::fmt::Display {
    /// Whose grammar its texts follow.
    const DIALECT: Dialect;

    /// Reads a text. Never panics, and takes time in proportion to the length of the text.
    fn parse(text: &str) -> Result<Self, ScalarError>;

    /// How much it says.
    fn magnitude(&self) -> Magnitude;
}

/// How well [`Dialect::pattern`] describes a dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PatternFit {
    /// It matches just the texts that are well formed.
    Exact,
    /// It matches all of them and some others, for example numbers that are too big.
    Superset,
}

/// One row of the table of accepted and refused texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sample {
    /// The text.
    pub text: &'static str,
    /// Whether it is well formed.
    pub accepted: bool,
}

/// What a dialect says about itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Info {
    /// Its name in schemas.
    pub(super) name: &'static str,
    /// What it is, as a heading.
    pub(super) title: &'static str,
    /// Its grammar and its meaning.
    pub(super) grammar: &'static str,
    /// The Rust type.
    pub(super) rust_type: &'static str,
    /// A short phrase: what is allowed.
    pub(super) allowed: &'static str,
    /// A portable regular expression.
    pub(super) pattern: Option<(&'static str, PatternFit)>,
    /// The table.
    pub(super) samples: &'static [Sample],
}

/// The table of accepted and refused texts.
macro_rules! samples {
    (accepted: [$($yes:expr),* $(,)?], refused: [$($no:expr),* $(,)?] $(,)?) => {
        &[
            $($crate::scalar::Sample { text: $yes, accepted: true },)*
            $($crate::scalar::Sample { text: $no, accepted: false },)*
        ]
    };
}

/// Makes a type with `read`, `candidates`, `magnitude_of` and `INFO` a [`Scalar`] that other
/// code can use like any type with a text form. The magnitude may be given as a closure instead.
macro_rules! scalar {
    ($type:ident, $dialect:ident) => {
        scalar!($type, $dialect, |value| value.magnitude_of());
    };
    ($type:ident, $dialect:ident, |$value:ident| $magnitude:expr) => {
        impl $crate::scalar::Scalar for $type {
            const DIALECT: $crate::scalar::Dialect = $crate::scalar::Dialect::$dialect;

            fn parse(text: &str) -> Result<Self, $crate::scalar::ScalarError> {
                Self::read(text).map_err(|message| {
                    $crate::scalar::grammar::explain(
                        message,
                        Self::INFO.allowed,
                        text,
                        Self::candidates,
                        |mended| Self::read(mended).is_ok(),
                    )
                })
            }

            fn magnitude(&self) -> $crate::scalar::Magnitude {
                let $value = self;
                $magnitude
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::scalar::ScalarError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::scalar::Scalar::parse(text)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                $crate::scalar::Scalar::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Builds the error of a refused text; suggests the first candidate that is well formed.
pub(super) fn explain(
    message: String,
    allowed: &str,
    text: &str,
    candidates: impl FnOnce(&str) -> Vec<String>,
    well_formed: impl Fn(&str) -> bool,
) -> ScalarError {
    // Nobody mends by hand what is that long, and mending may look at a text many times.
    let candidates = if text.len() > LONGEST_SHOWN * 4 {
        Vec::new()
    } else {
        candidates(text)
    };
    ScalarError {
        message,
        allowed: allowed.to_owned(),
        suggestion: candidates
            .into_iter()
            .find(|mended| mended.len() <= LONGEST_SHOWN * 4 && well_formed(mended)),
    }
}
