//! What a program runs on.

use super::Ended;
use super::control::Control;
use super::task::Tasks;
use crate::engine::{Engine, Outcome, RunHandle};
use crate::event::{AbortReason, Phase};
use crate::experiment::Experiment;
use crate::inventory::Inventory;
use crate::plan::{PlanOptions, plan};
use crate::time;
use std::time::{Duration, Instant};

/// Engine, targets, and somebody who listens.
pub struct Stage<'a> {
    /// Runs the children.
    pub engine: &'a Engine,
    /// What there is to hit. Each child picks anew.
    pub inventory: &'a Inventory,
    /// How children are planned. A seed is the start of the seeds of all of them.
    pub options: PlanOptions,
    /// Tells how tasks ended; without it there are none.
    pub tasks: Option<&'a dyn Tasks>,
    /// Ends it all.
    pub control: &'a Control,
    /// Hears what happens between runs.
    pub tell: &'a (dyn Fn(Notice) + Sync),
}

/// Something that a program did, or did not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// When.
    pub at: time::Instant,
    /// Who: the name of a schedule or of a step.
    pub who: String,
    /// What, in one sentence.
    pub what: String,
}

impl std::fmt::Debug for Stage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").finish_non_exhaustive()
    }
}

impl Stage<'_> {
    pub(super) fn say(&self, who: &str, what: impl Into<String>) {
        (self.tell)(Notice {
            at: time::Instant::now(),
            who: who.to_owned(),
            what: what.into(),
        });
    }

    /// Stops everything: no child starts any more, and those that go on are undone.
    pub(super) fn stop(&self, reason: &AbortReason) {
        self.control.stop(reason.clone());
        self.engine.abort_all(reason);
    }

    /// Plans an experiment as the world is now, and starts it, for no longer than `most`.
    pub(super) fn start(
        &self,
        experiment: &Experiment,
        number: u64,
        most: Option<Duration>,
    ) -> Result<RunHandle, String> {
        let mut options = self.options.clone();
        options.duration = options.duration.or(most);
        options.max_duration = match (options.max_duration, most) {
            (Some(max), Some(most)) => Some(max.min(most)),
            (max, most) => max.or(most),
        };
        options.seed = options.seed.map(|seed| seed.wrapping_add(number));
        let backends = self.engine.backends();
        let plan = plan(experiment, self.inventory, backends, &options).map_err(|refused| {
            let words: Vec<String> = refused.iter().map(ToString::to_string).collect();
            words.join("; ")
        })?;
        let handle = self.engine.start(plan).map_err(|error| error.to_string())?;
        // Who stopped the program has not seen this run.
        if let Some(reason) = self.control.reason() {
            handle.abort(reason);
        }
        Ok(handle)
    }

    /// Waits for a run, and notes how it ended.
    pub(super) fn finish(&self, who: &str, handle: &RunHandle, ended: &mut Ended) -> Outcome {
        let outcome = handle.wait();
        self.say(
            who,
            format!("{}: {}; {}", handle.id(), outcome.verdict, outcome.phase),
        );
        if outcome.phase == Phase::Dirty {
            let reason = AbortReason::Guard(format!("{} could not be undone", handle.id()));
            self.stop(&reason);
        }
        ended.runs.push((handle.id().to_owned(), outcome.clone()));
        outcome
    }

    /// Notes what could not be started.
    pub(super) fn fail(&self, who: &str, why: &str, ended: &mut Ended) {
        self.say(who, format!("could not be started: {why}"));
        ended.failures.push(format!("{who}: {why}"));
    }
}

/// The earlier of two ends.
pub(super) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    [one, other].into_iter().flatten().min()
}
