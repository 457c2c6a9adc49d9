//! `herz breaking` as a user meets it: what is compared with what, formats, exit codes.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;
use support::{code, command_in, err, git, herz, herz_in, out, run_git, sarif};

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
fn rules_are_listed_and_explained() {
    let list = out(&herz(&["breaking", "--list-rules"]));
    assert!(list.lines().count() > 200);
    assert!(list.contains("field-removed "));
    let page = out(&herz(&["explain", "field-removed"]));
    assert!(page.starts_with("# field-removed: "), "{page}");
    assert!(page.contains("## Instead"), "{page}");
}

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

#[test]
fn sarif_has_both_places_and_the_rules() {
    let folder = repository();
    let args = [
        "breaking",
        "--against",
        "git:HEAD",
        "api",
        "--format",
        "sarif",
    ];
    let output = herz_in(folder.path(), &args);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let results = sarif::results(&out(&output));
    assert_eq!(results.len(), 1);
    let result = &results[0];
    assert_eq!(result["ruleId"], "maximum-tightened");
    assert_eq!(result["level"], "error");
    let at = |place: &Value| place["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(at(&result["locations"][0]), "api/a.yaml");
    assert_eq!(at(&result["relatedLocations"][0]), "git:HEAD:api/a.yaml");
    assert_eq!(result["properties"]["path"], "schema(root).n");
    // Nothing found is a report too, and releases have no places.
    sarif::results(&out(&herz_in(
        folder.path(),
        &["breaking", "api", "api", "--format", "sarif"],
    )));
    let args = [
        "breaking",
        "--against",
        "chaos-mesh@2.6.0",
        "--format",
        "sarif",
    ];
    assert!(sarif::results(&out(&herz(&args))).len() > 30);
}

#[test]
fn validate_writes_the_same_sarif() {
    let output = herz(&["validate", "examples/manifests", "--format", "sarif"]);
    assert_eq!(code(&output), 1);
    let results = sarif::results(&out(&output));
    let json = herz(&["validate", "examples/manifests", "--format", "json"]);
    let json: Value = serde_json::from_str(&out(&json)).unwrap();
    let found = json["diagnostics"].as_array().unwrap();
    assert_eq!(results.len(), found.len());
    for (result, found) in results.iter().zip(found) {
        assert_eq!(result["ruleId"], found["code"]);
        assert_eq!(result["level"], found["severity"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], found["line"]);
        assert_eq!(region["endColumn"], found["endColumn"]);
        let fixes = found["fixes"].as_array().unwrap().len();
        assert_eq!(result["fixes"].as_array().map_or(0, Vec::len), fixes);
    }
    sarif::results(&out(&herz(&["check", "schemas", "--format", "sarif"])));
}

#[test]
fn markdown_is_for_a_pull_request() {
    let folder = repository();
    let top = folder.path();
    let both = "type: object\nproperties:\n  n: { type: integer, maximum: 5 }\n  'a|<b>`': { type: string }\n";
    fs::write(top.join("api/a.yaml"), both).unwrap();
    let text = out(&herz_in(
        top,
        &[
            "breaking",
            "--against",
            "git:HEAD",
            "api",
            "--format",
            "markdown",
        ],
    ));
    let expected = "\
**Least bump: major** (generated packages: major)

| level | where | what | rule | places |
|---|---|---|---|---|
| major | `schema(root).n` | maximum was 9, it is 5 | `maximum-tightened` | git:HEAD:api/a.yaml:3, api/a.yaml:3 |
";
    assert!(text.starts_with(expected), "{text}");
    assert!(
        text.contains("\n**Instead**\n\n- `maximum-tightened`: "),
        "{text}"
    );
    assert!(
        text.contains("<summary>1 more change that stops no one</summary>"),
        "{text}"
    );
    assert!(
        text.contains("| minor | `schema(root).a\\|<b>'` |"),
        "{text}"
    );
}

#[test]
fn a_policy_lets_changes_pass_with_a_reason_until_a_day() {
    let folder = repository();
    let top = folder.path();
    let policy = |path: &str, until: &str| {
        let text = format!(
            "schema = 1\n[[accept]]\nrule = \"maximum-tightened\"\npath = \"{path}\"\n\
             reason = \"measured: nobody asks for more\"\nuntil = {until}\n"
        );
        fs::write(top.join("policy.toml"), text).unwrap();
    };
    let run = |format: &str| {
        let args = [
            "breaking",
            "--against",
            "git:HEAD",
            "api",
            "--policy",
            "policy.toml",
        ];
        herz_in(
            top,
            &[&args[..], &["--today", "2026-11-25", "--format", format]].concat(),
        )
    };
    policy("schema(root).n", "2026-12-31");
    for format in ["text", "json", "markdown", "github", "sarif"] {
        let output = run(format);
        assert_eq!(code(&output), 0, "{format}: {}", err(&output));
        assert!(
            out(&output).contains("nobody asks for more"),
            "{}",
            out(&output)
        );
    }
    assert!(out(&run("text")).contains("least bump: major"));
    let results = sarif::results(&out(&run("sarif")));
    assert_eq!(results[0]["suppressions"][0]["kind"], "external");
    let json: Value = serde_json::from_str(&out(&run("json"))).unwrap();
    let print = json["findings"][0]["fingerprint"].as_str().unwrap();
    assert_eq!(results[0]["partialFingerprints"]["herz/v1"], *print);
    assert_eq!(print.len(), 16);

    for (path, until, code_of) in [
        ("schema(root).m", "2026-12-31", "HZ0403"),
        ("schema(root).n", "2026-11-24", "HZ0404"),
    ] {
        policy(path, until);
        let output = run("text");
        assert_eq!(code(&output), 1);
        assert!(err(&output).contains(code_of), "{}", err(&output));
        assert!(out(&run("github")).contains(&format!("title={code_of}")));
        let results = sarif::results(&out(&run("sarif")));
        assert!(results.iter().any(|it| it["ruleId"] == code_of));
    }
    // One that can't be read, or is wrong, is no policy: nothing is compared.
    policy("**", "tomorrow");
    let output = run("json");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("HZ0402"), "{}", err(&output));
    fs::remove_file(top.join("policy.toml")).unwrap();
    let output = run("json");
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("can't read `policy.toml`"),
        "{}",
        err(&output)
    );
    let output = herz_in(top, &["breaking", "api", "api", "--today", "soon"]);
    assert_eq!(code(&output), 2);
}

#[test]
fn a_proof_is_a_document_that_one_release_takes_and_the_other_does_not() {
    let args = [
        "breaking",
        "chaos-mesh@2.7.3",
        "chaos-mesh@2.8.0",
        "--prove",
        "--format",
        "json",
    ];
    let output = herz(&args);
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(
        err(&output).contains("3 of 3 breaks on the wire"),
        "{}",
        err(&output)
    );
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut proofs = 0;
    for finding in report["findings"].as_array().unwrap() {
        let Some(proof) = finding.get("proof") else {
            continue;
        };
        let path = folder.path().join("proof.yaml");
        fs::write(&path, proof.to_string()).unwrap();
        let path = path.to_str().unwrap();
        let judge = |release: &str| code(&herz(&["validate", "--target", release, path]));
        assert_eq!(judge("chaos-mesh@2.7.3"), 0, "{finding}");
        assert_eq!(judge("chaos-mesh@2.8.0"), 1, "{finding}");
        proofs += 1;
    }
    assert_eq!(proofs, 3);
}

/// What must be filled must be there, although no `required` says so; a default may fill it.
#[test]
fn a_new_field_that_must_be_filled_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let package = |name: &str, field: &str| {
        let top = folder.path().join(name);
        fs::create_dir_all(&top).unwrap();
        fs::write(top.join("package.yaml"), PACKAGE).unwrap();
        let kind = format!(
            "kind: DiskChaos\nfields:\n  - {{ name: size, type: int, required: false }}\n{field}"
        );
        fs::write(top.join("disk.yaml"), kind).unwrap();
    };
    package("old", "");
    package(
        "new",
        "  - { name: path, type: string, required: false, filled: true }\n",
    );
    package(
        "default",
        "  - { name: path, type: string, required: false, filled: true, default: { value: /tmp, by: admission } }\n",
    );
    let rules = |new: &str| {
        let path = |name: &str| folder.path().join(name).display().to_string();
        let output = herz(&["breaking", &path("old"), &path(new), "--format", "json"]);
        let report: Value = serde_json::from_str(&out(&output)).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        let rules = findings
            .iter()
            .map(|it| it["rule"].as_str().unwrap().to_owned());
        rules.collect::<Vec<_>>()
    };
    assert_eq!(rules("new"), ["field-added-required"]);
    assert_eq!(rules("default"), ["field-added-optional"]);
}
