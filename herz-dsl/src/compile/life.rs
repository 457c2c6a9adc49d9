//! `since`, `until` and `deprecated`, checked against the platform's releases.

use super::Compiler;
use crate::catalog::{Deprecation, Life};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::life::LifeDecl;
use crate::schema::package::PackageFile;
use crate::schema::read::quoted;
use crate::schema::value::Spanned;
use crate::source::Span;
use semver::Version;

impl Compiler<'_> {
    /// A life within the life of what it belongs to; `outer` names that, for messages.
    pub(super) fn life(
        &mut self,
        package: usize,
        decl: &LifeDecl,
        outer: Option<(&Life, &str)>,
    ) -> Life {
        let since = self.release(package, decl.since.as_ref(), true);
        let until = self.release(package, decl.until.as_ref(), false);
        let mut empty = false;
        if let (Some(since), Some(until), Some(at)) = (&since, &until, &decl.until)
            && until <= since
        {
            empty = true;
            let message = format!("it ends with {until}, before it begins with {since}");
            let mut finding = Diagnostic::error(codes::BAD_LIFE, at.span, message);
            if let Some(since) = &decl.since {
                finding = finding.related(since.span, "the beginning");
            }
            self.diagnostics.push(finding);
        }
        if let Some((outer, what)) = outer.filter(|_| !empty) {
            self.check_outer(decl, outer, what);
        }
        let deprecated = decl.deprecated.as_ref().map(|deprecated| {
            if deprecated.instead.is_none() && deprecated.note.is_none() {
                let message = "a deprecation should say what to `use` instead, or why in a `note`";
                self.diagnostics.push(Diagnostic::warning(
                    codes::BARE_DEPRECATION,
                    deprecated.span,
                    message,
                ));
            }
            Deprecation {
                since: self.release(package, deprecated.since.as_ref(), true),
                instead: deprecated.instead.as_ref().map(|text| text.text.clone()),
                note: deprecated
                    .note
                    .as_ref()
                    .map(|text| text.text.trim().to_owned()),
            }
        });
        Life {
            since,
            until,
            deprecated,
        }
    }

    fn check_outer(&mut self, decl: &LifeDecl, outer: &Life, what: &str) {
        let mut report = |span: Span, message: String| {
            self.diagnostics
                .push(Diagnostic::error(codes::BAD_LIFE, span, message));
        };
        if let Some(Spanned { value: since, span }) = &decl.since {
            if let Some(begin) = outer.since.as_ref().filter(|begin| since < begin) {
                report(
                    *span,
                    format!("it can't begin with {since}: {what} came with {begin}"),
                );
            }
            if let Some(end) = outer.until.as_ref().filter(|end| since >= end) {
                report(
                    *span,
                    format!("it can't begin with {since}: {what} is gone since {end}"),
                );
            }
        }
        if let Some(Spanned { value: until, span }) = &decl.until {
            if let Some(begin) = outer.since.as_ref().filter(|begin| until <= begin) {
                report(
                    *span,
                    format!("it can't end with {until}: {what} came with {begin}"),
                );
            }
            if let Some(end) = outer.until.as_ref().filter(|end| until > end) {
                report(
                    *span,
                    format!("it can't end with {until}: {what} is gone since {end}"),
                );
            }
        }
    }

    /// A version that must be a release of the package's platform. A beginning before the first
    /// release that the package knows is fine: the thing was always there.
    fn release(
        &mut self,
        package: usize,
        version: Option<&Spanned<Version>>,
        begins: bool,
    ) -> Option<Version> {
        let Spanned {
            value: version,
            span,
        } = version?;
        let releases = self.releases.get(package).map_or(&[][..], Vec::as_slice);
        let platform = self
            .written
            .get(package)
            .and_then(|written| written.file.platform.as_ref());
        let Some(platform) = platform else {
            let message = format!("`{version}` is no release: the package names no platform");
            let finding = Diagnostic::error(codes::UNKNOWN_VERSION, *span, message)
                .help("`platform: { name: …, versions: […] }` in `package.yaml` names it and its releases");
            self.diagnostics.push(finding);
            return None;
        };
        if releases.contains(version) {
            if !begins && releases.first() == Some(version) {
                let message = format!(
                    "it ends with {version}, the first release of {}: no release has it",
                    platform.name.text
                );
                self.diagnostics
                    .push(Diagnostic::error(codes::BAD_LIFE, *span, message));
            }
            return Some(version.clone());
        }
        if begins && releases.first().is_some_and(|first| version < first) {
            return Some(version.clone());
        }
        let mut finding = Diagnostic::error(
            codes::UNKNOWN_VERSION,
            *span,
            format!("{} has no release {version}", platform.name.text),
        )
        .related(platform.span, "its releases");
        let next = releases.iter().find(|release| *release > version);
        finding = if let Some(next) = next {
            finding.help(format!("the next release is {next}"))
        } else {
            let before = releases.len().saturating_sub(3);
            let last: Vec<String> = releases
                .iter()
                .skip(before)
                .map(ToString::to_string)
                .collect();
            finding.help(format!(
                "the last releases are {}",
                quoted(last.iter().map(String::as_str))
            ))
        };
        self.diagnostics.push(finding);
        None
    }
}

/// The releases of a package, ascending; a package without a platform has one, its own version.
pub(super) fn releases(file: &PackageFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Version> {
    let Some(platform) = &file.platform else {
        return vec![file.version.clone()];
    };
    for pair in platform.versions.windows(2) {
        if let [before, after] = pair
            && after.value <= before.value
        {
            let message = format!(
                "releases must ascend, and {} stands behind {}",
                after.value, before.value
            );
            diagnostics.push(
                Diagnostic::error(codes::UNKNOWN_VERSION, after.span, message)
                    .related(before.span, "the release before"),
            );
        }
    }
    let mut versions: Vec<Version> = platform
        .versions
        .iter()
        .map(|version| version.value.clone())
        .collect();
    versions.sort();
    versions.dedup();
    if versions.is_empty() {
        versions.push(file.version.clone());
    }
    versions
}

/// Whether `outer` has every release that `inner` has.
pub(super) fn contains(outer: &Life, inner: &Life) -> bool {
    let begins = outer
        .since
        .as_ref()
        .is_none_or(|begin| inner.since.as_ref().is_some_and(|since| since >= begin));
    let ends = outer
        .until
        .as_ref()
        .is_none_or(|end| inner.until.as_ref().is_some_and(|until| until <= end));
    begins && ends
}
