//! The interface of everything that can bring a fault into the world, and take it back.
//!
//! A backend says what it serves ([`Serves`]) and what it needs ([`Need`]); it plans, prepares an
//! undo record, injects, observes, undoes and verifies. [Decision 12](https://github.com/herz-chaos/herz/blob/main/docs/decisions/0012-backend-trait.md)
//! tells why it looks as it does.

mod erased;
mod registry;
mod serves;

pub use erased::{Active, AnyBackend};
pub use registry::Backends;
pub use serves::{Actions, Serves};

use crate::event::Measure;
use crate::experiment::Experiment;
use crate::inventory::Target;
use crate::plan::Refusal;
use crate::undo::{Leftover, Undone};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that can bring faults into the world and take them back.
///
/// Calls are synchronous and may block: the engine gives each run a thread of its own, so a slow
/// backend delays nobody else. A backend that lives in an async runtime keeps a handle to it.
///
/// The order of calls for one step is
///
/// 1. `plan`: says what would be done. Looks at the world, changes nothing.
/// 2. `prepare`: says how to take it back. Still changes nothing. The record is then durable.
/// 3. `inject`: does it.
/// 4. `observe`, again and again.
/// 5. `undo`, until it succeeds or is given up; then `verify`.
///
/// After a crash another process does 5 with the record alone. It does so as well when the process
/// died before 3: an undo of something that was never done is a success.
pub trait Backend: Send + Sync + 'static {
    /// What a step does. It stands in saved plans, and its JSON is part of the plan's hash: put in
    /// whatever must not change between planning and running, such as the identity of a process.
    type Action: Serialize + DeserializeOwned + Send + Sync + 'static;
    /// How a step is taken back. It stands in the journal, and must be all that `undo` needs:
    /// identities ([`crate::identity`]) and previous values.
    type Undo: Serialize + DeserializeOwned + Send + Sync + 'static;
    /// A fault that is in the world and held by this process: threads, sockets, children.
    type Active: Send + 'static;

    /// Its name, unique in a registry and never changed: journals refer to it.
    fn name(&self) -> &'static str;

    /// Which faults it can do, and where. Planning picks backends by this table, and finds the
    /// nearest thing that can be done in it.
    fn serves(&self) -> Vec<Serves>;

    /// What it needs of this machine, found out by trying, in milliseconds, without a trace.
    fn needs(&self) -> Vec<Need> {
        Vec::new()
    }

    /// The steps that bring this experiment to this target. Pure: it may look, it must not touch.
    /// Several steps are undone in reverse order.
    ///
    /// An error says what exactly can't be done and what can. Doing only a part is not allowed.
    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        cx: &Planning<'_>,
    ) -> Result<Vec<Draft<Self::Action>>, Refusal>;

    /// How the action will be taken back, from the world as it is now. Must not touch anything.
    fn prepare(&self, action: &Self::Action) -> Result<Self::Undo, Failure>;

    /// Brings the fault into the world. If it fails, `undo` is called all the same.
    ///
    /// What becomes known only here, such as the number of a child, goes into the journal by
    /// [`Scribe::amend`] before it can do harm.
    fn inject(
        &self,
        action: &Self::Action,
        undo: &Self::Undo,
        scribe: &mut Scribe<'_, Self::Undo>,
    ) -> Result<Self::Active, Failure>;

    /// What was asked for and what is seen, by the backend's own eyes.
    fn observe(&self, active: &mut Self::Active) -> Result<Vec<Measure>, Failure>;

    /// Takes the fault back. Idempotent, and total: a target that is gone counts as undone, and
    /// another identity under the same name is left alone.
    ///
    /// `active` is there in the process that injected, and absent in any other one.
    fn undo(&self, undo: &Self::Undo, active: Option<&mut Self::Active>)
    -> Result<Undone, Failure>;

    /// What of the fault is still in the world; nothing means clean. Looks, and does not touch.
    fn verify(&self, undo: &Self::Undo) -> Result<Vec<Leftover>, Failure>;
}

/// What a backend may look at while it plans.
#[derive(Debug, Clone, Copy)]
pub struct Planning<'a> {
    /// Start of random choices of the run. Give each target its own by mixing in its name.
    pub seed: u64,
    /// The far side of the connection, for kinds that have one; chosen already.
    pub peers: &'a [Target],
}

/// A step as a backend proposes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<A> {
    /// What is done.
    pub action: A,
    /// The same in one line for people: `stop process 4711 (/usr/bin/worker)`.
    pub what: String,
    /// How it is taken back, for people: `continue it`; empty for an [`Instant`](Lifetime::Instant) act.
    pub undo: String,
    /// How somebody who is not Herz can see the fault: `state T in /proc/4711/stat`.
    pub witness: String,
    /// When it ends by itself.
    pub lifetime: Lifetime,
    /// What it takes hold of. Two runs can't hold the same thing.
    pub claims: Vec<Claim>,
}

/// When a fault ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Lifetime {
    /// It is over as soon as it is done, and can't be taken back: a kill. Needs no `duration`.
    Instant,
    /// It lasts, and the kernel takes it back when Herz dies, however it dies.
    DiesWithUs,
    /// It lasts, and outlives Herz: undoing it takes the journal.
    OutlivesUs,
}

/// Something that a step takes hold of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// Its name: `process 4711/88123 state`, `proxy 127.0.0.1:18080`.
    pub on: String,
    /// Whether others may hold it as well, as long as they share it too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
}

impl Claim {
    /// For one run alone.
    pub fn whole(on: impl Into<String>) -> Self {
        Self {
            on: on.into(),
            shared: false,
        }
    }

    /// Together with others that share it.
    pub fn shared(on: impl Into<String>) -> Self {
        Self {
            on: on.into(),
            shared: true,
        }
    }

    /// Whether both can't be held at once.
    pub fn conflicts(&self, other: &Self) -> bool {
        self.on == other.on && !(self.shared && other.shared)
    }
}

/// Something that a backend needs of the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// What is needed: `pidfd_send_signal (Linux 5.1)`.
    pub what: String,
    /// Why it is not there; absent if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// What would help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

impl Need {
    /// It is there.
    pub fn met(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            missing: None,
            remedy: None,
        }
    }

    /// It is not there.
    pub fn missing(
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            missing: Some(why.into()),
            remedy: Some(remedy.into()),
        }
    }

    /// Whether it is there.
    pub fn is_met(&self) -> bool {
        self.missing.is_none()
    }
}

/// Something could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What was tried, and why it failed: `can't open /proc/4711: permission denied`.
    pub message: String,
    /// What would help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

impl Failure {
    /// With a reason.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            remedy: None,
        }
    }

    /// With advice.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.remedy {
            Some(remedy) => write!(f, " ({remedy})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

/// Writes into the journal what becomes known during an injection.
pub struct Scribe<'a, U> {
    write: &'a mut dyn FnMut(&U) -> Result<(), Failure>,
}

impl<'a, U> Scribe<'a, U> {
    /// That writes by this function, which returns once the record is durable.
    pub fn new(write: &'a mut dyn FnMut(&U) -> Result<(), Failure>) -> Self {
        Self { write }
    }

    /// Replaces the undo record of this step, durably. If that fails, don't go on: return the error.
    pub fn amend(&mut self, undo: &U) -> Result<(), Failure> {
        (self.write)(undo)
    }
}

impl<U> fmt::Debug for Scribe<'_, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scribe")
    }
}
