//! The layer behind the engine: a service that hits itself, seen by curl.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests, and say what they skip"
)]

use axum::{Router, routing::get};
use herz_http::backend::{HttpUndo, LayerBackend};
use herz_http::{Chaos, RuleBook};
use herz_runtime::event::{AbortReason, Phase, Verdict, What};
use herz_runtime::store::{MemoryStore, Store};
use herz_runtime::undo::Undone;
use herz_runtime::{
    Backend, Backends, Engine, EngineOptions, Experiment, Inventory, Place, Plan, PlanOptions,
    Target, plan,
};
use serde_json::{Value as Json, json};
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn api() -> Target {
    Target::new("api", Place::InProcess).label("service", "api")
}

/// An axum service with the layer; it ends with the test process.
fn service(chaos: &Chaos) -> SocketAddr {
    let layer = chaos.layer();
    let (to, from) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            to.send(listener.local_addr().unwrap()).unwrap();
            let app = Router::new().route("/orders", get(|| async { "two orders" }));
            axum::serve(listener, app.layer(layer)).await.unwrap();
        });
    });
    from.recv().unwrap()
}

/// What curl sees: status, and time until the end.
fn curl(address: SocketAddr, gate: bool) -> Option<(u16, Duration)> {
    let mut command = Command::new("curl");
    command.args(["-s", "-o", "/dev/null", "-w", "%{http_code} %{time_total}"]);
    if gate {
        command.args(["-H", "X-Herz-Enabled: true"]);
    }
    let Ok(output) = command.arg(format!("http://{address}/orders")).output() else {
        eprintln!("SKIPPED: curl is not installed, nobody looks from outside");
        return None;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    let (status, time) = text.split_once(' ').unwrap();
    let time = Duration::from_secs_f64(time.parse().unwrap());
    Some((status.parse().unwrap(), time))
}

fn experiment(kind: &str, spec: &Json) -> Experiment {
    let group = if kind == "HTTPChaos" {
        "chaos-mesh.org"
    } else {
        "herz.dev"
    };
    Experiment::from_json(&json!({
        "apiVersion": format!("{group}/v1alpha1"),
        "kind": kind,
        "metadata": {"name": "test"},
        "spec": spec,
    }))
    .unwrap()
}

struct World {
    address: SocketAddr,
    chaos: Chaos,
    engine: Engine,
    store: Arc<MemoryStore>,
}

impl World {
    fn new() -> Self {
        let chaos = Chaos::builder().build().unwrap();
        let backend = LayerBackend::new().with(&api(), RuleBook::new(chaos.clone()));
        let store = Arc::new(MemoryStore::new());
        let options = EngineOptions {
            observe_every: Duration::from_millis(50),
            ..EngineOptions::default()
        };
        let engine = Engine::new(Backends::new().with(backend), store.clone(), options).unwrap();
        Self {
            address: service(&chaos),
            chaos,
            engine,
            store,
        }
    }

    fn plan(&self, experiment: &Experiment) -> Plan {
        let inventory = Inventory::new([api()]);
        let backends = self.engine.backends();
        plan(experiment, &inventory, backends, &PlanOptions::default()).unwrap()
    }
}

fn until(what: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !what() {
        assert!(Instant::now() < end, "it never came");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn curl_sees_a_fault_start_hold_and_end() {
    let world = World::new();
    let Some((before, _)) = curl(world.address, true) else {
        return;
    };
    assert_eq!(before, 200);
    let spec = json!({"target": "http", "error": {"status": 503}, "duration": "1h"});
    let run = world
        .engine
        .start(world.plan(&experiment("ChaosExperiment", &spec)))
        .unwrap();
    until(|| run.phase() == Phase::Injected);
    for _ in 0..5 {
        assert_eq!(curl(world.address, true).unwrap().0, 503);
        assert_eq!(
            curl(world.address, false).unwrap().0,
            200,
            "without the gate"
        );
    }
    run.abort(AbortReason::Person("test".to_owned()));
    let outcome = run.wait();
    assert_eq!(outcome.phase, Phase::Clean);
    assert_eq!(curl(world.address, true).unwrap().0, 200);
}

#[test]
fn a_delay_is_seen_by_curl_and_measured_by_the_backend() {
    let world = World::new();
    let spec = json!({"target": "http", "latency": "80ms", "duration": "1h"});
    let run = world
        .engine
        .start(world.plan(&experiment("ChaosExperiment", &spec)))
        .unwrap();
    until(|| run.phase() == Phase::Injected);
    let Some((_, time)) = curl(world.address, true) else {
        return;
    };
    assert!(time >= Duration::from_millis(80), "{time:?}");
    let seen = || {
        let events = world.store.events(run.id()).unwrap();
        events.into_iter().find_map(|event| match event.what {
            What::Observed { measures, .. } => measures.into_iter().find(|m| m.name == "delay"),
            _ => None,
        })
    };
    until(|| seen().is_some());
    let delay = seen().unwrap();
    assert!((delay.asked - 80.0).abs() < 0.001, "{delay:?}");
    assert!(delay.observed >= 80.0, "{delay:?}");
}

#[test]
fn experiments_at_one_service_come_and_go_by_themselves() {
    let world = World::new();
    let slow = json!({"target": "http", "latency": "1ms", "duration": "1h"});
    let lost = json!({"mode": "all", "selector": {"labelSelectors": {"service": "api"}},
        "target": "Response", "port": 80, "replace": {"code": 418}, "duration": "1h"});
    let first = world.plan(&experiment("ChaosExperiment", &slow));
    let second = world.plan(&experiment("HTTPChaos", &lost));
    let first = world.engine.start(first).unwrap();
    let second = world.engine.start(second).unwrap();
    until(|| first.phase() == Phase::Injected && second.phase() == Phase::Injected);
    assert_eq!(world.chaos.stats().len(), 2);
    first.abort(AbortReason::Person("test".to_owned()));
    assert_eq!(first.wait().phase, Phase::Clean);
    assert_eq!(world.chaos.stats().len(), 1);
    second.pause();
    until(|| second.phase() == Phase::Paused);
    assert!(world.chaos.stats().is_empty());
    second.resume();
    until(|| second.phase() == Phase::Injected);
    assert_eq!(world.chaos.stats().len(), 1);
    second.abort(AbortReason::Person("test".to_owned()));
    let outcome = second.wait();
    let by_a_person = matches!(outcome.verdict, Verdict::Aborted { .. });
    assert!(by_a_person && world.chaos.stats().is_empty());
}

#[test]
fn what_the_layer_cannot_do_is_refused_with_its_place() {
    let world = World::new();
    let backends = world.engine.backends();
    let refusal = |kind: &str, spec: &Json, target: Target| {
        let inventory = Inventory::new([target]);
        let refusals = plan(
            &experiment(kind, spec),
            &inventory,
            backends,
            &PlanOptions::default(),
        );
        refusals.unwrap_err().remove(0).to_string()
    };
    let tcp = json!({"target": "tcp", "latency": "1ms", "duration": "1m"});
    let text = refusal("ChaosExperiment", &tcp, api());
    assert!(text.contains("spec.target"), "{text}");
    let http = json!({"target": "http", "latency": "1ms", "duration": "1m"});
    let text = refusal(
        "ChaosExperiment",
        &http,
        Target::new("web", Place::InProcess),
    );
    assert!(text.contains("no service of this process"), "{text}");
}

#[test]
fn undo_is_total() {
    let chaos = Chaos::builder().build().unwrap();
    let backend = LayerBackend::new().with(&api(), RuleBook::new(chaos));
    let spec = json!({"target": "http", "abort": true, "duration": "1m"});
    let (action, _) =
        herz_http::backend::HttpAction::plan(&experiment("ChaosExperiment", &spec), &api(), 7)
            .unwrap();
    let undo = backend.prepare(&action).unwrap();
    // Never injected.
    assert_eq!(backend.undo(&undo, None).unwrap(), Undone::AlreadyGone);
    // A process that is gone.
    let mut owner = undo.owner.clone();
    owner.start += 1;
    let theirs = HttpUndo {
        owner,
        ..undo.clone()
    };
    assert_eq!(backend.undo(&theirs, None).unwrap(), Undone::AlreadyGone);
    assert!(backend.verify(&theirs).unwrap().is_empty());
    // A process that lives: its rules are told, and not forgotten.
    let mut child = Command::new("sleep").arg("60").spawn().unwrap();
    let owner = herz_runtime::identity::ProcessIdentity::of(child.id()).unwrap();
    let theirs = HttpUndo { owner, ..undo };
    assert!(backend.undo(&theirs, None).is_err());
    assert_eq!(backend.verify(&theirs).unwrap().len(), 1);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(backend.verify(&theirs).unwrap().is_empty());
}
