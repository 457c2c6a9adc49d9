//! `herz compat require` and `lost`: questions about manifests.

use super::{print, spans_text};
use crate::args::compat::{Answers, Lost, Require};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::Output;
use crate::packages;
use herz_dsl::catalog::Catalog;
use herz_dsl::compat::{self, Answer, Releases};
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::source::{Source, SourceId};
use herz_dsl::tree::{self, Limits, Tree};
use semver::Version;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// A manifest, read.
struct File {
    source: Source,
    tree: Tree,
}

/// Reads what the paths name. A file that is no YAML has no answer: that is told, and counted.
fn read(paths: &[PathBuf], output: &Output) -> Result<(Vec<File>, usize), Failure> {
    let limits = Limits::default();
    let (mut list, mut broken) = (Vec::new(), 0);
    for input in files::walk(paths)? {
        let bytes = input
            .read(limits.bytes)
            .map_err(|error| Failure::usage(format!("can't read `{}`: {error}", input.name())))?;
        let (tree, found) = tree::parse(SourceId(0), &bytes, &limits);
        let source = Source::new(input.name(), tree.text().clone());
        match found.iter().find(|it| it.level == Level::Error) {
            Some(error) => {
                output.talk(&format!("error: {}", line(&source, error)));
                broken += 1;
            }
            None => list.push(File { source, tree }),
        }
    }
    Ok((list, broken))
}

/// `file:12:3 spec.rate: message`.
fn line(source: &Source, finding: &Diagnostic) -> String {
    let mut text = source.name.to_string();
    if let Some(span) = finding.span {
        let at = source.position(span.start);
        let _ = write!(text, ":{}:{}", at.line, at.column);
    }
    if let Some(path) = finding.path.as_ref().filter(|path| !path.is_empty()) {
        let _ = write!(text, " {path}");
    }
    let _ = write!(text, ": {} [{}]", finding.message, finding.code);
    text
}

fn in_json(source: &Source, finding: &Diagnostic) -> Value {
    let at = finding.span.map(|span| source.position(span.start));
    json!({
        "file": &*source.name,
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "document": finding.document,
        "path": finding.path,
        "code": finding.code.as_str(),
        "severity": match finding.level { Level::Error => "error", Level::Warning => "warning" },
        "message": finding.message,
    })
}

/// Packages whose platforms have more than one release.
fn packages_with_releases(catalog: &Catalog) -> impl Iterator<Item = Releases<'_>> {
    catalog
        .packages
        .iter()
        .filter(|package| package.releases.len() > 1)
        .filter_map(|package| Releases::new(catalog, &package.name))
}

pub(crate) fn require(options: &Require, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.schemas.judge(), output)?;
    let (files, broken) = read(&options.paths, output)?;
    let mut exit = if broken == 0 {
        Exit::Fine
    } else {
        Exit::Findings
    };
    let mut answers = Vec::new();
    let mut text = String::new();
    for releases in packages_with_releases(judges.catalog()) {
        let each: Vec<(&File, Answer)> = files
            .iter()
            .map(|file| (file, releases.require(&file.tree)))
            .filter(|(_, answer)| answer.documents > 0)
            .collect();
        if each.is_empty() {
            continue;
        }
        let all = All::new(&releases, &each);
        if all.least.is_none() {
            exit = Exit::Findings;
        }
        text.push_str(&all.text(&each));
        answers.push(all.json(&each));
    }
    if options.format == Answers::Json {
        print(
            output,
            &json!({ "schemaVersion": 1, "files": files.len(), "packages": answers }),
        );
    } else if text.is_empty() && broken == 0 {
        output.result("these manifests need nothing that a release of a platform could lack\n");
    } else {
        output.result(&text);
    }
    Ok(exit)
}

/// The answers of several files together.
struct All {
    package: String,
    least: Option<Version>,
    spans: Vec<(Version, Version)>,
    everywhere: bool,
    newest: bool,
}

impl All {
    fn new(releases: &Releases<'_>, each: &[(&File, Answer)]) -> Self {
        let list = &releases.package().releases;
        let takes = |release: &Version| {
            each.iter()
                .all(|(_, answer)| answer.fits.iter().any(|(it, fits)| *fits && it == release))
        };
        Self {
            package: releases.package().name.clone(),
            least: list.iter().find(|it| takes(it)).cloned(),
            spans: compat::spans(list, takes),
            everywhere: list.iter().all(takes),
            newest: list.last().is_some_and(takes),
        }
    }

    /// What asks for the least release: findings of the files that the releases before it refuse.
    fn asks<'a>(
        &'a self,
        each: &'a [(&File, Answer)],
    ) -> impl Iterator<Item = (&'a Source, &'a Diagnostic)> {
        each.iter()
            .filter(|(_, answer)| answer.least() == self.least.as_ref())
            .flat_map(|(file, answer)| answer.asks.iter().map(|it| (&file.source, it)))
    }

    fn text(&self, each: &[(&File, Answer)]) -> String {
        let mut text = String::new();
        let spans = spans_text(&self.spans);
        match &self.least {
            Some(_) if self.everywhere => {
                let _ = writeln!(text, "{}: any release ({spans})", self.package);
            }
            Some(least) if self.newest && self.spans.len() == 1 => {
                let _ = writeln!(text, "{}: {least} or newer ({spans})", self.package);
            }
            Some(_) => {
                let _ = writeln!(text, "{}: {spans}", self.package);
            }
            None => {
                let _ = writeln!(
                    text,
                    "{}: no release takes all of these manifests",
                    self.package
                );
                for (file, answer) in each {
                    let own = spans_text(&answer.spans());
                    if !answer.fits_everywhere() {
                        let own = if own.is_empty() { "no release" } else { &own };
                        let _ = writeln!(text, "  {}: {own}", file.source.name);
                    }
                }
            }
        }
        if self.least.is_some() {
            for (source, finding) in self.asks(each) {
                let _ = writeln!(text, "  asks: {}", line(source, finding));
            }
        }
        if !self.newest {
            for (source, finding) in lost_of(each) {
                let word = if self.least.is_some() {
                    "newer releases"
                } else {
                    "refused"
                };
                let _ = writeln!(text, "  {word}: {}", line(source, finding));
            }
        }
        text
    }

    fn json(&self, each: &[(&File, Answer)]) -> Value {
        let releases: Vec<Value> = self
            .spans
            .iter()
            .map(|(a, b)| json!({ "from": a.to_string(), "to": b.to_string() }))
            .collect();
        let asks: Vec<Value> = match self.least {
            Some(_) => self.asks(each).map(|(s, it)| in_json(s, it)).collect(),
            None => Vec::new(),
        };
        let refused: Vec<Value> = lost_of(each).map(|(s, it)| in_json(s, it)).collect();
        let files: Vec<Value> = each
            .iter()
            .map(|(file, answer)| {
                let spans: Vec<Value> = answer
                    .spans()
                    .iter()
                    .map(|(a, b)| json!({ "from": a.to_string(), "to": b.to_string() }))
                    .collect();
                json!({ "file": &*file.source.name, "releases": spans })
            })
            .collect();
        json!({
            "package": self.package,
            "least": self.least.as_ref().map(ToString::to_string),
            "releases": releases,
            "everywhere": self.everywhere,
            "asks": asks,
            "refused": refused,
            "files": files,
        })
    }
}

/// What newer releases refuse; if nothing fits, what stands in the way.
fn lost_of<'a>(each: &'a [(&File, Answer)]) -> impl Iterator<Item = (&'a Source, &'a Diagnostic)> {
    each.iter()
        .flat_map(|(file, answer)| answer.lost.iter().map(|it| (&file.source, it)))
}

pub(crate) fn lost(options: &Lost, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.schemas.judge(), output)?;
    let catalog = judges.catalog();
    let Some(releases) = Releases::new(catalog, &options.package) else {
        let known: Vec<&str> = catalog.packages.iter().map(|it| it.name.as_str()).collect();
        return Err(Failure::usage(format!(
            "no package is called `{}`: expected one of {}",
            options.package,
            known.join(", ")
        )));
    };
    let release = |text: &str| {
        herz_dsl::catalog::parse_release(text)
            .filter(|it| releases.package().releases.contains(it))
            .ok_or_else(|| {
                let known: Vec<String> = releases
                    .package()
                    .releases
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                Failure::usage(format!(
                    "`{}` has no release {text}: expected one of {}",
                    options.package,
                    known.join(", ")
                ))
            })
    };
    let (from, to) = (release(&options.from)?, release(&options.to)?);
    if options.paths.is_empty() {
        return Ok(lost_features(options, catalog, (&from, &to), output));
    }
    let (files, broken) = read(&options.paths, output)?;
    let mut text = String::new();
    let mut list = Vec::new();
    for file in &files {
        for finding in releases.lost(&file.tree, &from, &to).unwrap_or_default() {
            let word = match finding.level {
                Level::Error => "refused",
                Level::Warning => "differs",
            };
            let _ = writeln!(text, "{word}: {}", line(&file.source, &finding));
            list.push(in_json(&file.source, &finding));
        }
    }
    let exit = if list.is_empty() && broken == 0 {
        Exit::Fine
    } else {
        Exit::Findings
    };
    if options.format == Answers::Json {
        print(
            output,
            &json!({
                "schemaVersion": 1,
                "package": options.package,
                "from": from.to_string(),
                "to": to.to_string(),
                "lost": list,
            }),
        );
    } else if text.is_empty() {
        output.note(&format!("nothing is lost from {from} to {to}"));
    } else {
        output.result(&text);
    }
    Ok(exit)
}

/// Features that one release has and the other has not.
fn lost_features(
    options: &Lost,
    catalog: &Catalog,
    (from, to): (&Version, &Version),
    output: &Output,
) -> Exit {
    let gone: Vec<compat::Known> = compat::features(catalog, &options.package)
        .into_iter()
        .filter(|it| it.is_in(from) && !it.is_in(to) && it.what.is_stored())
        .collect();
    if options.format == Answers::Json {
        let list: Vec<Value> = gone
            .iter()
            .map(|it| {
                json!({
                    "id": it.id, "kinds": it.kinds, "path": it.path,
                    "what": it.what.name(), "doc": it.doc,
                })
            })
            .collect();
        print(
            output,
            &json!({
                "schemaVersion": 1,
                "package": options.package,
                "from": from.to_string(),
                "to": to.to_string(),
                "lost": list,
            }),
        );
        return Exit::Fine;
    }
    let mut text = String::new();
    for it in &gone {
        let kind = it.kinds.first().map_or("", String::as_str);
        let dot = if it.path.is_empty() { "" } else { "." };
        let _ = writeln!(
            text,
            "{kind}{dot}{}  {}  {}",
            it.path,
            it.what.name(),
            it.doc
        );
    }
    if text.is_empty() {
        output.note(&format!("nothing is lost from {from} to {to}"));
    }
    output.result(&text);
    Exit::Fine
}
