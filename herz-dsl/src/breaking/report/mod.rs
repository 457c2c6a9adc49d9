//! Findings and what they add up to; one file a form they are told in.

mod fingerprint;
mod github;
mod json;
mod markdown;
mod sarif;
mod text;

use super::level::{Bump, Confidence, Direction, Level};
use super::rule;
use crate::source::{Sources, Span};
use std::collections::BTreeMap;

/// One change and what it asks of the versions.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
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
    /// The smallest document found that shows the break, as JSON: valid before and refused after,
    /// or something that a reader was told would not come. Only if it was asked for.
    pub proof: Option<String>,
    /// Whether other rules seem to stand in the way of any proof: the combinations of what rules speak of at
    /// its place were tried, and each is refused before or taken after. No proof of its own, since of many
    /// objects that tell the sides apart only some go on to the objects around. Only if a proof was asked for.
    pub contradicted: bool,
    /// What both sides said, where a keyword has values. Part of the [`Finding::fingerprint`].
    pub values: Vec<(Option<String>, Option<String>)>,
    /// Why a gate lets it pass, if it does: the bump stays what it is.
    pub accepted: Option<String>,
    /// What it counted as before a policy lowered it, and why.
    pub lowered: Option<(Level, String)>,
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

    /// Whether something is at this level or above, accepted or not.
    pub fn reaches(&self, level: Level) -> bool {
        self.findings.iter().any(|it| it.level >= level)
    }

    /// Whether a gate at this level (`None`: only what always fails one) lets the change pass.
    pub fn passes(&self, level: Option<Level>) -> bool {
        self.findings
            .iter()
            .filter(|it| it.accepted.is_none())
            .all(|it| !it.gate && level.is_none_or(|level| it.level < level))
    }

    /// Takes in the findings of another comparison of the same things, such as another release of
    /// a package: each place takes each rule once, at the worst level met.
    pub fn merge(&mut self, other: Self) {
        let mut known: BTreeMap<Key, Finding> = std::mem::take(&mut self.findings)
            .into_iter()
            .map(|it| (it.key(), it))
            .collect();
        for finding in other.findings {
            match known.entry(finding.key()) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(finding);
                }
                std::collections::btree_map::Entry::Occupied(mut place) => {
                    place.get_mut().take_in(finding);
                }
            }
        }
        self.findings = known.into_values().collect();
    }
}

/// Why no document shows a break.
const CONTRADICTED: &str = "other rules stand in the way of all that were tried";

/// What makes two findings one.
type Key = (Option<String>, String, &'static str);

impl Finding {
    fn key(&self) -> Key {
        (self.kind.clone(), self.path.clone(), self.rule)
    }

    /// Whether anybody has to do anything about it.
    pub fn counts(&self) -> bool {
        self.level > Level::None || self.client > Level::None || self.gate
    }

    /// Whether it is about documents: valid ones are refused, or readers meet what they were told
    /// would not come.
    pub fn is_on_the_wire(&self) -> bool {
        rule::get(self.rule).breaks().iter().any(|it| it == "wire")
    }

    /// Where it is, with its kind: `NetworkChaos spec.delay`.
    pub fn place(&self) -> String {
        match &self.kind {
            Some(kind) if self.path.is_empty() => kind.clone(),
            Some(kind) => format!("{kind} {}", self.path),
            None => self.path.clone(),
        }
    }

    /// What a policy, or an announced end, makes of it.
    pub(super) fn exception(&self) -> Option<String> {
        match (&self.accepted, &self.lowered) {
            (Some(reason), _) => Some(format!("accepted: {reason}")),
            (None, Some((was, reason))) => Some(format!("lowered from {was}: {reason}")),
            (None, None) => None,
        }
    }

    /// The same change, met another time: the worse of both counts.
    fn take_in(&mut self, other: Self) {
        if other.level > self.level {
            self.level = other.level;
            self.confidence = other.confidence;
            self.witness = other.witness.or_else(|| self.witness.take());
        } else if other.level == self.level {
            self.confidence = self.confidence.max(other.confidence);
        }
        self.proof = self.proof.take().or(other.proof);
        self.contradicted &= other.contradicted;
        self.input |= other.input;
        self.output |= other.output;
        if !self.message.contains(&other.message) {
            self.message = format!("{}; {}", self.message, other.message);
        }
        for values in other.values {
            if !self.values.contains(&values) {
                self.values.push(values);
            }
        }
    }
}

/// File and line of a place.
pub(super) fn place(sources: &Sources, span: Option<Span>) -> Option<(String, u32)> {
    let span = span?;
    let source = sources.get(span.source)?;
    Some((source.name.to_string(), source.position(span.start).line))
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
    pub(super) values: (Option<String>, Option<String>),
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
            values: (None, None),
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

    /// What both sides say.
    pub(super) fn values(mut self, old: Option<String>, new: Option<String>) -> Self {
        self.values = (old, new);
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
    findings: BTreeMap<Key, Finding>,
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
            values: match raw.values {
                (None, None) => Vec::new(),
                values => vec![values],
            },
            proof: None,
            contradicted: false,
            accepted: rule.passes().map(str::to_owned),
            lowered: None,
        };
        match self.findings.entry(finding.key()) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(finding);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                place.get_mut().take_in(finding);
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
