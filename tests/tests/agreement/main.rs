//! The catalog's checker and the generated Rust judge alike, and Rust writes what it has read.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test tells what it compared, and fails with its reason"
)]

mod compare;

use compare::{Disagreement, compare};
use herz_dsl::catalog::Targets;
use herz_dsl::check::Checker;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use herz_tests::generate::Generator;
use herz_tests::{built_in, corpus, yaml_files};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Documents of each kind.
const EACH: u64 = 150;

fn told(disagreements: &[Disagreement], of: usize) {
    for one in disagreements.iter().take(10) {
        println!("{one}\n");
    }
    println!("{} of {of} agree", of - disagreements.len());
    assert!(
        disagreements.is_empty(),
        "{} of {of} disagree",
        disagreements.len()
    );
}

#[test]
fn about_generated_documents() {
    let catalog = built_in();
    let checker = Checker::new(catalog, &Targets::newest());
    let mut disagreements = Vec::new();
    let (mut count, mut accepted, mut read) = (0, 0, 0);
    let mut codes = BTreeSet::new();
    for (number, kind) in catalog.kinds.iter().enumerate() {
        let mut generator = Generator::new(catalog, number as u64 + 1);
        for _ in 0..EACH {
            let document = generator.document(kind);
            count += 1;
            match compare(&checker, &document) {
                Ok(outcome) => {
                    accepted += usize::from(outcome.accepted);
                    read += usize::from(outcome.read);
                    codes.extend(outcome.codes);
                }
                Err(disagreement) => disagreements.push(disagreement),
            }
        }
    }
    println!("{count} documents, {read} fit the types, {accepted} are accepted");
    println!("errors of {} codes: {codes:?}", codes.len());
    told(&disagreements, count);
    // The documents must not be so tame, or so wild, that nothing is compared.
    assert!(codes.len() >= 15, "{codes:?}");
    assert!(accepted > count / 20 && count - accepted > count / 20 && count - read > count / 20);
}

#[test]
fn about_the_corpus() {
    let Some(folder) = corpus("chaos-mesh") else {
        return;
    };
    let mut files = yaml_files(&folder.join("valid"));
    files.extend(yaml_files(&folder.join("invalid")));
    let checker = Checker::new(built_in(), &Targets::newest());
    let mut disagreements = Vec::new();
    let mut count = 0;
    for file in &files {
        for document in documents(file) {
            count += 1;
            if let Err(mut disagreement) = compare(&checker, &document) {
                disagreement.name = file.display().to_string();
                disagreements.push(disagreement);
            }
        }
    }
    assert!(count > 500, "{count} documents in {}", folder.display());
    told(&disagreements, count);
}

/// The documents of a file that are of built-in kinds.
fn documents(file: &Path) -> Vec<Value> {
    let bytes = std::fs::read(file).expect("a file of the corpus");
    let (tree, _) = tree::parse(SourceId(0), &bytes, &Limits::default());
    let known = |document: &Value| {
        let text = |key: &str| {
            document
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        herz::ChaosSpec::KINDS.contains(&(text("apiVersion"), text("kind")))
    };
    tree.documents()
        .map(|document| document.root().to_json())
        .filter(known)
        .collect()
}
