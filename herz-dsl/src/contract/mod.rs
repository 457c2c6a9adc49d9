//! The contract of a library of configurations: what each chaos spec must have, beyond what the
//! platform asks for.
//!
//! It is the schema `ChaosSpec` of an OpenAPI 3.0 document. Documents are judged by it apart from
//! the platform: a finding of the contract has the code [`codes::CONTRACT_BROKEN`] and changes
//! nothing about the other findings.
//!
//! ```
//! use herz_dsl::catalog::Catalog;
//! use herz_dsl::contract::Contract;
//! use herz_dsl::openapi::Document;
//! use herz_dsl::source::SourceId;
//!
//! let text = b"openapi: 3.0.3
//! info: { title: Demo, version: 1.0.0 }
//! paths: {}
//! components: { schemas: { ChaosSpec: { type: object, required: [duration] } } }
//! ";
//! let catalog = Catalog { packages: Vec::new(), kinds: Vec::new(), types: Vec::new() };
//! let (document, _) = Document::read(SourceId(0), text);
//! let (contract, findings) = Contract::of(&document.unwrap(), "api.yaml", &catalog);
//! assert!(findings.is_empty());
//! assert_eq!(contract.unwrap().name(), "api.yaml 1.0.0");
//! ```

mod judge;
mod read;
mod schema;
mod scope;

pub use judge::Judged;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Level, codes};
use crate::openapi::Document;
use crate::source::Span;
use schema::{Schema, SchemaId};

/// The name of the schema that is the contract.
pub const CHAOS_SPEC: &str = "ChaosSpec";

/// What each chaos spec must fulfil.
#[derive(Debug)]
pub struct Contract {
    file: String,
    version: String,
    schemas: Vec<Schema>,
    root: SchemaId,
    exempt: Exempt,
}

/// Where the contract itself says that a demand does not count: `x-herz-exempt`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Exempt {
    /// A field that specs of the kind don't have.
    no_such_field: bool,
    /// The field that ends a fault, for an action that happens once.
    one_shot: bool,
}

/// The words of `x-herz-exempt`.
const EXEMPT: &str = "x-herz-exempt";
const NO_SUCH_FIELD: &str = "no-such-field";
const ONE_SHOT: &str = "one-shot";

impl Contract {
    /// The contract that a document holds, and what is wrong with it. None if there is an error.
    /// `file` is how findings call the document.
    pub fn of(
        document: &Document,
        file: impl Into<String>,
        catalog: &Catalog,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let Some(root) = document.root() else {
            return (None, Vec::new());
        };
        let (_, mut findings) = document.catalog_refs(catalog);
        let read = read::contract(root, &mut findings);
        if findings.iter().any(|one| one.level == Level::Error) {
            return (None, findings);
        }
        let contract = read.map(|(schemas, start, exempt)| Self {
            file: file.into(),
            version: document.version().to_owned(),
            schemas,
            root: start,
            exempt,
        });
        (contract, findings)
    }

    /// File and version, as findings say them: `openapi/herz.yaml 0.1.0`.
    pub fn name(&self) -> String {
        format!("{} {}", self.file, self.version)
    }

    /// `info.version` of its document.
    pub fn version(&self) -> &str {
        &self.version
    }
}

fn unusable(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::NO_CONTRACT, span, message)
}
