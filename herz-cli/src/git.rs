//! Reading a git repository, read only, by the program `git`: it knows worktrees, packs and
//! partial clones. Nothing is checked out.

use crate::exit::Failure;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

    /// The files of a commit at and below a path from this folder, sorted.
    pub(crate) fn files(&self, commit: &Commit, path: &str) -> Result<Vec<String>, Failure> {
        let args = [
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            &commit.hash,
            "--",
            path,
        ];
        let text = self.text(&args)?.unwrap_or_default();
        let mut files: Vec<String> = text
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        files.sort();
        Ok(files)
    }
}

/// `HASH:./path`, from the folder and not from the repository's top.
fn object(commit: &Commit, path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    format!("{}:./{path}", commit.hash)
}
