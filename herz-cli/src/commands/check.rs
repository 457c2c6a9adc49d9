//! `herz check`: compiles schema packages and reports problems in them.

use crate::args::{Check, Deny};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::Output;
use crate::report::{self, Report};
use herz_dsl::compile;
use herz_dsl::source::Sources;
use std::path::Path;

pub(crate) fn run(options: &Check, output: &Output) -> Result<Exit, Failure> {
    let named: Vec<String> = options
        .packages
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let mut paths: Vec<&str> = named.iter().map(String::as_str).collect();
    if paths.is_empty() {
        paths.push("schemas");
        if !Path::new("schemas").is_dir() {
            return Err(Failure::usage(
                "there is no folder `schemas` here; name the folder of a package.yaml",
            ));
        }
    }
    for path in &options.packages {
        files::exists(path)?;
    }
    let mut sources = Sources::new();
    let (packages, mut diagnostics) = compile::load(&compile::Folders, &paths, &mut sources);
    let (catalog, more) = compile::compile(&packages);
    diagnostics.extend(more);
    let mut report = Report::begin(options.format, output)?;
    report.add([report.drawing().draw(&diagnostics, &sources, (0, 0))])?;
    let packages = packages.len();
    let summary = report.finish(|summary| report::checked(summary, packages))?;
    for package in &catalog.packages {
        let id = catalog
            .packages
            .iter()
            .position(|other| std::ptr::eq(other, package));
        let kinds = catalog
            .kinds
            .iter()
            .filter(|kind| Some(kind.package.0 as usize) == id)
            .count();
        output.note(&format!(
            "{} {}: {kinds} kinds, {} releases",
            package.name,
            package.version,
            package.releases.len()
        ));
    }
    let refused =
        summary.errors > 0 || (options.deny == Some(Deny::Warnings) && summary.warnings > 0);
    Ok(if refused && !options.exit_zero {
        Exit::Findings
    } else {
        Exit::Fine
    })
}
