//! Generated files.

use std::io;
use std::path::{Path, PathBuf};

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path from the output folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// The files of one run, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(Vec<File>);

impl Files {
    /// These files.
    pub fn new(mut files: Vec<File>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self(files)
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of the file with that path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|file| file.path == path)
            .map(|file| file.text.as_str())
    }

    /// Writes each file whose text differs from what is there; says which were written.
    ///
    /// A file that has not changed keeps its time stamp, so that nothing that depends on it is
    /// built again.
    pub fn write(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        for file in &self.0 {
            let path = folder.join(&file.path);
            if write_if_changed(&path, file.text.as_bytes())? {
                written.push(path);
            }
        }
        Ok(written)
    }
}

/// Writes a file unless it has that content already; says whether it wrote.
pub fn write_if_changed(path: &Path, content: &[u8]) -> io::Result<bool> {
    if std::fs::read(path).is_ok_and(|old| old == content) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, content)?;
    Ok(true)
}
