//! The Herz schema language and the checking of documents.
#![deny(missing_docs)]

pub mod automaton;
pub mod breaking;
pub mod catalog;
pub mod cel;
pub mod check;
pub mod compat;
pub mod compile;
#[cfg(feature = "openapi")]
pub mod contract;
pub mod defaults;
pub mod diagnostic;
mod digest;
pub mod explain;
pub mod import;
mod matcher;
#[cfg(feature = "meta")]
pub mod meta;
pub mod migrate;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod print;
pub mod schema;
pub mod source;
mod toml;
pub mod tree;
