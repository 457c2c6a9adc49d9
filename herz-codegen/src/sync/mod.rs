//! Generated files and the folder that they go to: what is missing, what differs, what is left
//! over, what stands in the way.
//!
//! A [`manifest`] in the folder says which files are generated. Only those are ever changed
//! or removed: a file that it does not name was written by somebody, and is left alone.

mod error;
mod manifest;

pub use error::SyncError;
pub use manifest::MANIFEST;

use crate::{File, Files};
use manifest::{Entry, Manifest, digest};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// What has to be done so that a folder holds the files of one target.
#[derive(Debug)]
pub struct Plan {
    folder: PathBuf,
    target: String,
    old: Manifest,
    new: Manifest,
    files: Files,
    changes: Vec<Change>,
}

/// One file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The file, with the folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub state: State,
    /// Its path in the folder, with `/`.
    name: String,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is not there.
    Missing,
    /// It is as it was generated, and that is out of date.
    Stale,
    /// It is generated and was changed by hand. It is written anew.
    Edited,
    /// It is generated no longer, and is removed.
    Leftover,
    /// It is generated no longer, but was changed by hand. It stays, and is no longer ours.
    EditedLeftover,
}

impl State {
    /// In words, as findings say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "out of date",
            Self::Edited => "changed by hand",
            Self::Leftover => "no longer generated",
            Self::EditedLeftover => "no longer generated, and changed by hand",
        }
    }
}

impl Plan {
    /// Compares a target's files with a folder. Nothing is written.
    ///
    /// # Errors
    /// If the folder is none or can't be read, if its manifest is damaged, or if files stand in the
    /// way that nobody generated. With `force`, those are taken over.
    pub fn new(folder: &Path, target: &str, files: &Files, force: bool) -> Result<Self, SyncError> {
        if folder.symlink_metadata().is_ok() && !folder.is_dir() {
            return Err(SyncError::NoFolder(folder.to_owned()));
        }
        check_names(files)?;
        let old = Manifest::read(folder)?;
        let mut plan = Self {
            folder: folder.to_owned(),
            target: target.to_owned(),
            new: old.without(target),
            old,
            files: files.clone(),
            changes: Vec::new(),
        };
        let mut in_the_way = Vec::new();
        for file in files.iter() {
            plan.compare(file, force, &mut in_the_way)?;
        }
        if !in_the_way.is_empty() {
            return Err(SyncError::InTheWay(in_the_way));
        }
        plan.find_leftovers()?;
        Ok(plan)
    }

    /// The files that are not as they should be, sorted by path.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    fn compare(
        &mut self,
        file: &File,
        force: bool,
        in_the_way: &mut Vec<PathBuf>,
    ) -> Result<(), SyncError> {
        let path = self.folder.join(&file.path);
        let known = self.old.get(&file.path);
        if let Some(entry) = known.filter(|entry| entry.target != self.target) {
            return Err(SyncError::Shared(path, entry.target.clone()));
        }
        let digest_now = digest(file.text.as_bytes());
        let state = match read(&path)? {
            Found::Nothing => Some(State::Missing),
            Found::Folder => {
                in_the_way.push(path);
                return Ok(());
            }
            Found::File(bytes) => {
                let there = digest(&bytes);
                match known {
                    _ if there == digest_now => None,
                    Some(entry) if entry.digest == there => Some(State::Stale),
                    Some(_) => Some(State::Edited),
                    None if force => Some(State::Edited),
                    None => {
                        in_the_way.push(path);
                        return Ok(());
                    }
                }
            }
        };
        self.new.put(Entry {
            target: self.target.clone(),
            digest: digest_now,
            path: file.path.clone(),
        });
        self.change(&file.path, state);
        Ok(())
    }

    fn find_leftovers(&mut self) -> Result<(), SyncError> {
        let mut states = Vec::new();
        for entry in self.old.of(&self.target) {
            if self.new.get(&entry.path).is_some() {
                continue;
            }
            let path = self.folder.join(&entry.path);
            // A folder of that name was made by somebody, and what is gone is gone.
            if let Found::File(bytes) = read(&path)? {
                let state = if digest(&bytes) == entry.digest {
                    State::Leftover
                } else {
                    State::EditedLeftover
                };
                states.push((entry.path.clone(), state));
            }
        }
        for (path, state) in states {
            self.change(&path, Some(state));
        }
        self.changes.sort();
        Ok(())
    }

    fn change(&mut self, name: &str, state: Option<State>) {
        self.changes.extend(state.map(|state| Change {
            path: self.folder.join(name),
            state,
            name: name.to_owned(),
        }));
    }

    /// Writes and removes what [`Plan::changes`] says, and then the manifest.
    ///
    /// The manifest is written first with the old and the new names, so that a run that is cut off
    /// leaves no generated file that nobody knows of. Files that have not changed keep their time
    /// stamps.
    pub fn apply(&self) -> Result<(), SyncError> {
        if self
            .changes
            .iter()
            .any(|change| change.state == State::Missing)
        {
            self.old.and(&self.new).write(&self.folder)?;
        }
        for change in &self.changes {
            match change.state {
                State::Missing | State::Stale | State::Edited => {
                    let text = self.files.get(&change.name).unwrap_or_default();
                    write(&change.path, text)?;
                }
                State::Leftover => self.remove(&change.path)?,
                State::EditedLeftover => {}
            }
        }
        self.new.write(&self.folder)
    }

    /// Removes a file and the folders that are empty then.
    fn remove(&self, path: &Path) -> Result<(), SyncError> {
        fs::remove_file(path).map_err(|error| SyncError::Write(path.to_owned(), error))?;
        let mut folder = path.parent();
        while let Some(at) = folder.filter(|at| *at != self.folder) {
            // A folder that is not empty, or that may not be removed, stays.
            if fs::remove_dir(at).is_err() {
                break;
            }
            folder = at.parent();
        }
        Ok(())
    }
}

/// What stands at a path.
enum Found {
    Nothing,
    Folder,
    File(Vec<u8>),
}

fn read(path: &Path) -> Result<Found, SyncError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Found::File(bytes)),
        Err(_) if path.is_dir() => Ok(Found::Folder),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(SyncError::Read(path.to_owned(), error)),
    }
}

/// Writes a file whole or not at all: who reads it meanwhile sees the old text.
fn write(path: &Path, text: &str) -> Result<(), SyncError> {
    let failed = |error| SyncError::Write(path.to_owned(), error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".herz-new");
    let new = path.with_file_name(name);
    fs::write(&new, text)
        .and_then(|()| fs::rename(&new, path))
        .map_err(|error| {
            let _ = fs::remove_file(&new);
            failed(error)
        })
}

/// Two paths that one file system can't tell apart, or a path that leads out of the folder, would
/// lose somebody's file.
fn check_names(files: &Files) -> Result<(), SyncError> {
    let mut seen = std::collections::BTreeMap::new();
    for file in files.iter() {
        if !is_inside(&file.path) {
            return Err(SyncError::Outside(file.path.clone()));
        }
        if let Some(other) = seen.insert(file.path.to_lowercase(), &file.path) {
            return Err(SyncError::Twice(other.clone(), file.path.clone()));
        }
    }
    Ok(())
}

/// Whether a path stays inside the folder it starts from.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty()
        && !path.contains(['\\', '\n', '\r', ':', '\0'])
        && parts.all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests;
