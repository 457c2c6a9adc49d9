//! One proxy that runs, and the faults of several experiments at it.

use crate::{Effect, HttpProxy, TcpProxy, Toxic};
use herz_http::{Chaos, Gate, RuleBook};
use herz_runtime::event::Measure;
use herz_runtime::inventory::ProxyPlace;
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What a proxy understands of what passes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wire {
    Http,
    Tcp,
}

impl Wire {
    pub(super) fn of(place: &ProxyPlace) -> Result<Self, String> {
        match place.protocol.as_str() {
            "http" | "grpc" => Ok(Self::Http),
            "tcp" => Ok(Self::Tcp),
            other => Err(format!(
                "there is no proxy of `protocol: {other}`: use `tcp`, `http` or `grpc`"
            )),
        }
    }
}

#[derive(Debug)]
pub(super) enum Running {
    Http {
        proxy: HttpProxy,
        book: RuleBook,
    },
    Tcp {
        proxy: TcpProxy,
        pages: Mutex<BTreeMap<String, Vec<Toxic>>>,
        /// Bytes to the client when somebody last looked, and when.
        seen: Mutex<(u64, Instant)>,
    },
}

/// A port that a proxy before this one just left may take a moment to be free.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(25);

impl Running {
    pub(super) async fn start(place: &ProxyPlace) -> io::Result<Self> {
        let wire = Wire::of(place).map_err(io::Error::other)?;
        let mut tries = 0;
        loop {
            let started = Self::once(place, wire).await;
            match started {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && tries < TRIES => {
                    tries += 1;
                    tokio::time::sleep(PAUSE).await;
                }
                other => return other,
            }
        }
    }

    async fn once(place: &ProxyPlace, wire: Wire) -> io::Result<Self> {
        if wire == Wire::Tcp {
            return Ok(Self::Tcp {
                proxy: TcpProxy::start(&place.listen, &place.upstream, 0).await?,
                pages: Mutex::default(),
                seen: Mutex::new((0, Instant::now())),
            });
        }
        // Whoever connects to the proxy wants its faults; a spec may still ask for a header.
        let mut builder = Chaos::builder().gate(Gate::Open);
        let port = place.upstream.rsplit_once(':').map(|(_, port)| port);
        if let Some(port) = port.and_then(|port| port.parse().ok()) {
            builder = builder.port(port);
        }
        let chaos = builder.build().map_err(io::Error::other)?;
        Ok(Self::Http {
            proxy: HttpProxy::start(&place.listen, &place.upstream, chaos.clone()).await?,
            book: RuleBook::new(chaos),
        })
    }

    pub(super) const fn listen(&self) -> SocketAddr {
        match self {
            Self::Http { proxy, .. } => proxy.listen(),
            Self::Tcp { proxy, .. } => proxy.listen(),
        }
    }

    pub(super) const fn book(&self) -> Option<&RuleBook> {
        match self {
            Self::Http { book, .. } => Some(book),
            Self::Tcp { .. } => None,
        }
    }

    /// Adds toxics; false if this is no proxy of TCP.
    pub(super) fn put(&self, page: &str, toxics: Vec<Toxic>) -> bool {
        let Self::Tcp { proxy, pages, .. } = self else {
            return false;
        };
        let mut pages = lock(pages);
        pages.insert(page.to_owned(), toxics);
        proxy.set(pages.values().flatten().cloned().collect());
        true
    }

    /// Takes an experiment's rules or toxics away; false if there were none.
    pub(super) fn take(&self, page: &str) -> bool {
        match self {
            Self::Http { book, .. } => book.take(page),
            Self::Tcp { proxy, pages, .. } => {
                let mut pages = lock(pages);
                let there = pages.remove(page).is_some();
                proxy.set(pages.values().flatten().cloned().collect());
                there
            }
        }
    }

    pub(super) fn holds(&self, page: &str) -> bool {
        match self {
            Self::Http { book, .. } => book.holds(page),
            Self::Tcp { pages, .. } => lock(pages).contains_key(page),
        }
    }

    /// Bytes a second to the client since the last look, against the limit, if there is one.
    #[allow(clippy::cast_precision_loss, reason = "a rate needs no more")]
    pub(super) fn speed(&self) -> Vec<Measure> {
        let Self::Tcp { proxy, seen, .. } = self else {
            return Vec::new();
        };
        let limit = proxy.toxics().iter().find_map(|toxic| match toxic.effect {
            Effect::Bandwidth { rate } => Some(rate.saturating_mul(1000)),
            _ => None,
        });
        let mut seen = lock(seen);
        let (bytes, now) = (proxy.traffic().downstream, Instant::now());
        let span = now.saturating_duration_since(seen.1).as_secs_f64();
        let moved = bytes.saturating_sub(seen.0);
        *seen = (bytes, now);
        match limit {
            Some(limit) if moved > 0 && span > 0.0 => vec![Measure {
                name: "bandwidth".to_owned(),
                unit: "By/s".to_owned(),
                asked: limit as f64,
                observed: moved as f64 / span,
            }],
            _ => Vec::new(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
