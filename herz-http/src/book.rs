//! Rules of several experiments at one service.

use crate::chaos::Chaos;
use crate::rule::Rule;
use crate::stats::RuleStats;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The rules of one [`Chaos`], by the experiment that they come from: each comes and goes by itself,
/// and the service sees all of them at once, as one set.
///
/// Whoever uses a book leaves [`Chaos::set`] to it.
///
/// ```
/// use herz_http::{Chaos, Gate, RuleBook, rule::Rule};
///
/// let book = RuleBook::new(Chaos::builder().gate(Gate::Open).build()?);
/// book.put("slow", vec![Rule::new("slow")]);
/// book.put("lost", vec![Rule::new("lost")]);
/// assert!(book.take("slow"));
/// assert!(book.holds("lost") && !book.take("slow"));
/// # Ok::<(), herz_http::ProductionRefused>(())
/// ```
#[derive(Debug, Clone)]
pub struct RuleBook {
    chaos: Chaos,
    pages: Arc<Mutex<BTreeMap<String, Vec<Rule>>>>,
}

impl RuleBook {
    /// An empty one for this service.
    pub fn new(chaos: Chaos) -> Self {
        Self {
            chaos,
            pages: Arc::default(),
        }
    }

    /// The service's handle.
    pub const fn chaos(&self) -> &Chaos {
        &self.chaos
    }

    /// Adds an experiment's rules, or exchanges them.
    pub fn put(&self, experiment: impl Into<String>, rules: Vec<Rule>) {
        let mut pages = self.pages();
        pages.insert(experiment.into(), rules);
        self.publish(&pages);
    }

    /// Takes an experiment's rules away; false if there were none.
    pub fn take(&self, experiment: &str) -> bool {
        let mut pages = self.pages();
        let there = pages.remove(experiment).is_some();
        if there {
            self.publish(&pages);
        }
        there
    }

    /// Exchanges the rules of all experiments at once. Gives the new generation.
    pub fn replace_all(&self, all: impl IntoIterator<Item = (String, Vec<Rule>)>) -> u64 {
        let mut pages = self.pages();
        *pages = all.into_iter().collect();
        self.publish(&pages)
    }

    /// Whether an experiment has rules here.
    pub fn holds(&self, experiment: &str) -> bool {
        self.pages().contains_key(experiment)
    }

    /// What an experiment's rules did so far, in their order.
    pub fn stats(&self, experiment: &str) -> Vec<RuleStats> {
        let pages = self.pages();
        // The map's order is the order in which rules are set.
        let before = pages
            .iter()
            .take_while(|(name, _)| name.as_str() < experiment);
        let skip: usize = before.map(|(_, rules)| rules.len()).sum();
        let count = pages.get(experiment).map_or(0, Vec::len);
        self.chaos
            .stats()
            .into_iter()
            .skip(skip)
            .take(count)
            .collect()
    }

    fn publish(&self, pages: &BTreeMap<String, Vec<Rule>>) -> u64 {
        self.chaos.set(pages.values().flatten().cloned().collect())
    }

    fn pages(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Rule>>> {
        // Rules are exchanged whole: a panic elsewhere leaves no half of a change.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
