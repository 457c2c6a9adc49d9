//! What a backend can do, as a table.

use crate::experiment::Experiment;
use crate::inventory::PlaceKind;
use std::borrow::Cow;
use std::fmt;

/// A kind that a backend serves, on one kind of target.
///
/// ```
/// use herz_runtime::backend::Serves;
/// use herz_runtime::PlaceKind;
/// let row = Serves::kind("chaos-mesh.org", "PodChaos", PlaceKind::Process).only(&["pod-kill"]);
/// assert_eq!(row.to_string(), "PodChaos (pod-kill) on process");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serves {
    /// Group of the kind: `chaos-mesh.org`.
    pub group: Cow<'static, str>,
    /// The kind: `PodChaos`.
    pub kind: Cow<'static, str>,
    /// Which of its actions.
    pub actions: Actions,
    /// On which targets.
    pub place: PlaceKind,
}

/// Which actions of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actions {
    /// All of them, or the kind has none.
    Any,
    /// These values of `spec.action`.
    Only(Vec<Cow<'static, str>>),
}

impl Serves {
    /// Every action of a kind.
    pub fn kind(
        group: impl Into<Cow<'static, str>>,
        kind: impl Into<Cow<'static, str>>,
        place: PlaceKind,
    ) -> Self {
        Self {
            group: group.into(),
            kind: kind.into(),
            actions: Actions::Any,
            place,
        }
    }

    /// Only these actions.
    #[must_use]
    pub fn only(mut self, actions: &[&'static str]) -> Self {
        self.actions = Actions::Only(actions.iter().map(|one| Cow::Borrowed(*one)).collect());
        self
    }

    /// Whether it is the kind of the experiment.
    pub fn is_kind(&self, experiment: &Experiment) -> bool {
        self.kind == experiment.kind && self.group == experiment.group()
    }

    /// Whether the action of the experiment is among them.
    pub fn has_action(&self, experiment: &Experiment) -> bool {
        match (&self.actions, &experiment.action) {
            (Actions::Any, _) => true,
            (Actions::Only(actions), Some(action)) => actions.iter().any(|one| one == action),
            (Actions::Only(_), None) => false,
        }
    }

    /// Whether it serves the experiment on such a place.
    pub fn fits(&self, experiment: &Experiment, place: &PlaceKind) -> bool {
        self.is_kind(experiment) && self.has_action(experiment) && self.place == *place
    }
}

impl fmt::Display for Serves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        if let Actions::Only(actions) = &self.actions {
            write!(f, " ({})", actions.join(", "))?;
        }
        write!(f, " on {}", self.place)
    }
}
