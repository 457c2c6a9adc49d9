//! Runs plans: brings faults into the world, watches them, and takes them back whatever happens.
//!
//! Each run has a thread of its own; one queue of deadlines wakes them. A run is
//! `planned -> injecting -> injected -> undoing -> clean`, with `paused` between, and `dirty` at the
//! end if something could not be taken back.

mod handle;
#[cfg(feature = "tracing")]
mod log;
mod queue;
mod recover;
mod run;
mod start;
mod undoing;

pub use handle::RunHandle;
pub use recover::{Recovered, Recovery, recover};
pub use start::StartError;

use crate::backend::{Backends, Claim, Lifetime};
use crate::event::{AbortReason, Event, Phase, Verdict};
use crate::plan::Plan;
use crate::store::{Run, Store, StoreError};
use queue::Queue;
use run::{Command, Worker};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Runs plans on backends, and writes everything into a store.
///
/// Dropping it aborts what still runs, and waits until it is undone.
#[derive(Debug)]
pub struct Engine {
    shared: Arc<Shared>,
}

/// How an engine works.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// How often faults are looked at.
    pub observe_every: Duration,
    /// How often an undo that fails is tried again, and how long it waits before each time; the same
    /// for an end that the store doesn't take.
    pub undo_retries: Vec<Duration>,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self {
            observe_every: Duration::from_secs(1),
            undo_retries: [50, 200, 1000].map(Duration::from_millis).to_vec(),
        }
    }
}

struct Shared {
    backends: Backends,
    store: Arc<dyn Store>,
    options: EngineOptions,
    queue: Queue<Command>,
    live: Mutex<Live>,
    /// Somebody ended.
    over: Condvar,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("backends", &self.backends)
            .finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Live {
    /// Runs that are not over, by id.
    runs: BTreeMap<String, LiveRun>,
    /// Runs that are, by id.
    over: BTreeMap<String, Outcome>,
    listeners: Vec<Sender<Event>>,
}

struct LiveRun {
    title: String,
    claims: Vec<Claim>,
    phase: Phase,
    mailbox: Sender<Command>,
}

impl Shared {
    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// [`Phase::Clean`] or [`Phase::Dirty`].
    pub phase: Phase,
    /// Why it ended.
    pub verdict: Verdict,
    /// From the wish to end it, or the end of its time, until everything was undone and looked at.
    pub to_clean: Duration,
    /// Why the end is not in the store, if it isn't: the run is open there, until a recovery looks at it.
    pub unwritten: Option<StoreError>,
}

impl Engine {
    /// With these backends and this store.
    pub fn new(
        backends: Backends,
        store: Arc<dyn Store>,
        options: EngineOptions,
    ) -> Result<Self, StartError> {
        let queue = Queue::start().map_err(|error| StartError::System(error.to_string()))?;
        Ok(Self {
            shared: Arc::new(Shared {
                backends,
                store,
                options,
                queue,
                live: Mutex::default(),
                over: Condvar::new(),
            }),
        })
    }

    /// Its backends.
    pub fn backends(&self) -> &Backends {
        &self.shared.backends
    }

    /// Its store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.shared.store
    }

    /// All events from now on. A listener that is dropped is forgotten.
    pub fn listen(&self) -> Receiver<Event> {
        let (to, from) = mpsc::channel();
        self.shared.live().listeners.push(to);
        from
    }

    /// Starts a run. When this returns, the run is in the store and its thread is on its way.
    pub fn start(&self, plan: Plan) -> Result<RunHandle, StartError> {
        self.check(&plan)?;
        let run = Run::new(plan);
        let (mailbox, commands) = mpsc::channel();
        let claims: Vec<Claim> = run
            .plan
            .steps
            .iter()
            .flat_map(|step| step.claims.iter().cloned())
            .collect();
        {
            // Held while the store is asked, so that two runs can't both find a target free.
            let mut live = self.shared.live();
            for (id, other) in &live.runs {
                let both = claims
                    .iter()
                    .find(|claim| other.claims.iter().any(|held| held.conflicts(claim)));
                if let Some(both) = both {
                    return Err(StartError::Conflict {
                        with: id.clone(),
                        title: other.title.clone(),
                        on: both.on.clone(),
                    });
                }
            }
            self.conflict_elsewhere(&claims)?;
            self.shared.store.begin(&run).map_err(StartError::Store)?;
            live.runs.insert(
                run.id.clone(),
                LiveRun {
                    title: run.plan.experiment.title(),
                    claims,
                    phase: Phase::Planned,
                    mailbox: mailbox.clone(),
                },
            );
        }
        let handle = RunHandle::new(run.id.clone(), mailbox.clone(), Arc::clone(&self.shared));
        let worker = Worker::new(run, Arc::clone(&self.shared), mailbox, commands);
        let spawned = std::thread::Builder::new()
            .name("herz-run".to_owned())
            .spawn(move || worker.work());
        if let Err(error) = spawned {
            let verdict = Verdict::Aborted {
                reason: AbortReason::Shutdown,
            };
            let _ = self
                .shared
                .store
                .phase(handle.id(), Phase::Clean, Some(&verdict));
            self.shared.live().runs.remove(handle.id());
            return Err(StartError::System(format!(
                "no thread for the run: {error}"
            )));
        }
        Ok(handle)
    }

    fn check(&self, plan: &Plan) -> Result<(), StartError> {
        if plan.schema_version != Plan::SCHEMA_VERSION || !plan.is_intact() {
            return Err(StartError::NotIntact);
        }
        for step in &plan.steps {
            if self.shared.backends.get(&step.backend).is_none() {
                return Err(StartError::NoBackend(step.backend.clone()));
            }
            if step.lifetime == Lifetime::OutlivesUs && !self.shared.store.is_durable() {
                return Err(StartError::NotDurable);
            }
        }
        let unmet: Vec<_> = plan.unmet().cloned().collect();
        if unmet.is_empty() {
            Ok(())
        } else {
            Err(StartError::Lacking(unmet))
        }
    }

    /// Runs of other processes that share the store, and runs that left something behind.
    fn conflict_elsewhere(&self, claims: &[Claim]) -> Result<(), StartError> {
        if claims.is_empty() || !self.shared.store.is_durable() {
            return Ok(());
        }
        for other in self.shared.store.runs().map_err(StartError::Store)? {
            if other.phase == Phase::Clean {
                continue;
            }
            let held = other.plan.steps.iter().flat_map(|step| &step.claims);
            for held in held {
                if claims.iter().any(|claim| claim.conflicts(held)) {
                    return Err(StartError::Conflict {
                        with: other.id.clone(),
                        title: format!("{}, {}", other.plan.experiment.title(), other.phase),
                        on: held.on.clone(),
                    });
                }
            }
        }
        Ok(())
    }

    /// Ids of the runs that are not over, with their phases.
    pub fn running(&self) -> Vec<(String, Phase)> {
        self.shared
            .live()
            .runs
            .iter()
            .map(|(id, run)| (id.clone(), run.phase))
            .collect()
    }

    /// Ends all runs.
    pub fn abort_all(&self, reason: &AbortReason) {
        for run in self.shared.live().runs.values() {
            let _ = run
                .mailbox
                .send(Command::Abort(reason.clone(), Instant::now()));
        }
    }

    /// Ends the runs that somebody else asked to end through the store ([`Store::ask_abort`]).
    pub fn heed_store(&self) {
        let ids: Vec<String> = self.shared.live().runs.keys().cloned().collect();
        for id in ids {
            if let Ok(Some(why)) = self.shared.store.abort_asked(&id)
                && let Some(run) = self.shared.live().runs.get(&id)
            {
                let reason = AbortReason::Person(why);
                let _ = run.mailbox.send(Command::Abort(reason, Instant::now()));
            }
        }
    }

    /// Waits until no run is left.
    pub fn wait_all(&self) {
        let mut live = self.shared.live();
        while !live.runs.is_empty() {
            live = self
                .shared
                .over
                .wait(live)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.abort_all(&AbortReason::Shutdown);
        self.wait_all();
        self.shared.queue.close();
    }
}
