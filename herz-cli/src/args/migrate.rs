//! The command line of `herz migrate`.

use super::compat::{Answers, Schemas};
use clap::Args as ClapArgs;
use std::path::PathBuf;

/// `herz migrate`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz migrate --to chaos-mesh@2.8.3 --diff chaos/    see what would change
  herz migrate --to chaos-mesh@2.8.3 --write chaos/   change it
  herz migrate --to chaos-mesh@2.6.7 slow.yaml        print the file for an older release

Comments and formatting stay. A file is carried over as a whole or not at all.

Exit codes: 0 fine, 1 something can't be carried over (or, with --check, would change).")]
pub(crate) struct Migrate {
    /// Files, folders, or `-` for stdin
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The release to write for, for example chaos-mesh@2.8.3
    #[arg(long, value_name = "PACKAGE@RELEASE")]
    pub(crate) to: String,

    /// The release that the files are written for; by default each document's own, the nearest that takes it
    #[arg(long, value_name = "RELEASE")]
    pub(crate) from: Option<String>,

    /// Write files in place
    #[arg(long, conflicts_with_all = ["diff", "check"])]
    pub(crate) write: bool,

    /// Print the changes as a diff, write nothing
    #[arg(long)]
    pub(crate) diff: bool,

    /// Write nothing, and exit with 1 if something would change
    #[arg(long)]
    pub(crate) check: bool,

    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// How to print what changed
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}
