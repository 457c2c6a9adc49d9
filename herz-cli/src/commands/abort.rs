//! `herz abort`: ends runs of other processes.

use crate::args::runtime::Abort as Options;
use crate::commands::report::find;
use crate::exit::{Exit, Failure};
use crate::lab;
use crate::output::Output;
use herz_runtime::event::Phase;
use herz_runtime::store::{Run, Store};
use std::time::{Duration, Instant};

/// Of `--all` where there is nothing to end.
const NOTHING: &str = "nothing runs, so nothing was ended";

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let timeout = lab::duration("--timeout", &options.timeout)?;
    let Some(store) = lab::store_if_any()? else {
        return match &options.run {
            Some(id) => Err(Failure::usage(format!(
                "there is no run `{id}`: nothing ran here yet"
            ))),
            None => {
                output.note(NOTHING);
                Ok(Exit::Fine)
            }
        };
    };
    let wrong = |error| lab::store_failure(&error);
    let runs = store.runs().map_err(wrong)?;
    let meant: Vec<&Run> = match &options.run {
        Some(id) => vec![find(&runs, id)?],
        None => runs.iter().filter(|run| !run.phase.is_over()).collect(),
    };
    if meant.is_empty() {
        output.note(NOTHING);
    }
    let mut exit = Exit::Fine;
    let begun = Instant::now();
    for run in &meant {
        if run.phase.is_over() {
            output.note(&format!("{} is over: {}", run.id, run.phase));
        } else if !run.owner.is_alive() {
            output.talk(&format!(
                "{}: its process is dead; use `herz recover`",
                run.id
            ));
            exit = exit.max(Exit::Dirty);
        } else {
            store.ask_abort(&run.id, &options.reason).map_err(wrong)?;
        }
    }
    for run in meant {
        if run.phase.is_over() || !run.owner.is_alive() {
            continue;
        }
        let end = until_over(&store, &run.id, begun + timeout).map_err(wrong)?;
        let took = begun.elapsed().as_millis();
        match end {
            Some(Phase::Clean) => output.note(&format!("{}: clean after {took} ms", run.id)),
            Some(_) => {
                output.talk(&format!(
                    "DIRTY: {} could not be undone; `herz recover` tries again",
                    run.id
                ));
                exit = exit.max(Exit::Dirty);
            }
            None => {
                output.talk(&format!("{} is not undone after {took} ms", run.id));
                exit = exit.max(Exit::Timeout);
            }
        }
    }
    Ok(exit)
}

fn until_over(
    store: &dyn Store,
    id: &str,
    deadline: Instant,
) -> Result<Option<Phase>, herz_runtime::store::StoreError> {
    loop {
        let runs = store.runs()?;
        let phase = runs.iter().find(|run| run.id == id).map(|run| run.phase);
        match phase {
            Some(phase) if phase.is_over() => return Ok(Some(phase)),
            _ if Instant::now() >= deadline => return Ok(None),
            // Another process has to act; it has no way to call us.
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}
