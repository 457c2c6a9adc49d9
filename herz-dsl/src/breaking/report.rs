//! Findings and what they add up to.

use super::level::{Bump, Confidence, Direction, Level};
use super::rule;
use crate::source::{Sources, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One change and what it asks of the versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule, for example `field-removed`.
    pub rule: &'static str,
    /// The kind, where kinds are compared: `NetworkChaos`.
    pub kind: Option<String>,
    /// Where in the schema: `spec.delay.latency`, `schema(Status).phase`,
    /// `op(GET /x).param(query.limit)`.
    pub path: String,
    /// What it asks of the version of the documents: worst of the directions they travel in.
    pub level: Level,
    /// What it asks of the version of generated packages, taken alone.
    pub client: Level,
    /// How sure the level is.
    pub confidence: Confidence,
    /// Whether values are written by users here (requests, `spec`).
    pub input: bool,
    /// Whether values are read by users here (responses, `status`).
    pub output: bool,
    /// Whether the finding fails a gate whatever the version says.
    pub gate: bool,
    /// Where the old text says it.
    pub old: Option<Span>,
    /// Where the new text says it.
    pub new: Option<Span>,
    /// What changed, one line.
    pub message: String,
    /// A value that shows the break: valid before and refused after, or the other way round for
    /// what a reader was promised. Only where one was found.
    pub witness: Option<String>,
}

/// Changes in words: there can be thousands, so people are told how many only.
const WORDS: &str = "doc-changed";

/// All findings of one comparison, in order of kind, path and rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The least step that the version of the documents needs.
    pub fn bump(&self) -> Bump {
        self.findings
            .iter()
            .map(|it| it.level)
            .max()
            .unwrap_or_default()
    }

    /// The least step that generated packages need.
    pub fn client_bump(&self) -> Bump {
        self.findings
            .iter()
            .map(|it| it.level.max(it.client))
            .max()
            .unwrap_or_default()
    }

    /// Whether something is at this level or above, or fails a gate.
    pub fn reaches(&self, level: Level) -> bool {
        self.findings.iter().any(|it| it.level >= level)
    }

    /// The report as the JSON that other tools read, one finding a line.
    pub fn to_json(&self, sources: &Sources) -> String {
        let mut text = String::from("{\"schemaVersion\": 1, \"findings\": [");
        for (at, finding) in self.findings.iter().enumerate() {
            let json = JsonFinding::new(finding, sources);
            let line = serde_json::to_string(&json).unwrap_or_default();
            text.push_str(if at == 0 { "\n  " } else { ",\n  " });
            text.push_str(&line);
        }
        let end = if self.findings.is_empty() { "" } else { "\n" };
        let _ = writeln!(
            text,
            "{end}], \"bump\": \"{}\", \"clientBump\": \"{}\"}}",
            self.bump(),
            self.client_bump()
        );
        text
    }

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
            if finding.level == Level::None && finding.client == Level::None && !finding.gate {
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
            let kind = finding
                .kind
                .as_ref()
                .map(|kind| format!("{kind} "))
                .unwrap_or_default();
            let _ = writeln!(
                text,
                "{level}{maybe}: {kind}{} [{}]\n  {}",
                finding.path, finding.rule, finding.message
            );
            for (side, span) in [("old", finding.old), ("new", finding.new)] {
                if let Some((file, line)) = place(sources, span) {
                    let _ = writeln!(text, "  {side}: {file}:{line}");
                }
            }
            if let Some(witness) = &finding.witness {
                let _ = writeln!(text, "  shown by: {witness}");
            }
            if finding.client > finding.level {
                let _ = writeln!(text, "  generated packages: {}", finding.client);
            }
        }
        if words > 0 {
            let _ = writeln!(
                text,
                "patch: {words} places changed in words only [{WORDS}]"
            );
        }
        if hidden > 0 {
            let _ = writeln!(
                text,
                "{hidden} differences without any effect are not shown"
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

impl Report {
    /// The report as a table for a pull request.
    pub fn to_markdown(&self, sources: &Sources) -> String {
        let mut text = format!(
            "**Least bump: {}** (generated packages: {})\n",
            self.bump(),
            self.client_bump()
        );
        let shown: Vec<&Finding> = self
            .findings
            .iter()
            .filter(|it| it.level > Level::None || it.client > Level::None || it.gate)
            .filter(|it| it.rule != WORDS)
            .collect();
        if shown.is_empty() {
            return text;
        }
        text.push_str("\n| level | where | what | rule | places |\n|---|---|---|---|---|\n");
        for finding in shown {
            let places: Vec<String> = [finding.old, finding.new]
                .into_iter()
                .filter_map(|span| place(sources, span))
                .map(|(file, line)| format!("{file}:{line}"))
                .collect();
            let kind = finding
                .kind
                .as_ref()
                .map(|kind| format!("{kind} "))
                .unwrap_or_default();
            let _ = writeln!(
                text,
                "| {} | {kind}`{}` | {} | `{}` | {} |",
                finding.level,
                finding.path,
                finding.message.replace('|', "\\|").replace('\n', " "),
                finding.rule,
                places.join(", ")
            );
        }
        text
    }

    /// The report as annotations of GitHub Actions, at the new places.
    pub fn to_github(&self, sources: &Sources) -> String {
        let escape = |text: &str| {
            text.replace('%', "%25")
                .replace('\r', "%0D")
                .replace('\n', "%0A")
        };
        let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
        let mut text = String::new();
        for finding in &self.findings {
            let level = match finding.level {
                Level::Major => "error",
                Level::Minor => "notice",
                _ if finding.gate => "error",
                _ => continue,
            };
            let at = place(sources, finding.new).or_else(|| place(sources, finding.old));
            let at = at.map(|(file, line)| format!(" file={},line={line},", property(&file)));
            let _ = writeln!(
                text,
                "::{level}{}title={}::{}: {}",
                at.unwrap_or_else(|| " ".to_owned()),
                property(finding.rule),
                escape(&finding.path),
                escape(&finding.message)
            );
        }
        text
    }
}

/// File and line of a place.
pub(super) fn place(sources: &Sources, span: Option<Span>) -> Option<(String, u32)> {
    let span = span?;
    let source = sources.get(span.source)?;
    Some((source.name.to_string(), source.position(span.start).line))
}

#[derive(Serialize)]
struct JsonPlace {
    file: String,
    line: u32,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    path: &'a str,
    level: Level,
    client: Level,
    confidence: Confidence,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    gate: bool,
    old: Option<JsonPlace>,
    new: Option<JsonPlace>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a str>,
}

impl<'a> JsonFinding<'a> {
    fn new(finding: &'a Finding, sources: &Sources) -> Self {
        let at = |span| place(sources, span).map(|(file, line)| JsonPlace { file, line });
        Self {
            rule: finding.rule,
            kind: finding.kind.as_deref(),
            path: &finding.path,
            level: finding.level,
            client: finding.client,
            confidence: finding.confidence,
            gate: finding.gate,
            old: at(finding.old),
            new: at(finding.new),
            message: &finding.message,
            witness: finding.witness.as_deref(),
        }
    }
}

/// A finding before directions are folded.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub(super) rule: &'static str,
    pub(super) path: String,
    /// None: both ways, or no way of its own (operations).
    pub(super) direction: Option<Direction>,
    pub(super) old: Option<Span>,
    pub(super) new: Option<Span>,
    pub(super) message: String,
    pub(super) level: Option<Level>,
    pub(super) confidence: Option<Confidence>,
    pub(super) witness: Option<String>,
}

impl Raw {
    pub(super) fn new(
        rule: &'static str,
        path: &str,
        direction: impl Into<Option<Direction>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            path: path.to_owned(),
            direction: direction.into(),
            old: None,
            new: None,
            message: message.into(),
            level: None,
            confidence: None,
            witness: None,
        }
    }

    pub(super) fn old(mut self, span: impl Into<Option<Span>>) -> Self {
        self.old = span.into();
        self
    }

    pub(super) fn new_at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.new = span.into();
        self
    }

    /// Where the rule's own level depends on more than the direction.
    pub(super) fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    pub(super) fn possible(mut self) -> Self {
        self.confidence = Some(Confidence::Possible);
        self
    }

    pub(super) fn witness(mut self, witness: Option<String>) -> Self {
        self.witness = witness;
        self
    }
}

/// Collects findings; one place takes each rule once, at the worst level met.
#[derive(Debug, Default)]
pub(super) struct Collector {
    findings: BTreeMap<(Option<String>, String, &'static str), Finding>,
    /// The kind that is compared now.
    pub(super) kind: Option<String>,
}

impl Collector {
    pub(super) fn add(&mut self, raw: Raw) {
        let rule = rule::get(raw.rule);
        let input = raw.direction != Some(Direction::Output);
        let output = raw.direction != Some(Direction::Input);
        let (mut level, mut confidence) = match raw.direction {
            Some(Direction::Input) => rule.input,
            Some(Direction::Output) => rule.output,
            None => rule.worst(),
        };
        if let Some(own) = raw.level {
            level = own;
        }
        if let Some(own) = raw.confidence {
            confidence = own;
        }
        let finding = Finding {
            rule: rule.id,
            kind: self.kind.clone(),
            path: raw.path,
            level,
            client: rule.client,
            confidence,
            input,
            output,
            gate: rule.gate,
            old: raw.old,
            new: raw.new,
            message: raw.message,
            witness: raw.witness,
        };
        let key = (finding.kind.clone(), finding.path.clone(), finding.rule);
        match self.findings.entry(key) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(finding);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                let known = place.get_mut();
                if finding.level > known.level {
                    known.level = finding.level;
                    known.confidence = finding.confidence;
                    known.witness = finding.witness.or_else(|| known.witness.take());
                } else if finding.level == known.level {
                    known.confidence = known.confidence.max(finding.confidence);
                }
                known.input |= finding.input;
                known.output |= finding.output;
                if !known.message.contains(&finding.message) {
                    known.message = format!("{}; {}", known.message, finding.message);
                }
            }
        }
    }

    /// Whether every finding so far leaves values alone: words and order only.
    pub(super) fn is_clean(&self) -> bool {
        self.findings.values().all(|it| it.level <= Level::Patch)
    }

    /// The worst level so far.
    pub(super) fn worst(&self) -> Level {
        self.findings
            .values()
            .map(|it| it.level)
            .max()
            .unwrap_or_default()
    }

    pub(super) fn contains(&self, path: &str, rule: &'static str) -> bool {
        self.findings
            .contains_key(&(self.kind.clone(), path.to_owned(), rule))
    }

    pub(super) fn remove(&mut self, path: &str, rule: &'static str) -> Option<Finding> {
        self.findings
            .remove(&(self.kind.clone(), path.to_owned(), rule))
    }

    pub(super) fn report(self) -> Report {
        Report {
            findings: self.findings.into_values().collect(),
        }
    }
}
