//! Tasks of workflows: the command of a container, as a process of this machine.

mod family;
mod process;
mod spec;

use family::Family;
use herz_runtime::backend::{Claim, Draft, Failure, Lifetime, Need, Planning, Scribe, Serves};
use herz_runtime::event::Measure;
use herz_runtime::identity::ProcessIdentity;
use herz_runtime::plan::Refusal;
use herz_runtime::program::task::{KIND, TICKET};
use herz_runtime::program::{TaskEnd, Tasks};
use herz_runtime::undo::{Leftover, Undone};
use herz_runtime::{Backend, Experiment, PlaceKind, Target};
use process::Running;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Runs the commands of tasks, if it was allowed to. Clones are the same one.
#[derive(Debug, Clone, Default)]
pub struct TaskBackend {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    allowed: AtomicBool,
    /// How tasks ended by themselves, by ticket.
    ended: Mutex<BTreeMap<String, TaskEnd>>,
}

impl Shared {
    fn ended(&self) -> MutexGuard<'_, BTreeMap<String, TaskEnd>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskAction {
    /// Under which name its end is told.
    pub ticket: String,
    /// Program and arguments.
    pub command: Vec<String>,
    /// Its environment, beside `PATH` and `HOME`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<(String, String)>,
    /// Its folder; that of Herz by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
}

/// Whom to kill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskUndo {
    /// What all its processes carry in their environment.
    pub ticket: String,
    /// The first of them, which leads their group; absent before it is started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<ProcessIdentity>,
}

/// A task that runs.
#[derive(Debug)]
pub struct TaskActive(Running);

impl TaskBackend {
    /// One that runs nothing until it is allowed to.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on commands of documents are run on this machine.
    pub fn allow(&self) {
        self.shared.allowed.store(true, Ordering::Release);
    }

    fn is_allowed(&self) -> bool {
        self.shared.allowed.load(Ordering::Acquire)
    }
}

impl Tasks for TaskBackend {
    fn ended(&self, ticket: &str) -> Option<TaskEnd> {
        self.shared.ended().remove(ticket)
    }
}

/// What has to be given before anything is run.
const CONSENT: &str = "consent to run commands of documents on this machine";

impl Backend for TaskBackend {
    type Action = TaskAction;
    type Undo = TaskUndo;
    type Active = TaskActive;

    fn name(&self) -> &'static str {
        "task"
    }

    fn serves(&self) -> Vec<Serves> {
        vec![Serves::kind("chaos-mesh.org", KIND, PlaceKind::Host)]
    }

    fn needs(&self) -> Vec<Need> {
        // Once it is given, there is nothing that the machine itself has to have.
        if self.is_allowed() {
            return Vec::new();
        }
        vec![Need::missing(
            CONSENT,
            "it was not given",
            "look at the commands, then --allow-tasks",
        )]
    }

    fn plan(
        &self,
        experiment: &Experiment,
        _: &Target,
        _: &Planning<'_>,
    ) -> Result<Vec<Draft<TaskAction>>, Refusal> {
        let ticket = experiment.spec.get(TICKET).and_then(Json::as_str);
        let ticket = ticket.unwrap_or_default().to_owned();
        let (action, image) = spec::read(&experiment.spec, ticket)?;
        let mut what = format!(
            "run on this machine, not in a container: {:?}",
            action.command
        );
        if !action.env.is_empty() {
            let env: Vec<String> = action
                .env
                .iter()
                .map(|(k, v)| format!("{k}={v:?}"))
                .collect();
            what.push_str(&format!(" with {}", env.join(" ")));
        }
        if let Some(folder) = &action.folder {
            what.push_str(&format!(" in {folder:?}"));
        }
        if let Some(image) = image {
            what.push_str(&format!(" (the image {image:?} is not pulled)"));
        }
        Ok(vec![Draft {
            what,
            undo: "kill it and all that it started".to_owned(),
            witness: "HERZ_TASK in /proc/PID/environ".to_owned(),
            lifetime: Lifetime::OutlivesUs,
            claims: vec![Claim::shared("tasks of this machine")],
            action,
        }])
    }

    fn prepare(&self, action: &TaskAction) -> Result<TaskUndo, Failure> {
        if !self.is_allowed() {
            return Err(Failure::new(format!("no {CONSENT}")).with_remedy("--allow-tasks"));
        }
        if action.ticket.is_empty() {
            return Err(Failure::new("a task is started by its workflow alone"));
        }
        Ok(TaskUndo {
            ticket: action.ticket.clone(),
            leader: None,
        })
    }

    fn inject(
        &self,
        action: &TaskAction,
        undo: &TaskUndo,
        scribe: &mut Scribe<'_, TaskUndo>,
    ) -> Result<TaskActive, Failure> {
        if !self.is_allowed() {
            return Err(Failure::new(format!("no {CONSENT}")).with_remedy("--allow-tasks"));
        }
        let mut gate = process::start(action)
            .map_err(|error| Failure::new(format!("can't start {:?}: {error}", action.command)))?;
        let leader = gate.leader();
        // Nothing of the document has run yet: whoever waits there ends when we do.
        let known = TaskUndo {
            leader: leader.clone(),
            ..undo.clone()
        };
        if let Err(failure) = scribe.amend(&known) {
            gate.close();
            return Err(failure);
        }
        let shared = Arc::clone(&self.shared);
        let ticket = action.ticket.clone();
        let family = Family {
            ticket: action.ticket.clone(),
            leader,
        };
        let running = gate
            .open(family, move |end| {
                shared.ended().insert(ticket, end);
            })
            .map_err(|error| Failure::new(format!("can't start {:?}: {error}", action.command)))?;
        Ok(TaskActive(running))
    }

    fn observe(&self, active: &mut TaskActive) -> Result<Vec<Measure>, Failure> {
        Ok(vec![Measure {
            name: "running".to_owned(),
            unit: "1".to_owned(),
            asked: 1.0,
            observed: f64::from(u8::from(active.0.is_running())),
        }])
    }

    fn undo(&self, undo: &TaskUndo, active: Option<&mut TaskActive>) -> Result<Undone, Failure> {
        if let Some(active) = active {
            active.0.forget();
        }
        let family = Family::from(undo);
        if family.members().is_empty() {
            return Ok(Undone::AlreadyGone);
        }
        family.kill().map_err(|why| {
            Failure::new(why).with_remedy("the same user as the process, or CAP_KILL")
        })?;
        Ok(Undone::Reverted)
    }

    fn verify(&self, undo: &TaskUndo) -> Result<Vec<Leftover>, Failure> {
        let left = Family::from(undo).members();
        Ok(left
            .into_iter()
            .map(|one| Leftover {
                what: format!("{one} of a task still runs"),
                remedy: Some(format!("kill -KILL {}", one.pid)),
            })
            .collect())
    }
}

impl From<&TaskUndo> for Family {
    fn from(undo: &TaskUndo) -> Self {
        Self {
            ticket: undo.ticket.clone(),
            leader: undo.leader.clone(),
        }
    }
}
