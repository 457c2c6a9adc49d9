//! What a target has to say about the catalog.

use herz_dsl::catalog::Item;
use herz_dsl::compile::Places;
use herz_dsl::diagnostic::{Diagnostic, Level, codes};
use herz_types::codes::Code;

/// Something that a target can't express, or can't be generated for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What of the catalog it is about.
    pub item: Item,
    /// A loss is a warning: the files are there and say less. With an error there are none.
    pub level: Level,
    /// One sentence: what the target can't say.
    pub message: String,
    /// What it does instead, or what would help.
    pub instead: String,
    /// Code of the findings that Herz has there and the target has not, where the item alone does not say it.
    pub without: Option<Code>,
}

impl Note {
    /// The files say less than the catalog.
    pub fn loss(item: Item, message: impl Into<String>, instead: impl Into<String>) -> Self {
        Self {
            item,
            level: Level::Warning,
            message: message.into(),
            instead: instead.into(),
            without: None,
        }
    }

    /// There can be no files.
    pub fn error(item: Item, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            item,
            level: Level::Error,
            message: message.into(),
            instead: help.into(),
            without: None,
        }
    }

    /// The findings of that code are what the target has not.
    #[must_use]
    pub fn without(self, code: Code) -> Self {
        Self {
            without: Some(code),
            ..self
        }
    }

    /// The note as a finding at the schema's line, if the schema's text is at hand.
    pub fn diagnostic(&self, target: &str, places: &Places) -> Diagnostic {
        let code = match self.level {
            Level::Warning => codes::NOT_EXPRESSED,
            Level::Error => codes::NOT_GENERATED,
        };
        Diagnostic {
            code,
            level: self.level,
            message: format!("{target}: {}: {}", self.item, self.message),
            path: None,
            document: 0,
            span: places.find(&self.item),
            label: String::new(),
            related: Vec::new(),
            help: (!self.instead.is_empty())
                .then(|| self.instead.clone())
                .into_iter()
                .collect(),
            fixes: Vec::new(),
        }
    }
}
