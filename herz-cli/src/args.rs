//! The command line.

pub(crate) mod compat;
pub(crate) mod import;
pub(crate) mod migrate;
pub(crate) mod release;
pub(crate) mod runtime;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Compiles chaos schemas, judges manifests, runs and undoes experiments; offline.
#[derive(Debug, Parser)]
#[command(
    name = "herz",
    version,
    about = "Compiles chaos schemas, judges manifests, runs and undoes experiments; offline",
    after_help = "Exit codes: 0 fine (warnings alone are fine), 1 findings, 2 wrong usage, 3 environment lacking, \
                  4 aborted by the guard, 5 aborted by a person, 6 timeout, 7 undo incomplete, 70 internal error."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, global = true, value_name = "WHEN")]
    pub(crate) color: Colour,

    /// Say nothing on stderr but errors of the command itself
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

/// When to use colour. `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb` count for `auto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge manifests by their kinds' schemas
    Validate(Validate),
    /// Compile schema packages and report problems in them
    Check(Check),
    /// Print a manifest as the platform would store it, defaults filled in
    Render(Render),
    /// Explain a kind, a field (NetworkChaos.delay.latency), a code (HZ0103) or a rule (field-removed)
    Explain(Explain),
    /// List the kinds that Herz knows
    Kinds(Kinds),
    /// Report what breaks between two versions of a schema
    Breaking(Breaking),
    /// Print the JSON Schema of a file that you write, so that editors complete and check it
    EditorSchema(EditorSchema),
    /// Generate files for other languages and tools
    #[command(name = "gen")]
    Generate(Generate),
    /// Turn CRDs or OpenAPI schemas into a schema package
    Import(import::Import),
    /// Check the compatibility matrix, and ask it
    Compat(compat::Compat),
    /// Carry manifests over to another release
    Migrate(migrate::Migrate),
    /// Check the version before a release
    Release(release::Release),
    /// Say what an experiment would do: targets, steps, the undo of each
    Plan(runtime::Plan),
    /// Run experiments, and undo them
    Run(runtime::Run),
    /// Show a fault and its clean end on a small service, in a few seconds
    Demo(runtime::Demo),
    /// List runs: what is injected now, until when
    Status(runtime::Status),
    /// End runs of other processes, and wait until they are undone
    Abort(runtime::Abort),
    /// Undo what a dead process left
    Recover(runtime::Recover),
    /// Wait for the end of the process behind stdin, and undo what it left
    #[command(hide = true)]
    Watchdog(runtime::Watchdog),
    /// Report a run, as HTML, Markdown, JSON or JUnit
    Report(runtime::Report),
    /// Say what works on this machine, and what is missing
    Doctor(runtime::Doctor),
}

/// Which packages and releases documents are judged by.
#[derive(Debug, ClapArgs)]
pub(crate) struct Judge {
    /// Judge by this release of a platform, for example chaos-mesh@2.6.7 (2.6: the newest of those); the newest by default
    #[arg(long = "target", value_name = "PACKAGE@RELEASE")]
    pub(crate) targets: Vec<String>,

    /// Use this schema package too (a folder with a package.yaml); replaces a built-in one of the same name
    #[arg(
        long = "schemas",
        value_name = "FOLDER",
        env = "HERZ_SCHEMAS",
        value_delimiter = ','
    )]
    pub(crate) schemas: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz validate chaos/                           every .yaml and .yml below the folder
  herz validate --target chaos-mesh@2.6.7 f.yaml judge by that release
  helm template my-chart | herz validate -       read from stdin
  herz validate --contract openapi/herz.yaml f/  also by the schema ChaosSpec of that document
  herz validate --format github chaos/           annotations for GitHub Actions")]
pub(crate) struct Validate {
    /// Files, folders, or `-` for stdin
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) judge: Judge,

    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Make warnings count as errors
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(crate) deny: Option<Deny>,

    /// Judge chaos specs by this contract too: an OpenAPI document whose schema `ChaosSpec` they must fulfil
    #[arg(long, value_name = "FILE")]
    pub(crate) contract: Option<PathBuf>,

    /// The manifest as it is stored now: check that PATH may replace it
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,

    /// Exit with 0 even if there are findings
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// What to refuse beyond errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// GitHub Actions annotations
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz check                     the packages below ./schemas
  herz check schemas/acme        one package")]
pub(crate) struct Check {
    /// Folders with a package.yaml, or folders of such; `schemas` by default
    #[arg(value_name = "PACKAGE")]
    pub(crate) packages: Vec<PathBuf>,

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

#[derive(Debug, ClapArgs)]
pub(crate) struct Render {
    /// A manifest, or `-` for stdin
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) judge: Judge,

    /// What to print
    #[arg(short, long, value_enum, default_value_t = RenderAs::Yaml)]
    pub(crate) output: RenderAs,
}

/// Form of a rendered manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RenderAs {
    /// YAML
    Yaml,
    /// JSON
    Json,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz explain NetworkChaos
  herz explain NetworkChaos.spec.delay.latency
  herz explain HZ0103
  herz explain field-removed")]
pub(crate) struct Explain {
    /// KIND[.field…], a code, or a rule of `herz breaking`
    #[arg(value_name = "WHAT")]
    pub(crate) what: String,

    #[command(flatten)]
    pub(crate) judge: Judge,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Kinds {
    #[command(flatten)]
    pub(crate) judge: Judge,

    /// How to print them
    #[arg(short, long, value_enum, default_value_t = KindsAs::Table)]
    pub(crate) output: KindsAs,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz editor-schema schema > .schemas/herz.json
      and at the head of schema files:  # yaml-language-server: $schema=../.schemas/herz.json
  herz editor-schema config > .schemas/herz-toml.json
      and at the head of herz.toml:     #:schema .schemas/herz-toml.json

The schemas of manifests are those of your kinds: `herz gen json-schema`.")]
pub(crate) struct EditorSchema {
    /// Which file
    #[arg(value_enum)]
    pub(crate) file: EditorFile,

    /// The draft of JSON Schema; most editors know the older one
    #[arg(long, value_enum, default_value_t = EditorDraft::Draft07)]
    pub(crate) draft: EditorDraft,
}

/// A file that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EditorFile {
    /// package.yaml
    Package,
    /// Files with kinds, types and groups
    Schema,
    /// herz.toml
    Config,
}

/// A draft of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EditorDraft {
    /// draft-07
    #[value(name = "draft-07")]
    Draft07,
    /// 2020-12
    #[value(name = "2020-12")]
    Draft202012,
}

/// Form of the list of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindsAs {
    /// A table
    Table,
    /// With summaries
    Wide,
    /// JSON
    Json,
    /// One name a line
    Name,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz breaking --against git:main                      the packages below ./schemas, against a branch
  herz breaking --against git:v1.2.0 openapi/herz.yaml  one file against a tag
  herz breaking --against chaos-mesh@2.6.7              a release of a built-in package against its newest
  herz breaking old.yaml new.yaml                       OpenAPI, CRDs or JSON Schema
  herz breaking crds-2.6/ crds-2.7/                     every .yaml and .yml below the folders
  herz breaking chaos-mesh@2.6.7 chaos-mesh@2.7.3       two releases
  herz breaking --list-rules

A version is a file, a folder, git:REF, git:REF:path, or PACKAGE@RELEASE. Folders with a package.yaml are
schema packages.

Exit codes: 0 nothing at the level of --fail-on, 1 findings, 2 could not compare.")]
pub(crate) struct Breaking {
    /// The version before, and the version after; the latter alone with --against
    #[arg(value_name = "VERSION", num_args = 0..=2)]
    pub(crate) versions: Vec<String>,

    /// The version before: what VERSION is compared with
    #[arg(long, value_name = "REF")]
    pub(crate) against: Option<String>,

    /// How to print findings
    #[arg(long, value_enum, default_value_t = BreakingAs::Text)]
    pub(crate) format: BreakingAs,

    /// Least level that makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Major, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,

    /// Show each break by the smallest document that breaks
    #[arg(long)]
    pub(crate) prove: bool,

    /// Exceptions, each with a reason and an end
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// The day that ends are compared with; today by default
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,

    /// Say which version must follow this one
    #[arg(long, value_name = "VERSION")]
    pub(crate) suggest_version: Option<String>,

    /// Judge `info.version` of OpenAPI documents by what was found
    #[arg(long)]
    pub(crate) check_version: bool,

    /// Days of notice that a deprecation must give
    #[arg(long, value_name = "DAYS")]
    pub(crate) notice: Option<u32>,

    /// List the rules with their levels for input, output and generated packages
    #[arg(long)]
    pub(crate) list_rules: bool,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz gen                                          what herz.toml says
  herz gen --check                                  fail if a file is not up to date
  herz gen json-schema --out schemas                one target, without herz.toml
  herz gen crd --out crds --target-version chaos-mesh@2.7.3
  herz gen --list                                   targets and their options

Exit codes: 0 fine, 1 findings or stale files, 2 wrong usage or files in the way.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of a command line that are independent of each other"
)]
pub(crate) struct Generate {
    /// Targets; those of herz.toml by default
    #[arg(value_name = "TARGET")]
    pub(crate) targets: Vec<String>,

    /// The folder to write to; with several targets one folder each below it
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Generate for this release of a platform, for example chaos-mesh@2.7.3; the newest by default
    #[arg(long = "target-version", value_name = "PACKAGE@RELEASE")]
    pub(crate) target_versions: Vec<String>,

    /// Generate for this package only
    #[arg(long = "package", value_name = "NAME")]
    pub(crate) packages: Vec<String>,

    /// Use this schema package too (a folder with a package.yaml); it is generated, and not the built-in ones
    #[arg(
        long = "schemas",
        value_name = "FOLDER",
        env = "HERZ_SCHEMAS",
        value_delimiter = ','
    )]
    pub(crate) schemas: Vec<PathBuf>,

    /// Set an option of a target
    #[arg(long, value_name = "TARGET.OPTION=VALUE")]
    pub(crate) set: Vec<String>,

    /// The configuration; herz.toml of this folder or the nearest one above by default
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Write nothing; name the files that are not up to date, and fail if there are any
    #[arg(long, conflicts_with = "watch")]
    pub(crate) check: bool,

    /// Generate again whenever a schema or herz.toml changes
    #[arg(long)]
    pub(crate) watch: bool,

    /// Overwrite files that were not generated
    #[arg(long)]
    pub(crate) force: bool,

    /// List what a target can't say of built-in packages too
    #[arg(long)]
    pub(crate) losses: bool,

    /// Say how long each target took
    #[arg(long)]
    pub(crate) timings: bool,

    /// List the targets and their options
    #[arg(long)]
    pub(crate) list: bool,
}

/// How the findings of `herz breaking` are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BreakingAs {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// For a pull request
    Markdown,
    /// GitHub Actions annotations
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// Least level that makes `herz breaking` fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Breaks
    Major,
    /// Breaks and additions
    Minor,
    /// Any difference that asks for a version
    Patch,
    /// Nothing
    Never,
}
