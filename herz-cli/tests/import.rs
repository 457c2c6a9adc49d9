//! `herz import`, as a user meets it.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn herz(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_herz"))
        .args(args)
        .env_remove("HERZ_SCHEMAS")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const CRD: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: diskchaos.acme.example }
spec:
  group: acme.example
  scope: Namespaced
  names: { kind: DiskChaos, plural: diskchaos }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [path]
              properties:
                path: { type: string, maxLength: 80, not: { enum: [/] } }
                fill: { type: integer, format: int32, minimum: 1, maximum: 100, default: 90 }
";

#[test]
fn an_imported_package_judges_manifests() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("crd.yaml"), CRD).unwrap();
    let out = path("acme");
    let output = herz(&["import", &path("crd.yaml"), "--out", &out]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stderr);
    assert!(
        said.contains("warning[HZ0515]") && said.contains("crd.yaml:20:54"),
        "{said}"
    );
    assert!(said.contains("1 kind imported; 1 thing could"), "{said}");
    assert_eq!(herz(&["check", &out]).status.code(), Some(0));
    fs::write(
        path("m.yaml"),
        "apiVersion: acme.example/v1\nkind: DiskChaos\nmetadata: { name: a }\nspec: { path: /data, fill: 101 }\n",
    )
    .unwrap();
    let output = herz(&["validate", "--schemas", &out, &path("m.yaml")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("`101` is out of range: expected 1 to 100"));
    // Nothing that is there is overwritten without a word.
    let again = herz(&["import", &path("crd.yaml"), "--out", &out]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("is there already"));
    let forced = herz(&["import", &path("crd.yaml"), "--out", &out, "--force"]);
    assert_eq!(forced.status.code(), Some(0));
}

#[test]
fn without_a_folder_the_package_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crd.yaml");
    fs::write(&path, CRD).unwrap();
    let output = herz(&["import", path.to_str().unwrap(), "--package", "disks"]);
    let said = text(&output.stdout);
    assert!(
        said.starts_with("# package.yaml\npackage: disks\n"),
        "{said}"
    );
    assert!(
        said.contains("# DiskChaos.yaml\nkind: DiskChaos\n"),
        "{said}"
    );
    assert!(!Path::new("disks").exists());
}

#[test]
fn what_can_t_be_imported_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pod.yaml");
    fs::write(&path, "apiVersion: v1\nkind: Pod\n").unwrap();
    let output = herz(&["import", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("neither a CustomResourceDefinition nor an OpenAPI document")
    );
    assert_eq!(herz(&["import", "not-there.yaml"]).status.code(), Some(2));
}

#[test]
fn schemas_alone_are_counted_as_types_and_an_unknown_type_is_pointed_at() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    let api = "\
openapi: 3.0.3
info: { title: t, version: 1.0.0 }
paths: {}
components:
  schemas:
    Disk:
      description: A disk.
      type: object
      properties:
        size: { description: Its size., type: intger }
";
    fs::write(&path, api).unwrap();
    let output = herz(&["import", path.to_str().unwrap()]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("api.yaml:10:47"), "{said}");
    assert!(said.contains("1 type imported; 1 thing could"), "{said}");
}
