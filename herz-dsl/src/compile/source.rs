//! Where schema texts come from. The compiler itself reads no files: it is given texts, and this
//! module gathers them through a [`SourceProvider`].

use crate::diagnostic::{Diagnostic, codes};
use crate::schema::{self, PackageFile, Reader};
use crate::source::{SourceId, Sources, Span};
use std::collections::BTreeMap;
use std::io;

/// Name of the file that makes a folder a package.
pub const PACKAGE_FILE: &str = "package.yaml";

/// One text of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Number in the run's [`Sources`].
    pub id: SourceId,
    /// Path as diagnostics show it; files are compiled in the order of their names.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The texts of one package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageSource {
    /// `package.yaml`. Without it the files form a package named `local`.
    pub package: Option<SourceFile>,
    /// The other files.
    pub files: Vec<SourceFile>,
    /// Imported OpenAPI documents, by the path that `imports:` writes.
    pub imports: BTreeMap<String, SourceFile>,
}

/// Gives folders and files. [`Folders`] reads the file system, [`Texts`] holds them in memory.
pub trait SourceProvider {
    /// Paths of all files below a folder, or the path itself if it is a file.
    fn list(&self, path: &str) -> io::Result<Vec<String>>;

    /// Content of a file.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// How messages name a file; by its path, if nothing else is said.
    fn shown(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// The file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Folders;

impl SourceProvider for Folders {
    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let mut files = Vec::new();
        let mut open = vec![std::path::PathBuf::from(path)];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                for entry in std::fs::read_dir(&path)? {
                    let entry = entry?;
                    // Hidden folders hold no schemas, and links may form circles.
                    let hidden = entry.file_name().to_string_lossy().starts_with('.');
                    let linked = entry.file_type()?.is_symlink() && entry.path().is_dir();
                    if !hidden && !linked {
                        open.push(entry.path());
                    }
                }
            } else if path.exists() {
                files.push(path.to_string_lossy().into_owned());
            } else {
                return Err(io::ErrorKind::NotFound.into());
            }
        }
        files.sort();
        Ok(files)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }
}

/// Texts in memory, by path with `/` between folders.
#[derive(Debug, Clone, Default)]
pub struct Texts(pub BTreeMap<String, Vec<u8>>);

impl SourceProvider for Texts {
    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let path = path.trim_end_matches('/');
        let below = |name: &str| {
            path.is_empty()
                || path == "."
                || name == path
                || name
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        Ok(self.0.keys().filter(|name| below(name)).cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0
            .get(path)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Gathers the packages at and below each path.
///
/// Every folder with a `package.yaml` is a package of its own, wherever it stands below `path`.
/// Files that belong to none form one package named `local`. A path that can't be read is a
/// finding, never an error of this function.
pub fn load(
    provider: &dyn SourceProvider,
    paths: &[&str],
    sources: &mut Sources,
) -> (Vec<PackageSource>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut files: Vec<String> = Vec::new();
    for path in paths {
        match provider.list(path) {
            Ok(found) => {
                // A file named on the command line is read whatever its name is.
                files.extend(
                    found
                        .into_iter()
                        .filter(|file| is_schema(file) || file == path),
                );
            }
            Err(error) => diagnostics.push(unreadable(None, path, &error)),
        }
    }
    files.sort();
    files.dedup();

    let roots: Vec<&str> = files
        .iter()
        .filter(|file| name_of(file) == PACKAGE_FILE)
        .map(|file| folder_of(file))
        .collect();
    let mut packages: BTreeMap<&str, PackageSource> = BTreeMap::new();
    let mut local = PackageSource::default();
    for file in &files {
        let bytes = match provider.read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                diagnostics.push(unreadable(None, file, &error));
                continue;
            }
        };
        let source = add(provider, sources, file, bytes);
        // The innermost package folder around the file.
        let home = roots
            .iter()
            .copied()
            .filter(|root| is_below(file, root))
            .max_by_key(|root| root.len());
        match home {
            Some(root) if name_of(file) == PACKAGE_FILE => {
                packages.entry(root).or_default().package = Some(source);
            }
            Some(root) => packages.entry(root).or_default().files.push(source),
            None => local.files.push(source),
        }
    }
    for (root, package) in &mut packages {
        load_imports(provider, root, package, sources, &mut diagnostics);
    }
    let mut packages: Vec<PackageSource> = packages.into_values().collect();
    if !local.files.is_empty() {
        packages.push(local);
    }
    (packages, diagnostics)
}

/// Reads the OpenAPI documents that `package.yaml` names.
fn load_imports(
    provider: &dyn SourceProvider,
    root: &str,
    package: &mut PackageSource,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(file) = &package.package else { return };
    let (documents, _, _) = schema::documents(file.id, &file.bytes);
    // What is wrong with the file is told when the package is compiled.
    let mut reader = Reader::default();
    let written = documents
        .first()
        .and_then(|root| PackageFile::read(&mut reader, root));
    for (_, path) in written.map(|written| written.imports).unwrap_or_default() {
        let full = join(root, &path.text);
        match provider.read(&full) {
            Ok(bytes) => {
                package
                    .imports
                    .insert(path.text, add(provider, sources, &full, bytes));
            }
            Err(error) => diagnostics.push(unreadable(Some(path.span), &full, &error)),
        }
    }
}

fn add(
    provider: &dyn SourceProvider,
    sources: &mut Sources,
    name: &str,
    bytes: Vec<u8>,
) -> SourceFile {
    let id = sources.add(
        provider.shown(name),
        String::from_utf8_lossy(&bytes).into_owned(),
    );
    SourceFile {
        id,
        name: name.to_owned(),
        bytes,
    }
}

fn unreadable(span: Option<Span>, path: &str, error: &io::Error) -> Diagnostic {
    let message = format!("`{path}` can't be read: {}", error.kind());
    let mut finding = Diagnostic::error(codes::UNREADABLE, Span::default(), message);
    finding.span = span;
    finding
}

fn is_schema(file: &str) -> bool {
    let name = name_of(file);
    !name.starts_with('.')
        && std::path::Path::new(name)
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml")
}

fn name_of(file: &str) -> &str {
    file.rsplit(['/', std::path::MAIN_SEPARATOR])
        .next()
        .unwrap_or(file)
}

fn folder_of(file: &str) -> &str {
    file.strip_suffix(name_of(file)).unwrap_or("")
}

fn is_below(file: &str, root: &str) -> bool {
    file.starts_with(root)
}

/// `schemas/chaos-mesh/` and `../../openapi/k.yaml` -> `openapi/k.yaml`.
fn join(root: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let absolute = root.starts_with('/');
    let mut parts: Vec<&str> = root
        .split(['/', std::path::MAIN_SEPARATOR])
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    format!("{}{}", if absolute { "/" } else { "" }, parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_paths() {
        assert_eq!(
            join("schemas/chaos-mesh/", "../../openapi/k.yaml"),
            "openapi/k.yaml"
        );
        assert_eq!(join("/a/b/", "../c.yaml"), "/a/c.yaml");
        assert_eq!(join("", "../c.yaml"), "../c.yaml");
        assert_eq!(join("./", "c.yaml"), "c.yaml");
        assert_eq!(join("a/", "/c.yaml"), "/c.yaml");
    }

    fn texts(files: &[(&str, &str)]) -> Texts {
        Texts(
            files
                .iter()
                .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
                .collect(),
        )
    }

    #[test]
    fn finds_packages_at_any_depth() {
        let provider = texts(&[
            (
                "s/a/package.yaml",
                "package: a\ngroup: a\nimports: { k: ../k.yml }\n",
            ),
            ("s/a/one.yaml", ""),
            ("s/a/deep/two.yaml", ""),
            ("s/a/inner/package.yaml", "package: b\ngroup: b\n"),
            ("s/a/inner/three.yaml", ""),
            ("s/k.yml", ""),
            ("s/readme.md", ""),
        ]);
        let mut sources = Sources::new();
        let (packages, diagnostics) = load(&provider, &["s/a"], &mut sources);
        assert_eq!(diagnostics, []);
        let names: Vec<Vec<&str>> = packages
            .iter()
            .map(|p| p.files.iter().map(|f| f.name.as_str()).collect())
            .collect();
        assert_eq!(
            names,
            [
                vec!["s/a/deep/two.yaml", "s/a/one.yaml"],
                vec!["s/a/inner/three.yaml"]
            ]
        );
        assert_eq!(packages[0].imports["../k.yml"].name, "s/k.yml");
    }

    #[test]
    fn files_without_a_package_form_one() {
        let provider = texts(&[("x/a.yaml", "kind: A"), ("x/b.yaml", "kind: B")]);
        let (packages, diagnostics) = load(&provider, &["x"], &mut Sources::new());
        assert_eq!(diagnostics, []);
        assert_eq!(packages.len(), 1);
        assert!(packages[0].package.is_none());
        assert_eq!(packages[0].files.len(), 2);
    }

    #[test]
    fn an_import_that_is_not_there_is_told_at_its_place() {
        let provider = texts(&[(
            "a/package.yaml",
            "package: a\ngroup: a\nimports: { k: no.yaml }\n",
        )]);
        let (_, diagnostics) = load(&provider, &["a"], &mut Sources::new());
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].code, codes::UNREADABLE);
        assert!(diagnostics[0].span.is_some());
    }
}
