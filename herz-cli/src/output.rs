//! Streams: results on stdout, talk on stderr, colour only where it is wanted.

use crate::args::{Args, Colour};
use std::io::{self, IsTerminal, Write};

/// Where a command writes to.
pub(crate) struct Output {
    /// Whether results carry colour.
    pub(crate) colour: bool,
    quiet: bool,
}

impl Output {
    /// By the command line and the environment.
    pub(crate) fn new(args: &Args) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let colour = match args.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if set("NO_COLOR") => false,
            Colour::Auto if std::env::var_os("CLICOLOR_FORCE").is_some_and(|v| v != "0") => true,
            Colour::Auto => {
                io::stdout().is_terminal()
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        Self {
            colour,
            quiet: args.quiet,
        }
    }

    /// A result. A closed pipe (`herz … | head`) ends the process quietly.
    #[expect(clippy::unused_self, reason = "all that is written goes through here")]
    pub(crate) fn result(&self, text: &str) {
        let mut out = io::stdout().lock();
        if out
            .write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .is_err()
        {
            // Nobody reads any more; what we found can't be told, so don't pretend that all is fine.
            std::process::exit(crate::exit::Exit::Findings as i32);
        }
    }

    /// A result while faults are in the world: a closed pipe must not end the process, for they have
    /// to be undone. False if nobody reads any more.
    #[expect(clippy::unused_self, reason = "all that is written goes through here")]
    pub(crate) fn try_result(&self, text: &str) -> bool {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .is_ok()
    }

    /// Whether `--quiet` was said.
    pub(crate) const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes over the line that stderr stands on; for a terminal.
    #[expect(clippy::unused_self, reason = "all that is written goes through here")]
    pub(crate) fn line(&self, text: &str) {
        let mut err = io::stderr().lock();
        let _ = write!(err, "\r\x1b[K{text}").and_then(|()| err.flush());
    }

    /// Talk about the work, on stderr.
    #[expect(clippy::unused_self, reason = "all that is written goes through here")]
    pub(crate) fn talk(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// A note that `--quiet` silences.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.talk(text);
        }
    }
}
