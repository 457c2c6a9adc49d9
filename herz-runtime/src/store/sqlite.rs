//! The store as a file of `SQLite` in WAL mode.
//!
//! Undo records are committed with `synchronous=FULL` and checkpointed into the main file before the
//! fault goes out: a WAL that loses its end would lose them without a word, a main file that loses its
//! end is noticed. Events only need to survive the process, so they cost no fsync.

use super::{Journaled, Run, Store, StoreError, StoreTrouble};
use crate::event::{Event, Phase, Verdict, What};
use crate::identity::ProcessIdentity;
use crate::time::Instant;
use crate::undo::UndoRecord;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The tables of a store, for those who want to query it.
pub const SCHEMA: &str = include_str!("schema.sql");

/// `HERZ` in the header of the file.
const APPLICATION: i32 = 0x4845_525a;
const VERSION: i32 = 1;

/// A store in a file.
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the store in this file, or makes it. A damaged one is an error, never an empty one.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        if !path.exists() {
            create(path)?;
        }
        Self::open_existing(path)
    }

    fn open_existing(path: &Path) -> Result<Self, StoreError> {
        let wrap = |error: &rusqlite::Error| trouble(path, "can't be opened", error);
        let damaged = |why: &str| StoreError {
            kind: StoreTrouble::Damaged,
            message: format!(
                "the store {} is damaged: {why}. Faults that it knew of may still be in the world; look for \
                 them, then move the file away",
                path.display()
            ),
        };
        if fs::metadata(path).is_ok_and(|meta| meta.len() == 0) {
            // Herz never leaves an empty file: it is made aside and put in its place when it is whole.
            return Err(damaged("the file is empty"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| wrap(&e))?;
        connection
            .busy_timeout(Duration::from_secs(10))
            .map_err(|e| wrap(&e))?;
        let number = |pragma: &str| -> Result<i32, StoreError> {
            connection
                .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
                .map_err(|e| wrap(&e))
        };
        if number("application_id")? != APPLICATION {
            return Err(damaged("it is no store of Herz"));
        }
        let version = number("user_version")?;
        if version > VERSION {
            return Err(StoreError {
                kind: StoreTrouble::Newer,
                message: format!(
                    "the store {} has version {version}, this release knows up to {VERSION}: use a newer Herz",
                    path.display()
                ),
            });
        }
        let check: String = connection
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .map_err(|e| wrap(&e))?;
        if check != "ok" {
            return Err(damaged(check.trim_start_matches("*** ")));
        }
        Ok(Self {
            path: path.to_owned(),
            connection: Mutex::new(connection),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A transaction that was open in a panic is rolled back by its guard.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn wrap(&self, what: &str) -> impl Fn(rusqlite::Error) -> StoreError {
        let (path, what) = (self.path.clone(), what.to_owned());
        move |error| trouble(&path, &what, &error)
    }

    /// Runs a change that must be on the disk when this returns.
    fn durably(
        &self,
        what: &str,
        change: impl FnOnce(&Connection) -> rusqlite::Result<usize>,
    ) -> Result<(), StoreError> {
        let connection = self.lock();
        let write = || -> rusqlite::Result<usize> {
            connection.execute_batch("PRAGMA synchronous=FULL")?;
            let changed = change(&connection)?;
            // Readers may keep it from finishing; the WAL is durable then, and the next one moves it.
            connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
            Ok(changed)
        };
        let changed = write().map_err(self.wrap(what))?;
        if changed == 0 {
            return Err(StoreError {
                kind: StoreTrouble::Unknown,
                message: format!("{what}: there is no such run in {}", self.path.display()),
            });
        }
        Ok(())
    }

    fn damaged(&self, what: &str) -> StoreError {
        StoreError {
            kind: StoreTrouble::Damaged,
            message: format!(
                "the store {} is damaged: {what}. The fault may still be in the world",
                self.path.display()
            ),
        }
    }

    fn parse<T: DeserializeOwned>(&self, text: &str, what: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|error| self.damaged(&format!("{what}: {error}")))
    }

    fn read_run(&self, row: &Row<'_>) -> rusqlite::Result<Result<Run, StoreError>> {
        let id: String = row.get("id")?;
        let (owner, plan, seal): (String, String, String) =
            (row.get("owner")?, row.get("plan")?, row.get("seal")?);
        let (phase, verdict): (String, Option<String>) = (row.get("phase")?, row.get("verdict")?);
        let (started, ended): (i64, Option<i64>) = (row.get("started")?, row.get("ended")?);
        let read = || -> Result<Run, StoreError> {
            if seal_of(&plan) != seal {
                return Err(self.damaged(&format!("the plan of run `{id}` was changed")));
            }
            Ok(Run {
                plan: self.parse(&plan, &format!("the plan of run `{id}`"))?,
                owner: self.parse(&owner, &format!("the owner of run `{id}`"))?,
                started: Instant(started),
                ended: ended.map(Instant),
                phase: Phase::from_name(&phase)
                    .ok_or_else(|| self.damaged(&format!("`{phase}` is no phase (run `{id}`)")))?,
                verdict: verdict
                    .map(|text| self.parse(&text, &format!("the verdict of run `{id}`")))
                    .transpose()?,
                id: id.clone(),
            })
        };
        Ok(read())
    }
}

/// Makes a store aside, and puts it in its place when it is whole. Somebody else may be faster.
fn create(path: &Path) -> Result<(), StoreError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let io = |error: &std::io::Error| StoreError {
        kind: StoreTrouble::Unwritable,
        message: format!(
            "the store {} can't be made: {error}. Without it nothing is injected; name another place with \
             HERZ_STATE",
            path.display()
        ),
    };
    if let Some(folder) = folder {
        fs::create_dir_all(folder).map_err(|e| io(&e))?;
    }
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(
        ".{}-{:x}",
        std::process::id(),
        crate::selector::Random::fresh_seed()
    ));
    let aside = PathBuf::from(aside);
    let build = || -> rusqlite::Result<()> {
        let connection = Connection::open(&aside)?;
        connection.execute_batch(&format!(
            "PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION};
             BEGIN; {SCHEMA} COMMIT;
             PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE);"
        ))?;
        connection.close().map_err(|(_, error)| error)
    };
    let built = build().map_err(|error| trouble(path, "can't be made", &error));
    let linked = built.and_then(|()| match fs::hard_link(&aside, path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(io(&error)),
        _ => Ok(()),
    });
    let _ = fs::remove_file(&aside);
    linked
}

fn trouble(path: &Path, what: &str, error: &rusqlite::Error) -> StoreError {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreTrouble::Damaged,
        Some(
            ErrorCode::DiskFull
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied
            | ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure,
        ) => StoreTrouble::Unwritable,
        _ => StoreTrouble::Other,
    };
    let advice = match kind {
        StoreTrouble::Damaged => {
            ". Faults that it knew of may still be in the world; look for them, then move the file away"
        }
        StoreTrouble::Unwritable => {
            ". Without it nothing is injected; make room, or name another place with HERZ_STATE"
        }
        _ => "",
    };
    StoreError {
        kind,
        message: format!("the store {} {what}: {error}{advice}", path.display()),
    }
}

fn seal_of(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError {
        kind: StoreTrouble::Other,
        message: format!("can't be written as JSON: {error}"),
    })
}

impl Store for SqliteStore {
    fn is_durable(&self) -> bool {
        true
    }

    fn begin(&self, run: &Run) -> Result<(), StoreError> {
        let (plan, owner) = (json(&run.plan)?, json(&run.owner)?);
        let seal = seal_of(&plan);
        let experiment = &run.plan.experiment;
        self.durably("can't take a new run", |connection| {
            connection.execute(
                "INSERT INTO runs (id, kind, name, namespace, owner, started, phase, plan, seal)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    run.id,
                    experiment.kind,
                    experiment.name,
                    experiment.namespace,
                    owner,
                    run.started.0,
                    run.phase.name(),
                    plan,
                    seal
                ],
            )
        })
    }

    fn journal(&self, run: &str, record: &UndoRecord) -> Result<(), StoreError> {
        let data = json(&record.data)?;
        self.durably("can't take an undo record", |connection| {
            connection.execute(
                "INSERT INTO journal (run, step, backend, data, seal, written) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (run, step) DO UPDATE
                 SET backend = ?3, data = ?4, seal = ?5, written = ?6, undone = NULL",
                params![
                    run,
                    record.step,
                    record.backend,
                    data,
                    seal_of(&data),
                    Instant::now().0
                ],
            )
        })
    }

    fn undone(&self, run: &str, step: u32) -> Result<(), StoreError> {
        self.durably("can't mark an undo", |connection| {
            connection.execute(
                "UPDATE journal SET undone = ?3 WHERE run = ?1 AND step = ?2",
                params![run, step, Instant::now().0],
            )
        })
    }

    fn phase(&self, run: &str, phase: Phase, verdict: Option<&Verdict>) -> Result<(), StoreError> {
        let verdict = verdict.map(json).transpose()?;
        let ended = phase.is_over().then(|| Instant::now().0);
        let connection = self.lock();
        connection
            .execute_batch("PRAGMA synchronous=NORMAL")
            .and_then(|()| {
                connection.execute(
                    "UPDATE runs SET phase = ?2, ended = ?3, verdict = coalesce(?4, verdict) WHERE id = ?1",
                    params![run, phase.name(), ended, verdict],
                )
            })
            .map_err(self.wrap("can't be written"))?;
        Ok(())
    }

    fn event(&self, event: &Event) -> Result<(), StoreError> {
        let text = json(event)?;
        let mut connection = self.lock();
        let mut write = || -> rusqlite::Result<()> {
            connection.execute_batch("PRAGMA synchronous=NORMAL")?;
            let transaction = connection.transaction()?;
            transaction.execute(
                "INSERT INTO events (run, at, event) VALUES (?1, ?2, ?3)",
                params![event.run, event.at.0, text],
            )?;
            if let What::Observed { step, measures } = &event.what {
                for one in measures {
                    transaction.execute(
                        "INSERT INTO samples (run, step, at, name, unit, asked, observed)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        params![
                            event.run,
                            step,
                            event.at.0,
                            one.name,
                            one.unit,
                            one.asked,
                            one.observed
                        ],
                    )?;
                }
            }
            transaction.commit()
        };
        write().map_err(self.wrap("can't take an event"))
    }

    fn runs(&self) -> Result<Vec<Run>, StoreError> {
        let wrap = self.wrap("can't be read");
        let connection = self.lock();
        let mut query = connection
            .prepare("SELECT * FROM runs ORDER BY started, id")
            .map_err(&wrap)?;
        let rows = query
            .query_map([], |row| self.read_run(row))
            .map_err(&wrap)?;
        rows.map(|row| row.map_err(&wrap)?).collect()
    }

    fn records(&self, run: &str) -> Result<Vec<Journaled>, StoreError> {
        let wrap = self.wrap("can't be read");
        let connection = self.lock();
        let mut query = connection
            .prepare("SELECT step, backend, data, seal, undone FROM journal WHERE run = ?1 ORDER BY step")
            .map_err(&wrap)?;
        let rows = query
            .query_map([run], |row| {
                Ok((
                    row.get::<_, u32>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, Option<i64>>(4)?,
                ))
            })
            .map_err(&wrap)?;
        rows.map(|row| {
            let (step, backend, data, seal, undone) = row.map_err(&wrap)?;
            let what = format!("the undo record of step {step} of run `{run}`");
            if seal_of(&data) != seal {
                return Err(self.damaged(&format!("{what} was changed")));
            }
            Ok(Journaled {
                record: UndoRecord {
                    step,
                    backend,
                    data: self.parse(&data, &what)?,
                },
                undone: undone.is_some(),
            })
        })
        .collect()
    }

    fn events(&self, run: &str) -> Result<Vec<Event>, StoreError> {
        let wrap = self.wrap("can't be read");
        let connection = self.lock();
        let mut query = connection
            .prepare("SELECT event FROM events WHERE run = ?1 ORDER BY rowid")
            .map_err(&wrap)?;
        let rows = query
            .query_map([run], |row| row.get::<_, String>(0))
            .map_err(&wrap)?;
        rows.map(|row| self.parse(&row.map_err(&wrap)?, &format!("an event of run `{run}`")))
            .collect()
    }

    fn take_over(
        &self,
        run: &str,
        from: &ProcessIdentity,
        to: &ProcessIdentity,
    ) -> Result<bool, StoreError> {
        let (from, to) = (json(from)?, json(to)?);
        self.lock()
            .execute(
                "UPDATE runs SET owner = ?3 WHERE id = ?1 AND owner = ?2",
                params![run, from, to],
            )
            .map(|changed| changed == 1)
            .map_err(self.wrap("can't be written"))
    }

    fn ask_abort(&self, run: &str, reason: &str) -> Result<(), StoreError> {
        self.durably("can't take the wish to abort", |connection| {
            connection.execute(
                "UPDATE runs SET abort = ?2 WHERE id = ?1",
                params![run, reason],
            )
        })
    }

    fn abort_asked(&self, run: &str) -> Result<Option<String>, StoreError> {
        self.lock()
            .query_row("SELECT abort FROM runs WHERE id = ?1", [run], |row| {
                row.get::<_, Option<String>>(0)
            })
            .optional()
            .map(Option::flatten)
            .map_err(self.wrap("can't be read"))
    }
}
