//! Experiments in an order: `Schedule` starts them again and again, `Workflow` one after another or at
//! once. Both mean here what they mean on Chaos Mesh.
//!
//! A `Task`, which is a container there, is a process here. What only a cluster can do is refused when
//! the document is read.

mod calendar;
mod check;
mod control;
mod cron;
mod expression;
mod read;
mod schedule;
mod stage;
pub mod task;
mod workflow;

pub use check::{Criteria, StatusCheck};
pub use control::Control;
pub use cron::next;
pub use expression::Expression;
pub use schedule::Schedule;
pub use stage::{Notice, Stage};
pub use task::{Branch, Task, TaskEnd, Tasks};
pub use workflow::{Body, Template, Workflow};

use crate::engine::Outcome;
use crate::event::AbortReason;
use crate::experiment::{Experiment, NotAnExperiment};
use serde_json::Value as Json;
use std::time::Instant;

/// A document that orders experiments.
#[derive(Debug, Clone)]
pub enum Program {
    /// Starts a child by the clock.
    Schedule(Schedule),
    /// Starts children in an order.
    Workflow(Workflow),
}

/// How a program ended.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ended {
    /// Runs that it started, with their ends.
    pub runs: Vec<(String, Outcome)>,
    /// What could not be started, and why.
    pub failures: Vec<String>,
    /// Why it ended early.
    pub stopped: Option<AbortReason>,
}

impl Ended {
    fn and(&mut self, other: Self) {
        self.runs.extend(other.runs);
        self.failures.extend(other.failures);
    }
}

impl Program {
    /// Of a document as JSON; nothing if its kind orders no experiments.
    pub fn from_json(document: &Json) -> Result<Option<Self>, NotAnExperiment> {
        match document.get("kind").and_then(Json::as_str) {
            Some("Schedule") => read::schedule(document).map(|found| Some(Self::Schedule(found))),
            Some("Workflow") => read::workflow(document).map(|found| Some(Self::Workflow(found))),
            _ => Ok(None),
        }
    }

    /// What it is: `Workflow shop/outage`.
    pub fn title(&self) -> String {
        match self {
            Self::Schedule(schedule) => format!("Schedule {}", schedule.name),
            Self::Workflow(workflow) => format!("Workflow {}", workflow.name),
        }
    }

    /// Every experiment that it may start, as it would start it: to plan them all before anything is
    /// done.
    pub fn experiments(&self) -> Vec<Experiment> {
        match self {
            Self::Schedule(schedule) => schedule.experiments(),
            Self::Workflow(workflow) => workflow.experiments(),
        }
    }

    /// Runs it to its end; a schedule's is when somebody stops it, or `until`. When this returns,
    /// everything is undone, or told to be dirty.
    pub fn run(&self, stage: &Stage<'_>, until: Option<Instant>) -> Ended {
        let mut ended = match self {
            Self::Schedule(schedule) => schedule.run(stage, until),
            Self::Workflow(workflow) => workflow.run(stage, until),
        };
        ended.stopped = stage.control.reason();
        ended
    }
}
