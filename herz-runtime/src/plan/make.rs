//! Experiment and inventory -> plan.

use super::{Plan, Reason, Refusal, Step, hash};
use crate::backend::{Backends, Draft, Lifetime, Need, Planning};
use crate::experiment::Experiment;
use crate::inventory::{Inventory, Place, Target};
use crate::selector::{Mode, Random, Selector, choose};
use serde_json::Value as Json;
use std::time::Duration;

/// What a plan may depend on besides experiment and inventory.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// Start of random choices. The experiment's own seed goes before; without both, a new one.
    pub seed: Option<u64>,
    /// How long a fault lasts whose document does not say it.
    pub duration: Option<Duration>,
    /// No fault lasts longer than this.
    pub max_duration: Option<Duration>,
}

/// Says what would be done. Changes nothing.
///
/// The error holds every reason that was found, not only the first.
pub fn plan(
    experiment: &Experiment,
    inventory: &Inventory,
    backends: &Backends,
    options: &PlanOptions,
) -> Result<Plan, Vec<Refusal>> {
    let seed = experiment
        .seed
        .or(options.seed)
        .unwrap_or_else(Random::fresh_seed);
    let mut random = Random::new(seed);
    let mut warnings = Vec::new();
    let task = experiment.kind == crate::program::task::KIND;
    let found = hit(experiment, inventory).map_err(|refusal| vec![refusal])?;
    let selected = found.len();
    let targets = pick(experiment.mode, found, &mut random);
    let peers = match &experiment.peers {
        Some(peers) => {
            let found = select(&peers.selector, inventory).map_err(|refusal| {
                vec![Refusal {
                    message: format!("the far side (`spec.target`): {}", refusal.message),
                    ..refusal
                }]
            })?;
            pick(peers.mode, found, &mut random)
        }
        None => Vec::new(),
    };
    if targets.is_empty() {
        warnings.push("chance chose nobody: this run will do nothing".to_owned());
    }
    let cx = Planning {
        seed,
        peers: &peers,
    };
    let mut drafted: Vec<(String, Drafted)> = Vec::new();
    let mut refused = Vec::new();
    for target in &targets {
        match draft(experiment, target, backends, &cx) {
            Ok(found) => drafted.push((target.id(), found)),
            Err(refusals) => {
                refused.extend(refusals.into_iter().map(|one| one.about(target.id())));
            }
        }
    }
    let mut needs: Vec<Need> = Vec::new();
    let mut steps = Vec::new();
    for (target, found) in drafted {
        for need in found.needs {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        for draft in found.drafts {
            steps.push(step(steps.len(), &target, &found.backend, draft));
        }
    }
    let lasts = steps.iter().any(|step| step.lifetime != Lifetime::Instant);
    let duration = if lasts {
        let length = length(experiment, options, task, &mut warnings);
        length.unwrap_or_else(|refusal| {
            refused.push(refusal);
            None
        })
    } else {
        None
    };
    if !refused.is_empty() {
        return Err(refused);
    }
    if selected > 0 && !task && experiment.selector.is_open() {
        warnings.push(format!(
            "the selector has no condition: it means every target of {}",
            experiment.selector.namespaces.join(", ")
        ));
    }
    let mut plan = Plan {
        schema_version: Plan::SCHEMA_VERSION,
        hash: String::new(),
        experiment: experiment.clone(),
        seed,
        selected,
        targets,
        peers,
        steps,
        duration,
        needs,
        warnings,
    };
    plan.hash = hash::of(&plan);
    Ok(plan)
}

/// What one backend proposes for one target.
struct Drafted {
    backend: String,
    drafts: Vec<Draft<Json>>,
    needs: Vec<Need>,
}

/// The first backend that can do it and has what it needs; else the first that can do it.
fn draft(
    experiment: &Experiment,
    target: &Target,
    backends: &Backends,
    cx: &Planning<'_>,
) -> Result<Drafted, Vec<Refusal>> {
    let place = target.place.kind();
    let serving = backends.serving(experiment, &place);
    if serving.is_empty() {
        let action = experiment
            .action
            .as_ref()
            .map_or_else(String::new, |action| format!(" with action `{action}`"));
        let refusal = Refusal::new(
            Reason::NoBackend,
            format!(
                "no backend does {}{action} on a target of type `{place}`",
                experiment.kind
            ),
        );
        return Err(vec![match backends.nearest(experiment, &place) {
            Some(nearest) => refusal.nearest(nearest),
            None => refusal,
        }]);
    }
    let mut refused = Vec::new();
    let mut lacking: Option<Drafted> = None;
    for backend in serving {
        match backend.plan(experiment, target, cx) {
            Ok(drafts) => {
                let found = Drafted {
                    backend: backend.name().to_owned(),
                    drafts,
                    needs: backend.needs(),
                };
                if found.needs.iter().all(Need::is_met) {
                    return Ok(found);
                }
                lacking = lacking.or(Some(found));
            }
            Err(refusal) => refused.push(refusal),
        }
    }
    lacking.ok_or(refused)
}

fn step(at: usize, target: &str, backend: &str, draft: Draft<Json>) -> Step {
    Step {
        id: u32::try_from(at).unwrap_or(u32::MAX),
        target: target.to_owned(),
        backend: backend.to_owned(),
        what: draft.what,
        undo: draft.undo,
        witness: draft.witness,
        lifetime: draft.lifetime,
        claims: draft.claims,
        action: draft.action,
    }
}

/// Whom the experiment may hit. A task picks nobody: it runs on this machine, whatever is listed.
fn hit(experiment: &Experiment, inventory: &Inventory) -> Result<Vec<Target>, Refusal> {
    if experiment.kind == crate::program::task::KIND {
        return Ok(vec![Target::new("this-machine", Place::Host)]);
    }
    select(&experiment.selector, inventory)
}

/// The targets that fit; nobody is a refusal that names the nearest misses.
fn select(selector: &Selector, inventory: &Inventory) -> Result<Vec<Target>, Refusal> {
    if !selector.cluster_only.is_empty() {
        return Err(Refusal::new(
            Reason::ClusterOnly,
            format!(
                "the selector uses {}, which only a cluster can answer",
                selector.cluster_only.join(", ")
            ),
        )
        .nearest("labels, names and namespaces"));
    }
    let (fitting, others): (Vec<&Target>, Vec<&Target>) = inventory
        .targets()
        .iter()
        .partition(|target| selector.fits(target));
    if !fitting.is_empty() {
        return Ok(fitting.into_iter().cloned().collect());
    }
    let mut near: Vec<(usize, String)> = others
        .iter()
        .map(|target| {
            let missed = selector.misses(target);
            (
                missed.len(),
                format!("{} ({})", target.id(), missed.join(", ")),
            )
        })
        .collect();
    near.sort();
    let near: Vec<String> = near.into_iter().take(3).map(|(_, text)| text).collect();
    let message = if inventory.targets().is_empty() {
        "the selector finds nobody: the inventory is empty"
    } else {
        "the selector finds nobody"
    };
    let refusal = Refusal::new(Reason::NoTarget, message);
    Err(if near.is_empty() {
        refusal.nearest("an Inventory document that lists what there is to hit")
    } else {
        refusal.nearest(format!("nearest are {}", near.join("; ")))
    })
}

fn pick(mode: Mode, found: Vec<Target>, random: &mut Random) -> Vec<Target> {
    let count = mode.count(found.len(), random);
    choose(found, count, random)
}

/// How long a fault that lasts is to last. None: it ends by itself.
fn length(
    experiment: &Experiment,
    options: &PlanOptions,
    task: bool,
    warnings: &mut Vec<String>,
) -> Result<Option<Duration>, Refusal> {
    let asked = experiment.duration.or(options.duration);
    match (asked, options.max_duration) {
        (Some(asked), Some(max)) if asked > max => {
            warnings.push(format!(
                "the duration of {} is cut to {}",
                crate::time::text(asked),
                crate::time::text(max)
            ));
            Ok(Some(max))
        }
        (Some(asked), _) => Ok(Some(asked)),
        // It ends by itself; its deadline is a limit, not its length.
        (None, max) if task => {
            if max.is_none() {
                warnings.push(
                    "the task has no deadline: nothing ends it but itself, Ctrl-C or `herz abort`"
                        .to_owned(),
                );
            }
            Ok(max)
        }
        (None, _) => Err(Refusal::new(
            Reason::NoDuration,
            "this fault lasts, and nothing says how long: `spec.duration` is not there",
        )
        .nearest("`duration: 30s` in the spec, or a duration for the run")),
    }
}
