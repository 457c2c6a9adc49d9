//! `herz breaking`: what breaks between two versions of a schema.

use crate::args::{Breaking, BreakingAs, FailOn};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::Output;
use herz_dsl::breaking::{self, Level, Options, Report};
use herz_dsl::catalog::Targets;
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::source::{SourceId, Sources};
use herz_dsl::tree::Limits;
use std::fmt::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) fn run(options: &Breaking, output: &Output) -> Result<Exit, Failure> {
    if options.list_rules {
        output.result(&list());
        return Ok(Exit::Fine);
    }
    let (Some(old), Some(new)) = (&options.old, &options.new) else {
        return Err(Failure::usage("two versions are needed: OLD and NEW"));
    };
    let settings = Options {
        today: today(),
        notice: options.notice,
        versions: options.check_version,
    };
    let mut sources = Sources::new();
    let report = match (release(old), release(new)) {
        (Some(old), Some(new)) => releases(&old, &new, &settings)?,
        (None, None) => {
            let (old, new) = (read(old, &mut sources)?, read(new, &mut sources)?);
            match breaking::compare(&sources, &old, &new, &settings) {
                Ok(report) => report,
                Err(problems) => {
                    let mut text = String::new();
                    let form = TextOptions {
                        color: output.colour,
                        ..TextOptions::default()
                    };
                    render::text(&mut text, &problems, &sources, form)
                        .map_err(|error| Failure::internal(error.to_string()))?;
                    output.talk(&text);
                    return Ok(Exit::Usage);
                }
            }
        }
        _ => {
            let message = "a release of a package is compared with a release, not with a file";
            return Err(Failure::usage(message));
        }
    };
    match options.format {
        BreakingAs::Text => output.result(&report.to_text(&sources)),
        BreakingAs::Json => output.result(&report.to_json(&sources)),
        BreakingAs::Markdown => output.result(&report.to_markdown(&sources)),
        BreakingAs::Github => output.result(&report.to_github(&sources)),
    }
    if let Some(version) = &options.suggest_version {
        output.talk(&suggestion(version, &report)?);
    }
    let refused = match options.fail_on {
        FailOn::Major => report.reaches(Level::Major),
        FailOn::Minor => report.reaches(Level::Minor),
        FailOn::Patch => report.reaches(Level::Patch),
        FailOn::Never => return Ok(Exit::Fine),
    };
    Ok(if refused || report.findings.iter().any(|it| it.gate) {
        Exit::Findings
    } else {
        Exit::Fine
    })
}

fn suggestion(version: &str, report: &Report) -> Result<String, Failure> {
    breaking::next_version_text(version, report.bump())
        .map(|next| format!("least next version: {next}"))
        .ok_or_else(|| Failure::usage(format!("{version:?} is no version such as 1.4.0")))
}

/// The files that a path means, read.
fn read(path: &Path, sources: &mut Sources) -> Result<Vec<SourceId>, Failure> {
    let limit = Limits::default().bytes;
    let mut ids = Vec::new();
    for input in files::walk(&[path.to_owned()])? {
        let name = input.name();
        let failure =
            |why: &dyn std::fmt::Display| Failure::usage(format!("can't read `{name}`: {why}"));
        let bytes = input.read(limit).map_err(|error| failure(&error))?;
        if bytes.len() > limit {
            return Err(failure(&format!("it is larger than {limit} bytes")));
        }
        let text = String::from_utf8(bytes).map_err(|error| failure(&error))?;
        ids.push(sources.add(name.clone(), text));
    }
    if ids.is_empty() {
        return Err(Failure::usage(format!(
            "there is no YAML file below `{}`",
            path.display()
        )));
    }
    Ok(ids)
}

/// `chaos-mesh@2.6.7`, unless a file of that name is there.
fn release(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    let (package, release) = text.split_once('@')?;
    let named = !package.is_empty() && !package.contains(['/', '.']) && !release.is_empty();
    (named && !path.exists()).then(|| text.to_owned())
}

/// Two releases of the built-in packages.
fn releases(old: &str, new: &str, settings: &Options) -> Result<Report, Failure> {
    let name = |text: &str| text.split('@').next().map(str::to_owned);
    if name(old) != name(new) {
        return Err(Failure::usage(
            "releases of one package are compared, not of two",
        ));
    }
    let catalog = herz::catalog();
    let at = |text: &str| -> Result<Targets, Failure> {
        let wrong = |error: &dyn std::fmt::Display| Failure::usage(format!("{text}: {error}"));
        let targets: Targets = text
            .parse()
            .map_err(|error: herz_dsl::catalog::TargetError| wrong(&error))?;
        targets.check(catalog).map_err(|error| wrong(&error))?;
        Ok(targets)
    };
    let (before, after) = (at(old)?, at(new)?);
    let sides = ((catalog, &before), (catalog, &after));
    Ok(breaking::compare_catalogs(
        sides.0,
        sides.1,
        name(old).as_deref(),
        settings,
    ))
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
