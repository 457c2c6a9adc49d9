//! Undoes what a dead process left.

use super::undoing::{self, undo};
use crate::backend::Backends;
use crate::event::{Event, Phase, Verdict, What};
use crate::identity::ProcessIdentity;
use crate::store::{Run, Store, StoreError};
use crate::time;
use crate::undo::{Leftover, Undone};
use std::time::{Duration, Instant};

/// What became of the runs that were not over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recovery {
    /// Each of them.
    pub runs: Vec<Recovered>,
}

impl Recovery {
    /// Whether something may still be in the world.
    pub fn is_dirty(&self) -> bool {
        self.runs.iter().any(|run| !run.left.is_empty())
    }
}

/// What became of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Recovered {
    /// Its id.
    pub run: String,
    /// What it did: `NetworkChaos shop/slow`.
    pub title: String,
    /// The process that still runs it; it was left alone then.
    pub alive: Option<ProcessIdentity>,
    /// Steps that were undone, and how.
    pub undone: Vec<(u32, Undone)>,
    /// Steps that would be undone, if this were no rehearsal.
    pub would: Vec<String>,
    /// What is still there.
    pub left: Vec<Leftover>,
}

/// Undoes what dead processes left, and looks whether it worked. Can be done again and again, by
/// several processes at once: each run is taken over by one of them.
///
/// Runs whose process is alive are left alone. With `rehearse` nothing is changed.
pub fn recover(
    store: &dyn Store,
    backends: &Backends,
    pauses: &[Duration],
    rehearse: bool,
) -> Result<Recovery, StoreError> {
    let own = ProcessIdentity::own();
    let mut recovery = Recovery::default();
    for run in store.runs()? {
        if run.phase == Phase::Clean {
            continue;
        }
        let mut recovered = Recovered {
            run: run.id.clone(),
            title: run.plan.experiment.title(),
            alive: None,
            undone: Vec::new(),
            would: Vec::new(),
            left: Vec::new(),
        };
        // A dirty run is over: its process has given up, even if it lives on.
        if run.owner.is_alive() && run.phase != Phase::Dirty {
            recovered.alive = Some(run.owner);
            recovery.runs.push(recovered);
            continue;
        }
        if rehearse {
            recovered.would = store
                .records(&run.id)?
                .into_iter()
                .rev()
                .filter(|one| !one.undone)
                .map(|one| planned_undo(&run, one.record.step))
                .collect();
        } else {
            if run.owner != own && !store.take_over(&run.id, &run.owner, &own)? {
                continue;
            }
            undo_run(store, backends, pauses, &run, &mut recovered)?;
        }
        recovery.runs.push(recovered);
    }
    Ok(recovery)
}

fn planned_undo(run: &Run, step: u32) -> String {
    run.plan
        .steps
        .iter()
        .find(|one| one.id == step)
        .map_or_else(
            || format!("step {step}"),
            |one| format!("{}: {}", one.target, one.undo),
        )
}

fn undo_run(
    store: &dyn Store,
    backends: &Backends,
    pauses: &[Duration],
    run: &Run,
    recovered: &mut Recovered,
) -> Result<(), StoreError> {
    let say = |what: What| {
        store.event(&Event {
            run: run.id.clone(),
            at: time::Instant::now(),
            what,
        })
    };
    store.phase(&run.id, Phase::Undoing, None)?;
    say(What::Phase {
        phase: Phase::Undoing,
    })?;
    for one in store.records(&run.id)?.into_iter().rev() {
        if one.undone {
            continue;
        }
        let step = one.record.step;
        let begun = Instant::now();
        match undo(backends, &one.record, None, pauses) {
            undoing::Result::Clean(undone) => {
                store.undone(&run.id, step)?;
                say(What::Undone {
                    step,
                    undone: undone.clone(),
                    took: begun.elapsed(),
                    late: Duration::ZERO,
                })?;
                recovered.undone.push((step, undone));
            }
            undoing::Result::Dirty(left) => {
                say(What::Dirty {
                    step,
                    left: left.clone(),
                })?;
                recovered.left.extend(left);
            }
        }
    }
    let phase = if recovered.left.is_empty() {
        Phase::Clean
    } else {
        Phase::Dirty
    };
    // A run that ended by itself and was dirty keeps its verdict.
    let verdict = run.verdict.clone().unwrap_or(Verdict::Recovered);
    say(What::Ended {
        verdict: verdict.clone(),
    })?;
    store.phase(&run.id, phase, Some(&verdict))?;
    say(What::Phase { phase })
}
