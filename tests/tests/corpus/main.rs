//! The corpus of Chaos Mesh: what its own webhook and CRD schemas said about some thousand
//! manifests, at three releases. Herz must come to the same verdicts, point at the same fields and
//! fill in the same defaults.
//!
//! The corpus is not part of this repository. `HERZ_CORPUS` names its folder; without that it is
//! looked for beside the workspace, at `../shared/corpus`.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)] // A test that reports.

mod data;
mod defaults;
mod exceptions;
mod places;
mod verdicts;
