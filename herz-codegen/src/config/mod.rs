//! `herz.toml`: what a project generates, and where to.
//!
//! ```toml
//! [gen]
//! schemas = ["schemas/acme"]               # packages used too
//! target-version = ["chaos-mesh@2.7.3"]    # releases that are meant; the newest otherwise
//! packages = ["acme"]                      # generate for these; for all otherwise
//!
//! [gen.go]
//! out = "pkg/chaos"
//!
//! [[gen.crd]]                              # one target several times
//! out = "crds/2.7"
//! target-version = ["chaos-mesh@2.7.3"]
//! descriptions = false                     # an option of the target
//! ```

#[cfg(feature = "meta")]
pub mod meta;
mod read;

use crate::target::{Options, Target};
use herz_dsl::diagnostic::{Diagnostic, codes, did_you_mean};
use herz_dsl::source::{SourceId, Span};
use read::{Table, parse};

/// Name of the file.
pub const CONFIG_FILE: &str = "herz.toml";

/// What `herz.toml` says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Folders of schema packages, relative to the file.
    pub schemas: Vec<Word>,
    /// What to generate, in the order of the targets' names and then of the file.
    pub jobs: Vec<Job>,
}

/// A text and its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Where it is written; none if it comes from a command line.
    pub span: Option<Span>,
}

/// One run of a target.
#[derive(Clone)]
pub struct Job {
    /// Who generates.
    pub target: &'static dyn Target,
    /// The folder, relative to the file.
    pub out: Option<Word>,
    /// `package@release` each.
    pub releases: Vec<Word>,
    /// Names of packages; all if there are none.
    pub packages: Vec<Word>,
    /// The target's own options.
    pub options: Options,
}

impl Job {
    /// A run with defaults.
    pub fn new(target: &'static dyn Target) -> Self {
        Self {
            target,
            out: None,
            releases: Vec::new(),
            packages: Vec::new(),
            options: Options::new(target.options()),
        }
    }
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job")
            .field("target", &self.target.name())
            .field("out", &self.out)
            .field("releases", &self.releases)
            .field("packages", &self.packages)
            .field("options", &self.options)
            .finish()
    }
}

/// Keys of `[gen]` beside the targets.
const GENERAL: &[&str] = &["schemas", "target-version", "packages"];
/// Keys that every target has.
const COMMON: &[&str] = &["out", "target-version", "packages"];

/// Reads the text of a `herz.toml`. All mistakes are told at once, each with its place.
pub fn read(
    text: &str,
    source: SourceId,
    targets: &[&'static dyn Target],
) -> (Config, Vec<Diagnostic>) {
    let read = parse(text, source, |root| {
        let mut found = Vec::new();
        (root_table(root, targets, &mut found), found)
    });
    read.unwrap_or_else(|findings| (Config::default(), findings))
}

fn root_table(
    root: &Table<'_>,
    targets: &[&'static dyn Target],
    found: &mut Vec<Diagnostic>,
) -> Config {
    let mut config = Config::default();
    for (key, span, _) in root.entries() {
        if key != "gen" {
            found.push(unknown(key, span, "`herz.toml`", &["gen"]));
        }
    }
    let Some(general) = root.table("gen", found) else {
        return config;
    };
    config.schemas = general.words("schemas", found);
    let releases = general.words("target-version", found);
    let packages = general.words("packages", found);
    for (key, span, value) in general.entries() {
        if GENERAL.contains(&key) {
            continue;
        }
        let Some(target) = targets.iter().find(|target| target.name() == key) else {
            let names = targets.iter().map(|target| target.name());
            let known: Vec<&str> = names.chain(GENERAL.iter().copied()).collect();
            found.push(unknown(key, span, "`[gen]`", &known));
            continue;
        };
        for table in value.tables(key, found) {
            if !table.has("out") {
                let message = format!("`gen.{key}` has no `out`: say which folder to write to");
                found.push(Diagnostic::error(codes::CONFIG, span, message));
            }
            let mut job = job(*target, &table, found);
            if job.releases.is_empty() {
                job.releases.clone_from(&releases);
            }
            if job.packages.is_empty() {
                job.packages.clone_from(&packages);
            }
            config.jobs.push(job);
        }
    }
    config.jobs.sort_by_key(|job| job.target.name());
    config
}

fn job(target: &'static dyn Target, table: &Table<'_>, found: &mut Vec<Diagnostic>) -> Job {
    let mut job = Job::new(target);
    job.out = table.word("out", found);
    job.releases = table.words("target-version", found);
    job.packages = table.words("packages", found);
    for (key, span, value) in table.entries() {
        if COMMON.contains(&key) {
            continue;
        }
        if !target.options().iter().any(|spec| spec.name == key) {
            let options = target.options().iter().map(|spec| spec.name);
            let known: Vec<&str> = COMMON.iter().copied().chain(options).collect();
            let place = format!("`[gen.{}]`", target.name());
            found.push(unknown(key, span, &place, &known));
            continue;
        }
        let Some(given) = value.option(key, found) else {
            continue;
        };
        if let Err(error) = job.options.set(target.options(), key, given) {
            let mut finding = Diagnostic::error(codes::CONFIG, value.span, error.message);
            if let Some(meant) = error.meant {
                let title = format!("replace by `{meant}`");
                finding = finding.help(format!("did you mean `{meant}`?")).fix(
                    title,
                    value.span,
                    format!("\"{meant}\""),
                );
            }
            found.push(finding);
        }
    }
    job
}

/// A key that means nothing where it stands.
fn unknown(key: &str, span: Span, place: &str, known: &[&str]) -> Diagnostic {
    let message = format!("{place} has no key `{key}`");
    let finding = Diagnostic::error(codes::CONFIG, span, message);
    match did_you_mean(key, known.iter().copied()) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")).fix(
            format!("rename to `{meant}`"),
            span,
            meant,
        ),
        None => finding.help(format!("known are {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::{Emitted, OptionKind, OptionSpec, View};

    struct Fake;

    impl Target for Fake {
        fn name(&self) -> &'static str {
            "fake"
        }

        fn summary(&self) -> &'static str {
            "for tests"
        }

        fn options(&self) -> &'static [OptionSpec] {
            &[
                OptionSpec {
                    name: "docs",
                    doc: "",
                    kind: OptionKind::Flag(true),
                },
                OptionSpec {
                    name: "draft",
                    doc: "",
                    kind: OptionKind::Choice(&["2020-12", "draft-07"]),
                },
                OptionSpec {
                    name: "budget",
                    doc: "",
                    kind: OptionKind::Count(None),
                },
            ]
        }

        fn emit(&self, _: &View<'_>, _: &Options) -> Emitted {
            Emitted::default()
        }
    }

    fn read(text: &str) -> (Config, Vec<String>) {
        let (config, found) = super::read(text, SourceId(0), &[&Fake]);
        let told = |finding: &Diagnostic| {
            let at = finding
                .span
                .map(|span| text.get(span.range()).unwrap_or("?"));
            let help = finding.help.join("; ");
            format!("{}: {} ({help})", at.unwrap_or("-"), finding.message)
        };
        (config, found.iter().map(told).collect())
    }

    #[test]
    fn jobs_take_over_what_is_said_for_all() {
        let (config, found) = read(
            "[gen]\nschemas = 'a'\ntarget-version = ['x@1.0.0']\npackages = 'x'\n\
             [[gen.fake]]\nout = 'o1'\ndocs = false\nbudget = 0x10\n\
             [[gen.fake]]\nout = 'o2'\ntarget-version = 'x@2.0.0'\ndraft = 'draft-07'\n",
        );
        assert_eq!(found, [""; 0]);
        let [one, two] = &config.jobs[..] else {
            panic!("{config:?}")
        };
        assert_eq!(config.schemas[0].text, "a");
        assert_eq!(
            (&*one.releases[0].text, &*two.releases[0].text),
            ("x@1.0.0", "x@2.0.0")
        );
        assert_eq!(
            (&*one.packages[0].text, one.options.flag("docs")),
            ("x", false)
        );
        assert_eq!(one.options.count("budget"), Some(16));
        assert_eq!(one.options.text("draft"), Some("2020-12"));
        assert_eq!(two.options.text("draft"), Some("draft-07"));
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let cases = [
            (
                "[gne]",
                "gne: `herz.toml` has no key `gne` (did you mean `gen`?)",
            ),
            ("gen = 1", "1: `gen` must be a table, and not a number ()"),
            (
                "[gen.fke]\nout = 'a'",
                "fke: `[gen]` has no key `fke` (did you mean `fake`?)",
            ),
            (
                "[gen.fake]",
                "fake: `gen.fake` has no `out`: say which folder to write to ()",
            ),
            (
                "[gen.fake]\nout = 1",
                "1: `out` must be a text, and not a number ()",
            ),
            ("[gen.fake]\nout = ''", "'': `out` must not be empty ()"),
            (
                "[gen.fake]\nout = 'a'\ndocz = true",
                "docz: `[gen.fake]` has no key `docz` (did you mean `docs`?)",
            ),
            (
                "[gen.fake]\nout = 'a'\ndocs = 'yes'",
                "'yes': `docs` must be true or false ()",
            ),
            (
                "[gen.fake]\nout = 'a'\ndraft = 'draft-7'",
                "'draft-7': `draft` is one of 2020-12, draft-07, and not `draft-7` (did you mean `draft-07`?)",
            ),
            (
                "[gen.fake]\nout = 'a'\nbudget = -1",
                "-1: `budget` must be a text, a whole number that is not negative, true or false ()",
            ),
            (
                "[gen]\nschemas = [1]",
                "1: `schemas` must be a text, and not a number ()",
            ),
            (
                "gen.fake = [1]",
                "[1]: `fake` must be a table, and not a list ()",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).1, [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_is_told_and_never_a_crash() {
        let deep = format!("a = {}", "[".repeat(100_000));
        for text in [
            "[gen",
            "gen.fake.out = ",
            "\u{0}",
            "a = 1\na = 2",
            &deep,
            "[gen]\n[gen]",
        ] {
            let (_, found) = read(text);
            assert!(!found.is_empty(), "{text:.20}");
        }
        assert_eq!(read("").1, [""; 0]);
    }
}
