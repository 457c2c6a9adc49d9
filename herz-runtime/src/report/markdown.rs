//! The report as Markdown.

use super::Report;
use crate::event::Measure;

pub(super) fn write(report: &Report) -> String {
    let mut out = format!(
        "# {}\n\n**{}**\n\n",
        text(&report.title),
        text(&report.summary())
    );
    out.push_str("| | |\n|---|---|\n");
    let mut row = |name: &str, value: &str| out.push_str(&format!("| {name} | {value} |\n"));
    row("run", &format!("`{}`", report.run));
    row("started", &report.started);
    row("ended", report.ended.as_deref().unwrap_or("not yet"));
    row(
        "duration",
        report.duration.as_deref().unwrap_or("a single act"),
    );
    row("seed", &report.seed.to_string());
    out.push_str(
        "\n## Steps\n\n| target | what | injected in | late | asked | observed | undo |\n",
    );
    out.push_str("|---|---|---|---|---|---|---|\n");
    for step in &report.steps {
        let (asked, observed): (Vec<String>, Vec<String>) = step
            .measures
            .iter()
            .map(|m| {
                (
                    format!("{} {}", m.name, Measure::quantity(m.asked, &m.unit, 2)),
                    format!("{:.2}", m.observed),
                )
            })
            .unzip();
        let injected = match &step.failed {
            Some(why) => format!("failed: {why}"),
            None => step.injected_in.clone().unwrap_or_default(),
        };
        let cells = [
            step.target.clone(),
            step.what.clone(),
            injected,
            step.late.clone().unwrap_or_default(),
            asked.join(", "),
            observed.join(", "),
            step.undo_words(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| text(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    if !report.probes.is_empty() {
        out.push_str(
            "\n## Probes\n\n| probe | when | errors | p50 ms | p99 ms |\n|---|---|---|---|---|\n",
        );
        for probe in &report.probes {
            for (when, window) in [
                ("before", &probe.before),
                ("during", &probe.during),
                ("after", &probe.after),
            ] {
                let [errors, p50, p99] = window.words();
                let name = text(&probe.name);
                out.push_str(&format!("| {name} | {when} | {errors} | {p50} | {p99} |\n"));
            }
        }
    }
    out.push_str("\n## Timeline\n\n");
    for line in &report.timeline {
        out.push_str(&format!("- {:+.3}s {}\n", line.at, text(&line.what)));
    }
    out
}

/// A text that breaks neither a table nor a line.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '<' | '*' | '_' | '`' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
