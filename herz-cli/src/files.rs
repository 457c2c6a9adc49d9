//! Finding and reading the files that the user names.

use crate::exit::Failure;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A text to work on.
#[derive(Debug)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A folder that can't be looked into, and why.
    Folder(PathBuf, io::Error),
}

impl Input {
    /// What the user names: a path, or `-` for stdin.
    pub(crate) fn named(path: &Path) -> Self {
        if path.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::File(path.to_owned())
        }
    }

    /// How findings call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) | Self::Folder(path, _) => path.to_string_lossy().into_owned(),
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
            Self::Folder(_, error) => return Err(io::Error::new(error.kind(), error.to_string())),
        };
        Ok(bytes)
    }
}

/// Why something can't be read, without the number that the operating system gives it.
pub(crate) fn why(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error ") {
        Some((words, _)) => words.to_lowercase(),
        None => text,
    }
}

/// The inputs that `paths` mean, one after the other as they are found: files as they are, `-` for
/// stdin, and every `.yaml` and `.yml` below folders, in the order of their paths. Below a named
/// folder hidden files and folders are left out, and everything that is no file; links to folders
/// are not followed, so a circle can't be walked. A folder is read when its turn comes: of a
/// big tree only the way to the present place is held in memory.
pub(crate) struct Walk<'p> {
    paths: std::slice::Iter<'p, PathBuf>,
    /// Files of the present folder.
    files: std::vec::IntoIter<PathBuf>,
    /// Folders to look into, the next one last.
    folders: Vec<PathBuf>,
}

/// The inputs that `paths` mean; a path that does not exist is wrong usage.
pub(crate) fn walk(paths: &[PathBuf]) -> Result<Walk<'_>, Failure> {
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        exists(path)?;
    }
    Ok(Walk {
        paths: paths.iter(),
        files: Vec::new().into_iter(),
        folders: Vec::new(),
    })
}

/// A path that does not exist is wrong usage.
pub(crate) fn exists(path: &Path) -> Result<(), Failure> {
    fs::metadata(path)
        .map(drop)
        .map_err(|error| unreadable(path, &error))
}

/// A path that must be read and can't be.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("can't read `{}`: {}", path.display(), why(error)))
}

impl Iterator for Walk<'_> {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(file) = self.files.next() {
                return Some(Input::File(file));
            }
            if let Some(folder) = self.folders.pop() {
                if let Err(error) = self.look_into(&folder) {
                    return Some(Input::Folder(folder, error));
                }
                continue;
            }
            let path = self.paths.next()?;
            match Input::named(path) {
                Input::File(path) if path.is_dir() => self.folders.push(path),
                input => return Some(input),
            }
        }
    }
}

impl Walk<'_> {
    fn look_into(&mut self, folder: &Path) -> io::Result<()> {
        let mut folders = Vec::new();
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if is_yaml(&name) && (kind.is_file() || leads_to_file(&entry.path())) {
                files.push(entry.path());
            }
        }
        files.sort_unstable();
        self.files = files.into_iter();
        folders.sort_unstable_by(|a, b| b.cmp(a));
        self.folders.append(&mut folders);
        Ok(())
    }
}

/// Whether a link leads to a file, or to nothing, which is worth telling. Pipes and sockets are not
/// read: one without a writer would never end.
fn leads_to_file(path: &Path) -> bool {
    let is_link = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink());
    is_link && fs::metadata(path).map_or(true, |meta| meta.is_file())
}

/// Whether a name ends as those of YAML files do.
pub(crate) fn is_yaml(name: &OsStr) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("yaml") || ext.eq_ignore_ascii_case("yml"))
}

/// Puts a text in a file's place at once: a reader sees the old one or the new one, a crash
/// leaves the old one. Permissions stay; a link is followed.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let failure =
        |error: io::Error| Failure::usage(format!("can't write `{}`: {error}", path.display()));
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let beside = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let write = || -> io::Result<()> {
        let mut file = fs::File::create(&beside)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        if let Ok(meta) = fs::metadata(&target) {
            fs::set_permissions(&beside, meta.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &target)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&beside);
        failure(error)
    })
}

/// When each file was changed and how long it is.
pub(crate) type Stamps = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// The stamps of files, and of all files below folders: two looks that differ tell of a change. Hidden
/// files and links to folders are left out; links to files count as what they lead to.
pub(crate) fn stamps(paths: &[PathBuf]) -> Stamps {
    let mut stamps = Stamps::new();
    let mut open = paths.to_vec();
    while let Some(path) = open.pop() {
        let Ok(meta) = path.metadata() else { continue };
        if meta.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            let below = entries.filter(|entry| {
                let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
                let leads_to_folder = link && entry.path().is_dir();
                !hidden && !leads_to_folder
            });
            open.extend(below.map(|entry| entry.path()));
        } else {
            stamps.insert(path, (meta.modified().ok(), meta.len()));
        }
    }
    stamps
}
