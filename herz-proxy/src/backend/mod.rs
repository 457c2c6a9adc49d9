//! The proxies as a fault backend of `herz-runtime`: targets of type `proxy`.
//!
//! A proxy of `protocol: http` or `grpc` takes the rules of `herz-http`, one of `tcp` takes toxics. It
//! listens while somebody holds it: a run, or whoever called [`ProxyBackend::hold`] so that clients
//! find it before the run and after it.

mod running;
mod toxics;

use herz_http::backend::{HttpAction, HttpFault, HttpUndo, draft, serves};
use herz_runtime::backend::{Claim, Draft, Failure, Lifetime, Planning, Scribe, Serves};
use herz_runtime::event::Measure;
use herz_runtime::inventory::ProxyPlace;
use herz_runtime::plan::Refusal;
use herz_runtime::undo::{Leftover, Undone};
use herz_runtime::{Backend, Experiment, Place, PlaceKind, Target};
use running::{Running, Wire};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::runtime::Handle;
pub use toxics::ToxicAction;

/// The backend of services behind a proxy that this process runs.
///
/// Clones share their proxies: one goes to the engine, another one holds them. Calls block on `handle`'s runtime: make them from threads outside of it, as the engine does.
#[derive(Debug, Clone)]
pub struct ProxyBackend {
    handle: Handle,
    /// Proxies that somebody holds, by target.
    running: Arc<Mutex<BTreeMap<String, Weak<Running>>>>,
}

/// What is done at a proxy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyAction {
    /// The proxy.
    pub place: ProxyPlace,
    /// On the requests or on the bytes that pass.
    pub fault: ProxyFault,
}

/// What happens to what passes a proxy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProxyFault {
    /// Rules on requests and responses.
    Http(HttpAction),
    /// Toxics on bytes.
    Tcp(ToxicAction),
}

/// A fault that is at a proxy.
#[derive(Debug)]
pub struct AtProxy {
    proxy: Option<Arc<Running>>,
    rules: Option<HttpFault>,
}

/// Keeps a proxy listening; dropping it lets go.
#[derive(Debug)]
pub struct HeldProxy(Arc<Running>);

impl HeldProxy {
    /// Where clients connect; the true port, where the inventory says 0.
    pub fn listen(&self) -> SocketAddr {
        self.0.listen()
    }
}

impl ProxyBackend {
    /// With proxies that run on this runtime.
    pub fn new(handle: Handle) -> Self {
        Self {
            handle,
            running: Arc::default(),
        }
    }

    /// Lets the proxy of a target listen from now on. `None` if the target is no proxy.
    pub fn hold(&self, target: &Target) -> Option<io::Result<HeldProxy>> {
        match &target.place {
            Place::Proxy(place) => Some(self.proxy(&target.id(), place).map(HeldProxy)),
            _ => None,
        }
    }

    /// The proxy of a target, started if it does not run.
    fn proxy(&self, target: &str, place: &ProxyPlace) -> io::Result<Arc<Running>> {
        let mut running = self.lock();
        if let Some(found) = running.get(target).and_then(Weak::upgrade) {
            return Ok(found);
        }
        let started = Arc::new(self.handle.block_on(Running::start(place))?);
        running.insert(target.to_owned(), Arc::downgrade(&started));
        Ok(started)
    }

    fn find(&self, target: &str) -> Option<Arc<Running>> {
        self.lock().get(target).and_then(Weak::upgrade)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Weak<Running>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProxyFault {
    fn target(&self) -> &str {
        match self {
            Self::Http(action) => &action.target,
            Self::Tcp(action) => &action.target,
        }
    }
}

impl Backend for ProxyBackend {
    type Action = ProxyAction;
    type Undo = HttpUndo;
    type Active = AtProxy;

    fn name(&self) -> &'static str {
        "proxy"
    }

    fn serves(&self) -> Vec<Serves> {
        let mut rows = serves(&PlaceKind::Proxy);
        rows.push(
            Serves::kind("chaos-mesh.org", "NetworkChaos", PlaceKind::Proxy).only(toxics::ACTIONS),
        );
        rows
    }

    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        cx: &Planning<'_>,
    ) -> Result<Vec<Draft<ProxyAction>>, Refusal> {
        let Place::Proxy(place) = &target.place else {
            return Err(Refusal::unsupported("it is no proxy"));
        };
        let at = |fault| ProxyAction {
            place: place.clone(),
            fault,
        };
        match Wire::of(place).map_err(Refusal::unsupported)? {
            Wire::Http if experiment.kind == "NetworkChaos" => Err(Refusal::unsupported(
                "a proxy of HTTP acts on requests, not on packets",
            )
            .nearest("`protocol: tcp` for this target, or HTTPChaos")),
            Wire::Http => {
                let (action, rules) = HttpAction::plan(experiment, target, cx.seed)?;
                let witness = format!("curl -i http://{}/", place.listen);
                let drafted = draft(action, &rules, witness);
                Ok(vec![Draft {
                    action: at(ProxyFault::Http(drafted.action)),
                    what: drafted.what,
                    undo: drafted.undo,
                    witness: drafted.witness,
                    lifetime: drafted.lifetime,
                    claims: drafted.claims,
                }])
            }
            Wire::Tcp => {
                let action = toxics::plan(experiment, target, cx)?;
                Ok(vec![Draft {
                    what: action.to_string(),
                    undo: "take the toxics away".to_owned(),
                    witness: format!("a client that connects to {}", place.listen),
                    lifetime: Lifetime::DiesWithUs,
                    claims: vec![Claim::shared(format!("connections of {}", target.id()))],
                    action: at(ProxyFault::Tcp(action)),
                }])
            }
        }
    }

    fn prepare(&self, action: &ProxyAction) -> Result<HttpUndo, Failure> {
        Ok(HttpUndo::new(action.fault.target()))
    }

    fn inject(
        &self,
        action: &ProxyAction,
        undo: &HttpUndo,
        _: &mut Scribe<'_, HttpUndo>,
    ) -> Result<AtProxy, Failure> {
        let proxy = self
            .proxy(action.fault.target(), &action.place)
            .map_err(|error| {
                Failure::new(format!("can't listen on {}: {error}", action.place.listen))
                    .with_remedy("another port as `listen` in the inventory")
            })?;
        let rules = match &action.fault {
            ProxyFault::Http(action) => {
                let rules = action.rules()?;
                let book = proxy.book().ok_or_else(|| other_wire(action, "HTTP"))?;
                Some(HttpFault::set(book, undo, rules))
            }
            ProxyFault::Tcp(action) => {
                if !proxy.put(&undo.page, action.toxics.clone()) {
                    return Err(other_wire(action, "TCP"));
                }
                None
            }
        };
        Ok(AtProxy {
            proxy: Some(proxy),
            rules,
        })
    }

    fn observe(&self, active: &mut AtProxy) -> Result<Vec<Measure>, Failure> {
        Ok(match (&active.rules, &active.proxy) {
            (Some(rules), _) => rules.measures(),
            (None, Some(proxy)) => proxy.speed(),
            (None, None) => Vec::new(),
        })
    }

    fn undo(&self, undo: &HttpUndo, active: Option<&mut AtProxy>) -> Result<Undone, Failure> {
        if !undo.is_ours() {
            return undo.undone_elsewhere();
        }
        let there = self
            .find(&undo.target)
            .is_some_and(|proxy| proxy.take(&undo.page));
        // Nobody else may hold the proxy: it ends here then.
        drop(active.and_then(|active| active.proxy.take()));
        Ok(if there {
            Undone::Reverted
        } else {
            Undone::AlreadyGone
        })
    }

    fn verify(&self, undo: &HttpUndo) -> Result<Vec<Leftover>, Failure> {
        if !undo.is_ours() {
            return Ok(undo.left_elsewhere());
        }
        let there = self
            .find(&undo.target)
            .is_some_and(|proxy| proxy.holds(&undo.page));
        Ok(there
            .then(|| Leftover {
                what: format!("a fault at the proxy of {}", undo.target),
                remedy: Some("end the process that runs the proxy".to_owned()),
            })
            .into_iter()
            .collect())
    }
}

fn other_wire(action: impl std::fmt::Debug, wire: &str) -> Failure {
    Failure::new(format!(
        "the proxy that runs there is none of {wire}, which {action:?} needs"
    ))
}
