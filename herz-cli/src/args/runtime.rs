//! The command lines of what runs experiments.

use super::Judge;
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// What is to be run, on whom.
#[derive(Debug, ClapArgs)]
pub(crate) struct Subject {
    /// Experiments and inventories: files, folders, or `-` for stdin; or one saved plan
    #[arg(value_name = "PATH", required_unless_present = "faults")]
    pub(crate) paths: Vec<PathBuf>,

    /// A list of what there is to hit, as an Inventory document; may be repeated
    #[arg(
        long,
        value_name = "FILE",
        env = "HERZ_INVENTORY",
        value_delimiter = ','
    )]
    pub(crate) inventory: Vec<PathBuf>,

    /// A fault without a file, for example http.status=503, http.latency=200ms, cpu.load=80%
    #[arg(long = "fault", value_name = "KEY=VALUE")]
    pub(crate) faults: Vec<String>,

    /// Hit this service with --fault: a proxy listens at the first address, the service is at the second
    #[arg(long = "proxy", value_name = "LISTEN=UPSTREAM")]
    pub(crate) proxies: Vec<String>,

    /// Hit this process with --fault
    #[arg(long = "pid", value_name = "PID")]
    pub(crate) pids: Vec<u32>,

    /// Hit this machine with --fault
    #[arg(long)]
    pub(crate) host: bool,

    /// Hit the target of this name in the inventory with --fault
    #[arg(long = "on", value_name = "NAME")]
    pub(crate) names: Vec<String>,

    /// How long faults last whose documents do not say it
    #[arg(long, value_name = "TIME")]
    pub(crate) duration: Option<String>,

    /// No fault lasts longer than this
    #[arg(long, value_name = "TIME")]
    pub(crate) max_duration: Option<String>,

    /// Run the commands of workflows' Tasks as processes of this machine, with your rights
    #[arg(long)]
    pub(crate) allow_tasks: bool,

    /// Start of random choices; a new one by default
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,

    #[command(flatten)]
    pub(crate) judge: Judge,
}

/// `herz plan`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz plan slow.yaml --inventory laptop.yaml
  herz plan slow.yaml laptop.yaml -o slow.plan.json    save it, to run exactly this later
  herz plan --fault http.status=503 --proxy 127.0.0.1:18080=127.0.0.1:8080 --duration 30s

Exit codes: 0 it can be run, 1 refused, 2 wrong usage, 3 this machine lacks something.")]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) subject: Subject,

    /// Save the plan to this file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t = PlanAs::Text)]
    pub(crate) format: PlanAs,
}

/// Form of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanAs {
    /// For people
    Text,
    /// One JSON document
    Json,
}

/// `herz run`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  herz run slow.yaml --inventory laptop.yaml
  herz run slow.plan.json --yes                  a saved plan; refused if the world has moved
  herz run chaos/ --yes --probe http://127.0.0.1:18080/health --report slow.html
  herz run --fault http.status=503 --proxy 127.0.0.1:18080=127.0.0.1:8080 --duration 30s

Ctrl-C ends the run and undoes everything.
Exit codes: 0 completed and clean, 1 refused, 2 wrong usage, 3 environment lacking, 4 aborted by the guard,
5 aborted by a person, 7 undo incomplete.")]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) subject: Subject,

    /// Do not ask
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Ask this address how it is, all the time; [NAME=]http://host:port/path
    #[arg(long = "probe", value_name = "URL")]
    pub(crate) probes: Vec<String>,

    /// How often probes ask
    #[arg(long, value_name = "TIME", default_value = "200ms")]
    pub(crate) probe_every: String,

    /// Let proxies and probes run for so long before the first fault
    #[arg(long, value_name = "TIME", default_value = "0s")]
    pub(crate) before: String,

    /// Let proxies and probes run for so long after the last undo
    #[arg(long, value_name = "TIME", default_value = "0s")]
    pub(crate) after: String,

    /// Follow the files: experiments start, change and end with them, until Ctrl-C
    #[arg(long)]
    pub(crate) watch: bool,

    /// End schedules and workflows after so long
    #[arg(long, value_name = "TIME")]
    pub(crate) stop_after: Option<String>,

    /// Write a report to this file (.html, .md, .json or .xml) at the end
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Vec<PathBuf>,

    /// How to print events
    #[arg(long, value_enum, default_value_t = EventsAs::Text)]
    pub(crate) format: EventsAs,
}

/// Form of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EventsAs {
    /// For people, on stderr
    Text,
    /// One JSON document a line, on stdout
    Jsonl,
}

/// `herz demo`.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "It needs no privileges and no network but the loopback, and leaves nothing behind."
)]
pub(crate) struct Demo {
    /// How long the fault lasts
    #[arg(long, value_name = "TIME", default_value = "5s")]
    pub(crate) duration: String,

    /// Write a report to this file (.html, .md, .json or .xml)
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Vec<PathBuf>,
}

/// `herz status`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Status {
    /// Only this run
    #[arg(value_name = "RUN")]
    pub(crate) run: Option<String>,

    /// Those that are over, too
    #[arg(short, long)]
    pub(crate) all: bool,

    /// How to print it
    #[arg(short, long, value_enum, default_value_t = StatusAs::Table)]
    pub(crate) output: StatusAs,
}

/// Form of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusAs {
    /// A table
    Table,
    /// JSON
    Json,
}

/// `herz abort`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Abort {
    /// The run; `herz status` lists them
    #[arg(value_name = "RUN", required_unless_present = "all")]
    pub(crate) run: Option<String>,

    /// All runs
    #[arg(long, conflicts_with = "run")]
    pub(crate) all: bool,

    /// Why, for the report
    #[arg(long, value_name = "TEXT", default_value = "herz abort")]
    pub(crate) reason: String,

    /// How long to wait until everything is undone
    #[arg(long, value_name = "TIME", default_value = "30s")]
    pub(crate) timeout: String,
}

/// `herz recover`.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Can be done again and again. Runs whose process is alive are left alone.
Exit codes: 0 nothing is left, 7 something is."
)]
pub(crate) struct Recover {
    /// Say what would be undone, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `herz watchdog`: what `herz run` starts beside itself.
#[derive(Debug, ClapArgs)]
pub(crate) struct Watchdog {
    /// The process
    #[arg(value_name = "PID")]
    pub(crate) pid: u32,

    /// When it was started, in clock ticks
    #[arg(value_name = "START")]
    pub(crate) start: u64,
}

/// `herz report`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Report {
    /// The run; the newest by default
    #[arg(value_name = "RUN")]
    pub(crate) run: Option<String>,

    /// Form of the report
    #[arg(long, value_enum, default_value_t = ReportAs::Markdown)]
    pub(crate) format: ReportAs,

    /// Write to this file; its ending (.html, .md, .json, .xml) says the form
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
}

/// Form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportAs {
    /// A page that stands alone
    Html,
    /// For a pull request
    Markdown,
    /// One JSON document
    Json,
    /// For a CI system
    Junit,
}

/// `herz doctor`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Doctor {
    /// How to print it
    #[arg(short, long, value_enum, default_value_t = StatusAs::Table)]
    pub(crate) output: StatusAs,
}
