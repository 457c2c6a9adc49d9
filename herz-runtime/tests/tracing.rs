//! What a log hears of a run.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod lamp;

use herz_runtime::backend::Backends;
use herz_runtime::store::SqliteStore;
use herz_runtime::{Engine, EngineOptions, PlanOptions, plan};
use lamp::{Lamp, lamps, named};
use serde_json::json;
use std::fmt::Debug;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Keeps what it hears with the target `herz`.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<(Level, String)>>>);

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!("{field}={value:?} "));
    }
}

impl Subscriber for Ear {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "herz"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut words = Words(String::new());
        event.record(&mut words);
        let mut heard = self.0.lock().unwrap();
        heard.push((*event.metadata().level(), words.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_log_hears_phases_and_shouts_when_something_is_left() {
    let ear = Ear::default();
    // Runs have threads of their own.
    tracing::subscriber::set_global_default(ear.clone()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let lamp = Lamp {
        folder: folder.path().to_owned(),
        ..Lamp::default()
    };
    lamp.fail_undo.store(99, Ordering::SeqCst);
    let store = Arc::new(SqliteStore::open(folder.path().join("runs.db")).unwrap());
    let options = EngineOptions {
        undo_retries: vec![Duration::from_millis(1)],
        ..EngineOptions::default()
    };
    let engine = Engine::new(Backends::new().with(lamp), store, options).unwrap();
    let experiment = named("dark", &json!({"duration": "50ms"}));
    let planned = plan(
        &experiment,
        &lamps(1),
        engine.backends(),
        &PlanOptions::default(),
    );
    let run = engine.start(planned.unwrap()).unwrap();
    run.wait();
    let heard = ear.0.lock().unwrap().clone();
    let found = |level: Level, words: &str| {
        let mut all = heard.iter();
        all.any(|(at, text)| *at == level && text.contains(words) && text.contains(run.id()))
    };
    assert!(found(Level::INFO, "injecting"), "{heard:?}");
    assert!(found(Level::INFO, "step 0 injected"), "{heard:?}");
    assert!(found(Level::ERROR, "left something behind"), "{heard:?}");
}
