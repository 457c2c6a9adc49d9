//! SARIF and Markdown.

use super::*;

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
fn what_is_asked_wrongly_is_told_before_anything_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    std::fs::write(&path, document(9)).unwrap();
    let path = path.to_str().unwrap();
    for (arguments, words) in [
        (
            ["breaking", path, path, "--suggest-version", "1.x"].as_slice(),
            "`1.x` is no version such as 1.4.0",
        ),
        (
            &["breaking", "chaosmesh@2.6.7", "chaos-mesh@2.7.3"],
            "did you mean `chaos-mesh`?",
        ),
        (
            &["compat", "since", "spec.delay"],
            "write KIND.PATH, such as `NetworkChaos.spec.delay`",
        ),
    ] {
        let output = herz(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert_eq!(out(&output), "", "{arguments:?}");
        assert!(err(&output).contains(words), "{}", err(&output));
    }
}
