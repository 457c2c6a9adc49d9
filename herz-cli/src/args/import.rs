//! `herz import`.

use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  herz import crds/                                 print the package
  herz import crds/ --out schemas/acme              write it; then `herz check schemas/acme`
  herz import api.yaml --component DiskFault        one schema of an OpenAPI document, with those it refers to

Exit codes: 0 imported (what is left out is told), 1 something could not be read, 2 wrong usage.")]
pub(crate) struct Import {
    /// CRDs or OpenAPI 3.0 documents: files, folders, or `-` for stdin
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The folder to write the package to; without it, it is printed
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Name of the package; the first part of the API group by default
    #[arg(long, value_name = "NAME")]
    pub(crate) package: Option<String>,

    /// A schema of an OpenAPI document; all by default
    #[arg(long = "component", value_name = "NAME")]
    pub(crate) components: Vec<String>,

    /// Overwrite files that are there
    #[arg(long)]
    pub(crate) force: bool,
}
