//! Findings as people and machines want them: [`text`](self::text()) for a terminal, [`json`] for
//! programs, [`github`](self::github()) for annotations of a workflow run, [`sarif`] for code scanning.
//!
//! Renderers write to any [`std::fmt::Write`], do no input or output, and need of the sources only
//! those that the findings at hand point into, so that a run over many files can print each file's
//! findings and forget the file.

mod excerpt;
pub(crate) mod github;
mod json;
pub mod sarif;
mod text;

pub use github::github;
pub use json::{Contracted, JsonReport, Summary};
pub use sarif::SarifReport;
pub use text::{TextOptions, text};

use crate::diagnostic::Diagnostic;
use crate::source::{Position, Source, SourceId, Sources, Span};

/// Where renderers find the texts that findings point into.
pub trait Texts {
    /// The source of that number, if it is at hand.
    fn source(&self, id: SourceId) -> Option<&Source>;
}

impl Texts for Sources {
    fn source(&self, id: SourceId) -> Option<&Source> {
        self.get(id)
    }
}

/// A single source, whatever its number.
impl Texts for Source {
    fn source(&self, _: SourceId) -> Option<&Source> {
        Some(self)
    }
}

/// All hints of a finding: its help and the titles of its fixes, which may say the same.
fn hints(diagnostic: &Diagnostic) -> impl Iterator<Item = &str> {
    // «did you mean …» and «rename to …» are one hint.
    let said = matches!(diagnostic.help.as_slice(), [help] if help.starts_with("did you mean"));
    let titles = diagnostic.fixes.iter().map(|fix| fix.title.as_str());
    let titles =
        titles.filter(move |title| !said && diagnostic.help.iter().all(|help| help != title));
    diagnostic.help.iter().map(String::as_str).chain(titles)
}

/// A span as readers count: its source, its first position and the position behind its last character.
fn place(texts: &dyn Texts, span: Span) -> Option<(&Source, Position, Position)> {
    let source = texts.source(span.source)?;
    Some((
        source,
        source.position(span.start),
        source.position(span.end.max(span.start)),
    ))
}
