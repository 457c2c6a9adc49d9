//! Findings on their way out: printed as they come, counted, summed up.

use crate::args::Format;
use crate::exit::Failure;
use crate::output::Output;
use herz_dsl::diagnostic::render::sarif::RuleText;
use herz_dsl::diagnostic::render::{
    self, Contracted, JsonReport, SarifReport, Summary, TextOptions, Texts,
};
use herz_dsl::diagnostic::{Diagnostic, Level, codes};
use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// Findings in one format.
pub(crate) struct Report<'o> {
    format: Format,
    output: &'o Output,
    summary: Summary,
    whole: Whole,
    /// Codes met, which SARIF lists.
    codes: BTreeSet<&'static str>,
}

/// Formats that are one document.
enum Whole {
    Json(JsonReport),
    Sarif(SarifReport),
    /// Findings stand for themselves.
    No,
}

/// The findings of one file as they are printed, and how many there are of what.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    text: String,
    counts: Summary,
    codes: BTreeSet<&'static str>,
}

impl Drawn {
    /// With what a contract said of so many specs.
    pub(crate) fn contracted(mut self, contract: Option<Contracted>) -> Self {
        self.counts.contract = contract;
        self
    }
}

impl<'o> Report<'o> {
    /// Nothing found yet.
    pub(crate) fn begin(format: Format, output: &'o Output) -> Result<Self, Failure> {
        let mut text = String::new();
        let whole = match format {
            Format::Json => Whole::Json(JsonReport::begin(&mut text).map_err(failed)?),
            Format::Sarif => Whole::Sarif(SarifReport::begin(&mut text).map_err(failed)?),
            Format::Text | Format::Github => Whole::No,
        };
        output.result(&text);
        Ok(Self {
            format,
            output,
            summary: Summary::default(),
            whole,
            codes: BTreeSet::new(),
        })
    }

    /// Prints the findings of some files, at once.
    pub(crate) fn add(
        &mut self,
        files: impl IntoIterator<Item = Result<Drawn, Failure>>,
    ) -> Result<(), Failure> {
        let mut text = String::new();
        for file in files {
            let file = file?;
            self.summary.files += file.counts.files;
            self.summary.documents += file.counts.documents;
            self.summary.skipped += file.counts.skipped;
            self.summary.errors += file.counts.errors;
            self.summary.warnings += file.counts.warnings;
            if let Some(more) = file.counts.contract {
                let all = self.summary.contract.get_or_insert_default();
                all.specs += more.specs;
                all.breaches += more.breaches;
            }
            self.codes.extend(file.codes);
            match &mut self.whole {
                Whole::Json(json) => json.add_written(&mut text, &file.text).map_err(failed)?,
                Whole::Sarif(sarif) => sarif.add_written(&mut text, &file.text).map_err(failed)?,
                Whole::No => text.push_str(&file.text),
            }
        }
        if !text.is_empty() {
            self.output.result(&text);
        }
        Ok(())
    }

    /// How findings are drawn: for workers, which draw better than they wait.
    pub(crate) fn drawing(&self) -> Drawing {
        Drawing {
            format: self.format,
            color: self.output.colour,
        }
    }

    /// Prints the end, in `words` for people, and gives the totals.
    pub(crate) fn finish(self, words: impl FnOnce(&Summary) -> String) -> Result<Summary, Failure> {
        let summary = self.summary;
        let mut text = String::new();
        match self.whole {
            Whole::Json(json) => json.finish(&mut text, &summary),
            Whole::Sarif(sarif) => {
                sarif.finish(&mut text, self.codes.into_iter().map(RuleText::of_code))
            }
            Whole::No => {
                self.output.note(&words(&summary));
                Ok(())
            }
        }
        .map_err(failed)?;
        self.output.result(&text);
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
    /// The findings of one file, which has so many documents and skipped ones.
    pub(crate) fn draw(
        self,
        diagnostics: &[Diagnostic],
        texts: &dyn Texts,
        (documents, skipped): (usize, usize),
    ) -> Result<Drawn, Failure> {
        let mut text = String::new();
        let options = TextOptions {
            color: self.color,
            ..TextOptions::default()
        };
        match self.format {
            Format::Json => JsonReport::findings(&mut text, diagnostics, texts),
            Format::Github => render::github(&mut text, diagnostics, texts),
            Format::Sarif => SarifReport::findings(&mut text, diagnostics, texts),
            Format::Text => render::text(&mut text, diagnostics, texts, options),
        }
        .map_err(failed)?;
        let count = |wanted: &dyn Fn(&Diagnostic) -> bool| {
            diagnostics.iter().filter(|found| wanted(found)).count() as u64
        };
        // What a contract demands beyond the platform is counted apart.
        let breaches = count(&|found| found.code == codes::CONTRACT_BROKEN);
        let errors = count(&|found| found.level == Level::Error) - breaches;
        let is_sarif = self.format == Format::Sarif;
        let told = diagnostics.iter().filter(|_| is_sarif);
        Ok(Drawn {
            codes: told.map(|found| found.code.as_str()).collect(),
            text,
            counts: Summary {
                files: 1,
                documents: documents as u64,
                skipped: skipped as u64,
                errors,
                warnings: diagnostics.len() as u64 - errors - breaches,
                contract: None,
            },
        })
    }
}

/// What `herz validate` says at the end: `12 documents in 9 files: 3 errors, 1 warning (2 of other
/// kinds skipped)`.
pub(crate) fn judged(summary: &Summary) -> String {
    if summary.files == 0 {
        return "note: there is no .yaml or .yml file in what you named".to_owned();
    }
    let mut text = format!(
        "{} in {}: {}",
        count(summary.documents, "document"),
        count(summary.files, "file"),
        findings(summary)
    );
    if summary.skipped > 0 {
        let _ = write!(text, " ({} of other kinds skipped)", summary.skipped);
    }
    text
}

/// What `herz check` says at the end.
pub(crate) fn checked(summary: &Summary, packages: usize) -> String {
    if packages == 0 && summary.errors == 0 {
        return "note: there is no package.yaml and no schema in what you named".to_owned();
    }
    format!(
        "{}: {}",
        count(packages as u64, "package"),
        findings(summary)
    )
}

/// How much there is to complain about.
pub(crate) fn findings(summary: &Summary) -> String {
    if summary.errors + summary.warnings == 0 {
        return "nothing to complain about".to_owned();
    }
    let (errors, warnings) = (summary.errors, summary.warnings);
    format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
}

/// A number of things: `1 file`, `2 files`.
pub(crate) fn count(n: u64, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

fn failed(_: fmt::Error) -> Failure {
    Failure::internal("writing text failed")
}
