//! The way from one version of an axis to another.

use super::matrix::{Axis, Matrix, Upgrade, covers};
use semver::Version;
use std::collections::{BTreeMap, VecDeque};

/// One step of a way.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'m> {
    /// Where it begins.
    pub from: Version,
    /// Where it ends.
    pub to: Version,
    /// The row that allows it; gone backwards if `to` is lower than `from`.
    pub upgrade: &'m Upgrade,
}

/// The shortest way; among equally short ones that over the newest versions. Going back takes only
/// rows that are reversible, and no version that is yanked is stopped at, but for the ends.
/// None: there is no way.
pub fn path<'m>(
    matrix: &'m Matrix,
    axis: &Axis,
    from: &Version,
    to: &Version,
) -> Option<Vec<Step<'m>>> {
    walk(matrix, axis, from, to, false)
}

/// [`path`], and whether stopping at yanked versions is allowed.
pub(super) fn walk<'m>(
    matrix: &'m Matrix,
    axis: &Axis,
    from: &Version,
    to: &Version,
    yanked: bool,
) -> Option<Vec<Step<'m>>> {
    let rows: Vec<&Upgrade> = matrix
        .upgrades
        .iter()
        .filter(|row| row.axis.value == axis.name.value)
        .collect();
    let up = to >= from;
    let mut came: BTreeMap<Version, Step<'m>> = BTreeMap::new();
    let mut open = VecDeque::from([from.clone()]);
    while let Some(at) = open.pop_front() {
        if at == *to {
            break;
        }
        for next in axis.versions.iter().rev().map(|it| &it.value) {
            let between = if up {
                *next > at && *next <= *to
            } else {
                *next < at && *next >= *to
            };
            let avoid = !yanked && next != to && axis.yanked.iter().any(|it| it.value == *next);
            if !between || avoid || came.contains_key(next) {
                continue;
            }
            let row = rows.iter().find(|row| {
                if up {
                    covers(&row.from, &at, false) && covers(&row.to, next, false)
                } else {
                    row.reversible && covers(&row.from, next, false) && covers(&row.to, &at, false)
                }
            });
            if let Some(upgrade) = row {
                let step = Step {
                    from: at.clone(),
                    to: next.clone(),
                    upgrade,
                };
                came.insert(next.clone(), step);
                open.push_back(next.clone());
            }
        }
    }
    let mut steps = Vec::new();
    let mut at = to.clone();
    while at != *from {
        let step = came.get(&at)?.clone();
        at = step.from.clone();
        steps.push(step);
    }
    steps.reverse();
    Some(steps)
}
