//! Upgrades: versions without a way between them, ways back that lose data.

use super::{Checks, supported};
use crate::compat::matrix::{LIBRARY, Matrix, Upgrade, covers};
use crate::compat::path;
use crate::diagnostic::{Diagnostic, codes};
use semver::Version;

impl Checks<'_> {
    pub(super) fn ways(&mut self) {
        let matrix = self.matrix;
        for axis in &matrix.axes {
            let name = &axis.name.value;
            let rows: Vec<&Upgrade> = matrix
                .upgrades
                .iter()
                .filter(|row| row.axis.value == *name)
                .collect();
            let Some(row) = rows.first() else { continue };
            for pair in rows.windows(2) {
                if let [one, other] = pair {
                    self.different(one, other);
                }
            }
            let list: Vec<Version> = axis
                .list()
                .into_iter()
                .filter(|version| is_supported(matrix, name, version))
                .filter(|version| axis.yanked.iter().all(|it| it.value != *version))
                .collect();
            // From each version to the next one is enough: ways can be put together.
            for pair in list.windows(2) {
                let [from, to] = pair else { continue };
                if path::walk(matrix, axis, from, to, false).is_some() {
                    continue;
                }
                let (a, b) = (axis.show(from), axis.show(to));
                let message = if path::walk(matrix, axis, from, to, true).is_some() {
                    format!("the only way from {name} {a} to {b} is over a yanked version")
                } else {
                    format!("there is no way from {name} {a} to {b}")
                };
                let at = rows
                    .iter()
                    .rev()
                    .find(|row| covers(&row.to, from, false) || covers(&row.from, from, false))
                    .map_or(row.axis.span, |row| row.axis.span);
                self.error(codes::MATRIX_NO_PATH, at, message);
            }
        }
        for row in &matrix.upgrades {
            self.lossy(row);
        }
    }

    /// Two rows about one step that differ.
    fn different(&mut self, one: &Upgrade, other: &Upgrade) {
        let Some(axis) = self.matrix.axis(&one.axis.value) else {
            return;
        };
        let list = axis.list();
        let both = |from: &Version, to: &Version| {
            [one, other]
                .iter()
                .all(|row| covers(&row.from, from, false) && covers(&row.to, to, false))
        };
        let shared = list.iter().find_map(|from| {
            let to = list.iter().find(|to| *to > from && both(from, to))?;
            Some((from, to))
        });
        if let Some((from, to)) = shared
            && (one.reversible != other.reversible || one.steps != other.steps)
        {
            let message = format!(
                "two rows are about the step from {} to {}, and differ",
                axis.show(from),
                axis.show(to)
            );
            self.out.push(
                Diagnostic::error(codes::MATRIX_OVERLAP, other.axis.span, message)
                    .related(one.axis.span, "the other one"),
            );
        }
    }

    /// A step that can be undone must not come with data that the version before can't hold.
    fn lossy(&mut self, row: &Upgrade) {
        let Some(axis) = self.matrix.axis(&row.axis.value).filter(|_| row.reversible) else {
            return;
        };
        let name = &axis.name.value;
        let list = axis.list();
        let crossed = self.matrix.features.iter().find(|feature| {
            let Some(since) = feature.since(name) else {
                return false;
            };
            let below = list
                .iter()
                .any(|it| *it < since.value && covers(&row.from, it, false));
            let above = list
                .iter()
                .any(|it| *it >= since.value && covers(&row.to, it, false));
            feature.what.value.is_stored() && below && above
        });
        if let Some(feature) = crossed {
            let message = format!(
                "the step is called reversible, and `{}` is lost on the way back",
                feature.id.value
            );
            self.out.push(
                Diagnostic::error(codes::MATRIX_LOSSY_DOWNGRADE, row.axis.span, message)
                    .related(feature.id.span, "the feature"),
            );
        }
    }
}

fn is_supported(matrix: &Matrix, axis: &str, version: &Version) -> bool {
    matrix.releases.iter().any(|row| {
        let claimed = if axis == LIBRARY {
            row.library.value == *version
        } else {
            row.claim(axis)
                .is_some_and(|claim| claim.covers(version, row.prereleases))
        };
        supported(row) && claimed
    })
}
