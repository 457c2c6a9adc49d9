//! The schema of the schema: it says the same as the readers, and what is checked in is fresh.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::meta::{Draft, Meta};
use herz_dsl::schema::{PackageFile, Reader, SchemaFile, documents};
use herz_dsl::source::SourceId;
use herz_dsl::{diagnostic::codes, tree};
use herz_tests::top;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What the readers find in the text of a file.
fn findings(meta: Meta, text: &[u8]) -> Vec<String> {
    let (roots, _, found) = documents(SourceId(0), text);
    let mut reader = Reader::default();
    reader.diagnostics.extend(found);
    for root in &roots {
        match meta {
            Meta::Package => drop(PackageFile::read(&mut reader, root)),
            Meta::Schema => drop(SchemaFile::read(&mut reader, root)),
        }
    }
    // What the texts of types and normalizations mean is more than shape.
    let about_shape = [
        codes::UNKNOWN_KEYWORD,
        codes::WRONG_SHAPE,
        codes::MISSING_KEYWORD,
        codes::CONFLICT,
    ];
    let told = reader.diagnostics.iter();
    told.filter(|finding| about_shape.contains(&finding.code))
        .map(|finding| finding.message.clone())
        .collect()
}

fn judges(meta: Meta) -> Vec<(Draft, jsonschema::Validator)> {
    let judge = |draft: &Draft| {
        let schema = meta.json_schema(*draft);
        (*draft, jsonschema::validator_for(&schema).unwrap())
    };
    Draft::ALL.iter().map(judge).collect()
}

fn json_of(text: &[u8]) -> Vec<Value> {
    let (tree, found) = tree::parse(SourceId(0), text, &tree::Limits::default());
    assert!(found.is_empty(), "{found:?}");
    tree.documents().map(|d| d.root().to_json()).collect()
}

/// All values that differ from this one at one place.
fn broken(value: &Value, meta_keys: &mut BTreeSet<String>) -> Vec<Value> {
    let mut all = Vec::new();
    let others = [
        Value::Null,
        json!(true),
        json!(5),
        json!("word"),
        json!("1.0.0"),
        json!([]),
        json!(["word"]),
        json!({}),
        json!({ "word": null }),
    ];
    all.extend(others.into_iter().filter(|other| other != value));
    match value {
        Value::Object(entries) => {
            for (key, inner) in entries {
                meta_keys.insert(key.clone());
                let with = |changed: Option<(&str, Value)>| {
                    let mut entries = entries.clone();
                    entries.remove(key);
                    entries.extend(changed.map(|(key, value)| (key.to_owned(), value)));
                    Value::Object(entries)
                };
                all.push(with(None));
                all.push(with(Some((&format!("{key}x"), inner.clone()))));
                all.extend(
                    broken(inner, meta_keys)
                        .into_iter()
                        .map(|inner| with(Some((key, inner)))),
                );
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                all.extend(broken(inner, meta_keys).into_iter().map(|inner| {
                    let mut items = items.clone();
                    items[index] = inner;
                    Value::Array(items)
                }));
            }
        }
        _ => {}
    }
    all
}

/// The names of all properties in a schema.
fn properties(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::Object(properties)) = entries.get("properties") {
                names.extend(properties.keys().cloned());
            }
            entries.values().for_each(|inner| properties(inner, names));
        }
        Value::Array(items) => items.iter().for_each(|inner| properties(inner, names)),
        _ => {}
    }
}

#[test]
fn says_what_the_readers_say_about_every_way_to_break_a_file() {
    for (meta, name) in [(Meta::Package, "package"), (Meta::Schema, "schema")] {
        let text = std::fs::read(top(&format!("tests/tests/meta/{name}.yaml"))).unwrap();
        assert_eq!(findings(meta, &text), [""; 0], "{name}.yaml is right");
        let [root] = &json_of(&text)[..] else {
            panic!("one document")
        };
        let (mut used, mut known) = (BTreeSet::new(), BTreeSet::new());
        let files = broken(root, &mut used);
        properties(&meta.json_schema(Draft::Draft202012), &mut known);
        let unused: Vec<_> = known.difference(&used).collect();
        assert!(unused.is_empty(), "{name}.yaml does not use {unused:?}");

        let judges = judges(meta);
        let (mut differ, mut refused) = (BTreeSet::new(), 0);
        for file in files.iter().chain([root]) {
            let found = findings(meta, file.to_string().as_bytes());
            refused += usize::from(!found.is_empty());
            for (draft, judge) in &judges {
                if judge.is_valid(file) != found.is_empty() {
                    let errors: Vec<_> = judge
                        .iter_errors(file)
                        .map(|e| format!("{}: {e}", e.instance_path()))
                        .collect();
                    differ.insert(format!("{draft:?}: readers {found:?}, schema {errors:?}"));
                }
            }
        }
        println!(
            "{name}: {} files, {refused} refused, {} disagreements",
            files.len() + 1,
            differ.len()
        );
        assert!(
            differ.is_empty(),
            "{} differ:\n{}",
            differ.len(),
            differ
                .iter()
                .take(40)
                .cloned()
                .collect::<Vec<_>>()
                .join("\n")
        );
    }
}

#[test]
fn accepts_the_packages_of_the_repository() {
    let mut count = 0;
    let mut open = vec![top("schemas"), top("examples/acme-queue/schemas")];
    let (package, schema) = (judges(Meta::Package), judges(Meta::Schema));
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let is_package = path.ends_with("package.yaml");
            for root in json_of(&std::fs::read(&path).unwrap()) {
                for (draft, judge) in if is_package { &package } else { &schema } {
                    let errors: Vec<_> = judge.iter_errors(&root).map(|e| e.to_string()).collect();
                    assert!(
                        errors.is_empty(),
                        "{} by {draft:?}: {errors:?}",
                        path.display()
                    );
                }
                count += 1;
            }
        }
    }
    println!("{count} documents of schema packages are accepted");
    assert!(count > 25, "{count}");
}
