//! What would be done: targets, steps, the undo of each, needs, a timeline, and a hash of it all.
//!
//! Making a plan changes nothing. A plan can be saved, read by people, and run later; it is refused
//! then if the world has moved on ([`Plan::moved`]).

mod hash;
mod make;
mod refusal;

pub use make::{PlanOptions, plan};
pub use refusal::{Reason, Refusal};

use crate::backend::{Claim, Lifetime, Need};
use crate::experiment::Experiment;
use crate::inventory::Target;
use crate::time;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::time::Duration;

/// What would be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Version of this form.
    pub schema_version: u32,
    /// SHA-256 of experiment, targets and steps, in hexadecimal.
    pub hash: String,
    /// What is wanted.
    pub experiment: Experiment,
    /// Start of all random choices.
    pub seed: u64,
    /// How many targets the selector found; `targets` are those that were chosen.
    pub selected: usize,
    /// Who is hit.
    pub targets: Vec<Target>,
    /// The far side of the connection, if the kind has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub peers: Vec<Target>,
    /// What is done, in this order; it is undone in reverse order.
    pub steps: Vec<Step>,
    /// How long it lasts; absent if every step is a single act.
    #[serde(
        default,
        with = "time::maybe_span",
        skip_serializing_if = "Option::is_none"
    )]
    pub duration: Option<Duration>,
    /// What the backends need of this machine.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// What a person should know before it is run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its number, from 0.
    pub id: u32,
    /// Whom it hits: `namespace/name`.
    pub target: String,
    /// Who does it.
    pub backend: String,
    /// What is done, for people.
    pub what: String,
    /// How it is taken back, for people; empty for a single act.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub undo: String,
    /// How somebody who is not Herz can see it.
    pub witness: String,
    /// When it ends by itself.
    pub lifetime: Lifetime,
    /// What it takes hold of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// What is done, for the backend.
    pub action: Json,
}

/// A point of a plan's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    /// Time from the start.
    #[serde(with = "time::span")]
    pub at: Duration,
    /// What happens.
    pub what: String,
}

/// A saved plan does not hold any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What is different now, one line each.
    pub differences: Vec<String>,
}

impl Plan {
    /// Version of the form that this release writes.
    pub const SCHEMA_VERSION: u32 = 1;

    /// What happens when, from the start of the run.
    pub fn timeline(&self) -> Vec<Moment> {
        let mut moments: Vec<Moment> = self
            .steps
            .iter()
            .map(|step| Moment {
                at: Duration::ZERO,
                what: format!("{}: {}", step.target, step.what),
            })
            .collect();
        let end = self.duration.unwrap_or_default();
        moments.extend(
            self.steps
                .iter()
                .rev()
                .filter(|step| step.lifetime != Lifetime::Instant)
                .map(|step| Moment {
                    at: end,
                    what: format!("{}: {}", step.target, step.undo),
                }),
        );
        moments
    }

    /// Whether it says what it said when it was made: nobody has changed the file by hand.
    pub fn is_intact(&self) -> bool {
        self.hash == hash::of(self)
    }

    /// What keeps it from running on this machine.
    pub fn unmet(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| !need.is_met())
    }

    /// Compares a saved plan with one that was made now, from the same experiment and seed.
    pub fn moved(&self, now: &Self) -> Result<(), Moved> {
        if self.hash == now.hash {
            return Ok(());
        }
        let mut differences = Vec::new();
        if self.experiment != now.experiment {
            differences.push("the experiment is another one".to_owned());
        }
        let names = |plan: &Self| -> Vec<String> { plan.targets.iter().map(Target::id).collect() };
        let (before, after) = (names(self), names(now));
        for gone in before.iter().filter(|id| !after.contains(id)) {
            differences.push(format!("target {gone} is not chosen any more"));
        }
        for new in after.iter().filter(|id| !before.contains(id)) {
            differences.push(format!("target {new} was not chosen before"));
        }
        for old in &self.targets {
            let same = now.targets.iter().find(|new| new.id() == old.id());
            match same.filter(|new| *new != old) {
                Some(new) if new.place == old.place => {
                    differences.push(format!("target {} has other labels now", old.id()));
                }
                Some(new) => differences.push(format!(
                    "target {} was {}, it is {} now",
                    old.id(),
                    hash::text(&old.place),
                    hash::text(&new.place)
                )),
                None => {}
            }
        }
        for (old, new) in self.steps.iter().zip(&now.steps) {
            // What a target is shows in its actions, too, but not in their words.
            if old.target == new.target && old.what != new.what {
                differences.push(format!(
                    "{}: planned was «{}», it would be «{}» now",
                    old.target, old.what, new.what
                ));
            }
        }
        if self.steps.len() != now.steps.len() {
            differences.push(format!(
                "{} steps were planned, there would be {} now",
                self.steps.len(),
                now.steps.len()
            ));
        }
        if differences.is_empty() {
            differences.push("the same steps would be done in another way now".to_owned());
        }
        Err(Moved { differences })
    }
}
