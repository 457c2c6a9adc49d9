//! `herz compat check`.

use crate::args::Deny;
use crate::args::compat::CheckMatrix;
use crate::exit::{Exit, Failure};
use crate::git::{Commit, Reference, Repository};
use crate::output::Output;
use crate::packages;
use crate::report::{self, Report};
use herz_dsl::compat::{self, Axis, Date, Documents, Inputs, Matrix};
use herz_dsl::diagnostic::Level;
use herz_dsl::source::{SourceId, Sources};
use semver::Version;
use std::path::{Path, PathBuf};

pub(crate) fn run(options: &CheckMatrix, output: &Output) -> Result<Exit, Failure> {
    let text = super::text_of(&options.matrix)?;
    let judges = packages::load(&options.judge, output)?;
    let mut sources = Sources::new();
    let source = sources.add(options.matrix.display().to_string(), text.clone());
    let (matrix, mut diagnostics) = compat::read(source, &text);
    let folder = folder(&options.matrix);
    let repository = Repository::open(&folder).ok();
    let published = match &options.against {
        Some(reference) => Some(published(options, &folder, reference)?),
        None => None,
    };
    let today: Date = match &options.today {
        Some(day) => day.parse().map_err(Failure::usage)?,
        None => crate::commands::breaking::today()
            .parse()
            .map_err(Failure::internal)?,
    };
    let documents = Disk { folder, repository };
    let inputs = Inputs {
        source: (source, &text),
        catalog: Some(judges.catalog()),
        today: Some(today),
        published: published.as_ref(),
        documents: &documents,
        fresh: !options.no_fresh,
    };
    // What could not be read has no place in the matrix, and would be told as missing.
    if !diagnostics.iter().any(|it| it.level == Level::Error) {
        diagnostics.extend(compat::check(&matrix, &inputs));
    }
    let mut report = Report::begin(options.format, output)?;
    report.add([report.drawing().draw(&diagnostics, &sources, (0, 0))])?;
    let summary = report.finish(report::findings)?;
    let refused =
        summary.errors > 0 || (options.deny == Some(Deny::Warnings) && summary.warnings > 0);
    Ok(if refused && !options.exit_zero {
        Exit::Findings
    } else {
        Exit::Fine
    })
}

/// The folder that a file lies in.
fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The matrix that a commit has.
fn published(options: &CheckMatrix, folder: &Path, reference: &str) -> Result<Matrix, Failure> {
    let name = Reference::commit_only("--against", reference)?;
    let repository = Repository::open(folder)?;
    let commit = repository.commit(name)?;
    let file = options
        .matrix
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let Some(bytes) = repository.read(&commit, &file)? else {
        return Err(Failure::usage(format!("{reference} has no `{file}`")));
    };
    let text = String::from_utf8_lossy(&bytes);
    // It was published, so what its reading says is history.
    Ok(compat::read(SourceId(u32::MAX), &text).0)
}

/// Files beside the matrix, and what they were at the tags of versions.
struct Disk {
    folder: PathBuf,
    repository: Option<Repository>,
}

impl Disk {
    fn at_tag(&self, axis: &Axis, version: &Version, path: &str) -> Option<String> {
        let repository = self.repository.as_ref()?;
        let pattern = axis.tag.as_deref().unwrap_or("v{version}");
        let tag = pattern.replace("{version}", &version.to_string());
        let commit: Commit = repository.commit(&format!("refs/tags/{tag}")).ok()?;
        let bytes = repository.read(&commit, path).ok()??;
        String::from_utf8(bytes).ok()
    }
}

impl Documents for Disk {
    fn of_version(&self, axis: &Axis, version: &Version) -> Option<String> {
        let path = &axis.file.as_ref()?.value;
        let newest = axis
            .versions
            .last()
            .is_some_and(|last| last.value == *version);
        // A path with `{version}` keeps each version in a file of its own.
        if path.contains("{version}") {
            return self.file(&path.replace("{version}", &version.to_string()));
        }
        self.at_tag(axis, version, path)
            .or_else(|| newest.then(|| self.file(path))?)
    }

    fn file(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.join(path)).ok()
    }
}
