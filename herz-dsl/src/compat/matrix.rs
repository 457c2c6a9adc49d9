//! The matrix as data: axes, releases, what runs on what, features, upgrades.

use super::range::Range;
use super::version::Granularity;
use crate::schema::value::Spanned;
use crate::source::Span;
use semver::Version;
use std::fmt;

/// A compatibility matrix: `compat-matrix.toml`, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// What can vary, in the order of the file.
    pub axes: Vec<Axis>,
    /// How axes hang together with the library: `spec = "lockstep"`.
    pub policy: Vec<(Spanned<String>, Spanned<Lockstep>)>,
    /// One row a release of the library.
    pub releases: Vec<Release>,
    /// Which versions of one axis run on which of another, as their makers state it.
    pub runs_on: Vec<RunsOn>,
    /// What came and went, as the schemas say it.
    pub features: Vec<Feature>,
    /// Ways from one version of an axis to another.
    pub upgrades: Vec<Upgrade>,
    /// Files that are rendered from this one.
    pub render: Vec<Rendering>,
}

/// The axis that the rows are about.
pub const LIBRARY: &str = "library";

/// Something that has versions.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// `chaos-mesh`.
    pub name: Spanned<String>,
    /// How finely versions are told apart.
    pub granularity: Granularity,
    /// The versions, ascending.
    pub versions: Vec<Spanned<Version>>,
    /// Versions that nobody should use, even on the way.
    pub yanked: Vec<Spanned<Version>>,
    /// Until when versions are looked after.
    pub end_of_life: Vec<(Spanned<Range>, Date)>,
    /// The document that has this axis' version, such as `openapi/herz.yaml`.
    pub file: Option<Spanned<String>>,
    /// Name of the tag of a version, with `{version}` in it.
    pub tag: Option<String>,
    /// The whole table.
    pub span: Span,
}

impl Axis {
    /// Whether this version is on the axis.
    pub fn has(&self, version: &Version) -> bool {
        self.versions.iter().any(|known| known.value == *version)
    }

    /// The versions without their places.
    pub fn list(&self) -> Vec<Version> {
        self.versions.iter().map(|it| it.value.clone()).collect()
    }

    /// A version as the axis writes it.
    pub fn show(&self, version: &Version) -> String {
        self.granularity.show(version)
    }
}

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
pub(super) fn covers(ranges: &[Spanned<Range>], version: &Version, prereleases: bool) -> bool {
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

/// A way from some versions of an axis to others.
#[derive(Debug, Clone, PartialEq)]
pub struct Upgrade {
    /// The axis.
    pub axis: Spanned<String>,
    /// Where it begins.
    pub from: Vec<Spanned<Range>>,
    /// Where it ends; only upwards from where it began.
    pub to: Vec<Spanned<Range>>,
    /// What is to be done on the way.
    pub steps: Vec<String>,
    /// Whether it can be undone without loss.
    pub reversible: bool,
    /// The bump that the step is, as found in the schemas.
    pub bump: Option<Spanned<String>>,
    /// The breaks on the way: `NetworkChaos spec.delay.latency: pattern-added`.
    pub breaks: Vec<String>,
    /// The whole table.
    pub span: Span,
}

/// A file that is rendered from the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// In which form.
    pub form: Spanned<Form>,
    /// Where, from the matrix' folder.
    pub path: Spanned<String>,
}

/// What a matrix can be rendered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Tables in Markdown.
    Markdown,
    /// One page of HTML.
    Html,
    /// One JSON document.
    Json,
    /// Constants in Rust.
    Rust,
}

impl Form {
    /// All of them, with the names in the file.
    pub const ALL: [(&'static str, Self); 4] = [
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("json", Self::Json),
        ("rust", Self::Rust),
    ];
}

/// A day, as TOML writes it: `2025-03-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('-').collect();
        let error = || format!("`{text}` is no date such as 2025-03-01");
        let [year, month, day] = parts.as_slice() else {
            return Err(error());
        };
        let number = |text: &str, digits: usize| {
            (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse().ok())
                .flatten()
                .ok_or_else(error)
        };
        let date = Self {
            year: number(year, 4)?,
            month: u8::try_from(number(month, 2)?).map_err(|_| error())?,
            day: u8::try_from(number(day, 2)?).map_err(|_| error())?,
        };
        let real = (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
        real.then_some(date).ok_or_else(error)
    }
}

impl Matrix {
    /// The axis of that name.
    pub fn axis(&self, name: &str) -> Option<&Axis> {
        self.axes.iter().find(|axis| axis.name.value == name)
    }

    /// The rows, newest library first.
    pub fn newest_first(&self) -> Vec<&Release> {
        let mut rows: Vec<&Release> = self.releases.iter().collect();
        rows.sort_by(|a, b| b.library.value.cmp_precedence(&a.library.value));
        rows
    }

    /// What is known against a cell of a row: the first entry of `known-bad` that covers it. Only
    /// axes that the cell names are compared; an entry about another axis does not decide.
    pub fn known_bad<'m>(row: &'m Release, cell: &[(String, Version)]) -> Option<&'m KnownBad> {
        row.known_bad.iter().find(|bad| {
            bad.cell.iter().all(|(axis, range)| {
                cell.iter().any(|(name, version)| {
                    *name == axis.value && range.value.contains(version, row.prereleases)
                })
            })
        })
    }

    /// The statements that cover a pair of versions; `None` if nobody states anything about the
    /// two axes.
    pub fn stated(&self, subject: (&str, &Version), on: (&str, &Version)) -> Option<Vec<&RunsOn>> {
        let mut about = self
            .runs_on
            .iter()
            .filter(|it| it.subject.0.value == subject.0 && it.on.0.value == on.0)
            .peekable();
        about.peek()?;
        Some(
            about
                .filter(|it| {
                    covers(&it.subject.1, subject.1, false) && covers(&it.on.1, on.1, false)
                })
                .collect(),
        )
    }
}
