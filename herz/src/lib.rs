//! Chaos experiments as Rust types.
//!
//! [`chaos_mesh`] has the kinds of Chaos Mesh, [`v1alpha1`] those of Herz itself, and
//! [`ChaosSpec`](enum@ChaosSpec) is any of them.
//!
//! ```
//! use herz::chaos_mesh::NetworkFault;
//! use herz::{ChaosSpec, Validate, yaml};
//!
//! let text = "
//! apiVersion: chaos-mesh.org/v1alpha1
//! kind: NetworkChaos
//! metadata: { name: slow }
//! spec:
//!   action: delay
//!   mode: one
//!   selector: { labelSelectors: { app: web } }
//!   delay: { latency: 10 }
//!   duration: 30s
//! ";
//! for error in yaml::read(text).unwrap_err() {
//!     println!("{error}");  // 9:21: spec.delay.latency: expected a text, found the whole number `10` [HZ0101]
//! }
//! for document in yaml::read(&text.replace("latency: 10", "latency: 10ms")).unwrap() {
//!     assert!(document.is_valid());
//!     if let ChaosSpec::NetworkChaos(chaos) = document
//!         && let Ok(NetworkFault::Delay(delay)) = chaos.spec.fault()
//!     {
//!         println!("{}", delay.latency);
//!     }
//! }
//! ```
//!
//! What is required are arguments of `new`; leaving one out does not compile:
//!
//! ```compile_fail,E0061
//! herz::chaos_mesh::NetworkChaosSpec::new(herz::chaos_mesh::NetworkAction::Delay);
//! ```
//!
//! Types are generated from the schemas in `schemas/` of the repository, which stand beside this
//! crate's folder: it builds from a checkout, and needs them copied in before it is published.
//!
//! | feature | gives |
//! |---|---|
//! | `types` (default) | the generated types, reading and writing by serde, `validate()` |
//! | `yaml` (default) | `yaml::read`: typed reading of manifests with located errors |
//! | `faultpoints` | fault points that can be set; without it they are nothing |
//! | `schema` (default) | the catalog of a kind that is declared as a Rust type, and its text |
//! | `artefacts` | `export::artefacts`: its JSON Schema, CRD and what else `herz gen` writes |
//! | `catalog` | `catalog()`: all that the schemas say, for tools |
#![deny(missing_docs)]

pub mod compat;
#[cfg(feature = "catalog")]
mod embedded;
#[cfg(feature = "schema")]
pub mod export;
mod macros;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "yaml")]
pub mod yaml;

/// What generated code reaches, and nobody else: it changes with any release, and its name with it,
/// so that macros and crate of different versions don't meet.
#[doc(hidden)]
pub mod __private_v1 {
    pub use herz_types::*;
}

#[cfg(feature = "catalog")]
pub use embedded::catalog;
/// Fault points: `herz::faultpoints::faultpoint!("name")` and the attribute [`faultpoint`]. Nothing is
/// compiled into your code unless the feature `faultpoints` is on.
pub use herz_faultpoint as faultpoints;
#[cfg(feature = "derive")]
pub use herz_macros::{ChaosSpec, ChaosType, chaos_schema, faultpoint};
pub use herz_types as types;
pub use herz_types::scalar::{self, Bytes, IntOrString, Text};
pub use herz_types::value::Nullable;
pub use herz_types::{
    Document, Json, JsonMap, KindSpec, Level, Manifest, Path, Unknown, Validate, Violation,
    document, meta,
};
#[cfg(feature = "schema")]
pub use schema::schema;

#[cfg(feature = "types")]
include!(concat!(env!("OUT_DIR"), "/herz/mod.rs"));

/// The README's examples are tests.
#[cfg(all(doctest, feature = "yaml"))]
#[doc = include_str!("../../README.md")]
struct Readme;
