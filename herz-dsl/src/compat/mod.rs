//! The compatibility matrix: which release of the library goes with which OpenAPI document, which
//! Chaos Mesh and which Kubernetes. It is read from `compat-matrix.toml`, generated in part from
//! the schemas, checked against them, and asked.
//!
//! | file | holds |
//! |---|---|
//! | [`version`], [`range`] | versions as people write them; ranges as intervals |
//! | [`matrix`], [`read()`] | the matrix as data, and from TOML |
//! | [`feature`], [`history`] | what the schemas say: features, stretches of releases, changes |
//! | [`check()`] | every check, each finding with its place |
//! | [`resolve()`], [`path()`] | questions about versions |
//! | [`documents`] | questions about manifests: what they need, what they lose |
//! | [`release`] | the gate before a release |
//! | [`render`] | tables, constants, the generated part |
//!
//! ```
//! use herz_dsl::compat;
//! use herz_dsl::source::SourceId;
//!
//! let text = r#"
//! schema = 1
//! [axes.library]
//! versions = ["0.1.0"]
//! [axes.chaos-mesh]
//! versions = ["2.6.7", "2.7.3"]
//! [[release]]
//! library = "0.1.0"
//! chaos-mesh = [">=2.7"]
//! status = "supported"
//! "#;
//! let (matrix, problems) = compat::read(SourceId(0), text);
//! assert!(problems.is_empty());
//! let asked = [("chaos-mesh".to_owned(), "v2.6.7".to_owned())];
//! let cell = compat::cell(&matrix, &asked).unwrap();
//! let out = compat::resolve(&matrix, &cell)[0].out.clone().unwrap();
//! assert_eq!(out.why, "chaos-mesh 2.6.7 is not covered: the row has >=2.7");
//! ```

mod check;
mod documents;
mod feature;
mod history;
mod matrix;
mod path;
mod range;
mod read;
pub mod release;
pub mod render;
mod resolve;
mod version;

pub use check::{Documents, Inputs, NoDocuments, check};
pub(crate) use documents::errors;
pub use documents::{Answer, Releases};
pub use feature::{Known, features, lives};
pub use history::{Stretch, breaks, changes, stretches};
pub use matrix::{
    Axis, Claim, Date, Feature, Form, KnownBad, LIBRARY, Lockstep, Matrix, Release, Rendering,
    RunsOn, Status, Tested, Upgrade, What,
};
pub use path::{Step, path};
pub use range::{Interval, Range, spans};
pub use read::read;
pub use resolve::{Candidate, Cell, Out, cell, judge, resolve, room};
pub use version::{Granularity, VersionError};
