//! Why an experiment can't be planned.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why an experiment can't be done here. Nothing is ever skipped in silence: one refusal refuses the
/// whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// What sort of refusal it is.
    pub reason: Reason,
    /// Whom it is about: `namespace/name`; absent if it is about the whole experiment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What can't be done and why, in one sentence.
    pub message: String,
    /// The nearest thing that can be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
}

/// Sorts of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// The selector finds nobody.
    NoTarget,
    /// The selector asks what only a cluster can answer.
    ClusterOnly,
    /// No backend does this kind and action on this type of target.
    NoBackend,
    /// A backend does the kind, but not all that this spec asks for.
    Unsupported,
    /// The fault lasts, and nothing says how long.
    NoDuration,
}

impl Refusal {
    /// Of some sort.
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            target: None,
            message: message.into(),
            nearest: None,
        }
    }

    /// The backend can't do all that the spec asks for.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(Reason::Unsupported, message)
    }

    /// With the nearest thing that can be done.
    #[must_use]
    pub fn nearest(mut self, nearest: impl Into<String>) -> Self {
        self.nearest = Some(nearest.into());
        self
    }

    /// About this target.
    #[must_use]
    pub fn about(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(target) = &self.target {
            write!(f, "{target}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; what can be done: {nearest}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}
