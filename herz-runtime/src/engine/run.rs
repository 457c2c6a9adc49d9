//! One run: its thread, its phases, its steps.

use super::undoing::{self, undo};
use super::{Outcome, Shared};
use crate::backend::{Active, Failure, Lifetime};
use crate::event::{AbortReason, Event, Phase, Verdict, What};
use crate::plan::Step;
use crate::store::{Run, StoreError};
use crate::time;
use crate::undo::UndoRecord;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvError, Sender, TryRecvError};
use std::time::{Duration, Instant};

/// What a run is told.
#[derive(Debug)]
pub(super) enum Command {
    /// Its time is over.
    End(Instant),
    /// Somebody wants it to end, since then.
    Abort(AbortReason, Instant),
    /// Take the faults back for a while.
    Pause,
    /// Bring them back.
    Resume,
    /// Look at the faults.
    Observe,
}

/// A fault that is in the world, or may be.
struct Fault {
    step: Step,
    record: UndoRecord,
    active: Option<Active>,
}

/// Why the faults are taken back now.
struct End {
    verdict: Verdict,
    /// When it should have begun.
    due: Instant,
}

pub(super) struct Worker {
    run: Run,
    shared: Arc<Shared>,
    mailbox: Sender<Command>,
    commands: Receiver<Command>,
    faults: Vec<Fault>,
}

impl Worker {
    pub(super) fn new(
        run: Run,
        shared: Arc<Shared>,
        mailbox: Sender<Command>,
        commands: Receiver<Command>,
    ) -> Self {
        Self {
            run,
            shared,
            mailbox,
            commands,
            faults: Vec::new(),
        }
    }

    pub(super) fn work(mut self) {
        let started = Instant::now();
        if let Some(duration) = self.run.plan.duration {
            let end = started + duration;
            self.shared.queue.at(end, &self.mailbox, Command::End(end));
        }
        let end = match self.inject_all(started) {
            Err(end) => end,
            Ok(()) if self.faults.is_empty() && self.run.plan.duration.is_none() => End {
                verdict: Verdict::Completed,
                due: Instant::now(),
            },
            Ok(()) => self.hold(),
        };
        let phase = self.undo_all(Phase::Undoing, Some(end.due));
        let to_clean = end.due.elapsed();
        self.say(What::Ended {
            verdict: end.verdict.clone(),
        });
        let unwritten = self.leave(phase, &end.verdict).err();
        let outcome = Outcome {
            phase,
            verdict: end.verdict,
            to_clean,
            unwritten,
        };
        let mut live = self.shared.live();
        live.runs.remove(&self.run.id);
        live.over.insert(self.run.id.clone(), outcome);
        self.shared.over.notify_all();
    }

    /// Brings all faults into the world, in order. Stops at the first that fails, and where
    /// somebody wants the run to end.
    fn inject_all(&mut self, due: Instant) -> Result<(), End> {
        self.enter(Phase::Injecting);
        for step in self.run.plan.steps.clone() {
            loop {
                match self.commands.try_recv() {
                    Ok(Command::End(due)) => return Err(completed(due)),
                    Ok(Command::Abort(reason, since)) => return Err(aborted(reason, since)),
                    Ok(Command::Pause | Command::Resume | Command::Observe) => {}
                    Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
                }
            }
            let begun = Instant::now();
            if let Err(failure) = self.inject(&step) {
                let message = failure.to_string();
                self.say(What::Failed {
                    step: step.id,
                    message: message.clone(),
                });
                return Err(End {
                    verdict: Verdict::Failed {
                        step: step.id,
                        message,
                    },
                    due: Instant::now(),
                });
            }
            self.say(What::Injected {
                step: step.id,
                took: begun.elapsed(),
                late: begun.saturating_duration_since(due),
            });
        }
        self.enter(Phase::Injected);
        if !self.faults.is_empty() {
            let first = self.shared.options.observe_every / 2;
            self.shared
                .queue
                .at(Instant::now() + first, &self.mailbox, Command::Observe);
        }
        Ok(())
    }

    /// Journal first, then the fault.
    fn inject(&mut self, step: &Step) -> Result<(), Failure> {
        let shared = Arc::clone(&self.shared);
        let backend = shared
            .backends
            .get(&step.backend)
            .ok_or_else(|| Failure::new(format!("there is no backend `{}`", step.backend)))?;
        let data = backend.prepare(&step.action)?;
        let mut record = UndoRecord {
            step: step.id,
            backend: step.backend.clone(),
            data,
        };
        let lasts = step.lifetime != Lifetime::Instant;
        let run = self.run.id.clone();
        let write = |record: &UndoRecord| {
            shared
                .store
                .journal(&run, record)
                .map_err(|error| Failure::new(error.message))
        };
        if lasts {
            write(&record)?;
        }
        let before = record.data.clone();
        let injected = backend.inject(&step.action, &before, &mut |data| {
            record.data = data;
            if lasts { write(&record) } else { Ok(()) }
        });
        // A failed injection may have done a part: it is undone like one that worked.
        let (active, result) = match injected {
            Ok(active) => (Some(active), Ok(())),
            Err(failure) => (None, Err(failure)),
        };
        if lasts {
            self.faults.push(Fault {
                step: step.clone(),
                record,
                active,
            });
        }
        result
    }

    /// Waits for the end, and looks at the faults until then.
    fn hold(&mut self) -> End {
        let mut paused = false;
        loop {
            match self.commands.recv() {
                Ok(Command::End(due)) => return completed(due),
                Ok(Command::Abort(reason, since)) => return aborted(reason, since),
                Ok(Command::Observe) => {
                    if !paused {
                        self.observe();
                    }
                    let next = Instant::now() + self.shared.options.observe_every;
                    self.shared.queue.at(next, &self.mailbox, Command::Observe);
                }
                Ok(Command::Pause) if !paused => {
                    if self.undo_all(Phase::Undoing, None) == Phase::Dirty {
                        return End {
                            verdict: Verdict::Failed {
                                step: 0,
                                message: "it can't be paused: something could not be undone"
                                    .to_owned(),
                            },
                            due: Instant::now(),
                        };
                    }
                    paused = true;
                    self.enter(Phase::Paused);
                }
                Ok(Command::Resume) if paused => {
                    paused = false;
                    if let Err(end) = self.inject_all(Instant::now()) {
                        return end;
                    }
                }
                Ok(Command::Pause | Command::Resume) => {}
                // We hold a sender ourselves, so this does not happen; if it did, nothing would end the run.
                Err(RecvError) => return aborted(AbortReason::Shutdown, Instant::now()),
            }
        }
    }

    fn observe(&mut self) {
        let mut seen = Vec::new();
        for fault in &mut self.faults {
            let Some(active) = &mut fault.active else {
                continue;
            };
            let Some(backend) = self.shared.backends.get(&fault.step.backend) else {
                continue;
            };
            let step = fault.step.id;
            match backend.observe(active) {
                Ok(measures) if measures.is_empty() => {}
                Ok(measures) => seen.push(What::Observed { step, measures }),
                Err(failure) => seen.push(What::Unobserved {
                    step,
                    message: failure.to_string(),
                }),
            }
        }
        for what in seen {
            self.say(what);
        }
    }

    /// Takes all faults back, the last one first, whatever happens to each of them.
    fn undo_all(&mut self, phase: Phase, due: Option<Instant>) -> Phase {
        if self.faults.is_empty() {
            return Phase::Clean;
        }
        self.enter(phase);
        let mut end = Phase::Clean;
        let mut stuck = Vec::new();
        while let Some(mut fault) = self.faults.pop() {
            let step = fault.step.id;
            let begun = Instant::now();
            let result = undo(
                &self.shared.backends,
                &fault.record,
                fault.active.as_mut(),
                &self.shared.options.undo_retries,
            );
            match result {
                undoing::Result::Clean(undone) => {
                    // If this can't be written, a later recovery finds it undone already.
                    let _ = self.shared.store.undone(&self.run.id, step);
                    self.say(What::Undone {
                        step,
                        undone,
                        took: begun.elapsed(),
                        late: due
                            .map_or(Duration::ZERO, |due| begun.saturating_duration_since(due)),
                    });
                }
                undoing::Result::Dirty(left) => {
                    end = Phase::Dirty;
                    self.say(What::Dirty { step, left });
                    stuck.push(fault);
                }
            }
        }
        stuck.reverse();
        self.faults = stuck;
        end
    }

    fn enter(&mut self, phase: Phase) {
        // The journal is what undo depends on; a phase that can't be written is told by the events.
        let _ = self.shared.store.phase(&self.run.id, phase, None);
        self.entered(phase);
    }

    /// The last phase. A store that is busy or full for a moment must not make it look as if the run went on.
    fn leave(&mut self, phase: Phase, verdict: &Verdict) -> Result<(), StoreError> {
        let write = || {
            let store = &self.shared.store;
            store.phase(&self.run.id, phase, Some(verdict))
        };
        let mut written = write();
        for pause in &self.shared.options.undo_retries {
            if written.is_ok() {
                break;
            }
            std::thread::sleep(*pause);
            written = write();
        }
        self.entered(phase);
        written
    }

    fn entered(&mut self, phase: Phase) {
        self.run.phase = phase;
        if let Some(run) = self.shared.live().runs.get_mut(&self.run.id) {
            run.phase = phase;
        }
        self.say(What::Phase { phase });
    }

    fn say(&self, what: What) {
        let event = Event {
            run: self.run.id.clone(),
            at: time::Instant::now(),
            what,
        };
        #[cfg(feature = "tracing")]
        super::log::write(&event);
        let _ = self.shared.store.event(&event);
        self.shared
            .live()
            .listeners
            .retain(|listener| listener.send(event.clone()).is_ok());
    }
}

fn completed(due: Instant) -> End {
    End {
        verdict: Verdict::Completed,
        due,
    }
}

fn aborted(reason: AbortReason, since: Instant) -> End {
    End {
        verdict: Verdict::Aborted { reason },
        due: since,
    }
}
