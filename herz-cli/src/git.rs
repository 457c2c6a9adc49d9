//! Reading a git repository, read only, by the program `git`: it knows worktrees, packs and
//! partial clones. Nothing is checked out.

use crate::exit::Failure;
use herz_dsl::compile::SourceProvider;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `git:REF` or `git:REF:path`, as options write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference<'t> {
    /// A branch, a tag, a hash, `HEAD~2`.
    pub(crate) name: &'t str,
    /// A file or folder in it.
    pub(crate) path: Option<&'t str>,
}

impl<'t> Reference<'t> {
    /// None if the text does not begin with `git:`. No name of a commit has a colon in it.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix("git:")?;
        Some(match rest.split_once(':') {
            Some((name, path)) => Self {
                name,
                path: Some(path),
            },
            None => Self {
                name: rest,
                path: None,
            },
        })
    }

    /// The name of a commit where an option takes nothing else.
    pub(crate) fn commit_only(option: &str, text: &'t str) -> Result<&'t str, Failure> {
        match Self::parse(text) {
            Some(Self { name, path: None }) => Ok(name),
            _ => Err(Failure::usage(format!(
                "{option} {text}: expected git:REF such as `git:v1.2.0`"
            ))),
        }
    }
}

/// A folder inside a git repository.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    folder: PathBuf,
}

/// A commit that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commit {
    hash: String,
}

impl Repository {
    /// The repository that a folder lies in.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let repository = Self {
            folder: folder.to_owned(),
        };
        match repository.run(&["rev-parse", "--git-dir"]) {
            Ok(Some(_)) => Ok(repository),
            Ok(None) => Err(Failure::usage(format!(
                "`{}` is in no git repository",
                folder.display()
            ))),
            Err(failure) => Err(failure),
        }
    }

    /// What `git` prints; `None` if it fails.
    fn run(&self, args: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
        let output = Command::new("git")
            .arg("-C")
            .arg(&self.folder)
            .args(args)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .map_err(|error| {
                Failure::usage(format!(
                    "`git` can't be started, which reads history: {error}"
                ))
            })?;
        Ok(output.status.success().then_some(output.stdout))
    }

    fn text(&self, args: &[&str]) -> Result<Option<String>, Failure> {
        let bytes = self.run(args)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The commit that a name means: a branch, a tag, a hash, `HEAD~2`.
    pub(crate) fn commit(&self, name: &str) -> Result<Commit, Failure> {
        let name_of_commit = format!("{name}^{{commit}}");
        let args = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &name_of_commit,
        ];
        let hash = self.text(&args)?.map(|text| text.trim().to_owned());
        hash.filter(|hash| !hash.is_empty())
            .map(|hash| Commit { hash })
            .ok_or_else(|| Failure::usage(format!("git knows no commit `{name}`")))
    }

    /// The tags that the history of a commit has.
    pub(crate) fn tags(&self, commit: &Commit) -> Result<Vec<String>, Failure> {
        let text = self.text(&["tag", "--list", "--merged", &commit.hash])?;
        Ok(text
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect())
    }

    /// A file of a commit, by its path from this folder. `None`: it did not have the file.
    pub(crate) fn read(&self, commit: &Commit, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        self.run(&["cat-file", "blob", &object(commit, path)])
    }

    /// What a commit has at a path from this folder.
    pub(crate) fn entry(&self, commit: &Commit, path: &str) -> Result<Option<Entry>, Failure> {
        let kind = self.text(&["cat-file", "-t", &object(commit, path)])?;
        Ok(match kind.as_deref().map(str::trim) {
            Some("blob") => Some(Entry::File),
            Some("tree") => Some(Entry::Folder),
            _ => None,
        })
    }

    /// The files of a commit at and below a path from this folder, sorted. Links are no files here:
    /// they may lead out of the commit.
    pub(crate) fn files(&self, commit: &Commit, path: &str) -> Result<Vec<String>, Failure> {
        let path = if path.is_empty() { "." } else { path };
        let args = ["ls-tree", "-r", "-z", &commit.hash, "--", path];
        let text = self.text(&args)?.unwrap_or_default();
        // `100644 blob HASH<tab>path`, 120000 for links, `commit` for other repositories.
        let file = |line: &str| {
            let (head, name) = line.split_once('\t')?;
            let is_file = head.starts_with("100") && head.contains(" blob ");
            is_file.then(|| name.to_owned())
        };
        let mut files: Vec<String> = text.split('\0').filter_map(file).collect();
        files.sort();
        Ok(files)
    }

    /// A commit as a folder that schemas are read from.
    pub(crate) fn at(&self, commit: Commit) -> Tree<'_> {
        Tree {
            repository: self,
            name: commit.hash.clone(),
            commit,
        }
    }
}

/// What stands at a path of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// The files of a commit, by their paths from the repository's folder.
#[derive(Debug)]
pub(crate) struct Tree<'r> {
    repository: &'r Repository,
    commit: Commit,
    /// What messages call the commit: its hash, if nothing else is said.
    name: String,
}

impl Tree<'_> {
    /// The same, called in messages as the user calls it.
    pub(crate) fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }
}

impl SourceProvider for Tree<'_> {
    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let files = self
            .repository
            .files(&self.commit, path.trim_end_matches('/'));
        match files.map_err(failed)? {
            files if files.is_empty() => Err(io::ErrorKind::NotFound.into()),
            files => Ok(files),
        }
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let bytes = self.repository.read(&self.commit, path).map_err(failed)?;
        bytes.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn shown(&self, path: &str) -> String {
        format!("git:{}:{path}", self.name)
    }
}

fn failed(failure: Failure) -> io::Error {
    io::Error::other(failure.message)
}

/// `HASH:./path`, from the folder and not from the repository's top.
fn object(commit: &Commit, path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    format!("{}:./{path}", commit.hash)
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn references_are_split_at_the_first_colon() {
        let parse = |text| Reference::parse(text).map(|it| (it.name, it.path));
        assert_eq!(parse("git:main"), Some(("main", None)));
        assert_eq!(
            parse("git:v1.2.0:openapi/a:b.yaml"),
            Some(("v1.2.0", Some("openapi/a:b.yaml")))
        );
        assert_eq!(parse("main:openapi"), None);
        assert!(Reference::commit_only("--against", "git:main").is_ok());
        for text in ["main", "git:main:x", ""] {
            let failure = Reference::commit_only("--against", text).unwrap_err();
            assert!(failure.message.contains("git:REF"), "{}", failure.message);
        }
    }
}
