//! `herz report`: a run, for people and for CI.

use crate::args::runtime::{Report as Options, ReportAs};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::lab;
use crate::output::Output;
use herz_runtime::report::Report;
use herz_runtime::store::{Run, Store};
use std::path::Path;

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let store = lab::store_if_any()?.ok_or_else(|| Failure::usage("nothing ran here yet"))?;
    let runs = store.runs().map_err(|e| lab::store_failure(&e))?;
    let run = match &options.run {
        Some(id) => find(&runs, id)?,
        None => runs
            .last()
            .ok_or_else(|| Failure::usage("nothing ran here yet"))?,
    };
    if options.output.is_empty() {
        let report = of(&store, run)?;
        output.result(&text(&report, options.format));
    }
    for path in &options.output {
        write(&store, &run.id, path)?;
        output.note(&format!("report: {}", path.display()));
    }
    Ok(Exit::Fine)
}

/// The run of an id, or of its unmistakable beginning.
pub(crate) fn find<'r>(runs: &'r [Run], id: &str) -> Result<&'r Run, Failure> {
    if let Some(run) = runs.iter().find(|run| run.id == id) {
        return Ok(run);
    }
    let mut fitting = runs.iter().filter(|run| run.id.starts_with(id));
    match (fitting.next(), fitting.next()) {
        (Some(run), None) => Ok(run),
        (Some(_), Some(_)) => Err(Failure::usage(format!("several runs begin with `{id}`"))),
        (None, _) => Err(Failure::usage(format!(
            "there is no run `{id}`; `herz status --all` lists them"
        ))),
    }
}

fn of(store: &dyn Store, run: &Run) -> Result<Report, Failure> {
    let events = store.events(&run.id).map_err(|e| lab::store_failure(&e))?;
    Ok(Report::of(run, &events))
}

fn text(report: &Report, form: ReportAs) -> String {
    match form {
        ReportAs::Html => report.to_html(),
        ReportAs::Markdown => report.to_markdown(),
        ReportAs::Json => report.to_json(),
        ReportAs::Junit => report.to_junit(),
    }
}

/// Whether a report can be there, before a run that would end without one.
pub(crate) fn can_be_at(path: &Path) -> Result<(), Failure> {
    form_of(path)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let why = match folder {
        _ if path.is_dir() => "it is a folder".to_owned(),
        Some(folder) if !folder.is_dir() => format!("`{}` is no folder", folder.display()),
        _ => return Ok(()),
    };
    Err(Failure::usage(format!(
        "can't write `{}`: {why}",
        path.display()
    )))
}

/// The form that a file's ending asks for.
fn form_of(path: &Path) -> Result<ReportAs, Failure> {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.to_str() {
        Some("html" | "htm") => Ok(ReportAs::Html),
        Some("md") => Ok(ReportAs::Markdown),
        Some("json") => Ok(ReportAs::Json),
        Some("xml") => Ok(ReportAs::Junit),
        _ => Err(Failure::usage(format!(
            "`{}` says no form of a report: end it in .html, .md, .json or .xml",
            path.display()
        ))),
    }
}

/// Writes the report of a run into a file.
pub(crate) fn write(store: &dyn Store, id: &str, path: &Path) -> Result<(), Failure> {
    let form = form_of(path)?;
    let runs = store.runs().map_err(|e| lab::store_failure(&e))?;
    let report = of(store, find(&runs, id)?)?;
    files::replace(path, &text(&report, form))
}
