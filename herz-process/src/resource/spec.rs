//! `ResourceChaos` as an action on this machine.

use super::{Amount, ResourceAction};
use herz::v1alpha1::{CpuLoad, CpuWhole, DiskFill, MemoryGrowth, ResourceChaosSpec, ResourceFault};
use herz_runtime::inventory::ProcessPlace;
use herz_runtime::plan::{Reason, Refusal};
use herz_runtime::{Experiment, Place, Target};
use std::path::PathBuf;

fn no(message: impl Into<String>) -> Refusal {
    Refusal::unsupported(message)
}

pub(super) fn action(experiment: &Experiment, target: &Target) -> Result<ResourceAction, Refusal> {
    let spec: ResourceChaosSpec = experiment.read().map_err(|found| {
        let words: Vec<String> = found.iter().map(ToString::to_string).collect();
        no(format!(
            "the spec does not fit its kind: {}",
            words.join("; ")
        ))
    })?;
    let group = match &target.place {
        Place::Process(place) => Some(group_of(place)?),
        _ => None,
    };
    match spec.fault() {
        Ok(ResourceFault::Cpu(load)) => cpu(&load, group.as_deref()),
        Ok(ResourceFault::Memory(growth)) => memory(&growth),
        Ok(ResourceFault::Disk(fill)) => disk(&fill),
        Ok(ResourceFault::Other(other)) => Err(no(format!("spec.action: `{other}` is not known"))),
        Err(found) => Err(no(format!("spec.action: {found:?}"))),
    }
}

/// The control group of a target, which has to be ours: what we use up counts for our own.
fn group_of(place: &ProcessPlace) -> Result<String, Refusal> {
    let found = place.find();
    let Some(process) = found.first() else {
        return Err(Refusal::new(
            Reason::NoTarget,
            "no process fits the target now",
        ));
    };
    let read = |pid: u32| std::fs::read_to_string(format!("/proc/{pid}/cgroup"));
    let (theirs, own) = (read(process.pid), read(std::process::id()));
    match (theirs, own) {
        (Ok(theirs), Ok(own)) if theirs == own => Ok(unified(&own)),
        (Ok(_), Ok(_)) => Err(no(format!(
            "process {} lives in another control group, and what Herz uses up counts for its own",
            process.pid
        ))
        .nearest("start Herz in that control group, or a target of type `host`")),
        (Err(error), _) | (_, Err(error)) => Err(no(format!(
            "the control group of process {} can't be read: {error}",
            process.pid
        ))),
    }
}

/// Path of the group in the unified hierarchy.
fn unified(text: &str) -> String {
    text.lines()
        .find_map(|line| line.strip_prefix("0::"))
        .unwrap_or("/")
        .to_owned()
}

#[allow(clippy::cast_precision_loss, reason = "counts of CPUs are small")]
fn cpu(load: &CpuLoad, group: Option<&str>) -> Result<ResourceAction, Refusal> {
    let percent = load
        .load
        .get()
        .map_err(|error| no(format!("spec.cpu.load: {error}")))?
        .value();
    let all = std::thread::available_parallelism().map_or(1.0, |count| count.get() as f64);
    let whole = match &load.of {
        None | Some(CpuWhole::Host) => all,
        Some(CpuWhole::Cores) => {
            let cores = load.cores.map_or(0.0, f64::from);
            if cores < 1.0 {
                return Err(no("spec.cpu.cores is missing"));
            }
            if cores > all {
                return Err(no(format!("spec.cpu.cores: this machine has {all} CPUs")));
            }
            cores
        }
        Some(CpuWhole::Cgroup) => {
            let own;
            let group = match group {
                Some(group) => group,
                None => {
                    own =
                        unified(&std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default());
                    &own
                }
            };
            quota(group).unwrap_or(all).min(all)
        }
        Some(CpuWhole::Other(other)) => {
            return Err(no(format!("spec.cpu.of: `{other}` is not known")));
        }
    };
    Ok(ResourceAction::Cpu { whole, percent })
}

/// CPUs that a control group may use; nothing if it has no quota.
fn quota(group: &str) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/sys/fs/cgroup{group}/cpu.max")).ok()?;
    let (quota, period) = text.trim().split_once(' ')?;
    let (quota, period): (f64, f64) = (quota.parse().ok()?, period.parse().ok()?);
    (period > 0.0).then_some(quota / period)
}

fn memory(growth: &MemoryGrowth) -> Result<ResourceAction, Refusal> {
    let cap = growth
        .cap
        .get()
        .map_err(|error| no(format!("spec.memory.cap: {error}")))?
        .bytes();
    let rate = growth
        .rate
        .as_ref()
        .map(|rate| {
            rate.get()
                .map(|rate| rate.bits_per_second() / 8)
                .map_err(|error| no(format!("spec.memory.rate: {error}")))
        })
        .transpose()?;
    if rate == Some(0) {
        return Err(no("spec.memory.rate: it would never grow"));
    }
    Ok(ResourceAction::Memory { cap, rate })
}

fn disk(fill: &DiskFill) -> Result<ResourceAction, Refusal> {
    let path = PathBuf::from(&fill.path);
    if !path.is_dir() {
        return Err(no(format!("spec.disk.path: `{}` is no folder", fill.path)));
    }
    let amount = match (&fill.size, &fill.leave) {
        (Some(size), None) => Amount::Size(
            size.get()
                .map_err(|error| no(format!("spec.disk.size: {error}")))?
                .bytes(),
        ),
        (None, Some(leave)) => Amount::Leave(
            leave
                .get()
                .map_err(|error| no(format!("spec.disk.leave: {error}")))?
                .bytes(),
        ),
        _ => return Err(no("spec.disk: either `size` or `leave` says how much")),
    };
    Ok(ResourceAction::Disk { path, amount })
}
