//! Markdown pages that are tests: each block of YAML or TOML says itself what is found in it.
//!
//! A comment at the end of a line announces findings on that line, several separated by ` ; `:
//!
//! ````text
//! ```yaml tree
//! a: 1
//! a: 2 # error: HZ0002 "the key `a` is there twice"
//! ```
//! ````
//!
//! Level, code, and a part of the message (it may be left out). Where no comment can stand, an HTML
//! comment before the block announces, with a line of the block: `<!-- error: HZ0001 line=3 "…" -->`.
//! Every finding must be announced and every announcement found; a block without announcements is clean.
//!
//! The words behind `yaml` say what is done with a block:
//!
//! | words | meaning |
//! |---|---|
//! | `yaml tree` | only read |
//! | `yaml` | documents, checked against the packages in `schemas/` |
//! | `yaml at=chaos-mesh@2.6.7` | the same, at a release |
//! | `yaml package` | the `package.yaml` of the next schema block; without one it has a default |
//! | `yaml openapi NAME` | a file that the package imports, of the next schema block |
//! | `yaml schema` | a schema file; it is compiled |
//! | `yaml using` | documents, checked against the schema block before it in the same section; `at=` may follow |
//! | `yaml using update` | two documents: a stored one, and one that is to replace it |
//! | `yaml contract` | an OpenAPI document: the contract of the documents after it in the same section |
//! | `yaml document=1.0.0` | a document of that version, for the next matrix in the same section |
//! | `toml matrix` | a compatibility matrix; it is checked, with the section's schema if there is one |
//! | `toml matrix today=2026-01-01` | the same, on that day |
//! | `toml matrix fresh` | the same, and what it generates must be there |
//! | `toml matrix was` | what was published before the next matrix in the same section |
//! | `yaml ignore`, other `toml` | not tested |
//!
//! `skips=N` among the words says that so many documents are of other kinds and skipped; `bytes`
//! makes `\xNN` in the block stand for a byte.

mod announce;
mod matrix;
mod page;
mod run;

pub use announce::Announced;
pub use page::{Block, Page};
pub use run::{Report, run};
