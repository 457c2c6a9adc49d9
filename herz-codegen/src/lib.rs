//! Emitters: the catalog goes in, files come out.
//!
//! Each target language has a folder of its own. An emitter only reads the catalog; it parses no
//! YAML, invents no names (that is what [`names`] is for) and starts no process.
//!
//! Rust is generated in build scripts ([`build`]); everything else by `herz gen`, behind the
//! feature `targets`, so that a build script compiles nothing that it does not use.
#![deny(missing_docs)]

pub mod build;
#[cfg(feature = "targets")]
pub mod config;
#[cfg(feature = "targets")]
pub mod crd;
#[cfg(feature = "targets")]
pub mod docs;
#[cfg(feature = "targets")]
pub mod document;
#[cfg(feature = "targets")]
pub mod go;
#[cfg(feature = "targets")]
pub mod helm;
#[cfg(feature = "targets")]
pub mod java;
#[cfg(feature = "targets")]
pub mod json_schema;
#[cfg(feature = "targets")]
mod lower;
pub mod names;
#[cfg(feature = "targets")]
pub mod openapi;
pub mod output;
#[cfg(feature = "targets")]
pub mod python;
#[cfg(feature = "rust")]
pub mod rust;
#[cfg(feature = "targets")]
pub mod sync;
#[cfg(feature = "targets")]
pub mod target;
#[cfg(feature = "targets")]
pub mod typescript;

mod error;

pub use error::CodegenError;
pub use output::{File, Files};
