//! Breaks between two states of a schema package: what the platform does before it judges counts.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::breaking::{Options, compare_catalogs};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile::{self, Texts};
use herz_dsl::source::Sources;

fn catalog(values: &str, default: &str) -> Catalog {
    let text = format!(
        "kind: SlowChaos\nfields:\n  - {{ name: mode, type: Mode{default} }}\ntypes:\n  Mode:\n    enum: [fast, slow]\n{values}"
    );
    let texts = [("schema.yaml".to_owned(), text.clone().into_bytes())];
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
