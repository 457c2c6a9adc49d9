//! Undo with retries and a look afterwards: the same for a run, a watchdog and `herz recover`.

use crate::backend::{Active, Backends, Failure};
use crate::undo::{Leftover, UndoRecord, Undone};
use std::time::Duration;

/// How the undo of one step went.
#[derive(Debug)]
pub(super) enum Result {
    /// Nothing is left.
    Clean(Undone),
    /// Something is, or may be.
    Dirty(Vec<Leftover>),
}

/// Undoes a step and looks whether it worked; again after each pause, while it did not.
pub(super) fn undo(
    backends: &Backends,
    record: &UndoRecord,
    mut active: Option<&mut Active>,
    pauses: &[Duration],
) -> Result {
    let Some(backend) = backends.get(&record.backend) else {
        return Result::Dirty(vec![Leftover {
            what: format!(
                "what the backend `{}` did, which this program does not have",
                record.backend
            ),
            remedy: Some("recover with the program that started the run".to_owned()),
        }]);
    };
    let mut pauses = pauses.iter();
    loop {
        let tried = backend
            .undo(&record.data, active.as_deref_mut())
            .and_then(|undone| Ok((undone, backend.verify(&record.data)?)));
        let left = match tried {
            Ok((undone, left)) if left.is_empty() => return Result::Clean(undone),
            Ok((_, left)) => left,
            Err(failure) => vec![unknown(failure)],
        };
        match pauses.next() {
            Some(pause) => std::thread::sleep(*pause),
            None => return Result::Dirty(left),
        }
    }
}

fn unknown(failure: Failure) -> Leftover {
    Leftover {
        what: format!("the undo failed: {}", failure.message),
        remedy: failure.remedy,
    }
}
