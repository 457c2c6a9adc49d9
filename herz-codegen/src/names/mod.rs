//! Names for target languages: a stage of its own, the same for every run.
//!
//! A name is split into [`words`] once and joined as the target likes it. Each target has one
//! table of words that it keeps for itself. Two things that would get one name are an error that
//! asks for `rename:`; nothing is numbered or chosen by order of visit.

pub mod rust;
mod scope;
mod words;

#[cfg(feature = "targets")]
pub(crate) use rust::symbols;
pub use scope::Scope;
pub use words::words;
