//! Opening a store, and making one.

use super::{APPLICATION, SCHEMA, SqliteStore, VERSION, trouble};
use crate::store::{StoreError, StoreTrouble};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

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
