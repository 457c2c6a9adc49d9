//! The store: durable, and never silent about damage.

mod lamp;

use herz_runtime::backend::Backends;
use herz_runtime::store::{Run, SqliteStore, Store, StoreTrouble};
use herz_runtime::undo::UndoRecord;
use herz_runtime::{Engine, EngineOptions, Plan, PlanOptions, plan};
use lamp::{Lamp, lamps, named};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::Arc;

#[allow(clippy::unwrap_used, reason = "a test's helper")]
fn a_plan(folder: &Path, count: usize) -> (Plan, Backends) {
    let lamp = Lamp {
        folder: folder.to_owned(),
        ..Lamp::default()
    };
    let backends = Backends::new().with(lamp);
    let experiment = named("dark", &json!({"duration": "10m"}));
    let plan = plan(
        &experiment,
        &lamps(count),
        &backends,
        &PlanOptions::default(),
    )
    .unwrap();
    (plan, backends)
}

fn record(step: u32) -> UndoRecord {
    UndoRecord {
        step,
        backend: "lamp".to_owned(),
        data: json!({"lamp": format!("lamp-{step}"), "padding": "x".repeat(500)}),
    }
}

#[test]
fn another_process_reads_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/down/runs.db");
    let store = SqliteStore::open(&path).unwrap();
    let (plan, _) = a_plan(folder.path(), 1);
    let run = Run::new(plan);
    store.begin(&run).unwrap();
    store.journal(&run.id, &record(0)).unwrap();
    // As after kill -9: the first connection is never closed.
    let other = SqliteStore::open(&path).unwrap();
    assert_eq!(other.runs().unwrap(), std::slice::from_ref(&run));
    assert_eq!(other.records(&run.id).unwrap()[0].record, record(0));
    assert!(other.take_over(&run.id, &run.owner, &run.owner).unwrap());
    let somebody = herz_runtime::identity::ProcessIdentity {
        start: 1,
        ..run.owner.clone()
    };
    assert!(!other.take_over(&run.id, &somebody, &run.owner).unwrap());
}

#[test]
fn a_truncated_store_is_an_error_wherever_it_was_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("runs.db");
    {
        let store = SqliteStore::open(&path).unwrap();
        let run = Run::new(a_plan(folder.path(), 20).0);
        store.begin(&run).unwrap();
        for step in 0..20 {
            store.journal(&run.id, &record(step)).unwrap();
        }
    }
    let whole = fs::read(&path).unwrap();
    assert!(whole.len() > 20 * 500, "the journal is in the main file");
    let mut seen = 0;
    for cut in (0..whole.len()).step_by(1531) {
        let cut_path = folder.path().join(format!("cut-{cut}.db"));
        fs::write(&cut_path, &whole[..cut]).unwrap();
        let result = SqliteStore::open(&cut_path).and_then(|store| {
            let runs = store.runs()?;
            runs.iter()
                .try_for_each(|run| store.records(&run.id).map(|_| ()))
        });
        let error = result.expect_err("a truncated store was taken for whole");
        assert_eq!(error.kind, StoreTrouble::Damaged, "cut at {cut}: {error}");
        assert!(
            error.message.contains("may still be in the world"),
            "{error}"
        );
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn changed_bytes_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("runs.db");
    let run = Run::new(a_plan(folder.path(), 1).0);
    {
        let store = SqliteStore::open(&path).unwrap();
        store.begin(&run).unwrap();
        store.journal(&run.id, &record(0)).unwrap();
    }
    let mut bytes = fs::read(&path).unwrap();
    let wanted = b"{\"lamp\":\"lamp-0\"";
    let at = bytes
        .windows(wanted.len())
        .rposition(|window| window == wanted)
        .unwrap();
    bytes[at + 14] = b'7';
    fs::write(&path, &bytes).unwrap();
    let error = SqliteStore::open(&path)
        .unwrap()
        .records(&run.id)
        .unwrap_err();
    assert_eq!(error.kind, StoreTrouble::Damaged);
    assert!(error.message.contains("step 0"), "{error}");

    fs::write(&path, "no database at all, but long enough to be looked at").unwrap();
    assert_eq!(
        SqliteStore::open(&path).unwrap_err().kind,
        StoreTrouble::Damaged
    );
    fs::write(&path, "").unwrap();
    assert_eq!(
        SqliteStore::open(&path).unwrap_err().kind,
        StoreTrouble::Damaged
    );
}

#[test]
fn without_a_journal_nothing_is_injected() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, backends) = a_plan(folder.path(), 1);
    // A file where the folder should be: nobody can write there, not even root.
    let blocked = folder.path().join("blocked");
    fs::write(&blocked, "").unwrap();
    let error = SqliteStore::open(blocked.join("runs.db")).unwrap_err();
    assert_eq!(error.kind, StoreTrouble::Unwritable);

    // The disk is full: first for the undo record, then for the run itself.
    for full in ["journal", "runs"] {
        let path = folder.path().join(format!("{full}.db"));
        let store = Arc::new(SqliteStore::open(&path).unwrap());
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch(&format!(
                "CREATE TRIGGER full BEFORE INSERT ON {full}
                 BEGIN SELECT raise(ABORT, 'database or disk is full'); END"
            ))
            .unwrap();
        let engine = Engine::new(backends.clone(), store, EngineOptions::default()).unwrap();
        match engine.start(plan.clone()) {
            Ok(run) => {
                let outcome = run.wait();
                assert_eq!(full, "journal");
                assert!(
                    outcome.verdict.to_string().contains("disk is full"),
                    "{outcome:?}"
                );
            }
            Err(refused) => {
                assert_eq!(full, "runs");
                assert!(refused.to_string().contains("disk is full"), "{refused}");
            }
        }
        assert!(!folder.path().join("lamp-0").exists());
    }
}
