//! A run as people want to see it afterwards: what was asked for, what was seen, and the proof that it
//! was undone.

mod html;
mod junit;
mod markdown;
mod svg;

use crate::event::{Event, Phase, Verdict, What};
use crate::store::Run;
use crate::time::{self, Instant};
use crate::undo::{Leftover, Undone};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// A run, summed up.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Version of this form.
    pub schema_version: u32,
    /// Id of the run.
    pub run: String,
    /// What it was: `HTTPChaos shop/slow`.
    pub title: String,
    /// Where it stands.
    pub phase: Phase,
    /// Why it ended; absent while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// When it began.
    pub started: String,
    /// When it was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// How long the faults were asked to last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// Start of random choices.
    pub seed: u64,
    /// Hash of the plan.
    pub plan: String,
    /// Its steps.
    pub steps: Vec<StepReport>,
    /// What probes saw.
    pub probes: Vec<ProbeReport>,
    /// All that happened, in order.
    pub timeline: Vec<Line>,
    /// When the injection and the undo began, in seconds from the start; for charts.
    #[serde(skip)]
    held: (Option<f64>, Option<f64>),
}

/// What became of one step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    /// Its number.
    pub step: u32,
    /// Whom it hit.
    pub target: String,
    /// What was done.
    pub what: String,
    /// Who did it.
    pub backend: String,
    /// How an outsider sees it.
    pub witness: String,
    /// How long the injection took; absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injected_in: Option<String>,
    /// How much later than planned it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// How it was undone, and in which time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<Undo>,
    /// What is still in the world.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Leftover>,
    /// Asked against observed.
    pub measures: Vec<MeasureReport>,
    /// Whether it was a single act, which nothing undoes.
    pub instant: bool,
}

/// How a step was undone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Undo {
    /// How it went.
    #[serde(flatten)]
    pub undone: Undone,
    /// How long it took, with looking whether the world is as before.
    pub took: String,
}

/// One quantity over the run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MeasureReport {
    /// What it is.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What was asked for at the end.
    pub asked: f64,
    /// What was seen at the end.
    pub observed: f64,
    /// All samples: seconds from the start, asked, observed.
    pub samples: Vec<(f64, f64, f64)>,
}

/// What one probe saw.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProbeReport {
    /// Its name.
    pub name: String,
    /// Before the fault.
    pub before: Window,
    /// While it was there.
    pub during: Window,
    /// After everything was undone.
    pub after: Window,
    /// All answers: seconds from the start, milliseconds, and whether it was good.
    pub answers: Vec<(f64, f64, bool)>,
}

/// Answers of one stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Window {
    /// How many there were.
    pub count: usize,
    /// How many were bad: no answer, or a status from 400 on.
    pub errors: usize,
    /// Median of the time to an answer, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p50: Option<f64>,
    /// 99th percentile of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p99: Option<f64>,
}

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Seconds from the start.
    pub at: f64,
    /// What happened.
    pub what: String,
}

impl Report {
    /// Of a run and its events, as a store has them.
    pub fn of(run: &Run, events: &[Event]) -> Self {
        let mut report = Self {
            schema_version: 1,
            run: run.id.clone(),
            title: run.plan.experiment.title(),
            phase: run.phase,
            verdict: run.verdict.clone(),
            started: run.started.to_string(),
            ended: run.ended.map(|at| at.to_string()),
            duration: run.plan.duration.map(time::text),
            seed: run.plan.seed,
            plan: run.plan.hash.clone(),
            steps: run.plan.steps.iter().map(StepReport::of).collect(),
            probes: Vec::new(),
            timeline: Vec::new(),
            held: (None, None),
        };
        let mut probes: BTreeMap<&str, Vec<(f64, f64, bool)>> = BTreeMap::new();
        for event in events {
            let at = seconds(run.started, event.at);
            match &event.what {
                What::Probed { probe, answer } => {
                    let took = answer.took.as_secs_f64() * 1e3;
                    let point = (at, took, answer.is_good());
                    probes.entry(probe).or_default().push(point);
                    continue;
                }
                What::Observed { step, measures } => {
                    if let Some(step) = report.step(*step) {
                        step.add(at, measures);
                    }
                    continue;
                }
                _ => {}
            }
            report.add(at, &event.what);
            report.timeline.push(Line {
                at,
                what: event.to_string(),
            });
        }
        let clean = run.ended.map(|ended| seconds(run.started, ended));
        report.probes = probes
            .into_iter()
            .map(|(name, answers)| ProbeReport::of(name, answers, report.held.0, clean))
            .collect();
        report
    }

    fn step(&mut self, id: u32) -> Option<&mut StepReport> {
        self.steps.iter_mut().find(|step| step.step == id)
    }

    fn add(&mut self, at: f64, what: &What) {
        match what {
            What::Phase { phase } => match phase {
                Phase::Injecting => self.held.0 = self.held.0.or(Some(at)),
                Phase::Undoing => self.held.1 = Some(at),
                _ => {}
            },
            What::Injected { step, took, late } => {
                if let Some(step) = self.step(*step) {
                    step.injected_in = Some(time::measured(*took));
                    step.late = Some(time::measured(*late));
                }
            }
            What::Failed { step, message } => {
                if let Some(step) = self.step(*step) {
                    step.failed = Some(message.clone());
                }
            }
            What::Undone {
                step, undone, took, ..
            } => {
                if let Some(step) = self.step(*step) {
                    step.left.clear();
                    step.undone = Some(Undo {
                        undone: undone.clone(),
                        took: time::measured(*took),
                    });
                }
            }
            What::Dirty { step, left } => {
                if let Some(step) = self.step(*step) {
                    step.left.clone_from(left);
                }
            }
            What::Observed { .. }
            | What::Unobserved { .. }
            | What::Probed { .. }
            | What::Ended { .. } => {}
        }
    }

    /// One JSON document.
    pub fn to_json(&self) -> String {
        // Every key is a text and every number finite, so this can't fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Markdown, for a pull request or a wiki.
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }

    /// A page that stands alone: no scripts, no other files.
    pub fn to_html(&self) -> String {
        html::write(self)
    }

    /// JUnit's XML: each injection, each undo and the end are a test case.
    pub fn to_junit(&self) -> String {
        junit::write(self)
    }

    /// In one line: how it ended and how clean the world is.
    pub fn summary(&self) -> String {
        match &self.verdict {
            Some(verdict) => format!("{verdict}; {}", self.phase),
            None => self.phase.to_string(),
        }
    }
}

impl StepReport {
    fn of(step: &crate::plan::Step) -> Self {
        Self {
            step: step.id,
            target: step.target.clone(),
            what: step.what.clone(),
            backend: step.backend.clone(),
            witness: step.witness.clone(),
            injected_in: None,
            late: None,
            failed: None,
            undone: None,
            left: Vec::new(),
            measures: Vec::new(),
            instant: step.lifetime == crate::backend::Lifetime::Instant,
        }
    }

    fn add(&mut self, at: f64, measures: &[crate::event::Measure]) {
        for one in measures {
            let there = self.measures.iter_mut().find(|m| m.name == one.name);
            let sample = (at, one.asked, one.observed);
            match there {
                Some(there) => {
                    (there.asked, there.observed) = (one.asked, one.observed);
                    there.samples.push(sample);
                }
                None => self.measures.push(MeasureReport {
                    name: one.name.clone(),
                    unit: one.unit.clone(),
                    asked: one.asked,
                    observed: one.observed,
                    samples: vec![sample],
                }),
            }
        }
    }

    /// How its undo went, in words.
    fn undo_words(&self) -> String {
        if let Some(first) = self.left.first() {
            return format!("NOT undone: {}", first.what);
        }
        match &self.undone {
            _ if self.instant => "a single act".to_owned(),
            None => "not undone yet".to_owned(),
            Some(Undo { undone, took }) => match undone {
                Undone::Reverted => format!("undone in {took}"),
                Undone::AlreadyGone => format!("was already gone, looked at in {took}"),
                Undone::NotOurs { found } => format!("left alone: {found}"),
            },
        }
    }
}

impl ProbeReport {
    fn of(
        name: &str,
        answers: Vec<(f64, f64, bool)>,
        injected: Option<f64>,
        clean: Option<f64>,
    ) -> Self {
        let (from, to) = (
            injected.unwrap_or(f64::INFINITY),
            clean.unwrap_or(f64::INFINITY),
        );
        // A question that was under way when the fault came belongs to the fault.
        let is_before = |at: f64, took: f64| at + took / 1e3 < from;
        let is_after = |at: f64| at >= to;
        let window = |fits: &dyn Fn(f64, f64) -> bool| {
            let fitting = answers.iter().filter(|(at, took, _)| fits(*at, *took));
            Window::of(fitting.copied())
        };
        Self {
            name: name.to_owned(),
            before: window(&is_before),
            during: window(&|at, took| !is_before(at, took) && !is_after(at)),
            after: window(&|at, took| !is_before(at, took) && is_after(at)),
            answers,
        }
    }
}

impl Window {
    fn of(answers: impl Iterator<Item = (f64, f64, bool)>) -> Self {
        let (mut count, mut errors, mut times) = (0, 0, Vec::new());
        for (_, took, good) in answers {
            count += 1;
            if !good {
                errors += 1;
            }
            times.push(took);
        }
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| {
            let rank = (times.len() * percent).div_ceil(100).max(1);
            times.get(rank - 1).copied()
        };
        Self {
            count,
            errors,
            p50: at(50),
            p99: at(99),
        }
    }

    fn words(&self) -> [String; 3] {
        let ms = |time: Option<f64>| time.map_or_else(|| "-".to_owned(), |ms| format!("{ms:.1}"));
        [
            format!("{} of {}", self.errors, self.count),
            ms(self.p50),
            ms(self.p99),
        ]
    }
}

/// Seconds from the start, below zero for what came before it.
fn seconds(start: Instant, at: Instant) -> f64 {
    let (after, before): (Duration, Duration) = (at.since(start), start.since(at));
    after.as_secs_f64() - before.as_secs_f64()
}
