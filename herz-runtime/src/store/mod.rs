//! Where runs are written down: journal, phases, events, samples.
//!
//! The journal is what keeps the promise «always undone»: an undo record is durable before its fault
//! is in the world. [`SqliteStore`] (feature `store`) is a file that people can query;
//! [`MemoryStore`] is enough for faults that end with the process.

mod memory;
#[cfg(feature = "store")]
mod sqlite;

pub use memory::MemoryStore;
#[cfg(feature = "store")]
pub use sqlite::{SCHEMA, SqliteStore};

use crate::event::{Event, Phase, Verdict};
use crate::identity::ProcessIdentity;
use crate::plan::Plan;
use crate::time::Instant;
use crate::undo::UndoRecord;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place where runs are written down.
pub trait Store: Send + Sync {
    /// Whether what is in the journal is still there after the process was killed.
    fn is_durable(&self) -> bool;

    /// Writes down a run before anything of it is done.
    fn begin(&self, run: &Run) -> Result<(), StoreError>;

    /// Writes an undo record, or replaces the one of the same step. Durable when it returns.
    fn journal(&self, run: &str, record: &UndoRecord) -> Result<(), StoreError>;

    /// Marks the undo record of a step: its fault is gone.
    fn undone(&self, run: &str, step: u32) -> Result<(), StoreError>;

    /// Writes down where a run stands.
    fn phase(&self, run: &str, phase: Phase, verdict: Option<&Verdict>) -> Result<(), StoreError>;

    /// Writes down an event, and the samples in it.
    fn event(&self, event: &Event) -> Result<(), StoreError>;

    /// All runs, the oldest first.
    fn runs(&self) -> Result<Vec<Run>, StoreError>;

    /// The undo records of a run, in the order of their steps.
    fn records(&self, run: &str) -> Result<Vec<Journaled>, StoreError>;

    /// The events of a run, in order.
    fn events(&self, run: &str) -> Result<Vec<Event>, StoreError>;

    /// Takes over a run from a process that is gone. False if somebody else was faster.
    fn take_over(
        &self,
        run: &str,
        from: &ProcessIdentity,
        to: &ProcessIdentity,
    ) -> Result<bool, StoreError>;

    /// Asks the process that runs a run to end it: `herz abort` of another process.
    fn ask_abort(&self, run: &str, reason: &str) -> Result<(), StoreError>;

    /// Whether a run was asked to end, and why.
    fn abort_asked(&self, run: &str) -> Result<Option<String>, StoreError>;
}

/// A run as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its id, unique in the store.
    pub id: String,
    /// What is done.
    pub plan: Plan,
    /// The process that does it.
    pub owner: ProcessIdentity,
    /// When it began.
    pub started: Instant,
    /// When it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Instant>,
    /// Where it stands.
    pub phase: Phase,
    /// Why it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

impl Run {
    /// A run of this process that begins now.
    pub fn new(plan: Plan) -> Self {
        let started = Instant::now();
        Self {
            id: fresh_id(&plan, started),
            plan,
            owner: ProcessIdentity::own(),
            started,
            ended: None,
            phase: Phase::Planned,
            verdict: None,
        }
    }
}

/// Name of the experiment, and a few characters that make it unique: `slow-payment-3k9q2f`.
fn fresh_id(plan: &Plan, started: Instant) -> String {
    const LETTERS: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut random = crate::selector::Random::new(
        crate::selector::Random::fresh_seed() ^ started.0.unsigned_abs(),
    );
    let tail: String = (0..6)
        .filter_map(|_| {
            let at = usize::try_from(random.below(32)).ok()?;
            LETTERS.get(at).map(|letter| char::from(*letter))
        })
        .collect();
    format!("{}-{tail}", plan.experiment.name)
}

/// An undo record, and whether its fault is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Journaled {
    /// The record.
    pub record: UndoRecord,
    /// Whether it was undone.
    pub undone: bool,
}

/// The store can't do what it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// What sort of trouble it is.
    pub kind: StoreTrouble,
    /// What was tried, and why it failed.
    pub message: String,
}

/// Sorts of trouble with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreTrouble {
    /// It is damaged: something was written and can't be read any more.
    Damaged,
    /// Nothing can be written: no space, no permission.
    Unwritable,
    /// It was written by a newer release.
    Newer,
    /// It has no such run.
    Unknown,
    /// Anything else.
    Other,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StoreError {}
