//! `Task`: a command whose exit code and output decide which steps come next.
//!
//! On Chaos Mesh it is a container. Here its command runs as a process of this machine, by a backend that
//! does so only with consent; nothing is pulled, and the image is only a name. The process is a step of a
//! run like a fault: it is in the journal, and killed at deadline, abort and recovery.

use super::expression::Expression;
use super::stage::Stage;
use crate::engine::Outcome;
use crate::experiment::Experiment;
use serde_json::Value as Json;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The kind of the experiment that a task is run as.
pub const KIND: &str = "Task";
/// Key in its spec: under which name its backend tells how it ended.
pub const TICKET: &str = "ticket";

/// A task and what follows it.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its process.
    pub experiment: Experiment,
    /// What comes next.
    pub branches: Vec<Branch>,
}

/// A step that comes next if a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The step.
    pub target: String,
    /// The condition.
    pub when: Expression,
}

/// How a task's process ended by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskEnd {
    /// Its exit code; 128 and the signal, if one ended it.
    pub exit_code: i64,
    /// What it wrote, without space around it.
    pub stdout: String,
    /// Bytes that it wrote after those that are kept in `stdout`: no condition sees them.
    pub dropped: u64,
    /// The last line of its complaints, for people.
    pub complaint: String,
}

/// Who runs tasks, as workflows ask them.
pub trait Tasks: Send + Sync {
    /// How the task of this ticket ended by itself; nothing as long as it runs, or if it was killed.
    /// Given once.
    fn ended(&self, ticket: &str) -> Option<TaskEnd>;
}

impl Task {
    /// The experiment as it is started: under a ticket that no other task has.
    pub(super) fn ticketed(&self) -> (Experiment, String) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let own = crate::identity::ProcessIdentity::own();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let ticket = format!("{}-{}-{number}", own.pid, own.start);
        let mut experiment = self.experiment.clone();
        if let Some(spec) = experiment.spec.as_object_mut() {
            spec.insert(TICKET.to_owned(), Json::String(ticket.clone()));
        }
        (experiment, ticket)
    }

    /// Runs it; gives how it ended, unless it was killed or could not be started.
    pub(super) fn run(
        &self,
        name: &str,
        stage: &Stage<'_>,
        number: u64,
        most: Option<Duration>,
        ended: &mut super::Ended,
    ) -> Option<TaskEnd> {
        const LOOK: Duration = Duration::from_millis(5);
        let Some(tasks) = stage.tasks else {
            stage.fail(name, "nobody here runs tasks", ended);
            return None;
        };
        let (experiment, ticket) = self.ticketed();
        let handle = match stage.start(&experiment, number, most) {
            Ok(handle) => handle,
            Err(why) => {
                stage.fail(name, &why, ended);
                return None;
            }
        };
        let mut end = None;
        while end.is_none() && !handle.phase().is_over() {
            end = tasks.ended(&ticket);
            if end.is_none() {
                stage.control.wait_until(Some(Instant::now() + LOOK));
                if stage.control.is_stopped() {
                    break;
                }
            }
        }
        if end.is_some() {
            handle.end();
        }
        let clean = |outcome: &Outcome| outcome.phase == crate::event::Phase::Clean;
        let outcome = stage.finish(name, &handle, ended);
        end.filter(|_| clean(&outcome))
    }
}
