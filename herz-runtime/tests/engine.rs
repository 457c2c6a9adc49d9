//! Running: phases in order, undo whatever happens, several runs at once, recovery.

mod lamp;

use herz_runtime::backend::Backends;
use herz_runtime::engine::{StartError, recover};
use herz_runtime::event::{AbortReason, Phase, Verdict, What};
use herz_runtime::identity::ProcessIdentity;
use herz_runtime::store::{MemoryStore, Run, SqliteStore, Store};
use herz_runtime::undo::{UndoRecord, Undone};
use herz_runtime::{Engine, EngineOptions, Plan, PlanOptions, plan};
use lamp::{Lamp, lamps, named};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A folder with lamps, a store, and an engine for both.
struct Room {
    folder: tempfile::TempDir,
    lamp: Lamp,
    store: Arc<SqliteStore>,
    engine: Engine,
}

fn quick() -> EngineOptions {
    EngineOptions {
        observe_every: Duration::from_millis(20),
        undo_retries: vec![Duration::from_millis(5); 2],
    }
}

impl Room {
    #[allow(clippy::unwrap_used, reason = "a test's helper")]
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lamp = Lamp {
            folder: folder.path().to_owned(),
            ..Lamp::default()
        };
        let store = Arc::new(SqliteStore::open(folder.path().join("runs.db")).unwrap());
        let engine =
            Engine::new(Backends::new().with(lamp.clone()), store.clone(), quick()).unwrap();
        Self {
            folder,
            lamp,
            store,
            engine,
        }
    }

    #[allow(clippy::unwrap_used, reason = "a test's helper")]
    fn plan(&self, name: &str, duration: &str, count: usize) -> Plan {
        let experiment = named(name, &json!({"duration": duration}));
        plan(
            &experiment,
            &lamps(count),
            self.engine.backends(),
            &PlanOptions::default(),
        )
        .unwrap()
    }

    fn off(&self, lamp: usize) -> bool {
        is_off(self.folder.path(), lamp)
    }
}

fn is_off(folder: &Path, lamp: usize) -> bool {
    folder.join(format!("lamp-{lamp}")).exists()
}

fn until(what: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !what() {
        assert!(Instant::now() < end, "it never came");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_run_goes_through_its_phases_and_leaves_nothing() {
    let room = Room::new();
    let run = room.engine.start(room.plan("dark", "300ms", 2)).unwrap();
    until(|| run.phase() == Phase::Injected);
    assert!(room.off(0) && room.off(1));
    let outcome = run.wait();
    assert_eq!(
        (outcome.phase, &outcome.verdict),
        (Phase::Clean, &Verdict::Completed)
    );
    assert!(!room.off(0) && !room.off(1));
    let events = room.store.events(run.id()).unwrap();
    let phases: Vec<Phase> = events
        .iter()
        .filter_map(|event| match event.what {
            What::Phase { phase } => Some(phase),
            _ => None,
        })
        .collect();
    assert_eq!(
        phases,
        [
            Phase::Injecting,
            Phase::Injected,
            Phase::Undoing,
            Phase::Clean
        ]
    );
    let undone: Vec<u32> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Undone {
                step,
                undone: Undone::Reverted,
                ..
            } => Some(*step),
            _ => None,
        })
        .collect();
    assert_eq!(undone, [1, 0], "undone in reverse order");
    assert!(
        events
            .iter()
            .any(|event| matches!(event.what, What::Observed { .. }))
    );
    assert!(
        room.store
            .records(run.id())
            .unwrap()
            .iter()
            .all(|one| one.undone)
    );
}

#[test]
fn an_abort_undoes_at_once() {
    let room = Room::new();
    let run = room.engine.start(room.plan("dark", "10m", 3)).unwrap();
    until(|| run.phase() == Phase::Injected);
    run.abort(AbortReason::Person("enough".to_owned()));
    let outcome = run.wait();
    assert_eq!(outcome.phase, Phase::Clean);
    assert!(matches!(outcome.verdict, Verdict::Aborted { .. }));
    assert!(!room.off(0) && !room.off(2));
    assert!(outcome.to_clean > Duration::ZERO);
}

#[test]
fn a_wish_in_the_store_aborts_as_well() {
    let room = Room::new();
    let run = room.engine.start(room.plan("dark", "10m", 1)).unwrap();
    until(|| run.phase() == Phase::Injected);
    // Another process would open the same file.
    let other = SqliteStore::open(room.store.path()).unwrap();
    other.ask_abort(run.id(), "from elsewhere").unwrap();
    room.engine.heed_store();
    let outcome = run.wait();
    assert!(
        outcome.verdict.to_string().contains("from elsewhere"),
        "{}",
        outcome.verdict
    );
    assert!(other.ask_abort("nobody", "").is_err());
}

#[test]
fn pause_takes_back_and_resume_brings_back() {
    let room = Room::new();
    let run = room.engine.start(room.plan("dark", "10m", 1)).unwrap();
    until(|| run.phase() == Phase::Injected);
    run.pause();
    until(|| run.phase() == Phase::Paused);
    assert!(!room.off(0));
    run.resume();
    until(|| run.phase() == Phase::Injected);
    assert!(room.off(0));
    run.pause();
    until(|| run.phase() == Phase::Paused);
    run.abort(AbortReason::Shutdown);
    assert_eq!(run.wait().phase, Phase::Clean);
    assert!(!room.off(0));
}

#[test]
fn a_failed_step_undoes_those_before_it() {
    let room = Room::new();
    let fail = Arc::clone(&room.lamp.fail_inject);
    fail.store(true, Ordering::SeqCst);
    let outcome = room
        .engine
        .start(room.plan("dark", "1s", 2))
        .unwrap()
        .wait();
    assert_eq!(outcome.phase, Phase::Clean);
    let expected = Verdict::Failed {
        step: 0,
        message: "the switch is stuck".to_owned(),
    };
    assert_eq!(outcome.verdict, expected);
}

#[test]
fn an_undo_is_tried_again_and_dirt_is_told_and_recovered() {
    let room = Room::new();
    let fail: &Arc<AtomicU32> = &room.lamp.fail_undo;
    fail.store(2, Ordering::SeqCst);
    let outcome = room
        .engine
        .start(room.plan("first", "20ms", 1))
        .unwrap()
        .wait();
    assert_eq!(outcome.phase, Phase::Clean, "the third time worked");

    fail.store(100, Ordering::SeqCst);
    let run = room.engine.start(room.plan("second", "20ms", 1)).unwrap();
    assert_eq!(run.wait().phase, Phase::Dirty);
    assert!(room.off(0));
    let held = room
        .engine
        .start(room.plan("third", "20ms", 1))
        .unwrap_err();
    assert!(matches!(held, StartError::Conflict { .. }), "{held}");

    fail.store(0, Ordering::SeqCst);
    let recovery = recover(&*room.store, room.engine.backends(), &[], false).unwrap();
    assert!(!recovery.is_dirty());
    assert!(!room.off(0));
    assert_eq!(room.store.runs().unwrap()[1].phase, Phase::Clean);
    let again = recover(&*room.store, room.engine.backends(), &[], false).unwrap();
    assert!(again.runs.is_empty(), "nothing is left to do");
}

#[test]
fn runs_on_the_same_target_are_refused_and_others_run_at_once() {
    let room = Room::new();
    let first = room.engine.start(room.plan("first", "10m", 2)).unwrap();
    let refused = room
        .engine
        .start(room.plan("second", "10m", 1))
        .unwrap_err();
    match &refused {
        StartError::Conflict { with, on, .. } => {
            assert_eq!(
                (with.as_str(), on.as_str()),
                (first.id(), "lamp default/lamp-0")
            );
        }
        other => panic!("{other}"),
    }
    // Another process with the same store is told as well.
    let store = Arc::new(SqliteStore::open(room.store.path()).unwrap());
    let elsewhere = Engine::new(room.engine.backends().clone(), store, quick()).unwrap();
    assert!(elsewhere.start(room.plan("third", "10m", 1)).is_err());
    drop(elsewhere);
    room.engine.abort_all(&AbortReason::Shutdown);
    room.engine.wait_all();
    assert_eq!(first.phase(), Phase::Clean);
}

#[test]
fn dropping_the_engine_undoes() {
    let Room { folder, engine, .. } = {
        let room = Room::new();
        let run = room.engine.start(room.plan("dark", "10m", 1)).unwrap();
        until(|| run.phase() == Phase::Injected);
        room
    };
    assert!(is_off(folder.path(), 0));
    drop(engine);
    assert!(!is_off(folder.path(), 0));
}

#[test]
fn what_outlives_us_needs_a_store_that_does() {
    let room = Room::new();
    let engine = Engine::new(
        room.engine.backends().clone(),
        Arc::new(MemoryStore::new()),
        quick(),
    )
    .unwrap();
    let refused = engine.start(room.plan("dark", "1s", 1)).unwrap_err();
    assert_eq!(refused, StartError::NotDurable);
    let mut changed = room.plan("dark", "1s", 1);
    changed.targets[0].name = "lamp-9".to_owned();
    assert_eq!(
        room.engine.start(changed).unwrap_err(),
        StartError::NotIntact
    );
}

/// An engine's store that refuses to take the end of runs, until the returned connection drops its
/// trigger `full`.
#[allow(clippy::unwrap_used, reason = "a test's helper")]
fn full_at_the_end(room: &Room) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(room.folder.path().join("runs.db")).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER full BEFORE UPDATE ON runs WHEN NEW.phase = 'clean'
             BEGIN SELECT RAISE(FAIL, 'no room'); END",
        )
        .unwrap();
    other
}

#[test]
fn an_end_that_the_store_does_not_take_is_tried_again_and_told() {
    let room = Room::new();
    let other = full_at_the_end(&room);
    let outcome = room
        .engine
        .start(room.plan("dark", "50ms", 1))
        .unwrap()
        .wait();
    assert!(!room.off(0));
    assert_eq!(outcome.phase, Phase::Clean);
    let why = outcome.unwritten.unwrap().to_string();
    assert!(why.contains("no room"), "{why}");
    assert_eq!(room.store.runs().unwrap()[0].phase, Phase::Undoing);
    // The process lives on here; for a recovery it has to be gone.
    let run = &room.store.runs().unwrap()[0];
    let mut gone = run.owner.clone();
    gone.start += 1;
    assert!(room.store.take_over(&run.id, &run.owner, &gone).unwrap());
    other.execute_batch("DROP TRIGGER full").unwrap();
    let recovery = recover(&*room.store, room.engine.backends(), &[], false).unwrap();
    assert!(!recovery.is_dirty());
    assert_eq!(room.store.runs().unwrap()[0].phase, Phase::Clean);
}

#[test]
fn an_end_that_the_store_takes_later_is_written() {
    let room = Room::new();
    let other = full_at_the_end(&room);
    let options = EngineOptions {
        undo_retries: vec![Duration::from_millis(50); 100],
        ..quick()
    };
    let backends = Backends::new().with(room.lamp.clone());
    let engine = Engine::new(backends, room.store.clone(), options).unwrap();
    let run = engine.start(room.plan("dark", "50ms", 1)).unwrap();
    until(|| run.phase() == Phase::Undoing && !room.off(0));
    other.execute_batch("DROP TRIGGER full").unwrap();
    let outcome = run.wait();
    assert_eq!(outcome.unwritten, None);
    let runs = room.store.runs().unwrap();
    assert_eq!(
        (runs[0].phase, &runs[0].verdict),
        (Phase::Clean, &Some(Verdict::Completed))
    );
}

#[test]
fn what_a_dead_process_left_is_recovered_once() {
    let room = Room::new();
    let mut run = Run::new(room.plan("dark", "10m", 2));
    run.owner = ProcessIdentity {
        start: run.owner.start + 1,
        ..run.owner
    };
    room.store.begin(&run).unwrap();
    // It died after the second record, before the second fault.
    for step in 0..2_u32 {
        let record = UndoRecord {
            step,
            backend: "lamp".to_owned(),
            data: json!({"lamp": format!("lamp-{step}")}),
        };
        room.store.journal(&run.id, &record).unwrap();
    }
    std::fs::write(room.folder.path().join("lamp-0"), "off").unwrap();

    let rehearsal = recover(&*room.store, room.engine.backends(), &[], true).unwrap();
    assert_eq!(rehearsal.runs[0].would.len(), 2);
    assert!(room.off(0), "a rehearsal changes nothing");
    let recovery = recover(&*room.store, room.engine.backends(), &[], false).unwrap();
    let expected = [(1, Undone::AlreadyGone), (0, Undone::Reverted)];
    assert_eq!(recovery.runs[0].undone, expected);
    assert!(!room.off(0));
    assert_eq!(
        room.store.runs().unwrap()[0].verdict,
        Some(Verdict::Recovered)
    );
    assert!(
        recover(&*room.store, room.engine.backends(), &[], false)
            .unwrap()
            .runs
            .is_empty()
    );
}

#[test]
fn a_record_that_nobody_understands_is_dirt() {
    let room = Room::new();
    let mut run = Run::new(room.plan("dark", "10m", 1));
    run.owner.start += 1;
    room.store.begin(&run).unwrap();
    for (step, backend) in [(0, "lamp"), (1, "of-yesterday")] {
        let record = UndoRecord {
            step,
            backend: backend.to_owned(),
            data: json!({"torch": 1}),
        };
        room.store.journal(&run.id, &record).unwrap();
    }
    let recovery = recover(&*room.store, room.engine.backends(), &[], false).unwrap();
    assert!(recovery.is_dirty());
    assert_eq!(recovery.runs[0].left.len(), 2, "{recovery:?}");
    assert_eq!(room.store.runs().unwrap()[0].phase, Phase::Dirty);
}
