//! A store that is gone with the process.

use super::{Journaled, Run, Store, StoreError, StoreTrouble};
use crate::event::{Event, Phase, Verdict};
use crate::identity::ProcessIdentity;
use crate::time::Instant;
use crate::undo::UndoRecord;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A store in memory, for faults that end with the process. It keeps the last thousand runs and, of
/// each, the last ten thousand events.
#[derive(Debug, Default)]
pub struct MemoryStore {
    runs: Mutex<Vec<Kept>>,
}

#[derive(Debug)]
struct Kept {
    run: Run,
    records: Vec<Journaled>,
    events: Vec<Event>,
    abort: Option<String>,
}

const RUNS: usize = 1000;
const EVENTS: usize = 10_000;

impl MemoryStore {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kept>> {
        // A panic of another thread can't leave a list half changed.
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, run: &str, change: impl FnOnce(&mut Kept) -> T) -> Result<T, StoreError> {
        self.lock()
            .iter_mut()
            .find(|kept| kept.run.id == run)
            .map(change)
            .ok_or_else(|| StoreError {
                kind: StoreTrouble::Unknown,
                message: format!("there is no run `{run}`"),
            })
    }
}

impl Store for MemoryStore {
    fn is_durable(&self) -> bool {
        false
    }

    fn begin(&self, run: &Run) -> Result<(), StoreError> {
        let mut runs = self.lock();
        if runs.len() >= RUNS {
            let over = runs.iter().position(|kept| kept.run.phase.is_over());
            if let Some(over) = over {
                runs.remove(over);
            }
        }
        runs.push(Kept {
            run: run.clone(),
            records: Vec::new(),
            events: Vec::new(),
            abort: None,
        });
        Ok(())
    }

    fn journal(&self, run: &str, record: &UndoRecord) -> Result<(), StoreError> {
        self.with(run, |kept| {
            kept.records.retain(|one| one.record.step != record.step);
            kept.records.push(Journaled {
                record: record.clone(),
                undone: false,
            });
            kept.records.sort_by_key(|one| one.record.step);
        })
    }

    fn undone(&self, run: &str, step: u32) -> Result<(), StoreError> {
        self.with(run, |kept| {
            for one in &mut kept.records {
                one.undone |= one.record.step == step;
            }
        })
    }

    fn phase(&self, run: &str, phase: Phase, verdict: Option<&Verdict>) -> Result<(), StoreError> {
        self.with(run, |kept| {
            kept.run.phase = phase;
            kept.run.ended = phase.is_over().then(Instant::now);
            if let Some(verdict) = verdict {
                kept.run.verdict = Some(verdict.clone());
            }
        })
    }

    fn event(&self, event: &Event) -> Result<(), StoreError> {
        self.with(&event.run, |kept| {
            if kept.events.len() >= EVENTS {
                kept.events.remove(0);
            }
            kept.events.push(event.clone());
        })
    }

    fn runs(&self) -> Result<Vec<Run>, StoreError> {
        Ok(self.lock().iter().map(|kept| kept.run.clone()).collect())
    }

    fn records(&self, run: &str) -> Result<Vec<Journaled>, StoreError> {
        self.with(run, |kept| kept.records.clone())
    }

    fn events(&self, run: &str) -> Result<Vec<Event>, StoreError> {
        self.with(run, |kept| kept.events.clone())
    }

    fn take_over(
        &self,
        run: &str,
        from: &ProcessIdentity,
        to: &ProcessIdentity,
    ) -> Result<bool, StoreError> {
        self.with(run, |kept| {
            let ours = kept.run.owner == *from;
            if ours {
                kept.run.owner = to.clone();
            }
            ours
        })
    }

    fn ask_abort(&self, run: &str, reason: &str) -> Result<(), StoreError> {
        self.with(run, |kept| kept.abort = Some(reason.to_owned()))
    }

    fn abort_asked(&self, run: &str) -> Result<Option<String>, StoreError> {
        self.with(run, |kept| kept.abort.clone())
    }
}
