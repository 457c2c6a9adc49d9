//! The command line of `herz release`.

use super::Format;
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

/// `herz release`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Release {
    #[command(subcommand)]
    pub(crate) command: ReleaseCommand,
}

/// What is done about a release.
#[derive(Debug, Subcommand)]
pub(crate) enum ReleaseCommand {
    /// Compare with the last tag, and check that everything states the same version
    Check(CheckRelease),
}

/// `herz release check`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz release check                       in the repository's top folder
  herz release check --against git:v1.2.0  instead of the last tag
  herz release check --changes             and list what changed

Exit codes: 0 fine, 1 the version is too small or versions disagree, 2 could not compare.")]
pub(crate) struct CheckRelease {
    /// The repository
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Folder of the schema packages
    #[arg(long, value_name = "FOLDER", default_value = "schemas")]
    pub(crate) schemas: String,

    /// The OpenAPI document, if there is one
    #[arg(long, value_name = "FILE", default_value = "openapi/herz.yaml")]
    pub(crate) openapi: String,

    /// The compatibility matrix, if there is one
    #[arg(long, value_name = "FILE", default_value = "compat-matrix.toml")]
    pub(crate) matrix: String,

    /// The changelog, if there is one
    #[arg(long, value_name = "FILE", default_value = "CHANGELOG.md")]
    pub(crate) changelog: String,

    /// Name of the tag of a version
    #[arg(long, value_name = "PATTERN", default_value = "v{version}")]
    pub(crate) tag: String,

    /// The release before; the last tag by default
    #[arg(long, value_name = "git:REF")]
    pub(crate) against: Option<String>,

    /// List what changed
    #[arg(long)]
    pub(crate) changes: bool,

    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
