//! A process beside ours that undoes what we leave behind when we are killed.
//!
//! It holds the other end of a pipe. We tell it when we are done; if the pipe closes without that, we
//! are gone, however we went, and it recovers our runs. It has a session of its own, so that what ends
//! a terminal does not end it.

use crate::backend::Backends;
use crate::engine::{Recovery, recover};
use crate::identity::ProcessIdentity;
use crate::store::{Store, StoreError};
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// What we say when nothing is left to undo.
const DONE: &[u8] = b"done\n";

/// The process that watches us. Dropping it says that we are done.
#[derive(Debug)]
pub struct Watchdog {
    child: Child,
    pipe: Option<ChildStdin>,
}

impl Watchdog {
    /// Starts a program that calls [`watch`] with its standard input.
    pub fn start(mut command: Command) -> io::Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let pipe = child.stdin.take();
        Ok(Self { child, pipe })
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        if let Some(mut pipe) = self.pipe.take() {
            let _ = pipe.write_all(DONE);
        }
        let _ = self.child.wait();
    }
}

/// Waits until the other end of the pipe is closed; then undoes what its process left.
///
/// Nothing is done, and `None` is given, if it said that it was done. It is an error if the process lives on
/// without the pipe: its runs are not ours then.
pub fn watch(
    mut pipe: impl Read,
    owner: &ProcessIdentity,
    store: &dyn Store,
    backends: &Backends,
    pauses: &[Duration],
) -> Result<Option<Recovery>, StoreError> {
    let mut said = Vec::new();
    // A pipe that breaks is as good as one that is closed.
    let _ = pipe.by_ref().take(64).read_to_end(&mut said);
    if said == DONE {
        return Ok(None);
    }
    // The pipe closes a moment before the process is gone.
    let patience = Instant::now() + Duration::from_secs(10);
    while owner.is_alive() && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(1));
    }
    recover(store, backends, pauses, false).map(Some)
}
