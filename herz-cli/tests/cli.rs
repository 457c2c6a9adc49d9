//! The binary as a user meets it: streams, exit codes, formats.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use support::{code, command, err, herz, out};

const VALID: &str = "\
apiVersion: chaos-mesh.org/v1alpha1
kind: PodChaos
metadata: { name: kill-one, namespace: shop }
spec:
  action: pod-kill
  mode: one
  selector: { labelSelectors: { app: web } }
";

fn with_stdin(args: &[&str], input: &[u8]) -> Output {
    let mut child = command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A process that refuses its arguments does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[test]
fn help_is_what_it_was() {
    for command in [
        "validate",
        "check",
        "render",
        "explain",
        "kinds",
        "breaking",
        "editor-schema",
        "gen",
    ] {
        insta::assert_snapshot!(format!("help-{command}"), out(&herz(&[command, "--help"])));
    }
    insta::assert_snapshot!("help", out(&herz(&["--help"])));
}

#[test]
fn the_examples_have_exactly_their_deliberate_mistakes() {
    let output = herz(&["validate", "examples/manifests"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    insta::assert_snapshot!("examples", out(&output) + "---\n" + &err(&output));
    for line in out(&output).lines().filter(|line| line.contains("--> ")) {
        assert!(
            line.contains("/mistakes/"),
            "a finding outside of mistakes/: {line}"
        );
    }
}

#[test]
fn fine_is_zero_and_silent_on_stdout() {
    let output = with_stdin(&["validate", "-"], VALID.as_bytes());
    assert_eq!((code(&output), out(&output)), (0, String::new()));
    assert_eq!(
        err(&output),
        "1 document in 1 file: nothing to complain about\n"
    );
    let output = with_stdin(&["validate", "-q", "-"], VALID.as_bytes());
    assert_eq!(err(&output), "");
}

#[test]
fn warnings_alone_are_fine_unless_denied() {
    let text = VALID.replace("selector: { labelSelectors: { app: web } }", "selector: {}");
    let output = with_stdin(&["validate", "-"], text.as_bytes());
    assert_eq!(code(&output), 0);
    assert!(out(&output).contains("warning[HZ"), "{}", out(&output));
    assert_eq!(
        code(&with_stdin(
            &["validate", "--deny", "warnings", "-"],
            text.as_bytes()
        )),
        1
    );
    let lenient = ["validate", "--deny", "warnings", "--exit-zero", "-"];
    assert_eq!(code(&with_stdin(&lenient, text.as_bytes())), 0);
}

#[test]
fn json_is_one_document_with_the_promised_fields() {
    let text = format!("{VALID}---\n{}", VALID.replace("mode: one", "mode: onee"));
    let output = with_stdin(&["validate", "--format", "json", "-"], text.as_bytes());
    assert_eq!(code(&output), 1);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schemaVersion"], 1);
    assert_eq!(json["summary"]["files"], 1);
    assert_eq!(json["summary"]["documents"], 2);
    assert_eq!(json["summary"]["errors"], 1);
    let finding = &json["diagnostics"][0];
    assert_eq!(finding["code"], "HZ0104");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["path"], "spec.mode");
    assert_eq!(finding["file"], "<stdin>");
    assert_eq!(finding["document"], 1);
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&Value::from(14), &Value::from(9))
    );
    assert_eq!(
        (&finding["endLine"], &finding["endColumn"]),
        (&Value::from(14), &Value::from(13))
    );
    assert_eq!(finding["fixes"][0]["edits"][0]["text"], "one");
}

#[test]
fn json_of_nothing_is_json() {
    let output = with_stdin(&["validate", "--format", "json", "-"], b"");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["diagnostics"], serde_json::json!([]));
    assert_eq!(code(&output), 0);
}

#[test]
fn github_annotations_name_file_and_line() {
    let text = VALID.replace("mode: one", "mode: onee");
    let output = with_stdin(&["validate", "--format", "github", "-"], text.as_bytes());
    let line = out(&output);
    assert!(line.starts_with("::error file=<stdin>,line=6,"), "{line}");
}

#[test]
fn a_release_is_judged_by_its_own_schema() {
    let text = "\
apiVersion: chaos-mesh.org/v1alpha1
kind: NetworkChaos
metadata: { name: slow }
spec:
  action: delay
  mode: all
  selector: { labelSelectors: { app: web } }
  delay: { latency: 1m30s }
  rate: { rate: 1mbps }
  duration: 5m
";
    let judge = |target: &str| {
        let output = with_stdin(
            &["validate", "--format", "json", "--target", target, "-"],
            text.as_bytes(),
        );
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut codes: Vec<String> = json["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == "error")
            .map(|finding| {
                format!(
                    "{} {}",
                    finding["code"].as_str().unwrap(),
                    finding["path"].as_str().unwrap()
                )
            })
            .collect();
        codes.sort();
        codes
    };
    assert_eq!(judge("chaos-mesh@2.6.7"), ["HZ0114 spec.rate"]);
    assert_eq!(judge("chaos-mesh@v2.7.3"), [""; 0]);
    assert_eq!(judge("chaos-mesh@2.8.3"), ["HZ0108 spec.delay.latency"]);
}

#[test]
fn wrong_use_is_two_and_says_what_is_right() {
    for (args, part) in [
        (
            vec!["validate", "no-such-file.yaml"],
            "can't read `no-such-file.yaml`",
        ),
        (
            vec!["validate", "--target", "chaos-mesh@9.9.9", "examples"],
            "has no release 9.9.9",
        ),
        (
            vec!["validate", "--target", "chaosmesh@2.8.3", "examples"],
            "no package is called `chaosmesh`",
        ),
        (
            vec!["validate", "--target", "2.8.3", "examples"],
            "PACKAGE@RELEASE",
        ),
        (
            vec!["explain", "NetworkChaos.spec.dealy"],
            "did you mean `delay`?",
        ),
        (
            vec!["explain", "NetwrkChaos"],
            "did you mean `NetworkChaos`?",
        ),
        (vec!["explain", "HZ0999"], "there is no code `HZ0999`"),
        (
            vec!["validate", "--format", "xml", "examples"],
            "possible values: text, json, github",
        ),
        (vec!["validate"], "required arguments"),
        (vec!["vlidate"], "validate"),
    ] {
        let output = herz(&args);
        assert_eq!(code(&output), 2, "{args:?}: {}", err(&output));
        assert!(err(&output).contains(part), "{args:?}: {}", err(&output));
        assert_eq!(out(&output), "", "{args:?}");
    }
}

#[test]
fn hostile_files_are_findings() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(1_000_000);
    let files: [(&str, &[u8]); 6] = [
        ("deep.yaml", deep.as_bytes()),
        ("latin1.yaml", b"kind: caf\xe9\n"),
        ("nul.yaml", b"kind: \0\n"),
        ("cut.yaml", b"kind: \"unfinished\n"),
        ("bom.yaml", b"\xef\xbb\xbfkind: Deployment\r\n"),
        ("empty.yaml", b""),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let output = herz(&[
        "validate",
        "--format",
        "json",
        &folder.path().to_string_lossy(),
    ]);
    assert_eq!(code(&output), 1);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found: Vec<(String, &str)> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let file = Path::new(finding["file"].as_str().unwrap())
                .file_name()
                .unwrap();
            (
                file.to_string_lossy().into_owned(),
                finding["code"].as_str().unwrap(),
            )
        })
        .collect();
    found.dedup();
    assert_eq!(
        found,
        [
            ("cut.yaml".to_owned(), "HZ0001"),
            ("deep.yaml".to_owned(), "HZ0007"),
            ("latin1.yaml".to_owned(), "HZ0008"),
            ("nul.yaml".to_owned(), "HZ0008"),
        ]
    );
}

#[test]
fn a_file_that_can_not_be_read_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), VALID).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("b.yaml")).unwrap();
    std::fs::write(
        folder.path().join("c.yaml"),
        VALID.replace("mode: one", "mode: onee"),
    )
    .unwrap();
    let output = herz(&[
        "validate",
        "--format",
        "json",
        &folder.path().to_string_lossy(),
    ]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 2, "{json}");
    assert_eq!(json["diagnostics"][0]["code"], "HZ0010");
    assert_eq!(json["diagnostics"][1]["code"], "HZ0104");
}

#[test]
fn a_reader_that_leaves_is_no_crash() {
    let mut child = command(&["validate", "examples/manifests"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(!err(&output).contains("panicked"), "{}", err(&output));
}

#[test]
fn what_must_not_change_is_told_with_previous() {
    let folder = tempfile::tempdir().unwrap();
    let stored = folder.path().join("stored.yaml");
    let same = folder.path().join("same.yaml");
    let changed = folder.path().join("changed.yaml");
    std::fs::write(&stored, VALID).unwrap();
    std::fs::write(
        &same,
        VALID.replace("name: kill-one", "name: kill-one, annotations: { a: b }"),
    )
    .unwrap();
    std::fs::write(&changed, VALID.replace("mode: one", "mode: all")).unwrap();
    let judge = |new: &Path| {
        herz(&[
            "validate",
            "--previous",
            &stored.to_string_lossy(),
            &new.to_string_lossy(),
        ])
    };
    assert_eq!(code(&judge(&same)), 0);
    let output = judge(&changed);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("HZ0208"), "{}", out(&output));
}

#[test]
fn render_fills_in_defaults() {
    let output = herz(&["render", "examples/manifests/network/slow-payment.yaml"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    insta::assert_snapshot!("render", out(&output));
    let output = with_stdin(&["render", "-o", "json", "-"], VALID.as_bytes());
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        json["spec"]["selector"]["namespaces"],
        serde_json::json!(["shop"])
    );
    let output = with_stdin(
        &["render", "-"],
        VALID.replace("mode: one", "mode: onee").as_bytes(),
    );
    assert_eq!((code(&output), out(&output)), (1, String::new()));
}

#[test]
fn explain_shows_a_field_and_a_code() {
    insta::assert_snapshot!(
        "explain-field",
        out(&herz(&["explain", "NetworkChaos.delay.latency"]))
    );
    insta::assert_snapshot!("explain-kind", out(&herz(&["explain", "networkchaos"])));
    let page = out(&herz(&["explain", "hz0103"]));
    assert!(page.starts_with("# HZ0103"), "{page}");
}

#[test]
fn kinds_lists_all() {
    let names = out(&herz(&["kinds", "-o", "name"]));
    assert_eq!(names.lines().count(), 26, "{names}");
    let json: Value = serde_json::from_slice(&herz(&["kinds", "-o", "json"]).stdout).unwrap();
    assert_eq!(json["kinds"].as_array().unwrap().len(), 26);
}

#[test]
fn own_packages_judge_beside_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("package.yaml"),
        "package: acme\nversion: 0.1.0\ngroup: acme.io\napiVersion: v1\nplatform: { name: acme, versions: [1.0.0] }\n",
    )
    .unwrap();
    std::fs::write(
        folder.path().join("QueueChaos.yaml"),
        "kind: QueueChaos\nfields:\n  - name: action\n    type: string\n    enum: [drop, delay]\n",
    )
    .unwrap();
    let schemas = folder.path().to_string_lossy().into_owned();
    let text = format!(
        "{VALID}---\napiVersion: acme.io/v1\nkind: QueueChaos\nmetadata: {{ name: q }}\nspec: {{ action: dorp }}\n"
    );
    let output = with_stdin(&["validate", "--schemas", &schemas, "-"], text.as_bytes());
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("did you mean `drop`"),
        "{}",
        out(&output)
    );
    assert!(
        err(&output).starts_with("2 documents in 1 file: 1 error"),
        "{}",
        err(&output)
    );
    assert_eq!(code(&herz(&["check", &schemas])), 0);
    std::fs::write(
        folder.path().join("Bad.yaml"),
        "kind: BadChaos\nfields:\n  - name: a\n    type: strng\n",
    )
    .unwrap();
    let output = herz(&["check", &schemas]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("did you mean `string`"),
        "{}",
        out(&output)
    );
    let output = with_stdin(&["validate", "--schemas", &schemas, "-"], VALID.as_bytes());
    assert_eq!(code(&output), 1, "a broken package must not judge");
}
