//! Pairs of schema versions with the answer that a compatibility checker should give.
//!
//! The pairs are not part of this repository. `HERZ_CORPUS` names the folder that they lie in;
//! without that it is looked for beside the workspace, at `../shared/corpus`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::items_after_statements,
    clippy::redundant_closure_for_method_calls,
    reason = "a test that can't be set up fails with its reason, and says what it left out"
)]

use herz_dsl::breaking::{Level, Options, Report, compare};
use herz_dsl::source::Sources;
use herz_tests::corpus;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    old: String,
    new: String,
    expect: Vec<Expected>,
    doc_changes: usize,
    bump: String,
    #[serde(default)]
    accept: Vec<Vec<Expected>>,
}

#[derive(Debug, Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Expected {
    rule: String,
    path: String,
    level: String,
}

fn report(folder: &Path, old: &str, new: &str) -> Report {
    let mut sources = Sources::new();
    let mut add = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).expect(name);
        sources.add(name, text)
    };
    let (old, new) = (add(old), add(new));
    let options = Options {
        today: "2026-01-01".into(),
        ..Options::default()
    };
    compare(&sources, &[old], &[new], &options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Findings without those at level `none`, which may be left out.
fn heard(list: &[Expected]) -> BTreeSet<Expected> {
    list.iter()
        .filter(|it| it.level != "none")
        .cloned()
        .collect()
}

fn answer(report: &Report) -> (BTreeSet<Expected>, bool) {
    let docs = report.findings.iter().any(|it| it.rule == "doc-changed");
    let rest: Vec<Expected> = report
        .findings
        .iter()
        .filter(|it| it.rule != "doc-changed")
        .map(|it| Expected {
            rule: it.rule.into(),
            path: it.path.clone(),
            level: it.level.name().into(),
        })
        .collect();
    (heard(&rest), docs)
}

/// What is wrong about the answer to a case; empty if nothing is.
fn wrong(case: &Case, folder: &Path) -> String {
    let report = report(folder, &case.old, &case.new);
    let (found, docs) = answer(&report);
    let expected = heard(&case.expect);
    let mut text = String::new();
    let known = std::iter::once(&expected)
        .cloned()
        .chain(case.accept.iter().map(|it| heard(it)));
    if !known.into_iter().any(|it| it == found) {
        for missing in expected.difference(&found) {
            text.push_str(&format!(
                "  missing {} {} {}\n",
                missing.rule, missing.path, missing.level
            ));
        }
        for extra in found.difference(&expected) {
            text.push_str(&format!(
                "  extra   {} {} {}\n",
                extra.rule, extra.path, extra.level
            ));
        }
    }
    if docs != (case.doc_changes > 0) {
        text.push_str(&format!(
            "  words changed: {docs}, expected {}\n",
            case.doc_changes
        ));
    }
    if report.bump().name() != case.bump {
        text.push_str(&format!(
            "  bump {}, expected {}\n",
            report.bump(),
            case.bump
        ));
    }
    text
}

#[test]
fn every_pair_gives_the_expected_findings_and_bump() {
    let Some(folder) = corpus("compat") else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("cases.json")).unwrap();
    let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
    let mut right = 0;
    let mut report = String::new();
    for case in &cases {
        let wrong = wrong(case, &folder);
        if wrong.is_empty() {
            right += 1;
        } else {
            report.push_str(&format!("{}\n{wrong}", case.id));
        }
    }
    println!("{report}{right} of {}", cases.len());
    assert_eq!(right, cases.len(), "\n{report}");
}

#[test]
fn nothing_differs_from_itself() {
    let Some(folder) = corpus("compat") else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("cases.json")).unwrap();
    let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
    let files: BTreeSet<&String> = cases.iter().flat_map(|it| [&it.old, &it.new]).collect();
    for file in files {
        let report = report(&folder, file, file);
        assert!(report.findings.is_empty(), "{file}: {:#?}", report.findings);
        assert_eq!(report.bump(), Level::None);
    }
}

#[test]
fn a_rule_exists_for_every_rule_of_the_catalogue() {
    let Some(folder) = corpus("compat") else {
        return;
    };
    #[derive(Deserialize)]
    struct Rule {
        id: String,
    }
    let text = std::fs::read_to_string(folder.join("rules.json")).unwrap();
    let rules: Vec<Rule> = serde_json::from_str(&text).unwrap();
    let missing: Vec<&String> = rules
        .iter()
        .map(|it| &it.id)
        .filter(|id| herz_dsl::breaking::rule(id).is_none())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(rules.len(), herz_dsl::breaking::rules().len());
}
