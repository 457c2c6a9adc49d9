//! Pages of the docs as scripts: the blocks of a page, run in a folder of its own.

use crate::support::root;
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A fenced block.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) language: String,
    pub(crate) text: String,
}

/// A page, and the folder in which its commands run.
pub(crate) struct Page {
    blocks: Vec<Block>,
    folder: tempfile::TempDir,
    /// Blocks that were used, so that none is forgotten.
    used: RefCell<Vec<bool>>,
}

impl Page {
    /// A page of `docs/how-to`.
    pub(crate) fn open(name: &str) -> Self {
        let text = fs::read_to_string(root().join("docs/how-to").join(name)).unwrap();
        let mut blocks: Vec<Block> = Vec::new();
        let mut inside = false;
        for line in text.lines() {
            match line.strip_prefix("```") {
                Some(_) if inside => inside = false,
                Some(language) => {
                    inside = true;
                    blocks.push(Block {
                        language: language.to_owned(),
                        text: String::new(),
                    });
                }
                None if inside => {
                    let block = blocks.last_mut().unwrap();
                    block.text.push_str(line);
                    block.text.push('\n');
                }
                None => {}
            }
        }
        assert!(!inside, "{name}: a block has no end");
        let used = RefCell::new(vec![false; blocks.len()]);
        let folder = tempfile::tempdir().unwrap();
        Self {
            blocks,
            folder,
            used,
        }
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file in the folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.file(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Copies a file or folder of the repository into the folder.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        let from = root().join(from);
        if from.is_dir() {
            for entry in fs::read_dir(&from).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                let inner = from.join(&name);
                self.copy(inner.to_str().unwrap(), &format!("{to}/{name}"));
            }
        } else {
            self.write(to, &fs::read_to_string(from).unwrap());
        }
    }

    /// The text of the block at that place of the page, which must be of that language.
    pub(crate) fn block(&self, at: usize, language: &str) -> String {
        let block = &self.blocks[at];
        assert_eq!(block.language, language, "block {at}: {}", block.text);
        self.used.borrow_mut()[at] = true;
        block.text.clone()
    }

    /// A block that is not run, and why.
    pub(crate) fn leave(&self, at: usize, why: &str) {
        assert!(!why.is_empty());
        self.used.borrow_mut()[at] = true;
    }

    /// Runs commands by a shell, in the folder, with `herz` on the path.
    pub(crate) fn run(&self, script: &str) -> Output {
        let herz = Path::new(env!("CARGO_BIN_EXE_herz")).parent().unwrap();
        let mut path = std::ffi::OsString::from(herz);
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        Command::new("sh")
            .args(["-eu", "-c", script])
            .current_dir(self.folder())
            .env("PATH", path)
            .env("NO_COLOR", "1")
            .env("HERZ_STATE", self.file("state"))
            .env("GITHUB_STEP_SUMMARY", self.file("summary.md"))
            .env_remove("HERZ_SCHEMAS")
            .output()
            .unwrap()
    }

    /// Runs commands that must end with 0.
    pub(crate) fn succeed(&self, script: &str) -> String {
        let output = self.run(script);
        let said = said(&output);
        assert!(output.status.success(), "{script}\n{said}");
        said
    }

    /// Whether every block was used.
    pub(crate) fn done(self) {
        for (block, used) in self.blocks.iter().zip(self.used.into_inner()) {
            assert!(used, "not tried: {block:#?}");
        }
    }
}

/// What a command wrote.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The commands of a `console` block, each with the lines that it is to write. `…` stands for lines that
/// are not shown.
pub(crate) fn dialogue(block: &str) -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    for line in block.lines() {
        match line.strip_prefix("$ ") {
            Some(command) => commands.push((command.to_owned(), Vec::new())),
            None if line == "…" => {}
            None => commands.last_mut().unwrap().1.push(line.to_owned()),
        }
    }
    commands
}
