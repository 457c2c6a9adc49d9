//! Why a build failed.

use crate::CodegenError;
use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::source::Sources;
use std::fmt;
use std::path::PathBuf;

/// Why a build failed.
pub enum BuildError {
    /// Findings in schemas, each with its place. Cargo has been told.
    Schemas(Vec<String>),
    /// Names that Rust can't have. Cargo has been told.
    Names(Vec<CodegenError>),
    /// There is no `OUT_DIR`: not called from a build script, and no `out_dir` given.
    NoOutDir,
    /// A file could not be written.
    Write(PathBuf, std::io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schemas(errors) => {
                write!(f, "{} in the schemas", count(errors.len()))?;
                errors.iter().try_for_each(|error| write!(f, "\n  {error}"))
            }
            Self::Names(errors) => {
                write!(f, "{} in names for Rust", count(errors.len()))?;
                errors.iter().try_for_each(|error| write!(f, "\n  {error}"))
            }
            Self::NoOutDir => {
                f.write_str("no `OUT_DIR`: call this from a build script or set `out_dir`")
            }
            Self::Write(folder, error) => {
                write!(
                    f,
                    "can't write generated files to `{}`: {error}",
                    folder.display()
                )
            }
        }
    }
}

/// As people read it: this is what cargo prints if `main` returns the error.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for BuildError {}

fn count(errors: usize) -> String {
    format!("{errors} error{}", if errors == 1 { "" } else { "s" })
}

/// `file:line:column: message [code]`, with the hints.
pub(super) fn located(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.and_then(|span| {
        let source = sources.get(span.source)?;
        let at = source.position(span.start);
        Some(format!("{}:{}:{}: ", source.name, at.line, at.column))
    });
    let mut text = format!(
        "{}{} [{}]",
        place.unwrap_or_default(),
        diagnostic.message,
        diagnostic.code
    );
    for hint in &diagnostic.help {
        text.push_str("; ");
        text.push_str(hint);
    }
    text
}
