//! Rows of releases: overlap, gap, order, lockstep, end of life, evidence, exceptions.

use super::{Checks, span_text, supported};
use crate::compat::matrix::{Axis, Claim, LIBRARY, Matrix, Release, Status, covers};
use crate::compat::range::spans;
use crate::compat::version::may_break;
use crate::diagnostic::{Diagnostic, codes};
use semver::Version;

impl Checks<'_> {
    pub(super) fn rows(&mut self) {
        let rows = &self.matrix.releases;
        for (at, row) in rows.iter().enumerate() {
            let before = rows.get(..at).unwrap_or_default();
            let twin = before
                .iter()
                .find(|it| it.library.value.cmp_precedence(&row.library.value).is_eq());
            if let Some(twin) = twin {
                self.twins(twin, row);
            }
            self.row_order(before.last(), row);
            self.contradictions(row);
            self.lockstep(row);
            self.end_of_life(row);
            self.evidence(row);
            self.exceptions(row);
        }
        self.monotonic();
        self.gaps();
        self.statements();
    }

    /// Two rows of one version.
    fn twins(&mut self, one: &Release, other: &Release) {
        let version = &other.library.value;
        let message = format!("there are two rows for the library {version}");
        self.out.push(
            Diagnostic::error(codes::MATRIX_DUPLICATE, other.library.span, message)
                .related(one.library.span, "the first one"),
        );
        for (axis, claim) in &other.claims {
            let Some(first) = one.claim(&axis.value) else {
                continue;
            };
            let Some(axis) = self.matrix.axis(&axis.value) else {
                continue;
            };
            let both = axis.versions.iter().find(|version| {
                claim.covers(&version.value, other.prereleases)
                    && first.covers(&version.value, one.prereleases)
            });
            let differ = one.status.value != other.status.value || first != claim;
            if let (Some(both), true) = (both, differ) {
                let message = format!(
                    "both rows of {version} speak about `{}` {}, and differ",
                    axis.name.value,
                    axis.show(&both.value)
                );
                self.out.push(
                    Diagnostic::error(codes::MATRIX_OVERLAP, claim.span(), message)
                        .related(first.span(), "the other one"),
                );
            }
        }
    }

    /// A cell that was tried and is known to be bad.
    fn contradictions(&mut self, row: &Release) {
        for tested in &row.tested {
            let cell: Vec<(String, Version)> = tested
                .cell
                .iter()
                .map(|(axis, version)| (axis.value.clone(), version.value.clone()))
                .collect();
            if let Some(bad) = Matrix::known_bad(row, &cell) {
                let message = "this cell was tried, and is known to be bad";
                self.out.push(
                    Diagnostic::error(codes::MATRIX_OVERLAP, tested.span, message)
                        .related(bad.span, "here"),
                );
            }
        }
    }

    fn row_order(&mut self, before: Option<&Release>, row: &Release) {
        if let Some(before) = before
            && row.library.value < before.library.value
        {
            let message = format!(
                "{} stands behind {}: releases must ascend",
                row.library.value, before.library.value
            );
            self.out.push(
                Diagnostic::error(codes::MATRIX_ORDER, row.library.span, message)
                    .related(before.library.span, "the later one"),
            );
        }
        if let (Some(released), Some(end)) = (&row.released, &row.end_of_life)
            && end.value < released.value
        {
            let message = format!(
                "its life ends on {}, before it begins on {}",
                end.value, released.value
            );
            self.error(codes::MATRIX_ORDER, end.span, message);
        }
        // Patches of an older line may come out later; a new line may not come out before its
        // predecessor.
        if let (Some(before), Some(released)) = (before, &row.released)
            && let Some(earlier) = &before.released
            && row.library.value > before.library.value
            && row.library.value.patch == 0
            && released.value < earlier.value
            && before.library.value.patch == 0
        {
            let message = format!(
                "{} came out on {}, before {} on {}",
                row.library.value, released.value, before.library.value, earlier.value
            );
            self.error(codes::MATRIX_ORDER, released.span, message);
        }
    }

    fn lockstep(&mut self, row: &Release) {
        for (axis, policy) in &self.matrix.policy {
            let Some(claim) = row.claim(&axis.value) else {
                let message = format!("`{}` moves in step, and the row has none", axis.value);
                self.error(codes::MATRIX_LOCKSTEP, row.library.span, message);
                continue;
            };
            let library = &row.library.value;
            match claim {
                Claim::Exact(version) if policy.value.holds(library, &version.value) => {}
                Claim::Exact(version) => {
                    let message = format!(
                        "{} {} is not in step with the library {library}",
                        axis.value, version.value
                    );
                    self.out.push(
                        Diagnostic::error(codes::MATRIX_LOCKSTEP, version.span, message)
                            .related(policy.span, "the policy"),
                    );
                }
                Claim::Ranges(_) => {
                    let message = format!("`{}` moves in step: name one version", axis.value);
                    self.error(codes::MATRIX_LOCKSTEP, claim.span(), message);
                }
            }
        }
    }

    fn end_of_life(&mut self, row: &Release) {
        let Some(today) = self.inputs.today.filter(|_| supported(row)) else {
            return;
        };
        if let Some(end) = row.end_of_life.as_ref().filter(|end| end.value < today) {
            let message = format!(
                "{} is {}, and its life ended on {}",
                row.library.value,
                row.status.value.name(),
                end.value
            );
            self.warning(codes::MATRIX_END_OF_LIFE, end.span, message);
        }
        for (name, claim) in &row.claims {
            let Some(axis) = self.matrix.axis(&name.value) else {
                continue;
            };
            let dead = |version: &Version| {
                axis.end_of_life
                    .iter()
                    .any(|(range, end)| range.value.contains(version, true) && *end < today)
            };
            let mut covered = covered(axis, claim, row.prereleases).into_iter().peekable();
            if covered.peek().is_some() && covered.all(|version| dead(&version)) {
                let message = format!(
                    "{} is {}, and every `{}` that it takes is at its end of life",
                    row.library.value,
                    row.status.value.name(),
                    name.value
                );
                self.warning(codes::MATRIX_END_OF_LIFE, claim.span(), message);
            }
        }
    }

    /// The ends of each range of a supported row need evidence.
    fn evidence(&mut self, row: &Release) {
        if row.status.value != Status::Supported {
            return;
        }
        for (name, claim) in &row.claims {
            let (Some(axis), Claim::Ranges(ranges)) = (self.matrix.axis(&name.value), claim) else {
                continue;
            };
            let all = covered(axis, claim, row.prereleases);
            let (Some(first), Some(last)) = (all.first(), all.last()) else {
                continue;
            };
            let tried = |version: &Version| {
                row.tested.iter().any(|tested| {
                    tested
                        .cell
                        .iter()
                        .any(|(it, known)| it.value == name.value && known.value == *version)
                })
            };
            let mut ends = vec![first, last];
            ends.dedup();
            let missing: Vec<String> = ends
                .into_iter()
                .filter(|version| !tried(version))
                .map(|version| axis.show(version))
                .collect();
            if let (false, Some(range)) = (missing.is_empty(), ranges.first()) {
                let message = format!(
                    "nothing shows that {} works with `{}` {}",
                    row.library.value,
                    name.value,
                    missing.join(" and ")
                );
                self.out.push(
                    Diagnostic::warning(codes::MATRIX_UNTESTED, range.span, message)
                        .help("add it to `tested`, with its evidence"),
                );
            }
        }
    }

    /// Exceptions for cells that the row does not claim anyway.
    fn exceptions(&mut self, row: &Release) {
        for bad in &row.known_bad {
            for (name, range) in &bad.cell {
                let Some(axis) = self.matrix.axis(&name.value) else {
                    continue;
                };
                let Some(claim) = row.claim(&name.value) else {
                    continue;
                };
                let inside = axis.versions.iter().any(|version| {
                    range.value.contains(&version.value, row.prereleases)
                        && claim.covers(&version.value, row.prereleases)
                });
                if !inside {
                    let message = format!(
                        "the row does not claim `{}` {} anyway",
                        name.value, range.value
                    );
                    self.warning(codes::MATRIX_KNOWN_BAD_OUTSIDE, range.span, message);
                }
            }
        }
    }

    /// A newer library may drop versions only with a step that may break.
    fn monotonic(&mut self) {
        let mut rows: Vec<&Release> = self.matrix.releases.iter().collect();
        rows.sort_by(|a, b| a.library.value.cmp_precedence(&b.library.value));
        for pair in rows.windows(2) {
            let [old, new] = pair else { continue };
            if may_break(&old.library.value, &new.library.value) {
                continue;
            }
            for (name, claim) in &new.claims {
                let (Some(axis), Some(before @ Claim::Ranges(_)), Claim::Ranges(_)) =
                    (self.matrix.axis(&name.value), old.claim(&name.value), claim)
                else {
                    continue;
                };
                let was = covered(axis, before, old.prereleases);
                let is = covered(axis, claim, new.prereleases);
                let dropped = spans(&axis.list(), |it| was.contains(it) && !is.contains(it));
                if !dropped.is_empty() {
                    let list: Vec<String> =
                        dropped.iter().map(|span| span_text(axis, span)).collect();
                    let message = format!(
                        "{} drops `{}` {}, which {} has, without a step that may break",
                        new.library.value,
                        name.value,
                        list.join(" and "),
                        old.library.value
                    );
                    self.out.push(
                        Diagnostic::error(codes::MATRIX_NOT_MONOTONIC, claim.span(), message)
                            .related(before.span(), "the older row"),
                    );
                }
                if let (Some(least), Some(was)) = (is.first(), was.first())
                    && least < was
                {
                    let message = format!(
                        "the least `{}` goes down from {} to {}",
                        name.value,
                        axis.show(was),
                        axis.show(least)
                    );
                    self.out.push(
                        Diagnostic::error(codes::MATRIX_NOT_MONOTONIC, claim.span(), message)
                            .related(before.span(), "the older row"),
                    );
                }
            }
        }
    }

    /// Versions between two supported ones that no row covers.
    fn gaps(&mut self) {
        for axis in &self.matrix.axes {
            if axis.name.value == LIBRARY {
                continue;
            }
            let claims: Vec<(&Release, &Claim)> = self
                .matrix
                .releases
                .iter()
                .filter(|row| supported(row))
                .filter_map(|row| Some((row, row.claim(&axis.name.value)?)))
                .filter(|(_, claim)| matches!(claim, Claim::Ranges(_)))
                .collect();
            let has = |version: &Version| {
                claims
                    .iter()
                    .any(|(row, claim)| claim.covers(version, row.prereleases))
            };
            let list = axis.list();
            let first = list.iter().position(has);
            let last = list.iter().rposition(has);
            let (Some(first), Some(last)) = (first, last) else {
                continue;
            };
            let between = list.get(first..=last).unwrap_or_default();
            for hole in spans(between, |version| !has(version)) {
                let message = format!(
                    "no supported row takes `{}` {}, and versions before and after it are taken",
                    axis.name.value,
                    span_text(axis, &hole)
                );
                let at = claims
                    .iter()
                    .find(|(row, claim)| {
                        axis.versions
                            .iter()
                            .any(|it| it.value > hole.1 && claim.covers(&it.value, row.prereleases))
                    })
                    .map_or(axis.name.span, |(_, claim)| claim.span());
                self.error(codes::MATRIX_GAP, at, message);
            }
        }
    }

    /// Two makers' statements about one pair with different notes are fine; the same pair stated
    /// twice in one row list is not.
    fn statements(&mut self) {
        let rows = &self.matrix.runs_on;
        for (at, row) in rows.iter().enumerate() {
            for before in rows.get(..at).unwrap_or_default() {
                let same = before.subject.0.value == row.subject.0.value
                    && before.on.0.value == row.on.0.value
                    && before.source == row.source;
                let (Some(subject), Some(on)) = (
                    self.matrix.axis(&row.subject.0.value),
                    self.matrix.axis(&row.on.0.value),
                ) else {
                    continue;
                };
                let both = |axis: &Axis, a: &[_], b: &[_]| {
                    axis.list()
                        .iter()
                        .any(|it| covers(a, it, false) && covers(b, it, false))
                };
                if same
                    && before.note != row.note
                    && both(subject, &before.subject.1, &row.subject.1)
                    && both(on, &before.on.1, &row.on.1)
                {
                    let message =
                        "two statements of one source are about the same cell, and differ";
                    self.out.push(
                        Diagnostic::error(codes::MATRIX_OVERLAP, row.subject.0.span, message)
                            .related(before.subject.0.span, "the other one"),
                    );
                }
            }
        }
    }
}

/// The versions of the axis that a claim covers.
fn covered(axis: &Axis, claim: &Claim, prereleases: bool) -> Vec<Version> {
    axis.list()
        .into_iter()
        .filter(|version| claim.covers(version, prereleases))
        .collect()
}
