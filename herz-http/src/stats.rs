//! What rules did: counted without locks, read at any time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the buckets of delays, in seconds; one more bucket holds the rest.
pub const DELAY_BOUNDS: [f64; 12] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// Delays, as a histogram.
#[derive(Debug, Default)]
pub(crate) struct Histogram {
    buckets: [AtomicU64; DELAY_BOUNDS.len() + 1],
    nanos: AtomicU64,
}

impl Histogram {
    pub(crate) fn add(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let at = DELAY_BOUNDS.iter().position(|b| seconds <= *b);
        if let Some(bucket) = self.buckets.get(at.unwrap_or(DELAY_BOUNDS.len())) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.nanos.fetch_add(nanos, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Delays {
        let buckets = self.buckets.each_ref().map(|b| b.load(Ordering::Relaxed));
        Delays {
            count: buckets.iter().sum(),
            total: Duration::from_nanos(self.nanos.load(Ordering::Relaxed)),
            buckets,
        }
    }
}

/// Counters of one rule.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) matched: AtomicU64,
    pub(crate) hit: AtomicU64,
    pub(crate) unpatched: AtomicU64,
    pub(crate) asked: Histogram,
    pub(crate) observed: Histogram,
}

pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl Counters {
    pub(crate) fn read(&self, name: &str) -> RuleStats {
        RuleStats {
            name: name.to_owned(),
            matched: self.matched.load(Ordering::Relaxed),
            hit: self.hit.load(Ordering::Relaxed),
            unpatched: self.unpatched.load(Ordering::Relaxed),
            asked: self.asked.read(),
            observed: self.observed.read(),
        }
    }
}

/// What all rules of one type did, also those that are gone.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) hits: AtomicU64,
    pub(crate) asked: Histogram,
    pub(crate) observed: Histogram,
}

/// What one rule did so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleStats {
    /// The rule's name.
    pub name: String,
    /// Messages that fitted its scope.
    pub matched: u64,
    /// Messages that were hit.
    pub hit: u64,
    /// Bodies that were to be patched and could not be: no JSON, compressed, or too large.
    pub unpatched: u64,
    /// Delays that were asked for.
    pub asked: Delays,
    /// Delays that happened, by the monotonic clock.
    pub observed: Delays,
}

/// Delays of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delays {
    /// How many there were.
    pub count: u64,
    /// Their sum.
    pub total: Duration,
    /// How many lie within each of [`DELAY_BOUNDS`], each counted once, and how many above.
    pub buckets: [u64; DELAY_BOUNDS.len() + 1],
}

impl Delays {
    pub(crate) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.total += other.total;
        for (own, more) in self.buckets.iter_mut().zip(other.buckets) {
            *own += more;
        }
    }
}
