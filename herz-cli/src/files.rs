//! Finding and reading the files that the user names.

use crate::exit::Failure;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A text to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// How findings call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// Its bytes, at most `limit` and one more, so that a reader can tell that it is too big
    /// without holding all of it.
    pub(crate) fn read(&self, limit: usize) -> io::Result<Vec<u8>> {
        let cap = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        match self {
            Self::Stdin => io::stdin().lock().take(cap).read_to_end(&mut bytes)?,
            Self::File(path) => {
                let file = fs::File::open(path)?;
                if let Ok(meta) = file.metadata() {
                    bytes.reserve(usize::try_from(meta.len().min(cap)).unwrap_or(0) + 1);
                }
                file.take(cap).read_to_end(&mut bytes)?
            }
        };
        Ok(bytes)
    }
}

/// The inputs that `paths` mean: files as they are, `-` for stdin, and every `.yaml` and `.yml`
/// below folders, sorted by path. Hidden files and folders below a named folder are left out;
/// links to folders are not followed, so a circle can't be walked.
pub(crate) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
            continue;
        }
        let meta = fs::metadata(path)
            .map_err(|error| Failure::usage(format!("can't read `{}`: {error}", path.display())))?;
        if meta.is_dir() {
            walk(path, &mut inputs)?;
        } else {
            inputs.push(Input::File(path.clone()));
        }
    }
    Ok(inputs)
}

fn walk(folder: &Path, inputs: &mut Vec<Input>) -> Result<(), Failure> {
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        let failure = |error: io::Error| {
            Failure::usage(format!("can't read folder `{}`: {error}", folder.display()))
        };
        let mut folders = Vec::new();
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let kind = entry.file_type().map_err(failure)?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if is_yaml(&entry.path()) && (kind.is_file() || !entry.path().is_dir()) {
                files.push(entry.path());
            }
        }
        files.sort_unstable();
        inputs.extend(files.into_iter().map(Input::File));
        folders.sort_unstable_by(|a, b| b.cmp(a));
        pending.extend(folders);
    }
    Ok(())
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("yaml") || ext.eq_ignore_ascii_case("yml"))
}
