//! What came and went, as the schemas say it.

use crate::compat::range::Range;
use crate::schema::value::Spanned;
use crate::source::Span;
use semver::Version;

/// Something that not every version has.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Unique name.
    pub id: Spanned<String>,
    /// The kinds that have it; the path is that in the first.
    pub kinds: Vec<Spanned<String>>,
    /// Where it is: `spec.rate`.
    pub path: Option<Spanned<String>>,
    /// What it is.
    pub what: Spanned<What>,
    /// First version that has it, by axis.
    pub since: Vec<(Spanned<String>, Spanned<Version>)>,
    /// First version without it, by axis.
    pub until: Vec<(Spanned<String>, Spanned<Version>)>,
    /// First version that discourages it, by axis.
    pub deprecated: Vec<(Spanned<String>, Spanned<Version>)>,
    /// What to use instead.
    pub instead: Option<Spanned<String>>,
    /// Versions before `since` that have it all the same, by axis.
    pub backports: Vec<(Spanned<String>, Spanned<Range>)>,
    /// Features that it needs.
    pub requires: Vec<Spanned<String>>,
    /// `alpha`, `beta`, `stable`.
    pub stability: Option<Spanned<String>>,
    /// One line about it.
    pub doc: String,
    /// The whole table.
    pub span: Span,
}

impl Feature {
    fn at<'f>(
        list: &'f [(Spanned<String>, Spanned<Version>)],
        axis: &str,
    ) -> Option<&'f Spanned<Version>> {
        list.iter()
            .find(|(name, _)| name.value == axis)
            .map(|(_, version)| version)
    }

    /// First version of the axis that has it; none: always had.
    pub fn since(&self, axis: &str) -> Option<&Spanned<Version>> {
        Self::at(&self.since, axis)
    }

    /// First version of the axis without it.
    pub fn until(&self, axis: &str) -> Option<&Spanned<Version>> {
        Self::at(&self.until, axis)
    }

    /// Whether that version of the axis has it.
    pub fn is_in(&self, axis: &str, version: &Version) -> bool {
        let born = self.since(axis).is_none_or(|since| since.value <= *version)
            || self
                .backports
                .iter()
                .any(|(name, range)| name.value == axis && range.value.contains(version, false));
        born && self.until(axis).is_none_or(|until| *version < until.value)
    }
}

/// What a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A kind.
    Kind,
    /// A field.
    Field,
    /// A value of an enum.
    Value,
    /// A limit on a value.
    Limit,
    /// A rule across fields.
    Rule,
    /// A case of a union.
    Case,
    /// A default.
    Default,
    /// Something that no schema shows.
    Behaviour,
}

impl What {
    /// All of them, with the names in the file.
    pub const ALL: [(&'static str, Self); 8] = [
        ("kind", Self::Kind),
        ("field", Self::Field),
        ("value", Self::Value),
        ("limit", Self::Limit),
        ("rule", Self::Rule),
        ("case", Self::Case),
        ("default", Self::Default),
        ("behaviour", Self::Behaviour),
    ];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(_, it)| *it == self)
            .map_or("", |(name, _)| name)
    }

    /// Whether objects that use it are stored with it, so that going back loses data.
    pub fn is_stored(self) -> bool {
        matches!(self, Self::Kind | Self::Field | Self::Value | Self::Case)
    }
}
