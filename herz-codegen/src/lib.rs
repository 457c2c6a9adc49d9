//! Emitters: the catalog goes in, files come out.
//!
//! Each target language has a folder of its own. An emitter only reads the catalog; it parses no
//! YAML, invents no names (that is what [`names`] is for) and starts no process.
#![deny(missing_docs)]

pub mod build;
pub mod names;
pub mod output;
#[cfg(feature = "rust")]
pub mod rust;

mod error;

pub use error::CodegenError;
pub use output::{File, Files};
