//! The release gate: the version must be large enough for what changed since the last one, and
//! everything that states a version must state the same.

use super::matrix::{LIBRARY, Matrix};
use crate::breaking::{self, Bump, Level, Options, Report};
use crate::catalog::{Catalog, Targets};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::value::Spanned;
use crate::source::{SourceId, Span};
use crate::tree::{self, Limits, Node};
use semver::Version;

/// Something that states a version, and the place where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// What it is, for messages: `schemas/acme/package.yaml`.
    pub what: String,
    /// The version.
    pub version: Spanned<Version>,
}

/// What is about to be released.
#[derive(Debug, Clone, Default)]
pub struct Candidate<'a> {
    /// The schema packages: all of one version.
    pub packages: Vec<Stated>,
    /// The matrix, if there is one, and what findings about the whole of it point at.
    pub matrix: Option<(&'a Matrix, Span)>,
    /// `info.version` of the OpenAPI document, if there is one.
    pub document: Option<Stated>,
    /// The changelog: number and text.
    pub changelog: Option<(SourceId, &'a str)>,
}

/// The release before.
#[derive(Debug, Clone)]
pub struct Last {
    /// Its version.
    pub version: Version,
    /// What changed since.
    pub bump: Bump,
    /// Whether nothing came after it: the commit is the release itself.
    pub is_current: bool,
}

/// `version:` of a package file or `info.version` of an OpenAPI document. An error is a finding
/// with its place.
pub fn stated(
    what: &str,
    source: SourceId,
    text: &str,
    path: &[&str],
) -> Result<Stated, Box<Diagnostic>> {
    let (tree, found) = tree::parse(source, text.as_bytes(), &Limits::default());
    if let Some(error) = found
        .into_iter()
        .find(|it| it.level == crate::diagnostic::Level::Error)
    {
        return Err(Box::new(error));
    }
    let start = Span::new(source, 0, 0);
    let root = tree.documents().next().map(|it| it.root());
    let mut at: Option<Node<'_>> = root;
    for key in path {
        at = at.and_then(|node| node.get(key));
    }
    let Some(node) = at else {
        let message = format!("`{what}` states no version: it has no `{}`", path.join("."));
        let found = Diagnostic::error(codes::RELEASE_VERSIONS, start, message);
        return Err(Box::new(found));
    };
    let written = node.scalar().map_or("", |it| it.text);
    match Version::parse(written) {
        Ok(value) => Ok(Stated {
            what: what.to_owned(),
            version: Spanned {
                value,
                span: node.place(),
            },
        }),
        Err(error) => {
            let shown = tree::shorten(written);
            let message = format!("`{shown}` is no semantic version: {error}");
            let found = Diagnostic::error(codes::RELEASE_VERSIONS, node.place(), message);
            Err(Box::new(found))
        }
    }
}

/// What changed in the packages of two catalogs, at every stretch of releases that both know.
/// Packages that only one of them has are left out.
pub fn package_changes(old: &Catalog, new: &Catalog, options: &Options) -> Vec<(String, Report)> {
    let mut all = Vec::new();
    for package in &new.packages {
        let Some(before) = old.packages.iter().find(|it| it.name == package.name) else {
            continue;
        };
        let mut all_releases: Option<Report> = None;
        for stretch in super::stretches(new, package) {
            let shared = stretch.releases.iter().rev();
            let shared = shared.into_iter().find(|it| before.releases.contains(it));
            // A package without a platform has one release: its own version, which moves.
            let (a, b) = match shared {
                Some(release) => (release, release),
                None if package.releases.len() == 1 => (before.newest(), package.newest()),
                None => continue,
            };
            let at = |release: &Version| Targets::newest().with(&*package.name, release.clone());
            let report = breaking::compare_catalogs(
                (old, &at(a)),
                (new, &at(b)),
                Some(&package.name),
                options,
            );
            all_releases.get_or_insert_default().merge(report);
        }
        all.extend(all_releases.map(|report| (package.name.clone(), report)));
    }
    all
}

/// The least version that may follow, if something changed.
pub fn least(last: &Last) -> Version {
    breaking::next_version(&last.version, last.bump)
}

/// Checks a candidate against the last release; `None`: there is none yet.
pub fn release(candidate: &Candidate<'_>, last: Option<&Last>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let Some(first) = candidate.packages.first() else {
        return out;
    };
    for other in candidate.packages.iter().skip(1) {
        differs(&mut out, first, other, "the packages");
    }
    if let Some(last) = last {
        large_enough(&mut out, first, last);
    }
    if let Some((matrix, span)) = candidate.matrix {
        rows(&mut out, candidate, first, matrix, span);
    }
    if let Some((source, text)) = candidate.changelog {
        changelog(&mut out, first, last, source, text);
    }
    out.sort_by_key(|it| it.span.map(|span| (span.source, span.start)));
    out
}

fn differs(out: &mut Vec<Diagnostic>, one: &Stated, other: &Stated, what: &str) {
    if one.version.value == other.version.value {
        return;
    }
    let message = format!(
        "{what} must have one version: `{}` says {}, `{}` says {}",
        one.what, one.version.value, other.what, other.version.value
    );
    out.push(
        Diagnostic::error(codes::RELEASE_VERSIONS, other.version.span, message)
            .related(one.version.span, "the other one"),
    );
}

fn large_enough(out: &mut Vec<Diagnostic>, stated: &Stated, last: &Last) {
    let (version, span) = (&stated.version.value, stated.version.span);
    if version.cmp_precedence(&last.version).is_lt() {
        let message = format!("{version} comes before {}, which is released", last.version);
        out.push(Diagnostic::error(codes::RELEASE_TOO_SMALL, span, message));
        return;
    }
    let least = least(last);
    let core = |it: &Version| (it.major, it.minor, it.patch);
    // A candidate of the version that is needed will do.
    let small = core(version) < core(&least) || *version == last.version;
    if last.bump > Level::None && small {
        let message = format!(
            "{version} is too small a step from {}: what changed is {}, which needs {least}",
            last.version, last.bump
        );
        out.push(
            Diagnostic::error(codes::RELEASE_TOO_SMALL, span, message)
                .help("`herz release check --changes` lists what changed"),
        );
    }
}

/// The newest row is about this version.
fn rows(
    out: &mut Vec<Diagnostic>,
    candidate: &Candidate<'_>,
    stated: &Stated,
    matrix: &Matrix,
    whole: Span,
) {
    let version = &stated.version.value;
    let Some(row) = matrix.newest_first().into_iter().next() else {
        let message = format!("the matrix has no release; it needs a row for {version}");
        out.push(Diagnostic::error(codes::RELEASE_VERSIONS, whole, message));
        return;
    };
    if row.library.value != *version {
        let message = format!(
            "the newest row is about {LIBRARY} {}, and `{}` says {version}",
            row.library.value, stated.what
        );
        out.push(
            Diagnostic::error(codes::RELEASE_VERSIONS, row.library.span, message)
                .related(stated.version.span, "the version"),
        );
    }
    if let Some(document) = &candidate.document
        && let Some(claim) = row.claim("spec")
        && !claim.covers(&document.version.value, true)
    {
        let message = format!(
            "the newest row speaks `spec` {claim}, and `{}` is {}",
            document.what, document.version.value
        );
        out.push(
            Diagnostic::error(codes::RELEASE_VERSIONS, claim.span(), message)
                .related(document.version.span, "the document's version"),
        );
    }
}

/// A heading of a changelog.
struct Heading {
    version: Option<Version>,
    unreleased: bool,
    span: Span,
    /// Whether something stands below it.
    filled: bool,
}

/// The changelog has a section for the version, or one for what is not released yet.
fn changelog(
    out: &mut Vec<Diagnostic>,
    stated: &Stated,
    last: Option<&Last>,
    source: SourceId,
    text: &str,
) {
    let version = &stated.version.value;
    let headings = headings(source, text);
    let own = headings
        .iter()
        .find(|it| it.version.as_ref() == Some(version));
    let next = headings.iter().find(|it| it.unreleased);
    let start = Span::new(source, 0, 0);
    let mut tell = |span: Span, message: String| {
        out.push(Diagnostic::error(codes::RELEASE_CHANGELOG, span, message));
    };
    let released = last.is_some_and(|it| it.version == *version);
    match (own, next) {
        (None, _) if released => tell(
            start,
            format!("{version} is released, and the changelog has no section `## {version}`"),
        ),
        (Some(own), _) if !own.filled => {
            tell(own.span, format!("the section of {version} is empty"));
        }
        (None, Some(next)) if !next.filled => tell(
            next.span,
            format!("nothing stands below «Unreleased», and {version} is to come"),
        ),
        (None, None) => tell(
            start,
            format!("the changelog has neither a section `## {version}` nor `## Unreleased`"),
        ),
        _ => {}
    }
    if let Some(ahead) = headings
        .iter()
        .find(|it| it.version.as_ref().is_some_and(|it| it > version))
    {
        let shown = ahead
            .version
            .as_ref()
            .map_or_else(String::new, ToString::to_string);
        tell(
            ahead.span,
            format!("the changelog speaks of {shown}, and the version is {version}"),
        );
    }
}

/// `## [1.2.0] - 2025-03-01`, `## 1.2.0`, `## Unreleased`.
fn headings(source: SourceId, text: &str) -> Vec<Heading> {
    let mut list: Vec<Heading> = Vec::new();
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        if let Some(title) = trimmed.strip_prefix("## ") {
            let word = title.split_whitespace().next().unwrap_or("");
            let word = word.trim_matches(['[', ']']);
            let version = Version::parse(word.strip_prefix('v').unwrap_or(word)).ok();
            list.push(Heading {
                version,
                unreleased: word.eq_ignore_ascii_case("unreleased"),
                span: Span::new(source, number(at), number(at + line.trim_end().len())),
                filled: false,
            });
        } else if let Some(last) = list.last_mut() {
            last.filled |= !trimmed.is_empty() && !trimmed.starts_with('#');
        }
        at += line.len();
    }
    list
}
