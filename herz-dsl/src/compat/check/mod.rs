//! The checks of a matrix: against itself, against the schemas, against what was published.
//!
//! | file | checks |
//! |---|---|
//! | [`axes`] | versions and ranges: unknown, double, empty, out of order |
//! | [`rows`] | releases: overlap, gap, order, lockstep, end of life, evidence, known-bad |
//! | [`features`] | features: unknown, circles, order, and whether the schemas agree |
//! | [`ways`] | upgrades: no way, a way back that loses data |
//! | [`bump`] | documents of successive versions, compared by the rules of [`crate::breaking`] |
//! | [`published`] | rows that were published and say something else now |
//! | [`fresh`] | the generated part and the renderings |

mod axes;
mod bump;
mod features;
mod fresh;
mod published;
mod rows;
mod ways;

use super::matrix::{Axis, Date, Matrix, Release, Status};
use crate::catalog::Catalog;
use crate::diagnostic::codes::Code;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::{SourceId, Span};
use semver::Version;

/// Where a check gets files from. The library reads none itself.
pub trait Documents {
    /// The document that a version of an axis had: of the newest version the file itself, of
    /// others what their tag has. None: it can't be had, and is not compared.
    fn of_version(&self, axis: &Axis, version: &Version) -> Option<String>;

    /// A file by its path from the matrix' folder.
    fn file(&self, path: &str) -> Option<String>;
}

/// No documents: what needs them is not checked.
#[derive(Debug, Clone, Copy)]
pub struct NoDocuments;

impl Documents for NoDocuments {
    fn of_version(&self, _: &Axis, _: &Version) -> Option<String> {
        None
    }

    fn file(&self, _: &str) -> Option<String> {
        None
    }
}

/// What a matrix is checked with.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// Number and text of the matrix.
    pub source: (SourceId, &'a str),
    /// The schemas that features come from.
    pub catalog: Option<&'a Catalog>,
    /// The day that ends of life are compared with.
    pub today: Option<Date>,
    /// The matrix as it was published.
    pub published: Option<&'a Matrix>,
    /// Documents and files.
    pub documents: &'a dyn Documents,
    /// Whether the generated part and the renderings must be fresh.
    pub fresh: bool,
}

/// Checks a matrix that was read; findings in order of place.
pub fn check(matrix: &Matrix, inputs: &Inputs<'_>) -> Vec<Diagnostic> {
    let mut checks = Checks {
        matrix,
        inputs,
        out: Vec::new(),
    };
    checks.axes();
    checks.rows();
    checks.features();
    checks.ways();
    checks.bumps();
    checks.published();
    checks.fresh();
    let mut out = checks.out;
    out.sort_by(|a, b| {
        let key = |it: &Diagnostic| (it.span.map(|span| span.start), it.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    out.dedup();
    out
}

struct Checks<'a> {
    matrix: &'a Matrix,
    inputs: &'a Inputs<'a>,
    out: Vec<Diagnostic>,
}

impl Checks<'_> {
    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.out.push(Diagnostic::error(code, span, message));
    }

    fn warning(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.out
            .push(Diagnostic::new(code, Level::Warning, span, message));
    }
}

/// Whether a row is looked after.
fn supported(row: &Release) -> bool {
    matches!(row.status.value, Status::Supported | Status::Maintenance)
}

/// `2.6.0`, or `2.6.0 to 2.7.3`.
pub(super) fn span_text(axis: &Axis, span: &(Version, Version)) -> String {
    if span.0 == span.1 {
        axis.show(&span.0)
    } else {
        format!("{} to {}", axis.show(&span.0), axis.show(&span.1))
    }
}
