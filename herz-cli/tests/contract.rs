//! `herz validate --contract` and `herz gen openapi`, as a user meets them.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn herz(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_herz"));
    command
        .args(args)
        .env_remove("HERZ_SCHEMAS")
        .env("NO_COLOR", "1");
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn manifest(kind: &str, rest: &str) -> String {
    format!(
        "apiVersion: chaos-mesh.org/v1alpha1\nkind: {kind}\nmetadata: {{ name: a }}\nspec:\n  mode: all\n  \
         selector: {{ labelSelectors: {{ app: web }} }}\n{rest}"
    )
}

const CONTRACT: &str = "openapi/herz.yaml";

#[test]
fn without_duration_the_contract_refuses_and_the_platform_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "slow.yaml",
        &manifest(
            "NetworkChaos",
            "  action: delay\n  delay: { latency: 10ms }\n",
        ),
    );
    assert_eq!(herz(&["validate", &path]).status.code(), Some(0));
    let output = herz(&[
        "validate",
        "--contract",
        CONTRACT,
        "--format",
        "json",
        &path,
    ]);
    assert_eq!(output.status.code(), Some(1));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["summary"]["errors"], 0);
    assert_eq!(
        json["summary"]["contract"],
        serde_json::json!({ "specs": 1, "breaches": 1 })
    );
    let breach = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["code"] == "HZ0514")
        .unwrap();
    assert_eq!(breach["path"], "spec.duration");
    assert_eq!(breach["line"], 4);
    assert_eq!(breach["related"][0]["file"], CONTRACT);
    let said = text(&herz(&["validate", "--contract", CONTRACT, &path]).stderr);
    assert!(
        said.contains("1 document in 1 file: 0 errors, 1 warning"),
        "{said}"
    );
    assert!(said.contains("1 chaos spec, 1 breach"), "{said}");
}

#[test]
fn one_shot_actions_are_treated_as_the_contract_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "kill.yaml",
        &manifest("PodChaos", "  action: pod-kill\n"),
    );
    let output = herz(&["validate", "--contract", CONTRACT, &path]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    assert!(said.contains("`pod-kill` happens once"), "{said}");
    assert!(said.contains("`x-herz-exempt: [one-shot]`"), "{said}");
    let lenient =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/herz.yaml"))
            .unwrap()
            .replace(
                "x-herz-exempt: [no-such-field]",
                "x-herz-exempt: [no-such-field, one-shot]",
            );
    let lenient = file(&folder, "lenient.yaml", &lenient);
    let output = herz(&["validate", "--contract", &lenient, &path]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("1 chaos spec, kept"));
}

#[test]
fn what_the_contract_grants_the_platform_may_refuse() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "wrong.yaml",
        &manifest("NetworkChaos", "  action: slow\n  duration: 5m\n"),
    );
    let output = herz(&["validate", "--contract", CONTRACT, &path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!text(&output.stdout).contains("HZ0514"));
    assert!(text(&output.stderr).contains("kept"));
}

#[test]
fn contracts_that_are_none_are_told_with_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "m.yaml",
        &manifest("PodChaos", "  action: pod-kill\n"),
    );
    let none = file(
        &folder,
        "none.yaml",
        "openapi: 3.0.3\ninfo: { title: T }\npaths: {}\n",
    );
    let output = herz(&["validate", "--contract", &none, &path]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("error[HZ0511]") && said.contains("none.yaml:2:9"),
        "{said}"
    );
    let output = herz(&["validate", "--contract", "not-there.yaml", &path]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("can't read `not-there.yaml`"));
}

#[test]
fn gen_openapi_writes_a_document_that_stands_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let document = format!("openapi.document={CONTRACT}");
    let args = ["gen", "openapi", "--out", out, "--set", document.as_str()];
    let output = herz(&args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written = fs::read(folder.path().join("openapi.yaml")).unwrap();
    // It is a contract itself, without any reference that leads out of it.
    assert!(!text(&written).contains("herz:chaos-mesh"));
    let bundled = folder.path().join("openapi.yaml");
    let manifest = file(
        &folder,
        "m.yaml",
        &manifest("PodChaos", "  action: pod-kill\n"),
    );
    let output = herz(&[
        "validate",
        "--contract",
        bundled.to_str().unwrap(),
        &manifest,
    ]);
    assert!(
        text(&output.stdout).contains("HZ0514"),
        "{}",
        text(&output.stderr)
    );
    // The same bytes again, and what a reader of typed documents drops is still there.
    assert_eq!(herz(&args).status.code(), Some(0));
    assert_eq!(fs::read(&bundled).unwrap(), written);
    assert!(text(&written).contains("x-herz-exempt:"));
    let check: Vec<&str> = args.into_iter().chain(["--check"]).collect();
    assert_eq!(herz(&check).status.code(), Some(0));
}

#[test]
fn references_that_a_release_does_not_have_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let api = file(
        &folder,
        "api.yaml",
        "openapi: 3.0.3\ninfo: { title: T, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    \
         A: { $ref: 'herz:chaos-mesh/Nothing' }\n",
    );
    let out = folder.path().join("out");
    let setting = format!("openapi.document={api}");
    let output = herz(&[
        "gen",
        "openapi",
        "--out",
        out.to_str().unwrap(),
        "--set",
        &setting,
    ]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    assert!(
        said.contains("error[HZ0512]") && said.contains("api.yaml:6:16"),
        "{said}"
    );
    assert!(!out.join("openapi.yaml").exists());
}
