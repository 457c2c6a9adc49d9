//! Specs of a folder, watched: rules change when files do, all of them at once or not at all.
//!
//! A bad file keeps the rules that are set, and is told. Links are followed, so a `ConfigMap` that is
//! swapped under Kubernetes counts as one change. A file that is still being written is waited for: half
//! of it may be right, and mean something else. A file's experiment begins when it is seen first, and ends
//! after its `duration`, or when the file is gone.

use crate::book::RuleBook;
use crate::rule::{Rule, rules_of};
use herz::ChaosSpec;
use herz_runtime::{Experiment, Target};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

/// The folder is looked at as often as this.
const LOOK: Duration = Duration::from_millis(200);
/// Files are not larger than this, all together.
const LIMIT: u64 = 16 << 20;

/// What became of a look at the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reloaded {
    /// Rules were exchanged.
    Set {
        /// Their generation.
        generation: u64,
        /// Titles of the experiments that are set.
        experiments: Vec<String>,
    },
    /// The folder is as it was.
    Unchanged,
    /// The rules stay as they are, since something in the folder can't be used.
    Kept {
        /// What, each with its file and place.
        problems: Vec<String>,
    },
}

/// Watches a folder for one service. Dropping it ends the watch; the rules stay.
#[derive(Debug)]
pub struct Reload {
    inner: Arc<Inner>,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Inner {
    folder: PathBuf,
    target: Target,
    book: RuleBook,
    tell: Box<dyn Fn(&Reloaded) + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The folder as it was at the last look.
    glimpsed: Option<Vec<Mark>>,
    /// The folder as it was read last.
    seen: Option<Vec<Mark>>,
    /// What is in it: experiments by title and spec, and when each was seen first.
    entries: BTreeMap<String, Entry>,
    /// What is set.
    set: Vec<String>,
}

#[derive(Clone)]
struct Entry {
    title: String,
    rules: Vec<Rule>,
    until: Option<Instant>,
}

/// What has the name of a file of specs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    path: PathBuf,
    /// The file, or why there is none to read.
    file: Result<Stamp, String>,
}

/// A file, so that another one in its place is told from it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    really: PathBuf,
    length: u64,
    changed: Option<SystemTime>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reload")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Reload {
    /// Reads the folder once, and watches it from then on. `target` is the service, as selectors see
    /// it; whoever else sets rules in `book` is overruled. `tell` hears of each change.
    pub fn start(
        folder: impl Into<PathBuf>,
        target: Target,
        book: RuleBook,
        tell: impl Fn(&Reloaded) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let inner = Arc::new(Inner {
            folder: folder.into(),
            target,
            book,
            tell: Box::new(tell),
            state: Mutex::default(),
        });
        inner.look(true);
        let (stop, stopped) = mpsc::channel::<()>();
        let watching = Arc::clone(&inner);
        let thread = std::thread::Builder::new()
            .name("herz-reload".to_owned())
            .spawn(move || {
                while stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                    watching.look(false);
                }
            })?;
        Ok(Self {
            inner,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Reads the folder now, changed or not: for SIGHUP.
    pub fn now(&self) -> Reloaded {
        self.inner.look(true)
    }
}

impl Drop for Reload {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Inner {
    fn look(&self, always: bool) -> Reloaded {
        let mut state = self.state();
        let marks = marks(&self.folder);
        let settled = state.glimpsed.replace(marks.clone()).as_ref() == Some(&marks);
        if !always && (!settled || state.seen.as_ref() == Some(&marks)) {
            return self.publish(&mut state);
        }
        match self.read(&marks, &state.entries) {
            Ok(entries) => {
                state.entries = entries;
                state.seen = Some(marks);
                self.publish(&mut state)
            }
            Err(problems) => {
                let kept = Reloaded::Kept { problems };
                (self.tell)(&kept);
                state.seen = Some(marks);
                // What is over ends, whatever the folder looks like.
                self.publish(&mut state);
                kept
            }
        }
    }

    /// Sets what is in the folder and not over, if that is another set than before.
    fn publish(&self, state: &mut State) -> Reloaded {
        let now = Instant::now();
        let due = |entry: &Entry| entry.until.is_none_or(|until| now < until);
        let live = || state.entries.iter().filter(|(_, entry)| due(entry));
        if live().map(|(key, _)| key).eq(&state.set) && self.book.chaos().generation() > 0 {
            return Reloaded::Unchanged;
        }
        let rules = live().map(|(key, entry)| (key.clone(), entry.rules.clone()));
        let reloaded = Reloaded::Set {
            generation: self.book.replace_all(rules),
            experiments: live().map(|(_, entry)| entry.title.clone()).collect(),
        };
        state.set = live().map(|(key, _)| key.clone()).collect();
        (self.tell)(&reloaded);
        reloaded
    }

    fn read(
        &self,
        marks: &[Mark],
        before: &BTreeMap<String, Entry>,
    ) -> Result<BTreeMap<String, Entry>, Vec<String>> {
        let (mut entries, mut problems) = (BTreeMap::new(), Vec::new());
        for mark in marks {
            let name = mark.path.display();
            let bytes = match &mark.file {
                Ok(_) => fs::read(&mark.path).map_err(|error| error.to_string()),
                Err(why) => Err(why.clone()),
            };
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(why) => {
                    problems.push(format!("{name}: {why}"));
                    continue;
                }
            };
            match herz::yaml::read_valid(&bytes) {
                Ok(specs) => {
                    for spec in specs {
                        match self.entry(&spec, before) {
                            Ok(Some((key, entry))) => {
                                entries.insert(key, entry);
                            }
                            Ok(None) => {}
                            Err(problem) => problems.push(format!("{name}: {problem}")),
                        }
                    }
                }
                Err(found) => problems.extend(found.iter().map(|one| format!("{name}:{one}"))),
            }
        }
        // What changed while it was read is read again at the next look.
        if problems.is_empty() && self::marks(&self.folder) != marks {
            problems.push(format!("{} changes right now", self.folder.display()));
        }
        if problems.is_empty() {
            Ok(entries)
        } else {
            Err(problems)
        }
    }

    /// An experiment on this service; nothing if it is about another one.
    fn entry(
        &self,
        spec: &ChaosSpec,
        before: &BTreeMap<String, Entry>,
    ) -> Result<Option<(String, Entry)>, String> {
        if matches!(spec, ChaosSpec::Inventory(_)) {
            return Ok(None);
        }
        let json = serde_json::to_value(spec).map_err(|error| error.to_string())?;
        let experiment = Experiment::from_json(&json).map_err(|error| error.to_string())?;
        let rules = rules_of(spec).map_err(|error| error.to_string())?;
        if !experiment.selector.fits(&self.target) {
            return Ok(None);
        }
        let key = format!("{} {}", experiment.title(), experiment.spec);
        let until = match before.get(&key) {
            Some(known) => known.until,
            None => experiment.duration.map(|span| Instant::now() + span),
        };
        let title = experiment.title();
        Ok(Some((
            key,
            Entry {
                title,
                rules,
                until,
            },
        )))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files of a folder: every `.yaml` and `.yml` in it, links followed, hidden ones left out. A folder
/// that can't be looked into is the only mark of itself.
fn marks(folder: &Path) -> Vec<Mark> {
    let none = |why: String| {
        let path = folder.to_owned();
        vec![Mark {
            path,
            file: Err(why),
        }]
    };
    let names: Vec<PathBuf> = match names(folder) {
        Ok(names) => names,
        Err(error) => return none(error.to_string()),
    };
    let mut found: Vec<Mark> = names.into_iter().filter_map(mark).collect();
    let stamps = found.iter().filter_map(|mark| mark.file.as_ref().ok());
    if stamps.map(|stamp| stamp.length).sum::<u64>() > LIMIT {
        let limit = LIMIT >> 20;
        return none(format!(
            "more than {limit} MiB of specs; what is for other services belongs in a folder of its own"
        ));
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn names(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let ending = path.extension().unwrap_or_default();
        let is_yaml = ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml");
        if is_yaml && !name.as_encoded_bytes().starts_with(b".") {
            found.push(path);
        }
    }
    Ok(found)
}

/// What is at a path; nothing where it went away since its folder was read.
fn mark(path: PathBuf) -> Option<Mark> {
    let file = match (fs::metadata(&path), fs::canonicalize(&path)) {
        (Ok(meta), Ok(really)) if meta.is_file() => Ok(Stamp {
            really,
            length: meta.len(),
            changed: meta.modified().ok(),
        }),
        (Ok(_), Ok(_)) => Err(
            "it is no file; take it away, or give it a name that does not end like one of specs"
                .to_owned(),
        ),
        (Err(error), _) | (_, Err(error)) => {
            // A link is still there when what it leads to is not.
            fs::symlink_metadata(&path).ok()?;
            Err(format!("{error}; take it away, or mend what it leads to"))
        }
    };
    Some(Mark { path, file })
}
