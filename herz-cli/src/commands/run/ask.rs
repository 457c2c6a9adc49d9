//! Asking before acting.

use crate::exit::{Exit, Failure};
use crate::output::Output;
use std::io::{self, BufRead, IsTerminal};

/// Asks the person at the terminal; without one, `--yes` is needed.
pub(super) fn allowed(output: &Output) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(
            "nobody is there to ask whether to do this: say `--yes`, nothing was done",
        ));
    }
    output.line("Do this? [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    if read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
        return Ok(());
    }
    Err(Failure {
        exit: Exit::Person,
        message: "nothing was done".to_owned(),
    })
}
