//! Documents that are made to take all time or memory of the checker.
#![allow(clippy::unwrap_used)]

use herz_dsl::catalog::Targets;
use herz_dsl::check::{Checker, MOST_FINDINGS, Outcome};
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use herz_types::codes;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Checks a text. A debug build on a busy machine must not take a minute.
fn check(text: &str) -> Outcome {
    let begin = Instant::now();
    let (tree, _) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    let outcome = Checker::new(herz_tests::built_in(), &Targets::newest()).check_source(&tree);
    assert!(
        begin.elapsed() < Duration::from_secs(60),
        "{:?}",
        begin.elapsed()
    );
    assert!(outcome.diagnostics.len() <= MOST_FINDINGS + 1);
    outcome
}

const WORKFLOW: &str = "apiVersion: chaos-mesh.org/v1alpha1\nkind: Workflow\n\
                        metadata: { name: big, namespace: demo }\nspec:\n";

#[test]
fn many_unknown_keys_are_told_up_to_a_limit() {
    let mut text = WORKFLOW.to_owned();
    for number in 0..200_000 {
        writeln!(text, "  entri{number}: x").unwrap();
    }
    let outcome = check(&text);
    assert_eq!(outcome.diagnostics.len(), MOST_FINDINGS + 1);
    let last = outcome.diagnostics.last().unwrap();
    assert_eq!(
        last.message,
        "more than 10000 findings: the rest of this text was not checked"
    );
}

#[test]
fn many_documents_are_counted_all() {
    let one = "apiVersion: chaos-mesh.org/v1alpha1\nkind: PodChaos\n---\n";
    let outcome = check(one.repeat(20_000).trim_end_matches("---\n"));
    assert_eq!(outcome.documents, 20_000);
    assert_eq!(outcome.diagnostics.len(), MOST_FINDINGS + 1);
}

#[test]
fn many_names_that_refer_to_nothing() {
    let mut text = format!("{WORKFLOW}  entry: t0\n  templates:\n");
    for number in 0..20_000 {
        writeln!(
            text,
            "  - {{ name: t{number}, templateType: Serial, deadline: 1s, children: [u{number}] }}"
        )
        .unwrap();
    }
    let outcome = check(&text);
    let dangling = outcome
        .diagnostics
        .iter()
        .filter(|d| d.code == codes::DANGLING)
        .count();
    assert!(dangling > 5_000, "{dangling}");
}

#[test]
fn a_long_chain_and_a_long_circle_of_references() {
    let mut text = format!("{WORKFLOW}  entry: t0\n  templates:\n");
    for number in 0..50_000 {
        let next = (number + 1) % 50_000;
        writeln!(
            text,
            "  - {{ name: t{number}, templateType: Serial, deadline: 1s, children: [t{next}] }}"
        )
        .unwrap();
    }
    let outcome = check(&text);
    assert!(outcome.diagnostics.iter().any(|d| d.code == codes::CYCLE));
}
