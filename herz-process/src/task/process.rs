//! A task's process: held at a gate until the journal knows it, then watched until it ends.

use super::TaskAction;
use super::family::{Family, MARK};
use herz_runtime::identity::ProcessIdentity;
use herz_runtime::program::TaskEnd;
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Bytes of output that are kept; the rest is read and dropped, so that the process goes on, and told.
const KEPT: usize = 1 << 20;
/// So long output may come after the last process has ended.
const LATE: Duration = Duration::from_secs(1);
/// Waits for a line, then becomes the command. Without the line it ends: then we are gone.
const GATE: &str = "read -r go && exec \"$@\" </dev/null";

/// A process that waits for leave.
pub(super) struct Gate {
    child: Child,
}

/// A process that has it.
#[derive(Debug)]
pub(super) struct Running {
    /// Set once nobody wants to know the end any more, or once it is told.
    over: Arc<Mutex<bool>>,
    ended: Arc<AtomicBool>,
}

/// Starts the gate, in a group of its own.
pub(super) fn start(action: &TaskAction) -> io::Result<Gate> {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", GATE, "herz-task"])
        .args(&action.command)
        .env_clear();
    for name in ["PATH", "HOME"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.envs(action.env.iter().map(|(name, value)| (name, value)));
    command.env(MARK, &action.ticket);
    if let Some(folder) = &action.folder {
        command.current_dir(folder);
    }
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()?;
    Ok(Gate { child })
}

impl Gate {
    pub(super) fn leader(&self) -> Option<ProcessIdentity> {
        ProcessIdentity::of(self.child.id())
    }

    /// Nobody goes through.
    pub(super) fn close(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Lets it go; `tell` hears how it ends by itself.
    pub(super) fn open(
        mut self,
        family: Family,
        tell: impl FnOnce(TaskEnd) + Send + 'static,
    ) -> io::Result<Running> {
        let running = Running {
            over: Arc::default(),
            ended: Arc::default(),
        };
        let (over, ended) = (Arc::clone(&running.over), Arc::clone(&running.ended));
        let stdout = self.child.stdout.take().map(kept);
        let stderr = self.child.stderr.take().map(kept);
        let gone = self
            .child
            .stdin
            .take()
            .map(|mut gate| gate.write_all(b"go\n"));
        if let Some(Err(error)) = gone {
            self.close();
            return Err(error);
        }
        std::thread::Builder::new()
            .name("herz-task".to_owned())
            .spawn(move || {
                let status = self.child.wait();
                // As in a container: with the first process all others end, and so does the output.
                let _ = family.kill();
                let text = |from: Option<Receiver<Kept>>| {
                    let kept = from.and_then(|from| from.recv_timeout(LATE).ok());
                    let kept = kept.unwrap_or_default();
                    let text = String::from_utf8_lossy(&kept.bytes).trim().to_owned();
                    (text, kept.dropped)
                };
                let ((stdout, dropped), (stderr, _)) = (text(stdout), text(stderr));
                let mut over = over.lock().unwrap_or_else(PoisonError::into_inner);
                ended.store(true, Ordering::Release);
                if let (false, Ok(status)) = (*over, status) {
                    tell(TaskEnd {
                        exit_code: exit_code(status),
                        stdout,
                        dropped,
                        complaint: stderr.lines().last().unwrap_or_default().to_owned(),
                    });
                }
                *over = true;
            })?;
        Ok(running)
    }
}

impl Running {
    /// What happens from now on is not its own end.
    pub(super) fn forget(&self) {
        *self.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    pub(super) fn is_running(&self) -> bool {
        !self.ended.load(Ordering::Acquire)
    }
}

/// As a container tells it.
fn exit_code(status: ExitStatus) -> i64 {
    let signal = status.signal().map(|signal| 128 + signal);
    status.code().or(signal).unwrap_or(-1).into()
}

/// What is known of a stream of output.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    /// How many came after them.
    dropped: u64,
}

/// Reads to the end in a thread of its own, and gives what is kept.
fn kept(mut from: impl Read + Send + 'static) -> Receiver<Kept> {
    let (to, kept) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let limit = u64::try_from(KEPT).unwrap_or(u64::MAX);
        let _ = from.by_ref().take(limit).read_to_end(&mut bytes);
        let dropped = io::copy(&mut from, &mut io::sink()).unwrap_or(0);
        let _ = to.send(Kept { bytes, dropped });
    });
    kept
}
