//! Versions and ranges by themselves: unknown, double, empty, out of order.

use super::Checks;
use crate::compat::matrix::{Axis, Claim};
use crate::compat::range::Range;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::value::Spanned;
use semver::Version;

impl Checks<'_> {
    pub(super) fn axes(&mut self) {
        let matrix = self.matrix;
        for axis in &matrix.axes {
            self.versions_of(axis);
        }
        for row in &matrix.releases {
            self.version(crate::compat::LIBRARY, &row.library);
            for (axis, claim) in &row.claims {
                match claim {
                    Claim::Exact(version) => self.version(&axis.value, version),
                    Claim::Ranges(ranges) => {
                        for range in ranges {
                            self.range(&axis.value, range, row.prereleases);
                        }
                    }
                }
            }
            for tested in &row.tested {
                for (axis, version) in &tested.cell {
                    self.version(&axis.value, version);
                }
            }
            for bad in &row.known_bad {
                for (axis, range) in &bad.cell {
                    self.range(&axis.value, range, row.prereleases);
                }
            }
        }
        for row in &matrix.runs_on {
            for (axis, ranges) in [&row.subject, &row.on] {
                for range in ranges {
                    self.range(&axis.value, range, false);
                }
            }
        }
        for feature in &matrix.features {
            let lists = [&feature.since, &feature.until, &feature.deprecated];
            for (axis, version) in lists.into_iter().flatten() {
                self.version(&axis.value, version);
            }
            for (axis, range) in &feature.backports {
                self.range(&axis.value, range, false);
            }
        }
        for row in &matrix.upgrades {
            for range in row.from.iter().chain(&row.to) {
                self.range(&row.axis.value, range, false);
            }
        }
    }

    /// The axis' own list.
    fn versions_of(&mut self, axis: &Axis) {
        let name = &axis.name.value;
        if axis.versions.is_empty() {
            let message = format!("the axis `{name}` has no version");
            self.error(codes::MATRIX_EMPTY, axis.name.span, message);
        }
        let mut known: Vec<&Spanned<Version>> = Vec::new();
        for version in &axis.versions {
            let shown = axis.show(&version.value);
            if let Some(same) = known.iter().find(|it| it.value == version.value) {
                let message = format!("`{shown}` is there twice");
                self.out.push(
                    Diagnostic::error(codes::MATRIX_DUPLICATE, version.span, message)
                        .related(same.span, "the first one"),
                );
            } else if let Some(later) = known.iter().find(|it| it.value > version.value) {
                let before = axis.show(&later.value);
                let message = format!("`{shown}` stands behind `{before}`: versions must ascend");
                self.out.push(
                    Diagnostic::error(codes::MATRIX_ORDER, version.span, message)
                        .related(later.span, "the later one"),
                );
            }
            known.push(version);
        }
        for yanked in &axis.yanked {
            self.version(name, yanked);
        }
        for (range, _) in &axis.end_of_life {
            self.range(name, range, true);
        }
    }

    /// A version must be on its axis or lie past its end.
    fn version(&mut self, axis: &str, version: &Spanned<Version>) {
        let Some(axis) = self.matrix.axis(axis) else {
            return;
        };
        let past = axis
            .versions
            .last()
            .is_none_or(|last| version.value > last.value);
        if past || axis.has(&version.value) {
            return;
        }
        let found = unknown(axis, &version.value);
        self.out.push(Diagnostic {
            span: Some(version.span),
            ..found
        });
    }

    /// Bounds of a range must be on the axis or past its end, and something must match.
    fn range(&mut self, axis: &str, range: &Spanned<Range>, prereleases: bool) {
        let Some(axis) = self.matrix.axis(axis) else {
            return;
        };
        if range.value.is_empty() {
            let message = format!("`{}` contradicts itself: nothing can match", range.value);
            self.error(codes::MATRIX_EMPTY, range.span, message);
            return;
        }
        let mut wrong = None;
        for (version, numbers) in range.value.named() {
            let begins = |known: &Version| {
                known.major == version.major
                    && (numbers < 2 || known.minor == version.minor)
                    && (numbers < 3 || (known.patch == version.patch && known.pre == version.pre))
            };
            let past = axis.versions.last().is_none_or(|last| version > last.value);
            // `<2.9` ends where 2.9.0 would begin, whether that exists or not.
            if !past && !axis.versions.iter().any(|known| begins(&known.value)) {
                wrong = Some(unknown(axis, &version));
            }
        }
        let any = axis
            .versions
            .iter()
            .any(|version| range.value.contains(&version.value, prereleases));
        if let Some(found) = wrong {
            self.out.push(Diagnostic {
                span: Some(range.span),
                ..found
            });
        } else if !any {
            let message = format!(
                "`{}` matches no version of `{}`",
                range.value, axis.name.value
            );
            self.error(codes::MATRIX_EMPTY, range.span, message);
        }
    }
}

fn unknown(axis: &Axis, version: &Version) -> Diagnostic {
    let shown = axis.show(version);
    let message = format!("`{shown}` is no version of `{}`", axis.name.value);
    let found = Diagnostic::error(codes::MATRIX_VERSION_UNKNOWN, axis.span, message)
        .related(axis.name.span, "its versions");
    let known: Vec<String> = axis
        .versions
        .iter()
        .map(|it| axis.show(&it.value))
        .collect();
    match did_you_mean(&shown, known.iter().map(String::as_str)) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
}
