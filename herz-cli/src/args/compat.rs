//! The command line of `herz compat`.

use super::{Deny, Format, Judge};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `herz compat`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz compat require chaos/                       the least Chaos Mesh for these manifests
  herz compat lost --from 2.8.3 --to 2.6.7 chaos/  what they lose on an older release
  herz compat resolve --chaos-mesh 2.7.3 --kubernetes v1.28.3-gke.100
  herz compat since NetworkChaos.rate
  herz compat check                                compat-matrix.toml against itself and the schemas")]
pub(crate) struct Compat {
    #[command(subcommand)]
    pub(crate) question: Question,
}

/// What is asked of a matrix.
#[derive(Debug, Subcommand)]
pub(crate) enum Question {
    /// Check a matrix: against itself, the schemas, and what was published
    Check(CheckMatrix),
    /// Print tables or constants made from a matrix, or renew what is generated
    Render(RenderMatrix),
    /// Find the newest release for what you have, and why others fall out
    Resolve(Resolve),
    /// Explain what one release says to what you have
    Why(Why),
    /// Find the least release that manifests need, and which line asks for it
    Require(Require),
    /// Find what is lost on the way to another release
    Lost(Lost),
    /// List the features of a release
    ///
    /// Where two things stood at one place, one after the other, both have the release in their name: `X@2.8.0` is what stands
    /// there since then, `X@before-2.8.0` what stood there before.
    Features(Features),
    /// Say since when a field is there
    Since(Since),
    /// Find the way from one release to another
    Path(Way),
}

/// Which matrix.
#[derive(Debug, ClapArgs)]
pub(crate) struct MatrixFile {
    /// The matrix; compat-matrix.toml by default, and if that is not there the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) matrix: Option<PathBuf>,
}

/// Which versions somebody has.
#[derive(Debug, ClapArgs)]
pub(crate) struct Have {
    /// Release of Chaos Mesh
    #[arg(long, value_name = "VERSION")]
    pub(crate) chaos_mesh: Option<String>,

    /// Version of Kubernetes, as the cluster prints it
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes: Option<String>,

    /// Version of the OpenAPI document
    #[arg(long, value_name = "VERSION")]
    pub(crate) spec: Option<String>,

    /// Version of another axis of the matrix
    #[arg(long = "on", value_name = "AXIS=VERSION")]
    pub(crate) on: Vec<String>,
}

/// How answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Answers {
    /// For people
    Text,
    /// One JSON document
    Json,
}

/// `herz compat check`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz compat check
  herz compat check --against git:v1.2.0   what was published must still be there")]
pub(crate) struct CheckMatrix {
    /// The matrix
    #[arg(value_name = "FILE", default_value = "compat-matrix.toml")]
    pub(crate) matrix: PathBuf,

    /// A commit whose matrix was published: its rows must not change
    #[arg(long, value_name = "git:REF")]
    pub(crate) against: Option<String>,

    /// The day that ends of life are compared with; today by default
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,

    /// Don't ask whether what is generated is fresh
    #[arg(long)]
    pub(crate) no_fresh: bool,

    #[command(flatten)]
    pub(crate) judge: Judge,

    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Make warnings count as errors
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(crate) deny: Option<Deny>,

    /// Exit with 0 even if there are findings
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// What a matrix is rendered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RenderForm {
    /// Tables in Markdown
    Markdown,
    /// One page of HTML
    Html,
    /// One JSON document
    Json,
    /// Constants in Rust
    Rust,
}

/// `herz compat render`.
#[derive(Debug, ClapArgs)]
pub(crate) struct RenderMatrix {
    #[command(flatten)]
    pub(crate) matrix: MatrixFile,

    /// What to print
    #[arg(long, value_enum, default_value_t = RenderForm::Markdown, conflicts_with = "write")]
    pub(crate) format: RenderForm,

    /// Renew the generated part of the matrix and the files that it names under `render`
    #[arg(long)]
    pub(crate) write: bool,

    #[command(flatten)]
    pub(crate) judge: Judge,
}

/// `herz compat resolve`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Resolve {
    #[command(flatten)]
    pub(crate) have: Have,

    #[command(flatten)]
    pub(crate) matrix: MatrixFile,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}

/// `herz compat why`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Why {
    /// Version of the library
    #[arg(long, value_name = "VERSION")]
    pub(crate) library: String,

    #[command(flatten)]
    pub(crate) have: Have,

    #[command(flatten)]
    pub(crate) matrix: MatrixFile,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}

/// `herz compat require`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Require {
    /// Files, folders, or `-` for stdin
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}

/// Packages beside the built-in ones.
#[derive(Debug, ClapArgs)]
pub(crate) struct Schemas {
    /// Use this schema package too (a folder with a package.yaml); replaces a built-in one of the same name
    #[arg(
        long = "schemas",
        value_name = "FOLDER",
        env = "HERZ_SCHEMAS",
        value_delimiter = ','
    )]
    pub(crate) schemas: Vec<PathBuf>,
}

impl Schemas {
    /// The same for what loads packages.
    pub(crate) fn judge(&self) -> Judge {
        Judge {
            targets: Vec::new(),
            schemas: self.schemas.clone(),
        }
    }
}

/// `herz compat lost`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Exit codes: 0 nothing is lost (or no file was named), 1 something is.")]
pub(crate) struct Lost {
    /// The release that there is
    #[arg(long, value_name = "RELEASE")]
    pub(crate) from: String,

    /// The release that there shall be
    #[arg(long, value_name = "RELEASE")]
    pub(crate) to: String,

    /// Files, folders, or `-` for stdin; without any, all features that are lost
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The package whose platform is meant
    #[arg(long, value_name = "PACKAGE", default_value = "chaos-mesh")]
    pub(crate) package: String,

    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}

/// `herz compat features`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Features {
    #[command(flatten)]
    pub(crate) have: Have,

    #[command(flatten)]
    pub(crate) matrix: MatrixFile,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}

/// `herz compat since`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz compat since NetworkChaos.rate
  herz compat since JVMChaos.spec.value")]
pub(crate) struct Since {
    /// KIND[.field…], or the id of a feature
    #[arg(value_name = "FIELD")]
    pub(crate) field: String,

    #[command(flatten)]
    pub(crate) schemas: Schemas,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}

/// `herz compat path`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Way {
    /// The version that there is
    #[arg(long, value_name = "VERSION")]
    pub(crate) from: String,

    /// The version that there shall be
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: String,

    /// The axis
    #[arg(long, default_value = "chaos-mesh")]
    pub(crate) axis: String,

    #[command(flatten)]
    pub(crate) matrix: MatrixFile,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Answers::Text)]
    pub(crate) format: Answers,
}
