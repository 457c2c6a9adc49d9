//! Findings as SARIF 2.1.0, which code scanning services read: one writer for all commands.
//!
//! A report is written piece by piece: begin, results in any number of batches, and the tool with
//! the rules that were met at the end.

use super::{Texts, hints, place};
use crate::diagnostic::{Diagnostic, Level, codes};
use crate::source::{Position, Source, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Where the schema of the format stands.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// How bad a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It must be mended.
    Error,
    /// It should be looked at.
    Warning,
    /// Good to know.
    Note,
}

/// One result, whatever it was found by.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Id of the rule or code.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// Where it is.
    pub span: Option<Span>,
    /// Where it is in the document: `NetworkChaos spec.delay`.
    pub path: String,
    /// Other places that belong to it, and what is there.
    pub related: Vec<(Span, String)>,
    /// What stays the same as long as the result does, if that is known: by it a service tells old
    /// results from new ones.
    pub fingerprint: Option<String>,
    /// Why it is accepted, if it is.
    pub accepted: Option<String>,
    /// What else there is to say, by name.
    pub properties: BTreeMap<&'static str, String>,
    /// Changes that would mend it: what each does, and its replacements.
    pub fixes: Vec<(String, Vec<(Span, String)>)>,
}

impl Entry {
    /// The result of a finding.
    pub fn new(diagnostic: &Diagnostic) -> Self {
        let mut message = diagnostic.message.clone();
        for hint in hints(diagnostic) {
            message.push('\n');
            message.push_str(hint);
        }
        let edits = |fix: &crate::diagnostic::Fix| {
            let edit = |edit: &crate::diagnostic::Edit| (edit.span, edit.text.clone());
            (fix.title.clone(), fix.edits.iter().map(edit).collect())
        };
        Self {
            rule: diagnostic.code.as_str().to_owned(),
            severity: match diagnostic.level {
                Level::Error => Severity::Error,
                Level::Warning => Severity::Warning,
            },
            message,
            span: diagnostic.span,
            path: diagnostic.path.clone().unwrap_or_default(),
            related: diagnostic
                .related
                .iter()
                .map(|label| (label.span, label.text.clone()))
                .collect(),
            fingerprint: None,
            accepted: None,
            properties: BTreeMap::new(),
            fixes: diagnostic.fixes.iter().map(edits).collect(),
        }
    }
}

/// A rule that results name.
#[derive(Debug, Clone)]
pub struct RuleText {
    /// Its id.
    pub id: String,
    /// A few words.
    pub title: String,
    /// The whole page, in Markdown.
    pub page: String,
}

impl RuleText {
    /// The rule of a diagnostic code.
    pub fn of_code(code: &str) -> Self {
        let page = codes::page(code).unwrap_or_default();
        let title = page.lines().next().unwrap_or(code).trim_start_matches('#');
        let title = title.trim().strip_prefix(code).unwrap_or(title);
        Self {
            id: code.to_owned(),
            title: title.trim_start_matches([':', ' ']).to_owned(),
            page: page.to_owned(),
        }
    }
}

/// Writes a report.
#[derive(Debug, Default)]
pub struct SarifReport {
    begun: bool,
}

impl SarifReport {
    /// Writes the beginning.
    pub fn begin(out: &mut dyn fmt::Write) -> Result<Self, fmt::Error> {
        write!(
            out,
            "{{\"$schema\": \"{SCHEMA}\", \"version\": \"2.1.0\", \"runs\": [\
             {{\"columnKind\": \"unicodeCodePoints\", \"results\": ["
        )?;
        Ok(Self::default())
    }

    /// Writes results for [`SarifReport::add_written`]: each file's by another thread, say.
    pub fn entries<'e>(
        out: &mut dyn fmt::Write,
        entries: impl IntoIterator<Item = &'e Entry>,
        texts: &dyn Texts,
    ) -> fmt::Result {
        for (number, entry) in entries.into_iter().enumerate() {
            if number > 0 {
                out.write_str(",\n")?;
            }
            let result = ResultJson::new(entry, texts);
            out.write_str(&serde_json::to_string(&result).map_err(|_| fmt::Error)?)?;
        }
        Ok(())
    }

    /// Writes the results of findings, likewise.
    pub fn findings(
        out: &mut dyn fmt::Write,
        diagnostics: &[Diagnostic],
        texts: &dyn Texts,
    ) -> fmt::Result {
        let entries: Vec<Entry> = diagnostics.iter().map(Entry::new).collect();
        Self::entries(out, &entries, texts)
    }

    /// Adds what [`SarifReport::entries`] wrote.
    pub fn add_written(&mut self, out: &mut dyn fmt::Write, results: &str) -> fmt::Result {
        if results.is_empty() {
            return Ok(());
        }
        out.write_str(if self.begun { ",\n" } else { "\n" })?;
        self.begun = true;
        out.write_str(results)
    }

    /// Writes the tool, with the rules that results name, and the end.
    pub fn finish(
        self,
        out: &mut dyn fmt::Write,
        rules: impl IntoIterator<Item = RuleText>,
    ) -> fmt::Result {
        let rules: Vec<RuleJson> = rules.into_iter().map(RuleJson::new).collect();
        let tool = serde_json::json!({"driver": {
            "name": "herz",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }});
        let line = if self.begun { "\n" } else { "" };
        writeln!(out, "{line}], \"tool\": {tool}}}]}}")
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultJson<'a> {
    rule_id: &'a str,
    level: Severity,
    message: Message<'a>,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_fingerprints: Option<Fingerprints<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<FixJson<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    properties: &'a BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "herz/v1")]
    herz: &'a str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
    #[serde(rename = "physicalLocation", skip_serializing_if = "Option::is_none")]
    physical: Option<Physical>,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Vec::is_empty")]
    logical: Vec<Logical<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'a> {
    fully_qualified_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixJson<'a> {
    description: Message<'a>,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleJson {
    id: String,
    short_description: Text,
    help: Help,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// GitHub shows the Markdown; the format asks for a text beside it.
#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

impl RuleJson {
    fn new(rule: RuleText) -> Self {
        Self {
            id: rule.id,
            short_description: Text { text: rule.title },
            help: Help {
                text: rule.page.clone(),
                markdown: rule.page,
            },
        }
    }
}

impl<'a> ResultJson<'a> {
    fn new(entry: &'a Entry, texts: &dyn Texts) -> Self {
        let physical = |span: Span| place(texts, span).map(|it| Physical::new(&it));
        let at = Location {
            message: None,
            physical: entry.span.and_then(physical),
            logical: match entry.path.as_str() {
                "" => Vec::new(),
                path => vec![Logical {
                    fully_qualified_name: path,
                }],
            },
        };
        let nowhere = at.physical.is_none() && at.logical.is_empty();
        let related = |(span, text): &'a (Span, String)| {
            let place = physical(*span)?;
            Some(Location {
                message: Some(Message { text }),
                physical: Some(place),
                logical: Vec::new(),
            })
        };
        let fix = |(title, edits): &'a (String, Vec<(Span, String)>)| {
            let change = |(span, text): &'a (Span, String)| {
                let place = physical(*span)?;
                Some(Change {
                    artifact_location: place.artifact_location,
                    replacements: vec![Replacement {
                        deleted_region: place.region,
                        inserted_content: Message { text },
                    }],
                })
            };
            // A fix is whole or not at all.
            let artifact_changes: Vec<Change<'_>> =
                edits.iter().map(change).collect::<Option<_>>()?;
            (!artifact_changes.is_empty()).then_some(FixJson {
                description: Message { text: title },
                artifact_changes,
            })
        };
        Self {
            rule_id: &entry.rule,
            level: entry.severity,
            message: Message {
                text: &entry.message,
            },
            locations: if nowhere { Vec::new() } else { vec![at] },
            related_locations: entry.related.iter().filter_map(related).collect(),
            partial_fingerprints: entry
                .fingerprint
                .as_deref()
                .map(|herz| Fingerprints { herz }),
            suppressions: entry
                .accepted
                .as_deref()
                .map(|justification| Suppression {
                    kind: "external",
                    justification,
                })
                .into_iter()
                .collect(),
            fixes: entry.fixes.iter().filter_map(fix).collect(),
            properties: &entry.properties,
        }
    }
}

impl Physical {
    fn new((source, start, end): &(&Source, Position, Position)) -> Self {
        Self {
            artifact_location: Artifact {
                uri: uri(&source.name),
            },
            region: Region {
                start_line: start.line,
                start_column: start.column,
                end_line: end.line,
                end_column: end.column,
            },
        }
    }
}

/// A path as a reference of a URI.
fn uri(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'\\' => text.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => text.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'@' | b'+' | b',' | b'=' => {
                text.push(char::from(byte));
            }
            other => {
                text.push('%');
                for half in [other >> 4, other & 15] {
                    text.extend(
                        char::from_digit(u32::from(half), 16).map(|c| c.to_ascii_uppercase()),
                    );
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("a/b c.yaml"), "a/b%20c.yaml");
        assert_eq!(uri("a\\b.yaml"), "a/b.yaml");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
        assert_eq!(uri("ä.yaml"), "%C3%A4.yaml");
    }

    #[test]
    fn titles_of_codes_are_without_the_code() {
        let rule = RuleText::of_code("HZ0103");
        assert!(
            !rule.title.is_empty() && !rule.title.contains("HZ0103"),
            "{rule:?}"
        );
        assert!(rule.page.starts_with('#'));
    }
}
