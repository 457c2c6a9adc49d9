//! Findings as one JSON document, written piece by piece.

use super::{Texts, place};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Span;
use serde::Serialize;
use std::fmt;

/// The totals of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files read.
    pub files: u64,
    /// Documents in them.
    pub documents: u64,
    /// Documents of kinds that no schema knows, which are not judged.
    pub skipped: u64,
    /// Findings that are errors.
    pub errors: u64,
    /// Findings that are warnings.
    pub warnings: u64,
    /// What a contract said, if one was given. Its findings are not among the errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<Contracted>,
}

/// The totals of judging by a contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Contracted {
    /// Chaos specs that were judged by it.
    pub specs: u64,
    /// Findings of it.
    pub breaches: u64,
}

/// Writes the JSON document: begin, then findings in any number of batches, then the summary.
///
/// ```json
/// {"schemaVersion": 1, "diagnostics": [
/// {"code": "HZ0002", "severity": "error", "message": "…", "path": null, "file": "a.yaml", "document": 0,
///  "line": 2, "column": 1, "endLine": 2, "endColumn": 2, "help": ["…"], "fixes": [
///    {"title": "…", "edits": [{"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2, "text": "…"}]}],
///  "related": [{"message": "…", "file": "a.yaml", "line": 1, "column": 1, "endLine": 1, "endColumn": 2}]}
/// ], "summary": {"files": 1, "documents": 1, "skipped": 0, "errors": 1, "warnings": 0}}
/// ```
///
/// Lines and columns count from 1, columns in characters; an end is the position behind the last
/// character. `path` is the YAML path from the document's root, or null. `document` counts from 0.
/// File and positions are null for a finding without a place. `help` has one text for each hint. An edit
/// in another file than the finding's has a `file` of its own.
#[derive(Debug, Default)]
pub struct JsonReport {
    begun: bool,
}

impl JsonReport {
    /// Writes the beginning.
    pub fn begin(out: &mut dyn fmt::Write) -> Result<Self, fmt::Error> {
        out.write_str("{\"schemaVersion\": 1, \"diagnostics\": [")?;
        Ok(Self::default())
    }

    /// Writes findings for [`JsonReport::add_written`]: each file's by another thread, say.
    pub fn findings(
        out: &mut dyn fmt::Write,
        diagnostics: &[Diagnostic],
        texts: &dyn Texts,
    ) -> fmt::Result {
        for (number, diagnostic) in diagnostics.iter().enumerate() {
            if number > 0 {
                out.write_str(",\n")?;
            }
            let finding = Finding::new(diagnostic, texts);
            out.write_str(&serde_json::to_string(&finding).map_err(|_| fmt::Error)?)?;
        }
        Ok(())
    }

    /// Writes findings, each on a line of its own.
    pub fn add(
        &mut self,
        out: &mut dyn fmt::Write,
        diagnostics: &[Diagnostic],
        texts: &dyn Texts,
    ) -> fmt::Result {
        let mut findings = String::new();
        Self::findings(&mut findings, diagnostics, texts)?;
        self.add_written(out, &findings)
    }

    /// Adds what [`JsonReport::findings`] wrote.
    pub fn add_written(&mut self, out: &mut dyn fmt::Write, findings: &str) -> fmt::Result {
        if findings.is_empty() {
            return Ok(());
        }
        out.write_str(if self.begun { ",\n" } else { "\n" })?;
        self.begun = true;
        out.write_str(findings)
    }

    /// Writes the summary and the end.
    pub fn finish(self, out: &mut dyn fmt::Write, summary: &Summary) -> fmt::Result {
        let summary = serde_json::to_string(summary).map_err(|_| fmt::Error)?;
        let line = if self.begun { "\n" } else { "" };
        writeln!(out, "{line}], \"summary\": {summary}}}")
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    code: &'static str,
    severity: Level,
    message: &'a str,
    path: Option<&'a str>,
    #[serde(flatten)]
    at: At<'a>,
    document: u32,
    help: &'a [String],
    fixes: Vec<FixJson<'a>>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct At<'a> {
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize)]
struct FixJson<'a> {
    title: &'a str,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    text: &'a str,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, texts: &'a dyn Texts) -> Self {
        let at = At::new(diagnostic.span, texts);
        let edit = |edit: &'a crate::diagnostic::Edit| {
            let (source, start, end) = place(texts, edit.span)?;
            let elsewhere = at.file != Some(&*source.name);
            Some(EditJson {
                file: elsewhere.then_some(&*source.name),
                start_line: start.line,
                start_column: start.column,
                end_line: end.line,
                end_column: end.column,
                text: &edit.text,
            })
        };
        let fixes = diagnostic
            .fixes
            .iter()
            // A fix is whole or not at all.
            .filter_map(|fix| {
                let edits = fix.edits.iter().map(edit).collect::<Option<_>>()?;
                Some(FixJson {
                    title: &fix.title,
                    edits,
                })
            })
            .collect();
        let related = diagnostic
            .related
            .iter()
            .map(|label| Related {
                message: &label.text,
                at: At::new(Some(label.span), texts),
            })
            .collect();
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.level,
            message: &diagnostic.message,
            path: diagnostic.path.as_deref(),
            at,
            document: diagnostic.document,
            help: &diagnostic.help,
            fixes,
            related,
        }
    }
}

impl<'a> At<'a> {
    fn new(span: Option<Span>, texts: &'a dyn Texts) -> Self {
        match span.and_then(|span| place(texts, span)) {
            Some((source, start, end)) => Self {
                file: Some(&source.name),
                line: Some(start.line),
                column: Some(start.column),
                end_line: Some(end.line),
                end_column: Some(end.column),
            },
            None => Self {
                file: None,
                line: None,
                column: None,
                end_line: None,
                end_column: None,
            },
        }
    }
}
