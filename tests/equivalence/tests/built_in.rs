//! A share of the full run: the built-in kinds, on generated documents and on the corpus.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test tells what it compared, and fails with its reason"
)]

use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use herz_equivalence::checker::ByCatalog;
use herz_equivalence::{Document, Report, compare, run};
use herz_tests::{built_in, top};
use serde_json::Value;
use std::path::{Path, PathBuf};

#[test]
fn generated_documents() {
    let mut all = Report::default();
    for (_, report) in run::built_in(1, 150).expect("everybody answers") {
        all.add(report);
    }
    println!("{all}");
    assert!(all.agrees(), "{all}");
    // The documents must not be so tame, or so wild, that nothing is compared.
    assert!(all.codes.len() >= 15, "{:?}", all.codes);
    let refused = all.documents - all.accepted;
    assert!(all.accepted > all.documents / 20 && refused > all.documents / 20);
    for (name, tally) in &all.judges {
        assert!(
            tally.judged > 0 && tally.accepted < tally.judged - tally.judged / 20,
            "{name}"
        );
    }
}

#[test]
fn the_corpus() {
    let folder = std::env::var_os("HERZ_CORPUS")
        .map_or_else(|| top("../shared/corpus"), PathBuf::from)
        .join("chaos-mesh");
    if !folder.is_dir() {
        println!(
            "NOT TESTED: no corpus at {}; set HERZ_CORPUS to its folder",
            folder.display()
        );
        return;
    }
    let mut files = Vec::new();
    for part in ["valid", "invalid"] {
        gather(&folder.join(part), &mut files);
    }
    files.sort();
    let documents: Vec<Document> = files.iter().flat_map(|file| documents(file)).collect();
    assert!(documents.len() > 500, "{} documents", documents.len());
    let catalog = built_in();
    let mut judges = run::judges(catalog).expect("all judges are there");
    let report = compare(&mut ByCatalog::new(catalog), &mut judges, &documents);
    let report = report.expect("everybody answers");
    println!("{report}");
    assert!(report.agrees(), "{report}");
}

/// The documents of a file that are of built-in kinds.
fn documents(file: &Path) -> Vec<Document> {
    let bytes = std::fs::read(file).expect("a file of the corpus");
    let (tree, _) = tree::parse(SourceId(0), &bytes, &Limits::default());
    let made = |document: &Value| {
        let text = |key: &str| document.get(key).and_then(Value::as_str);
        let (api_version, kind) = (text("apiVersion")?, text("kind")?);
        herz::ChaosSpec::KINDS
            .contains(&(api_version, kind))
            .then(|| Document::json(api_version, kind, document))
    };
    tree.documents()
        .filter_map(|document| made(&document.root().to_json()))
        .collect()
}
/// The YAML files at and below a folder.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the corpus") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            files.push(path);
        }
    }
}
