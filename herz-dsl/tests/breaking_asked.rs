//! Breaks between two states of a schema package that are none: what another rule refused already,
//! and what admission says where only the structure decides.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::breaking::{Options, compare_catalogs};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile::{self, Texts};
use herz_dsl::source::Sources;

fn catalog(text: &str) -> Catalog {
    let texts = [("schema.yaml".to_owned(), text.as_bytes().to_vec())];
    let mut sources = Sources::new();
    let (packages, found) = compile::load(&Texts(texts.into()), &["schema.yaml"], &mut sources);
    let (catalog, more) = compile::compile(&packages);
    assert!(
        found.is_empty() && more.is_empty(),
        "{text}{found:?}{more:?}"
    );
    catalog
}

/// `rule level` of every finding, each break with a document that shows it.
fn told(old: &str, new: &str) -> Vec<String> {
    let newest = Targets::newest();
    let options = Options {
        prove: true,
        ..Options::default()
    };
    let report = compare_catalogs(
        (&catalog(old), &newest),
        (&catalog(new), &newest),
        None,
        &options,
    );
    let findings = report.findings.iter();
    findings
        .map(|it| {
            let shown = if it.proof.is_some() { " shown" } else { "" };
            format!("{} {:?}{shown}", it.rule, it.level)
        })
        .collect()
}

/// A kind with a field `a` and rules.
fn with(field: &str, rules: &str) -> String {
    format!(
        "kind: SlowChaos\nfields:\n  - {{ name: a, type: string{field} }}\n  - {{ name: b, type: string, required: false }}\n{rules}"
    )
}

#[test]
fn what_was_asked_for_may_be_required() {
    let must = "rules:\n  - { name: has-a, requires: [a] }\n";
    let filled = ", required: false, filled: true";
    let optional = ", required: false";
    for (old, new) in [
        (with(optional, must), with("", must)),
        (with(filled, ""), with(", filled: true", "")),
    ] {
        assert_eq!(told(&old, &new), ["field-became-required Patch"], "{old}");
        assert_eq!(told(&new, &old), ["field-became-optional Patch"], "{old}");
    }
}

#[test]
fn what_was_asked_for_sometimes_or_softly_was_not_asked_for() {
    for rules in [
        "",
        "rules:\n  - { name: has-a, requires: [a], when: { b: present } }\n",
        "rules:\n  - { name: has-a, requires: [a], level: warning }\n",
        "rules:\n  - { name: has-b, requires: [b] }\n",
        "rules:\n  - { name: has, atLeastOneOf: [a, b] }\n",
    ] {
        let (old, new) = (with(", required: false", rules), with("", rules));
        assert_eq!(
            told(&old, &new),
            ["field-became-required Major shown"],
            "{rules}"
        );
    }
}

/// A kind with an enum, a limit and a rule of admission.
fn judged(by: &str, values: &str, least: u32, level: &str) -> String {
    format!(
        "kind: SlowChaos
{by}fields:
  - {{ name: mode, enum: [{values}], enumBy: admission, required: false }}
  - {{ name: count, type: int32, required: false, range: {{ value: \"{least}..\", by: admission }} }}
rules:
  - {{ name: has-mode, requires: [mode], level: {level} }}
"
    )
}

#[test]
fn advice_breaks_nobody() {
    let differ = |by: &str| {
        told(
            &judged(by, "fast, slow", 1, "warning"),
            &judged(by, "fast", 2, "error"),
        )
    };
    let breaks = differ("");
    for rule in [
        "enum-value-removed",
        "minimum-tightened",
        "rule-severity-raised",
    ] {
        let told = format!("{rule} Major shown");
        assert!(breaks.contains(&told), "{breaks:?}");
    }
    let advice = differ("judged: structure\n");
    assert!(!advice.iter().any(|it| it.contains("Major")), "{advice:?}");
}

#[test]
fn a_type_that_is_judged_somewhere_keeps_its_rules() {
    let text = |semantics: &str, other: &str, values: &str| {
        format!(
            "types:
  Mode: {{ enum: [{values}], enumBy: admission }}
kind: SlowChaos
fields:
  - {{ name: mode, type: Mode, required: false{semantics} }}
{other}"
        )
    };
    let structure = ", semantics: structure";
    let other = "  - { name: other, type: Mode, required: false }\n";
    let differ = |semantics: &str, other: &str| {
        told(
            &text(semantics, other, "fast, slow"),
            &text(semantics, other, "fast"),
        )
    };
    assert!(!differ(structure, "").iter().any(|it| it.contains("Major")));
    assert_eq!(differ(structure, other), ["enum-value-removed Major shown"]);
    assert_eq!(differ("", ""), ["enum-value-removed Major shown"]);
}
