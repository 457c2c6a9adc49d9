//! Tests of Herz as a whole, and what they share.
//!
//! * [`mdtest`]: Markdown pages whose code blocks say what is found in them.
//! * [`fuzz`]: what may be done with any bytes whatever, without a crash.
//! * [`generate`]: documents made from a catalog.
//! * [`built_in`]: the catalog of the packages in `schemas/`.
#![deny(missing_docs)]
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that can't be set up fails with its reason"
)]

pub mod fuzz;
pub mod generate;
pub mod mdtest;

use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Folders};
use herz_dsl::source::Sources;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A path below the repository's top folder.
pub fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the repository")
        .join(path)
}

/// The catalog of `schemas/`, compiled once. Findings in it are for `herz check` to tell.
pub fn built_in() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        let mut sources = Sources::new();
        let schemas = top("schemas");
        let (packages, unreadable) = compile::load(
            &Folders,
            &[schemas.to_str().expect("a path in UTF-8")],
            &mut sources,
        );
        assert!(unreadable.is_empty(), "{unreadable:?}");
        compile::compile(&packages).0
    });
    &CATALOG
}
