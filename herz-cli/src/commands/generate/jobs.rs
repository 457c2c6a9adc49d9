//! What to generate: by `herz.toml`, or as the command line says.

use super::project::Project;
use crate::args::Generate;
use crate::exit::Failure;
use herz_codegen::config::{Job, Word};
use herz_codegen::target;
use herz_dsl::diagnostic::did_you_mean;
use std::path::PathBuf;

/// The jobs of this run.
pub(super) fn chosen(options: &Generate, project: &Project) -> Result<Vec<Job>, Failure> {
    let configured = &project.config.jobs;
    let mut jobs = Vec::new();
    for name in &options.targets {
        let Some(target) = target::find(name) else {
            let names = || target::all().iter().map(|target| target.name());
            let hint = did_you_mean(name, names()).map_or_else(
                || format!("expected one of {}", names().collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean `{meant}`?"),
            );
            let message = format!("there is no target `{name}`: {hint}");
            return Err(Failure::usage(message));
        };
        let before = jobs.len();
        let same = configured.iter().filter(|job| job.target.name() == name);
        jobs.extend(same.cloned());
        if jobs.len() == before {
            jobs.push(Job::new(target));
        }
    }
    if options.targets.is_empty() {
        jobs.clone_from(configured);
    }
    if jobs.is_empty() {
        return Err(Failure::usage(
            "nothing to generate: name a target (`herz gen --list`) or add `[gen.TARGET]` to herz.toml",
        ));
    }
    let several = jobs.len() > 1;
    for job in &mut jobs {
        if let Some(out) = &options.out {
            let mut path = out.clone();
            if several {
                path.push(job.target.name());
            }
            job.out = Some(word(&path.to_string_lossy()));
        }
        if !options.target_versions.is_empty() {
            job.releases = options.target_versions.iter().map(|t| word(t)).collect();
        }
        if !options.packages.is_empty() {
            job.packages = options.packages.iter().map(|name| word(name)).collect();
        }
    }
    for setting in &options.set {
        set(setting, &mut jobs)?;
    }
    Ok(jobs)
}

/// `TARGET.OPTION=VALUE`.
fn set(setting: &str, jobs: &mut [Job]) -> Result<(), Failure> {
    let wrong = |why: String| Failure::usage(format!("--set {setting}: {why}"));
    let (name, value) = setting
        .split_once('=')
        .ok_or_else(|| wrong("expected TARGET.OPTION=VALUE".to_owned()))?;
    let (target, option) = name
        .split_once('.')
        .ok_or_else(|| wrong("expected TARGET.OPTION=VALUE".to_owned()))?;
    let mut known = false;
    for job in jobs.iter_mut().filter(|job| job.target.name() == target) {
        known = true;
        let set = job.options.set_text(job.target.options(), option, value);
        set.map_err(|error| wrong(error.to_string()))?;
    }
    if known {
        Ok(())
    } else {
        Err(wrong(format!("`{target}` is not generated in this run")))
    }
}

/// The folder of a job: relative to `herz.toml` if it comes from there.
pub(super) fn folder(job: &Job, project: &Project) -> Result<PathBuf, Failure> {
    let name = job.target.name();
    match &job.out {
        Some(out) if out.span.is_some() => Ok(project.folder.join(&out.text)),
        Some(out) => Ok(PathBuf::from(&out.text)),
        None => Err(Failure::usage(format!(
            "where does `{name}` go? Say --out FOLDER, or `out` under `[gen.{name}]` in herz.toml"
        ))),
    }
}

fn word(text: &str) -> Word {
    Word {
        text: text.to_owned(),
        span: None,
    }
}
