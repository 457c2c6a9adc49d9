//! `Workflow`: steps one after another, or at once.

use super::Ended;
use super::check::{Checked, StatusCheck};
use super::schedule::Schedule;
use super::stage::{Stage, earlier};
use super::task::Task;
use crate::event::AbortReason;
use crate::experiment::Experiment;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Steps in an order.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// Namespace and name.
    pub name: String,
    /// The first step.
    pub entry: String,
    /// All steps, by name. Every child that a step names is there, and no step is its own child.
    pub templates: BTreeMap<String, Template>,
}

/// A step.
#[derive(Debug, Clone)]
pub struct Template {
    /// From the start of the step until it is ended.
    pub deadline: Option<Duration>,
    /// Whether a failed check stops the whole workflow.
    pub abort_with_check: bool,
    /// What it does.
    pub body: Body,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Body {
    /// Its children, one after another.
    Serial(Vec<String>),
    /// Its children, at once.
    Parallel(Vec<String>),
    /// Nothing, until its deadline.
    Suspend,
    /// An experiment.
    Experiment(Box<Experiment>),
    /// Asks a service how it is.
    Check(Box<StatusCheck>),
    /// Starts children by the clock, until its deadline.
    Schedule(Box<Schedule>),
    /// Runs a command, and then those steps whose condition holds.
    Task(Box<Task>),
}

impl Body {
    /// Steps that it may start.
    pub(super) fn followers(&self) -> Vec<&str> {
        match self {
            Self::Serial(children) | Self::Parallel(children) => {
                children.iter().map(String::as_str).collect()
            }
            Self::Task(task) => task
                .branches
                .iter()
                .map(|one| one.target.as_str())
                .collect(),
            Self::Suspend | Self::Experiment(_) | Self::Check(_) | Self::Schedule(_) => Vec::new(),
        }
    }
}

impl Workflow {
    pub(super) fn experiments(&self) -> Vec<Experiment> {
        self.reachable()
            .into_iter()
            .flat_map(|template| match &template.body {
                Body::Experiment(experiment) => {
                    let mut experiment = experiment.as_ref().clone();
                    experiment.duration = experiment.duration.or(template.deadline);
                    vec![experiment]
                }
                Body::Task(task) => {
                    let mut experiment = task.experiment.clone();
                    experiment.duration = template.deadline;
                    vec![experiment]
                }
                Body::Schedule(schedule) => schedule.experiments(),
                Body::Serial(_) | Body::Parallel(_) | Body::Suspend | Body::Check(_) => Vec::new(),
            })
            .collect()
    }

    /// The steps that are started at all.
    fn reachable(&self) -> Vec<&Template> {
        let mut names = vec![self.entry.as_str()];
        let mut at = 0;
        while let Some(name) = names.get(at).copied() {
            at += 1;
            for child in self
                .templates
                .get(name)
                .into_iter()
                .flat_map(|template| template.body.followers())
            {
                if !names.contains(&child) {
                    names.push(child);
                }
            }
        }
        names
            .into_iter()
            .filter_map(|name| self.templates.get(name))
            .collect()
    }

    pub(super) fn run(&self, stage: &Stage<'_>, until: Option<Instant>) -> Ended {
        let numbers = AtomicU64::new(0);
        self.step(&self.entry, stage, until, &numbers)
    }

    /// Runs steps at once, and waits for all.
    fn at_once(
        &self,
        name: &str,
        children: &[&str],
        stage: &Stage<'_>,
        deadline: Option<Instant>,
        numbers: &AtomicU64,
    ) -> Ended {
        let mut ended = Ended::default();
        std::thread::scope(|scope| {
            let threads: Vec<_> = children
                .iter()
                .map(|child| scope.spawn(move || self.step(child, stage, deadline, numbers)))
                .collect();
            for thread in threads {
                match thread.join() {
                    Ok(child) => ended.and(child),
                    Err(_) => ended.failures.push(format!("{name}: a step failed")),
                }
            }
        });
        ended
    }

    /// Runs a step to its end, for no longer than its parent has time.
    fn step(
        &self,
        name: &str,
        stage: &Stage<'_>,
        parent: Option<Instant>,
        numbers: &AtomicU64,
    ) -> Ended {
        let mut ended = Ended::default();
        let Some(template) = self.templates.get(name) else {
            stage.fail(name, "there is no step of this name", &mut ended);
            return ended;
        };
        let own = template.deadline.map(|time| Instant::now() + time);
        let deadline = earlier(own, parent);
        let over = || deadline.is_some_and(|end| Instant::now() >= end);
        if stage.control.is_stopped() || over() {
            return ended;
        }
        stage.say(name, "begins");
        match &template.body {
            Body::Suspend => {
                stage.control.wait_until(deadline);
            }
            Body::Serial(children) => {
                for child in children {
                    if stage.control.is_stopped() || over() {
                        break;
                    }
                    ended.and(self.step(child, stage, deadline, numbers));
                }
            }
            Body::Parallel(children) => {
                let children: Vec<&str> = children.iter().map(String::as_str).collect();
                ended.and(self.at_once(name, &children, stage, deadline, numbers));
            }
            Body::Task(task) => {
                let most = deadline.map(|end| end.saturating_duration_since(Instant::now()));
                let number = numbers.fetch_add(1, Ordering::Relaxed);
                if let Some(end) = task.run(name, stage, number, most, &mut ended) {
                    let (code, stdout) = (end.exit_code, end.stdout.as_str());
                    let mut told = format!("exit code {code}");
                    if code != 0 && !end.complaint.is_empty() {
                        told.push_str(&format!(" ({})", end.complaint));
                    }
                    if end.dropped > 0 {
                        told.push_str(&format!(
                            "; its output was cut: conditions see the first {} bytes, {} more were dropped",
                            stdout.len(),
                            end.dropped
                        ));
                    }
                    let taken: Vec<&str> = task
                        .branches
                        .iter()
                        .filter(|branch| branch.when.holds(code, stdout))
                        .map(|branch| branch.target.as_str())
                        .collect();
                    if !task.branches.is_empty() {
                        let next = if taken.is_empty() {
                            "nothing".to_owned()
                        } else {
                            taken.join(", ")
                        };
                        told.push_str(&format!("; next: {next}"));
                    }
                    stage.say(name, told);
                    ended.and(self.at_once(name, &taken, stage, deadline, numbers));
                }
            }
            Body::Experiment(experiment) => {
                let most = deadline.map(|end| end.saturating_duration_since(Instant::now()));
                let number = numbers.fetch_add(1, Ordering::Relaxed);
                match stage.start(experiment, number, most) {
                    Ok(handle) => {
                        stage.finish(name, &handle, &mut ended);
                    }
                    Err(why) => stage.fail(name, &why, &mut ended),
                }
            }
            Body::Check(check) => match check.run(stage.control, deadline) {
                Checked::Passed => stage.say(name, "passed"),
                Checked::Open => stage.say(name, "ended before it was clear"),
                Checked::Failed(why) => {
                    stage.say(name, format!("failed: {why}"));
                    if template.abort_with_check {
                        stage.stop(&AbortReason::Guard(format!("status check {name}: {why}")));
                    }
                }
            },
            Body::Schedule(schedule) => ended.and(schedule.run(stage, deadline)),
        }
        let late = own.is_some_and(|end| Instant::now() >= end);
        stage.say(name, if late { "ends at its deadline" } else { "ends" });
        ended
    }
}
