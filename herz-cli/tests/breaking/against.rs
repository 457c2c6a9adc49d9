//! What is compared with what, and what can't be.

use super::*;

#[test]
fn breaking_that_can_t_compare_exits_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.yaml");
    std::fs::write(&path, "a: [").unwrap();
    let bad = path.to_str().unwrap();
    let output = herz(&["breaking", bad, bad]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("HZ0001"), "{}", err(&output));
    assert_eq!(code(&herz(&["breaking", "no-such.yaml", bad])), 2);
    assert_eq!(code(&herz(&["breaking", bad])), 2);
    assert_eq!(
        code(&herz(&["breaking", "chaos-mesh@1.0.0", "chaos-mesh@2.7.3"])),
        2
    );
}

#[test]
fn breaking_compares_releases_of_a_package() {
    let output = herz(&[
        "breaking",
        "chaos-mesh@2.7.3",
        "chaos-mesh@2.8.3",
        "--format",
        "json",
    ]);
    assert_eq!(code(&output), 1);
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    let found = |rule: &str, path: &str| {
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["rule"] == rule && it["path"] == path)
    };
    // The delay pattern that came with a minor release, and the new field of JVMChaos.
    assert!(
        found("pattern-added", "schema(NetemDuration)"),
        "{}",
        out(&output)
    );
    assert!(
        found("field-added-optional", "spec.returnValue"),
        "{}",
        out(&output)
    );
    let same = herz(&[
        "breaking",
        "chaos-mesh@2.8.0",
        "chaos-mesh@2.8.1",
        "--fail-on",
        "patch",
    ]);
    assert_eq!(code(&same), 0, "{}", out(&same));
}

#[test]
fn a_commit_is_compared_with_files() {
    let folder = repository();
    let top = folder.path();
    for args in [
        // The packages below ./schemas, by name, by their path, with the path in the reference.
        vec!["--against", "git:v1.0.0"],
        vec!["--against", "git:HEAD", "schemas"],
        vec!["--against", "git:HEAD:schemas/acme", "schemas/acme"],
        vec!["git:HEAD:schemas", "./schemas/"],
        // A document, a folder of documents.
        vec!["--against", "git:HEAD", "api/a.yaml"],
        vec!["--against", "git:HEAD:api/a.yaml"],
        vec!["git:HEAD:api", "api"],
    ] {
        let output = herz_in(
            top,
            &[&["breaking", "--format", "json"], &args[..]].concat(),
        );
        assert_eq!(code(&output), 1, "{args:?}: {}", err(&output));
        let report: Value = serde_json::from_str(&out(&output)).unwrap();
        let findings = report["findings"].as_array().unwrap();
        assert_eq!(findings.len(), 1, "{args:?}: {report}");
        assert_eq!(findings[0]["rule"], "maximum-tightened");
    }
    // From the other side it is no break; two commits; a folder below the top.
    let output = herz_in(top, &["breaking", "api/a.yaml", "git:HEAD:api/a.yaml"]);
    assert_eq!(code(&output), 1, "a reader is told less: {}", out(&output));
    assert_eq!(
        code(&herz_in(top, &["breaking", "schemas", "git:HEAD:schemas"])),
        0
    );
    assert_eq!(
        code(&herz_in(
            top,
            &["breaking", "git:HEAD:api", "git:v1.0.0:api"]
        )),
        0
    );
    let below = herz_in(
        &top.join("api"),
        &["breaking", "--against", "git:HEAD", "a.yaml"],
    );
    assert_eq!(code(&below), 1, "{}", err(&below));
    // From elsewhere, by the whole path.
    let path = top.join("api/a.yaml");
    let elsewhere = tempfile::tempdir().unwrap();
    let args = ["breaking", "--against", "git:HEAD", path.to_str().unwrap()];
    assert_eq!(code(&herz_in(elsewhere.path(), &args)), 1);
    // The old place is told with its commit.
    let text = out(&herz_in(
        top,
        &["breaking", "--against", "git:v1.0.0", "api/a.yaml"],
    ));
    assert!(text.contains("old: git:v1.0.0:api/a.yaml:3"), "{text}");
    assert!(text.contains("new: api/a.yaml:3"), "{text}");
}

#[test]
fn a_release_is_compared_with_packages_and_with_its_newest() {
    let newest = herz(&[
        "breaking",
        "--against",
        "chaos-mesh@2.7.3",
        "--format",
        "json",
    ]);
    let both = herz(&[
        "breaking",
        "chaos-mesh@2.7.3",
        "schemas",
        "--format",
        "json",
    ]);
    let findings = |output: &Output, places: bool| {
        let report: Value = serde_json::from_str(&out(output)).unwrap();
        let mut findings = report["findings"].as_array().unwrap().clone();
        for finding in &mut findings {
            // What is built in has no files; what stands in a folder has.
            assert_eq!(finding["new"].is_object(), places, "{finding}");
            finding["new"].take();
        }
        findings
    };
    assert_eq!(findings(&newest, false), findings(&both, true));
    assert!(out(&newest).contains("\"pattern-added\""));
    // Downwards.
    let down = herz(&["breaking", "schemas", "chaos-mesh@2.7.3"]);
    assert_eq!(code(&down), 1);
}

#[test]
fn what_can_t_be_compared_is_told_with_its_cause() {
    let folder = repository();
    let top = folder.path();
    let none = tempfile::tempdir().unwrap();
    fs::write(none.path().join("a.yaml"), document(1)).unwrap();
    let broken = top.join("broken");
    fs::create_dir_all(&broken).unwrap();
    fs::write(broken.join("package.yaml"), "package: [").unwrap();
    fs::create_dir_all(top.join("unknown")).unwrap();
    fs::write(top.join("unknown/a.yaml"), "kind: ConfigMap\n").unwrap();
    let two = |folder: &Path, args: &[&str], part: &str| {
        let output = herz_in(folder, &[&["breaking"], args].concat());
        assert_eq!(code(&output), 2, "{args:?}: {}", out(&output));
        assert!(err(&output).contains(part), "{args:?}: {}", err(&output));
        assert!(out(&output).is_empty(), "{args:?}: {}", out(&output));
    };
    two(top, &[], "OLD and NEW");
    two(top, &["api/a.yaml"], "OLD and NEW");
    two(
        top,
        &["--against", "git:HEAD", "api", "api"],
        "only one more",
    );
    two(top, &["a", "b", "c"], "unexpected value");
    two(
        top,
        &["--against", "git:nothing", "api"],
        "git knows no commit `nothing`",
    );
    two(top, &["--against", "git:", "api"], "git knows no commit ``");
    two(
        top,
        &["--against", "git:--all", "api"],
        "git knows no commit `--all`",
    );
    two(
        top,
        &["--against", "git:HEAD", "missing"],
        "`git:HEAD` has no `missing`",
    );
    two(
        top,
        &["--against", "git:HEAD:missing.yaml", "api"],
        "has no `missing.yaml`",
    );
    two(
        top,
        &["--against", "git:HEAD:empty", "api"],
        "no .yaml or .yml file below",
    );
    two(
        top,
        &["--against", "git:HEAD", "bytes.yaml"],
        "no text in UTF-8",
    );
    two(
        top,
        &["--against", "git:HEAD:../..", "api"],
        "has no `../..`",
    );
    two(
        none.path(),
        &["--against", "git:HEAD", "a.yaml"],
        "in no git repository",
    );
    two(
        none.path(),
        &["--against", "git:HEAD"],
        "there is no folder `schemas`",
    );
    two(
        top,
        &["--against", "missing.yaml", "api"],
        "can't read `missing.yaml`",
    );
    two(
        top,
        &["api", "empty"],
        "no .yaml or .yml file below `empty`",
    );
    two(top, &["broken", "schemas"], "`broken` can't be compared");
    two(top, &["unknown", "api"], "HZ0401");
    two(top, &["schemas", "api"], "the other a schema package");
    two(
        top,
        &["--against", "chaos-mesh@2.6.7", "api"],
        "the other a schema package",
    );
    two(
        top,
        &["--against", "chaos-mesh@2.6.7", "schemas"],
        "has no package `chaos-mesh`",
    );
    two(top, &["--against", "chaos-mesh@1.0.0"], "1.0.0");
    two(
        top,
        &["--against", "other@1.0.0"],
        "expected one of chaos-mesh",
    );
    two(top, &["chaos-mesh@2.6.7", "herz@0.1.0"], "of one package");
}

#[test]
fn without_git_a_commit_can_t_be_read() {
    let folder = repository();
    let output = command_in(folder.path(), &["breaking", "--against", "git:HEAD", "api"])
        .env("PATH", folder.path())
        .output()
        .unwrap();
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("`git` can't be started"),
        "{}",
        err(&output)
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_can_t_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = repository();
    let path = folder.path().join("api/a.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        println!("SKIPPED: this user may read every file");
        return;
    }
    let output = herz_in(
        folder.path(),
        &["breaking", "--against", "git:HEAD", "api/a.yaml"],
    );
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("permission denied"),
        "{}",
        err(&output)
    );
}
