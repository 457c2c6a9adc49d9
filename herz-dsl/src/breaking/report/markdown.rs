//! The report as Markdown for a pull request.

use super::{CONTRADICTED, Finding, Report, WORDS, place};
use crate::breaking::level::{Confidence, Level};
use crate::breaking::rule;
use crate::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write;

impl Report {
    /// The report as Markdown for a pull request: breaks in full, with what to do instead; the rest
    /// folded away.
    pub fn to_markdown(&self, sources: &Sources) -> String {
        let mut text = format!(
            "**Least bump: {}** (generated packages: {})\n",
            self.bump(),
            self.client_bump()
        );
        let shown = |finding: &&Finding| finding.counts() && finding.rule != WORDS;
        let is_open = |it: &Finding| (it.level == Level::Major || it.gate) && it.accepted.is_none();
        let (open, rest): (Vec<&Finding>, Vec<&Finding>) = self
            .findings
            .iter()
            .filter(shown)
            .partition(|it| is_open(it));
        if !open.is_empty() {
            text.push('\n');
            table(&mut text, &open, sources);
            text.push_str("\n**Instead**\n\n");
            let rules: BTreeSet<&str> = open.iter().map(|it| it.rule).collect();
            for id in rules {
                let instead = rule::get(id).field("instead");
                let instead = instead.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(text, "- `{id}`: {}", cell(&instead));
            }
        }
        if !rest.is_empty() {
            let _ = writeln!(
                text,
                "\n<details><summary>{} that {} no one</summary>\n",
                match rest.len() {
                    1 => "1 more change".to_owned(),
                    n => format!("{n} more changes"),
                },
                if rest.len() == 1 { "stops" } else { "stop" }
            );
            table(&mut text, &rest, sources);
            text.push_str("\n</details>\n");
        }
        let words = self.findings.iter().filter(|it| it.rule == WORDS).count();
        if words > 0 {
            let places = if words == 1 { "place" } else { "places" };
            let _ = writeln!(text, "\n{words} {places} changed in words only.");
        }
        text
    }
}

fn table(text: &mut String, findings: &[&Finding], sources: &Sources) {
    text.push_str("| level | where | what | rule | places |\n|---|---|---|---|---|\n");
    for finding in findings {
        let places: Vec<String> = [finding.old, finding.new]
            .into_iter()
            .filter_map(|span| place(sources, span))
            .map(|(file, line)| format!("{file}:{line}"))
            .collect();
        let kind = match &finding.kind {
            Some(kind) => format!("{} ", cell(kind)),
            None => String::new(),
        };
        let level = if finding.gate {
            "gate"
        } else {
            finding.level.name()
        };
        let maybe = match finding.confidence {
            Confidence::Possible => " (possible)",
            Confidence::Certain => "",
        };
        let mut what = cell(&finding.message);
        if let Some(proof) = &finding.proof {
            let _ = write!(what, "; proof: `{}`", cell(&proof.replace('`', "'")));
        } else if finding.contradicted {
            let _ = write!(what, "; no document shows it: {CONTRADICTED}");
        } else if let Some(witness) = &finding.witness {
            let _ = write!(what, "; shown by: {}", cell(witness));
        }
        if let Some(exception) = finding.exception() {
            let _ = write!(what, "; {}", cell(&exception));
        }
        let path = finding.path.replace('`', "'");
        let _ = writeln!(
            text,
            "| {level}{maybe} | {kind}`{}` | {what} | `{}` | {} |",
            path.replace('|', "\\|"),
            finding.rule,
            cell(&places.join(", "))
        );
    }
}

/// A text that stays inside its cell, and is no markup.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' => out.push_str("\\|"),
            '<' => out.push_str("&lt;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
