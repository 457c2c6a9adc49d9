//! The report as one page: no scripts, no other files, light and dark.

use super::{Report, svg};
use crate::event::{Measure, Phase};

const STYLE: &str = include_str!("page.css");

pub(super) fn write(report: &Report) -> String {
    let mut out =
        String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(&format!("<title>{}</title>\n", escape(&report.title)));
    out.push_str(&format!(
        "<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    ));
    out.push_str(&format!("<h1>{}</h1>\n", escape(&report.title)));
    let class = match report.phase {
        Phase::Clean => "good",
        Phase::Dirty => "bad",
        _ => "open",
    };
    out.push_str(&format!(
        "<p class=\"{class}\">{}</p>\n",
        escape(&report.summary())
    ));
    if report.phase == Phase::Dirty {
        out.push_str(
            "<p class=\"bad\">The system may still be disturbed. See what is left below.</p>\n",
        );
    }
    facts(&mut out, report);
    probes(&mut out, report);
    steps(&mut out, report);
    out.push_str("<h2>Timeline</h2>\n<table>\n<tr><th>seconds</th><th>event</th></tr>\n");
    for line in &report.timeline {
        out.push_str(&format!(
            "<tr><td class=\"number\">{:+.3}</td><td>{}</td></tr>\n",
            line.at,
            escape(&line.what)
        ));
    }
    out.push_str("</table>\n</main>\n</body>\n</html>\n");
    out
}

fn facts(out: &mut String, report: &Report) {
    out.push_str("<dl>\n");
    for (name, value) in [
        ("run", report.run.as_str()),
        ("started", &report.started),
        ("ended", report.ended.as_deref().unwrap_or("not yet")),
        (
            "duration",
            report.duration.as_deref().unwrap_or("a single act"),
        ),
        ("seed", &report.seed.to_string()),
        ("plan", &report.plan),
    ] {
        out.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", escape(value)));
    }
    out.push_str("</dl>\n");
}

fn probes(out: &mut String, report: &Report) {
    for probe in &report.probes {
        out.push_str(&format!("<h2>Probe {}</h2>\n", escape(&probe.name)));
        out.push_str("<table>\n<tr><th></th><th>errors</th><th>p50 ms</th><th>p99 ms</th></tr>\n");
        for (when, window) in [
            ("before", &probe.before),
            ("during", &probe.during),
            ("after", &probe.after),
        ] {
            out.push_str(&format!("<tr><th>{when}</th>"));
            for cell in window.words() {
                out.push_str(&format!("<td class=\"number\">{cell}</td>"));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</table>\n");
        svg::latency(out, &probe.answers, report.held);
        svg::errors(out, &probe.answers, report.held);
    }
}

fn steps(out: &mut String, report: &Report) {
    out.push_str("<h2>Steps</h2>\n");
    for step in &report.steps {
        out.push_str(&format!(
            "<h3>{}: {}</h3>\n<ul>\n",
            escape(&step.target),
            escape(&step.what)
        ));
        let mut item = |text: &str| out.push_str(&format!("<li>{}</li>\n", escape(text)));
        item(&format!("by the backend {}", step.backend));
        match (&step.injected_in, &step.failed) {
            (_, Some(why)) => item(&format!("failed: {why}")),
            (Some(took), _) => item(&format!(
                "injected in {took}, {} late",
                step.late.as_deref().unwrap_or("0s")
            )),
            (None, None) => item("not injected"),
        }
        item(&format!("seen from outside: {}", step.witness));
        item(&step.undo_words());
        for left in &step.left {
            let remedy = left.remedy.as_deref().unwrap_or("look for it by hand");
            item(&format!("left: {}; try: {remedy}", left.what));
        }
        out.push_str("</ul>\n");
        for measure in &step.measures {
            out.push_str(&format!(
                "<p>{}: asked {}, observed {}</p>\n",
                escape(&measure.name),
                escape(&Measure::quantity(measure.asked, &measure.unit, 2)),
                escape(&Measure::quantity(measure.observed, &measure.unit, 2)),
            ));
            svg::asked_and_observed(out, &measure.samples);
        }
    }
}

/// A text as it may stand in HTML and XML, in attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            // XML has no place for these, not even escaped.
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
