//! Running experiments as a user does, with observers that are not Herz: curl, `/proc`, plain sockets.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests, and say what they skip"
)]

mod support;

use serde_json::Value as Json;
use std::fs;
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use support::lab::*;

#[test]
fn curl_sees_a_short_fault_start_hold_and_end() {
    let (place, port) = (Place::new(), free_port());
    if curl(port).is_none() {
        return;
    }
    let proxy = format!("127.0.0.1:{port}={}", service());
    let mut run = place.spawn(&[
        "run",
        "--fault",
        "http.status=503",
        "--proxy",
        &proxy,
        "--duration",
        "2s",
        "--before",
        "1s",
        "--after",
        "1s",
        "--yes",
    ]);
    let mut seen = Vec::new();
    until("the end", || {
        let status = curl(port).unwrap();
        if seen.last() != Some(&status) {
            seen.push(status);
        }
        run.try_wait().unwrap().is_some()
    });
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", err(&output));
    // Nobody listens before the run and after it; the proxy is there before the fault and after it.
    let middle: Vec<u16> = seen.iter().copied().filter(|status| *status != 0).collect();
    assert_eq!(middle, [200, 503, 200], "{seen:?}");
    assert!(out(&output).is_empty());
    assert_eq!(place.runs()[0]["phase"], "clean");
}

#[test]
fn ctrl_c_undoes_and_says_so() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    place.until_phase("injected");
    // Twice: the second one does not skip the undo.
    signal(run.id(), "INT");
    let _ = Command::new("kill")
        .args(["-INT", &run.id().to_string()])
        .status();
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert!(err(&output).contains("Ctrl-C: undoing"), "{}", err(&output));
    assert_ne!(sleeper.state(), 'T');
    assert_eq!(place.runs()[0]["phase"], "clean");
}

#[test]
fn a_closed_output_ends_the_run_and_undoes_it() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &["--format", "jsonl"]);
    until("a stopped process", || sleeper.state() == 'T');
    drop(run.stdout.take());
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert_ne!(sleeper.state(), 'T');
}

#[test]
fn kill_9_is_undone_by_the_watchdog() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    run.kill().unwrap();
    run.wait().unwrap();
    until("a process that goes on", || sleeper.state() != 'T');
    place.until_phase("clean");
    assert_eq!(place.runs()[0]["verdict"], "recovered after a crash");
    let output = place.herz(&["recover"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn without_watchdog_recover_undoes_and_status_tells_the_truth() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    // The watchdog first: nobody is left to undo.
    for child in children(run.id()) {
        signal(child, "KILL");
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(sleeper.state(), 'T');
    let status = place.herz(&["status"]);
    assert_eq!(code(&status), 7);
    assert!(out(&status).contains("left alone"), "{}", out(&status));
    let rehearsal = place.herz(&["recover", "--dry-run"]);
    assert!(
        out(&rehearsal).contains("would undo"),
        "{}",
        out(&rehearsal)
    );
    assert_eq!(sleeper.state(), 'T');
    let recovered = place.herz(&["recover"]);
    assert_eq!(code(&recovered), 0, "{}", err(&recovered));
    assert_ne!(sleeper.state(), 'T');
    let again = place.herz(&["recover"]);
    assert_eq!((code(&again), out(&again).as_str()), (0, ""));
}

fn children(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    text.split_whitespace()
        .map(|pid| pid.parse().unwrap())
        .collect()
}

#[test]
fn abort_from_another_process() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    place.until_phase("injected");
    let abort = place.herz(&["abort", "--all", "--reason", "enough"]);
    assert_eq!(code(&abort), 0, "{}", err(&abort));
    assert!(err(&abort).contains("clean after"), "{}", err(&abort));
    assert_ne!(sleeper.state(), 'T');
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5);
    assert!(err(&output).contains("enough"), "{}", err(&output));
    // The same process, paused again, is refused: two faults there would disturb each other.
    assert_eq!(code(&place.herz(&["abort", "no-such-run"])), 2);
}

#[test]
fn what_cannot_be_undone_is_dirty_and_exits_with_7() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    place.until_phase("injected");
    // Whoever changes the journal: it is told, and not ignored.
    for child in children(run.id()) {
        signal(child, "KILL");
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let store = place.path("state/runs.db");
    let connection = rusqlite::Connection::open(&store).unwrap();
    connection
        .execute("UPDATE journal SET data = '{}'", [])
        .unwrap();
    drop(connection);
    let output = place.herz(&["recover"]);
    assert_eq!(code(&output), 7, "{}", err(&output));
    assert!(err(&output).contains("damaged"), "{}", err(&output));
    fs::write(&store, b"").unwrap();
    let output = place.herz(&[
        "run",
        "--fault",
        "process.kill=true",
        "--pid",
        &pid,
        "--yes",
    ]);
    assert_eq!(code(&output), 7, "{}", err(&output));
    assert!(err(&output).contains("empty"), "{}", err(&output));
    assert_eq!(sleeper.state(), 'T', "nothing was done without a journal");
    signal(sleeper.pid(), "CONT");
}

#[test]
fn a_saved_plan_runs_unless_the_world_has_moved() {
    let place = Place::new();
    let first = Sleeper::new();
    let pid = first.pid().to_string();
    let args = [
        "plan",
        "--fault",
        "process.kill=true",
        "--pid",
        &pid,
        "-o",
        "kill.json",
    ];
    let plan = place.herz(&args);
    assert_eq!(code(&plan), 0, "{}", err(&plan));
    assert!(
        out(&plan).contains(&format!("kill process {pid}")),
        "{}",
        out(&plan)
    );
    assert!(first.state() != 'Z', "a plan touches nothing");
    // Changed by hand.
    let text = fs::read_to_string(place.path("kill.json")).unwrap();
    place.write("bent.json", &text.replace("pod-kill", "pod-failure"));
    let bent = place.herz(&["run", "bent.json", "--yes"]);
    assert_eq!(code(&bent), 1);
    assert!(err(&bent).contains("changed by hand"), "{}", err(&bent));
    // As it was.
    let run = place.herz(&["run", "kill.json", "--yes"]);
    assert_eq!(code(&run), 0, "{}", err(&run));
    assert!(matches!(state(first.pid()), None | Some('Z')));
    // The process is gone: the plan is for that one and no other.
    let again = place.herz(&["run", "kill.json", "--yes"]);
    assert_eq!(code(&again), 1);
    assert!(
        err(&again).contains("the world has moved"),
        "{}",
        err(&again)
    );
}

#[test]
fn nothing_is_done_unasked_and_mistakes_have_a_place() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let unasked = place.herz(&["run", "--fault", "process.kill=true", "--pid", &pid]);
    assert_eq!(code(&unasked), 2, "{}", err(&unasked));
    assert!(err(&unasked).contains("--yes"), "{}", err(&unasked));
    assert!(!matches!(sleeper.state(), 'Z'));
    for (args, exit, part) in [
        (
            vec!["--fault", "http.statsu=503", "--host"],
            2,
            "there are http.status",
        ),
        (vec!["--fault", "nothing=1", "--host"], 2, "http.…"),
        (vec!["--fault", "http.status", "--host"], 2, "KEY=VALUE"),
        (
            vec!["--fault", "http.status=503"],
            2,
            "--proxy LISTEN=UPSTREAM",
        ),
        (
            vec![
                "--fault",
                "http.status=99",
                "--proxy",
                "127.0.0.1:1=127.0.0.1:2",
            ],
            1,
            "error.status",
        ),
        (
            vec!["--fault", "http.status=503", "--proxy", "127.0.0.1:1"],
            2,
            "LISTEN=UPSTREAM",
        ),
        (
            vec!["--fault", "cpu.load=50%", "--host"],
            1,
            "nothing says how long",
        ),
        (
            vec!["--fault", "cpu.load=50%", "--host", "--duration", "ten"],
            2,
            "--duration",
        ),
        (
            vec!["--fault", "http.latency=1ms", "--host", "--duration", "1s"],
            1,
            "on proxy",
        ),
        (
            vec!["--fault", "process.kill=true", "--pid", "1"],
            1,
            "hit itself",
        ),
        (
            vec!["--fault", "process.kill=true", "--pid", "2147483647"],
            1,
            "no process",
        ),
        (vec!["no-such-file.yaml"], 2, "no-such-file.yaml"),
        (vec!["--pid", "1", "--host", "no.yaml"], 2, "no.yaml"),
    ] {
        let mut whole = vec!["run", "--yes"];
        whole.extend(&args);
        let output = place.herz(&whole);
        assert_eq!(code(&output), exit, "{args:?}: {}", err(&output));
        assert!(err(&output).contains(part), "{args:?}: {}", err(&output));
    }
    let bad = place.write(
        "bad.yaml",
        "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: x }\nspec:\n  target: http\n  \
         latencyy: 1s\n",
    );
    let output = place.herz(&["run", &bad, "--yes"]);
    assert_eq!(code(&output), 1);
    assert!(
        err(&output).contains("did you mean `latency`"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_read_only_store_injects_nothing() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    // A file where the folder should be: not even root can make the store there.
    place.write("state", "in the way");
    let output = place.herz(&[
        "run",
        "--fault",
        "process.kill=true",
        "--pid",
        &pid,
        "--yes",
    ]);
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("HERZ_STATE"), "{}", err(&output));
    assert_ne!(sleeper.state(), 'Z');
}

#[test]
fn two_runs_do_not_share_a_process() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let args = [
        "run",
        "--fault",
        "process.pause=true",
        "--pid",
        &pid,
        "--duration",
        "1h",
        "--yes",
    ];
    let run = place.spawn(&args);
    until("a stopped process", || sleeper.state() == 'T');
    let second = place.herz(&args);
    assert_eq!(code(&second), 1, "{}", err(&second));
    assert!(err(&second).contains("already holds"), "{}", err(&second));
    signal(run.id(), "TERM");
    assert_eq!(code(&run.wait_with_output().unwrap()), 5);
    assert_ne!(sleeper.state(), 'T');
}

#[test]
fn reports_in_all_forms_tell_the_same() {
    let (place, port) = (Place::new(), free_port());
    let (inventory, chaos) = (
        place.write(
            "inventory.yaml",
            &format!(
                "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: {{ name: here }}\nspec:\n  targets:\n    \
                 - name: shop\n      labels: {{ app: shop }}\n      proxy: {{ listen: \"127.0.0.1:{port}\", \
                 upstream: \"{}\", protocol: http }}\n",
                service()
            ),
        ),
        place.write(
            "slow.yaml",
            "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: slow }\nspec:\n  target: http\n  \
             latency: 60ms\n  error: { status: 503 }\n  duration: 1500ms\n  selector: { labels: { app: shop } }\n",
        ),
    );
    let probe = format!("shop=http://127.0.0.1:{port}/");
    let output = place.herz(&[
        "run",
        &chaos,
        "--inventory",
        &inventory,
        "--yes",
        "--probe",
        &probe,
        "--probe-every",
        "40ms",
        "--before",
        "600ms",
        "--after",
        "600ms",
        "--report",
        "a.html",
        "--report",
        "a.json",
        "--report",
        "a.md",
        "--report",
        "a.xml",
    ]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let json: Json = serde_json::from_slice(&fs::read(place.path("a.json")).unwrap()).unwrap();
    let probe = &json["probes"][0];
    for (when, bad) in [("before", false), ("during", true), ("after", false)] {
        let window = &probe[when];
        assert!(window["count"].as_u64().unwrap() > 0, "{when}: {window}");
        assert_eq!(
            window["errors"].as_u64().unwrap() > 0,
            bad,
            "{when}: {window}"
        );
    }
    assert!(probe["during"]["p50"].as_f64().unwrap() >= 60.0, "{probe}");
    assert_eq!(json["steps"][0]["undone"]["outcome"], "reverted");
    let html = fs::read_to_string(place.path("a.html")).unwrap();
    assert!(html.contains("<svg") && html.contains("ChaosExperiment default/slow"));
    for outside in ["<script", "http://www", "https://", "src=", "@import"] {
        assert!(!html.contains(outside), "the page is not alone: {outside}");
    }
    let markdown = fs::read_to_string(place.path("a.md")).unwrap();
    assert!(markdown.contains("| shop | during |"), "{markdown}");
    let junit = fs::read_to_string(place.path("a.xml")).unwrap();
    assert!(junit.contains("tests=\"3\" failures=\"0\""), "{junit}");
    let again = place.herz(&["report", "--format", "json"]);
    let again: Json = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["run"], json["run"]);
    assert_eq!(code(&place.herz(&["report", "no-such-run"])), 2);
    assert_eq!(code(&place.herz(&["report", "-o", "a.pdf"])), 2);
}

#[test]
fn the_demo_shows_an_effect_and_a_clean_end() {
    let place = Place::new();
    let begun = Instant::now();
    let output = place.herz(&["demo", "--duration", "2s", "--report", "demo.html"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    eprintln!("the demo took {:?}", begun.elapsed());
    let table = out(&output);
    let row = |name: &str| -> Vec<f64> {
        let line = table.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    let (before, during, after) = (row("before the fault"), row("during it"), row("after it"));
    assert!(before[1] == 0.0 && after[1] == 0.0, "{table}");
    assert!(during[1] > 0.0 && during[2] >= 250.0, "{table}");
    assert!(table.contains("completed; clean"), "{table}");
    assert!(
        fs::read_to_string(place.path("demo.html"))
            .unwrap()
            .contains("<svg")
    );
    assert!(
        !place.path("state").exists(),
        "the demo leaves nothing behind"
    );
}

#[test]
fn doctor_changes_nothing_and_tells_what_works() {
    let place = Place::new();
    let output = place.herz(&["doctor", "-o", "json"]);
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&str> = json["backends"]
        .as_array()
        .unwrap()
        .iter()
        .map(|backend| backend["backend"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["proxy", "task", "resource", "signal"]);
    // That a person has to allow tasks is nothing that the machine lacks.
    assert_eq!(code(&output), 0, "{}", out(&output));
    assert!(!place.path("state").exists());
    let tcp = TcpStream::connect(("127.0.0.1", free_port()));
    assert!(tcp.is_err(), "nobody listens");
}

#[test]
fn a_workflow_runs_its_steps_and_a_failed_check_exits_with_4() {
    let (place, port) = (Place::new(), free_port());
    let upstream = service();
    let inventory = place.write(
        "inventory.yaml",
        &format!(
            "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: {{ name: here }}\nspec:\n  targets:\n    \
             - name: shop\n      labels: {{ app: shop }}\n      proxy: {{ listen: \"127.0.0.1:{port}\", \
             upstream: \"{upstream}\", protocol: http }}\n"
        ),
    );
    let workflow = |check: &str| {
        format!(
            "apiVersion: chaos-mesh.org/v1alpha1\nkind: Workflow\nmetadata: {{ name: outage }}\nspec:\n  entry: all\n  \
             templates:\n    - {{ name: all, templateType: Parallel, children: [slow, healthy] }}\n    - name: \
             slow\n      templateType: HTTPChaos\n      deadline: 4s\n      httpChaos:\n        mode: all\n        \
             selector: {{ labelSelectors: {{ app: shop }} }}\n        target: Response\n        port: {}\n        \
             replace: {{ code: 503 }}\n    - name: healthy\n      templateType: StatusCheck\n      deadline: 3s\n      \
             abortWithStatusCheck: true\n      statusCheck:\n        mode: Continuous\n        type: HTTP\n        \
             intervalSeconds: 1\n        failureThreshold: 1\n        timeoutSeconds: 2\n        duration: 2s\n        \
             http: {{ url: \"{check}\", criteria: {{ statusCode: \"200\" }} }}\n",
            upstream.port()
        )
    };
    // The service itself is well: the fault is at the proxy.
    let good = place.write("good.yaml", &workflow(&format!("http://{upstream}/")));
    let output = place.herz(&["run", &good, "--inventory", &inventory, "--yes"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("healthy: passed"), "{}", err(&output));
    assert_eq!(place.runs().last().unwrap()["verdict"], "completed");
    // Behind the proxy it is not.
    let bad = place.write("bad.yaml", &workflow(&format!("http://127.0.0.1:{port}/")));
    let output = place.herz(&["run", &bad, "--inventory", &inventory, "--yes"]);
    assert_eq!(code(&output), 4, "{}", err(&output));
    assert!(
        err(&output).contains("status check healthy"),
        "{}",
        err(&output)
    );
    assert!(place.runs().iter().all(|run| run["phase"] == "clean"));
    let plan = place.herz(&["plan", &good, "--inventory", &inventory]);
    assert!(
        out(&plan).contains("Workflow default/outage may start"),
        "{}",
        out(&plan)
    );
}

#[test]
fn a_schedule_runs_until_it_is_ended() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let inventory = place.write(
        "inventory.yaml",
        &format!(
            "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: {{ name: here }}\nspec:\n  targets:\n    \
             - {{ name: worker, labels: {{ app: worker }}, process: {{ pid: {} }} }}\n",
            sleeper.pid()
        ),
    );
    let schedule = place.write(
        "schedule.yaml",
        "apiVersion: chaos-mesh.org/v1alpha1\nkind: Schedule\nmetadata: { name: often }\nspec:\n  schedule: \
         \"*/2 * * * * *\"\n  type: PodChaos\n  historyLimit: 1\n  concurrencyPolicy: Forbid\n  podChaos:\n    \
         action: pod-failure\n    mode: all\n    selector: { labelSelectors: { app: worker } }\n    duration: 700ms\n",
    );
    let run = place.spawn(&[
        "run",
        &schedule,
        "--inventory",
        &inventory,
        "--yes",
        "--stop-after",
        "5s",
    ]);
    let (mut pauses, mut stopped) = (0, false);
    let mut run = run;
    until("the end", || {
        let now = sleeper.state() == 'T';
        if now && !stopped {
            pauses += 1;
        }
        stopped = now;
        run.try_wait().unwrap().is_some()
    });
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(pauses >= 2, "{pauses}: {}", err(&output));
    assert_ne!(sleeper.state(), 'T');
}

#[test]
fn experiments_follow_their_files_and_a_bad_one_changes_nothing() {
    let (place, port) = (Place::new(), free_port());
    if curl(port).is_none() {
        return;
    }
    let inventory = place.write(
        "inventory.yaml",
        &format!(
            "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: {{ name: here }}\nspec:\n  targets:\n    \
             - name: shop\n      labels: {{ app: shop }}\n      proxy: {{ listen: \"127.0.0.1:{port}\", \
             upstream: \"{}\", protocol: http }}\n",
            service()
        ),
    );
    fs::create_dir(place.path("chaos")).unwrap();
    let spec = |status: &str| {
        format!(
            "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: {{ name: lost }}\nspec:\n  target: http\n  \
             error: {{ status: {status} }}\n  duration: 1h\n  selector: {{ labels: {{ app: shop }} }}\n"
        )
    };
    let put = |status: &str| {
        fs::write(place.path("chaos/.new"), spec(status)).unwrap();
        fs::rename(place.path("chaos/.new"), place.path("chaos/a.yaml")).unwrap();
    };
    put("503");
    let run = place.spawn(&[
        "run",
        "chaos",
        "--inventory",
        &inventory,
        "--watch",
        "--yes",
    ]);
    until("the first spec", || curl(port) == Some(503));
    put("9999");
    // Several looks later, nothing has changed.
    for _ in 0..20 {
        assert_eq!(curl(port), Some(503));
        std::thread::sleep(Duration::from_millis(50));
    }
    put("418");
    until("the second spec", || curl(port) == Some(418));
    signal(run.id(), "INT");
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert!(
        err(&output).contains("all stays as it is"),
        "{}",
        err(&output)
    );
    let runs = place.runs();
    assert_eq!(runs.len(), 2, "{runs:?}");
    assert!(runs.iter().all(|run| run["phase"] == "clean"), "{runs:?}");
}
