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

#[test]
fn what_a_platform_writes_is_judged_by_the_structure_alone() {
    let text = |part: &str, by: &str, least: u32, values: &str| {
        let (spec, status) = match part {
            "spec" => ("  - { name: now, type: State, required: false }\n", ""),
            "status" => ("", "status: State\n"),
            _ => (
                "  - { name: now, type: State, required: false }\n",
                "status: State\n",
            ),
        };
        format!(
            "kind: SlowChaos
fields:
  - {{ name: name, type: string, required: false }}
{spec}{status}types:
  State:
    fields:
      - {{ name: count, type: int32, required: false, range: {{ value: \"{least}..\", by: {by} }} }}
      - {{ name: mode, enum: [{values}], enumBy: {by}, required: false }}
"
        )
    };
    let breaks = |part: &str, by: &str| {
        // Readers are surprised by what may come, writers refused by what may not.
        let (narrow, wide) = (text(part, by, 2, "fast"), text(part, by, 1, "fast, slow"));
        let all = told(&narrow, &wide).into_iter().chain(told(&wide, &narrow));
        all.filter(|it| it.contains("Major")).collect::<Vec<_>>()
    };
    assert_eq!(breaks("status", "admission"), [""; 0]);
    let of_status = breaks("status", "structure");
    assert_eq!(of_status.len(), 2, "{of_status:?}");
    assert!(
        of_status.iter().all(|it| it.ends_with("shown")),
        "{of_status:?}"
    );
    for part in ["spec", "both"] {
        let found = breaks(part, "admission");
        for rule in ["minimum-tightened", "enum-value-removed"] {
            let told = format!("{rule} Major shown");
            assert!(found.contains(&told), "{part}: {found:?}");
        }
    }
}

#[test]
fn a_rule_that_says_nothing_is_none() {
    let rule = |it: &str| {
        with(
            ", required: false",
            &format!("rules:\n  - {{ name: r, {it} }}\n"),
        )
    };
    let none = with(", required: false", "");
    for idle in [
        "requires: [a], when: { a: present }",
        "requires: [a], filled: true, when: { a: filled }",
        "requires: [a], filled: true, when: { a: [x] }",
        "requires: [a, b], when: { a: present, b: [x, y] }",
        "forbids: [a], when: { a: absent }",
        "forbids: [a], filled: true, when: { a: empty }",
        "atLeastOneOf: [a, b], when: { a: filled }",
        "atMostOneOf: [a, b], when: { a: absent }",
        "exactlyOneOf: [a, b], when: { a: absent, b: present }",
    ] {
        assert_eq!(told(&none, &rule(idle)), [""; 0], "{idle}");
        assert_eq!(told(&rule(idle), &none), [""; 0], "{idle}");
    }
    for near in [
        "requires: [b], when: { a: present }",
        "requires: [a, b], when: { a: present }",
        "requires: [a], filled: true, when: { a: present }",
        "requires: [a], filled: true, when: { a: ['', x] }",
        "requires: [a], when: { b: { not: [x] } }",
        "forbids: [a], when: { a: empty }",
        "forbids: [a], when: { b: absent }",
        "atLeastOneOf: [a, b], filled: true, when: { a: present }",
        "exactlyOneOf: [a, b], when: { a: present }",
        "exactlyOneOf: [a, b], when: { a: absent }",
    ] {
        assert_eq!(
            told(&none, &rule(near)),
            ["rule-added Major shown"],
            "{near}"
        );
    }
}

#[test]
fn a_value_that_admission_alone_refuses_is_one_where_it_does_not_look() {
    let text = |more: &str, empty: &str| {
        format!(
            "kind: SlowChaos
fields:
  - {{ name: inner, type: Inner, required: false }}
{more}types:
  Inner:
    fields:
      - {{ name: mode, enum: [fast, slow]{empty}, filled: true }}
"
        )
    };
    let differ = |more: &str| told(&text(more, ", allowEmpty: true"), &text(more, ""));
    assert_eq!(differ(""), [""; 0]);
    let other = "  - { name: other, type: Inner, semantics: structure }\n";
    assert_eq!(differ(other), ["enum-value-removed Major shown"]);
}
