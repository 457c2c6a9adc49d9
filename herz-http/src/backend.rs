//! The layer as a fault backend of `herz-runtime`: experiments come and go as runs do.
//!
//! [`HttpAction`], [`HttpUndo`] and [`measures`] are what every backend on HTTP exchanges shares: the proxy of
//! `herz-proxy` uses them too, so that a spec means the same in both places.

use crate::book::RuleBook;
use crate::rule::{Rule, rules_of};
use crate::stats::{Delays, RuleStats};
use herz::ChaosSpec;
use herz::types::read::from_json;
use herz_runtime::backend::{Claim, Draft, Failure, Lifetime, Planning, Scribe, Serves};
use herz_runtime::event::Measure;
use herz_runtime::identity::ProcessIdentity;
use herz_runtime::plan::Refusal;
use herz_runtime::undo::{Leftover, Undone};
use herz_runtime::{Backend, Experiment, PlaceKind, Target};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Rules that are set at one target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpAction {
    /// Whose requests are hit: `namespace/name`.
    pub target: String,
    /// The document that the rules are made of.
    pub document: Json,
    /// Start of random choices, where the document names none.
    pub seed: u64,
}

impl HttpAction {
    /// What the experiment means for requests of this target; refused if it can't be done whole.
    pub fn plan(
        experiment: &Experiment,
        target: &Target,
        seed: u64,
    ) -> Result<(Self, Vec<Rule>), Refusal> {
        let action = Self {
            target: target.id(),
            document: experiment.document(),
            seed: mixed(seed, &target.id()),
        };
        let rules = action.read().map_err(Refusal::unsupported)?;
        Ok((action, rules))
    }

    /// The rules.
    pub fn rules(&self) -> Result<Vec<Rule>, Failure> {
        self.read().map_err(Failure::new)
    }

    fn read(&self) -> Result<Vec<Rule>, String> {
        let spec = from_json::<ChaosSpec>(&self.document).map_err(|found| {
            let mut found = found.into_iter().map(|one| one.to_string());
            found
                .next()
                .unwrap_or_else(|| "it fits no schema".to_owned())
        })?;
        let mut rules = rules_of(&spec).map_err(|refused| refused.to_string())?;
        let own = self.document.pointer("/spec/seed").is_some();
        for rule in rules.iter_mut().filter(|_| !own) {
            rule.seed = self.seed;
        }
        Ok(rules)
    }
}

/// A seed for each target, so that they are not all hit by their first, third and ninth request.
fn mixed(seed: u64, target: &str) -> u64 {
    // FNV-1a: small, and the same in every release, which a saved plan depends on.
    target
        .bytes()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// Rules that one process holds, and that are gone with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpUndo {
    /// The process.
    pub owner: ProcessIdentity,
    /// What the rules are filed under in its book.
    pub page: String,
    /// Whose requests are hit.
    pub target: String,
}

impl HttpUndo {
    /// For rules that this process is going to set at a target.
    pub fn new(target: &str) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            owner: ProcessIdentity::own(),
            page: format!("{target}#{}", NEXT.fetch_add(1, Ordering::Relaxed)),
            target: target.to_owned(),
        }
    }

    /// Whether this process set the rules.
    pub fn is_ours(&self) -> bool {
        self.owner == ProcessIdentity::own()
    }

    /// What another process has to say: rules are gone with the process that held them.
    pub fn undone_elsewhere(&self) -> Result<Undone, Failure> {
        if self.owner.is_alive() {
            return Err(Failure::new(format!(
                "{} still holds the rules of {}",
                self.owner, self.target
            ))
            .with_remedy("herz abort --all"));
        }
        Ok(Undone::AlreadyGone)
    }

    /// What is left in the eyes of another process.
    pub fn left_elsewhere(&self) -> Vec<Leftover> {
        if !self.owner.is_alive() {
            return Vec::new();
        }
        vec![Leftover {
            what: format!("rules of {} in {}", self.target, self.owner),
            remedy: Some("herz abort --all".to_owned()),
        }]
    }
}

/// What rules asked for, and what they did: the share of messages that were hit, and how long those
/// were held back on average.
pub fn measures(rules: &[Rule], stats: &[RuleStats]) -> Vec<Measure> {
    let measure = |name: &str, unit: &str, asked: f64, observed: f64| Measure {
        name: name.to_owned(),
        unit: unit.to_owned(),
        asked,
        observed,
    };
    let mut found = Vec::new();
    for (rule, stats) in rules.iter().zip(stats) {
        if stats.matched > 0 {
            let observed = ratio(stats.hit, stats.matched);
            found.push(measure("share", "1", rule.share.get(), observed));
        }
        // Those that still wait were asked for and not yet observed.
        if stats.observed.count > 0 {
            let (asked, observed) = (mean_ms(&stats.asked), mean_ms(&stats.observed));
            found.push(measure("delay", "ms", asked, observed));
        }
    }
    found
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a share of counts needs no more"
)]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[allow(clippy::cast_precision_loss, reason = "a mean of counts needs no more")]
fn mean_ms(delays: &Delays) -> f64 {
    delays.total.as_secs_f64() * 1e3 / delays.count.max(1) as f64
}

/// The backend of services that carry the layer: targets of type `inProcess`.
///
/// ```
/// use herz_http::backend::LayerBackend;
/// use herz_http::{Chaos, RuleBook};
/// use herz_runtime::{Backends, Place, Target};
///
/// let chaos = Chaos::builder().environment("staging").build()?;
/// let api = Target::new("api", Place::InProcess).label("service", "api");
/// let backends = Backends::new().with(LayerBackend::new().with(&api, RuleBook::new(chaos)));
/// # Ok::<(), herz_http::ProductionRefused>(())
/// ```
#[derive(Debug, Default)]
pub struct LayerBackend {
    services: BTreeMap<String, RuleBook>,
}

impl LayerBackend {
    /// Of no service yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a service of this process, which the target stands for.
    #[must_use]
    pub fn with(mut self, target: &Target, book: RuleBook) -> Self {
        self.services.insert(target.id(), book);
        self
    }

    fn book(&self, target: &str) -> Result<&RuleBook, Failure> {
        self.services.get(target).ok_or_else(|| elsewhere(target))
    }
}

fn elsewhere(target: &str) -> Failure {
    Failure::new(format!("{target} is no service of this process"))
        .with_remedy("give it to `LayerBackend::with` in the process that carries its layer")
}

/// Rules that are set.
#[derive(Debug)]
pub struct HttpFault {
    page: String,
    rules: Vec<Rule>,
    book: RuleBook,
}

impl HttpFault {
    /// Sets the rules in a book.
    pub fn set(book: &RuleBook, undo: &HttpUndo, rules: Vec<Rule>) -> Self {
        book.put(undo.page.clone(), rules.clone());
        Self {
            page: undo.page.clone(),
            rules,
            book: book.clone(),
        }
    }

    /// What they asked for and did.
    pub fn measures(&self) -> Vec<Measure> {
        measures(&self.rules, &self.book.stats(&self.page))
    }
}

/// The kinds that act on HTTP exchanges, on one type of target.
pub fn serves(place: &PlaceKind) -> Vec<Serves> {
    vec![
        Serves::kind("chaos-mesh.org", "HTTPChaos", place.clone()),
        Serves::kind("herz.dev", "ChaosExperiment", place.clone()),
    ]
}

/// A step that sets rules.
pub fn draft(action: HttpAction, rules: &[Rule], witness: String) -> Draft<HttpAction> {
    let words: Vec<String> = rules.iter().map(ToString::to_string).collect();
    Draft {
        what: words.join("; "),
        undo: "take the rules away".to_owned(),
        witness,
        lifetime: Lifetime::DiesWithUs,
        claims: vec![Claim::shared(format!("requests of {}", action.target))],
        action,
    }
}

impl Backend for LayerBackend {
    type Action = HttpAction;
    type Undo = HttpUndo;
    type Active = HttpFault;

    fn name(&self) -> &'static str {
        "layer"
    }

    fn serves(&self) -> Vec<Serves> {
        serves(&PlaceKind::InProcess)
    }

    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        cx: &Planning<'_>,
    ) -> Result<Vec<Draft<HttpAction>>, Refusal> {
        if !self.services.contains_key(&target.id()) {
            return Err(Refusal::unsupported(elsewhere(&target.id()).message)
                .nearest("a target of type `proxy` in front of the service"));
        }
        let (action, rules) = HttpAction::plan(experiment, target, cx.seed)?;
        let witness = "the answers to requests that pass the gate".to_owned();
        Ok(vec![draft(action, &rules, witness)])
    }

    fn prepare(&self, action: &HttpAction) -> Result<HttpUndo, Failure> {
        Ok(HttpUndo::new(&action.target))
    }

    fn inject(
        &self,
        action: &HttpAction,
        undo: &HttpUndo,
        _: &mut Scribe<'_, HttpUndo>,
    ) -> Result<HttpFault, Failure> {
        Ok(HttpFault::set(
            self.book(&action.target)?,
            undo,
            action.rules()?,
        ))
    }

    fn observe(&self, active: &mut HttpFault) -> Result<Vec<Measure>, Failure> {
        Ok(active.measures())
    }

    fn undo(&self, undo: &HttpUndo, _: Option<&mut HttpFault>) -> Result<Undone, Failure> {
        if !undo.is_ours() {
            return undo.undone_elsewhere();
        }
        let (book, begun) = (self.book(&undo.target)?, Instant::now());
        Ok(if book.take(&undo.page) {
            book.chaos().note_abort(begun.elapsed());
            Undone::Reverted
        } else {
            Undone::AlreadyGone
        })
    }

    fn verify(&self, undo: &HttpUndo) -> Result<Vec<Leftover>, Failure> {
        if !undo.is_ours() {
            return Ok(undo.left_elsewhere());
        }
        let there = self.book(&undo.target)?.holds(&undo.page);
        Ok(there
            .then(|| Leftover {
                what: format!("rules of {}", undo.target),
                remedy: Some("restart the service".to_owned()),
            })
            .into_iter()
            .collect())
    }
}
