//! The matrix read, checked and asked: properties, bad input, questions.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use herz_dsl::compat::{
    self, Candidate, Cell, Documents, Inputs, LIBRARY, Matrix, NoDocuments, Range,
};
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::source::SourceId;
use proptest::prelude::*;
use semver::Version;

const MATRIX: &str = r#"
schema = 1

[axes.library]
versions = ["0.9.0", "1.0.0", "1.1.0", "2.0.0"]

[axes.chaos-mesh]
versions = ["2.6.0", "2.6.7", "2.7.0", "2.7.3", "2.8.3"]
yanked = ["2.7.0"]

[axes.kubernetes]
granularity = "minor"
versions = ["1.26", "1.27", "1.28", "1.29"]

[[release]]
library = "0.9.0"
chaos-mesh = ["~2.6"]
status = "end-of-life"
released = 2024-01-01

[[release]]
library = "1.0.0"
chaos-mesh = [">=2.6, <2.8"]
kubernetes = [">=1.26, <1.29"]
status = "maintenance"
released = 2025-01-01

[[release]]
library = "1.1.0"
chaos-mesh = [">=2.6, <2.9"]
kubernetes = [">=1.26"]
status = "supported"
released = 2025-06-01
tested = [
    { chaos-mesh = "2.6.0", kubernetes = "1.26", evidence = "run 1" },
    { chaos-mesh = "2.8.3", kubernetes = "1.29", evidence = "run 2" },
]
known-bad = [
    { chaos-mesh = "=2.6.0", kubernetes = "~1.29", why = "the webhook refuses v1" },
]

[[release]]
library = "2.0.0"
chaos-mesh = [">=2.7, <2.9"]
kubernetes = [">=1.28"]
status = "yanked"
released = 2025-09-01

[[upgrade]]
axis = "chaos-mesh"
from = ["~2.6"]
to = ["~2.6"]
steps = ["helm-upgrade"]
reversible = true

[[upgrade]]
axis = "chaos-mesh"
from = ["~2.6"]
to = ["~2.7"]
steps = ["replace-crds", "helm-upgrade"]

[[upgrade]]
axis = "chaos-mesh"
from = ["~2.7"]
to = ["~2.8"]
steps = ["helm-upgrade"]
"#;

fn matrix(text: &str) -> Matrix {
    let (matrix, problems) = compat::read(SourceId(0), text);
    assert_eq!(problems, [], "{text}");
    matrix
}

fn check(text: &str, documents: &dyn Documents) -> Vec<Diagnostic> {
    let (matrix, mut found) = compat::read(SourceId(0), text);
    let inputs = Inputs {
        source: (SourceId(0), text),
        catalog: None,
        today: Some("2025-10-01".parse().unwrap()),
        published: None,
        documents,
        fresh: true,
    };
    found.extend(compat::check(&matrix, &inputs));
    found
}

fn ask(matrix: &Matrix, asked: &[(&str, &str)]) -> Cell {
    let asked: Vec<(String, String)> = asked
        .iter()
        .map(|(axis, version)| ((*axis).to_owned(), (*version).to_owned()))
        .collect();
    compat::cell(matrix, &asked).unwrap()
}

fn fits(candidates: &[Candidate<'_>]) -> Vec<String> {
    candidates
        .iter()
        .filter(|it| it.out.is_none())
        .map(|it| it.release.library.value.to_string())
        .collect()
}

#[test]
fn a_sound_matrix_has_no_findings() {
    assert_eq!(check(MATRIX, &NoDocuments), []);
}

#[test]
fn the_newest_fitting_release_comes_first_and_the_others_say_why() {
    let matrix = matrix(MATRIX);
    let cell = ask(
        &matrix,
        &[("chaos-mesh", "v2.7.3"), ("kubernetes", "v1.28.3-gke.100")],
    );
    let answer = compat::resolve(&matrix, &cell);
    assert_eq!(
        fits(&answer),
        ["1.1.0", "1.0.0"],
        "supported before maintenance"
    );
    let why: Vec<(String, String)> = answer
        .iter()
        .filter_map(|it| {
            Some((
                it.release.library.value.to_string(),
                it.out.as_ref()?.axis.clone(),
            ))
        })
        .collect();
    assert_eq!(
        why,
        [
            ("0.9.0".to_owned(), "chaos-mesh".to_owned()),
            ("2.0.0".to_owned(), "status".to_owned())
        ]
    );
}

#[test]
fn what_is_known_to_be_bad_never_fits() {
    let matrix = matrix(MATRIX);
    let bad = ask(
        &matrix,
        &[("chaos-mesh", "2.6.0"), ("kubernetes", "1.29.1")],
    );
    assert_eq!(fits(&compat::resolve(&matrix, &bad)), Vec::<String>::new());
    // Near misses: one axis beside it.
    for cell in [
        [("chaos-mesh", "2.6.0"), ("kubernetes", "1.28")],
        [("chaos-mesh", "2.6.7"), ("kubernetes", "1.29")],
    ] {
        let cell = ask(&matrix, &cell);
        assert!(fits(&compat::resolve(&matrix, &cell)).contains(&"1.1.0".to_owned()));
    }
}

#[test]
fn a_candidate_counts_only_where_the_row_says_so() {
    let with = MATRIX.replace(
        "library = \"1.1.0\"",
        "library = \"1.1.0\"\nprereleases = true",
    );
    for (text, expected) in [(MATRIX, vec![]), (&*with, vec!["1.1.0"])] {
        let matrix = matrix(text);
        let cell = ask(&matrix, &[("chaos-mesh", "2.8.0-rc.1")]);
        let answer = compat::resolve(&matrix, &cell);
        assert_eq!(fits(&answer), expected);
        if expected.is_empty() {
            let out = answer
                .iter()
                .find(|it| it.release.library.value.to_string() == "1.1.0")
                .and_then(|it| it.out.clone())
                .unwrap();
            assert!(out.why.contains("pre-release"), "{}", out.why);
        }
    }
    let matrix = matrix(MATRIX);
    assert_eq!(
        fits(&compat::resolve(
            &matrix,
            &ask(&matrix, &[("chaos-mesh", "2.8.3+build.7")])
        )),
        ["1.1.0"]
    );
}

#[test]
fn a_cell_that_can_t_be_read_says_what_to_write() {
    let matrix = matrix(MATRIX);
    let error = |axis: &str, version: &str| {
        compat::cell(&matrix, &[(axis.to_owned(), version.to_owned())])
            .unwrap_err()
            .to_string()
    };
    assert!(error("kubernets", "1.28").contains("did you mean `kubernetes`?"));
    assert!(error("chaos-mesh", "2.7").contains("2.7.0, 2.7.3"));
    assert!(error("kubernetes", "latest").contains("latest"));
}

#[test]
fn ways_avoid_what_is_yanked_and_never_lose_data() {
    let matrix = matrix(MATRIX);
    let axis = matrix.axis("chaos-mesh").unwrap();
    let way = |from: &str, to: &str| {
        let (from, to) = (Version::parse(from).unwrap(), Version::parse(to).unwrap());
        compat::path(&matrix, axis, &from, &to).map(|steps| {
            steps
                .iter()
                .map(|step| step.to.to_string())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(way("2.6.0", "2.8.3").unwrap(), ["2.7.3", "2.8.3"]);
    assert_eq!(way("2.6.7", "2.6.0").unwrap(), ["2.6.0"]);
    assert_eq!(way("2.7.3", "2.6.7"), None);
    assert_eq!(way("2.7.3", "2.7.3").unwrap(), Vec::<String>::new());
    // A part of a way is a way.
    let steps = way("2.6.0", "2.8.3").unwrap();
    assert!(way("2.6.0", &steps[0]).is_some() && way(&steps[0], "2.8.3").is_some());
}

#[test]
fn rendered_and_read_again_the_cells_are_the_same() {
    let matrix = matrix(MATRIX);
    let json: serde_json::Value =
        serde_json::from_str(&compat::render::file(&matrix, compat::Form::Json)).unwrap();
    assert_eq!(json["schemaVersion"], 1);
    for row in json["releases"].as_array().unwrap() {
        let library = row["library"].as_str().unwrap();
        let own = matrix
            .releases
            .iter()
            .find(|it| it.library.value.to_string() == library)
            .unwrap();
        for axis in &matrix.axes {
            let Some(list) = row["claims"][&axis.name.value].as_array() else {
                continue;
            };
            let ranges: Vec<Range> = list
                .iter()
                .map(|it| it.as_str().unwrap().parse().unwrap())
                .collect();
            for version in axis.list() {
                let rendered = ranges.iter().any(|range| range.contains(&version, false));
                let claim = own.claim(&axis.name.value).unwrap();
                assert_eq!(
                    rendered,
                    claim.covers(&version, false),
                    "{library} {version}"
                );
            }
        }
    }
    let html = compat::render::file(&matrix, compat::Form::Html);
    assert!(html.contains("&gt;=2.6") || html.contains("2.6.0 to 2.8.3"));
    assert!(!html.contains("src=") && !html.contains("href="));
}

#[test]
fn bad_input_is_told_with_its_place_and_never_panics() {
    for (text, part) in [
        ("", "no `schema = 1`"),
        ("schema = 2", "must be 1"),
        ("schema = 1\naxes = 3", "must be a table"),
        ("schema = 1\n[axes.a]\nversions = [1]", "must be a text"),
        (
            "schema = 1\n[axes.a]\nversions = [\"v1.0.0\"]",
            "not how the file writes",
        ),
        (
            "schema = 1\n[axes.a]\nversions = [\"1.0\"]",
            "is no version",
        ),
        ("schema = 1\n[axes.a]\n", "has no `versions`"),
        ("schema = 1\n[axes.a]\nversions = []", "has no version"),
        ("schema = 1\n[[release]]\n", "has no `library`"),
        (
            "schema = 1\n[[release]]\nlibrary = \"1.0.0\"\nstatus = \"suported\"",
            "must be one of",
        ),
        ("schema = 1\nrelease = 1", "must be a list of tables"),
        ("schema = 1\nrelease = [1]", "must be a table"),
        ("schema = 1\n[[upgrade]]\n", "has no `axis`"),
        (
            "schema = 1\n[[upgrade]]\naxis = \"x\"\nfrom = [\"*\"]\nto = []",
            "is empty",
        ),
        (
            "schema = 1\n[[feature]]\nstability = \"good\"",
            "must be one of alpha",
        ),
        ("schema = 1\n[[runs-on]]\nsource = \"x\"", "names two axes"),
        (
            "schema = 1\n[policy]\nspec = \"lockstep\"",
            "no axis `spec`",
        ),
        (
            "schema = 1\n[axes.a]\nversions = [\"1.0.0\"]\ntag = \"v\"",
            "{version}",
        ),
        ("schema = 1\n[render]\nmarkdwon = \"a.md\"", "markdwon"),
        ("schema = 1\nx = \"\\u{0}\"", "no TOML"),
        ("[[[", "no TOML"),
        (
            "schema = 1\n[axes.a]\nversions = [\"1.0.0\"]\nversions = [\"1.0.0\"]",
            "no TOML",
        ),
    ] {
        let found = check(text, &NoDocuments);
        let met = found
            .iter()
            .find(|it| it.message.contains(part) || it.help.iter().any(|help| help.contains(part)));
        let met = met.unwrap_or_else(|| panic!("{text:?}: {found:#?}"));
        let span = met.span.unwrap();
        assert!(span.end as usize <= text.len(), "{text:?}: {span:?}");
        assert_eq!(met.level, Level::Error);
    }
    // Cut anywhere: findings, but an end.
    for at in (0..MATRIX.len()).step_by(7) {
        if let Some(part) = MATRIX.get(..at) {
            let _ = check(part, &NoDocuments);
        }
    }
    let deep = format!("schema = 1\nx = {}", "[".repeat(100_000));
    assert!(!check(&deep, &NoDocuments).is_empty());
}

proptest! {
    /// Whatever is asked: a row that fits claims every version of the cell, and is not known to be bad.
    #[test]
    fn resolve_is_sound(minor in 6u64..9, patch in 0u64..8, k8s in 24u64..31) {
        let matrix = matrix(MATRIX);
        let version = format!("2.{minor}.{patch}");
        let cell = ask(&matrix, &[("chaos-mesh", &version), ("kubernetes", &format!("1.{k8s}"))]);
        for it in compat::resolve(&matrix, &cell) {
            let claims = cell.iter().all(|(axis, version)| {
                it.release.claim(axis).is_none_or(|claim| claim.covers(version, false))
            });
            let bad = Matrix::known_bad(it.release, &cell).is_some();
            prop_assert_eq!(it.out.is_none(), claims && !bad && it.release.is_usable());
            prop_assert!(cell.iter().all(|(axis, _)| axis != LIBRARY));
        }
    }

    /// Gaps are found exactly where brute force over the axis finds them.
    #[test]
    fn gaps_agree_with_brute_force(taken in prop::collection::vec(any::<bool>(), 6)) {
        let versions: Vec<String> = (0..6).map(|patch| format!("\"1.0.{patch}\"")).collect();
        let ranges: Vec<String> = taken
            .iter()
            .enumerate()
            .filter(|(_, taken)| **taken)
            .map(|(patch, _)| format!("\"=1.0.{patch}\""))
            .collect();
        prop_assume!(!ranges.is_empty());
        let text = format!(
            "schema = 1\n[axes.library]\nversions = [\"1.0.0\"]\n[axes.a]\nversions = [{}]\n\
             [[release]]\nlibrary = \"1.0.0\"\na = [{}]\nstatus = \"maintenance\"\n",
            versions.join(", "),
            ranges.join(", ")
        );
        let first = taken.iter().position(|it| *it).unwrap();
        let last = taken.iter().rposition(|it| *it).unwrap();
        let mut holes = 0;
        for at in first..last {
            holes += usize::from(taken[at] && !taken[at + 1]);
        }
        let found = check(&text, &NoDocuments);
        prop_assert_eq!(found.len(), holes, "{:?}", found);
        prop_assert!(found.iter().all(|it| it.code.as_str() == "HZ0605"));
    }
}
