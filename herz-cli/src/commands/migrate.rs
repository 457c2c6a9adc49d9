//! `herz migrate`: manifests of one release carried over to another.

use crate::args::compat::Answers;
use crate::args::migrate::Migrate;
use crate::exit::{Exit, Failure};
use crate::files::{self, Input};
use crate::output::Output;
use crate::packages;
use herz_dsl::catalog::{Catalog, Targets, parse_release};
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::migrate::{Migration, Migrator, NoMigrator};
use herz_dsl::source::Source;
use herz_dsl::tree::Limits;
use semver::Version;
use serde_json::{Value, json};

pub(crate) fn run(options: &Migrate, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.schemas.judge(), output)?;
    let catalog = judges.catalog();
    let (package, to, from) = releases(options, catalog)?;
    let migrator = Migrator::new(catalog, &package, &to, from.as_ref())
        .map_err(|why| missing(&why, catalog, &package))?;
    let inputs: Vec<Input> = files::walk(&options.paths)?.collect();
    let quiet = options.write || options.diff || options.check;
    if inputs.len() > 1 && !quiet && options.format == Answers::Text {
        return Err(Failure::usage(
            "several files: say --write to change them, or --diff to see what would change",
        ));
    }
    let (mut refused, mut changed) = (0, 0);
    let mut list = Vec::new();
    for input in &inputs {
        let text = text_of(input)?;
        let migration = migrator.migrate(&text);
        let source = Source::new(input.name(), text.as_str());
        refused += usize::from(!migration.refused.is_empty());
        changed += usize::from(!migration.changes.is_empty());
        if options.format == Answers::Json {
            list.push(in_json(&source, &migration));
        } else {
            tell(options, input, &source, &migration, output)?;
        }
        let write = options.write && !migration.changes.is_empty();
        match input {
            Input::File(path) if write => files::replace(path, &migration.text)?,
            Input::Stdin if write => {
                return Err(Failure::usage("--write can't write to stdin"));
            }
            _ => {}
        }
    }
    if options.format == Answers::Json {
        let document = json!({
            "schemaVersion": 1,
            "package": package,
            "to": to.to_string(),
            "files": list,
        });
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        output.result(&text);
    } else if quiet {
        let count = |n: usize| format!("{n} file{}", if n == 1 { "" } else { "s" });
        let verb = if options.write {
            "changed"
        } else {
            "would change"
        };
        output.note(&format!(
            "{} of {} {verb}, {} can't be carried over",
            changed,
            count(inputs.len()),
            refused
        ));
    }
    Ok(if refused > 0 || (options.check && changed > 0) {
        Exit::Findings
    } else {
        Exit::Fine
    })
}

fn releases(
    options: &Migrate,
    catalog: &Catalog,
) -> Result<(String, Version, Option<Version>), Failure> {
    let wrong = |error: herz_dsl::catalog::TargetError| {
        Failure::usage(format!("--to {}: {error}", options.to))
    };
    let target: Targets = options.to.parse().map_err(wrong)?;
    target.check(catalog).map_err(wrong)?;
    let (package, to) = options
        .to
        .split_once('@')
        .and_then(|(package, release)| Some((package.to_owned(), parse_release(release)?)))
        .ok_or_else(|| Failure::internal("a target without a release"))?;
    let from = match &options.from {
        None => None,
        Some(text) => {
            let bare = text.strip_prefix(&format!("{package}@")).unwrap_or(text);
            let release = parse_release(bare).ok_or_else(|| {
                Failure::usage(format!("--from {text}: expected a release such as 2.7.3"))
            })?;
            Some(release)
        }
    };
    Ok((package, to, from))
}

fn missing(why: &NoMigrator, catalog: &Catalog, package: &str) -> Failure {
    match why {
        NoMigrator::Package => Failure::usage(format!("no package is called `{package}`")),
        NoMigrator::Release(release) => {
            let known = catalog.packages.iter().find(|it| it.name == package);
            let known: Vec<String> = known
                .map(|it| it.releases.iter().map(ToString::to_string).collect())
                .unwrap_or_default();
            Failure::usage(format!(
                "`{package}` has no release {release}: expected one of {}",
                known.join(", ")
            ))
        }
    }
}

fn text_of(input: &Input) -> Result<String, Failure> {
    let failure = |why: &dyn std::fmt::Display| {
        Failure::usage(format!("can't read `{}`: {why}", input.name()))
    };
    let limit = Limits::default().bytes;
    let bytes = input.read(limit).map_err(|error| failure(&error))?;
    if bytes.len() > limit {
        return Err(failure(&format!("it is larger than {limit} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| failure(&error))
}

/// Tells about one file: refusals as findings, changes one a line, the text or a diff.
fn tell(
    options: &Migrate,
    input: &Input,
    source: &Source,
    migration: &Migration,
    output: &Output,
) -> Result<(), Failure> {
    if !migration.refused.is_empty() {
        let mut text = String::new();
        let form = TextOptions {
            color: output.colour,
            ..TextOptions::default()
        };
        render::text(&mut text, &migration.refused, source, form)
            .map_err(|error| Failure::internal(error.to_string()))?;
        output.talk(text.trim_end());
        output.talk(&format!("error: `{}` stays as it is", input.name()));
    }
    for change in &migration.changes {
        let at = source.position(change.span.start);
        output.note(&format!(
            "{}:{}:{} {}: {}",
            input.name(),
            at.line,
            at.column,
            change.path,
            change.what
        ));
    }
    if options.diff {
        if !migration.changes.is_empty() {
            let diff = similar::TextDiff::from_lines(&*source.text, migration.text.as_str());
            let name = input.name();
            let name = name.trim_start_matches('/');
            let text = diff
                .unified_diff()
                .header(&format!("a/{name}"), &format!("b/{name}"))
                .to_string();
            output.result(&text);
        }
    } else if !options.write && !options.check && migration.refused.is_empty() {
        output.result(&migration.text);
    }
    Ok(())
}

fn in_json(source: &Source, migration: &Migration) -> Value {
    let changes: Vec<Value> = migration
        .changes
        .iter()
        .map(|it| {
            let at = source.position(it.span.start);
            json!({
                "document": it.document, "path": it.path, "what": it.what,
                "line": at.line, "column": at.column,
            })
        })
        .collect();
    let refused: Vec<Value> = migration
        .refused
        .iter()
        .map(|it| {
            let at = it.span.map(|span| source.position(span.start));
            json!({
                "document": it.document, "path": it.path, "code": it.code.as_str(),
                "message": it.message, "help": it.help,
                "line": at.map(|at| at.line), "column": at.map(|at| at.column),
            })
        })
        .collect();
    json!({
        "file": &*source.name,
        "documents": migration.documents,
        "changes": changes,
        "refused": refused,
        "text": migration.text,
    })
}
