//! The structure of `schemas/chaos-mesh` is that of the CRDs which Chaos Mesh ships: types, formats,
//! enums, required fields, limits, patterns, defaults, nullable, `x-kubernetes-*`, names, scope,
//! columns, subresources, at each of its 16 releases. Only descriptions differ.
//!
//! The corpus of CRDs is not part of this repository: `HERZ_CORPUS` names its folder.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that can't read what it compares should stop, and says what it has compared"
)]

mod ours;
mod shipped;

use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile;
use herz_dsl::source::Sources;
use herz_tests::{corpus, top};
use serde_json::Value;

fn catalog() -> Catalog {
    let path = top("schemas/chaos-mesh");
    let path = path.to_str().expect("a path that is text");
    let (packages, unreadable) = compile::load(&compile::Folders, &[path], &mut Sources::new());
    let (catalog, findings) = compile::compile(&packages);
    assert!(
        unreadable.is_empty() && findings.is_empty(),
        "{unreadable:#?} {findings:#?}"
    );
    catalog
}

#[test]
fn the_structure_is_that_of_the_shipped_crds() {
    let Some(folder) = corpus("chaos-mesh/crds") else {
        return;
    };
    let catalog = catalog();
    let mut shipped = shipped::Shipped::open(&folder);
    let releases = catalog.packages[0].releases.clone();
    assert_eq!(releases.len(), 16);
    let mut differences = Vec::new();
    let mut compared = 0;
    for release in &releases {
        let targets = Targets::newest().with("chaos-mesh", release.clone());
        let at = catalog.at(&targets);
        let theirs = shipped.at(&format!("v{release}"));
        let kinds: Vec<&str> = at.kinds.iter().map(|kind| kind.name.as_str()).collect();
        let mut known: Vec<&str> = theirs.keys().map(String::as_str).collect();
        known.sort_unstable();
        assert_eq!(kinds, known, "kinds of {release}");
        for kind in &at.kinds {
            let ours = ours::crd(&at, kind, release);
            compare(
                &ours,
                &theirs[&kind.name],
                &format!("{release} {}", kind.name),
                &mut compared,
                &mut differences,
            );
        }
    }
    let all = compared - differences.len();
    println!(
        "{all} of {compared} values of CRDs equal, 23 kinds at {} releases",
        releases.len()
    );
    let shown = differences
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        differences.is_empty(),
        "{} differences:\n{shown}",
        differences.len()
    );
}

#[test]
fn a_difference_is_found() {
    let one = serde_json::json!({ "properties": { "a": { "type": "string" } }, "required": ["a"] });
    let other = serde_json::json!({ "properties": { "a": { "type": "integer" } } });
    let mut found = Vec::new();
    compare(&one, &other, "X", &mut 0, &mut found);
    assert_eq!(
        found,
        [
            "X.properties.a.type: ours \"string\", theirs \"integer\"",
            "X.required: ours [\"a\"], theirs nothing"
        ]
    );
}

/// Notes every value that only one side has or that differs.
fn compare(
    ours: &Value,
    theirs: &Value,
    path: &str,
    compared: &mut usize,
    differences: &mut Vec<String>,
) {
    if let (Value::Object(ours), Value::Object(theirs)) = (ours, theirs) {
        let mut keys: Vec<&String> = ours.keys().chain(theirs.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let path = format!("{path}.{key}");
            match (ours.get(key), theirs.get(key)) {
                (Some(ours), Some(theirs)) => compare(ours, theirs, &path, compared, differences),
                (ours, theirs) => {
                    *compared += 1;
                    let text = |value: Option<&Value>| {
                        value.map_or_else(|| "nothing".to_owned(), Value::to_string)
                    };
                    differences.push(format!(
                        "{path}: ours {}, theirs {}",
                        text(ours),
                        text(theirs)
                    ));
                }
            }
        }
        return;
    }
    *compared += 1;
    if ours != theirs {
        differences.push(format!("{path}: ours {ours}, theirs {theirs}"));
    }
}
