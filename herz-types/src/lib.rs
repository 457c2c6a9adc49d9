//! What generated Herz code needs at run time, and nothing bigger.
//!
//! * [`codes`]: the stable codes of everything that can be wrong with a document.
//! * [`message`]: the wording of findings.
//! * [`violation`]: one thing that is wrong, with its place in the document.
//! * [`scalar`]: texts with a grammar (durations, sizes, rates, …), one parser for each dialect.
#![deny(missing_docs)]

pub mod codes;
pub mod message;
pub mod scalar;
pub mod violation;

pub use violation::{Level, Path, Segment, Violation};
