//! For build scripts: schema packages in, Rust modules in `OUT_DIR` out.
//!
//! ```no_run
//! fn main() -> Result<(), herz_codegen::build::BuildError> {
//!     herz_codegen::build::Builder::new().package("schemas/chaos-mesh").compile()?;
//!     Ok(())
//! }
//! ```
//!
//! and in the crate `herz::include_schema!();` for all packages, each in a module of its name, or
//! `herz::include_schema!("chaos_mesh");` for what one of them holds.
//!
//! No program is started and nothing is fetched. Cargo runs the script again only if a schema
//! changed; a generated file is written only if its text changed.

mod error;
#[cfg(feature = "rust")]
mod knobs;

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
    external: BTreeMap<String, String>,
    #[cfg(feature = "rust")]
    knobs: Vec<knobs::Knob>,
    visibility: Option<String>,
    one_file: bool,
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

    /// Path of the crate `herz-types` as generated code sees it; without it, what `herz`
    /// re-exports, so that a crate depends on `herz` alone.
    #[must_use]
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = Some(path.into());
        self
    }

    /// Uses a type of your own for a type of a schema, which is not generated then:
    /// `extern_path("acme.Limits", "crate::Limits")`. The type must have `herz::ChaosType`, which
    /// `#[derive(herz::ChaosType)]` gives.
    #[must_use]
    pub fn extern_path(mut self, schema: impl Into<String>, rust: impl Into<String>) -> Self {
        self.external.insert(schema.into(), rust.into());
        self
    }

    /// Puts an attribute on generated types: `type_attribute("acme::Disk*", "#[must_use]")`. In the
    /// pattern `*` stands for anything; one that matches nothing is an error.
    #[cfg(feature = "rust")]
    #[must_use]
    pub fn type_attribute(self, pattern: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.knob(true, pattern.into(), attribute.into())
    }

    /// Derives a trait for generated types: `derive("acme::*", "my::Trait")`.
    #[cfg(feature = "rust")]
    #[must_use]
    pub fn derive(self, pattern: impl Into<String>, path: &str) -> Self {
        self.knob(true, pattern.into(), format!("#[derive({path})]"))
    }

    /// Puts an attribute on fields of generated structs and variants of generated enums:
    /// `field_attribute("acme::DiskChaosSpec::size", "#[doc(alias = \"bytes\")]")`.
    #[cfg(feature = "rust")]
    #[must_use]
    pub fn field_attribute(self, pattern: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.knob(false, pattern.into(), attribute.into())
    }

    #[cfg(feature = "rust")]
    fn knob(mut self, types: bool, pattern: String, attribute: String) -> Self {
        self.knobs.push(knobs::Knob {
            types,
            pattern,
            attribute,
        });
        self
    }

    /// Visibility of the generated modules: `pub` (default), `pub(crate)`, or nothing.
    #[must_use]
    pub fn visibility(mut self, visibility: impl Into<String>) -> Self {
        self.visibility = Some(visibility.into());
        self
    }

    /// Writes everything into `mod.rs`, in place of a file for each kind.
    #[must_use]
    pub fn one_file(mut self, one: bool) -> Self {
        self.one_file = one;
        self
    }

    /// Compiles the packages to a catalog and writes Rust for it.
    ///
    /// Findings in schemas become errors and warnings of cargo, each with file, line and column.
    #[cfg(feature = "rust")]
    pub fn compile(&self) -> Result<Compiled, BuildError> {
        let compiled = self.catalog()?;
        let defaults = Options::default();
        let runtime = self.runtime.clone();
        let options = Options {
            runtime: runtime.unwrap_or_else(|| rust::HERZ_RUNTIME.to_owned()),
            modules: self.modules.clone(),
            external: self.external.clone(),
            ..defaults
        };
        let files = self.rust(&compiled.catalog, &options).map_err(|errors| {
            for error in &errors {
                directive("error", &error.to_string());
            }
            BuildError::Names(errors)
        })?;
        self.write(&files)?;
        Ok(compiled)
    }

    /// The files to write: the module tree, and each package in a file of its own for
    /// `include_schema!`.
    #[cfg(feature = "rust")]
    fn rust(
        &self,
        catalog: &Catalog,
        options: &Options,
    ) -> Result<Files, Vec<crate::CodegenError>> {
        let files = rust::generate(catalog, options)?;
        let files = knobs::apply(&files, &self.knobs, self.visibility.as_deref())?;
        let singles = rust::modules(&files)?
            .into_iter()
            .map(|(name, text)| crate::File {
                path: format!("one/{name}.rs"),
                text,
            });
        let tree: Vec<crate::File> = if self.one_file {
            vec![crate::File {
                path: "mod.rs".to_owned(),
                text: rust::one_file(&files)?,
            }]
        } else {
            files.iter().cloned().collect()
        };
        Ok(Files::new(tree.into_iter().chain(singles).collect()))
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
