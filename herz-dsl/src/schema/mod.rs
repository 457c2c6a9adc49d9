//! Schemas as written: one module for each construct of the language, each with a struct that
//! keeps what the text says and where. Nothing is resolved here; [`crate::compile`] does that.
//!
//! | keyword | module |
//! |---|---|
//! | `package.yaml` | [`package`] |
//! | `kind:` and what stands beside it | [`kind`] |
//! | `types:` | [`typedef`] |
//! | `groups:`, `include`, `reserved`, `open`, `atomic` | [`object`] |
//! | entries of `fields:` | [`field`] |
//! | `type:` | [`type_expr`] |
//! | `enum:` | [`enums`] |
//! | `range`, `length`, `pattern`, … | [`limit`] |
//! | `default:`, `normalize:` | [`default`] |
//! | `union:` | [`union`] |
//! | `rules:`, `documentRules:` | [`rule`], conditions in [`when`], paths in [`path`] |
//! | `since`, `until`, `deprecated` | [`life`] |
//!
//! [`read`] holds the few words that all of them are written with.

mod convert;
pub mod default;
pub mod enums;
pub mod field;
pub mod file;
pub mod kind;
pub mod life;
pub mod limit;
pub mod object;
pub mod package;
pub mod path;
pub mod read;
pub mod rule;
pub mod type_expr;
pub mod typedef;
pub mod union;
pub mod value;
pub mod when;

pub use convert::documents;
pub use file::SchemaFile;
pub use package::PackageFile;
pub use read::Reader;
