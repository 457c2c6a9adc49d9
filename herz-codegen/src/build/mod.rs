//! For build scripts: schema packages in, Rust modules in `OUT_DIR` out.
//!
//! ```no_run
//! fn main() -> Result<(), herz_codegen::build::BuildError> {
//!     herz_codegen::build::Builder::new().package("schemas/chaos-mesh").compile()?;
//!     Ok(())
//! }
//! ```
//!
//! and in the crate:
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/herz/mod.rs"));
//! ```
//!
//! No program is started and nothing is fetched. Cargo runs the script again only if a schema
//! changed; a generated file is written only if its text changed.

mod error;

pub use error::BuildError;

#[cfg(feature = "rust")]
use crate::{
    Files,
    rust::{self, Options},
};
use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Folders, PackageSource};
use herz_dsl::diagnostic::Level;
use herz_dsl::source::Sources;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Compiles schema packages in a build script.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    packages: Vec<String>,
    modules: BTreeMap<String, String>,
    out_dir: Option<PathBuf>,
    runtime: Option<String>,
}

/// What a build came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// Everything the packages say, all releases.
    pub catalog: Catalog,
}

impl Builder {
    /// A builder without packages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a folder with a `package.yaml`, or one with several packages below it. The path is
    /// relative to the crate's folder.
    #[must_use]
    pub fn package(mut self, path: impl Into<String>) -> Self {
        self.packages.push(path.into());
        self
    }

    /// Calls the module of a package so; without it, it is called by the package's name.
    #[must_use]
    pub fn module(mut self, package: impl Into<String>, module: impl Into<String>) -> Self {
        self.modules.insert(package.into(), module.into());
        self
    }

    /// Where the generated files go; without it, into `herz` in `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Path of the crate `herz-types` as generated code sees it; without it, `::herz_types`.
    #[must_use]
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = Some(path.into());
        self
    }

    /// Compiles the packages to a catalog and writes Rust for it.
    ///
    /// Findings in schemas become errors and warnings of cargo, each with file, line and column.
    #[cfg(feature = "rust")]
    pub fn compile(&self) -> Result<Compiled, BuildError> {
        let compiled = self.catalog()?;
        let defaults = Options::default();
        let options = Options {
            runtime: self.runtime.clone().unwrap_or(defaults.runtime.clone()),
            modules: self.modules.clone(),
            ..defaults
        };
        let files = rust::generate(&compiled.catalog, &options).map_err(|errors| {
            for error in &errors {
                directive("error", &error.to_string());
            }
            BuildError::Names(errors)
        })?;
        self.write(&files)?;
        Ok(compiled)
    }

    /// Compiles the packages to a catalog, and writes nothing.
    pub fn catalog(&self) -> Result<Compiled, BuildError> {
        let mut sources = Sources::new();
        let paths: Vec<&str> = self.packages.iter().map(String::as_str).collect();
        let (packages, mut found) = compile::load(&Folders, &paths, &mut sources);
        self.watch(&packages);
        let (catalog, diagnostics) = compile::compile(&packages);
        found.extend(diagnostics);
        let mut errors = Vec::new();
        for diagnostic in &found {
            let text = error::located(diagnostic, &sources);
            match diagnostic.level {
                Level::Warning => directive("warning", &text),
                Level::Error => {
                    directive("error", &text);
                    errors.push(text);
                }
            }
        }
        if errors.is_empty() {
            Ok(Compiled { catalog })
        } else {
            Err(BuildError::Schemas(errors))
        }
    }

    /// Tells cargo what the output depends on: the folders, so that a new file counts too, and
    /// imported documents outside of them.
    fn watch(&self, packages: &[PackageSource]) {
        for path in &self.packages {
            directive("rerun-if-changed", path);
        }
        for import in packages.iter().flat_map(|package| package.imports.values()) {
            directive("rerun-if-changed", &import.name);
        }
    }

    #[cfg(feature = "rust")]
    fn write(&self, files: &Files) -> Result<(), BuildError> {
        let folder = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => {
                PathBuf::from(std::env::var_os("OUT_DIR").ok_or(BuildError::NoOutDir)?).join("herz")
            }
        };
        files
            .write(&folder)
            .map_err(|error| BuildError::Write(folder, error))?;
        Ok(())
    }
}

/// Tells cargo something.
#[allow(
    clippy::print_stdout,
    reason = "that is how build scripts talk to cargo"
)]
fn directive(name: &str, value: &str) {
    println!("cargo::{name}={}", value.replace('\n', " "));
}
