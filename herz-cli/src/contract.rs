//! The contract that `herz validate --contract` judges by.

use crate::exit::{Exit, Failure};
use crate::files::Input;
use crate::output::Output;
use herz_dsl::catalog::Catalog;
use herz_dsl::check::{Checker, Outcome};
use herz_dsl::contract::Contract;
use herz_dsl::diagnostic::render::{self, Contracted, TextOptions, Texts};
use herz_dsl::openapi::Document;
use herz_dsl::source::{Source, SourceId};
use herz_dsl::tree::{Limits, Tree};
use std::path::Path;

/// Number of the contract's text; manifests have others.
const ID: SourceId = SourceId(u32::MAX);

/// A contract and its text, which findings point into too.
pub(crate) struct Agreed {
    contract: Contract,
    source: Source,
}

impl Agreed {
    /// Reads a contract. One with errors can't judge anything: its findings are printed and the
    /// command fails.
    pub(crate) fn load(path: &Path, catalog: &Catalog, output: &Output) -> Result<Self, Failure> {
        let input = Input::named(path);
        let bytes = input
            .read(Limits::default().bytes)
            .map_err(|error| crate::files::unreadable(path, &error))?;
        let name = input.name();
        let (document, mut findings) = Document::read(ID, &bytes);
        let mut contract = None;
        if let Some(document) = &document {
            let (read, more) = Contract::of(document, name.as_str(), catalog);
            findings.extend(more);
            contract = read;
        }
        let source = Source::new(name, String::from_utf8_lossy(&bytes));
        if let Some(contract) = contract {
            return Ok(Self { contract, source });
        }
        let mut text = String::new();
        let options = TextOptions {
            color: output.colour,
            ..TextOptions::default()
        };
        render::text(&mut text, &findings, &source, options)
            .map_err(|error| Failure::internal(error.to_string()))?;
        output.talk(&text);
        Err(Failure {
            exit: Exit::Findings,
            message: "this contract can't be used".to_owned(),
        })
    }

    /// Adds what the contract says of a text to what the platform says.
    pub(crate) fn judge(
        &self,
        tree: &Tree,
        checker: &Checker<'_>,
        outcome: &mut Outcome,
    ) -> Contracted {
        let judged = self.contract.judge(tree, checker);
        let counts = Contracted {
            specs: judged.specs as u64,
            breaches: judged.findings.len() as u64,
        };
        outcome.add_reading(judged.findings);
        counts
    }

    /// What the command says at the end: `contract openapi/herz.yaml 0.1.0: 3 specs, 1 breach`.
    pub(crate) fn words(&self, counts: Contracted) -> String {
        let specs = crate::report::count(counts.specs, "chaos spec");
        let verdict = match counts.breaches {
            0 => "kept".to_owned(),
            1 => "1 breach".to_owned(),
            several => format!("{several} breaches"),
        };
        format!("contract {}: {specs}, {verdict}", self.contract.name())
    }
}

/// The text of a manifest, and that of the contract.
pub(crate) struct Both<'a> {
    pub(crate) manifest: Source,
    pub(crate) contract: Option<&'a Agreed>,
}

impl Texts for Both<'_> {
    fn source(&self, id: SourceId) -> Option<&Source> {
        match self.contract {
            Some(agreed) if id == ID => Some(&agreed.source),
            _ => Some(&self.manifest),
        }
    }
}
