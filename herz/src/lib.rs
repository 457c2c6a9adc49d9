//! Chaos experiments as Rust types.
//!
//! [`chaos_mesh`] has the kinds of Chaos Mesh, [`v1alpha1`] those of Herz itself, and
//! [`ChaosSpec`] is any of them.
//!
//! Types are generated from the schemas in `schemas/` of the repository, which stand beside this
//! crate's folder: it builds from a checkout, and needs them copied in before it is published.
//!
//! | feature | gives |
//! |---|---|
//! | `types` (default) | the generated types, reading and writing by serde, `validate()` |
//! | `yaml` (default) | `yaml::read`: typed reading of manifests with located errors |
//! | `catalog` | `catalog()`: all that the schemas say, for tools |
#![deny(missing_docs)]

#[cfg(feature = "catalog")]
mod embedded;
#[cfg(feature = "yaml")]
pub mod yaml;

#[cfg(feature = "catalog")]
pub use embedded::catalog;
pub use herz_types as types;
pub use herz_types::{Level, Path, Validate, Violation};

#[cfg(feature = "types")]
include!(concat!(env!("OUT_DIR"), "/herz/mod.rs"));

/// The README's examples are tests.
#[cfg(all(doctest, feature = "yaml"))]
#[doc = include_str!("../../README.md")]
struct Readme;
