//! What stands on one side of a comparison: documents, schema packages, or a release of one; read
//! from files or from a commit.

use crate::exit::{Exit, Failure};
use crate::files::{self, Input};
use crate::git::{Entry, Reference, Repository};
use crate::output::Output;
use crate::packages::{self, Compiled};
use herz_dsl::catalog::{TargetError, Targets};
use herz_dsl::compile::{self, PACKAGE_FILE, SourceProvider};
use herz_dsl::diagnostic::did_you_mean;
use herz_dsl::source::{SourceId, Sources};
use herz_dsl::tree::Limits;
use std::path::Path;

/// One side, read.
pub(crate) enum Side {
    /// Texts: OpenAPI, CRDs, JSON Schema.
    Documents(Vec<SourceId>),
    /// Schema packages, compiled.
    Packages(Box<Compiled>),
    /// A release of a built-in package.
    Release(String, Targets),
}

/// Where the packages lie if nothing else is said, as for `herz check`.
const SCHEMAS: &str = "schemas";

/// Both sides as they are written: the older one first.
pub(crate) fn named(
    against: Option<&str>,
    versions: &[String],
) -> Result<(String, String), Failure> {
    match (against, versions) {
        (None, [old, new]) => Ok((old.clone(), new.clone())),
        (Some(old), [new]) => Ok((beside(old, new), new.clone())),
        (Some(old), []) => {
            let new = match (Reference::parse(old), release(old)) {
                (
                    Some(Reference {
                        path: Some(path), ..
                    }),
                    _,
                ) => path.to_owned(),
                (Some(_), _) if Path::new(SCHEMAS).is_dir() => SCHEMAS.to_owned(),
                (_, Some((package, _))) => newest(package)?,
                _ => {
                    return Err(Failure::usage(format!(
                        "what is compared with `{old}`? Name a file or a folder: there is no folder `{SCHEMAS}` here"
                    )));
                }
            };
            Ok((beside(old, &new), new))
        }
        (None, _) => Err(Failure::usage(
            "two versions are needed: OLD and NEW, or --against OLD and NEW",
        )),
        (Some(_), _) => Err(Failure::usage(
            "--against is the version before, so only one more is named",
        )),
    }
}

/// `git:main` beside `openapi/herz.yaml` is that file on the branch.
fn beside(old: &str, new: &str) -> String {
    match Reference::parse(old) {
        Some(Reference { path: None, .. }) if is_path(new) => format!("{old}:{new}"),
        _ => old.to_owned(),
    }
}

fn is_path(text: &str) -> bool {
    Reference::parse(text).is_none() && release(text).is_none()
}

/// `chaos-mesh@2.6.7`, unless a file of that name is there.
fn release(text: &str) -> Option<(&str, &str)> {
    let (package, release) = text.split_once('@')?;
    let named = !package.is_empty() && !package.contains(['/', '.', ':']) && !release.is_empty();
    (named && !Path::new(text).exists()).then_some((package, release))
}

fn newest(package: &str) -> Result<String, Failure> {
    let found = herz::catalog()
        .packages
        .iter()
        .find(|it| it.name == package);
    found
        .map(|found| format!("{package}@{}", found.newest()))
        .ok_or_else(|| {
            let known: Vec<&str> = packages_known().collect();
            let hint = did_you_mean(package, known.iter().copied()).map_or_else(
                || format!("expected one of {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Failure::usage(format!("no package is called `{package}`: {hint}"))
        })
}

fn packages_known() -> impl Iterator<Item = &'static str> {
    herz::catalog().packages.iter().map(|it| it.name.as_str())
}

/// Reads a side.
pub(crate) fn read(text: &str, sources: &mut Sources, output: &Output) -> Result<Side, Failure> {
    if let Some(reference) = Reference::parse(text) {
        return from_git(&reference, sources, output);
    }
    if let Some((package, version)) = release(text) {
        newest(package)?;
        let wrong = |error: TargetError| Failure::usage(format!("{text}: {error}"));
        let targets: Targets = format!("{package}@{version}").parse().map_err(wrong)?;
        targets.check(herz::catalog()).map_err(wrong)?;
        return Ok(Side::Release(package.to_owned(), targets));
    }
    if text != "-" {
        files::exists(Path::new(text))?;
    }
    if Path::new(text).is_dir() && is_packages(&compile::Folders, text) {
        return packages_at(&compile::Folders, text, sources, output);
    }
    documents(text, sources)
}

/// Whether one of the folders at and below a path is a package.
fn is_packages(provider: &dyn SourceProvider, path: &str) -> bool {
    let ends = |file: &String| file.rsplit(['/', '\\']).next() == Some(PACKAGE_FILE);
    provider
        .list(path)
        .is_ok_and(|files| files.iter().any(ends))
}

fn packages_at(
    provider: &dyn SourceProvider,
    path: &str,
    sources: &mut Sources,
    output: &Output,
) -> Result<Side, Failure> {
    let compiled = packages::compile_from(provider, &[path], sources, output);
    let compiled = compiled.map_err(|failure| Failure {
        // Findings of a comparison are breaks; this is none that could be made.
        exit: match failure.exit {
            Exit::Findings => Exit::Usage,
            other => other,
        },
        message: format!("`{path}` can't be compared: {}", failure.message),
    })?;
    Ok(Side::Packages(Box::new(compiled)))
}

fn documents(path: &str, sources: &mut Sources) -> Result<Side, Failure> {
    let limit = Limits::default().bytes;
    let mut ids = Vec::new();
    for input in files::walk(&[path.into()])? {
        let bytes = input
            .read(limit)
            .map_err(|error| files::unreadable(Path::new(&input.name()), &error))?;
        ids.push(add(sources, &input, bytes)?);
    }
    if ids.is_empty() {
        return Err(Failure::usage(format!(
            "there is no .yaml or .yml file below `{path}`"
        )));
    }
    Ok(Side::Documents(ids))
}

fn add(sources: &mut Sources, input: &Input, bytes: Vec<u8>) -> Result<SourceId, Failure> {
    let name = input.name();
    let limit = Limits::default().bytes;
    if bytes.len() > limit {
        return Err(Failure::usage(format!(
            "can't read `{name}`: it is larger than {limit} bytes"
        )));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage(format!("can't read `{name}`: it is no text in UTF-8")))?;
    Ok(sources.add(name, text))
}

/// A path of a commit. It counts from this folder, as every path of the command line; one from the
/// file system's root is looked for in the repository that it lies in.
fn from_git(
    reference: &Reference<'_>,
    sources: &mut Sources,
    output: &Output,
) -> Result<Side, Failure> {
    let path = reference.path.unwrap_or(SCHEMAS);
    let (folder, path) = if Path::new(path).is_absolute() {
        let path = Path::new(path);
        let parent = path.parent().unwrap_or(path);
        let name = path.file_name().unwrap_or_default();
        (parent, name.to_string_lossy().into_owned())
    } else {
        (Path::new("."), path.to_owned())
    };
    let path = match path.trim_start_matches("./").trim_end_matches('/') {
        "" => ".",
        path => path,
    };
    let repository = Repository::open(folder)?;
    let commit = repository.commit(reference.name)?;
    let name = format!("git:{}:", reference.name);
    let entry = match path {
        "." => Some(Entry::Folder),
        path => repository.entry(&commit, path)?,
    };
    let files = match entry {
        Some(Entry::File) => vec![path.to_owned()],
        Some(Entry::Folder) => {
            let tree = repository.at(commit.clone()).called(reference.name);
            if is_packages(&tree, path) {
                return packages_at(&tree, path, sources, output);
            }
            let files = repository.files(&commit, path)?;
            files.into_iter().filter(|it| is_shown(it)).collect()
        }
        None => {
            return Err(Failure::usage(format!(
                "`{}` has no `{path}`",
                name.trim_end_matches(':')
            )));
        }
    };
    let mut ids = Vec::new();
    for file in files {
        let bytes = repository.read(&commit, &file)?.unwrap_or_default();
        let input = Input::File(format!("{name}{file}").into());
        ids.push(add(sources, &input, bytes)?);
    }
    if ids.is_empty() {
        return Err(Failure::usage(format!(
            "there is no .yaml or .yml file below `{name}{path}`"
        )));
    }
    Ok(Side::Documents(ids))
}

/// As folders are read: YAML that no part of the path hides.
fn is_shown(path: &str) -> bool {
    let hidden = path
        .split('/')
        .any(|part| part.starts_with('.') && part != "." && part != "..");
    !hidden && files::is_yaml(path.as_ref())
}
