//! What is told to people: data with a stable code, a place and a fix. Renderers stand in [`render`].

pub mod codes;
pub mod render;

use crate::source::Span;
pub use herz_types::Level;
pub use herz_types::codes::Code;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// How bad it is.
    pub level: Level,
    /// One sentence: what was found and what is allowed.
    pub message: String,
    /// YAML path from the document's root, for findings in documents.
    pub path: Option<String>,
    /// Number of the document in its file, from 0.
    pub document: u32,
    /// Where it is. None for a finding about a file as a whole.
    pub span: Option<Span>,
    /// Short text beside the caret.
    pub label: String,
    /// Other places that belong to it: the first of two duplicates, an alias' anchor.
    pub related: Vec<Label>,
    /// Hints, one line each: what is allowed, «did you mean».
    pub help: Vec<String>,
    /// Changes that would mend it.
    pub fixes: Vec<Fix>,
}

/// A second place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// A change that would mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for example «rename to `latency`».
    pub title: String,
    /// Replacements, in order of place, not overlapping.
    pub edits: Vec<Edit>,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Level::Error, span, message)
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Level::Warning, span, message)
    }

    /// A finding of the given level at a place.
    pub fn new(code: Code, level: Level, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            path: None,
            document: 0,
            span: Some(span),
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// With a short text beside the caret.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// With the YAML path.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// With a hint.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// With a change that would mend it: one replacement.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fixes.push(Fix {
            title: title.into(),
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
        });
        self
    }
}

/// Which of `known` is most probably meant by `word`.
///
/// Damerau-Levenshtein distance with the limit max(1, length / 3); letters' case counts as half
/// an error only; ties go to the first in alphabetical order, so that the answer is always the same.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let length = lower.chars().count();
    known
        .into_iter()
        // Texts differ by at least what their lengths differ by.
        .filter(|candidate| !candidate.is_ascii() || candidate.len().abs_diff(length) <= limit)
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance <= limit && candidate != word).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}
