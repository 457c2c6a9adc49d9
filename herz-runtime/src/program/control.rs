//! One switch that ends a program, whatever it waits for.

use crate::event::AbortReason;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Ends a program from outside or from within.
#[derive(Debug, Default)]
pub struct Control {
    stopped: Mutex<Option<AbortReason>>,
    changed: Condvar,
}

impl Control {
    /// A program that goes on.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing more is started from now on. Runs that go on are aborted by who calls, with
    /// [`Engine::abort_all`](crate::Engine::abort_all). The first reason stays.
    pub fn stop(&self, reason: AbortReason) {
        self.lock().get_or_insert(reason);
        self.changed.notify_all();
    }

    /// Why it was stopped.
    pub fn reason(&self) -> Option<AbortReason> {
        self.lock().clone()
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.lock().is_some()
    }

    /// Waits until a point in time, for ever without one. True if it was stopped before.
    pub fn wait_until(&self, end: Option<Instant>) -> bool {
        let mut stopped = self.lock();
        while stopped.is_none() {
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            stopped = match left {
                Some(left) if left.is_zero() => return false,
                Some(left) => {
                    self.changed
                        .wait_timeout(stopped, left)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
                None => self
                    .changed
                    .wait(stopped)
                    .unwrap_or_else(PoisonError::into_inner),
            };
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, Option<AbortReason>> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
