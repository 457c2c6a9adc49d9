//! What generated Herz code needs at run time, and nothing bigger.
//!
//! * [`bounds`]: what ranges, counts and steps mean.
//! * [`codes`]: the stable codes of everything that can be wrong with a document.
//! * [`message`]: the wording of findings.
//! * [`violation`]: one thing that is wrong, with its place in the document.
//! * [`scalar`]: texts with a grammar (durations, sizes, rates, …), one parser for each dialect.
//! * [`table`]: what generated types know of their schema.
//! * [`view`]: generated values as the validator and the writer see them.
//! * [`pattern`]: regular expressions of schemas.
//! * [`read`]: typed reading.
//! * [`validate`]: judging typed values.
//! * [`doubt`]: straight checks of generated code, before anything walks a table.
//! * [`cel`]: what compiled rules call.
//! * [`document`], [`meta`]: what every kind has.
//! * [`declare`], [`manifest`]: kinds that are declared as Rust types.
#![deny(missing_docs)]

mod macros;

pub mod bounds;
pub mod cel;
pub mod codes;
pub mod declare;
pub mod document;
pub mod doubt;
pub mod manifest;
pub mod message;
pub mod meta;
pub mod pattern;
pub mod read;
pub mod scalar;
pub mod table;
pub mod unknown;
pub mod validate;
pub mod value;
pub mod view;
pub mod violation;

pub use declare::ChaosType;
pub use document::{Document, IncompleteCase};
pub use manifest::{KindSpec, Manifest};
pub use read::Read;
pub use unknown::Unknown;
pub use validate::Validate;
pub use violation::{Level, Path, Segment, Violation};

#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use serde_json::{Map as JsonObject, Value as Json};

/// An object of any content.
#[doc(hidden)]
pub type JsonMap = JsonObject<String, Json>;
