//! What generated Herz code needs at run time, and nothing bigger.
//!
//! * [`codes`]: the stable codes of everything that can be wrong with a document.
//! * [`message`]: the wording of findings.
//! * [`violation`]: one thing that is wrong, with its place in the document.
//! * [`scalar`]: texts with a grammar (durations, sizes, rates, …), one parser for each dialect.
//! * [`table`]: what generated types know of their schema.
//! * [`view`]: generated values as the validator and the writer see them.
//! * [`read`]: typed reading.
#![deny(missing_docs)]

pub mod codes;
pub mod message;
pub mod read;
pub mod scalar;
pub mod table;
pub mod unknown;
pub mod value;
pub mod view;
pub mod violation;

pub use unknown::Unknown;
pub use violation::{Level, Path, Segment, Violation};
