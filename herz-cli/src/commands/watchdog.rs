//! `herz watchdog`: started by `herz run` beside itself, where a fault would outlive it.

use crate::args::runtime::Watchdog as Options;
use crate::exit::{Exit, Failure};
use crate::lab::{self, Lab};
use crate::output::Output;
use herz_runtime::EngineOptions;
use herz_runtime::identity::{BootId, ProcessIdentity};
use herz_runtime::watchdog::{Watchdog, watch};
use std::process::Command;

/// Starts one for this process.
pub(crate) fn start() -> Result<Watchdog, Failure> {
    let lacking = |error| Failure::lacking(format!("no watchdog can be started: {error}"));
    let own = ProcessIdentity::own();
    let mut command = Command::new(std::env::current_exe().map_err(lacking)?);
    command
        .arg("watchdog")
        .args([own.pid.to_string(), own.start.to_string()]);
    Watchdog::start(command).map_err(lacking)
}

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    // A session of its own: Ctrl-C and the end of the terminal are not for us.
    #[cfg(unix)]
    let _ = rustix::process::setsid();
    let owner = ProcessIdentity {
        boot: BootId::current(),
        pid: options.pid,
        start: options.start,
    };
    let store = lab::store()?;
    let lab = Lab::new()?;
    let pauses = EngineOptions::default().undo_retries;
    let input = std::io::stdin().lock();
    let recovery = watch(input, &owner, &store, &lab.backends, &pauses)
        .map_err(|error| lab::store_failure(&error))?;
    if recovery.is_some_and(|recovery| recovery.is_dirty()) {
        output.talk("DIRTY: undo incomplete, the system may still be disturbed");
        return Ok(Exit::Dirty);
    }
    Ok(Exit::Fine)
}
