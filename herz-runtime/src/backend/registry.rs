//! The backends of an engine.

use super::{AnyBackend, Backend, Serves};
use crate::experiment::Experiment;
use crate::inventory::PlaceKind;
use std::fmt;
use std::sync::Arc;

/// The backends that a plan can choose from, the preferred ones first.
#[derive(Clone, Default)]
pub struct Backends {
    all: Vec<Arc<dyn AnyBackend>>,
}

impl Backends {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more, which is asked after those that are there. One of the same name is replaced.
    #[must_use]
    pub fn with(mut self, backend: impl Backend) -> Self {
        let backend: Arc<dyn AnyBackend> = Arc::new(backend);
        self.all.retain(|one| one.name() != backend.name());
        self.all.push(backend);
        self
    }

    /// All of them, in order.
    pub fn all(&self) -> &[Arc<dyn AnyBackend>] {
        &self.all
    }

    /// The one of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<dyn AnyBackend>> {
        self.all.iter().find(|one| one.name() == name)
    }

    /// Those that serve the experiment on such a place, the preferred first.
    pub fn serving(&self, experiment: &Experiment, place: &PlaceKind) -> Vec<&Arc<dyn AnyBackend>> {
        self.all
            .iter()
            .filter(|one| one.serves().iter().any(|row| row.fits(experiment, place)))
            .collect()
    }

    /// What can be done that is nearest to an experiment that nobody serves on this place.
    pub fn nearest(&self, experiment: &Experiment, place: &PlaceKind) -> Option<String> {
        let rows: Vec<Serves> = self.all.iter().flat_map(|one| one.serves()).collect();
        let words = |found: Vec<&Serves>| {
            let mut words: Vec<String> = found.into_iter().map(ToString::to_string).collect();
            words.sort();
            words.dedup();
            words.join("; ")
        };
        let elsewhere: Vec<&Serves> = rows
            .iter()
            .filter(|row| row.is_kind(experiment) && row.has_action(experiment))
            .collect();
        if !elsewhere.is_empty() {
            return Some(words(elsewhere));
        }
        let otherwise: Vec<&Serves> = rows.iter().filter(|row| row.is_kind(experiment)).collect();
        if !otherwise.is_empty() {
            return Some(words(otherwise));
        }
        let here: Vec<&Serves> = rows.iter().filter(|row| row.place == *place).collect();
        (!here.is_empty()).then(|| words(here))
    }
}

impl fmt::Debug for Backends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.all.iter().map(|one| one.name()))
            .finish()
    }
}
