//! `herz recover`: undoes what a dead process left.

use crate::args::runtime::Recover as Options;
use crate::exit::{Exit, Failure};
use crate::lab::{self, Lab};
use crate::output::Output;
use herz_runtime::EngineOptions;
use herz_runtime::undo::Undone;

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let Some(store) = lab::store_if_any()? else {
        output.note("nothing ran here, so nothing is left");
        return Ok(Exit::Fine);
    };
    let lab = Lab::new()?;
    let pauses = EngineOptions::default().undo_retries;
    let recovery = herz_runtime::engine::recover(&store, &lab.backends, &pauses, options.dry_run)
        .map_err(|error| lab::store_failure(&error))?;
    if recovery.runs.is_empty() {
        output.note("nothing is left");
    }
    let mut text = String::new();
    for run in &recovery.runs {
        text.push_str(&format!("{} ({})\n", run.run, run.title));
        if let Some(owner) = &run.alive {
            text.push_str(&format!("  left alone: {owner} still runs it\n"));
        }
        for would in &run.would {
            text.push_str(&format!("  would undo {would}\n"));
        }
        for (step, undone) in &run.undone {
            let how = match undone {
                Undone::Reverted => "undone".to_owned(),
                Undone::AlreadyGone => "was already gone".to_owned(),
                Undone::NotOurs { found } => format!("left alone: {found}"),
            };
            text.push_str(&format!("  step {step} {how}\n"));
        }
        for left in &run.left {
            let remedy = left.remedy.as_deref().unwrap_or("look for it by hand");
            text.push_str(&format!("  LEFT: {}; try: {remedy}\n", left.what));
        }
    }
    output.result(&text);
    if recovery.is_dirty() {
        output.talk("DIRTY: undo incomplete, the system may still be disturbed");
        return Ok(Exit::Dirty);
    }
    Ok(Exit::Fine)
}
