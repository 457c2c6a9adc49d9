//! Signals that end a run: they are heard, and everything is undone.

use super::Heard;
use crate::exit::Failure;
use std::sync::mpsc::Sender;

/// Tells of Ctrl-C, of a wish to end, and of a terminal that is gone.
#[cfg(unix)]
pub(super) fn listen(runtime: &tokio::runtime::Runtime, to: &Sender<Heard>) -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let _context = runtime.enter();
    for (kind, name) in [
        (SignalKind::interrupt(), "Ctrl-C"),
        (SignalKind::terminate(), "SIGTERM"),
        (SignalKind::hangup(), "the terminal is gone"),
    ] {
        let mut signals = signal(kind)
            .map_err(|error| Failure::lacking(format!("signals can't be heard: {error}")))?;
        let to = to.clone();
        runtime.spawn(async move {
            while signals.recv().await.is_some() {
                if to.send(Heard::Signal(name)).is_err() {
                    return;
                }
            }
        });
    }
    Ok(())
}

/// Tells of Ctrl-C.
#[cfg(not(unix))]
pub(super) fn listen(runtime: &tokio::runtime::Runtime, to: &Sender<Heard>) -> Result<(), Failure> {
    let to = to.clone();
    runtime.spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if to.send(Heard::Signal("Ctrl-C")).is_err() {
                return;
            }
        }
    });
    Ok(())
}
