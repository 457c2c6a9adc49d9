//! The handle of a service: its rules, which can be exchanged at any time, and its gate.

use crate::chance::Dice;
use crate::gate::{Gate, Passage};
use crate::layer::ChaosLayer;
use crate::rule::{FaultType, Rule, Side};
use crate::stats::{Counters, Delays, Histogram, RuleStats, Totals, count};
use arc_swap::ArcSwap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// Bodies up to this many bytes are patched; larger ones pass as they are.
const PATCH_LIMIT: usize = 1 << 20;

/// Faults of one service: share it between its layers, and set its rules from anywhere.
///
/// Nothing is hit before rules are set **and** the request passes the gate.
///
/// ```
/// use herz_http::{Chaos, Gate, rule::Rule};
///
/// let chaos = Chaos::builder().gate(Gate::Open).build()?;
/// assert_eq!(chaos.generation(), 0);
/// chaos.set(vec![Rule::new("nothing yet")]);
/// assert_eq!(chaos.generation(), 1);
/// chaos.clear();
/// # Ok::<(), herz_http::ProductionRefused>(())
/// ```
#[derive(Debug, Clone)]
pub struct Chaos {
    pub(crate) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    /// Whether there are rules: all that a request costs when there are none is this.
    active: AtomicBool,
    rules: ArcSwap<RuleSet>,
    /// Held while rules are exchanged.
    changing: Mutex<()>,
    gate: Gate,
    forward_gate: bool,
    pub(crate) port: Option<u16>,
    pub(crate) patch_limit: usize,
    bad_tokens: AtomicU64,
    service: String,
    /// What rules did that are gone and that are there, by the type of their fault.
    totals: [Arc<Totals>; FaultType::ALL.len()],
    aborts: Histogram,
}

/// The rules of one moment. A request keeps the set that it began with to its end.
#[derive(Debug, Default)]
pub(crate) struct RuleSet {
    generation: u64,
    pub(crate) rules: Vec<Arc<ActiveRule>>,
}

/// A rule with its dice and counters.
#[derive(Debug)]
pub(crate) struct ActiveRule {
    pub(crate) rule: Rule,
    pub(crate) dice: Dice,
    pub(crate) counters: Counters,
    /// Those of all rules of its type.
    pub(crate) totals: Arc<Totals>,
}

impl Chaos {
    /// Sets up the faults of a service.
    pub fn builder() -> ChaosBuilder {
        ChaosBuilder::default()
    }

    /// A layer that applies the rules. Any number of services can have one.
    pub fn layer(&self) -> ChaosLayer {
        ChaosLayer::new(self.clone())
    }

    /// Exchanges all rules at once: no request sees a mixture. Gives the new generation.
    ///
    /// A rule that was there before and is the same keeps its counters and goes on with its
    /// random choices where it was.
    pub fn set(&self, rules: Vec<Rule>) -> u64 {
        // One change at a time, or `active` could tell of an older one than `rules`.
        let changing = self.shared.changing.lock();
        let old = self.shared.rules.load_full();
        let generation = old.generation + 1;
        let active = !rules.is_empty();
        let rules = rules
            .into_iter()
            .map(|rule| self.shared.kept(&old, rule))
            .collect();
        self.shared
            .rules
            .store(Arc::new(RuleSet { generation, rules }));
        self.shared.active.store(active, Ordering::Release);
        drop(changing);
        generation
    }

    /// Takes all rules away. Requests that are held back go on at their time; new ones are free
    /// at once.
    pub fn clear(&self) -> u64 {
        self.set(Vec::new())
    }

    /// How often rules were exchanged.
    pub fn generation(&self) -> u64 {
        self.shared.rules.load().generation
    }

    /// What each rule did so far.
    pub fn stats(&self) -> Vec<RuleStats> {
        let rules = self.shared.rules.load();
        let stats = rules.rules.iter().map(|r| r.counters.read(&r.rule.name));
        stats.collect()
    }

    /// Name of the service, as its metrics carry it.
    pub fn service(&self) -> &str {
        &self.shared.service
    }

    /// What each rule does first, in their order.
    pub(crate) fn active(&self) -> Vec<FaultType> {
        let rules = self.shared.rules.load();
        rules.rules.iter().map(|r| r.rule.fault_type()).collect()
    }

    /// Hits of all rules of a type so far, and for delays those of all types, asked and observed.
    pub(crate) fn totals(&self, fault: FaultType) -> (u64, Delays, Delays) {
        let hits = self.shared.totals(fault).hits.load(Ordering::Relaxed);
        let (mut asked, mut observed) = (Delays::default(), Delays::default());
        for totals in &self.shared.totals {
            asked.add(&totals.asked.read());
            observed.add(&totals.observed.read());
        }
        (hits, asked, observed)
    }

    /// Notes how long it took to take rules away, for the metrics.
    pub fn note_abort(&self, took: std::time::Duration) {
        self.shared.aborts.add(took);
    }

    pub(crate) fn aborts(&self) -> Delays {
        self.shared.aborts.read()
    }

    /// How many requests carried a token that was forged or had ended.
    pub fn bad_tokens(&self) -> u64 {
        self.shared.bad_tokens.load(Ordering::Relaxed)
    }
}

impl Shared {
    fn kept(&self, old: &RuleSet, rule: Rule) -> Arc<ActiveRule> {
        let found = old.rules.iter().find(|a| a.rule == rule).cloned();
        found.unwrap_or_else(|| {
            Arc::new(ActiveRule {
                dice: Dice::new(rule.seed),
                counters: Counters::default(),
                totals: Arc::clone(self.totals(rule.fault_type())),
                rule,
            })
        })
    }

    const fn totals(&self, fault: FaultType) -> &Arc<Totals> {
        let [delay, abort, error, patch, flow] = &self.totals;
        match fault {
            FaultType::Delay => delay,
            FaultType::Abort => abort,
            FaultType::Error => error,
            FaultType::Patch => patch,
            FaultType::Flow => flow,
        }
    }

    /// The rules, if there are any and the request may be hit.
    #[inline]
    pub(crate) fn rules_for(&self, headers: &http::HeaderMap) -> Option<Arc<RuleSet>> {
        if !self.active.load(Ordering::Acquire) {
            return None;
        }
        self.rules_behind_gate(headers)
    }

    #[inline(never)]
    fn rules_behind_gate(&self, headers: &http::HeaderMap) -> Option<Arc<RuleSet>> {
        match self.gate.passage(headers) {
            Passage::Open => Some(self.rules.load_full()),
            Passage::Closed => None,
            Passage::BadToken => {
                count(&self.bad_tokens);
                None
            }
        }
    }

    pub(crate) fn strip_gate(&self, headers: &mut http::HeaderMap) {
        if !self.forward_gate {
            Gate::strip(headers);
        }
    }
}

impl RuleSet {
    /// The rules of a side whose filters of requests this one fits.
    pub(crate) fn fitting<'a, B>(
        &'a self,
        port: Option<u16>,
        request: &'a http::Request<B>,
        side: Side,
    ) -> impl Iterator<Item = &'a Arc<ActiveRule>> {
        self.rules.iter().filter(move |active| {
            active.rule.side == side
                && active.rule.scope.fits_request(
                    port,
                    request.method(),
                    request.uri(),
                    request.headers(),
                )
        })
    }
}

/// Faults in production have to be allowed in so many words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductionRefused;

impl std::fmt::Display for ProductionRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the environment is `production`: faults there need `allow_production()`")
    }
}

impl std::error::Error for ProductionRefused {}

/// Sets up [`Chaos`].
#[derive(Debug, Clone, Default)]
pub struct ChaosBuilder {
    gate: Gate,
    forward_gate: bool,
    port: Option<u16>,
    patch_limit: Option<usize>,
    environment: Option<String>,
    allow_production: bool,
    service: String,
}

impl ChaosBuilder {
    /// What a request must carry to be hit. Without this, the header `X-Herz-Enabled: true`.
    #[must_use]
    pub fn gate(mut self, gate: Gate) -> Self {
        self.gate = gate;
        self
    }

    /// Lets the gate's headers travel on to the service, which may pass them to the services that
    /// it calls. Without this they are taken away.
    #[must_use]
    pub const fn forward_gate(mut self) -> Self {
        self.forward_gate = true;
        self
    }

    /// Port of the service, for rules that name one.
    #[must_use]
    pub const fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// How many bytes of a body are gathered to patch it; 1 MiB without this.
    #[must_use]
    pub const fn patch_limit(mut self, bytes: usize) -> Self {
        self.patch_limit = Some(bytes);
        self
    }

    /// Name of the environment that the service runs in, such as `staging`.
    #[must_use]
    pub fn environment(mut self, name: impl Into<String>) -> Self {
        self.environment = Some(name.into());
        self
    }

    /// Name of the service, for its metrics.
    #[must_use]
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.service = name.into();
        self
    }

    /// Allows faults in the environment `production`.
    #[must_use]
    pub const fn allow_production(mut self) -> Self {
        self.allow_production = true;
        self
    }

    /// The handle; refused in production unless that is allowed.
    pub fn build(self) -> Result<Chaos, ProductionRefused> {
        let production = |name: &String| name.eq_ignore_ascii_case("production");
        if self.environment.as_ref().is_some_and(production) && !self.allow_production {
            return Err(ProductionRefused);
        }
        Ok(Chaos {
            shared: Arc::new(Shared {
                active: AtomicBool::new(false),
                rules: ArcSwap::default(),
                changing: Mutex::new(()),
                gate: self.gate,
                forward_gate: self.forward_gate,
                port: self.port,
                patch_limit: self.patch_limit.unwrap_or(PATCH_LIMIT),
                bad_tokens: AtomicU64::new(0),
                service: self.service,
                totals: std::array::from_fn(|_| Arc::default()),
                aborts: Histogram::default(),
            }),
        })
    }
}
