//! Straight checks hide nothing: what `validate()` of generated types finds is what the tables say when
//! every part of a document is looked at, and a document that is right before it is read has no finding.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)]

use herz::types::document::{check, read_and_validate};
use herz::types::read::Read;
use herz::types::validate::thoroughly;
use herz::types::view::{Look, View};
use herz::{ChaosSpec, Validate};
use herz_tests::generate::Generator;
use herz_tests::{built_in, corpus, yaml_files};
use serde_json::Value;

/// Documents that were compared, those without a finding, and findings.
#[derive(Default)]
struct Seen {
    documents: usize,
    fine: usize,
    findings: usize,
    /// Documents without a finding that were doubted.
    vain: usize,
    /// The same before the document is read.
    vain_raw: usize,
}

impl Seen {
    fn compare(&mut self, document: &Value) {
        let (right, (read, told)) = (
            ChaosSpec::is_right(document),
            read_and_validate::<ChaosSpec>(document),
        );
        assert!(!right || told.is_empty(), "{document:#}: {told:?}");
        assert_eq!(check::<ChaosSpec>(document), told);
        self.vain_raw += usize::from(told.is_empty() && !right);
        let Some(read) = read else {
            return;
        };
        let View::Object(object) = read.look() else {
            panic!("a kind is an object");
        };
        let found = read.validate();
        assert_eq!(found, thoroughly(object), "{document:#}");
        assert!(!read.is_fine() || found.is_empty(), "{document:#}");
        self.vain += usize::from(found.is_empty() && !read.is_fine());
        self.documents += 1;
        self.fine += usize::from(found.is_empty());
        self.findings += found.len();
    }
}

#[test]
fn of_generated_documents() {
    let catalog = built_in();
    let mut generator = Generator::new(catalog, 11);
    for kind in &catalog.kinds {
        let mut seen = Seen::default();
        for _ in 0..400 {
            seen.compare(&generator.document(kind));
        }
        println!(
            "{}: {} documents, {} without a finding ({} doubted, {} before reading), {} findings",
            kind.name, seen.documents, seen.fine, seen.vain, seen.vain_raw, seen.findings
        );
        assert!(seen.documents > 20, "{}", kind.name);
    }
}

#[test]
fn of_the_corpus() {
    let Some(corpus) = corpus("chaos-mesh") else {
        return;
    };
    let mut seen = Seen::default();
    for path in yaml_files(&corpus) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for document in serde_yaml::Deserializer::from_str(&text) {
            if let Ok(value) = serde::Deserialize::deserialize(document) {
                seen.compare(&value);
            }
        }
    }
    println!(
        "corpus: {} documents, {} without a finding ({} doubted, {} before reading), {} findings",
        seen.documents, seen.fine, seen.vain, seen.vain_raw, seen.findings
    );
    assert!(seen.documents > 500 && seen.fine > 100 && seen.findings > 100);
}
