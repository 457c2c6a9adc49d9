//! `herz release check`: the gate before a release.

use crate::args::Format;
use crate::args::release::{CheckRelease, Release, ReleaseCommand};
use crate::exit::{Exit, Failure};
use crate::git::{Commit, Reference, Repository};
use crate::output::Output;
use crate::report::{self, Report};
use herz_dsl::breaking::{self, Bump, Level, Options};
use herz_dsl::catalog::Catalog;
use herz_dsl::compat::release::{self as gate, Candidate, Last, Stated};
use herz_dsl::compat::{self, Matrix};
use herz_dsl::compile;
use herz_dsl::diagnostic::{self, Diagnostic};
use herz_dsl::source::{SourceId, Sources, Span};
use semver::Version;
use std::path::Path;

pub(crate) fn run(options: &Release, output: &Output) -> Result<Exit, Failure> {
    let ReleaseCommand::Check(options) = &options.command;
    check(options, output)
}

fn check(options: &CheckRelease, output: &Output) -> Result<Exit, Failure> {
    let mut sources = Sources::new();
    let mut findings = Vec::new();
    let now = Now::read(options, &mut sources, &mut findings)?;
    let last = match before(options)? {
        Before::Tag(repository, commit, version) => {
            let (bump, lines) = now.changes(options, &repository, &commit)?;
            let is_current = repository.commit("HEAD")? == commit;
            if options.changes {
                for line in lines {
                    output.result(&format!("{line}\n"));
                }
            }
            Some(Last {
                version,
                bump,
                is_current,
            })
        }
        Before::Nothing(why) => {
            output.note(&format!(
                "note: {why}: only the versions are compared with each other"
            ));
            None
        }
    };
    let candidate = Candidate {
        packages: now.packages.clone(),
        matrix: now.matrix.as_ref().map(|(it, span)| (it, *span)),
        document: now.document.clone(),
        changelog: now
            .changelog
            .as_ref()
            .map(|(id, text)| (*id, text.as_str())),
    };
    findings.extend(gate::release(&candidate, last.as_ref()));
    let mut report = Report::begin(options.format, output)?;
    report.add([report.drawing().draw(&findings, &sources, (0, 0))])?;
    let summary = report.finish(report::findings)?;
    if let (Some(last), Format::Text) = (&last, options.format) {
        output.note(&format!(
            "since {}: {} changes; the least version is {}",
            last.version,
            last.bump,
            gate::least(last)
        ));
    }
    Ok(if summary.errors > 0 {
        Exit::Findings
    } else {
        Exit::Fine
    })
}

/// What a release is compared with.
enum Before {
    Tag(Repository, Commit, Version),
    Nothing(String),
}

fn before(options: &CheckRelease) -> Result<Before, Failure> {
    let parsed = |tag: &str| -> Option<Version> {
        let (start, end) = options.tag.split_once("{version}")?;
        let text = tag.strip_prefix(start)?.strip_suffix(end)?;
        Version::parse(text).ok()
    };
    if !options.tag.contains("{version}") {
        return Err(Failure::usage("--tag must have `{version}` in it"));
    }
    if let Some(reference) = &options.against {
        let name = Reference::commit_only("--against", reference)?;
        let repository = Repository::open(&options.folder)?;
        let commit = repository.commit(name)?;
        let version = match parsed(name) {
            Some(version) => version,
            None => version_at(options, &repository, &commit)?,
        };
        return Ok(Before::Tag(repository, commit, version));
    }
    let Ok(repository) = Repository::open(&options.folder) else {
        let folder = options.folder.display();
        return Ok(Before::Nothing(format!(
            "`{folder}` is in no git repository"
        )));
    };
    let Ok(head) = repository.commit("HEAD") else {
        return Ok(Before::Nothing("the repository has no commit".to_owned()));
    };
    let tags = repository.tags(&head)?;
    let mut versions: Vec<(Version, &String)> = tags
        .iter()
        .filter_map(|tag| Some((parsed(tag)?, tag)))
        .collect();
    versions.sort_by(|a, b| a.0.cmp_precedence(&b.0));
    // Candidates of a release are no release.
    let last = versions
        .iter()
        .rev()
        .find(|(version, _)| version.pre.is_empty())
        .or_else(|| versions.last());
    match last {
        Some((version, tag)) => {
            let commit = repository.commit(&format!("refs/tags/{tag}"))?;
            Ok(Before::Tag(repository, commit, version.clone()))
        }
        None => Ok(Before::Nothing(format!(
            "the repository has no tag such as `{}`",
            options.tag.replace("{version}", "1.0.0")
        ))),
    }
}

/// The version that the packages of a commit state.
fn version_at(
    options: &CheckRelease,
    repository: &Repository,
    commit: &Commit,
) -> Result<Version, Failure> {
    let catalog = catalog_at(options, repository, commit);
    catalog
        .packages
        .first()
        .map(|package| package.version.clone())
        .ok_or_else(|| Failure::usage("that commit has no schema package"))
}

/// The packages of a commit, compiled; what is wrong with them is history.
fn catalog_at(options: &CheckRelease, repository: &Repository, commit: &Commit) -> Catalog {
    let mut sources = Sources::new();
    let schemas = options.schemas.trim_end_matches('/');
    let tree = repository.at(commit.clone());
    let (packages, _) = compile::load(&tree, &[schemas], &mut sources);
    compile::compile(&packages).0
}

/// The files of the folder.
struct Now {
    catalog: Catalog,
    packages: Vec<Stated>,
    matrix: Option<(Matrix, Span)>,
    document: Option<Stated>,
    openapi: Option<String>,
    changelog: Option<(SourceId, String)>,
}

impl Now {
    fn read(
        options: &CheckRelease,
        sources: &mut Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<Self, Failure> {
        let folder = &options.folder;
        let at = |path: &str| folder.join(path);
        let optional = |path: &Path| std::fs::read_to_string(path).ok();
        let schemas = at(&options.schemas);
        let schemas = schemas.to_string_lossy();
        let (packages, mut found) = compile::load(&compile::Folders, &[&schemas], sources);
        let (catalog, more) = compile::compile(&packages);
        found.extend(more);
        found.retain(|it| it.level == diagnostic::Level::Error);
        findings.extend(found);
        let mut stated = Vec::new();
        for package in packages.iter().filter_map(|it| it.package.as_ref()) {
            let text = String::from_utf8_lossy(&package.bytes);
            match gate::stated(&package.name, package.id, &text, &["version"]) {
                Ok(one) => stated.push(one),
                Err(problem) => findings.push(*problem),
            }
        }
        if stated.is_empty() && findings.is_empty() {
            return Err(Failure::usage(format!(
                "there is no schema package below `{schemas}`"
            )));
        }
        let matrix = optional(&at(&options.matrix)).map(|text| {
            let id = sources.add(options.matrix.as_str(), text.as_str());
            let (matrix, found) = compat::read(id, &text);
            findings.extend(
                found
                    .into_iter()
                    .filter(|it| it.level == diagnostic::Level::Error),
            );
            (matrix, Span::new(id, 0, 0))
        });
        let openapi = optional(&at(&options.openapi));
        let mut document = None;
        if let Some(text) = &openapi {
            let id = sources.add(options.openapi.as_str(), text.as_str());
            match gate::stated(&options.openapi, id, text, &["info", "version"]) {
                Ok(one) => document = Some(one),
                Err(problem) => findings.push(*problem),
            }
        }
        let changelog = optional(&at(&options.changelog))
            .map(|text| (sources.add(options.changelog.as_str(), text.as_str()), text));
        Ok(Self {
            catalog,
            packages: stated,
            matrix,
            document,
            openapi,
            changelog,
        })
    }

    /// How much changed since a commit, and what, one line each.
    fn changes(
        &self,
        options: &CheckRelease,
        repository: &Repository,
        commit: &Commit,
    ) -> Result<(Bump, Vec<String>), Failure> {
        let old = catalog_at(options, repository, commit);
        let mut bump = Level::None;
        let mut lines = Vec::new();
        for (package, report) in gate::package_changes(&old, &self.catalog, &Options::default()) {
            bump = bump.max(report.bump());
            for it in report.findings.iter().filter(|it| it.level > Level::Patch) {
                let kind = it.kind.as_deref().unwrap_or_default();
                lines.push(format!(
                    "{} {package} {kind} {}: {}",
                    it.level, it.path, it.message
                ));
            }
        }
        let new = |it: &&herz_dsl::catalog::Package| {
            old.packages.iter().all(|known| known.name != it.name)
        };
        for package in self.catalog.packages.iter().filter(new) {
            bump = bump.max(Level::Minor);
            lines.push(format!("minor {}: the package is new", package.name));
        }
        for package in &old.packages {
            if self
                .catalog
                .packages
                .iter()
                .all(|it| it.name != package.name)
            {
                bump = Level::Major;
                lines.push(format!("major {}: the package is gone", package.name));
            }
        }
        let before = repository.read(commit, &options.openapi)?;
        let before = before.and_then(|bytes| String::from_utf8(bytes).ok());
        if let (Some(before), Some(after)) = (before, &self.openapi) {
            let mut sources = Sources::new();
            let a = sources.add("old", before);
            let b = sources.add(options.openapi.as_str(), after.as_str());
            let report = breaking::compare(&sources, &[a], &[b], &Options::default());
            let report = report.map_err(|problems| {
                let why = problems.first().map_or("", |it| it.message.as_str());
                Failure::usage(format!("`{}` can't be compared: {why}", options.openapi))
            })?;
            bump = bump.max(report.bump());
            for it in report.findings.iter().filter(|it| it.level > Level::Patch) {
                lines.push(format!(
                    "{} {} {}: {}",
                    it.level, options.openapi, it.path, it.message
                ));
            }
        }
        Ok((bump, lines))
    }
}
