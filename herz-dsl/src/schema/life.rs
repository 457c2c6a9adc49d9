//! `since`, `until`, `deprecated`.

use super::read::{Map, Reader};
use super::value::{Data, Spanned, Text, Value};
use crate::source::Span;
use crate::tree::Resolved;
use semver::Version;

/// Keywords of everything that has a life.
pub const KEYWORDS: &[&str] = &["since", "until", "deprecated"];

/// A life as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LifeDecl {
    /// First release that has it.
    pub since: Option<Spanned<Version>>,
    /// First release without it.
    pub until: Option<Spanned<Version>>,
    /// On its way out.
    pub deprecated: Option<DeprecatedDecl>,
}

/// `deprecated: { since: 2.8.0, use: devices, note: "…" }`, or `true`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeprecatedDecl {
    /// First release that discourages it.
    pub since: Option<Spanned<Version>>,
    /// What to use instead.
    pub instead: Option<Text>,
    /// What else is to be known.
    pub note: Option<Text>,
    /// The whole value.
    pub span: Span,
}

impl LifeDecl {
    /// Reads the three keywords of a map.
    pub fn read(reader: &mut Reader, map: Map<'_>) -> Self {
        Self {
            since: map.read(reader, "since", Reader::version),
            until: map.read(reader, "until", Reader::version),
            deprecated: map
                .read(reader, "deprecated", DeprecatedDecl::read)
                .flatten(),
        }
    }
}

impl DeprecatedDecl {
    // The outer option says whether the value could be read, the inner whether it deprecates.
    #[allow(clippy::option_option)]
    fn read(reader: &mut Reader, value: &Value, _: &str) -> Option<Option<Self>> {
        let span = value.span;
        match &value.data {
            Data::Scalar {
                resolved: Resolved::Bool(truth),
                ..
            } => Some(truth.then_some(Self {
                since: None,
                instead: None,
                note: None,
                span,
            })),
            Data::Map(_) => {
                let map = reader.map(value, "`deprecated`", &[&["since", "use", "note"]])?;
                Some(Some(Self {
                    since: map.read(reader, "since", Reader::version),
                    instead: map.read(reader, "use", Reader::text),
                    note: map.read(reader, "note", Reader::text),
                    span,
                }))
            }
            _ => {
                reader.shape(
                    value,
                    "`deprecated` must be a map of `since`, `use` and `note`",
                );
                None
            }
        }
    }
}
