//! Packages -> catalog: names resolved, groups laid in, defaults and rules typed.
//!
//! ```
//! use herz_dsl::compile::{self, Texts};
//! use herz_dsl::source::Sources;
//!
//! let text = "kind: NetworkChaos\nfields:\n  - { name: latency, type: duration, required: false }\n";
//! let provider = Texts([("network.yaml".to_owned(), text.into())].into());
//! let mut sources = Sources::new();
//! let (packages, unreadable) = compile::load(&provider, &["."], &mut sources);
//! let (catalog, diagnostics) = compile::compile(&packages);
//! assert!(unreadable.is_empty() && diagnostics.is_empty());
//! assert_eq!(catalog.kinds[0].plural, "networkchaos");
//! ```
//!
//! The steps, each in a module: texts are read as written ([`crate::schema`]), names get ids,
//! types their shapes, fields their types, limits, defaults; objects are put together; unions and
//! rules are typed against them; at last what only the whole shows is checked. A step that finds
//! something wrong reports it and leaves something harmless behind, so that all findings of a
//! package are told at once and none of them twice.

mod bound;
mod clash;
mod constraint;
mod default;
mod enums;
mod example;
mod identifier;
mod import;
mod include;
mod kind;
mod life;
mod limit;
mod literal;
mod locate;
mod magnitude;
mod names;
mod object;
mod path;
mod places;
mod reach;
mod resolve;
mod rule;
mod source;
mod union;
mod when;
mod written;

pub use places::Places;
pub use source::{Folders, PACKAGE_FILE, PackageSource, SourceFile, SourceProvider, Texts, load};

use crate::catalog::{Catalog, Field, Package, TypeDef};
use crate::diagnostic::Diagnostic;
use names::Names;
use semver::Version;
use written::{SourceTexts, Written};

/// Compiles packages into a catalog.
///
/// The catalog holds what could be compiled, also if there are errors; with errors it is good for
/// editors but not for judging documents. Diagnostics come in order of place.
pub fn compile(packages: &[PackageSource]) -> (Catalog, Vec<Diagnostic>) {
    let (catalog, _, diagnostics) = run(packages, false, false);
    (catalog, diagnostics)
}

/// Compiles packages and tells where what stands in the catalog is written, for those who find
/// something about it later.
pub fn compile_with_places(packages: &[PackageSource]) -> (Catalog, Places, Vec<Diagnostic>) {
    run(packages, false, true)
}

/// Compiles packages of which a part is not at hand: what is of type `any` may stand for a type
/// that is not known here, so rules about it are taken as they are.
pub fn compile_part(packages: &[PackageSource]) -> (Catalog, Vec<Diagnostic>) {
    let (catalog, _, diagnostics) = run(packages, true, false);
    (catalog, diagnostics)
}

fn run(
    packages: &[PackageSource],
    part: bool,
    located: bool,
) -> (Catalog, Places, Vec<Diagnostic>) {
    let (written, texts, mut diagnostics) = written::read(packages);
    let names = Names::collect(&written, &mut diagnostics);
    let releases = written
        .iter()
        .map(|package| life::releases(&package.file, &mut diagnostics))
        .collect();
    let types = names
        .origins
        .iter()
        .map(|(package, name, _)| Compiler::placeholder(*package, name))
        .collect();
    let mut compiler = Compiler {
        written: &written,
        texts: &texts,
        names,
        types,
        releases,
        own: Vec::new(),
        laid: Vec::new(),
        part,
        diagnostics,
    };
    let catalog = compiler.run();
    compiler.check_examples(&catalog);
    let places = if located {
        compiler.places()
    } else {
        Places::default()
    };
    (catalog, places, in_order(compiler.diagnostics))
}

/// What the steps share.
struct Compiler<'a> {
    written: &'a [Written],
    /// What spans point into.
    texts: &'a SourceTexts,
    names: Names<'a>,
    /// By id; completed step by step.
    types: Vec<TypeDef>,
    /// Of each package, ascending.
    releases: Vec<Vec<Version>>,
    /// The fields that each owner declares itself.
    own: Vec<Vec<Field>>,
    /// The owners that are laid into each owner, itself last.
    laid: Vec<Vec<usize>>,
    /// Whether `any` may stand for a type that is not known here.
    part: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Compiler<'_> {
    fn run(&mut self) -> Catalog {
        let owners = self.names.owners.len();
        self.compile_shapes();
        self.check_narrowed();
        self.flatten();
        self.own = (0..owners)
            .map(|owner| self.compile_own_fields(owner))
            .collect();
        self.compile_limits();
        // Defaults of objects are typed against the objects, so those are put together twice.
        self.assemble();
        self.compile_defaults();
        self.compile_atomic();
        self.assemble();
        self.check_groups();
        for owner in 0..owners {
            self.check_fields(owner);
            self.compile_union(owner);
        }
        for owner in 0..owners {
            self.compile_rules(owner);
        }
        let kinds = self.compile_kinds();
        self.check_type_lives();
        self.check_endless();
        self.check_unused(&kinds);
        let packages = self
            .written
            .iter()
            .zip(&self.releases)
            .map(|(package, releases)| describe_package(package, releases))
            .collect();
        Catalog {
            packages,
            kinds,
            types: std::mem::take(&mut self.types),
        }
    }
}

/// What the catalog says of a package.
fn describe_package(written: &Written, releases: &[Version]) -> Package {
    let file = &written.file;
    Package {
        name: file.name.text.clone(),
        version: file.version.clone(),
        group: file.group.clone(),
        api_version: file.api_version.clone(),
        doc: file.doc.clone(),
        platform: file.platform.as_ref().map_or_else(
            || file.name.text.clone(),
            |platform| platform.name.text.clone(),
        ),
        releases: releases.to_vec(),
        lenient_null: file.lenient_null,
    }
}

/// In order of place, each once: a group's rules are checked in every object it is laid into.
fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
    diagnostics
}
