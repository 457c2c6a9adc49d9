//! `herz gen`: files for other languages and tools, from the catalog.

mod jobs;
mod project;
mod watch;

use crate::args::Generate;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use herz_codegen::config::Job;
use herz_codegen::sync::{Plan, SyncError};
use herz_codegen::target::{self, Emitted, View};
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::diagnostic::{Diagnostic, Level};
use project::{Documents, Project};
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;

pub(crate) fn run(options: &Generate, output: &Output) -> Result<Exit, Failure> {
    if options.list {
        output.result(&list());
        return Ok(Exit::Fine);
    }
    if options.watch {
        return watch::run(options, output);
    }
    Ok(once(options, output)?.exit)
}

/// What one run came to.
struct Round {
    exit: Exit,
    /// The files that it depends on.
    read: Vec<PathBuf>,
}

/// Reads everything anew and generates once.
fn once(options: &Generate, output: &Output) -> Result<Round, Failure> {
    let mut project = Project::load(options)?;
    let mut round = Round {
        exit: Exit::Fine,
        read: project.files(),
    };
    let findings = std::mem::take(&mut project.findings);
    print(&findings, &project, output)?;
    if findings.iter().any(|finding| finding.level == Level::Error) {
        round.exit = Exit::Findings;
        return Ok(round);
    }
    let jobs = jobs::chosen(options, &project)?;
    for job in &jobs {
        let documents = project.documents(job)?;
        round.read.extend(project.files());
        if generate(options, job, documents, &project, output)? == Exit::Findings {
            round.exit = Exit::Findings;
        }
    }
    Ok(round)
}

/// Runs one target and brings its folder up to date, or says how it is not.
fn generate(
    options: &Generate,
    job: &Job,
    documents: Documents,
    project: &Project,
    output: &Output,
) -> Result<Exit, Failure> {
    let name = job.target.name();
    let started = Instant::now();
    let Some((targets, packages)) = project.checked(job, output)? else {
        return Ok(Exit::Findings);
    };
    let folder = jobs::folder(job, project)?;
    let mut view = View::new(&project.catalog, &targets, &packages);
    let mut findings = documents.findings;
    for document in documents.read.values() {
        findings.extend(document.catalog_refs(&view.catalog).1);
    }
    if findings.iter().any(|finding| finding.level == Level::Error) {
        print(&findings, project, output)?;
        return Ok(Exit::Findings);
    }
    view.documents = documents.read;
    let emitted = job.target.emit(&view, &job.options);
    let took = started.elapsed();
    if !tell(&emitted, name, options, project, output)? {
        return Ok(Exit::Findings);
    }
    let shown = folder.display();
    let plan = Plan::new(&folder, name, &emitted.files, options.force).map_err(|e| failure(&e))?;
    let changes = plan.changes().len();
    let files = count(emitted.files.len(), "file");
    let mut line = format!("{name}: {files} in `{shown}`, ");
    if options.check {
        for change in plan.changes() {
            output.result(&format!(
                "{}: {} ({name})\n",
                change.path.display(),
                change.state.words()
            ));
        }
        line.push_str(&match changes {
            0 => "up to date".to_owned(),
            stale => format!("{} stale: run `herz gen`", count(stale, "file")),
        });
    } else {
        plan.apply().map_err(|error| failure(&error))?;
        line.push_str(&match changes {
            0 => "up to date".to_owned(),
            changed => format!("{changed} changed"),
        });
        for change in plan.changes() {
            use herz_codegen::sync::State::{Edited, EditedLeftover};
            if matches!(change.state, Edited | EditedLeftover) {
                let path = change.path.display();
                output.note(&format!("{name}: `{path}` was {}", change.state.words()));
            }
        }
    }
    if options.timings {
        let _ = write!(line, " ({:.1} ms)", took.as_secs_f64() * 1000.0);
    }
    output.note(&line);
    Ok(if options.check && changes > 0 {
        Exit::Findings
    } else {
        Exit::Fine
    })
}

/// Prints what a target can't say; false if it can't be generated at all.
///
/// What is lost of packages whose text is not at hand, which are the built-in ones, nobody here can
/// change: those are counted, and listed on demand.
fn tell(
    emitted: &Emitted,
    target: &str,
    options: &Generate,
    project: &Project,
    output: &Output,
) -> Result<bool, Failure> {
    let mut shown = Vec::new();
    let mut hidden = 0;
    for note in &emitted.notes {
        let finding = note.diagnostic(target, &project.places);
        if finding.span.is_some() || finding.level == Level::Error || options.losses {
            shown.push(finding);
        } else {
            hidden += 1;
        }
    }
    print(&shown, project, output)?;
    if hidden > 0 {
        let things = count(hidden, "thing");
        output.note(&format!(
            "{target}: {things} of built-in packages can't be said there; --losses lists them"
        ));
    }
    Ok(shown.iter().all(|finding| finding.level != Level::Error))
}

fn print(findings: &[Diagnostic], project: &Project, output: &Output) -> Result<(), Failure> {
    let mut text = String::new();
    let options = TextOptions {
        color: output.colour,
        ..TextOptions::default()
    };
    render::text(&mut text, findings, &project.sources, options)
        .map_err(|error| Failure::internal(error.to_string()))?;
    output.result(&text);
    Ok(())
}

/// All targets and their options.
fn list() -> String {
    let mut text = String::new();
    for target in target::all() {
        let _ = writeln!(text, "{:<14}{}", target.name(), target.summary());
        for option in target.options() {
            let kind = option.kind.words();
            let default = option
                .kind
                .default_words()
                .map_or_else(String::new, |word| format!("; {word} by default"));
            let _ = writeln!(
                text,
                "  {:<14}{} ({kind}{default})",
                option.name, option.doc
            );
        }
    }
    text
}

fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

fn failure(error: &SyncError) -> Failure {
    Failure::usage(error.to_string())
}
