//! The list of generated files in a folder.
//!
//! One line a file, so that two branches that add different kinds merge without a conflict:
//! `json-schema 1f0c3a5577b19a02 NetworkChaos.json`.

use super::{SyncError, is_inside, write};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Name of the list in its folder.
pub const MANIFEST: &str = ".herz-gen";

const HEAD: &str =
    "# Files that `herz gen` wrote here; it removes those that are no longer generated.\n";

/// The generated files of a folder, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    entries: BTreeMap<String, Entry>,
}

/// One generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Who generates it.
    pub(super) target: String,
    /// Of its content as generated.
    pub(super) digest: u64,
    /// Path in the folder, with `/`.
    pub(super) path: String,
}

impl Manifest {
    /// The list in a folder; empty if there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, SyncError> {
        let path = folder.join(MANIFEST);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(SyncError::Read(path, error)),
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut list = Self::default();
        for (line, number) in text.lines().zip(1..) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let entry = parse(line)
                .map_err(|what| SyncError::Manifest(path.clone(), number, what.to_owned()))?;
            list.put(entry);
        }
        Ok(list)
    }

    /// Writes the list if it changed; an empty one is removed.
    pub(super) fn write(&self, folder: &Path) -> Result<(), SyncError> {
        let path = folder.join(MANIFEST);
        if self.entries.is_empty() {
            return match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(SyncError::Write(path, error))
                }
                _ => Ok(()),
            };
        }
        let mut text = HEAD.to_owned();
        for entry in self.entries.values() {
            text.push_str(&format!(
                "{} {:016x} {}\n",
                entry.target, entry.digest, entry.path
            ));
        }
        if fs::read(&path).is_ok_and(|old| digest(&old) == digest(text.as_bytes())) {
            return Ok(());
        }
        write(&path, &text)
    }

    pub(super) fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    pub(super) fn put(&mut self, entry: Entry) {
        self.entries.insert(entry.path.clone(), entry);
    }

    /// The files of a target.
    pub(super) fn of(&self, target: &str) -> impl Iterator<Item = &Entry> {
        self.entries
            .values()
            .filter(move |entry| entry.target == target)
    }

    /// The files of other targets.
    pub(super) fn without(&self, target: &str) -> Self {
        let others = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.target != target);
        Self {
            entries: others.map(|(k, v)| (k.clone(), v.clone())).collect(),
        }
    }

    /// The files of both; those of `other` count.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.entries
            .extend(other.entries.iter().map(|(k, v)| (k.clone(), v.clone())));
        both
    }
}

fn parse(line: &str) -> Result<Entry, &'static str> {
    let mut parts = line.splitn(3, ' ');
    let (Some(target), Some(digest), Some(path)) = (parts.next(), parts.next(), parts.next())
    else {
        return Err("this is no line of a list of generated files");
    };
    let digest = u64::from_str_radix(digest, 16)
        .map_err(|_| "this is no line of a list of generated files")?;
    if !is_inside(path) {
        return Err("this path leads out of the folder");
    }
    Ok(Entry {
        target: target.to_owned(),
        digest,
        path: path.to_owned(),
    })
}

/// Tells texts apart (FNV-1a, 64 bits). Line ends count alike, since version control may change
/// them. This guards against edits, not against attackers: those could write the files themselves.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut rest = bytes.iter().peekable();
    while let Some(byte) = rest.next() {
        if *byte == b'\r' && rest.peek() == Some(&&b'\n') {
            continue;
        }
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
