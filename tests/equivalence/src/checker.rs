//! The checker of the catalog: the reference.

use crate::{Document, Finding, Form, Judge, Verdict};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::check::Checker;
use herz_types::Level;

/// The checker of a catalog at the newest release, which reads YAML and JSON.
#[derive(Debug)]
pub struct ByCatalog<'c>(Checker<'c>);

impl<'c> ByCatalog<'c> {
    /// The checker of that catalog.
    pub fn new(catalog: &'c Catalog) -> Self {
        Self(Checker::new(catalog, &Targets::newest()))
    }
}

impl Judge for ByCatalog<'_> {
    fn name(&self) -> &'static str {
        "catalog checker"
    }

    fn reads(&self, _: Form) -> bool {
        true
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let one = |document: &Document| {
            let Some(tree) = document.tree() else {
                return Err(format!("no clean YAML: {}", document.text));
            };
            let outcome = self.0.check_source(&tree);
            if outcome.skipped > 0 {
                return Err(format!("skipped: {}", document.text));
            }
            let errors = outcome
                .diagnostics
                .iter()
                .filter(|one| one.level == Level::Error)
                .map(|one| {
                    let path = one.path.as_deref().unwrap_or_default();
                    Finding::new(one.code, path)
                })
                .collect();
            Ok(Verdict::Judged(errors, None))
        };
        documents.iter().map(one).collect()
    }
}
