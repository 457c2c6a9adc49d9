//! `herz compat features` and `since`.

use super::{axis, cell, matrix, print, spans_text};
use crate::args::compat::{Answers, Features, Since};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::packages;
use herz_dsl::catalog::{Catalog, Package};
use herz_dsl::compat::{self, Feature, LIBRARY};
use herz_dsl::diagnostic::did_you_mean;
use serde_json::{Value, json};
use std::fmt::Write;

pub(crate) fn features(options: &Features, output: &Output) -> Result<Exit, Failure> {
    let matrix = matrix(&options.matrix, output)?;
    let cell = cell(&matrix, &options.have, None)?;
    for (name, version) in &cell {
        let axis = axis(&matrix, name)?;
        if name != LIBRARY && !axis.has(version) {
            let known: Vec<String> = axis.list().iter().map(|it| axis.show(it)).collect();
            return Err(Failure::usage(format!(
                "`{name}` has no version {}: expected one of {}",
                axis.show(version),
                known.join(", ")
            )));
        }
    }
    let has = |feature: &Feature| {
        cell.iter()
            .all(|(axis, version)| feature.is_in(axis, version))
    };
    if options.format == Answers::Json {
        let list: Vec<Value> = matrix
            .features
            .iter()
            .map(|it| {
                json!({
                    "id": it.id.value,
                    "kinds": it.kinds.iter().map(|it| &it.value).collect::<Vec<_>>(),
                    "path": it.path.as_ref().map(|it| &it.value),
                    "what": it.what.value.name(),
                    "there": has(it),
                    "doc": it.doc,
                })
            })
            .collect();
        print(output, &json!({ "schemaVersion": 1, "features": list }));
        return Ok(Exit::Fine);
    }
    let mut text = String::new();
    let width = matrix.features.iter().map(|it| it.id.value.len()).max();
    let width = width.unwrap_or(0);
    for (sign, there) in [("+", true), ("-", false)] {
        for feature in matrix.features.iter().filter(|it| has(it) == there) {
            let _ = writeln!(
                text,
                "{sign} {:width$}  {:9}  {}",
                feature.id.value,
                feature.what.value.name(),
                feature.doc
            );
        }
    }
    output.result(&text);
    Ok(Exit::Fine)
}

pub(crate) fn since(options: &Since, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.schemas.judge(), output)?;
    let catalog = judges.catalog();
    let found = find(catalog, &options.field)?;
    let spans = compat::spans(&found.package.releases, |release| {
        found.lives.iter().any(|life| life.covers(release))
    });
    let platform = &found.package.platform;
    if options.format == Answers::Json {
        let releases: Vec<Value> = spans
            .iter()
            .map(|(a, b)| json!({ "from": a.to_string(), "to": b.to_string() }))
            .collect();
        print(
            output,
            &json!({
                "schemaVersion": 1,
                "field": found.name,
                "platform": platform,
                "releases": releases,
                "everywhere": spans.first().is_some_and(|(a, b)| {
                    found.package.releases.first() == Some(a)
                        && found.package.releases.last() == Some(b)
                }),
                "changes": found.changes,
            }),
        );
        return Ok(Exit::Fine);
    }
    let mut text = format!("{}: {platform} {}\n", found.name, spans_text(&spans));
    for change in &found.changes {
        let _ = writeln!(text, "  {change}");
    }
    output.result(&text);
    Ok(Exit::Fine)
}

struct Found<'c> {
    name: String,
    package: &'c Package,
    lives: Vec<herz_dsl::catalog::Life>,
    /// What else changed at this place, one line each.
    changes: Vec<String>,
}

/// A field of a kind, or a feature by its id.
fn find<'c>(catalog: &'c Catalog, asked: &str) -> Result<Found<'c>, Failure> {
    for package in &catalog.packages {
        let features = compat::features(catalog, &package.name);
        if let Some(known) = features.iter().find(|it| it.id == asked) {
            return Ok(Found {
                name: known.id.clone(),
                package,
                lives: vec![herz_dsl::catalog::Life {
                    since: known.since.clone(),
                    until: known.until.clone(),
                    deprecated: None,
                }],
                changes: vec![known.doc.clone()],
            });
        }
    }
    let (name, rest) = asked.split_once('.').unwrap_or((asked, ""));
    let Some(kind) = catalog
        .kinds
        .iter()
        .find(|kind| kind.name.eq_ignore_ascii_case(name))
    else {
        let near = did_you_mean(name, catalog.kinds.iter().map(|it| it.name.as_str()));
        let hint = near.map_or_else(
            || {
                "write KIND.PATH, such as `NetworkChaos.spec.delay`; `herz kinds` lists the kinds"
                    .to_owned()
            },
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Failure::usage(format!("there is no kind `{name}`; {hint}")));
    };
    let Some(package) = catalog.package(kind.package) else {
        return Err(Failure::internal("a kind without a package"));
    };
    let rooted = rest.is_empty()
        || rest == "spec"
        || rest == "status"
        || rest.starts_with("spec.")
        || rest.starts_with("status.");
    let path = if rooted {
        rest.to_owned()
    } else {
        format!("spec.{rest}")
    };
    let Some(lives) = compat::lives(catalog, &package.name, &kind.name, &path) else {
        let page = herz_dsl::explain::page(catalog, asked);
        let hint = page
            .err()
            .and_then(|missing| missing.suggestion)
            .map_or_else(
                || format!("`herz explain {}` lists its fields", kind.name),
                |near| format!("did you mean `{near}`?"),
            );
        return Err(Failure::usage(format!("there is no `{asked}`; {hint}")));
    };
    let changes = compat::features(catalog, &package.name)
        .into_iter()
        .filter(|it| it.kinds.first() == Some(&kind.name) && it.path == path)
        .map(|it| {
            let since = it.since.map(|it| format!(" since {it}"));
            let until = it.until.map(|it| format!(" until {it}"));
            format!(
                "{}{}{}: {}",
                it.what.name(),
                since.unwrap_or_default(),
                until.unwrap_or_default(),
                it.doc
            )
        })
        .collect();
    let name = if path.is_empty() {
        kind.name.clone()
    } else {
        format!("{}.{path}", kind.name)
    };
    Ok(Found {
        name,
        package,
        lives,
        changes,
    })
}
