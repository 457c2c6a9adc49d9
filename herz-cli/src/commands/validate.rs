//! `herz validate`: judges manifests by their kinds' schemas.

use crate::args::{Deny, Validate};
use crate::exit::{Exit, Failure};
use crate::files::{self, Input};
use crate::output::Output;
use crate::packages;
use crate::report::Report;
use herz_dsl::check::Checker;
use herz_dsl::diagnostic::{Diagnostic, Level, codes};
use herz_dsl::source::{Source, SourceId, Span};
use herz_dsl::tree::{self, Limits};
use rayon::prelude::*;

/// Files that are judged before their findings are printed: enough to keep all cores busy, few
/// enough that memory does not grow with the number of files.
const BATCH: usize = 512;

/// One file, judged.
struct Judged {
    source: Source,
    diagnostics: Vec<Diagnostic>,
    documents: u64,
    skipped: u64,
}

pub(crate) fn run(options: &Validate, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.judge, output)?;
    let checker = Checker::new(judges.catalog(), &judges.targets);
    let limits = Limits::default();
    let inputs = files::inputs(&options.paths)?;
    if inputs.is_empty() {
        output.note("note: there is no .yaml or .yml file in what you named");
    }
    let mut report = Report::begin(options.format, output)?;
    if let Some(previous) = &options.previous {
        let [new] = inputs.as_slice() else {
            return Err(Failure::usage("--previous compares with exactly one file"));
        };
        let old = Input::File(previous.clone());
        let judged = update(&checker, &limits, &old, new)?;
        report.add(&judged.diagnostics, &judged.source, (judged.documents, judged.skipped))?;
    } else {
        for batch in inputs.chunks(BATCH) {
            let judged: Vec<Judged> = batch.par_iter().map(|input| judge(&checker, &limits, input)).collect();
            for file in judged {
                report.add(&file.diagnostics, &file.source, (file.documents, file.skipped))?;
            }
        }
    }
    let summary = report.finish()?;
    let refused = summary.errors > 0 || (options.deny == Some(Deny::Warnings) && summary.warnings > 0);
    Ok(if refused && !options.exit_zero { Exit::Findings } else { Exit::Fine })
}

fn judge(checker: &Checker<'_>, limits: &Limits, input: &Input) -> Judged {
    let bytes = match input.read(limits.bytes) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(input, &error),
    };
    let (tree, mut diagnostics) = tree::parse(SourceId(0), &bytes, limits);
    let outcome = checker.check(&tree);
    diagnostics.extend(outcome.diagnostics);
    sort(&mut diagnostics);
    Judged {
        source: Source::new(input.name(), tree.text().clone()),
        diagnostics,
        documents: outcome.documents,
        skipped: outcome.skipped,
    }
}

/// Judges `new`, and whether it may take the place of `old`.
fn update(checker: &Checker<'_>, limits: &Limits, old: &Input, new: &Input) -> Result<Judged, Failure> {
    let read = |input: &Input| {
        input
            .read(limits.bytes)
            .map_err(|error| Failure::usage(format!("can't read `{}`: {error}", input.name())))
    };
    let (old_bytes, new_bytes) = (read(old)?, read(new)?);
    let (old_tree, old_findings) = tree::parse(SourceId(1), &old_bytes, limits);
    if let Some(finding) = old_findings.iter().find(|finding| finding.level == Level::Error) {
        return Err(Failure::usage(format!("`{}` can't be read: {}", old.name(), finding.message)));
    }
    let (tree, mut diagnostics) = tree::parse(SourceId(0), &new_bytes, limits);
    let outcome = checker.check(&tree);
    diagnostics.extend(outcome.diagnostics);
    diagnostics.extend(checker.check_update(&old_tree, &tree));
    sort(&mut diagnostics);
    Ok(Judged {
        source: Source::new(new.name(), tree.text().clone()),
        diagnostics,
        documents: outcome.documents,
        skipped: outcome.skipped,
    })
}

/// In order of place; findings of one place keep their order.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|finding| finding.span.map(|span| span.start));
}

fn unreadable(input: &Input, error: &std::io::Error) -> Judged {
    let mut finding = Diagnostic::error(
        codes::UNREADABLE,
        Span::default(),
        format!("`{}` can't be read: {error}", input.name()),
    );
    finding.span = None;
    Judged { source: Source::new(input.name(), ""), diagnostics: vec![finding], documents: 0, skipped: 0 }
}
