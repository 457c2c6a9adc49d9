//! How late faults start and end as their service sees it, and from the wish to end a run until everything is undone
//! and looked at.

use herz_http::backend::LayerBackend;
use herz_http::{Chaos, RuleBook};
use herz_runtime::event::{AbortReason, Phase};
use herz_runtime::store::{MemoryStore, SqliteStore, Store};
use herz_runtime::{
    Backends, Engine, EngineOptions, Experiment, Inventory, Place, PlanOptions, Target, plan,
};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the faults last whose starts and ends are watched.
const LENGTH: Duration = Duration::from_millis(50);

/// Watches the rules until they are others than these; gives how many milliseconds late that is.
fn changed(chaos: &Chaos, generation: u64, due: Instant) -> f64 {
    while chaos.generation() == generation {
        std::thread::yield_now();
    }
    due.elapsed().as_secs_f64() * 1e3
}

pub(crate) fn run(rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqliteStore::open(folder.path().join("runs.db")).unwrap();
    let stores: [(&str, Arc<dyn Store>); 2] = [
        ("in memory", Arc::new(MemoryStore::new())),
        ("SQLite on disk", Arc::new(sqlite)),
    ];
    for (name, store) in stores {
        let target = Target::new("api", Place::InProcess);
        let chaos = Chaos::builder().build().unwrap();
        let backends =
            Backends::new().with(LayerBackend::new().with(&target, RuleBook::new(chaos.clone())));
        let engine = Engine::new(backends, store, EngineOptions::default()).unwrap();
        let document = |duration: &str| {
            let text = r#"{"apiVersion": "herz.dev/v1alpha1", "kind": "ChaosExperiment",
            "metadata": {"name": "bench"},
            "spec": {"target": "http", "error": {"status": 503}, "duration": "LENGTH"}}"#;
            Experiment::from_json(&text.replace("LENGTH", duration).parse().unwrap()).unwrap()
        };
        let (experiment, short) = (document("1h"), document("50ms"));
        let inventory = Inventory::new([target]);
        let mut times = Vec::new();
        for _ in 0..20 * rounds {
            let options = PlanOptions::default();
            let plan = plan(&experiment, &inventory, engine.backends(), &options).unwrap();
            let run = engine.start(plan).unwrap();
            while run.phase() != Phase::Injected {
                std::thread::sleep(Duration::from_micros(200));
            }
            run.abort(AbortReason::Person("bench".to_owned()));
            times.push(run.wait().to_clean.as_secs_f64() * 1e3);
        }
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for _ in 0..20 * rounds {
            let options = PlanOptions::default();
            let plan = plan(&short, &inventory, engine.backends(), &options).unwrap();
            let begun = Instant::now();
            let before = chaos.generation();
            let run = engine.start(plan).unwrap();
            starts.push(changed(&chaos, before, begun));
            ends.push(changed(&chaos, before + 1, begun + LENGTH));
            run.wait();
        }
        for (what, times) in [("start", &mut starts), ("end", &mut ends)] {
            println!(
                "store {name:<16} {} runs, lateness of the {what}: p50 {:.3} ms, p99 {:.3} ms",
                times.len(),
                super::quantile(times, 0.5),
                super::quantile(times, 0.99)
            );
        }
        let (p50, p99) = (
            super::quantile(&mut times, 0.5),
            super::quantile(&mut times, 0.99),
        );
        println!(
            "store {name:<16} {} runs, abort to clean: p50 {p50:.3} ms, p99 {p99:.3} ms",
            times.len()
        );
    }
}
