//! `herz compat`, `herz migrate` and `herz release` as a user meets them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "helpers of tests"
)]

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

#[test]
fn versions_are_resolved_as_clusters_print_them() {
    let output = herz(&[
        "compat",
        "resolve",
        "--chaos-mesh",
        "2.7.3",
        "--kubernetes",
        "v1.28.3-gke.100",
        "--format",
        "json",
    ]);
    assert_eq!(code(&output), 0);
    let answer = json(&output);
    assert_eq!(
        (&answer["best"], &answer["asked"]["kubernetes"]),
        (&"0.1.0".into(), &"1.28".into())
    );
    let output = herz(&[
        "compat",
        "resolve",
        "--chaos-mesh",
        "2.6.7",
        "--kubernetes",
        "1.34",
    ]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("nobody states that chaos-mesh 2.6.7 runs on kubernetes 1.34"));
    let output = herz(&["compat", "resolve", "--chaos-mesh", "2.9.0"]);
    assert_eq!(code(&output), 1);
    for (args, part) in [
        (vec!["--chaos-mesh", "2.7"], "2.7.0, 2.7.1, 2.7.2, 2.7.3"),
        (vec!["--on", "kubernets=1.28"], "did you mean `kubernetes`?"),
        (vec!["--on", "kubernetes"], "expected AXIS=VERSION"),
        (vec![], "say what you have"),
    ] {
        let mut all = vec!["compat", "resolve"];
        all.extend(args);
        let output = herz(&all);
        assert_eq!(code(&output), 2, "{all:?}");
        assert!(err(&output).contains(part), "{all:?}: {}", err(&output));
    }
    let output = herz(&[
        "compat",
        "why",
        "--library",
        "0.1.0",
        "--chaos-mesh",
        "2.5.0",
    ]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        code(&herz(&[
            "compat",
            "why",
            "--library",
            "9.0.0",
            "--chaos-mesh",
            "2.7.3"
        ])),
        2
    );
}

#[test]
fn questions_are_answered_without_a_matrix_at_hand() {
    let folder = folder(&[]);
    let output = herz_in(
        folder.path(),
        &["compat", "resolve", "--chaos-mesh", "2.8.3"],
    );
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn the_least_release_is_found_with_the_line_that_asks_for_it() {
    let rate = "examples/manifests/network/narrow-uplink.yaml";
    let answer = json(&herz(&["compat", "require", "--format", "json", rate]));
    let package = &answer["packages"][0];
    assert_eq!(package["least"], "2.7.0");
    assert_eq!(package["asks"][0]["path"], "spec.bandwidth.rate");
    assert_eq!(package["asks"][0]["line"], 19);
    // The release takes it, the one before does not.
    assert_eq!(
        code(&herz(&["validate", "--target", "chaos-mesh@2.7.0", rate])),
        0
    );
    assert_eq!(
        code(&herz(&["validate", "--target", "chaos-mesh@2.6.7", rate])),
        1
    );

    let folder = folder(&[
        ("jvm.yaml", JVM),
        ("delay.yaml", DELAY),
        ("bad.yaml", "a: ["),
    ]);
    let output = herz_in(folder.path(), &["compat", "require", "jvm.yaml"]);
    assert_eq!(code(&output), 0);
    assert!(
        out(&output).contains("chaos-mesh: 2.6.0 to 2.7.3"),
        "{}",
        out(&output)
    );
    assert!(
        out(&output).contains("newer releases: jvm.yaml"),
        "{}",
        out(&output)
    );
    let output = herz_in(folder.path(), &["compat", "require", "bad.yaml"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("bad.yaml:"), "{}", err(&output));
    // Each fits somewhere, both nowhere.
    let both = [
        JVM,
        "---\n",
        &DELAY
            .replace(
                "delay:\n    latency: '1m30s'   # a lot\n    jitter: .5s",
                "rate: { rate: 1mbit }",
            )
            .replace("action: delay", "action: netem"),
    ]
    .concat();
    let output = herz_in(
        folder.path(),
        &["compat", "require", "jvm.yaml", "delay.yaml"],
    );
    assert_eq!(code(&output), 0);
    fs::write(
        folder.path().join("both.yaml"),
        both.replace("value:", "returnValue:"),
    )
    .unwrap();
    let output = herz_in(
        folder.path(),
        &["compat", "require", "jvm.yaml", "both.yaml"],
    );
    assert_eq!(code(&output), 1, "{}", out(&output));
    assert!(
        out(&output).contains("no release takes all"),
        "{}",
        out(&output)
    );
}

#[test]
fn what_is_lost_on_the_way_back_is_listed_with_places() {
    let files = "examples/manifests/network";
    let output = herz(&["compat", "lost", "--from", "2.8.3", "--to", "2.6.7", files]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("narrow-uplink.yaml:19:11 spec.bandwidth.rate"),
        "{}",
        out(&output)
    );
    let output = herz(&["compat", "lost", "--from", "2.8.3", "--to", "2.8.2", files]);
    assert_eq!((code(&output), out(&output)), (0, String::new()));
    let answer = json(&herz(&[
        "compat", "lost", "--from", "2.8.3", "--to", "2.6.7", "--format", "json",
    ]));
    let ids: Vec<&str> = answer["lost"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&"NetworkChaos.spec.rate") && ids.contains(&"JVMChaos.spec.returnValue"));
    // Forwards nothing that came is lost.
    let answer = json(&herz(&[
        "compat", "lost", "--from", "2.6.7", "--to", "2.7.3", "--format", "json",
    ]));
    assert_eq!(answer["lost"], Value::Array(Vec::new()));
    assert_eq!(
        code(&herz(&[
            "compat", "lost", "--from", "2.8.3", "--to", "2.5.0"
        ])),
        2
    );
}

#[test]
fn fields_tell_since_when_they_are_there() {
    let output = herz(&["compat", "since", "NetworkChaos.rate"]);
    assert!(
        out(&output).starts_with("NetworkChaos.spec.rate: chaos-mesh 2.7.0 to 2.8.3\n"),
        "{}",
        out(&output)
    );
    let answer = json(&herz(&[
        "compat",
        "since",
        "NetworkChaos.delay.latency",
        "--format",
        "json",
    ]));
    assert_eq!(answer["everywhere"], true);
    assert!(
        answer["changes"][0]
            .as_str()
            .unwrap()
            .contains("since 2.8.0"),
        "{answer}"
    );
    assert_eq!(code(&herz(&["compat", "since", "NetworkChaos.rat"])), 2);
    // The source's two claims: a self-healing hook of PodChaos and sampling of delays.
    for claim in [
        "PodChaos.selfHealing",
        "PodChaos.hook",
        "NetworkChaos.delay.distribution",
    ] {
        assert_eq!(code(&herz(&["compat", "since", claim])), 2, "{claim}");
    }
    let old = out(&herz(&["compat", "features", "--chaos-mesh", "2.6.7"]));
    assert!(old.contains("- NetworkChaos.spec.rate "), "{old}");
    let new = out(&herz(&["compat", "features", "--chaos-mesh", "2.7.0"]));
    assert!(new.contains("+ NetworkChaos.spec.rate "), "{new}");
}

#[test]
fn the_way_to_a_release_names_what_breaks() {
    let answer = json(&herz(&[
        "compat", "path", "--from", "2.6.0", "--to", "2.8.3", "--format", "json",
    ]));
    let steps = answer["path"].as_array().unwrap();
    let breaks = |at: usize| steps[at]["breaks"].to_string();
    assert!(
        breaks(0).contains("RemoteCluster spec.configOverride: type-changed"),
        "{answer}"
    );
    assert!(breaks(2).contains("JVMChaos spec: rule-added"), "{answer}");
    assert!(
        breaks(2).contains("NetworkChaos spec.delay.latency: pattern-added"),
        "{answer}"
    );
    assert_eq!(answer["reversible"], false);
    let output = herz(&["compat", "path", "--from", "2.8.3", "--to", "2.6.7"]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        code(&herz(&[
            "compat", "path", "--from", "2.7.3", "--to", "2.7.0"
        ])),
        0
    );
}

#[test]
fn manifests_are_carried_over_and_back_with_their_comments() {
    let folder = folder(&[("jvm.yaml", JVM), ("delay.yaml", DELAY)]);
    let to = |release: &str, file: &str| {
        let target = format!("chaos-mesh@{release}");
        herz_in(folder.path(), &["migrate", "--to", &target, file])
    };
    let up = to("2.8.3", "jvm.yaml");
    assert_eq!(code(&up), 0, "{}", err(&up));
    assert_eq!(out(&up), JVM.replace("value: \"0\"", "returnValue: \"0\""));
    assert!(
        err(&up).contains("jvm.yaml:11:10 spec.value: value -> returnValue"),
        "{}",
        err(&up)
    );
    let up = to("2.8.3", "delay.yaml");
    assert_eq!(
        out(&up),
        DELAY
            .replace("latency: '1m30s'", "latency: '90s'")
            .replace("jitter: .5s", "jitter: 500ms")
    );
    // Written, checked by the release, and back.
    let args = ["migrate", "--to", "chaos-mesh@2.8.3", "--write", "."];
    assert_eq!(code(&herz_in(folder.path(), &args)), 0);
    assert_eq!(code(&herz_in(folder.path(), &["validate", "."])), 0);
    let check = ["migrate", "--to", "chaos-mesh@2.8.3", "--check", "."];
    assert_eq!(
        code(&herz_in(folder.path(), &check)),
        0,
        "a second time nothing changes"
    );
    assert_eq!(out(&to("2.7.3", "jvm.yaml")), JVM);
    let diff = ["migrate", "--to", "chaos-mesh@2.7.3", "--diff", "."];
    let output = herz_in(folder.path(), &diff);
    assert_eq!(code(&output), 0);
    assert!(
        out(&output).contains("-  returnValue: \"0\"      # free of charge\n+  value:"),
        "{}",
        out(&output)
    );
}

#[test]
fn what_can_t_be_carried_over_is_told_and_nothing_is_written() {
    let rate = "examples/manifests/network/narrow-uplink.yaml";
    let output = herz(&["migrate", "--to", "chaos-mesh@2.6.7", rate]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(
        out(&output).contains("rate: 1250000bps"),
        "{}",
        out(&output)
    );
    let mode = JVM
        .replace("mode: all", "mode: fixed")
        .replace("value: \"0\"", "returnValue: \"0\"\n  value: \"2\"");
    let netem = DELAY
        .replace("action: delay", "action: netem")
        .replace("jitter: .5s", "jitter: 5ms")
        .replace("'1m30s'", "9s")
        .replace(
            "  duration: 1m30s",
            "  rate: { rate: 1mbps }\n  duration: 1m30s",
        );
    let odd = "a: [";
    let negative = DELAY.replace(".5s", "-1s");
    let folder = folder(&[
        ("mode.yaml", &mode),
        ("netem.yaml", &netem),
        ("odd.yaml", odd),
        ("negative.yaml", &negative),
    ]);
    for (file, to, part) in [
        ("mode.yaml", "2.7.3", "HZ0631"),
        ("netem.yaml", "2.6.7", "HZ0114"),
        ("odd.yaml", "2.8.3", "HZ0001"),
        ("negative.yaml", "2.8.3", "nothing in the schemas says how"),
    ] {
        let before = fs::read_to_string(folder.path().join(file)).unwrap();
        let target = format!("chaos-mesh@{to}");
        let output = herz_in(
            folder.path(),
            &["migrate", "--to", &target, "--write", file],
        );
        assert_eq!(code(&output), 1, "{file}: {}{}", out(&output), err(&output));
        assert!(err(&output).contains(part), "{file}: {}", err(&output));
        assert!(
            err(&output).contains(&format!("{file}:")),
            "{file}: {}",
            err(&output)
        );
        assert_eq!(
            fs::read_to_string(folder.path().join(file)).unwrap(),
            before
        );
    }
    for args in [
        vec!["migrate", "--to", "chaos-mesh@2.9.0", "mode.yaml"],
        vec!["migrate", "--to", "chaos-mesh", "mode.yaml"],
        vec![
            "migrate",
            "--to",
            "chaos-mesh@2.8.3",
            "--from",
            "latest",
            "mode.yaml",
        ],
        vec![
            "migrate",
            "--to",
            "chaos-mesh@2.8.3",
            "mode.yaml",
            "netem.yaml",
        ],
        vec!["migrate", "--to", "chaos-mesh@2.8.3", "missing.yaml"],
    ] {
        assert_eq!(code(&herz_in(folder.path(), &args)), 2, "{args:?}");
    }
}

#[test]
fn a_release_needs_a_version_as_large_as_what_changed() {
    let package = "package: acme\nversion: 1.0.0\ngroup: acme.example.com\napiVersion: v1\n";
    let kind = "kind: DiskChaos\nfields:\n  - { name: size, type: int, required: false }\n";
    let matrix = "schema = 1\n[axes.library]\nversions = [\"1.0.0\", \"1.1.0\", \"2.0.0\"]\n[[release]]\nlibrary = \"1.0.0\"\nstatus = \"maintenance\"\n";
    let log = "# Changelog\n\n## 1.0.0\n\nFirst.\n";
    let folder = folder(&[
        ("schemas/acme/package.yaml", package),
        ("schemas/acme/DiskChaos.yaml", kind),
        ("compat-matrix.toml", matrix),
        ("CHANGELOG.md", log),
    ]);
    let top = folder.path();
    let check = |args: &[&str]| {
        let mut all = vec!["release", "check"];
        all.extend(args);
        herz_in(top, &all)
    };
    let put = |name: &str, text: &str| fs::write(top.join(name), text).unwrap();
    assert!(err(&check(&[])).contains("in no git repository"));
    git(top);
    let output = check(&[]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(
        err(&output).contains("no tag such as `v1.0.0`"),
        "{}",
        err(&output)
    );
    run_git(top, &["tag", "v1.0.0"]);
    let output = check(&[]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(
        err(&output).contains("since 1.0.0: none changes; the least version is 1.0.0"),
        "{}",
        err(&output)
    );

    // A break: the version, then everything that states one.
    put(
        "schemas/acme/DiskChaos.yaml",
        &kind.replace("required: false", "required: true"),
    );
    let output = check(&["--changes"]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("HZ0641") && out(&output).contains("needs 2.0.0"),
        "{}",
        out(&output)
    );
    assert!(
        out(&output).contains("major acme DiskChaos spec.size"),
        "{}",
        out(&output)
    );
    put(
        "schemas/acme/package.yaml",
        &package.replace("1.0.0", "1.1.0"),
    );
    assert!(out(&check(&[])).contains("HZ0641"));
    put(
        "schemas/acme/package.yaml",
        &package.replace("1.0.0", "2.0.0"),
    );
    let output = check(&[]);
    assert_eq!(code(&output), 1);
    assert!(!out(&output).contains("HZ0641"), "{}", out(&output));
    for found in ["HZ0642", "HZ0643"] {
        assert!(out(&output).contains(found), "{found}: {}", out(&output));
    }
    put(
        "compat-matrix.toml",
        &matrix.replace("library = \"1.0.0\"", "library = \"2.0.0\""),
    );
    put(
        "CHANGELOG.md",
        &log.replace("## 1.0.0", "## Unreleased\n\n## 1.0.0"),
    );
    let output = check(&[]);
    assert!(
        out(&output).contains("nothing stands below"),
        "{}",
        out(&output)
    );
    put(
        "CHANGELOG.md",
        &log.replace(
            "## 1.0.0",
            "## [2.0.0] - 2026-01-01\n\n`size` is needed.\n\n## 1.0.0",
        ),
    );
    let output = check(&[]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    // The document's version is that of the row.
    put(
        "compat-matrix.toml",
        &matrix
            .replace(
                "[[release]]",
                "[axes.spec]\nversions = [\"2.0.0\", \"2.1.0\"]\n[[release]]\nspec = \"2.0.0\"",
            )
            .replace("library = \"1.0.0\"", "library = \"2.0.0\""),
    );
    put(
        "api.yaml",
        "openapi: 3.1.0\ninfo: { title: Acme, version: 2.1.0 }\npaths: {}\n",
    );
    let output = check(&["--openapi", "api.yaml"]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("HZ0642") && out(&output).contains("`api.yaml` is 2.1.0"),
        "{}",
        out(&output)
    );
    put(
        "api.yaml",
        "openapi: 3.1.0\ninfo: { title: Acme, version: 2.0.0 }\npaths: {}\n",
    );
    assert_eq!(code(&check(&["--openapi", "api.yaml"])), 0);
    assert_eq!(code(&check(&["--against", "git:nothing"])), 2);
    assert_eq!(code(&check(&["--tag", "v"])), 2);
}

/// Every command of the how-to page does what the page says.
#[test]
fn the_how_to_page_tells_the_truth() {
    let page = fs::read_to_string(root().join("docs/how-to/older-release.md")).unwrap();
    let mut commands = 0;
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(command) = line.strip_prefix("$ herz ") else {
            continue;
        };
        commands += 1;
        let args: Vec<&str> = command.split_whitespace().collect();
        let output = herz(&args);
        let said = out(&output) + &err(&output);
        while let Some(expected) =
            lines.next_if(|it| !it.starts_with("```") && !it.starts_with('$'))
        {
            assert!(
                said.contains(expected.trim()),
                "{command}\n{expected}\nin\n{said}"
            );
        }
    }
    assert!(commands >= 5, "{commands}");
}
