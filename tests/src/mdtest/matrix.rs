//! Blocks of compatibility matrices.

use super::page::Block;
use super::run::{DOCUMENT, Run};
use herz_dsl::compat::{self, Axis, Documents, Inputs};
use herz_dsl::source::SourceId;
use std::collections::BTreeMap;

/// What a matrix is compared with.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Documents, by version.
    pub(super) documents: BTreeMap<String, String>,
    /// The matrix that was published.
    published: Option<compat::Matrix>,
}

impl Documents for Past {
    fn of_version(&self, axis: &Axis, version: &semver::Version) -> Option<String> {
        self.documents.get(&axis.show(version)).cloned()
    }

    fn file(&self, _: &str) -> Option<String> {
        None
    }
}

impl<'a> Run<'a> {
    pub(super) fn matrix(&mut self, block: &'a Block) {
        let (matrix, mut found) = compat::read(SourceId(0), &block.text);
        let mut today = None;
        let mut fresh = false;
        for word in block.words.iter().skip(1) {
            match word.as_str() {
                "was" => {
                    if let Some(wrong) = found.first() {
                        self.fail(block.line, &wrong.message);
                    }
                    self.past.published = Some(matrix);
                    return;
                }
                "fresh" => fresh = true,
                day => match day.strip_prefix("today=").map(str::parse) {
                    Some(Ok(day)) => today = Some(day),
                    _ => {
                        return self
                            .fail(block.line, &format!("what `{day}` asks for is not known"));
                    }
                },
            }
        }
        let inputs = Inputs {
            source: (SourceId(0), &block.text),
            catalog: self.schema.as_ref(),
            today,
            published: self.past.published.as_ref(),
            documents: &self.past,
            fresh,
        };
        found.extend(compat::check(&matrix, &inputs));
        self.compare(
            &[(DOCUMENT.to_owned(), Some(block))],
            found,
            &Self::sources(block),
        );
    }
}
