//! Expressions: the conformance table, errors, properties.

mod errors;
mod fixture;
mod generate;
mod properties;
mod table;
