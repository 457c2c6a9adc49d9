//! A run as its starter holds it.

use super::run::Command;
use super::{Outcome, Shared};
use crate::event::{AbortReason, Phase};
use std::sync::mpsc::Sender;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

/// A run that was started. Dropping the handle changes nothing.
#[derive(Debug, Clone)]
pub struct RunHandle {
    id: String,
    mailbox: Sender<Command>,
    shared: Arc<Shared>,
}

impl RunHandle {
    pub(super) const fn new(id: String, mailbox: Sender<Command>, shared: Arc<Shared>) -> Self {
        Self {
            id,
            mailbox,
            shared,
        }
    }

    /// Its id in the store.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Ends it: everything is undone.
    pub fn abort(&self, reason: AbortReason) {
        let _ = self.mailbox.send(Command::Abort(reason, Instant::now()));
    }

    /// Ends it as if its time were over: it is completed, and everything is undone.
    pub fn end(&self) {
        let _ = self.mailbox.send(Command::End(Instant::now()));
    }

    /// Takes its faults back for a while. Its time goes on, as on Chaos Mesh.
    pub fn pause(&self) {
        let _ = self.mailbox.send(Command::Pause);
    }

    /// Brings its faults back.
    pub fn resume(&self) {
        let _ = self.mailbox.send(Command::Resume);
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        let live = self.shared.live();
        match (live.runs.get(&self.id), live.over.get(&self.id)) {
            (Some(run), _) => run.phase,
            (None, Some(outcome)) => outcome.phase,
            (None, None) => Phase::Planned,
        }
    }

    /// Waits until it is over.
    pub fn wait(&self) -> Outcome {
        let mut live = self.shared.live();
        loop {
            if let Some(outcome) = live.over.get(&self.id) {
                return outcome.clone();
            }
            live = self
                .shared
                .over
                .wait(live)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
