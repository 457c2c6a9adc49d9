//! More than one fault: workflows, schedules, files that change.

use crate::support::lab::*;
use std::fs;
use std::io::Write as _;
use std::time::{Duration, Instant};

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
    // Written in place, and slowly: it is read when it is whole. A step that took longer looks like the last one.
    let (mut file, mut longest) = (
        fs::File::create(place.path("chaos/a.yaml")).unwrap(),
        Duration::ZERO,
    );
    for part in spec("429").as_bytes().chunks(16) {
        let begun = Instant::now();
        file.write_all(part).unwrap();
        std::thread::sleep(Duration::from_millis(40));
        longest = longest.max(begun.elapsed());
    }
    until("the third spec", || curl(port) == Some(429));
    signal(run.id(), "INT");
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5, "{}", err(&output));
    let complaints = err(&output).matches("all stays as it is").count();
    assert!(complaints >= 1, "{}", err(&output));
    if longest < Duration::from_millis(150) {
        assert_eq!(complaints, 1, "{}", err(&output));
    }
    let runs = place.runs();
    assert_eq!(runs.len(), 3, "{runs:?}");
    assert!(runs.iter().all(|run| run["phase"] == "clean"), "{runs:?}");
}
