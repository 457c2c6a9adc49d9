//! The CRDs that `herz gen crd` writes for `schemas/chaos-mesh` are those that Chaos Mesh ships: types,
//! formats, enums, required fields, limits, patterns, defaults, nullable, `x-kubernetes-*`, names,
//! scope, versions, columns, subresources, at each of its 16 releases.
//!
//! Two things differ by nature, and nothing else: descriptions, and the annotation by which another
//! generator says its name ([`shipped::parts`] leaves both out).
//!
//! The corpus of CRDs is not part of this repository: `HERZ_CORPUS` names its folder.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that can't read what it compares should stop, and says what it has compared"
)]

mod imported;
mod shipped;
mod structural;

use herz_codegen::crd::Crd;
use herz_codegen::target::{Options, Target, View};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile;
use herz_dsl::source::{SourceId, Sources};
use herz_dsl::tree::{self, Limits};
use herz_tests::{corpus, top};
use serde_json::Value;
use std::collections::BTreeMap;

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
    let (mut compared, mut equal_kinds, mut equal_releases) = (0, 0, 0);
    let mut kinds_told = BTreeMap::<String, usize>::new();
    for release in &releases {
        let ours = emitted(&catalog, release);
        let theirs = shipped.at(&format!("v{release}"));
        assert!(
            ours.keys().eq(theirs.keys()),
            "kinds of {release}: {:?}",
            ours.keys()
        );
        let before = differences.len();
        for (kind, theirs) in &theirs {
            let found = differences.len();
            let path = format!("{release} {kind}");
            compare(&ours[kind], theirs, &path, &mut compared, &mut differences);
            if differences.len() == found {
                *kinds_told.entry(kind.clone()).or_default() += 1;
            }
        }
        equal_releases += usize::from(differences.len() == before);
    }
    for count in kinds_told.values() {
        equal_kinds += usize::from(*count == releases.len());
    }
    let all = compared - differences.len();
    println!(
        "{equal_kinds} of {} kinds at {equal_releases} of {} releases, {all} of {compared} values equal; \
         accepted differences: {}",
        shipped.kinds(),
        releases.len(),
        ACCEPTED.join(", ")
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

/// What differs by nature.
const ACCEPTED: &[&str] = &[
    "descriptions",
    "the annotation controller-gen.kubebuilder.io/version",
];

/// The CRDs of a release as they are written, read again.
fn emitted(catalog: &Catalog, release: &semver::Version) -> BTreeMap<String, Value> {
    let targets = Targets::newest().with("chaos-mesh", release.clone());
    let view = View::new(catalog, &targets, &["chaos-mesh".to_owned()]);
    let emitted = Crd.emit(&view, &Options::new(Crd.options()));
    let crds = emitted.files.iter().map(|file| {
        let (tree, findings) = tree::parse(SourceId(0), file.text.as_bytes(), &Limits::default());
        assert!(findings.is_empty(), "{}: {findings:?}", file.path);
        let root = tree.documents().next().expect("a document").root();
        let crd = root.to_json();
        let kind = crd["spec"]["names"]["kind"].as_str().expect("a kind");
        (kind.to_owned(), shipped::parts(&crd))
    });
    crds.collect()
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
