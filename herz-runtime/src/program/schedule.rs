//! `Schedule`: starts a child whenever its time comes.

use super::cron::next;
use super::stage::{Stage, earlier};
use super::workflow::Workflow;
use super::{Ended, control::Control};
use crate::engine::RunHandle;
use crate::experiment::Experiment;
use crate::time;
use herz::scalar::Cron;
use std::time::{Duration, Instant};

/// More starts than this that were missed at once are an error, as on Chaos Mesh.
const MISSED: usize = 100;

/// Starts a child by the clock.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Namespace and name.
    pub name: String,
    /// When.
    pub cron: Cron,
    /// What.
    pub child: Child,
    /// Whether a start is skipped while a child goes on.
    pub forbid: bool,
    /// A start that is later than this is skipped.
    pub starting_deadline: Option<Duration>,
}

/// What a schedule starts.
#[derive(Debug, Clone)]
pub enum Child {
    /// An experiment.
    Experiment(Box<Experiment>),
    /// A workflow.
    Workflow(Box<Workflow>),
}

/// A child that goes on.
enum Going<'scope> {
    Run(RunHandle),
    Workflow(std::thread::ScopedJoinHandle<'scope, Ended>),
}

impl Going<'_> {
    fn is_over(&self) -> bool {
        match self {
            Self::Run(handle) => handle.phase().is_over(),
            Self::Workflow(thread) => thread.is_finished(),
        }
    }
}

impl Schedule {
    pub(super) fn experiments(&self) -> Vec<Experiment> {
        match &self.child {
            Child::Experiment(experiment) => vec![experiment.as_ref().clone()],
            Child::Workflow(workflow) => workflow.experiments(),
        }
    }

    pub(super) fn run(&self, stage: &Stage<'_>, until: Option<Instant>) -> Ended {
        std::thread::scope(|scope| {
            let mut ended = Ended::default();
            let mut going: Vec<Going<'_>> = Vec::new();
            let mut last = time::Instant::now();
            for number in 0_u64.. {
                let Some(due) = next(&self.cron, last) else {
                    stage.say(&self.name, "it never fires");
                    break;
                };
                if wait(stage.control, due, until) {
                    break;
                }
                let Some(newest) = self.newest(due, stage, &mut ended) else {
                    break;
                };
                last = newest;
                let late = time::Instant::now().since(newest);
                if self
                    .starting_deadline
                    .is_some_and(|deadline| late > deadline)
                {
                    let late = time::text(late);
                    stage.say(
                        &self.name,
                        format!("missed a start: it would be {late} late"),
                    );
                    continue;
                }
                self.collect(&mut going, stage, &mut ended, false);
                if self.forbid && !going.is_empty() {
                    stage.say(
                        &self.name,
                        "skipped a start: a child is not finished (Forbid)",
                    );
                    continue;
                }
                match &self.child {
                    Child::Experiment(experiment) => {
                        let most = until.map(|end| end.saturating_duration_since(Instant::now()));
                        match stage.start(experiment, number, most) {
                            Ok(handle) => {
                                stage.say(&self.name, format!("started {}", handle.id()));
                                going.push(Going::Run(handle));
                            }
                            Err(why) => stage.fail(&self.name, &why, &mut ended),
                        }
                    }
                    Child::Workflow(workflow) => {
                        stage.say(
                            &self.name,
                            format!("started the workflow {}", workflow.name),
                        );
                        let run = move || workflow.run(stage, until);
                        going.push(Going::Workflow(scope.spawn(run)));
                    }
                }
            }
            self.collect(&mut going, stage, &mut ended, true);
            ended
        })
    }

    /// The newest start that is due by now: of several that were missed, as after a sleep of the
    /// machine, only the last is made up for.
    fn newest(
        &self,
        due: time::Instant,
        stage: &Stage<'_>,
        ended: &mut Ended,
    ) -> Option<time::Instant> {
        let (mut newest, mut missed) = (due, 0);
        while let Some(later) = next(&self.cron, newest).filter(|at| *at <= time::Instant::now()) {
            newest = later;
            missed += 1;
            if missed > MISSED {
                let why = format!("too many missed starts (more than {MISSED})");
                stage.fail(&self.name, &why, ended);
                return None;
            }
        }
        if missed > 0 {
            stage.say(&self.name, format!("missed {missed} starts"));
        }
        Some(newest)
    }

    /// Notes the ends of children; of all of them, or of those that are over.
    fn collect(&self, going: &mut Vec<Going<'_>>, stage: &Stage<'_>, ended: &mut Ended, all: bool) {
        let (over, rest) = std::mem::take(going)
            .into_iter()
            .partition(|one| all || one.is_over());
        *going = rest;
        let over: Vec<Going<'_>> = over;
        for one in over {
            match one {
                Going::Run(handle) => {
                    stage.finish(&self.name, &handle, ended);
                }
                Going::Workflow(thread) => match thread.join() {
                    Ok(child) => ended.and(child),
                    Err(_) => ended
                        .failures
                        .push(format!("{}: a workflow failed", self.name)),
                },
            }
        }
    }
}

/// Waits for a point of wall-clock time; true if the schedule ends before. Clocks are set: it looks
/// at least every ten seconds.
fn wait(control: &Control, due: time::Instant, until: Option<Instant>) -> bool {
    loop {
        if until.is_some_and(|until| Instant::now() >= until) {
            return true;
        }
        let left = due.since(time::Instant::now());
        if left.is_zero() {
            return control.is_stopped();
        }
        let wake = Instant::now() + left.min(Duration::from_secs(10));
        if control.wait_until(earlier(Some(wake), until)) {
            return true;
        }
    }
}
