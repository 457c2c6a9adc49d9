//! `herz editor-schema`, and the copies of what it prints in `schemas/meta/`.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use support::{code, err, herz, out};

fn top(path: &str) -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap().join(path)
}

#[test]
fn the_checked_in_schemas_are_fresh() {
    for file in ["package", "schema", "config"] {
        for (draft, name) in [("draft-07", ""), ("2020-12", ".2020-12")] {
            let output = herz(&["editor-schema", file, "--draft", draft]);
            assert_eq!(code(&output), 0, "{}", err(&output));
            let path = top(&format!("schemas/meta/{file}{name}.json"));
            if std::env::var_os("HERZ_BLESS").is_some() {
                std::fs::write(&path, &output.stdout).unwrap();
            }
            let written = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                written == out(&output),
                "{} is stale: run with HERZ_BLESS=1",
                path.display()
            );
        }
    }
}

/// Every file of our own packages says which schema it keeps, so that editors check it.
#[test]
fn schema_files_name_their_schema() {
    let mut open = vec![top("schemas"), top("examples/acme-queue/schemas")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).unwrap();
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let text = std::fs::read_to_string(&path).unwrap();
            let first = text.lines().next().unwrap_or_default();
            let named = first.strip_prefix("# yaml-language-server: $schema=");
            let named = named.unwrap_or_else(|| panic!("{} names no schema", path.display()));
            let wanted = if path.ends_with("package.yaml") {
                "package.json"
            } else {
                "schema.json"
            };
            let meant = path.parent().unwrap().join(named).canonicalize().unwrap();
            let wanted = top("schemas/meta").join(wanted).canonicalize();
            assert_eq!(meant, wanted.unwrap(), "{}", path.display());
        }
    }
}

#[test]
fn the_schema_of_the_config_knows_targets_and_their_options() {
    let printed = herz(&["editor-schema", "config", "--draft", "2020-12"]);
    let schema: Value = serde_json::from_slice(&printed.stdout).unwrap();
    let judge = jsonschema::validator_for(&schema).unwrap();
    let good = json!({ "gen": {
        "schemas": "schemas",
        "target-version": ["chaos-mesh@2.7.3"],
        "go": { "out": "go" },
        "crd": [{ "out": "a" }, { "out": "b", "descriptions": false }],
    } });
    assert!(judge.is_valid(&good));
    for bad in [
        json!({ "gne": {} }),
        json!({ "gen": { "goo": { "out": "go" } } }),
        json!({ "gen": { "go": {} } }),
        json!({ "gen": { "go": { "out": "" } } }),
        json!({ "gen": { "crd": { "out": "a", "descriptions": "no" } } }),
        json!({ "gen": { "crd": { "out": "a", "descritpions": false } } }),
    ] {
        assert!(!judge.is_valid(&bad), "{bad}");
    }
}

#[test]
fn tells_which_files_there_are() {
    let output = herz(&["editor-schema", "pakcage"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("'package'"), "{}", err(&output));
}
