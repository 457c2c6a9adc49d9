//! `herz compat`, `herz migrate` and `herz release` as a user meets them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "helpers of tests"
)]

mod migrate;
mod questions;
mod release;
#[path = "../support/mod.rs"]
mod support;

use serde_json::Value;
use std::fs;
use std::process::Output;
use support::{code, err, git, herz, herz_in, out, root, run_git};

const JVM: &str = "\
# keep me
apiVersion: chaos-mesh.org/v1alpha1
kind: JVMChaos
metadata: { name: wrong-price }
spec:
  action: return
  mode: all
  selector: { labelSelectors: { app: shop } }
  class: com.example.shop.Price
  method: get
  value: \"0\"      # free of charge
  duration: 1m
";

const DELAY: &str = "\
apiVersion: chaos-mesh.org/v1alpha1
kind: NetworkChaos
metadata: { name: slow }
spec:
  action: delay
  mode: all
  selector: { labelSelectors: { app: web } }
  delay:
    latency: '1m30s'   # a lot
    jitter: .5s
  duration: 1m30s
";

fn json(output: &Output) -> Value {
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schemaVersion"], 1);
    json
}

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn help_is_what_it_was() {
    for command in ["compat", "migrate", "release"] {
        insta::assert_snapshot!(format!("help-{command}"), out(&herz(&[command, "--help"])));
    }
}

/// The matrix of this repository is sound, and everything made from it is fresh.
#[test]
fn our_own_matrix_is_sound_and_fresh() {
    let output = herz(&[
        "compat",
        "check",
        "--deny",
        "warnings",
        "--today",
        "2026-01-01",
    ]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
}

#[test]
fn what_is_stale_is_found_and_renewed() {
    let text = fs::read_to_string(root().join("compat-matrix.toml")).unwrap();
    let text = text.replace("herz/src/compat.rs", "compat.rs");
    let text = text.replace("docs/reference/compat.md", "compat.md");
    let old = text.replace(
        "since = { chaos-mesh = \"2.8.2\" }",
        "since = { chaos-mesh = \"2.8.3\" }",
    );
    assert_ne!(old, text);
    let folder = folder(&[("compat-matrix.toml", &old)]);
    let output = herz_in(folder.path(), &["compat", "check"]);
    assert_eq!(code(&output), 1);
    for found in ["HZ0611", "HZ0620", "`compat.md` is not there"] {
        assert!(out(&output).contains(found), "{found}: {}", out(&output));
    }
    let output = herz_in(folder.path(), &["compat", "render", "--write"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let now = fs::read_to_string(folder.path().join("compat-matrix.toml")).unwrap();
    assert_eq!(now, text);
    assert_eq!(code(&herz_in(folder.path(), &["compat", "check"])), 0);
    assert!(folder.path().join("compat.rs").exists());
}

#[test]
fn a_published_row_must_stay_as_it_was() {
    let matrix = "schema = 1\n[axes.library]\nversions = [\"1.0.0\"]\n[axes.spec]\nversions = [\"1.0.0\", \"1.1.0\"]\n\
                  [[release]]\nlibrary = \"1.0.0\"\nspec = \"1.0.0\"\nstatus = \"maintenance\"\nreleased = 2025-01-01\n";
    let folder = folder(&[("compat-matrix.toml", matrix)]);
    git(folder.path());
    let args = ["compat", "check", "--against", "git:HEAD"];
    let output = herz_in(folder.path(), &args);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    let changed = matrix.replace("spec = \"1.0.0\"", "spec = \"1.1.0\"");
    fs::write(folder.path().join("compat-matrix.toml"), changed).unwrap();
    let output = herz_in(folder.path(), &args);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("HZ0619"), "{}", out(&output));
    let output = herz_in(
        folder.path(),
        &["compat", "check", "--against", "git:--all"],
    );
    assert_eq!(code(&output), 2, "an option is no commit");
    assert_eq!(
        code(&herz_in(
            folder.path(),
            &["compat", "check", "--against", "main"]
        )),
        2
    );
}
