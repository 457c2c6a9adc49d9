//! Events of runs as events of `tracing`: a service's log tells what was done to it.

use crate::event::{Event, What};

/// With the target `herz`: trouble as warnings, samples for those who look closely.
pub(super) fn write(event: &Event) {
    let run = event.run.as_str();
    match &event.what {
        What::Dirty { .. } => tracing::error!(target: "herz", run, "{event}"),
        What::Failed { .. } | What::Unobserved { .. } => {
            tracing::warn!(target: "herz", run, "{event}");
        }
        What::Observed { .. } | What::Probed { .. } => {
            tracing::debug!(target: "herz", run, "{event}");
        }
        What::Phase { .. } | What::Injected { .. } | What::Undone { .. } | What::Ended { .. } => {
            tracing::info!(target: "herz", run, "{event}");
        }
    }
}
