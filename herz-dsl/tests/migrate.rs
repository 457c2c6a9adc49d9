//! Migration by what schemas say: properties and hostile input.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Texts};
use herz_dsl::migrate::{Migration, Migrator, NoMigrator};
use herz_dsl::source::Sources;
use proptest::prelude::*;

const PACKAGE: &str = "\
package: demo
version: 0.1.0
group: demo.example.com
apiVersion: v1
platform: { name: demo, versions: [1.0.0, 1.1.0, 2.0.0] }
defaults: { required: false }
";

const SCHEMA: &str = r#"
kind: SlowChaos
fields:
  - { name: wait, type: Wait, until: 1.1.0 }
  - { name: delay, type: Wait, since: 1.1.0, until: 2.0.0, replaces: wait }
  - { name: latency, type: Wait, since: 2.0.0, replaces: delay }
  - { name: values, type: bytes, until: 2.0.0 }
  - { name: values, type: object, since: 2.0.0, replaces: { field: values, form: base64Json } }
  - { name: target, type: string, aliases: [host] }
  - { name: parts, type: list<Part> }
  - { name: mode, type: string, until: 2.0.0, doc: How fast. }
  - { name: mode, type: string, since: 2.0.0, doc: How many. }
types:
  Wait:
    scalar: duration(go)?
    pattern: { value: "^[0-9]+(ns|us|ms|s|m|h)$", since: 2.0.0 }
  Part:
    fields:
      - { name: wait, type: Wait, until: 2.0.0 }
      - { name: latency, type: Wait, since: 2.0.0, replaces: wait }
"#;

fn catalog() -> Catalog {
    let texts = [
        ("demo/package.yaml".to_owned(), PACKAGE.into()),
        ("demo/kind.yaml".to_owned(), SCHEMA.into()),
    ];
    let (packages, _) = compile::load(&Texts(texts.into()), &["demo"], &mut Sources::new());
    let (catalog, problems) = compile::compile(&packages);
    assert_eq!(problems, []);
    catalog
}

fn migrate(to: &str, spec: &str) -> Migration {
    let catalog = catalog();
    let migrator = Migrator::new(&catalog, "demo", &to.parse().unwrap(), None).unwrap();
    migrator.migrate(&document(spec))
}

fn document(spec: &str) -> String {
    format!(
        "apiVersion: demo.example.com/v1\nkind: SlowChaos\nmetadata: {{ name: a }}\nspec:\n{spec}"
    )
}

fn moved(to: &str, spec: &str) -> String {
    let result = migrate(to, spec);
    assert_eq!(result.refused, [], "{spec}");
    result.text.replace(&document(""), "")
}

#[test]
fn changes_follow_one_another_over_several_releases() {
    assert_eq!(
        moved("2.0.0", "  wait: 1m30s # x\n"),
        "  latency: 90s # x\n"
    );
    assert_eq!(moved("1.1.0", "  wait: 1m30s\n"), "  delay: 1m30s\n");
    assert_eq!(moved("1.0.0", "  latency: 90s\n"), "  wait: 90s\n");
    assert_eq!(
        moved(
            "2.0.0",
            "  parts:\n    - wait: \"0\"\n    - { wait: '1h1h', } # y\n"
        ),
        "  parts:\n    - latency: \"0s\"\n    - { latency: '2h', } # y\n"
    );
    assert_eq!(moved("2.0.0", "  values: e30=\n"), "  values: {}\n");
    assert_eq!(
        moved("1.1.0", "  values: { a: 1 } # z\n"),
        "  values: eyJhIjoxfQ== # z\n"
    );
    assert_eq!(moved("2.0.0", "  host: db\n"), "  target: db\n");
}

#[test]
fn one_anchor_for_several_places_changes_once_or_not_at_all() {
    assert_eq!(
        moved(
            "2.0.0",
            "  wait: &w 1m30s\n  parts: [{ wait: *w }, { wait: *w }]\n"
        ),
        "  latency: &w 90s\n  parts: [{ latency: *w }, { latency: *w }]\n"
    );
    // The anchor also stands for a text that must stay.
    let refused = migrate("2.0.0", "  target: &w 1m30s\n  wait: *w\n");
    assert!(
        refused.refused[0].message.contains("spec.target"),
        "{:?}",
        refused.refused
    );
    assert_eq!(refused.text, document("  target: &w 1m30s\n  wait: *w\n"));
}

#[test]
fn what_would_mean_something_else_is_refused() {
    for (to, spec, part) in [
        (
            "2.0.0",
            "  wait: 5s\n  mode: fast\n",
            "`mode` is something else in 2.0.0: How many.",
        ),
        ("2.0.0", "  values: AAAA\n", "holds no JSON"),
        ("2.0.0", "  values: WzFd\n", "no JSON object"),
        ("2.0.0", "  wait: -5s\n", "does not match"),
        (
            "1.0.0",
            "  latency: 5s\n  values: { a: .inf }\n",
            "JSON does not have",
        ),
        ("2.0.0", "  wait: 5s\n  latency: 5s\n", "2.0.0"),
        ("2.0.0", "  nothing: 5s\n", "unknown field"),
    ] {
        let result = migrate(to, spec);
        assert_eq!(result.text, document(spec));
        assert_eq!(result.changes, []);
        let met = result.refused.iter().any(|it| it.message.contains(part));
        assert!(met, "{spec}: {:#?}", result.refused);
        for finding in &result.refused {
            let span = finding.span.unwrap();
            assert!(document(spec).get(span.range()).is_some());
        }
    }
    let catalog = catalog();
    let none = |package: &str, to: &str| {
        Migrator::new(&catalog, package, &to.parse().unwrap(), None).unwrap_err()
    };
    assert_eq!(none("other", "1.0.0"), NoMigrator::Package);
    assert!(matches!(none("demo", "3.0.0"), NoMigrator::Release(_)));
}

#[test]
fn other_documents_stay() {
    let text = "apiVersion: v1\nkind: Pod\nspec: { wait: 1m30s }\n";
    let catalog = catalog();
    let migrator = Migrator::new(&catalog, "demo", &"2.0.0".parse().unwrap(), None).unwrap();
    let result = migrator.migrate(text);
    assert_eq!((result.text.as_str(), result.documents), (text, 0));
    assert_eq!(migrator.migrate("").text, "");
}

#[test]
fn a_release_that_the_document_is_not_right_for_is_told() {
    let catalog = catalog();
    let from = "1.0.0".parse().unwrap();
    let migrator = Migrator::new(&catalog, "demo", &"2.0.0".parse().unwrap(), Some(&from)).unwrap();
    let result = migrator.migrate(&document("  latency: 5s\n"));
    assert!(
        result.refused[0]
            .help
            .iter()
            .any(|it| it.contains("not right for 1.0.0")),
        "{:?}",
        result.refused
    );
    assert_eq!(migrator.migrate(&document("  wait: 5s\n")).refused, []);
}

proptest! {
    /// What is carried over is right there, a second time changes nothing, and the way back gives
    /// the text that was.
    #[test]
    fn there_and_back_is_the_same(
        seconds in 0u32..100_000,
        unit in prop::sample::select(vec!["ns", "us", "ms", "s", "m", "h"]),
        comment in "[a-z #:'\"]{0,20}",
        quote in prop::sample::select(vec!["", "'", "\""]),
        parts in 0usize..4,
    ) {
        let mut spec = format!("  wait: {quote}{seconds}{unit}{quote} # {comment}\n");
        if parts > 0 {
            spec.push_str("  parts:\n");
        }
        for at in 0..parts {
            spec.push_str(&format!("    # {comment}\n    - wait: {at}s\n"));
        }
        let up = migrate("2.0.0", &spec);
        prop_assert_eq!(&up.refused, &[]);
        let catalog = catalog();
        let there = Migrator::new(&catalog, "demo", &"2.0.0".parse().unwrap(), None).unwrap();
        prop_assert_eq!(there.migrate(&up.text).text, up.text.clone());
        let back = Migrator::new(&catalog, "demo", &"1.0.0".parse().unwrap(), None).unwrap();
        prop_assert_eq!(back.migrate(&up.text).text, document(&spec));
    }

    /// Any text at all: no panic, and either a text for the release or the same one.
    #[test]
    fn any_text_has_an_answer(text in "[a-z:&*{}\\[\\]\n \"'#|>-]{0,200}") {
        let result = migrate("2.0.0", &text);
        if !result.refused.is_empty() {
            prop_assert_eq!(result.text, document(&text));
        }
    }
}
