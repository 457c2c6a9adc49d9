//! CPU time, memory and disk space, used up by this process.

mod cpu;
mod disk;
mod memory;
mod spec;

use cpu::CpuHog;
use disk::DiskHog;
use herz_runtime::backend::{Claim, Draft, Failure, Lifetime, Need, Planning, Scribe, Serves};
use herz_runtime::event::Measure;
use herz_runtime::identity::ProcessIdentity;
use herz_runtime::plan::Refusal;
use herz_runtime::undo::{Leftover, Undone};
use herz_runtime::{Backend, Experiment, PlaceKind, Target};
use memory::MemoryHog;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// `ResourceChaos` on this machine, or on a process that shares our control group.
#[derive(Debug, Clone, Default)]
pub struct ResourceBackend {
    /// Faults that this process holds.
    held: Arc<Mutex<BTreeSet<u64>>>,
}

/// What is used up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceAction {
    /// CPU time.
    Cpu {
        /// How many CPUs the percentage is of.
        whole: f64,
        /// Percentage of that.
        percent: f64,
    },
    /// Memory.
    Memory {
        /// Where it stops to grow, in bytes.
        cap: u64,
        /// How fast it grows, in bytes a second; absent means at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<u64>,
    },
    /// Space on a disk.
    Disk {
        /// A folder on it.
        path: PathBuf,
        /// How much is taken, or how much is left over.
        amount: Amount,
    },
}

/// How much of a disk is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Amount {
    /// So many bytes.
    Size(u64),
    /// All but so many bytes.
    Leave(u64),
}

/// Who holds it: it is gone when that process is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceUndo {
    owner: ProcessIdentity,
    number: u64,
    what: String,
}

/// What is held.
#[derive(Debug)]
pub struct ResourceActive {
    hog: Option<Hog>,
}

#[derive(Debug)]
enum Hog {
    Cpu(CpuHog),
    Memory(MemoryHog),
    Disk(DiskHog),
}

impl ResourceBackend {
    /// The backend.
    pub fn new() -> Self {
        Self::default()
    }

    fn held(&self) -> MutexGuard<'_, BTreeSet<u64>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ResourceAction {
    fn words(&self) -> (String, &'static str, String, String) {
        let pid = std::process::id();
        match self {
            Self::Cpu { whole, percent } => (
                format!("keep {percent}% of {whole} CPUs busy"),
                "end the threads",
                format!("/proc/{pid}/stat, fields 14 and 15, or `top -p {pid}`"),
                "cpu".to_owned(),
            ),
            Self::Memory { cap, rate } => (
                match rate {
                    Some(rate) => format!("take {rate} B of memory a second, up to {cap} B"),
                    None => format!("take {cap} B of memory"),
                },
                "give the memory back",
                format!("VmRSS in /proc/{pid}/status"),
                "memory".to_owned(),
            ),
            Self::Disk { path, amount } => (
                match amount {
                    Amount::Size(size) => format!("take {size} B in {}", path.display()),
                    Amount::Leave(leave) => {
                        format!("take all but {leave} B in {}", path.display())
                    }
                },
                "give the space back",
                format!("df {}", path.display()),
                format!("disk {}", path.display()),
            ),
        }
    }
}

impl Backend for ResourceBackend {
    type Action = ResourceAction;
    type Undo = ResourceUndo;
    type Active = ResourceActive;

    fn name(&self) -> &'static str {
        "resource"
    }

    fn serves(&self) -> Vec<Serves> {
        [PlaceKind::Host, PlaceKind::Process]
            .into_iter()
            .map(|place| Serves::kind("herz.dev", "ResourceChaos", place))
            .collect()
    }

    fn needs(&self) -> Vec<Need> {
        let what = "CPU time of a thread (clock_gettime)";
        vec![match cpu::probe() {
            Ok(()) => Need::met(what),
            Err(error) => Need::missing(what, error.to_string(), "a kernel with thread clocks"),
        }]
    }

    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        _: &Planning<'_>,
    ) -> Result<Vec<Draft<ResourceAction>>, Refusal> {
        let action = spec::action(experiment, target)?;
        let (what, undo, witness, claim) = action.words();
        Ok(vec![Draft {
            action,
            what,
            undo: undo.to_owned(),
            witness,
            lifetime: Lifetime::DiesWithUs,
            claims: vec![Claim::whole(format!("{claim} of this machine"))],
        }])
    }

    fn prepare(&self, action: &ResourceAction) -> Result<ResourceUndo, Failure> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Ok(ResourceUndo {
            owner: ProcessIdentity::own(),
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            what: action.words().0,
        })
    }

    fn inject(
        &self,
        action: &ResourceAction,
        undo: &ResourceUndo,
        _: &mut Scribe<'_, ResourceUndo>,
    ) -> Result<ResourceActive, Failure> {
        let hog = match action {
            ResourceAction::Cpu { whole, percent } => Hog::Cpu(CpuHog::start(*whole, *percent)?),
            ResourceAction::Memory { cap, rate } => Hog::Memory(MemoryHog::start(*cap, *rate)?),
            ResourceAction::Disk { path, amount } => Hog::Disk(DiskHog::fill(path, *amount)?),
        };
        self.held().insert(undo.number);
        Ok(ResourceActive { hog: Some(hog) })
    }

    fn observe(&self, active: &mut ResourceActive) -> Result<Vec<Measure>, Failure> {
        match &mut active.hog {
            Some(Hog::Cpu(hog)) => Ok(vec![hog.measure()]),
            Some(Hog::Memory(hog)) => hog.measure(),
            Some(Hog::Disk(hog)) => Ok(vec![hog.measure()?]),
            None => Ok(Vec::new()),
        }
    }

    fn undo(
        &self,
        undo: &ResourceUndo,
        active: Option<&mut ResourceActive>,
    ) -> Result<Undone, Failure> {
        if undo.owner != ProcessIdentity::own() {
            if undo.owner.is_alive() {
                return Err(
                    Failure::new(format!("{} still holds it: {}", undo.owner, undo.what))
                        .with_remedy("herz abort --all"),
                );
            }
            return Ok(Undone::AlreadyGone);
        }
        // Dropping joins the threads and closes the file: when this returns, it is given back.
        drop(active.and_then(|active| active.hog.take()));
        Ok(if self.held().remove(&undo.number) {
            Undone::Reverted
        } else {
            Undone::AlreadyGone
        })
    }

    fn verify(&self, undo: &ResourceUndo) -> Result<Vec<Leftover>, Failure> {
        let there = if undo.owner == ProcessIdentity::own() {
            self.held().contains(&undo.number)
        } else {
            undo.owner.is_alive()
        };
        Ok(there
            .then(|| Leftover {
                what: format!("{} still does this: {}", undo.owner, undo.what),
                remedy: Some(format!("kill {}", undo.owner.pid)),
            })
            .into_iter()
            .collect())
    }
}
