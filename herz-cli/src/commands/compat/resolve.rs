//! `herz compat resolve`, `why` and `path`: questions about versions.

use super::{axis, cell, matrix, print};
use crate::args::compat::{Answers, Resolve, Way, Why};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use herz_dsl::compat::{self, Candidate, Cell, Claim, LIBRARY, Matrix};
use serde_json::{Map, Value, json};
use std::fmt::Write;

pub(crate) fn resolve(options: &Resolve, output: &Output) -> Result<Exit, Failure> {
    let matrix = matrix(&options.matrix, output)?;
    let cell = cell(&matrix, &options.have, None)?;
    let candidates = compat::resolve(&matrix, &cell);
    Ok(answer(&matrix, &cell, &candidates, options.format, output))
}

pub(crate) fn why(options: &Why, output: &Output) -> Result<Exit, Failure> {
    let matrix = matrix(&options.matrix, output)?;
    let cell = cell(&matrix, &options.have, Some(&options.library))?;
    let asked = cell.iter().find(|(axis, _)| axis == LIBRARY);
    let row = matrix
        .releases
        .iter()
        .find(|row| asked.is_some_and(|(_, it)| *it == row.library.value));
    let Some(row) = row else {
        let known: Vec<String> = matrix
            .newest_first()
            .iter()
            .map(|row| row.library.value.to_string())
            .collect();
        return Err(Failure::usage(format!(
            "the matrix has no release {}: expected one of {}",
            options.library,
            known.join(", ")
        )));
    };
    let candidates = [compat::judge(&matrix, row, &cell)];
    Ok(answer(&matrix, &cell, &candidates, options.format, output))
}

fn answer(
    matrix: &Matrix,
    cell: &Cell,
    candidates: &[Candidate<'_>],
    format: Answers,
    output: &Output,
) -> Exit {
    match format {
        Answers::Json => print(output, &in_json(matrix, cell, candidates)),
        Answers::Text => output.result(&in_text(matrix, cell, candidates)),
    }
    if candidates.iter().any(|it| it.out.is_none()) {
        Exit::Fine
    } else {
        Exit::Findings
    }
}

/// Axes that were not asked about, with the versions that are left for them.
fn rooms(matrix: &Matrix, cell: &Cell, it: &Candidate<'_>) -> Vec<(String, String)> {
    matrix
        .axes
        .iter()
        .map(|axis| axis.name.value.clone())
        .filter(|axis| axis != LIBRARY && cell.iter().all(|(name, _)| name != axis))
        .filter_map(|axis| {
            let text = match it.release.claim(&axis) {
                Some(Claim::Exact(version)) => version.value.to_string(),
                _ => {
                    let shown = matrix.axis(&axis)?;
                    let room = compat::room(matrix, it.release, cell, &axis);
                    let spans: Vec<String> = room
                        .iter()
                        .map(|(a, b)| {
                            if a == b {
                                shown.show(a)
                            } else {
                                format!("{} to {}", shown.show(a), shown.show(b))
                            }
                        })
                        .collect();
                    spans.join(", ")
                }
            };
            (!text.is_empty()).then_some((axis, text))
        })
        .collect()
}

fn in_text(matrix: &Matrix, cell: &Cell, candidates: &[Candidate<'_>]) -> String {
    let mut text = String::new();
    for it in candidates.iter().filter(|it| it.out.is_none()) {
        let status = it.release.status.value.name();
        let _ = writeln!(text, "{}  {status}", it.release.library.value);
        for (axis, room) in rooms(matrix, cell, it) {
            let _ = writeln!(text, "  {axis} {room}");
        }
        for note in &it.notes {
            let _ = writeln!(text, "  note: {note}");
        }
    }
    if text.is_empty() {
        text.push_str("no release fits\n");
    }
    for it in candidates {
        if let Some(out) = &it.out {
            let _ = writeln!(text, "not {}: {}", it.release.library.value, out.why);
        }
    }
    text
}

fn in_json(matrix: &Matrix, cell: &Cell, candidates: &[Candidate<'_>]) -> Value {
    let list: Vec<Value> = candidates
        .iter()
        .map(|it| {
            let rooms: Map<String, Value> = rooms(matrix, cell, it)
                .into_iter()
                .map(|(axis, room)| (axis, Value::from(room)))
                .collect();
            json!({
                "library": it.release.library.value.to_string(),
                "status": it.release.status.value.name(),
                "fits": it.out.is_none(),
                "axis": it.out.as_ref().map(|out| &out.axis),
                "why": it.out.as_ref().map(|out| &out.why),
                "others": if it.out.is_none() { rooms } else { Map::new() },
                "notes": it.notes,
            })
        })
        .collect();
    let asked: Map<String, Value> = cell
        .iter()
        .map(|(axis, version)| {
            let shown = matrix
                .axis(axis)
                .map_or_else(|| version.to_string(), |it| it.show(version));
            (axis.clone(), Value::from(shown))
        })
        .collect();
    let best = candidates.iter().find(|it| it.out.is_none());
    json!({
        "schemaVersion": 1,
        "asked": asked,
        "best": best.map(|it| it.release.library.value.to_string()),
        "releases": list,
    })
}

pub(crate) fn path(options: &Way, output: &Output) -> Result<Exit, Failure> {
    let matrix = matrix(&options.matrix, output)?;
    let axis = axis(&matrix, &options.axis)?;
    let read = |text: &str| {
        let asked = [(options.axis.clone(), text.to_owned())];
        let version = compat::cell(&matrix, &asked)
            .map_err(|error| Failure::usage(error.to_string()))?
            .into_iter()
            .next()
            .map(|(_, version)| version)
            .ok_or_else(|| Failure::internal("no version"))?;
        if axis.has(&version) {
            return Ok(version);
        }
        let known: Vec<String> = axis.list().iter().map(|it| axis.show(it)).collect();
        Err(Failure::usage(format!(
            "`{}` has no version {text}: expected one of {}",
            options.axis,
            known.join(", ")
        )))
    };
    let (from, to) = (read(&options.from)?, read(&options.to)?);
    let steps = compat::path(&matrix, axis, &from, &to);
    if options.format == Answers::Json {
        let list = steps.as_ref().map(|steps| -> Vec<Value> {
            steps
                .iter()
                .map(|step| {
                    json!({
                        "from": axis.show(&step.from),
                        "to": axis.show(&step.to),
                        "steps": step.upgrade.steps,
                        "reversible": step.upgrade.reversible,
                        "bump": step.upgrade.bump.as_ref().map(|it| &it.value),
                        "breaks": step.upgrade.breaks,
                    })
                })
                .collect()
        });
        let reversible = steps
            .as_ref()
            .map(|steps| steps.iter().all(|it| it.upgrade.reversible));
        let document = json!({
            "schemaVersion": 1,
            "axis": options.axis,
            "from": axis.show(&from),
            "to": axis.show(&to),
            "path": list,
            "reversible": reversible,
        });
        print(output, &document);
    }
    let Some(steps) = steps else {
        if options.format == Answers::Text {
            let back = if to < from {
                "; a step back is allowed only where nothing is lost: see `herz compat lost`"
            } else {
                ""
            };
            output.result(&format!(
                "there is no way from {} {} to {}{back}\n",
                options.axis,
                axis.show(&from),
                axis.show(&to)
            ));
        }
        return Ok(Exit::Findings);
    };
    if options.format == Answers::Text {
        let mut text = String::new();
        if steps.is_empty() {
            text.push_str("nothing to do\n");
        }
        for step in &steps {
            let way_back = if step.upgrade.reversible {
                "can be undone"
            } else {
                "no way back"
            };
            let _ = writeln!(
                text,
                "{} -> {}  {}  ({way_back})",
                axis.show(&step.from),
                axis.show(&step.to),
                step.upgrade.steps.join(", ")
            );
            for line in &step.upgrade.breaks {
                let _ = writeln!(text, "  breaks {line}");
            }
        }
        output.result(&text);
    }
    Ok(Exit::Fine)
}
