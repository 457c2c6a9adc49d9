//! Breaks between two states of a schema package: what the platform does before it judges counts.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::breaking::{Level, Options, Report, compare_catalogs};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile::{self, Texts};
use herz_dsl::source::Sources;

fn catalog(values: &str, default: &str) -> Catalog {
    of_text(&format!(
        "kind: SlowChaos\nfields:\n  - {{ name: mode, type: Mode{default} }}\ntypes:\n  Mode:\n    enum: [fast, slow]\n{values}"
    ))
}

fn of_text(text: &str) -> Catalog {
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

/// `rule level` of every finding about values.
fn told(old: (&str, &str), new: (&str, &str)) -> Vec<String> {
    let newest = Targets::newest();
    let (old, new) = (catalog(old.0, old.1), catalog(new.0, new.1));
    let report = compare_catalogs((&old, &newest), (&new, &newest), None, &Options::default());
    let about_values = |rule: &str| rule.starts_with("enum");
    let findings = report.findings.iter().filter(|it| about_values(it.rule));
    findings
        .map(|it| format!("{} {:?}", it.rule, it.level))
        .collect()
}

#[test]
fn an_empty_text_that_is_replaced_may_leave_the_list() {
    let replaced = ", default: { value: fast, fill: empty }";
    let (with, without) = ("    allowEmpty: true\n", "");
    assert_eq!(told((with, replaced), (without, replaced)), [""; 0]);
    assert_eq!(told((with, ""), (without, replaced)), [""; 0]);
    assert_eq!(
        told((with, ""), (without, "")),
        ["enum-value-removed Major"]
    );
    let absent = ", default: fast";
    assert_eq!(
        told((with, absent), (without, absent)),
        ["enum-value-removed Major"]
    );
    // Who is not replaced any more is refused.
    assert_eq!(
        told((without, replaced), (without, "")),
        ["enum-value-removed Major"]
    );
}

#[test]
fn an_empty_text_that_must_be_filled_was_no_value() {
    let filled = ", filled: true";
    let (with, without) = ("    allowEmpty: true\n", "");
    assert_eq!(told((with, filled), (without, filled)), [""; 0]);
    assert_eq!(told((without, filled), (with, filled)), [""; 0]);
}

/// What `--prove` says of two versions.
fn proved(old: &str, new: &str) -> Report {
    let newest = Targets::newest();
    let (old, new) = (of_text(old), of_text(new));
    let options = Options {
        prove: true,
        ..Options::default()
    };
    compare_catalogs((&old, &newest), (&new, &newest), None, &options)
}

/// `rule level` of every finding that asks for more than nothing, with its document as `--prove` finds it.
fn shown(old: &str, new: &str) -> Vec<(String, Option<String>, bool)> {
    let findings = proved(old, new).findings.into_iter();
    findings
        .filter(|it| it.level > Level::None)
        .map(|it| {
            let rule = format!("{} {:?}", it.rule, it.level);
            (rule, it.proof, it.contradicted)
        })
        .collect()
}

const KIND: &str = "kind: SlowChaos\nfields:\n";

#[test]
fn null_beside_a_list_of_texts_may_be_forbidden() {
    let field = |nullable: &str| {
        format!("{KIND}  - {{ name: mode, type: string, oneOf: [fast, slow]{nullable} }}\n")
    };
    let found = shown(&field(", nullable: true"), &field(""));
    let [(rule, Some(proof), false)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(rule, "null-forbidden Major");
    assert!(proof.contains(r#""spec":{"mode":null}"#), "{proof}");
}

#[test]
fn a_limit_that_another_one_implies_is_none() {
    let field = |limits: &str| format!("{KIND}  - {{ name: port, type: int32, {limits} }}\n");
    let twice = |second: &str| {
        format!(
            "{KIND}  - {{ name: port, type: Port, range: \"{second}\" }}\ntypes:\n  Port: {{ scalar: int32, range: \"1..100\" }}\n"
        )
    };
    assert_eq!(shown(&field(r#"range: "1..100""#), &twice("0..200")), []);
    let found = shown(&twice("0..200"), &twice("0..50"));
    assert_eq!(found.len(), 1, "{found:?}");
    let text = |limit: &str| format!("{KIND}  - {{ name: name, type: string{limit} }}\n");
    assert_eq!(shown(&text(""), &text(r#", length: "0..""#)), []);
}

#[test]
fn a_rule_is_shown_among_fields_that_other_rules_speak_of() {
    let rules = |more: &str| {
        format!(
            "{KIND}  - {{ name: mode, enum: [fast, slow, none] }}\n  - {{ name: a, type: string, required: false }}\n  - {{ name: b, type: int32, required: false }}\n  - {{ name: c, type: map<string>, required: false }}\nrules:\n  - {{ name: one, exactlyOneOf: [a, b, c], when: {{ mode: [slow] }} }}\n  - {{ name: two, forbids: [a, c], when: {{ mode: [fast, none] }} }}\n  - {{ name: three, requires: [b], when: {{ mode: [none] }} }}\n{more}"
        )
    };
    // Only a slow one with an empty map is left.
    let new = "  - { name: four, requires: [c], filled: true, when: { c: present } }\n";
    let found = shown(&rules(""), &rules(new));
    let [(rule, Some(proof), false)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(rule, "rule-added Major");
    assert!(
        proof.contains(r#""c":{}"#) && proof.contains(r#""mode":"slow""#),
        "{proof}"
    );
}

#[test]
fn a_rule_that_others_imply_is_said_to_break_nothing() {
    let rules = |rule: &str| {
        format!(
            "{KIND}  - {{ name: a, type: string, required: false }}\n  - {{ name: b, type: string, required: false }}\nrules:\n  - {{ name: one, requires: [a] }}\n  - {{ name: two, forbids: [b] }}\n{rule}"
        )
    };
    let implied = "  - { name: three, exactlyOneOf: [a, b], when: { a: present } }\n";
    let found = shown(&rules(""), &rules(implied));
    assert!(matches!(found.as_slice(), [(_, None, true)]), "{found:?}");
    let (report, sources) = (proved(&rules(""), &rules(implied)), Sources::new());
    let why = "other rules stand in the way of all that were tried";
    assert!(
        report
            .to_text(&sources)
            .contains(&format!("proof: none: {why}"))
    );
    assert!(report.to_markdown(&sources).contains(why));
    assert!(report.to_json(&sources).contains(r#""contradicted":true"#));
    let other = "  - { name: three, requires: [a], filled: true }\n";
    let found = shown(&rules(""), &rules(other));
    assert!(
        matches!(found.as_slice(), [(_, Some(_), false)]),
        "{found:?}"
    );
}

#[test]
fn a_grammar_is_advice_where_only_the_structure_is_judged() {
    let kind = |judged: &str, ty: &str| {
        format!("kind: SlowChaos\n{judged}fields:\n  - {{ name: a, type: \"list<{ty}>\" }}\n")
    };
    let inside = |more: &str, ty: &str| {
        format!(
            "{KIND}  - {{ name: a, type: Inner{more} }}\ntypes:\n  Inner: {{ fields: [{{ name: b, type: {ty} }}] }}\n"
        )
    };
    let own = |more: &str, ty: &str| format!("{KIND}  - {{ name: a, type: {ty}{more} }}\n");
    let (judged, structure) = ("judged: structure\n", ", semantics: structure");
    assert_eq!(shown(&kind(judged, "string"), &kind(judged, "cidr")), []);
    assert_eq!(
        shown(&inside(structure, "string"), &inside(structure, "cidr")),
        []
    );
    assert_eq!(
        shown(&own(structure, "string"), &own(structure, "cidr")),
        []
    );
    for (old, new) in [
        (kind("", "string"), kind("", "cidr")),
        (inside("", "string"), inside("", "cidr")),
        (own("", "string"), own("", "cidr")),
        // That it is a text the structure asks for.
        (kind(judged, "int32"), kind(judged, "cidr")),
    ] {
        let found = shown(&old, &new);
        assert!(
            found
                .iter()
                .any(|it| it.0.ends_with("Major") && it.1.is_some()),
            "{new}{found:?}"
        );
    }
}

#[test]
fn a_break_in_one_of_several_items_is_shown() {
    let kind = |rule: &str| {
        format!(
            "{KIND}  - {{ name: list, type: list<Item>, items: \"3..\", unique: true }}\ntypes:\n  Item:\n    fields:\n      - {{ name: a, type: string, required: false }}\n      - {{ name: b, type: int32, required: false }}\n    rules:\n      - {{ name: one, exactlyOneOf: [a, b] }}\n{rule}"
        )
    };
    let found = shown(
        &kind(""),
        &kind("      - { name: two, forbids: [b], when: { b: [7] } }\n"),
    );
    let [(rule, Some(proof), false)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(rule, "rule-added Major");
    assert!(proof.contains(r#"{"b":7}"#), "{proof}");
}

#[test]
fn a_break_inside_a_block_that_is_not_selected_is_shown() {
    // As long as it is selected, its rules refuse all blocks.
    let kind = |level: &str| {
        format!(
            "{KIND}  - {{ name: mode, enum: [fast, slow] }}\n  - {{ name: block, type: Block, required: false }}\nunion:\n  tag: mode\n  foreign: ignore\n  selectedOnly: true\n  cases:\n    fast: {{ requires: [block] }}\ntypes:\n  Mode: {{ enum: [a, b], enumLevel: {level} }}\n  Block:\n    fields:\n      - {{ name: one, type: Mode }}\n    rules:\n      - {{ name: none, forbids: [one] }}\n"
        )
    };
    let found = shown(&kind("warning"), &kind("error"));
    let [(rule, Some(proof), false)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(rule, "enum-closed Major");
    assert!(proof.contains(r#""mode":"slow""#), "{proof}");
}

#[test]
fn a_break_in_a_field_that_rules_around_speak_of_is_shown() {
    let kind = |required: &str| {
        format!(
            "{KIND}  - {{ name: a, type: string, required: false }}\n  - {{ name: b, type: string, required: false }}\n  - {{ name: block, type: Block, required: false }}\nrules:\n  - {{ name: one, forbids: [block, b], when: {{ a: absent }}, by: structure }}\ntypes:\n  Block:\n    fields:\n      - {{ name: one, type: string, required: false }}\n      - {{ name: two, type: string{required} }}\n      - {{ name: three, type: string, required: false }}\n    rules:\n      - {{ name: two, atMostOneOf: [one, two], when: {{ three: filled }} }}\n"
        )
    };
    let found = shown(&kind(", required: false"), &kind(""));
    let [(rule, Some(proof), false)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(rule, "field-became-required Major");
    assert!(proof.contains(r#""a":"#), "{proof}");
}

#[test]
fn a_value_that_no_rule_names_is_tried_beside_those_that_one_does() {
    let kind = |values: &str| {
        format!(
            "{KIND}  - {{ name: block, type: Block, filled: true }}\n  - {{ name: mode, enum: [{values}], required: false }}\ntypes:\n  Block:\n    fields:\n      - {{ name: one, enum: [a, b], required: false }}\n      - {{ name: two, type: string, required: false, filled: true, pattern: \"^$|^x\" }}\n    rules:\n      - {{ name: has, requires: [one] }}\n      - {{ name: no-a, cel: \"!has(self.one) || self.one != 'a'\", message: \"no\" }}\n"
        )
    };
    let found = shown(&kind("fast, slow"), &kind("fast"));
    let [(rule, Some(proof), false)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(rule, "enum-value-removed Major");
    assert!(proof.contains(r#""one":"b""#), "{proof}");
}
