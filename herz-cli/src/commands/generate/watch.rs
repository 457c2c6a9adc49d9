//! `herz gen --watch`: generates again when a schema or `herz.toml` changes.
//!
//! Files are looked at five times a second. That costs little for the few dozen files of a schema,
//! and works on network and container file systems, where notices of changes do not arrive.

use super::once;
use crate::args::Generate;
use crate::exit::{Exit, Failure};
use crate::files::stamps;
use crate::output::Output;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(200);

/// Generates, waits for a change, and begins again, until somebody ends the process.
pub(super) fn run(options: &Generate, output: &Output) -> Result<Exit, Failure> {
    let mut read = Vec::new();
    loop {
        // A change between reading and looking must not be missed, so it is looked at first.
        let before = stamps(&read);
        match once(options, output) {
            Ok(round) => read = round.read,
            // What is wrong may be mended by the next change; but without any file to watch there
            // will be none.
            Err(failure) if read.is_empty() => return Err(failure),
            Err(failure) => output.talk(&format!("error: {}", failure.message)),
        }
        let mut seen = stamps(&read);
        if !before.is_empty()
            && before
                .iter()
                .any(|(path, stamp)| seen.get(path) != Some(stamp))
        {
            continue;
        }
        output.note("watching for changes; Ctrl-C ends");
        loop {
            std::thread::sleep(PAUSE);
            let now = stamps(&read);
            if now != seen {
                seen = now;
                // Editors write in several steps: wait for the last one.
                std::thread::sleep(PAUSE / 4);
                if stamps(&read) == seen {
                    break;
                }
            }
        }
    }
}
