//! `herz render`: a manifest as the platform would store it.

use crate::args::{Render, RenderAs};
use crate::exit::{Exit, Failure};
use crate::files::{self, Input};
use crate::output::Output;
use crate::packages;
use herz_dsl::check::Checker;
use herz_dsl::defaults::{self, Generated};
use herz_dsl::diagnostic::Level;
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};

pub(crate) fn run(options: &Render, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.judge, output)?;
    let checker = Checker::new(judges.catalog(), &judges.targets);
    let input = Input::named(&options.file);
    let limits = Limits::default();
    let bytes = input
        .read(limits.bytes)
        .map_err(|error| files::unreadable(&options.file, &error))?;
    let (tree, diagnostics) = tree::parse(SourceId(0), &bytes, &limits);
    let mut outcome = checker.check_source(&tree);
    outcome.add_reading(diagnostics);
    outcome
        .diagnostics
        .retain(|finding| finding.level == Level::Error);
    if !outcome.diagnostics.is_empty() {
        // What the platform refuses is not stored in any form.
        let source = outcome.source(input.name(), &tree);
        let mut text = String::new();
        let style = TextOptions {
            color: output.colour,
            ..TextOptions::default()
        };
        render::text(&mut text, &outcome.diagnostics, &source, style)
            .map_err(|e| Failure::internal(e.to_string()))?;
        output.talk(&text);
        return Err(Failure {
            exit: Exit::Findings,
            message: "the platform would refuse this".to_owned(),
        });
    }
    let mut text = String::new();
    for document in tree.documents() {
        let Some(stored) = defaults::render(document.root(), &checker, Generated::Named) else {
            output.note(&format!(
                "note: document {} is of no kind that Herz knows; left out",
                document.index()
            ));
            continue;
        };
        match options.output {
            RenderAs::Yaml => {
                if !text.is_empty() {
                    text.push_str("---\n");
                }
                text.push_str(&defaults::to_yaml(&stored));
            }
            RenderAs::Json => text.push_str(&defaults::to_json(&stored)),
        }
    }
    output.result(&text);
    Ok(Exit::Fine)
}
