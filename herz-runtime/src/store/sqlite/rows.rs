//! What is written and read, table by table.

use super::{SqliteStore, json, seal_of};
use crate::event::{Event, Phase, Verdict, What};
use crate::identity::ProcessIdentity;
use crate::store::{Journaled, Run, Store, StoreError};
use crate::time::Instant;
use crate::undo::UndoRecord;
use rusqlite::{OptionalExtension, params};

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
