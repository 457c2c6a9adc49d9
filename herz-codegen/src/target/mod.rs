//! What every target is: a name, options, and a function from the catalog at a release to files.
//!
//! A target reads a [`View`] and gives [`Emitted`]: files, and notes about what its language can't
//! say. It writes nothing itself; [`crate::sync`] does that, the same for all. To add a target, put
//! a folder beside `json_schema`, implement [`Target`], and name it in [`all`].

mod note;
mod options;
mod view;

pub use note::Note;
pub use options::{OptionError, OptionKind, OptionSpec, OptionValue, Options};
pub use view::View;

use crate::Files;

/// A language or tool that files are generated for.
pub trait Target: Sync {
    /// Its name on the command line and in `herz.toml`: `json-schema`.
    fn name(&self) -> &'static str;

    /// One line for lists: what is generated, for whom.
    fn summary(&self) -> &'static str;

    /// The options that it understands, beside those that all targets have.
    fn options(&self) -> &'static [OptionSpec];

    /// The OpenAPI documents that it reads, by the names that the options say. The caller puts them
    /// into [`View::documents`].
    fn documents(&self, _options: &Options) -> Vec<String> {
        Vec::new()
    }

    /// The files for a catalog at a release. The same view and options give the same bytes.
    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted;
}

/// What a target made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Emitted {
    /// The files.
    pub files: Files,
    /// What the target can't say, and what it did instead. With an error among them nothing is
    /// written.
    pub notes: Vec<Note>,
}

/// Every target, sorted by name.
pub fn all() -> &'static [&'static dyn Target] {
    &[
        &crate::crd::Crd,
        &crate::docs::Docs,
        &crate::go::Go,
        &crate::helm::Helm,
        &crate::java::Java,
        &crate::json_schema::JsonSchema,
        &crate::openapi::OpenApi,
        &crate::python::Python,
        &crate::typescript::TypeScript,
    ]
}

/// The target of that name.
pub fn find(name: &str) -> Option<&'static dyn Target> {
    all().iter().copied().find(|target| target.name() == name)
}
