//! The report for people.

use super::{CONTRADICTED, Report, WORDS, place};
use crate::breaking::level::{Confidence, Level};
use crate::source::Sources;
use std::collections::BTreeMap;
use std::fmt::Write;

impl Report {
    /// The report for people. Findings that ask for nothing at all are left out.
    pub fn to_text(&self, sources: &Sources) -> String {
        let mut text = String::new();
        let mut hidden = 0;
        let mut words = 0;
        for finding in &self.findings {
            if finding.rule == WORDS {
                words += 1;
                continue;
            }
            if !finding.counts() {
                hidden += 1;
                continue;
            }
            let level = if finding.gate {
                "gate"
            } else {
                finding.level.name()
            };
            let maybe = match finding.confidence {
                Confidence::Possible => " (possible)",
                Confidence::Certain => "",
            };
            let _ = writeln!(
                text,
                "{level}{maybe}: {} [{}]\n  {}",
                shown(&finding.place()),
                finding.rule,
                shown(&finding.message)
            );
            for (side, span) in [("old", finding.old), ("new", finding.new)] {
                if let Some((file, line)) = place(sources, span) {
                    let _ = writeln!(text, "  {side}: {file}:{line}");
                }
            }
            if let Some(proof) = &finding.proof {
                let _ = writeln!(text, "  proof: {}", shown(proof));
            } else if finding.contradicted {
                let _ = writeln!(text, "  proof: none: {CONTRADICTED}");
            } else if let Some(witness) = &finding.witness {
                let _ = writeln!(text, "  shown by: {}", shown(witness));
            }
            if let Some(exception) = finding.exception() {
                let _ = writeln!(text, "  {}", shown(&exception));
            }
            if finding.client > finding.level {
                let _ = writeln!(text, "  generated packages: {}", finding.client);
            }
        }
        if words > 0 {
            let _ = writeln!(
                text,
                "patch: {words} {} changed in words only [{WORDS}]",
                if words == 1 { "place" } else { "places" }
            );
        }
        if hidden > 0 {
            let _ = writeln!(
                text,
                "{hidden} {} without any effect not shown",
                if hidden == 1 {
                    "difference"
                } else {
                    "differences"
                }
            );
        }
        let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.level).or_default() += 1;
        }
        let count = |level| counts.get(&level).copied().unwrap_or(0);
        let _ = writeln!(
            text,
            "{} major, {} minor, {} patch; least bump: {}, of generated packages: {}",
            count(Level::Major),
            count(Level::Minor),
            count(Level::Patch),
            self.bump(),
            self.client_bump()
        );
        text
    }
}

/// A text of a schema that may be hostile, for a terminal.
fn shown(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(visible).collect()
}
