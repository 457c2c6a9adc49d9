//! The generated types of the crate `herz`: read, judged, written back.

use crate::{Document, Finding, Form, Judge, Verdict};
use herz::{ChaosSpec, Level};
use herz_types::Violation;
use herz_types::document::{check, read_and_validate};

/// Errors as findings.
fn errors<'a>(
    found: impl IntoIterator<Item = &'a Violation>,
) -> std::collections::BTreeSet<Finding> {
    found
        .into_iter()
        .filter(|one| one.level == Level::Error)
        .map(|one| Finding::new(one.code, &one.path))
        .collect()
}

/// Generated Rust that reads values.
#[derive(Debug, Clone, Copy, Default)]
pub struct FromValue;

impl Judge for FromValue {
    fn name(&self) -> &'static str {
        "generated Rust, from values"
    }

    fn reads(&self, _: Form) -> bool {
        true
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let one = |document: &Document| {
            let value = document.value();
            let (read, found) = read_and_validate::<ChaosSpec>(&value);
            if check::<ChaosSpec>(&value) != found {
                return Err(format!(
                    "is right before it is read, with {found:?}: {value}"
                ));
            }
            let Some(read) = read else {
                return Ok(Verdict::Unread(errors(&found)));
            };
            let written = serde_json::to_value(&read).map_err(|error| error.to_string())?;
            Ok(Verdict::Judged(errors(&found), Some(written)))
        };
        documents.iter().map(one).collect()
    }
}

/// Generated Rust that reads texts, as `herz::yaml` does for users.
#[derive(Debug, Clone, Copy, Default)]
pub struct FromYaml;

impl Judge for FromYaml {
    fn name(&self) -> &'static str {
        "generated Rust, from YAML"
    }

    fn reads(&self, _: Form) -> bool {
        true
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let one = |document: &Document| {
            let (read, found) = herz::yaml::read_and_validate::<ChaosSpec>(&document.text);
            let errors = errors(found.iter().map(|one| &one.violation));
            if read.is_empty() {
                Verdict::Unread(errors)
            } else {
                Verdict::Judged(errors, None)
            }
        };
        Ok(documents.iter().map(one).collect())
    }
}
