//! What a run reports, in the order it happens. The store keeps it, the command line shows it.

use crate::probe::Answer;
use crate::time::{self, Instant};
use crate::undo::{Leftover, Undone};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// It is known what will be done; nothing has been.
    Planned,
    /// Faults are being brought into the world.
    Injecting,
    /// All faults are there.
    Injected,
    /// Taken back for a while; it goes on later.
    Paused,
    /// Faults are being taken back.
    Undoing,
    /// Over: every fault is gone, and that was looked at.
    Clean,
    /// Over: something is still there. A person has to look.
    Dirty,
}

impl Phase {
    /// Whether nothing more will happen by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Clean | Self::Dirty)
    }

    /// Its name, as the store and reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Injecting => "injecting",
            Self::Injected => "injected",
            Self::Paused => "paused",
            Self::Undoing => "undoing",
            Self::Clean => "clean",
            Self::Dirty => "dirty",
        }
    }

    /// The phase of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Planned,
            Self::Injecting,
            Self::Injected,
            Self::Paused,
            Self::Undoing,
            Self::Clean,
            Self::Dirty,
        ]
        .into_iter()
        .find(|phase| phase.name() == name)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a run ended, apart from how clean the world is afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "verdict")]
pub enum Verdict {
    /// Its time was over, or it had done its one act.
    Completed,
    /// Somebody or something ended it early.
    Aborted {
        /// Who, and why.
        reason: AbortReason,
    },
    /// A step could not be done.
    Failed {
        /// Which one.
        step: u32,
        /// Why.
        message: String,
    },
    /// The process that ran it is gone; another one cleaned up.
    Recovered,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed => f.write_str("completed"),
            Self::Aborted { reason } => write!(f, "aborted: {reason}"),
            Self::Failed { step, message } => write!(f, "step {step} failed: {message}"),
            Self::Recovered => f.write_str("recovered after a crash"),
        }
    }
}

/// Who ended a run early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "by", content = "why")]
pub enum AbortReason {
    /// A person, by Ctrl-C or `herz abort`.
    Person(String),
    /// A guard or a status check.
    Guard(String),
    /// The engine itself, because it shuts down.
    Shutdown,
}

impl fmt::Display for AbortReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(why) => write!(f, "by a person ({why})"),
            Self::Guard(why) => write!(f, "by the guard ({why})"),
            Self::Shutdown => f.write_str("the engine shuts down"),
        }
    }
}

/// One thing that was asked for and measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// What it is: `cpu`, `memory`, `delay`.
    pub name: String,
    /// Its unit, as OpenTelemetry writes units: `%`, `By`, `ms`, `1`.
    pub unit: String,
    /// What the spec asks for.
    pub asked: f64,
    /// What was seen.
    pub observed: f64,
}

impl Measure {
    /// A value with its unit; what is a plain number has none.
    pub fn quantity(value: f64, unit: &str, digits: usize) -> String {
        match unit {
            "1" => format!("{value:.digits$}"),
            _ => format!("{value:.digits$} {unit}"),
        }
    }
}

/// One event of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The run.
    pub run: String,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "event")]
pub enum What {
    /// The run is in another phase now.
    Phase {
        /// Which one.
        phase: Phase,
    },
    /// A fault is in the world.
    Injected {
        /// Step of the plan.
        step: u32,
        /// How long it took.
        #[serde(with = "time::span")]
        took: Duration,
        /// How much later than planned it began.
        #[serde(with = "time::span")]
        late: Duration,
    },
    /// A fault was looked at.
    Observed {
        /// Step of the plan.
        step: u32,
        /// What was asked for and what was seen.
        measures: Vec<Measure>,
    },
    /// A fault could not be looked at.
    Unobserved {
        /// Step of the plan.
        step: u32,
        /// Why.
        message: String,
    },
    /// A fault was taken back.
    Undone {
        /// Step of the plan.
        step: u32,
        /// How it went.
        #[serde(flatten)]
        undone: Undone,
        /// How long it took, with looking whether the world is as before.
        #[serde(with = "time::span")]
        took: Duration,
        /// How much later than planned it began.
        #[serde(with = "time::span")]
        late: Duration,
    },
    /// Something could not be done.
    Failed {
        /// Step of the plan.
        step: u32,
        /// What failed, why, and what may help.
        message: String,
    },
    /// Something is still in the world.
    Dirty {
        /// Step of the plan.
        step: u32,
        /// What it is.
        left: Vec<Leftover>,
    },
    /// A service was asked how it is.
    Probed {
        /// Name of the probe.
        probe: String,
        /// How it went.
        #[serde(flatten)]
        answer: Answer,
    },
    /// The run is over.
    Ended {
        /// Why it ended.
        #[serde(flatten)]
        verdict: Verdict,
    },
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Phase { phase } => f.write_str(phase.name()),
            What::Injected { step, took, late } => write!(
                f,
                "step {step} injected in {} ({} late)",
                time::measured(*took),
                time::measured(*late)
            ),
            What::Observed { step, measures } => {
                write!(f, "step {step}:")?;
                for (at, one) in measures.iter().enumerate() {
                    let gap = if at == 0 { " " } else { ", " };
                    write!(
                        f,
                        "{gap}{} {:.1} of {} asked",
                        one.name,
                        one.observed,
                        Measure::quantity(one.asked, &one.unit, 1)
                    )?;
                }
                Ok(())
            }
            What::Unobserved { step, message } => {
                write!(f, "step {step} could not be observed: {message}")
            }
            What::Undone {
                step, undone, took, ..
            } => {
                let how = match undone {
                    Undone::Reverted => "undone".to_owned(),
                    Undone::AlreadyGone => "was already gone".to_owned(),
                    Undone::NotOurs { found } => format!("left alone: {found}"),
                };
                write!(f, "step {step} {how} in {}", time::measured(*took))
            }
            What::Failed { step, message } => write!(f, "step {step} failed: {message}"),
            What::Dirty { step, left } => {
                write!(f, "step {step} left something behind:")?;
                for one in left {
                    write!(f, " {}", one.what)?;
                    if let Some(remedy) = &one.remedy {
                        write!(f, " (try `{remedy}`)")?;
                    }
                }
                Ok(())
            }
            What::Probed { probe, answer } => write!(f, "probe {probe}: {answer}"),
            What::Ended { verdict } => verdict.fmt(f),
        }
    }
}
