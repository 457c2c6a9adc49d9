//! `herz breaking` as a user meets it: what is compared with what, formats, exit codes.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod against;
mod exceptions;
mod formats;
#[path = "../support/mod.rs"]
mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;
use support::{code, command_in, err, git, herz, herz_in, out, run_git, sarif};

fn document(most: u32) -> String {
    format!("type: object\nproperties:\n  n: {{ type: integer, maximum: {most} }}\n")
}

const PACKAGE: &str = "package: acme\nversion: 1.0.0\ngroup: acme.example.com\napiVersion: v1\n";

fn kind(most: u32) -> String {
    format!(
        "kind: DiskChaos\nfields:\n  - {{ name: size, type: int, range: 0..{most}, required: false }}\n"
    )
}

/// A repository whose commit has other limits than its files.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path();
    for folder in ["schemas/acme", "api", "empty"] {
        fs::create_dir_all(top.join(folder)).unwrap();
    }
    let write = |most: u32| {
        fs::write(top.join("schemas/acme/package.yaml"), PACKAGE).unwrap();
        fs::write(top.join("schemas/acme/disk.yaml"), kind(most)).unwrap();
        fs::write(top.join("api/a.yaml"), document(most)).unwrap();
        fs::write(top.join("api/bytes.txt"), [0xff, 0xfe]).unwrap();
        fs::write(top.join("empty/readme.md"), "nothing").unwrap();
    };
    write(9);
    fs::write(top.join("bytes.yaml"), [0xff, 0xfe]).unwrap();
    git(top);
    run_git(top, &["tag", "v1.0.0"]);
    write(5);
    folder
}

#[test]
fn breaking_tells_both_places_and_fails_by_level() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, most: u32| {
        let path = folder.path().join(name);
        let text =
            format!("type: object\nproperties:\n  n: {{ type: integer, maximum: {most} }}\n");
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (five, nine) = (write("five.yaml", 5), write("nine.yaml", 9));
    let output = herz(&[
        "breaking",
        &nine,
        &five,
        "--format",
        "json",
        "--suggest-version",
        "1.4.0",
    ]);
    assert_eq!(code(&output), 1);
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(report["schemaVersion"], 1);
    assert_eq!(report["bump"], "major");
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "maximum-tightened");
    assert_eq!(finding["path"], "schema(root).n");
    assert_eq!(finding["old"]["line"], 3);
    assert!(
        finding["new"]["file"]
            .as_str()
            .unwrap()
            .ends_with("five.yaml")
    );
    assert!(err(&output).contains("2.0.0"));

    assert_eq!(code(&herz(&["breaking", &five, &five])), 0);
    assert_eq!(
        code(&herz(&["breaking", &nine, &five, "--fail-on", "never"])),
        0
    );
    let github = herz(&["breaking", &nine, &five, "--format", "github"]);
    assert!(
        out(&github).starts_with("::error file="),
        "{}",
        out(&github)
    );
    let markdown = herz(&["breaking", &nine, &five, "--format", "markdown"]);
    assert!(
        out(&markdown).contains("| major | `schema(root).n` |"),
        "{}",
        out(&markdown)
    );
}

#[test]
fn rules_are_listed_and_explained() {
    let list = out(&herz(&["breaking", "--list-rules"]));
    assert!(list.lines().count() > 200);
    assert!(list.contains("field-removed "));
    let page = out(&herz(&["explain", "field-removed"]));
    assert!(page.starts_with("# field-removed: "), "{page}");
    assert!(page.contains("## Instead"), "{page}");
}
