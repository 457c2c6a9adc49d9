//! Policies, proofs, levels of single changes.

use super::*;

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
