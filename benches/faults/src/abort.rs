//! From the wish to end a run until everything is undone and looked at.

use herz_http::backend::LayerBackend;
use herz_http::{Chaos, RuleBook};
use herz_runtime::event::{AbortReason, Phase};
use herz_runtime::store::{MemoryStore, SqliteStore, Store};
use herz_runtime::{
    Backends, Engine, EngineOptions, Experiment, Inventory, Place, PlanOptions, Target, plan,
};
use std::sync::Arc;
use std::time::Duration;

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
            Backends::new().with(LayerBackend::new().with(&target, RuleBook::new(chaos)));
        let engine = Engine::new(backends, store, EngineOptions::default()).unwrap();
        let document = r#"{"apiVersion": "herz.dev/v1alpha1", "kind": "ChaosExperiment",
            "metadata": {"name": "bench"},
            "spec": {"target": "http", "error": {"status": 503}, "duration": "1h"}}"#;
        let experiment = Experiment::from_json(&document.parse().unwrap()).unwrap();
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
