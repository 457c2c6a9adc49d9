//! The matrix as data: axes, releases, what runs on what, features, upgrades.

mod date;
mod feature;
mod release;

pub use date::Date;
pub use feature::{Feature, What};
pub(super) use release::covers;
pub use release::{Claim, KnownBad, Lockstep, Release, RunsOn, Status, Tested};

use super::range::Range;
use super::version::Granularity;
use crate::schema::value::Spanned;
use crate::source::Span;
use semver::Version;

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

impl Matrix {
    /// The axis of that name.
    pub fn axis(&self, name: &str) -> Option<&Axis> {
        self.axes.iter().find(|axis| axis.name.value == name)
    }

    /// The rows, newest library first.
    pub fn newest_first(&self) -> Vec<&Release> {
        let mut rows: Vec<&Release> = self.releases.iter().collect();
        rows.sort_by(|Release { library: a, .. }, Release { library: b, .. }| {
            b.value.cmp_precedence(&a.value)
        });
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
