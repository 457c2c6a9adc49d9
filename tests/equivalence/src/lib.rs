//! One law for all validators: the same documents, the same verdicts.
//!
//! ```text
//! catalog ─> documents (valid, almost valid, hostile) ─┬─> reference: the catalog's checker ─┐
//!                                                      └─> judges: generated Rust, …        ─┴─> compared
//! ```
//!
//! A validator takes part by one `impl` of [`Judge`]: its name, what it can't say, and its verdicts
//! on a list of documents. Those of other languages are given the documents as one file
//! ([`vectors`]) and answer with one line each.
//!
//! * [`document`]: documents as texts, JSON or YAML.
//! * [`yaml`]: the YAML that people write: plain scalars, and those that readers disagree about.
//! * [`judge`]: the interface of a validator.
//! * [`compare`](mod@compare): who disagrees about what.
//! * [`checker`], [`built_in`]: the checker of the catalog; the generated types of the crate `herz`.
//! * [`json_schema`], [`ajv`]: emitted JSON Schema, applied by the crate `jsonschema` and by ajv.
//! * [`crd`]: emitted CRDs, applied as an API server does.
//! * [`schemas`]: random schemas.
//! * [`batch`]: generated Rust of many schemas, compiled as one program.
//! * [`models`]: generated models of many schemas in Go, Java, TypeScript and Python.
//! * [`pipe`]: programs that answer lines with lines.
//! * [`vectors`]: documents and verdicts as a file for other languages.
//!
//! The full run is a command: `cargo run --release -p herz-equivalence -- --documents 10000
//! --schemas 200`.
#![deny(missing_docs)]
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that can't be set up fails with its reason"
)]

pub mod ajv;
pub mod batch;
pub mod built_in;
pub mod checker;
pub mod compare;
pub mod crd;
pub mod document;
pub mod json_schema;
pub mod judge;
pub mod models;
pub mod pipe;
pub mod run;
pub mod schemas;
pub mod soundness;
pub mod vectors;
pub mod yaml;

pub use compare::{Report, compare};
pub use document::{Document, Form};
pub use judge::{Finding, Gap, Judge, Verdict};
