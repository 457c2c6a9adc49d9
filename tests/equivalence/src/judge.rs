//! The interface of a validator that takes part.

use crate::{Document, Form};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;

/// A validator.
pub trait Judge {
    /// Its name in reports: `generated Rust`.
    fn name(&self) -> &str;

    /// Whether it reads documents of that form; those of other forms are not shown to it.
    fn reads(&self, form: Form) -> bool {
        form == Form::Json
    }

    /// Whether it is asked about a document.
    fn takes(&self, document: &Document) -> bool {
        self.reads(document.form)
    }

    /// What it can't say, as a list that stands for itself: nothing else is excused.
    fn gaps(&self) -> &[Gap] {
        &[]
    }

    /// Whether it can't see this finding of the reference. Usually [`Judge::gaps`] says it.
    fn misses(&self, finding: &Finding, document: &Document) -> bool {
        let _ = document;
        self.gaps().iter().any(|gap| gap.covers(finding))
    }

    /// Its verdicts, one for each document, in order. The error is why it could not be asked.
    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String>;
}

/// Something that a validator can't say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// Code of the findings that it does not have: `HZ0209`, with `*` as in paths.
    pub code: String,
    /// Where, with `*` for any characters; `*` alone is everywhere.
    pub path: String,
    /// Why.
    pub why: String,
}

impl Gap {
    /// Findings of a code, wherever they are.
    pub fn everywhere(code: &str, why: &str) -> Self {
        Self {
            code: code.to_owned(),
            path: "*".to_owned(),
            why: why.to_owned(),
        }
    }

    /// Whether a finding is of this gap.
    pub fn covers(&self, finding: &Finding) -> bool {
        matches(&self.code, &finding.code) && matches(&self.path, &finding.path)
    }
}

/// Whether a pattern with `*` for any characters matches a text.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            after.is_empty()
                || rest
                    .char_indices()
                    .map(|(at, _)| at)
                    .chain([rest.len()])
                    .any(|at| matches(after, rest.get(at..).unwrap_or_default()))
        }),
    }
}

/// An error: what, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// `HZ0101`.
    pub code: String,
    /// `spec.steps[0].name`.
    pub path: String,
}

impl Finding {
    /// A finding.
    pub fn new(code: impl fmt::Display, path: impl fmt::Display) -> Self {
        Self {
            code: code.to_string(),
            path: path.to_string(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.path)
    }
}

/// What a validator says of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Only whether it is accepted.
    Accepted(bool),
    /// It does not fit the types; what else is wrong was not looked at. Warnings don't count.
    Unread(BTreeSet<Finding>),
    /// All its errors, and how the document is written back, if the validator can do that.
    Judged(BTreeSet<Finding>, Option<Value>),
}

impl Verdict {
    /// Whether the document is accepted.
    pub fn accepts(&self) -> bool {
        match self {
            Self::Accepted(accepted) => *accepted,
            Self::Unread(_) => false,
            Self::Judged(errors, _) => errors.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, Gap};

    #[test]
    fn a_gap_covers_its_code_and_paths() {
        let gap = |path: &str| Gap {
            path: path.to_owned(),
            ..Gap::everywhere("HZ0209", "")
        };
        let found = Finding::new("HZ0209", "spec.a[3].b");
        assert!(gap("*").covers(&found) && gap("spec.a[*].b").covers(&found));
        assert!(gap("*.b").covers(&found) && gap("spec*").covers(&found));
        assert!(!gap("spec.a").covers(&found) && !gap("spec.a[*].c").covers(&found));
        assert!(!gap("*").covers(&Finding::new("HZ0101", "spec.a[3].b")));
    }
}
