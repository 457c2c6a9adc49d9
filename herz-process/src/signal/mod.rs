//! Kill, pause and continue, through descriptors of processes.

use crate::send::{self, gone_within, send};
use herz::chaos_mesh::{PodAction, PodChaosSpec};
use herz_runtime::backend::{Claim, Draft, Failure, Lifetime, Need, Planning, Scribe, Serves};
use herz_runtime::event::Measure;
use herz_runtime::identity::{Fate, ProcessIdentity, Stat};
use herz_runtime::plan::{Reason, Refusal};
use herz_runtime::undo::{Leftover, Undone};
use herz_runtime::{Backend, Experiment, Place, PlaceKind, Target};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// `PodChaos` on processes: `pod-kill` and `container-kill` end them, `pod-failure` pauses them, so that they
/// are there and do not answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SignalBackend;

/// What is done to one process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignalAction {
    /// Which one; a plan is for this process and no other.
    pub process: ProcessIdentity,
    /// What.
    pub what: What,
}

/// What can be done to a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// It ends: asked to if there is time, and then killed.
    Kill {
        /// Seconds between asking and killing; 0 kills at once.
        grace: u32,
    },
    /// It stops, until it is continued.
    Pause,
}

/// How a pause is taken back. A kill has no undo; its record is empty of meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignalUndo {
    /// The process.
    pub process: ProcessIdentity,
}

/// A process that is paused.
#[derive(Debug)]
pub struct SignalActive {
    process: ProcessIdentity,
}

impl SignalBackend {
    /// The backend.
    pub const fn new() -> Self {
        Self
    }
}

/// State of a process that a signal stopped.
const STOPPED: char = 'T';
/// So long a signal may take to show.
const SHOWS: Duration = Duration::from_secs(2);

/// The parents of this process, up to the first: stopping one of them could stop us.
fn ancestors() -> Vec<u32> {
    let mut found = Vec::new();
    let mut pid = std::process::id();
    while let Some(parent) = parent(pid).filter(|parent| *parent > 0 && found.len() < 1000) {
        found.push(parent);
        pid = parent;
    }
    found
}

fn parent(pid: u32) -> Option<u32> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok()
}

fn action(experiment: &Experiment) -> Result<What, Refusal> {
    let spec: PodChaosSpec = experiment.read().map_err(|found| {
        let words: Vec<String> = found.iter().map(ToString::to_string).collect();
        Refusal::unsupported(format!(
            "the spec does not fit its kind: {}",
            words.join("; ")
        ))
    })?;
    if spec.container_names.is_some_and(|names| !names.is_empty())
        && spec.action != PodAction::ContainerKill
    {
        return Err(Refusal::unsupported(
            "spec.containerNames: a process has no containers",
        ));
    }
    match spec.action {
        PodAction::PodKill | PodAction::ContainerKill => {
            let grace = spec.grace_period.unwrap_or(0);
            let grace = u32::try_from(grace).map_err(|_| {
                Refusal::unsupported(format!("spec.gracePeriod: {grace} is no number of seconds"))
            })?;
            Ok(What::Kill { grace })
        }
        PodAction::PodFailure => Ok(What::Pause),
        PodAction::Other(other) => Err(Refusal::unsupported(format!(
            "spec.action: `{other}` is no action of PodChaos"
        ))),
    }
}

impl Backend for SignalBackend {
    type Action = SignalAction;
    type Undo = SignalUndo;
    type Active = SignalActive;

    fn name(&self) -> &'static str {
        "signal"
    }

    fn serves(&self) -> Vec<Serves> {
        vec![Serves::kind(
            "chaos-mesh.org",
            "PodChaos",
            PlaceKind::Process,
        )]
    }

    fn needs(&self) -> Vec<Need> {
        let what = "pidfd_open (Linux 5.3)";
        vec![match send::probe() {
            Ok(()) => Need::met(what),
            Err(error) => Need::missing(what, error.to_string(), "a newer kernel"),
        }]
    }

    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        _: &Planning<'_>,
    ) -> Result<Vec<Draft<SignalAction>>, Refusal> {
        let Place::Process(place) = &target.place else {
            return Err(Refusal::unsupported("it is no process"));
        };
        let what = action(experiment)?;
        // One that has ended, and waits for its parent, can't be hit any more.
        let mut found = place.find();
        found.retain(ProcessIdentity::is_alive);
        if found.is_empty() {
            return Err(
                Refusal::new(Reason::NoTarget, "no process fits the target now")
                    .nearest("another `exe`, `pid` or `cgroup` in the inventory"),
            );
        }
        let ours = ancestors();
        let forbidden = |pid: u32| pid == 1 || ours.contains(&pid);
        if let Some(one) = found.iter().find(|one| forbidden(one.pid)) {
            return Err(Refusal::unsupported(format!(
                "process {} is the first of the machine, or one that started Herz: Herz would hit itself",
                one.pid
            )));
        }
        Ok(found
            .into_iter()
            .map(|process| draft(process, what))
            .collect())
    }

    fn prepare(&self, action: &SignalAction) -> Result<SignalUndo, Failure> {
        let process = action.process.clone();
        if process.fate() != Fate::Alive {
            return Err(Failure::new(format!("{process} is gone")).with_remedy("plan again"));
        }
        if action.what == What::Pause && state(&process) == Some(STOPPED) {
            return Err(Failure::new(format!(
                "{process} is stopped already: the undo would continue what somebody else stopped"
            )));
        }
        Ok(SignalUndo { process })
    }

    fn inject(
        &self,
        action: &SignalAction,
        _: &SignalUndo,
        _: &mut Scribe<'_, SignalUndo>,
    ) -> Result<SignalActive, Failure> {
        let process = &action.process;
        let tell = |error| {
            Failure::new(format!("{process}: {error}"))
                .with_remedy("the same user as the process, or CAP_KILL")
        };
        match action.what {
            What::Kill { grace } => {
                if grace > 0 {
                    send(process, Signal::TERM).map_err(tell)?;
                    if gone_within(process, Duration::from_secs(u64::from(grace))) {
                        return Ok(active(process));
                    }
                }
                // It may have ended by itself since: that is what was wanted.
                if process.fate() == Fate::Alive {
                    send(process, Signal::KILL).map_err(tell)?;
                }
                if !gone_within(process, SHOWS) {
                    return Err(Failure::new(format!("{process} does not end")));
                }
            }
            What::Pause => {
                send(process, Signal::STOP).map_err(tell)?;
                if !send::until(SHOWS, || state(process) == Some(STOPPED)) {
                    return Err(Failure::new(format!("{process} does not stop")));
                }
            }
        }
        Ok(active(process))
    }

    fn observe(&self, active: &mut SignalActive) -> Result<Vec<Measure>, Failure> {
        if active.process.fate() != Fate::Alive {
            return Err(Failure::new(format!("{} is gone", active.process)));
        }
        let stopped = state(&active.process) == Some(STOPPED);
        Ok(vec![Measure {
            name: "stopped".to_owned(),
            unit: "1".to_owned(),
            asked: 1.0,
            observed: f64::from(u8::from(stopped)),
        }])
    }

    fn undo(&self, undo: &SignalUndo, _: Option<&mut SignalActive>) -> Result<Undone, Failure> {
        let process = &undo.process;
        match process.fate() {
            Fate::Zombie => return Ok(Undone::AlreadyGone),
            Fate::Gone => {
                return Ok(match ProcessIdentity::of(process.pid) {
                    Some(other) => Undone::NotOurs {
                        found: other.to_string(),
                    },
                    None => Undone::AlreadyGone,
                });
            }
            Fate::Alive => {}
        }
        if state(process) != Some(STOPPED) {
            return Ok(Undone::AlreadyGone);
        }
        match send(process, Signal::CONT) {
            Ok(()) => {}
            Err(_) if process.fate() != Fate::Alive => return Ok(Undone::AlreadyGone),
            Err(error) => {
                return Err(Failure::new(format!("{process}: {error}"))
                    .with_remedy(format!("kill -CONT {}", process.pid)));
            }
        }
        send::until(SHOWS, || state(process) != Some(STOPPED));
        Ok(Undone::Reverted)
    }

    fn verify(&self, undo: &SignalUndo) -> Result<Vec<Leftover>, Failure> {
        let process = &undo.process;
        if process.fate() == Fate::Alive && state(process) == Some(STOPPED) {
            return Ok(vec![Leftover {
                what: format!("process {} is stopped", process.pid),
                remedy: Some(format!("kill -CONT {}", process.pid)),
            }]);
        }
        Ok(Vec::new())
    }
}

fn draft(process: ProcessIdentity, what: What) -> Draft<SignalAction> {
    let pid = process.pid;
    let exe = std::fs::read_link(format!("/proc/{pid}/exe"))
        .map_or_else(|_| "?".to_owned(), |exe| exe.display().to_string());
    let (words, undo, witness, lifetime) = match what {
        What::Kill { grace: 0 } => ("kill", "", "no /proc/PID", Lifetime::Instant),
        What::Kill { .. } => (
            "ask to end, then kill",
            "",
            "no /proc/PID",
            Lifetime::Instant,
        ),
        What::Pause => (
            "stop",
            "continue",
            "state T in /proc/PID/stat",
            Lifetime::OutlivesUs,
        ),
    };
    Draft {
        what: format!("{words} process {pid} ({exe})"),
        undo: if undo.is_empty() {
            String::new()
        } else {
            format!("{undo} process {pid}")
        },
        witness: witness.replace("PID", &pid.to_string()),
        lifetime,
        claims: vec![Claim::whole(format!(
            "process {pid}/{} state",
            process.start
        ))],
        action: SignalAction { process, what },
    }
}

fn active(process: &ProcessIdentity) -> SignalActive {
    SignalActive {
        process: process.clone(),
    }
}

fn state(process: &ProcessIdentity) -> Option<char> {
    Stat::read(process.pid)
        .filter(|stat| stat.start == process.start)
        .map(|stat| stat.state)
}
