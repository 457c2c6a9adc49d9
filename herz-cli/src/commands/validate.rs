//! `herz validate`: judges manifests by their kinds' schemas.

use crate::args::{Deny, Validate};
use crate::exit::{Exit, Failure};
use crate::files::{self, Input};
use crate::output::Output;
use crate::packages;
use crate::report::Report;
use herz_dsl::check::{Checker, Outcome};
use herz_dsl::diagnostic::{Diagnostic, Level, codes};
use herz_dsl::source::{Source, SourceId, Span};
use herz_dsl::tree::{self, Limits, Node, Tree};
use rayon::prelude::*;

/// Files that are judged before their findings are printed: enough to keep all cores busy, few
/// enough that memory does not grow with the number of files.
const BATCH: usize = 512;

/// One file, judged.
struct Judged {
    source: Source,
    diagnostics: Vec<Diagnostic>,
    documents: usize,
    skipped: usize,
}

impl Judged {
    fn new(input: &Input, tree: &Tree, diagnostics: Vec<Diagnostic>, outcome: &Outcome) -> Self {
        Self {
            source: Source::new(input.name(), tree.text().clone()),
            diagnostics,
            documents: outcome.documents,
            skipped: outcome.skipped,
        }
    }
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
        let file = update(&checker, &limits, &old, new)?;
        report.add(
            &file.diagnostics,
            &file.source,
            (file.documents, file.skipped),
            None,
        )?;
    } else {
        let drawing = report.drawing();
        for batch in inputs.chunks(BATCH) {
            let files: Vec<(Judged, String)> = batch
                .par_iter()
                .map(|input| {
                    let file = judge(&checker, &limits, input);
                    let drawn = drawing.draw(&file.diagnostics, &file.source)?;
                    Ok((file, drawn))
                })
                .collect::<Result<_, Failure>>()?;
            for (file, drawn) in files {
                report.add(
                    &file.diagnostics,
                    &file.source,
                    (file.documents, file.skipped),
                    Some(drawn),
                )?;
            }
        }
    }
    let summary = report.finish()?;
    let refused =
        summary.errors > 0 || (options.deny == Some(Deny::Warnings) && summary.warnings > 0);
    Ok(if refused && !options.exit_zero {
        Exit::Findings
    } else {
        Exit::Fine
    })
}

fn judge(checker: &Checker<'_>, limits: &Limits, input: &Input) -> Judged {
    let bytes = match input.read(limits.bytes) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(input, &error),
    };
    let (tree, mut diagnostics) = tree::parse(SourceId(0), &bytes, limits);
    let mut outcome = checker.check_source(&tree);
    diagnostics.append(&mut outcome.diagnostics);
    sort(&mut diagnostics);
    Judged::new(input, &tree, diagnostics, &outcome)
}

/// Judges `new`, and whether each of its documents may take the place of the one in `old` that has
/// its kind, namespace and name. What `old` does not have is new and judged by itself.
fn update(
    checker: &Checker<'_>,
    limits: &Limits,
    old: &Input,
    new: &Input,
) -> Result<Judged, Failure> {
    let read = |input: &Input| {
        input
            .read(limits.bytes)
            .map_err(|error| Failure::usage(format!("can't read `{}`: {error}", input.name())))
    };
    let (old_bytes, new_bytes) = (read(old)?, read(new)?);
    let (old_tree, old_findings) = tree::parse(SourceId(1), &old_bytes, limits);
    if let Some(finding) = old_findings
        .iter()
        .find(|finding| finding.level == Level::Error)
    {
        return Err(Failure::usage(format!(
            "`{}` can't be read: {}",
            old.name(),
            finding.message
        )));
    }
    let (tree, mut diagnostics) = tree::parse(SourceId(0), &new_bytes, limits);
    let mut outcome = Outcome::default();
    for document in tree.documents() {
        let id = identity(document.root());
        let stored = old_tree
            .documents()
            .map(|old| old.root())
            .find(|old| identity(*old) == id);
        match stored {
            Some(stored) => {
                checker.check_update(stored, document.root(), document.index(), &mut outcome);
            }
            None => checker.check_document(
                document.root(),
                document.index(),
                document.is_cut(),
                &mut outcome,
            ),
        }
    }
    diagnostics.append(&mut outcome.diagnostics);
    sort(&mut diagnostics);
    Ok(Judged::new(new, &tree, diagnostics, &outcome))
}

/// What makes two manifests mean the same object.
fn identity(root: Node<'_>) -> [Option<&str>; 4] {
    fn text<'t>(node: Option<Node<'t>>, key: &str) -> Option<&'t str> {
        node?.get(key)?.text()
    }
    let metadata = root.get("metadata");
    [
        text(Some(root), "apiVersion"),
        text(Some(root), "kind"),
        text(metadata, "namespace"),
        text(metadata, "name"),
    ]
}

/// In order of place; findings of one place keep their order.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|finding| finding.span.map(|span| span.start));
}

fn unreadable(input: &Input, error: &std::io::Error) -> Judged {
    let mut finding = Diagnostic::error(
        codes::FILE,
        Span::default(),
        format!("`{}` can't be read: {error}", input.name()),
    );
    finding.span = None;
    Judged {
        source: Source::new(input.name(), ""),
        diagnostics: vec![finding],
        documents: 0,
        skipped: 0,
    }
}
