//! The store as a file of `SQLite` in WAL mode.
//!
//! Undo records are committed with `synchronous=FULL` and checkpointed into the main file before the
//! fault goes out: a WAL that loses its end would lose them without a word, a main file that loses its
//! end is noticed. Events only need to survive the process, so they cost no fsync.

mod open;
mod rows;

use super::{Run, StoreError, StoreTrouble};
use crate::event::Phase;
use crate::time::Instant;
use rusqlite::{Connection, ErrorCode, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The tables of a store, for those who want to query it.
pub const SCHEMA: &str = include_str!("../schema.sql");

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
