//! Which release fits a cell, and why the others fell out.

use super::matrix::{LIBRARY, Matrix, Release, Status};
use super::version::VersionError;
use crate::diagnostic::did_you_mean;
use semver::Version;

/// Versions that somebody has, by axis.
pub type Cell = Vec<(String, Version)>;

/// A row of the matrix and what it says to a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'m> {
    /// The row.
    pub release: &'m Release,
    /// Why it does not fit; none: it does.
    pub out: Option<Out>,
    /// What should be known all the same: a cell that nobody tried, notes of a maker.
    pub notes: Vec<String>,
}

/// Why a row does not fit: the first axis that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    /// The axis; `status` if the row is not to be used at all.
    pub axis: String,
    /// One sentence.
    pub why: String,
}

/// Reads a cell's versions, each by its axis' rules.
pub fn cell(matrix: &Matrix, asked: &[(String, String)]) -> Result<Cell, VersionError> {
    let mut cell = Vec::new();
    for (name, text) in asked {
        let Some(axis) = matrix.axis(name) else {
            let names = matrix.axes.iter().map(|axis| axis.name.value.as_str());
            return Err(VersionError {
                message: format!("the matrix has no axis `{name}`"),
                help: did_you_mean(name, names).map(|near| format!("did you mean `{near}`?")),
            });
        };
        let version = axis.granularity.read(text).map_err(|error| {
            let near: Vec<String> = axis
                .versions
                .iter()
                .map(|it| axis.show(&it.value))
                .filter(|known| known.starts_with(&format!("{}.", text.trim_start_matches('v'))))
                .collect();
            if near.is_empty() {
                return error;
            }
            VersionError {
                message: error.message,
                help: Some(format!("releases: {}", near.join(", "))),
            }
        })?;
        cell.push((name.clone(), version));
    }
    Ok(cell)
}

/// Every row with its verdict: those that fit first, looked-after and newer ones before others.
///
/// A row that is known to be bad in this cell never fits.
pub fn resolve<'m>(matrix: &'m Matrix, cell: &Cell) -> Vec<Candidate<'m>> {
    let mut list: Vec<Candidate<'_>> = matrix
        .newest_first()
        .into_iter()
        .map(|release| judge(matrix, release, cell))
        .collect();
    list.sort_by_key(|it| (it.out.is_some(), it.release.status.value));
    list
}

/// What a row says to a cell.
pub fn judge<'m>(matrix: &'m Matrix, release: &'m Release, cell: &Cell) -> Candidate<'m> {
    let mut notes = Vec::new();
    let out = fails(matrix, release, cell, &mut notes);
    if out.is_none() && !is_tested(release, cell) {
        notes.push("nobody wrote down that this combination was tried".to_owned());
    }
    Candidate {
        release,
        out,
        notes,
    }
}

fn is_tested(release: &Release, cell: &Cell) -> bool {
    release.tested.iter().any(|tested| {
        cell.iter().all(|(axis, version)| {
            axis == LIBRARY
                || tested
                    .cell
                    .iter()
                    .any(|(name, it)| name.value == *axis && it.value == *version)
        })
    })
}

fn fails(matrix: &Matrix, release: &Release, cell: &Cell, notes: &mut Vec<String>) -> Option<Out> {
    let out = |axis: &str, why: String| {
        Some(Out {
            axis: axis.to_owned(),
            why,
        })
    };
    let library = &release.library.value;
    for (axis, version) in cell {
        if axis == LIBRARY && version.cmp_precedence(library).is_ne() {
            return out(axis, format!("it is {library}, not {version}"));
        }
        let Some(claim) = release.claim(axis).filter(|_| axis != LIBRARY) else {
            continue;
        };
        if claim.covers(version, release.prereleases) {
            continue;
        }
        let shown = matrix
            .axis(axis)
            .map_or_else(|| version.to_string(), |it| it.show(version));
        let because = if !version.pre.is_empty() && claim.covers(version, true) {
            "a pre-release, which the row does not speak about".to_owned()
        } else {
            format!("the row has {claim}")
        };
        return out(axis, format!("{axis} {shown} is not covered: {because}"));
    }
    for (axis, version) in cell {
        for (other, on) in cell {
            let Some(stated) = matrix.stated((axis, version), (other, on)) else {
                continue;
            };
            let show = |name: &str, version: &Version| {
                matrix
                    .axis(name)
                    .map_or_else(|| version.to_string(), |it| it.show(version))
            };
            let (version, on) = (show(axis, version), show(other, on));
            match stated.first() {
                None => {
                    let why = format!("nobody states that {axis} {version} runs on {other} {on}");
                    return out(other, why);
                }
                Some(by) => notes.extend(
                    by.note
                        .iter()
                        .map(|note| format!("{axis} {version} on {other} {on}: {note}")),
                ),
            }
        }
    }
    if let Some(bad) = Matrix::known_bad(release, cell) {
        let axes: Vec<&str> = bad
            .cell
            .iter()
            .map(|(axis, _)| axis.value.as_str())
            .collect();
        return out(
            &axes.join(" and "),
            format!("known not to work: {}", bad.why),
        );
    }
    match release.status.value {
        Status::Yanked => out("status", "the release is yanked".to_owned()),
        Status::EndOfLife => out("status", "the release is at its end of life".to_owned()),
        Status::Supported | Status::Maintenance => None,
    }
}

/// The versions of an axis that a row takes beside the rest of a cell, first and last of each
/// stretch.
pub fn room(
    matrix: &Matrix,
    release: &Release,
    cell: &Cell,
    axis: &str,
) -> Vec<(Version, Version)> {
    let Some(known) = matrix.axis(axis) else {
        return Vec::new();
    };
    super::range::spans(&known.list(), |version| {
        let mut cell = cell.clone();
        cell.retain(|(name, _)| name != axis);
        cell.push((axis.to_owned(), version.clone()));
        judge(matrix, release, &cell).out.is_none()
    })
}
