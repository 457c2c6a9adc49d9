//! `herz status`: what is injected now, from the journal, also after a crash.

use crate::args::runtime::{Status as Options, StatusAs};
use crate::commands::report::find;
use crate::exit::{Exit, Failure};
use crate::lab;
use crate::output::Output;
use herz_runtime::event::{Event, Phase, What};
use herz_runtime::store::{Run, Store};
use herz_runtime::time::Instant;
use serde_json::{Value as Json, json};

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let mut lines = Vec::new();
    let mut dirty = false;
    if let Some(store) = lab::store_if_any()? {
        let runs = store.runs().map_err(|e| lab::store_failure(&e))?;
        let shown: Vec<&Run> = match &options.run {
            Some(id) => vec![find(&runs, id)?],
            None => runs
                .iter()
                .filter(|run| options.all || run.phase != Phase::Clean)
                .collect(),
        };
        for run in shown {
            let events = store.events(&run.id).map_err(|e| lab::store_failure(&e))?;
            dirty |= run.phase == Phase::Dirty || left_alone(run);
            lines.push(line(run, &events));
        }
    } else if let Some(id) = &options.run {
        return Err(Failure::usage(format!(
            "there is no run `{id}`: nothing ran here yet"
        )));
    }
    match options.output {
        StatusAs::Json => {
            let json = json!({"schemaVersion": 1, "runs": lines});
            output.result(&format!("{json:#}\n"));
        }
        StatusAs::Table => output.result(&table(&lines)),
    }
    Ok(if dirty { Exit::Dirty } else { Exit::Fine })
}

/// Whether its process died before it was over.
fn left_alone(run: &Run) -> bool {
    !run.phase.is_over() && !run.owner.is_alive()
}

fn line(run: &Run, events: &[Event]) -> Json {
    let injected = events.iter().find_map(|event| match event.what {
        What::Phase {
            phase: Phase::Injected,
        } => Some(event.at),
        _ => None,
    });
    let until = (!run.phase.is_over())
        .then(|| Some(injected?.after(run.plan.duration?)))
        .flatten();
    let left = until.map(|until| until.since(Instant::now()).as_secs());
    let measures = events.iter().rev().find_map(|event| match &event.what {
        What::Observed { measures, .. } => Some(measures.clone()),
        _ => None,
    });
    json!({
        "run": run.id,
        "experiment": run.plan.experiment.title(),
        "phase": if left_alone(run) { "left alone" } else { run.phase.name() },
        "targets": run.plan.targets.iter().map(herz_runtime::Target::id).collect::<Vec<_>>(),
        "started": run.started.to_string(),
        "secondsLeft": left,
        "process": run.owner.pid,
        "verdict": run.verdict.as_ref().map(ToString::to_string),
        "measures": measures,
    })
}

fn table(lines: &[Json]) -> String {
    if lines.is_empty() {
        return "nothing is injected\n".to_owned();
    }
    let text = |line: &Json, key: &str| match line.get(key) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Null) | None => "-".to_owned(),
        Some(other) => other.to_string(),
    };
    let mut rows = vec![
        [
            "RUN",
            "EXPERIMENT",
            "PHASE",
            "SECONDS LEFT",
            "PROCESS",
            "VERDICT",
        ]
        .map(str::to_owned),
    ];
    for line in lines {
        rows.push(
            [
                "run",
                "experiment",
                "phase",
                "secondsLeft",
                "process",
                "verdict",
            ]
            .map(|key| text(line, key)),
        );
    }
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}
