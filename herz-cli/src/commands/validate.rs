//! `herz validate`: judges manifests by their kinds' schemas.

use crate::args::{Deny, Validate};
use crate::contract::{Agreed, Both};
use crate::exit::{Exit, Failure};
use crate::files::{self, Input};
use crate::output::Output;
use crate::packages;
use crate::report::{self, Drawing, Drawn, Report};
use crate::workers;
use herz_dsl::check::{Checker, Outcome};
use herz_dsl::diagnostic::{Diagnostic, Level, codes};
use herz_dsl::source::{Source, SourceId, Span};
use herz_dsl::tree::{self, Limits, Node, Tree};
use std::path::Path;

/// What judges every file.
struct Court<'a> {
    checker: Checker<'a>,
    contract: Option<Agreed>,
    limits: Limits,
    drawing: Drawing,
}

impl Court<'_> {
    /// Adds the contract's word, and draws what was found in a file.
    fn draw(&self, input: &Input, tree: &Tree, mut outcome: Outcome) -> Result<Drawn, Failure> {
        let contract = self.contract.as_ref();
        let contracted = contract.map(|one| one.judge(tree, &self.checker, &mut outcome));
        let counts = (outcome.documents, outcome.skipped);
        let drawn = if outcome.diagnostics.is_empty() {
            self.drawing.draw(&[], &Source::new("", ""), counts)
        } else {
            let manifest = outcome.source(input.name(), tree);
            let texts = Both { manifest, contract };
            self.drawing.draw(&outcome.diagnostics, &texts, counts)
        };
        Ok(drawn?.contracted(contracted))
    }
}

pub(crate) fn run(options: &Validate, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.judge, output)?;
    let checker = Checker::new(judges.catalog(), &judges.targets);
    let contract = options
        .contract
        .as_deref()
        .map(|path| Agreed::load(path, judges.catalog(), output))
        .transpose()?;
    let mut inputs = files::walk(&options.paths)?;
    let mut report = Report::begin(options.format, output)?;
    let court = Court {
        checker,
        contract,
        limits: Limits::default(),
        drawing: report.drawing(),
    };
    if let Some(previous) = &options.previous {
        let (Some(new), None) = (inputs.next(), inputs.next()) else {
            return Err(Failure::usage("--previous compares with exactly one file"));
        };
        let old = Input::named(previous);
        let (tree, outcome) = update(&court.checker, &court.limits, &old, &new)?;
        report.add([court.draw(&new, &tree, outcome)])?;
    } else {
        let mut failure = None;
        workers::in_order(
            inputs,
            |input| judge(&court, &input),
            |files| {
                if let Err(error) = report.add(files) {
                    failure.get_or_insert(error);
                }
            },
        );
        if let Some(failure) = failure {
            return Err(failure);
        }
    }
    let summary = report.finish(|summary| {
        let mut words = report::judged(summary);
        if let (Some(agreed), Some(counts)) = (&court.contract, summary.contract) {
            words.push('\n');
            words.push_str(&agreed.words(counts));
        }
        words
    })?;
    let broken = summary.contract.is_some_and(|counts| counts.breaches > 0);
    let refused = broken
        || summary.errors > 0
        || (options.deny == Some(Deny::Warnings) && summary.warnings > 0);
    Ok(if refused && !options.exit_zero {
        Exit::Findings
    } else {
        Exit::Fine
    })
}

fn judge(court: &Court<'_>, input: &Input) -> Result<Drawn, Failure> {
    let bytes = match input.read(court.limits.bytes) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(input, &error, court.drawing),
    };
    let (tree, diagnostics) = tree::parse(SourceId(0), &bytes, &court.limits);
    // A file is in memory twice no longer than needed.
    drop(bytes);
    let mut outcome = court.checker.check_source(&tree);
    outcome.add_reading(diagnostics);
    court.draw(input, &tree, outcome)
}

fn unreadable(input: &Input, error: &std::io::Error, drawing: Drawing) -> Result<Drawn, Failure> {
    let what = match input {
        Input::Folder(..) => "folder ",
        Input::Stdin | Input::File(_) => "",
    };
    let message = format!(
        "{what}`{}` can't be read: {}",
        input.name(),
        files::why(error)
    );
    let mut finding = Diagnostic::error(codes::FILE, Span::default(), message);
    finding.span = None;
    drawing.draw(&[finding], &Source::new(input.name(), ""), (0, 0))
}

/// Judges `new`, and whether each of its documents may take the place of the one in `old` that has
/// its kind, namespace and name. What `old` does not have is new and judged by itself.
fn update(
    checker: &Checker<'_>,
    limits: &Limits,
    old: &Input,
    new: &Input,
) -> Result<(Tree, Outcome), Failure> {
    let read = |input: &Input| {
        input
            .read(limits.bytes)
            .map_err(|error| files::unreadable(Path::new(&input.name()), &error))
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
    let (tree, diagnostics) = tree::parse(SourceId(0), &new_bytes, limits);
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
    outcome.add_reading(diagnostics);
    Ok((tree, outcome))
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
