//! Findings on their way out: printed as they come, counted, summed up.

use crate::args::Format;
use crate::exit::Failure;
use crate::output::Output;
use herz_dsl::diagnostic::render::{self, JsonReport, Summary, TextOptions, Texts};
use herz_dsl::diagnostic::{Diagnostic, Level};
use std::fmt::{self, Write};

/// Findings in one format.
pub(crate) struct Report<'o> {
    format: Format,
    output: &'o Output,
    summary: Summary,
    json: Option<JsonReport>,
}

impl<'o> Report<'o> {
    /// Nothing found yet.
    pub(crate) fn begin(format: Format, output: &'o Output) -> Result<Self, Failure> {
        let mut text = String::new();
        let json = match format {
            Format::Json => Some(JsonReport::begin(&mut text).map_err(failed)?),
            Format::Text | Format::Github => None,
        };
        output.result(&text);
        Ok(Self {
            format,
            output,
            summary: Summary::default(),
            json,
        })
    }

    /// Prints the findings of one file, which has so many documents and skipped ones. `drawn` is
    /// what [`Drawing::draw`] made of them, if a worker did it already.
    pub(crate) fn add(
        &mut self,
        diagnostics: &[Diagnostic],
        texts: &dyn Texts,
        (documents, skipped): (usize, usize),
        drawn: Option<String>,
    ) -> Result<(), Failure> {
        self.summary.files += 1;
        self.summary.documents += documents as u64;
        self.summary.skipped += skipped as u64;
        for finding in diagnostics {
            match finding.level {
                Level::Error => self.summary.errors += 1,
                Level::Warning => self.summary.warnings += 1,
            }
        }
        if diagnostics.is_empty() {
            return Ok(());
        }
        let text = match &mut self.json {
            Some(json) => {
                let mut text = String::new();
                json.add(&mut text, diagnostics, texts).map_err(failed)?;
                text
            }
            None => match drawn {
                Some(text) => text,
                None => self.drawing().draw(diagnostics, texts)?,
            },
        };
        self.output.result(&text);
        Ok(())
    }

    /// How findings are drawn: for workers, which draw better than they wait.
    pub(crate) fn drawing(&self) -> Drawing {
        Drawing {
            format: self.format,
            color: self.output.colour,
        }
    }

    /// Prints the end and gives the totals.
    pub(crate) fn finish(self) -> Result<Summary, Failure> {
        let summary = self.summary;
        if let Some(json) = self.json {
            let mut text = String::new();
            json.finish(&mut text, &summary).map_err(failed)?;
            self.output.result(&text);
        } else {
            self.output.note(&sentence(&summary));
        }
        Ok(summary)
    }
}

/// Draws findings apart from the report, on any thread.
#[derive(Clone, Copy)]
pub(crate) struct Drawing {
    format: Format,
    color: bool,
}

impl Drawing {
    /// The findings as text; nothing for JSON, which is written in order only.
    pub(crate) fn draw(
        self,
        diagnostics: &[Diagnostic],
        texts: &dyn Texts,
    ) -> Result<String, Failure> {
        let mut text = String::new();
        let options = TextOptions {
            color: self.color,
            ..TextOptions::default()
        };
        match self.format {
            Format::Json => Ok(()),
            Format::Github => render::github(&mut text, diagnostics, texts),
            Format::Text => render::text(&mut text, diagnostics, texts, options),
        }
        .map_err(failed)?;
        Ok(text)
    }
}

/// `12 documents in 9 files: 3 errors, 1 warning (2 of other kinds skipped)`.
fn sentence(summary: &Summary) -> String {
    let count = |n: u64, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let mut text = format!(
        "{} in {}: ",
        count(summary.documents, "document"),
        count(summary.files, "file")
    );
    if summary.errors + summary.warnings == 0 {
        text.push_str("nothing to complain about");
    } else {
        text.push_str(&count(summary.errors, "error"));
        text.push_str(", ");
        text.push_str(&count(summary.warnings, "warning"));
    }
    if summary.skipped > 0 {
        let _ = write!(text, " ({} of other kinds skipped)", summary.skipped);
    }
    text
}

fn failed(_: fmt::Error) -> Failure {
    Failure::internal("writing text failed")
}
