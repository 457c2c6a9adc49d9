//! Signals to a process that can't be mistaken for another one.

use herz_runtime::identity::{Fate, ProcessIdentity};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::io;
use std::time::{Duration, Instant};

/// Sends a signal to this process and no other that has its number.
///
/// The descriptor is opened first and the identity looked at afterwards: from then on, the descriptor
/// means the process that was looked at, whatever becomes of the number.
pub(crate) fn send(process: &ProcessIdentity, signal: Signal) -> io::Result<()> {
    let gone = || io::Error::new(io::ErrorKind::NotFound, "it is gone");
    let pid = i32::try_from(process.pid).ok().and_then(Pid::from_raw);
    let pid = pid.ok_or_else(gone)?;
    let descriptor = match pidfd_open(pid, PidfdFlags::empty()) {
        Err(Errno::SRCH) => return Err(gone()),
        other => other?,
    };
    if process.fate() != Fate::Alive {
        return Err(gone());
    }
    match pidfd_send_signal(&descriptor, signal) {
        Err(Errno::SRCH) => Err(gone()),
        other => Ok(other?),
    }
}

/// Whether the kernel has such descriptors.
pub(crate) fn probe() -> io::Result<()> {
    pidfd_open(rustix::process::getpid(), PidfdFlags::empty())?;
    Ok(())
}

/// Waits until a process has ended; false if it has not by then.
pub(crate) fn gone_within(process: &ProcessIdentity, span: Duration) -> bool {
    until(span, || process.fate() != Fate::Alive)
}

/// Looks every millisecond. States of other processes come without a call.
pub(crate) fn until(span: Duration, mut done: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + span;
    loop {
        if done() {
            return true;
        }
        if Instant::now() >= end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
