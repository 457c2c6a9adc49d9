//! What Markdown and HTML show alike.

use crate::compat::matrix::{Claim, LIBRARY, Matrix, Release, Upgrade};
use crate::compat::range::{Range, spans};
use crate::schema::value::Spanned;
use semver::Version;

/// One table with what stands before it. Cells are plain text; `code` says which columns are code.
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) head: Vec<String>,
    pub(super) code: Vec<usize>,
    pub(super) rows: Vec<Vec<String>>,
}

pub(super) const TITLE: &str = "Compatibility";
pub(super) const ABOUT: &str = "Made from compat-matrix.toml by `herz compat render --write`. \
`herz compat check` compares it with the schemas.";

/// The tables of a matrix, empty ones left out.
pub(super) fn tables(matrix: &Matrix) -> Vec<Table> {
    let all = [
        releases(matrix),
        runs_on(matrix),
        features(matrix),
        upgrades(matrix),
    ];
    all.into_iter()
        .filter(|table| !table.rows.is_empty())
        .collect()
}

fn releases(matrix: &Matrix) -> Table {
    let axes: Vec<&str> = matrix
        .axes
        .iter()
        .map(|axis| axis.name.value.as_str())
        .filter(|name| *name != LIBRARY)
        .filter(|name| matrix.releases.iter().any(|row| row.claim(name).is_some()))
        .collect();
    let mut head = vec![LIBRARY.to_owned()];
    head.extend(axes.iter().map(|name| (*name).to_owned()));
    head.extend(["status", "released", "known not to work"].map(str::to_owned));
    let rows = matrix
        .newest_first()
        .into_iter()
        .map(|row| {
            let mut cells = vec![row.library.value.to_string()];
            cells.extend(axes.iter().map(|axis| claim(matrix, row, axis)));
            cells.push(row.status.value.name().to_owned());
            let day = row.released.as_ref();
            cells.push(day.map_or_else(|| "not yet".to_owned(), |it| it.value.to_string()));
            cells.push(bad(row));
            cells
        })
        .collect();
    Table {
        title: "Releases",
        about: "What each release of the library goes with.",
        head,
        code: Vec::new(),
        rows,
    }
}

/// The versions of an axis that a row takes.
fn claim(matrix: &Matrix, row: &Release, axis: &str) -> String {
    match (row.claim(axis), matrix.axis(axis)) {
        (Some(claim @ Claim::Ranges(_)), Some(axis)) => {
            let taken = spans(&axis.list(), |it| claim.covers(it, row.prereleases));
            let taken: Vec<String> = taken
                .iter()
                .map(|span| crate::compat::check::span_text(axis, span))
                .collect();
            taken.join(", ")
        }
        (Some(claim), _) => claim.to_string(),
        (None, _) => String::new(),
    }
}

fn bad(row: &Release) -> String {
    let entries: Vec<String> = row
        .known_bad
        .iter()
        .map(|bad| {
            let cell: Vec<String> = bad
                .cell
                .iter()
                .map(|(axis, range)| format!("{} {}", axis.value, range.value))
                .collect();
            format!("{}: {}", cell.join(" with "), bad.why)
        })
        .collect();
    entries.join("; ")
}

fn list(ranges: &[Spanned<Range>]) -> String {
    let ranges: Vec<String> = ranges.iter().map(|it| it.value.to_string()).collect();
    ranges.join(" or ")
}

fn runs_on(matrix: &Matrix) -> Table {
    let rows = matrix
        .runs_on
        .iter()
        .map(|row| {
            vec![
                format!("{} {}", row.subject.0.value, list(&row.subject.1)),
                format!("{} {}", row.on.0.value, list(&row.on.1)),
                row.note.clone().unwrap_or_default(),
                row.source.clone(),
            ]
        })
        .collect();
    Table {
        title: "What runs on what",
        about: "As the makers state it; Herz tests none of it.",
        head: ["what", "runs on", "note", "source"]
            .map(str::to_owned)
            .to_vec(),
        code: Vec::new(),
        rows,
    }
}

fn features(matrix: &Matrix) -> Table {
    let at = |list: &[(Spanned<String>, Spanned<Version>)]| -> String {
        let list: Vec<String> = list
            .iter()
            .map(|(axis, version)| {
                let shown = matrix
                    .axis(&axis.value)
                    .map_or_else(|| version.value.to_string(), |it| it.show(&version.value));
                format!("{} {shown}", axis.value)
            })
            .collect();
        list.join(", ")
    };
    let rows = matrix
        .features
        .iter()
        .map(|row| {
            let kinds: Vec<&str> = row.kinds.iter().map(|it| it.value.as_str()).collect();
            let place = match (kinds.first(), &row.path) {
                (Some(kind), Some(path)) if !path.value.is_empty() => {
                    format!("{kind}.{}", path.value)
                }
                (Some(kind), _) => (*kind).to_owned(),
                (None, _) => String::new(),
            };
            let more = match kinds.len() {
                0 | 1 => String::new(),
                more => format!("and in {} kinds more", more - 1),
            };
            vec![
                place,
                more,
                row.what.value.name().to_owned(),
                at(&row.since),
                at(&row.until),
                row.doc.clone(),
            ]
        })
        .collect();
    Table {
        title: "Features",
        about: "What not every release has: since the first that has it, until the first without.",
        head: ["place", "", "what", "since", "until", "meaning"]
            .map(str::to_owned)
            .to_vec(),
        code: vec![0],
        rows,
    }
}

fn upgrades(matrix: &Matrix) -> Table {
    let rows = matrix.upgrades.iter().map(upgrade).collect();
    Table {
        title: "Upgrades",
        about: "Ways from one release to another, and what breaks on them.",
        head: [
            "axis", "from", "to", "change", "steps", "way back", "breaks",
        ]
        .map(str::to_owned)
        .to_vec(),
        code: Vec::new(),
        rows,
    }
}

fn upgrade(row: &Upgrade) -> Vec<String> {
    vec![
        row.axis.value.clone(),
        list(&row.from),
        list(&row.to),
        row.bump
            .as_ref()
            .map_or_else(String::new, |it| it.value.clone()),
        row.steps.join(", "),
        if row.reversible { "yes" } else { "no" }.to_owned(),
        row.breaks.join("; "),
    ]
}
