//! Inventories and saved plans with mistakes: nothing is done, and the place and the cause are told.

use super::refusals::plan_a_kill;
use crate::support::lab::*;
use std::fs;

const EXPERIMENT: &str = "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: lost }\nspec:\n  \
    target: http\n  error: { status: 503 }\n  duration: 1s\n  selector: { labels: { app: shop } }\n";

#[test]
fn inventories() {
    let place = Place::new();
    let experiment = place.write("experiment.yaml", EXPERIMENT);
    let refused = |bytes: &[u8], exit: i32, parts: &[&str]| {
        fs::write(place.path("inventory.yaml"), bytes).unwrap();
        let args = ["run", &experiment, "--inventory", "inventory.yaml", "--yes"];
        let output = place.herz(&args);
        assert_eq!(code(&output), exit, "{}", err(&output));
        for part in parts {
            assert!(err(&output).contains(part), "{part}\n{}", err(&output));
        }
        assert!(!place.path("state").exists(), "a run was begun");
    };
    let shop = "name: shop, labels: { app: shop }";
    for (targets, parts) in [
        (
            format!("{{ {shop} }}"),
            ["spec.targets[0]", "exactly one of `proxy`"],
        ),
        (
            format!(
                "{{ {shop}, proxy: {{ listen: '127.0.0.1', upstream: 'h:9', protocol: http }} }}"
            ),
            ["spec.targets[0].proxy.listen", "does not match"],
        ),
        (
            format!("{{ {shop}, proxy: {{ listen: 'h:0', upstream: nowhere, protocol: http }} }}"),
            ["spec.targets[0].proxy.upstream", "does not match"],
        ),
        (
            format!("{{ {shop}, proxy: {{ listen: 'h:0', upstream: 'h:9', protocol: smtp }} }}"),
            ["spec.targets[0].proxy.protocol", "expected `tcp`, `http`"],
        ),
        (
            format!(
                "{{ {shop}, proxy: {{ listen: 'h:65536', upstream: 'h:65535', protocol: http }} }}"
            ),
            ["spec.targets[0].proxy.listen", "does not match"],
        ),
        (
            format!("{{ {shop}, process: {{ pid: -1 }} }}"),
            ["spec.targets[0].process.pid", "at least 1"],
        ),
        (
            format!("{{ {shop}, host: {{}} }}, {{ {shop}, host: {{}} }}"),
            ["spec.targets[1].name", "two targets have this name"],
        ),
        ("7".to_owned(), ["spec.targets[0]", "expected a map"]),
        (
            "{ name: a/b, host: {} }".to_owned(),
            ["spec.targets[0].name", "`/` in `a/b`"],
        ),
    ] {
        let text = format!(
            "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: {{ name: here }}\nspec: {{ targets: [ {targets} ] }}\n"
        );
        refused(text.as_bytes(), 1, &parts);
    }
    refused(b"a: [", 1, &["inventory.yaml:1:4", "never closed"]);
    refused(b"\xfa\x00\xff", 1, &["inventory.yaml:1:1", "not UTF-8"]);
    // What runs is named apart.
    refused(
        EXPERIMENT.as_bytes(),
        2,
        &["ChaosExperiment default/lost is in a file of --inventory"],
    );
    refused(b"", 1, &["the inventory is empty"]);
}

#[test]
fn a_file_counts_once_and_inventories_run_nothing() {
    let place = Place::new();
    let inventory = "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: { name: here }\nspec:\n  targets:\n    \
        - { name: shop, labels: { app: shop }, proxy: { listen: '127.0.0.1:0', upstream: '127.0.0.1:9', protocol: http } }\n";
    place.write("all.yaml", &format!("{EXPERIMENT}---\n{inventory}"));
    let plan = place.herz(&["plan", "all.yaml", ".", "--inventory", "all.yaml"]);
    assert_eq!(code(&plan), 0, "{}", err(&plan));
    assert_eq!(
        out(&plan).matches("ChaosExperiment default/lost").count(),
        1
    );
    // What is wrong with it is told once, too.
    place.write("bad.yaml", &EXPERIMENT.replace("503", "9999"));
    let plan = place.herz(&["plan", "bad.yaml", "--inventory", "bad.yaml"]);
    assert_eq!(code(&plan), 1, "{}", err(&plan));
    assert_eq!(
        err(&plan).matches("spec.error.status").count(),
        1,
        "{}",
        err(&plan)
    );
    // Who says inventory did not mean to run what else is in the file.
    place.write("other.yaml", inventory);
    let run = place.herz(&["run", "other.yaml", "--inventory", "all.yaml", "--yes"]);
    assert_eq!(code(&run), 2, "{}", err(&run));
    let why = "ChaosExperiment default/lost is in a file of --inventory";
    assert!(err(&run).contains(why), "{}", err(&run));
    assert!(!place.path("state").exists(), "a run was begun");
}

#[test]
fn a_store_that_nobody_can_look_for_is_not_an_empty_one() {
    let place = Place::new();
    place.write("state", "a file where the folder should be");
    for args in [
        &["status"][..],
        &["recover"],
        &["abort", "--all"],
        &["report"],
    ] {
        let output = place.herz(args);
        assert_eq!(code(&output), 3, "{args:?} {}", err(&output));
        assert!(err(&output).contains("HERZ_STATE"), "{}", err(&output));
    }
    let doctor = place.herz(&["doctor"]);
    assert_eq!(code(&doctor), 3, "{}", out(&doctor));
    assert!(
        out(&doctor).contains("can't be looked for"),
        "{}",
        out(&doctor)
    );
    fs::remove_file(place.path("state")).unwrap();
    let output = place.herz(&["abort", "--all"]);
    assert_eq!(
        (code(&output), err(&output).trim()),
        (0, "nothing runs, so nothing was ended")
    );
}

#[test]
fn a_plan_for_another_target_says_what_is_different() {
    let place = Place::new();
    let inventory = |upstream: &str, more: &str| {
        place.write(
            "here.yaml",
            &format!(
                "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: {{ name: here }}\nspec:\n  targets:\n    \
                 - name: shop\n      labels: {{ app: shop{more} }}\n      proxy: {{ listen: '127.0.0.1:0', upstream: '{upstream}', protocol: http }}\n"
            ),
        );
    };
    place.write("lost.yaml", EXPERIMENT);
    inventory("127.0.0.1:9", "");
    let plan = place.herz(&[
        "plan",
        "lost.yaml",
        "--inventory",
        "here.yaml",
        "-o",
        "lost.json",
    ]);
    assert_eq!(code(&plan), 0, "{}", err(&plan));
    let refused = |part: &str| {
        let run = place.herz(&["run", "lost.json", "--inventory", "here.yaml", "--yes"]);
        assert_eq!(code(&run), 1, "{}", err(&run));
        assert!(err(&run).contains(part), "{}", err(&run));
    };
    inventory("127.0.0.1:10", "");
    refused(r#""upstream":"127.0.0.1:9"}}, it is {"proxy":{"#);
    refused(r#""upstream":"127.0.0.1:10"}} now"#);
    inventory("127.0.0.1:9", ", tier: back");
    refused("target default/shop has other labels now");
    assert!(!place.path("state").exists(), "a run was begun");
}

#[test]
fn a_report_that_can_not_be_written_is_told_before_the_run() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    fs::create_dir(place.path("folder.html")).unwrap();
    let pid = sleeper.pid().to_string();
    for (report, part) in [
        ("gone/a.html", "`gone` is no folder"),
        ("folder.html", "it is a folder"),
        ("a.pdf", "end it in .html"),
    ] {
        let what = [
            "--fault",
            "process.kill=true",
            "--pid",
            &pid,
            "--yes",
            "--report",
        ];
        let output = place.herz(&[&["run"], &what[..], &[report]].concat());
        assert_eq!(code(&output), 2, "{}", err(&output));
        assert!(err(&output).contains(part), "{}", err(&output));
        let demo = place.herz(&["demo", "--report", report]);
        assert_eq!(code(&demo), 2, "{}", err(&demo));
    }
    assert_eq!(sleeper.state(), 'S');
}

#[test]
fn what_an_option_ends_is_not_said_to_be_endless() {
    let place = Place::new();
    let plan = [
        "plan",
        "--fault",
        "http.status=503",
        "--proxy",
        "127.0.0.1:0=127.0.0.1:9",
    ];
    assert!(err(&place.herz(&plan)).contains("HZ0214"));
    let output = place.herz(&[&plan[..], &["--duration", "3s"]].concat());
    assert_eq!((code(&output), err(&output)), (0, String::new()));
    assert!(out(&output).contains("lasts     3s"), "{}", out(&output));
}

#[test]
fn saved_plans() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let refused = |text: &str, exit: i32, part: &str| {
        place.write("plan.json", text);
        let output = place.herz(&["run", "plan.json", "--yes"]);
        assert_eq!(code(&output), exit, "{text}\n{}", err(&output));
        assert!(err(&output).contains("plan.json"), "{}", err(&output));
        assert!(err(&output).contains(part), "{part}\n{}", err(&output));
    };
    for (text, part) in [
        (r#"{"plans": []}"#, "missing field `schemaVersion`"),
        (
            r#"{"schemaVersion": 99, "inventory": [], "plans": []}"#,
            "it has version 99; plan again",
        ),
        (
            r#"{"schemaVersion": 1, "inventory": [], "plans": []}"#,
            "there is no plan in it",
        ),
        (
            r#"{"schemaVersion": 1, "inventory": [], "plans": 5}"#,
            "expected a sequence",
        ),
        (
            r#"{"schemaVersion": 1, "inventory": [{"name": "x"}], "plans": [{}]}"#,
            "missing field `namespace`",
        ),
    ] {
        refused(text, 2, part);
    }
    refused("[1]", 1, "no `apiVersion`");
    // A real one, cut where a full disk or a killed process would have cut it.
    let planned = plan_a_kill(&place, &sleeper);
    assert_eq!(code(&planned), 0, "{}", err(&planned));
    let whole = fs::read_to_string(place.path("kill.json")).unwrap();
    assert!(whole.len() > 1_000);
    for cut in [1, whole.len() / 3, whole.len() / 2, whole.len() - 3] {
        refused(&whole[..cut], 1, "is never closed");
    }
    assert!(!place.path("state").exists(), "a run was begun");
    assert_eq!(sleeper.state(), 'S');
}
