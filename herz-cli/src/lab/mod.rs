//! What the commands that run experiments work with: documents, backends, the store.

mod commands;
mod documents;
mod fault;
mod saved;

pub(crate) use commands::Commands;
pub(crate) use documents::Documents;
pub(crate) use saved::SavedPlan;

use crate::args::runtime::Subject;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::Output;
use herz_proxy::backend::ProxyBackend;
use herz_runtime::backend::Backends;
use herz_runtime::program::Program;
use herz_runtime::store::{SqliteStore, StoreError, StoreTrouble};
use herz_runtime::{Experiment, Inventory, Plan, PlanOptions, Refusal, time};
use std::path::PathBuf;
use std::time::Duration;

/// The backends of this program, and what they run on.
pub(crate) struct Lab {
    pub(crate) backends: Backends,
    pub(crate) proxies: ProxyBackend,
    commands: Commands,
    /// Ends with the lab, and the proxies with it.
    pub(crate) runtime: tokio::runtime::Runtime,
}

/// What is going to be run.
#[derive(Default)]
pub(crate) struct Prepared {
    pub(crate) plans: Vec<Plan>,
    /// Schedules and workflows, which plan their experiments when they start them.
    pub(crate) programs: Vec<Program>,
    /// What those would start, if they started it now.
    pub(crate) previews: Vec<Plan>,
    pub(crate) inventory: Inventory,
    pub(crate) options: PlanOptions,
    /// Who runs the commands of tasks.
    pub(crate) commands: Commands,
}

impl Prepared {
    /// Every plan, also those that programs make again.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Plan> {
        self.plans.iter().chain(&self.previews)
    }
}

impl Lab {
    pub(crate) fn new() -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_name("herz-proxy")
            .build()
            .map_err(|error| Failure::lacking(format!("no threads for proxies: {error}")))?;
        let proxies = ProxyBackend::new(runtime.handle().clone());
        let commands = Commands::default();
        Ok(Self {
            backends: backends(commands.among(Backends::new().with(proxies.clone()))),
            proxies,
            commands,
            runtime,
        })
    }

    /// Commands of documents may run from now on.
    pub(crate) fn allow_tasks(&self) {
        self.commands.allow();
    }

    /// What the options ask for; a saved plan is compared with the world as it is now.
    pub(crate) fn prepare(&self, subject: &Subject, output: &Output) -> Result<Prepared, Failure> {
        let options = plan_options(subject)?;
        if subject.allow_tasks {
            self.allow_tasks();
        }
        if let Some(saved) = SavedPlan::find(&subject.paths)? {
            let given = Documents::inventories(subject, output)?;
            let inventory = if given.targets().is_empty() {
                saved.inventory.clone()
            } else {
                given
            };
            return Ok(Prepared {
                plans: saved.check(&inventory, &self.backends)?,
                inventory,
                options,
                ..Prepared::default()
            });
        }
        let documents = Documents::read(subject, output)?;
        let inventory = &documents.inventory;
        let (plans, mut refused) = self.all(&documents.experiments, inventory, &options);
        let steps: Vec<Experiment> = documents
            .programs
            .iter()
            .flat_map(Program::experiments)
            .collect();
        let (previews, more) = self.all(&steps, inventory, &options);
        refused.extend(more);
        if refused.is_empty() {
            return Ok(Prepared {
                plans,
                programs: documents.programs,
                previews,
                inventory: documents.inventory,
                options,
                commands: self.commands.clone(),
            });
        }
        Err(Failure {
            exit: Exit::Findings,
            message: format!("refused, nothing was done\n  {}", refused.join("\n  ")),
        })
    }

    /// Plans all of them; gives what was refused too.
    fn all(
        &self,
        experiments: &[Experiment],
        inventory: &Inventory,
        options: &PlanOptions,
    ) -> (Vec<Plan>, Vec<String>) {
        let (mut plans, mut refused) = (Vec::new(), Vec::new());
        for experiment in experiments {
            match self.plan(experiment, inventory, options) {
                Ok(plan) => plans.push(plan),
                Err(refusals) => refused.extend(
                    refusals
                        .into_iter()
                        .map(|one| format!("{}: {one}", experiment.title())),
                ),
            }
        }
        (plans, refused)
    }

    fn plan(
        &self,
        experiment: &Experiment,
        inventory: &Inventory,
        options: &PlanOptions,
    ) -> Result<Plan, Vec<Refusal>> {
        herz_runtime::plan(experiment, inventory, &self.backends, options)
    }
}

/// With what needs no process of its own.
#[cfg(target_os = "linux")]
fn backends(proxies: Backends) -> Backends {
    proxies
        .with(herz_process::ResourceBackend::new())
        .with(herz_process::SignalBackend::new())
}

/// Faults on processes are for Linux.
#[cfg(not(target_os = "linux"))]
fn backends(proxies: Backends) -> Backends {
    proxies
}

fn plan_options(subject: &Subject) -> Result<PlanOptions, Failure> {
    let time = |name: &str, text: &Option<String>| {
        text.as_deref().map(|text| duration(name, text)).transpose()
    };
    Ok(PlanOptions {
        seed: subject.seed,
        duration: time("--duration", &subject.duration)?,
        max_duration: time("--max-duration", &subject.max_duration)?,
    })
}

/// A time on the command line.
pub(crate) fn duration(option: &str, text: &str) -> Result<Duration, Failure> {
    time::parse(text).ok_or_else(|| {
        Failure::usage(format!(
            "{option}: `{text}` is no duration; write it with its unit, such as `30s` or `1m30s`"
        ))
    })
}

/// Where runs are written down: `HERZ_STATE`, or the user's folder for such things.
pub(crate) fn state() -> Result<PathBuf, Failure> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = set("HERZ_STATE") {
        return Ok(folder.into());
    }
    if let Some(folder) = set("XDG_STATE_HOME") {
        return Ok(PathBuf::from(folder).join("herz"));
    }
    if let Some(home) = set("HOME") {
        return Ok(PathBuf::from(home).join(".local/state/herz"));
    }
    Err(Failure::lacking(
        "there is no place for runs: name a folder with HERZ_STATE",
    ))
}

/// The store; made if it is not there.
pub(crate) fn store() -> Result<SqliteStore, Failure> {
    SqliteStore::open(state()?.join("runs.db")).map_err(|error| store_failure(&error))
}

/// The store if there is one; nothing ran here otherwise.
pub(crate) fn store_if_any() -> Result<Option<SqliteStore>, Failure> {
    let path = state()?.join("runs.db");
    match path.try_exists() {
        Ok(true) => store().map(Some),
        Ok(false) => Ok(None),
        // Not the same as none: what is injected is not known.
        Err(error) => Err(Failure {
            exit: Exit::Lacking,
            message: format!(
                "the store {} can't be looked for: {}; HERZ_STATE names its folder",
                path.display(),
                files::why(&error)
            ),
        }),
    }
}

pub(crate) fn store_failure(error: &StoreError) -> Failure {
    let exit = match error.kind {
        // What it knew of may still be in the world.
        StoreTrouble::Damaged => Exit::Dirty,
        StoreTrouble::Unknown => Exit::Usage,
        StoreTrouble::Unwritable | StoreTrouble::Newer | StoreTrouble::Other => Exit::Lacking,
    };
    Failure {
        exit,
        message: error.message.clone(),
    }
}
