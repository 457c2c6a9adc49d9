//! `herz breaking`: what breaks between two versions of a schema.

mod side;

use crate::args::{Breaking, BreakingAs, FailOn};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::Output;
use crate::packages::Compiled;
use herz_dsl::breaking::{self, Level, Options, Policy, Report};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compat::{self, Date};
use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::source::Sources;
use side::Side;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) fn run(options: &Breaking, output: &Output) -> Result<Exit, Failure> {
    if options.list_rules {
        output.result(&list());
        return Ok(Exit::Fine);
    }
    let (old, new) = side::named(options.against.as_deref(), &options.versions)?;
    let day: Date = match &options.today {
        Some(day) => day.parse().map_err(Failure::usage)?,
        None => today().parse().map_err(Failure::internal)?,
    };
    let settings = Options {
        today: day.to_string(),
        notice: options.notice,
        versions: options.check_version,
        prove: options.prove,
    };
    let mut sources = Sources::new();
    let old = side::read(&old, &mut sources, output)?;
    let new = side::read(&new, &mut sources, output)?;
    if let Some(version) = &options.suggest_version {
        // Before anything is told of the schemas.
        next_version(version, Level::None)?;
    }
    let policy = match &options.policy {
        Some(path) => match policy(path, &mut sources)? {
            Ok(policy) => policy,
            Err(problems) => {
                tell(&problems, &sources, output)?;
                return Ok(Exit::Usage);
            }
        },
        None => Policy::default(),
    };
    let mut report = match compare(&old, &new, &sources, &settings)? {
        Ok(report) => report,
        Err(problems) => {
            tell(&problems, &sources, output)?;
            return Ok(Exit::Usage);
        }
    };
    let problems = policy.apply(&mut report, day);
    output.result(&match options.format {
        BreakingAs::Text => report.to_text(&sources),
        BreakingAs::Json => report.to_json(&sources),
        BreakingAs::Markdown => report.to_markdown(&sources),
        BreakingAs::Github => report.to_github(&sources),
        BreakingAs::Sarif => report.to_sarif(&sources, &problems),
    });
    if !problems.is_empty() {
        match options.format {
            BreakingAs::Github => {
                let mut text = String::new();
                render::github(&mut text, &problems, &sources)
                    .map_err(|error| Failure::internal(error.to_string()))?;
                output.result(&text);
            }
            _ => tell(&problems, &sources, output)?,
        }
    }
    if options.prove {
        output.note(&proved(&report));
    }
    if let Some(version) = &options.suggest_version {
        let next = next_version(version, report.bump())?;
        output.talk(&format!("least next version: {next}"));
    }
    let passes = match options.fail_on {
        FailOn::Major => report.passes(Some(Level::Major)),
        FailOn::Minor => report.passes(Some(Level::Minor)),
        FailOn::Patch => report.passes(Some(Level::Patch)),
        FailOn::Never => true,
    };
    Ok(if passes && problems.is_empty() {
        Exit::Fine
    } else {
        Exit::Findings
    })
}

/// How many breaks have a document.
fn proved(report: &Report) -> String {
    let breaks = |it: &&breaking::Finding| it.level == Level::Major && it.is_on_the_wire();
    let all = report.findings.iter().filter(breaks).count();
    let shown = report.findings.iter().filter(breaks);
    let shown = shown.filter(|it| it.proof.is_some()).count();
    let contradicted = report.findings.iter().filter(breaks);
    let contradicted = contradicted.filter(|it| it.contradicted).count();
    let why = match contradicted {
        0 => String::new(),
        count => {
            format!("; {count} by none, as other rules stand in the way of all that were tried")
        }
    };
    format!("{shown} of {all} breaks on the wire shown by a document{why}")
}

/// Reads a policy; one with mistakes is none, as each of them may have been meant to limit it.
fn policy(path: &Path, sources: &mut Sources) -> Result<Result<Policy, Vec<Diagnostic>>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| files::unreadable(path, &error))?;
    let id = sources.add(path.display().to_string(), text.as_str());
    let (policy, problems) = Policy::read(id, &text);
    Ok(if problems.is_empty() {
        Ok(policy)
    } else {
        Err(problems)
    })
}

type Compared = Result<Report, Vec<Diagnostic>>;

fn compare(
    old: &Side,
    new: &Side,
    sources: &Sources,
    settings: &Options,
) -> Result<Compared, Failure> {
    let built_in = herz::catalog();
    let newest = Targets::newest();
    Ok(match (old, new) {
        (Side::Documents(old), Side::Documents(new)) => {
            breaking::compare(sources, old, new, settings)
        }
        (Side::Packages(old), Side::Packages(new)) => Ok(all_packages(old, new, settings)),
        (Side::Release(name, before), Side::Release(other, after)) => {
            if name != other {
                return Err(Failure::usage(
                    "releases of one package are compared, not of two",
                ));
            }
            let sides = ((built_in, before), (built_in, after));
            Ok(breaking::compare_catalogs(
                sides.0,
                sides.1,
                Some(name),
                settings,
            ))
        }
        (Side::Release(name, before), Side::Packages(new)) => {
            has(&new.catalog, name)?;
            let sides = ((built_in, before), (&new.catalog, &newest));
            let mut report = breaking::compare_catalogs(sides.0, sides.1, Some(name), settings);
            report.locate(Some(name), None, Some(new.written()));
            Ok(report)
        }
        (Side::Packages(old), Side::Release(name, after)) => {
            has(&old.catalog, name)?;
            let sides = ((&old.catalog, &newest), (built_in, after));
            let mut report = breaking::compare_catalogs(sides.0, sides.1, Some(name), settings);
            report.locate(Some(name), Some(old.written()), None);
            Ok(report)
        }
        (Side::Documents(_), _) | (_, Side::Documents(_)) => {
            let message = "one side is documents (OpenAPI, CRDs, JSON Schema) and the other a schema \
                           package; `herz gen` makes documents of a package";
            return Err(Failure::usage(message));
        }
    })
}

fn has(catalog: &Catalog, name: &str) -> Result<(), Failure> {
    if catalog.packages.iter().any(|it| it.name == name) {
        return Ok(());
    }
    let known: Vec<&str> = catalog.packages.iter().map(|it| it.name.as_str()).collect();
    Err(Failure::usage(format!(
        "the other side has no package `{name}`, only {}",
        known.join(", ")
    )))
}

/// All packages of both sides: those that both have at every release, the others as a whole.
fn all_packages(before: &Compiled, after: &Compiled, settings: &Options) -> Report {
    let (old, new) = (&before.catalog, &after.catalog);
    let written = (Some(before.written()), Some(after.written()));
    let mut all = Report::default();
    for (name, mut report) in compat::release::package_changes(old, new, settings) {
        report.locate(Some(&name), written.0, written.1);
        all.merge(report);
    }
    let newest = Targets::newest();
    let names = |catalog: &Catalog| -> BTreeSet<String> {
        catalog.packages.iter().map(|it| it.name.clone()).collect()
    };
    for name in names(old).symmetric_difference(&names(new)) {
        let sides = ((old, &newest), (new, &newest));
        let mut report = breaking::compare_catalogs(sides.0, sides.1, Some(name), settings);
        report.locate(Some(name), written.0, written.1);
        all.merge(report);
    }
    all
}

/// Why the two can't be compared.
fn tell(problems: &[Diagnostic], sources: &Sources, output: &Output) -> Result<(), Failure> {
    let mut text = String::new();
    let form = TextOptions {
        color: output.colour,
        ..TextOptions::default()
    };
    render::text(&mut text, problems, sources, form)
        .map_err(|error| Failure::internal(error.to_string()))?;
    output.talk(&text);
    Ok(())
}

fn next_version(version: &str, bump: Level) -> Result<String, Failure> {
    breaking::next_version_text(version, bump)
        .ok_or_else(|| Failure::usage(format!("`{version}` is no version such as 1.4.0")))
}

/// All rules, one a line.
fn list() -> String {
    let rules = breaking::rules();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules {
        let level = |(level, confidence): (Level, breaking::Confidence)| match confidence {
            breaking::Confidence::Certain => level.name().to_owned(),
            breaking::Confidence::Possible => format!("{level}?"),
        };
        let _ = writeln!(
            text,
            "{:width$}  {:6}  {:6}  {:5}  {}",
            rule.id,
            level(rule.input),
            level(rule.output),
            rule.client,
            rule.title
        );
    }
    text
}

/// The day in UTC.
pub(crate) fn today() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |it| it.as_secs());
    // Days since 0000-03-01, in eras of 400 years.
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}")
}
