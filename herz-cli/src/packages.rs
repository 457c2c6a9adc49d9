//! The catalog that a command works with: the built-in packages and those that the user names.

use crate::args::Judge;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile::{self, Places, SourceProvider};
use herz_dsl::diagnostic::Level;
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::source::Sources;
use std::borrow::Cow;

/// What documents are judged by.
pub(crate) struct Judges {
    catalog: Cow<'static, Catalog>,
    /// Which release of each platform is meant.
    pub(crate) targets: Targets,
}

impl Judges {
    /// All releases of all packages.
    pub(crate) fn catalog(&self) -> &Catalog {
        &self.catalog
    }
}

/// Loads what the options name. A package with errors can't judge anything: its findings are
/// printed and the command fails.
pub(crate) fn load(options: &Judge, output: &Output) -> Result<Judges, Failure> {
    let built_in = herz::catalog();
    let catalog = if options.schemas.is_empty() {
        Cow::Borrowed(built_in)
    } else {
        let paths: Vec<String> = options
            .schemas
            .iter()
            .map(|path| path.to_string_lossy().into_owned())
            .collect();
        Cow::Owned(
            built_in
                .clone()
                .merged_with(compile_folders(&paths, output)?),
        )
    };
    let mut targets = Targets::newest();
    for target in &options.targets {
        let wrong = |error| Failure::usage(format!("--target {target}: {error}"));
        let target = newest_of(target, &catalog)
            .map_or_else(|| target.parse(), Ok)
            .map_err(wrong)?;
        target.check(&catalog).map_err(wrong)?;
        targets = targets.and(target);
    }
    Ok(Judges { catalog, targets })
}

/// The newest release that begins like this one: `chaos-mesh@2.6` is `chaos-mesh@2.6.7`. None if it is
/// written in full, or there is no such release.
fn newest_of(target: &str, catalog: &Catalog) -> Option<Targets> {
    let (name, begin) = target.split_once('@')?;
    let begin = format!("{}.", begin.strip_prefix('v').unwrap_or(begin));
    let package = catalog
        .packages
        .iter()
        .find(|package| package.name == name)?;
    let newest = package
        .releases
        .iter()
        .filter(|release| release.to_string().starts_with(&begin))
        .max()?;
    Some(Targets::newest().with(name, newest.clone()))
}

fn compile_folders(paths: &[String], output: &Output) -> Result<Catalog, Failure> {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let compiled = compile_from(&compile::Folders, &paths, &mut Sources::new(), output)?;
    Ok(compiled.catalog)
}

/// Compiled packages.
pub(crate) struct Compiled {
    pub(crate) catalog: Catalog,
    /// Where it is written.
    pub(crate) places: Places,
}

impl Compiled {
    /// Both parts, as those take them who say where something is written.
    pub(crate) const fn written(&self) -> (&Catalog, &Places) {
        (&self.catalog, &self.places)
    }
}

/// Compiles the packages at and below the paths, wherever these are read from.
pub(crate) fn compile_from(
    provider: &dyn SourceProvider,
    paths: &[&str],
    sources: &mut Sources,
    output: &Output,
) -> Result<Compiled, Failure> {
    let (packages, mut diagnostics) = compile::load(provider, paths, sources);
    let (catalog, places, more) = compile::compile_with_places(&packages);
    diagnostics.extend(more);
    diagnostics.retain(|finding| finding.level == Level::Error);
    if diagnostics.is_empty() {
        return Ok(Compiled { catalog, places });
    }
    let mut text = String::new();
    render::text(
        &mut text,
        &diagnostics,
        sources,
        TextOptions {
            color: output.colour,
            ..TextOptions::default()
        },
    )
    .map_err(|error| Failure::internal(error.to_string()))?;
    output.talk(&text);
    Err(Failure {
        exit: Exit::Findings,
        message: "these schemas can't be used; `herz check` tells more".to_owned(),
    })
}
