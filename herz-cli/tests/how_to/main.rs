//! The how-to pages tell the truth: their commands are run and their files are read, each page in a folder of
//! its own. What a block needs beyond that is named where it is left out.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop"
)]

mod page;
#[path = "../support/mod.rs"]
mod support;

use page::{Page, dialogue, said};
use std::fs;
use std::path::Path;

/// Whether a program is there; says it if not.
fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).any(|folder| folder.join(program).is_file());
    if !found {
        println!(
            "SKIPPED: no `{program}` on this machine; what the page does with it is not tried"
        );
    }
    found
}

#[test]
fn every_page_is_here() {
    let tested = include_str!("main.rs");
    for page in fs::read_dir(support::root().join("docs/how-to")).unwrap() {
        let name = page.unwrap().file_name().into_string().unwrap();
        // This one stands with the command that it is about.
        let elsewhere = name == "older-release.md";
        let here = tested.contains(&format!("Page::open(\"{name}\")"));
        assert!(elsewhere || here, "{name} is not tried");
    }
}

#[test]
fn breaking_changes_in_ci() {
    let page = Page::open("breaking-changes-in-ci.md");
    let workflow = page.block(0, "yaml");
    page.write(
        "schemas/package.yaml",
        "package: acme\nversion: 1.0.0\ngroup: acme.io\napiVersion: v1\n",
    );
    let kind = "kind: DiskChaos\ndoc: A kind.\nfields:\n- { name: size, type: uint32, doc: Size., range: 1..9 }\n";
    page.write("schemas/disk.yaml", kind);
    page.succeed(
        "git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm a && \
         git update-ref refs/remotes/origin/main HEAD",
    );
    page.write("schemas/disk.yaml", &kind.replace("1..9", "1..8"));
    page.write("breaking-policy.toml", "schema = 1\n");
    let runs: Vec<&str> = workflow
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- run: "))
        .collect();
    let codes: Vec<Option<i32>> = runs.iter().map(|run| page.run(run).status.code()).collect();
    assert_eq!(codes, [Some(1), Some(0), Some(0)]);
    assert!(said(&page.run(runs[0])).starts_with("::error file=schemas/disk.yaml,line=4"));
    let summary = fs::read_to_string(page.file("summary.md")).unwrap();
    assert!(summary.contains("maximum-tightened"), "{summary}");
    let sarif = fs::read_to_string(page.file("breaking.sarif")).unwrap();
    assert!(sarif.contains("maximum-tightened"), "{sarif}");
    page.done();
}

#[test]
fn complete_schemas_in_an_editor() {
    let page = Page::open("complete-schemas-in-an-editor.md");
    let commands = page.block(0, "sh");
    page.succeed(&commands);
    for name in ["schema", "package", "config"] {
        let text = fs::read_to_string(page.file(&format!(".schemas/{name}.json"))).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(schema.is_object());
    }
    let kind = page.block(1, "yaml");
    page.write("schemas/acme/queue.yaml", &kind);
    let named = kind
        .lines()
        .next()
        .unwrap()
        .split_once("$schema=")
        .unwrap()
        .1;
    assert!(page.file("schemas/acme").join(named).is_file(), "{named}");
    let config = page.block(2, "toml");
    let named = config
        .lines()
        .next()
        .unwrap()
        .strip_prefix("#:schema ")
        .unwrap();
    assert!(page.file(named).is_file(), "{named}");
    page.write("herz.toml", &config);
    page.succeed("herz gen");
    assert!(page.file("go/go.mod").is_file());
    page.done();
}

#[test]
fn contract() {
    let page = Page::open("contract.md");
    let part = page.block(0, "yaml ignore");
    page.write(
        "own.yaml",
        &format!("openapi: 3.0.3\ninfo: {{ title: Own, version: 1.0.0 }}\npaths: {{}}\n{part}"),
    );
    page.copy("openapi/herz.yaml", "openapi/herz.yaml");
    let manifest = |name: &str, more: &str| {
        format!(
            "apiVersion: chaos-mesh.org/v1alpha1\nkind: PodChaos\nmetadata: {{ name: {name} }}\nspec:\n  \
             action: pod-failure\n  mode: all\n  selector: {{ namespaces: [shop] }}\n{more}"
        )
    };
    let all = [
        manifest("a", ""),
        manifest("b", "  duration: 1m\n"),
        manifest("c", ""),
    ];
    page.write("chaos/all.yaml", &all.join("---\n"));
    for (command, lines) in dialogue(&page.block(1, "console")) {
        let output = page.run(&command);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        for line in lines {
            // How many warnings there are depends on the manifests.
            let line = line.split(" errors, ").next().unwrap();
            assert!(said.contains(line), "{line}\nin\n{said}");
        }
    }
    let own = page.run("herz validate --contract own.yaml chaos/");
    assert!(
        said(&own).contains("contract own.yaml 1.0.0: 3 chaos specs, 2 breaches"),
        "{}",
        said(&own)
    );
    page.succeed(&page.block(2, "sh"));
    let bundled = fs::read_to_string(page.file("api/openapi.yaml"));
    assert!(bundled.is_ok() || fs::read_dir(page.file("api")).unwrap().count() > 0);
    let config = page.block(3, "toml");
    page.write("herz.toml", &config);
    page.succeed("herz gen && herz gen --check");
    page.done();
}

#[test]
fn fault_points() {
    let page = Page::open("fault-points.md");
    page.leave(
        0,
        "the feature as Cargo has it; `.ci/run` tests with it and without",
    );
    page.leave(
        1,
        "types of a payment that are not there; the crate's own docs have a whole one that is run",
    );
    page.done();
}

#[test]
fn generated_models() {
    let page = Page::open("generated-models.md");
    for (command, _) in dialogue(&page.block(0, "console")) {
        page.succeed(&command);
    }
    let config = page.block(1, "toml");
    page.write("herz.toml", &config);
    // Other names than those of the commands above: what they wrote is written anew.
    page.succeed("rm -r models-go models-ts models-py models-java && herz gen && herz gen --check");
    page.leave(
        2,
        "a part of a function; the generated tests of the module do the same",
    );
    page.leave(
        3,
        "a part of a module; the generated tests of the package do the same",
    );
    let script = page.block(4, "python");
    if has("python3") {
        let text = r#"{"apiVersion": "chaos-mesh.org/v1alpha1", "kind": "PodChaos", "metadata": {"name": "a"},
            "spec": {"action": "pod-kill", "mode": "most", "selector": {"namespaces": ["a"]}}}"#;
        page.write(
            "models-py/try.py",
            &format!("text = '''{text}'''\n{script}"),
        );
        let said = page.succeed("cd models-py && PYTHONPATH=src:. python3 try.py");
        assert!(said.contains("spec.mode"), "{said}");
    }
    page.leave(
        5,
        "a part of a method; the test `models` of herz-tests compiles and runs it",
    );
    page.done();
}

#[test]
fn helm() {
    let page = Page::open("helm.md");
    page.succeed(&page.block(0, "sh"));
    let values = page.block(1, "yaml ignore");
    page.write("values.yaml", &values);
    let commands = page.block(2, "sh");
    assert!(page.file("chaos-scenario/Chart.yaml").is_file());
    if has("helm") {
        // The other two need a cluster.
        page.succeed(commands.lines().next().unwrap());
    }
    page.done();
}

#[test]
fn import() {
    let page = Page::open("import.md");
    page.write(
        "deploy/crds/disk.yaml",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: disks.acme.example }\n\
         spec:\n  group: acme.example\n  scope: Namespaced\n  names: { kind: Disk, plural: disks }\n  versions:\n  \
         - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n        \
         properties: { spec: { type: object, properties: { size: { type: integer, minimum: 1 } } } }\n",
    );
    page.succeed(&page.block(0, "sh"));
    page.succeed("herz gen crd --schemas schemas/acme --out crds");
    page.write(
        "api.yaml",
        "openapi: 3.0.3\ninfo: { title: Api, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    DiskFault:\n      \
         type: object\n      properties: { size: { type: integer } }\n",
    );
    let said = page.succeed(&page.block(1, "sh"));
    assert!(!said.is_empty());
    page.done();
}

#[test]
fn reference_site() {
    let page = Page::open("reference-site.md");
    page.succeed(&page.block(0, "sh"));
    assert!(
        page.file("site/index.html").is_file()
            && page.file("site/chaos-mesh/changes.html").is_file()
    );
    page.write(
        "schemas/acme/package.yaml",
        "package: acme\nversion: 1.0.0\ngroup: acme.io\napiVersion: v1\n",
    );
    page.write(
        "schemas/acme/disk.yaml",
        "kind: DiskChaos\ndoc: A kind.\nfields:\n- { name: size, type: uint32, doc: Size. }\n",
    );
    let config = page.block(1, "toml");
    page.write("herz.toml", &config);
    page.succeed("rm -r site && herz gen && herz gen --check");
    assert!(
        fs::read_to_string(page.file("site/index.html"))
            .unwrap()
            .contains("Faults of ACME")
    );
    page.done();
}

#[test]
fn reload_specs() {
    let page = Page::open("reload-specs.md");
    page.leave(
        0,
        "a part of a service; `examples/axum-service` is the whole one, with its test",
    );
    page.done();
}

#[test]
fn run_an_experiment() {
    let page = Page::open("run-an-experiment.md");
    let upstream = support::lab::service().to_string();
    let listen = support::lab::free_port();
    let here = |text: &str| {
        text.replace("127.0.0.1:18080", &format!("127.0.0.1:{listen}"))
            .replace("127.0.0.1:8080", &upstream)
            .replace("duration: 1m", "duration: 1s")
            .replace("--duration 30s", "--duration 1s --yes")
            .replace("5s", "1s")
            .replace("herz run slow.plan.json", "herz run slow.plan.json --yes")
    };
    let said = page.succeed(&here(&page.block(0, "sh")));
    assert!(said.contains("http"), "{said}");
    for (at, name) in [(1, "laptop.yaml"), (2, "slow-payment.yaml")] {
        let text = here(&page.block(at, "yaml"));
        page.write(name, &text);
    }
    let commands = page.block(3, "sh");
    page.succeed(&here(&commands));
    let report = fs::read_to_string(page.file("slow.html")).unwrap();
    assert!(report.contains("slow-payment"));
    let clean = page.succeed("herz status");
    assert!(clean.contains("nothing is injected"), "{clean}");
    page.done();
}

#[test]
fn a_page_that_lies_is_found() {
    let page = Page::open("import.md");
    let command = page.block(0, "sh");
    // Without the CRDs that the page speaks of.
    assert!(!page.run(&command).status.success());
    assert!(Path::new(env!("CARGO_BIN_EXE_herz")).is_file());
}
