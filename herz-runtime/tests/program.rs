//! Schedules and workflows on lamps: what starts when, what ends what, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod lamp;

use herz_runtime::backend::Backends;
use herz_runtime::event::{AbortReason, Phase, Verdict};
use herz_runtime::program::{Control, Ended, Notice, Program, Stage};
use herz_runtime::store::SqliteStore;
use herz_runtime::{Engine, EngineOptions, Inventory, Place, PlanOptions, Target};
use lamp::Lamp;
use serde_json::{Value as Json, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A process that `PodChaos` "hits": these tests are about order, so a lamp stands for it.
struct Room {
    engine: Engine,
    inventory: Inventory,
    _folder: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lamp = Lamp {
            folder: folder.path().to_owned(),
            pods: true,
            ..Lamp::default()
        };
        let store = Arc::new(SqliteStore::open(folder.path().join("runs.db")).unwrap());
        Self {
            engine: Engine::new(Backends::new().with(lamp), store, EngineOptions::default())
                .unwrap(),
            inventory: Inventory::new((0..3).map(|at| {
                Target::new(
                    format!("lamp-{at}"),
                    Place::Other("lamp".to_owned(), Json::Null),
                )
                .label("app", format!("lamp-{at}"))
            })),
            _folder: folder,
        }
    }

    fn run(&self, document: &Json, most: Duration, control: &Control) -> (Ended, Vec<Notice>) {
        let program = Program::from_json(document).unwrap().unwrap();
        let notices = Mutex::new(Vec::new());
        let tell = |notice: Notice| notices.lock().unwrap().push(notice);
        let stage = Stage {
            engine: &self.engine,
            inventory: &self.inventory,
            options: PlanOptions::default(),
            tasks: None,
            control,
            tell: &tell,
        };
        let ended = program.run(&stage, Some(Instant::now() + most));
        assert!(self.engine.running().is_empty(), "everything is undone");
        (ended, notices.into_inner().unwrap())
    }
}

fn chaos(lamp: usize) -> Json {
    json!({"action": "pod-failure", "mode": "all", "selector": {"labelSelectors": {"app": format!("lamp-{lamp}")}}})
}

fn workflow(templates: &Json) -> Json {
    json!({
        "apiVersion": "chaos-mesh.org/v1alpha1",
        "kind": "Workflow",
        "metadata": {"name": "outage"},
        "spec": {"entry": "all", "templates": templates},
    })
}

fn schedule(cron: &str, policy: &str, duration: &str) -> Json {
    let mut spec = chaos(0);
    spec["duration"] = duration.into();
    json!({
        "apiVersion": "chaos-mesh.org/v1alpha1",
        "kind": "Schedule",
        "metadata": {"name": "often"},
        "spec": {"schedule": cron, "type": "PodChaos", "concurrencyPolicy": policy, "podChaos": spec},
    })
}

fn step(name: &str, kind: &str, more: &Json) -> Json {
    let mut step = json!({"name": name, "templateType": kind});
    for (key, value) in more.as_object().unwrap() {
        step[key] = value.clone();
    }
    step
}

#[test]
fn serial_goes_one_after_another_and_parallel_at_once() {
    let room = Room::new();
    let begun = Instant::now();
    let (ended, notices) = room.run(
        &workflow(&json!([
            step("all", "Serial", &json!({"children": ["first", "both"]})),
            step(
                "first",
                "PodChaos",
                &json!({"deadline": "200ms", "podChaos": chaos(0)})
            ),
            step("both", "Parallel", &json!({"children": ["left", "right"]})),
            step(
                "left",
                "PodChaos",
                &json!({"deadline": "300ms", "podChaos": chaos(1)})
            ),
            step(
                "right",
                "PodChaos",
                &json!({"deadline": "300ms", "podChaos": chaos(2)})
            ),
        ])),
        Duration::from_secs(60),
        &Control::new(),
    );
    assert!(begun.elapsed() >= Duration::from_millis(500));
    assert_eq!(
        (ended.runs.len(), ended.failures.len()),
        (3, 0),
        "{ended:?}"
    );
    assert!(
        ended
            .runs
            .iter()
            .all(|(_, outcome)| outcome.phase == Phase::Clean
                && outcome.verdict == Verdict::Completed)
    );
    let at = |who: &str, what: &str| {
        let mut all = notices.iter();
        all.position(|one| one.who == who && one.what.starts_with(what))
            .unwrap()
    };
    assert!(at("first", "ends") < at("both", "begins"));
    // Both begin before one of them ends.
    assert!(
        at("left", "begins") < at("right", "ends") && at("right", "begins") < at("left", "ends")
    );
}

#[test]
fn a_deadline_ends_what_is_below_it() {
    let room = Room::new();
    let (ended, notices) = room.run(
        &workflow(&json!([
            step(
                "all",
                "Serial",
                &json!({"deadline": "300ms", "children": ["long", "never"]})
            ),
            step("long", "PodChaos", &json!({"podChaos": chaos(0)})),
            step("never", "PodChaos", &json!({"podChaos": chaos(1)})),
        ])),
        Duration::from_secs(60),
        &Control::new(),
    );
    assert_eq!(ended.runs.len(), 1, "{ended:?}");
    assert!(notices.iter().all(|one| one.who != "never"), "{notices:?}");
    assert!(
        notices
            .iter()
            .any(|one| one.who == "all" && one.what == "ends at its deadline")
    );
}

/// A service that answers with this status, until it is told another one.
fn service(status: &Arc<AtomicU16>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/health", listener.local_addr().unwrap());
    let status = Arc::clone(status);
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let mut buffer = [0; 4096];
            let _ = socket.read(&mut buffer);
            let status = status.load(Ordering::SeqCst);
            let _ = write!(socket, "HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");
        }
    });
    url
}

fn check(url: &str, mode: &str) -> Json {
    json!({"mode": mode, "intervalSeconds": 1, "failureThreshold": 1, "timeoutSeconds": 5, "duration": "20s",
        "http": {"url": url, "criteria": {"statusCode": "200-299"}}})
}

#[test]
fn a_failed_check_aborts_the_workflow_and_undoes_it() {
    let room = Room::new();
    let status = Arc::new(AtomicU16::new(503));
    let url = service(&status);
    let steps = |abort: bool| {
        workflow(&json!([
            step("all", "Parallel", &json!({"children": ["dark", "check"]})),
            step(
                "dark",
                "PodChaos",
                &json!({"deadline": "2s", "podChaos": chaos(0)})
            ),
            step(
                "check",
                "StatusCheck",
                &json!({"abortWithStatusCheck": abort,
                "deadline": "15s", "statusCheck": check(&url, "Synchronous")})
            ),
        ]))
    };
    let (ended, _) = room.run(&steps(true), Duration::from_secs(60), &Control::new());
    let Some(AbortReason::Guard(why)) = &ended.stopped else {
        panic!("{ended:?}");
    };
    assert!(why.contains("check") && why.contains("503"), "{why}");
    for (_, outcome) in &ended.runs {
        assert_eq!(outcome.phase, Phase::Clean);
        assert!(
            matches!(outcome.verdict, Verdict::Aborted { .. }),
            "{outcome:?}"
        );
    }
    // Without that wish it is told, and the rest goes on.
    let (ended, notices) = room.run(&steps(false), Duration::from_secs(60), &Control::new());
    assert_eq!(ended.stopped, None);
    assert_eq!(ended.runs[0].1.verdict, Verdict::Completed);
    assert!(
        notices
            .iter()
            .any(|one| one.who == "check" && one.what.starts_with("failed"))
    );
    status.store(204, Ordering::SeqCst);
    let (ended, notices) = room.run(&steps(true), Duration::from_secs(60), &Control::new());
    assert_eq!(ended.stopped, None);
    assert!(
        notices
            .iter()
            .any(|one| one.who == "check" && one.what == "passed"),
        "{notices:?}"
    );
}

#[test]
fn forbid_skips_a_start_and_allow_does_not() {
    for (policy, skips) in [("Forbid", true), ("Allow", false)] {
        let room = Room::new();
        let (ended, notices) = room.run(
            &schedule("* * * * * *", policy, "2500ms"),
            Duration::from_millis(4200),
            &Control::new(),
        );
        let skipped = notices
            .iter()
            .filter(|one| one.what.contains("(Forbid)"))
            .count();
        assert_eq!(skipped > 0, skips, "{policy}: {notices:?}");
        assert!(!ended.runs.is_empty(), "{policy}: {notices:?}");
        if !skips {
            // They want the same lamp: the engine refuses, and that is told.
            assert!(!ended.failures.is_empty(), "{notices:?}");
        }
    }
}

#[test]
fn a_schedule_starts_again_and_again_and_stops_when_told() {
    let room = Room::new();
    let control = Arc::new(Control::new());
    let stopper = Arc::clone(&control);
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(3400));
        stopper.stop(AbortReason::Person("enough".to_owned()));
    });
    let document = schedule("*/1 * * * * *", "Forbid", "100ms");
    let (ended, _) = room.run(&document, Duration::from_secs(60), &control);
    thread.join().unwrap();
    assert!(ended.runs.len() >= 2, "{ended:?}");
    assert_eq!(
        ended.stopped,
        Some(AbortReason::Person("enough".to_owned()))
    );
}

#[test]
fn what_cannot_be_run_here_is_refused_with_its_place() {
    let task = step(
        "all",
        "Task",
        &json!({"task": {"container": {"name": "x", "image": "y"}}, "conditionalBranches": [
            {"target": "all", "expression": "stdout contains 'x'"},
        ]}),
    );
    let taskless = step("all", "Task", &json!({}));
    let again = step(
        "all",
        "Task",
        &json!({"task": {}, "conditionalBranches": [{"target": "all"}]}),
    );
    let suspend = step("all", "Suspend", &json!({}));
    let circle = step("all", "Serial", &json!({"children": ["all"]}));
    let lost = step("all", "Parallel", &json!({"children": ["lost"]}));
    let https = step(
        "all",
        "StatusCheck",
        &json!({"statusCheck": check("https://a", "Synchronous")}),
    );
    let mut code = check("http://a", "Synchronous");
    code["http"]["criteria"]["statusCode"] = "2xx".into();
    let code = step("all", "StatusCheck", &json!({"statusCheck": code}));
    let specless = step("all", "PodChaos", &json!({"deadline": "1s"}));
    for (document, part) in [
        (workflow(&json!([task])), "`contains` is not understood"),
        (workflow(&json!([taskless])), "task is not there"),
        (workflow(&json!([again])), "below itself"),
        (workflow(&json!([suspend])), "suspend for ever"),
        (workflow(&json!([circle])), "below itself"),
        (workflow(&json!([lost])), "no step `lost`"),
        (workflow(&json!([https])), "TLS"),
        (workflow(&json!([code])), "criteria.statusCode"),
        (workflow(&json!([specless])), "podChaos is not there"),
        (workflow(&json!([])), "no step `all`"),
        (schedule("61 * * * * *", "Forbid", "1s"), "spec.schedule"),
        (
            schedule("TZ=Asia/Tokyo * * * * *", "Forbid", "1s"),
            "Asia/Tokyo",
        ),
        (schedule("* * * * * *", "Forbid", "1d"), "spec.podChaos"),
    ] {
        let error = Program::from_json(&document).unwrap_err().to_string();
        assert!(error.contains(part), "`{part}` is not in: {error}");
    }
    assert!(
        Program::from_json(&json!({"kind": "PodChaos"}))
            .unwrap()
            .is_none()
    );
}
