//! `herz import`: CRDs and OpenAPI schemas become a package of the schema language.

use crate::args::import::Import;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::Output;
use crate::report::count;
use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Texts};
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::import;
use herz_dsl::source::Sources;
use herz_dsl::tree::Limits;
use std::path::Path;

pub(crate) fn run(options: &Import, output: &Output) -> Result<Exit, Failure> {
    let mut sources = Sources::new();
    let mut read = Vec::new();
    for input in files::walk(&options.paths)? {
        let name = input.name();
        let bytes = input
            .read(Limits::default().bytes)
            .map_err(|error| files::unreadable(Path::new(&name), &error))?;
        let id = sources.add(name, String::from_utf8_lossy(&bytes));
        read.push((id, bytes));
    }
    let texts: Vec<_> = read
        .iter()
        .map(|(id, bytes)| (*id, bytes.as_slice()))
        .collect();
    let choice = import::Options {
        package: options.package.clone(),
        components: options.components.clone(),
    };
    let imported = import::import(&texts, &choice);
    tell(&imported.findings, &sources, output)?;
    if imported.files.is_empty() {
        return Ok(Exit::Findings);
    }
    let (catalog, works) = try_out(&imported.files, output)?;
    match &options.out {
        Some(folder) => write(folder, &imported.files, options.force)?,
        None => imported
            .files
            .iter()
            .for_each(|(name, text)| output.result(&format!("# {name}\n{text}---\n"))),
    }
    let lost = imported.findings.len();
    output.note(&format!(
        "{} imported; {} could not be carried over",
        what(&catalog),
        count(lost as u64, "thing")
    ));
    Ok(if works { Exit::Fine } else { Exit::Findings })
}

/// What a package has: kinds, or types if there is none, as in a document of schemas alone.
fn what(catalog: &Catalog) -> String {
    match catalog.kinds.len() {
        0 => count(catalog.types.len() as u64, "type"),
        kinds => count(kinds as u64, "kind"),
    }
}

/// Compiles what was written, and tells whether it does. What the compiler refuses needs a hand, and is told at its line in the
/// new text.
fn try_out(files: &[(String, String)], output: &Output) -> Result<(Catalog, bool), Failure> {
    let texts = files
        .iter()
        .map(|(name, text)| (format!("imported/{name}"), text.clone().into_bytes()));
    let mut sources = Sources::new();
    let provider = Texts(texts.collect());
    let (packages, mut findings) = compile::load(&provider, &["imported"], &mut sources);
    let (catalog, found) = compile::compile(&packages);
    findings.extend(found);
    findings.retain(|finding| finding.level == Level::Error);
    tell(&findings, &sources, output)?;
    Ok((catalog, findings.is_empty()))
}

fn tell(findings: &[Diagnostic], sources: &Sources, output: &Output) -> Result<(), Failure> {
    let mut text = String::new();
    let options = TextOptions {
        color: output.colour,
        ..TextOptions::default()
    };
    render::text(&mut text, findings, sources, options)
        .map_err(|error| Failure::internal(error.to_string()))?;
    if !text.is_empty() {
        output.talk(text.trim_end());
    }
    Ok(())
}

fn write(folder: &Path, texts: &[(String, String)], force: bool) -> Result<(), Failure> {
    if !force {
        let there = texts.iter().map(|(name, _)| folder.join(name));
        if let Some(path) = there.into_iter().find(|path| path.exists()) {
            let text = format!(
                "`{}` is there already; --force overwrites it",
                path.display()
            );
            return Err(Failure::usage(text));
        }
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::usage(format!("can't make `{}`: {error}", folder.display())))?;
    for (name, text) in texts {
        files::replace(&folder.join(name), text)?;
    }
    Ok(())
}
