//! What schemas become.

use crate::support::{compile_files, fine, told};
use herz_dsl::catalog::{Catalog, Type, TypeBody};
use herz_dsl::compile::{SourceFile, compile};
use serde_json::Value;

fn everything() -> Catalog {
    let files = [
        ("package.yaml", include_str!("everything-package.yaml")),
        ("a.yaml", include_str!("everything.yaml")),
    ];
    let (catalog, found, sources) = compile_files(&files);
    assert_eq!(told(&found, &sources), "");
    catalog
}

#[test]
fn every_keyword_once() {
    let all = said(serde_json::to_value(everything()).unwrap()).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&all).unwrap());
}

/// What a value says: without nulls, empty texts, lists and maps, and without `false`.
fn said(value: Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) => (!text.is_empty()).then_some(Value::String(text)),
        Value::Array(items) => {
            let items: Vec<Value> = items
                .into_iter()
                .map(|item| said(item).unwrap_or(Value::Null))
                .collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(entries) => {
            let entries: serde_json::Map<_, _> = entries
                .into_iter()
                .filter_map(|(key, value)| Some((key, said(value)?)))
                .collect();
            (!entries.is_empty()).then_some(Value::Object(entries))
        }
        other => Some(other),
    }
}

#[test]
fn the_smallest_kind() {
    let catalog = fine(
        "kind: NetworkChaos\nfields:\n  - name: action\n    type: string\n    enum: [\"delay\", \"loss\", \"duplicate\"]\n  - name: latency\n    type: duration\n    required: false\n",
    );
    let kind = &catalog.kinds[0];
    assert_eq!(
        (kind.name.as_str(), kind.plural.as_str(), kind.spec_required),
        ("NetworkChaos", "networkchaos", true)
    );
    let TypeBody::Object(spec) = &catalog.get(kind.spec).unwrap().body else {
        panic!()
    };
    assert!(spec.fields[0].required && !spec.fields[1].required);
    let Type::Ref(action) = &spec.fields[0].ty else {
        panic!()
    };
    assert_eq!(
        catalog.get(*action).unwrap().name,
        "NetworkChaos.spec.action"
    );
    assert!(spec.union.is_none());
    assert_eq!(catalog.packages[0].name, "local");
    assert_eq!(catalog.packages[0].releases.len(), 1);
}

#[test]
fn the_order_of_files_does_not_matter() {
    let file = |id: u32, name: &str, text: &str| SourceFile {
        id: herz_dsl::source::SourceId(id),
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let texts = [
        (
            "a.yaml",
            "kind: A\ninclude: [G]\nfields: [{ name: t, type: T }, { name: b, type: B.spec }]\n",
        ),
        (
            "b.yaml",
            "kind: B\nfields: [{ name: u, type: list<U> }, { name: e, enum: [x, y] }]\n",
        ),
        (
            "c.yaml",
            "types:\n  T: { fields: [{ name: u, type: U }] }\n  U: { scalar: duration, range: ..1h }\n",
        ),
        (
            "d.yaml",
            "groups:\n  G: { fields: [{ name: g, type: port }, { name: p, type: list<port> }] }\n",
        ),
    ];
    let mut reference = None;
    // Every rotation and its mirror image, numbered in the order given.
    for shift in 0..texts.len() {
        for mirrored in [false, true] {
            let mut order: Vec<usize> = (0..texts.len())
                .map(|i| (i + shift) % texts.len())
                .collect();
            if mirrored {
                order.reverse();
            }
            let files = order
                .iter()
                .zip(0..)
                .map(|(at, id)| file(id, texts[*at].0, texts[*at].1))
                .collect();
            let package = herz_dsl::compile::PackageSource {
                files,
                ..Default::default()
            };
            let (catalog, found) = compile(&[package]);
            assert_eq!(found, []);
            let catalog = serde_json::to_string(&catalog).unwrap();
            assert_eq!(*reference.get_or_insert(catalog.clone()), catalog);
        }
    }
}

#[test]
fn names_of_types_are_sorted_and_unique() {
    let catalog = everything();
    let names: Vec<(u32, &str)> = catalog
        .types
        .iter()
        .map(|def| (def.package.0, def.name.as_str()))
        .collect();
    assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    assert!(
        names
            .iter()
            .any(|(_, name)| *name == "NetworkChaos.spec.ports"),
        "{names:?}"
    );
}

#[test]
fn groups_come_first_and_once() {
    let catalog = fine(
        "kind: A\ninclude: [Outer, Inner]\nfields: [{ name: c, type: string }]\ngroups:\n  Outer: { include: [Inner], fields: [{ name: b, type: string }] }\n  Inner: { fields: [{ name: a, type: string }] }\n",
    );
    let TypeBody::Object(spec) = &catalog.get(catalog.kinds[0].spec).unwrap().body else {
        panic!()
    };
    let names: Vec<&str> = spec
        .fields
        .iter()
        .map(|field| field.wire.as_str())
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn the_packages_of_this_repository_compile() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
    let mut sources = herz_dsl::source::Sources::new();
    let (packages, unread) =
        herz_dsl::compile::load(&herz_dsl::compile::Folders, &[root], &mut sources);
    let (catalog, found) = compile(&packages);
    assert_eq!(told(&unread, &sources) + &told(&found, &sources), "");
    assert!(catalog.kinds.len() >= 23, "{}", catalog.kinds.len());
}
