//! The report as the JSON that other tools read.

use super::{Finding, Report, place};
use crate::breaking::level::{Confidence, Level};
use crate::source::Sources;
use serde::Serialize;
use std::fmt::Write;

impl Report {
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
}

#[derive(Serialize)]
struct JsonPlace {
    file: String,
    line: u32,
}

#[derive(Serialize)]
struct JsonLowered<'a> {
    from: Level,
    reason: &'a str,
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
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lowered: Option<JsonLowered<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    contradicted: bool,
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
            fingerprint: finding.fingerprint(),
            accepted: finding.accepted.as_deref(),
            lowered: finding.lowered.as_ref().map(|(from, reason)| JsonLowered {
                from: *from,
                reason,
            }),
            witness: finding.witness.as_deref(),
            proof: finding
                .proof
                .as_ref()
                .and_then(|it| serde_json::from_str(it).ok()),
            contradicted: finding.contradicted,
        }
    }
}
