//! Rows: releases of the library, what they run on, what was tried, and what is known to be bad.

use super::Date;
use crate::compat::range::Range;
use crate::schema::value::Spanned;
use crate::source::Span;
use semver::Version;
use std::fmt;

/// What a row says about an axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// Exactly this version: the two move in step.
    Exact(Spanned<Version>),
    /// Any version in one of these ranges.
    Ranges(Vec<Spanned<Range>>),
}

impl Claim {
    /// Whether it covers the version.
    pub fn covers(&self, version: &Version, prereleases: bool) -> bool {
        match self {
            Self::Exact(exact) => exact.value.cmp_precedence(version).is_eq(),
            Self::Ranges(ranges) => covers(ranges, version, prereleases),
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Exact(exact) => exact.span,
            Self::Ranges(ranges) => match (ranges.first(), ranges.last()) {
                (Some(first), Some(last)) => {
                    Span::new(first.span.source, first.span.start, last.span.end)
                }
                _ => Span::default(),
            },
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(exact) => exact.value.fmt(f),
            Self::Ranges(ranges) => {
                for (at, range) in ranges.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { " or " }, range.value)?;
                }
                Ok(())
            }
        }
    }
}

/// Whether one of the ranges has the version.
pub(in crate::compat) fn covers(
    ranges: &[Spanned<Range>],
    version: &Version,
    prereleases: bool,
) -> bool {
    ranges
        .iter()
        .any(|range| range.value.contains(version, prereleases))
}

/// A release of the library: exact on the left, ranges on the right.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// The library's version.
    pub library: Spanned<Version>,
    /// What it says about each axis, by name.
    pub claims: Vec<(Spanned<String>, Claim)>,
    /// Whether it is looked after.
    pub status: Spanned<Status>,
    /// When it came out; none: not yet.
    pub released: Option<Spanned<Date>>,
    /// Until when it is looked after.
    pub end_of_life: Option<Spanned<Date>>,
    /// Whether pre-releases inside the ranges count.
    pub prereleases: bool,
    /// Cells that were tried, with what shows it.
    pub tested: Vec<Tested>,
    /// Cells inside the ranges that are known not to work.
    pub known_bad: Vec<KnownBad>,
    /// Features that the row names.
    pub features: Vec<Spanned<String>>,
    /// The whole table.
    pub span: Span,
}

impl Release {
    /// What the row says about an axis.
    pub fn claim(&self, axis: &str) -> Option<&Claim> {
        self.claims
            .iter()
            .find(|(name, _)| name.value == axis)
            .map(|(_, claim)| claim)
    }

    /// Whether people may still start to use it.
    pub fn is_usable(&self) -> bool {
        matches!(self.status.value, Status::Supported | Status::Maintenance)
    }
}

/// Whether a release is looked after. Ordered: better ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It gets features and mends.
    Supported,
    /// It gets mends only.
    Maintenance,
    /// Nobody looks after it.
    EndOfLife,
    /// It must not be used.
    Yanked,
}

impl Status {
    /// All of them, with the names in the file.
    pub const ALL: [(&'static str, Self); 4] = [
        ("supported", Self::Supported),
        ("maintenance", Self::Maintenance),
        ("end-of-life", Self::EndOfLife),
        ("yanked", Self::Yanked),
    ];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(_, it)| *it == self)
            .map_or("", |(name, _)| name)
    }
}

/// How an axis' version follows the library's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lockstep {
    /// The same version.
    Full,
    /// The same first and second number.
    Minor,
    /// The same first number.
    Major,
}

impl Lockstep {
    /// All of them, with the names in the file.
    pub const ALL: [(&'static str, Self); 3] = [
        ("lockstep", Self::Full),
        ("lockstep-minor", Self::Minor),
        ("lockstep-major", Self::Major),
    ];

    /// Whether the two versions are in step.
    pub fn holds(self, one: &Version, other: &Version) -> bool {
        let same = match self {
            Self::Full => one.cmp_precedence(other).is_eq(),
            Self::Minor | Self::Major => true,
        };
        let minor = self == Self::Major || one.minor == other.minor;
        same && minor && one.major == other.major
    }
}

/// A cell that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// The versions, by axis.
    pub cell: Vec<(Spanned<String>, Spanned<Version>)>,
    /// What shows it: a test, a run.
    pub evidence: String,
    /// The whole entry.
    pub span: Span,
}

/// Cells that don't work although a range covers them.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownBad {
    /// The ranges, by axis; an axis that is not named is bad everywhere.
    pub cell: Vec<(Spanned<String>, Spanned<Range>)>,
    /// Why.
    pub why: String,
    /// Where it is written about.
    pub issue: Option<String>,
    /// The whole entry.
    pub span: Span,
}

/// Versions of an axis that run on versions of another one.
#[derive(Debug, Clone, PartialEq)]
pub struct RunsOn {
    /// The axis and its versions, then the axis that they run on.
    pub subject: (Spanned<String>, Vec<Spanned<Range>>),
    /// What they run on.
    pub on: (Spanned<String>, Vec<Spanned<Range>>),
    /// Who says so.
    pub source: String,
    /// What else is to be known.
    pub note: Option<String>,
    /// The whole table.
    pub span: Span,
}
