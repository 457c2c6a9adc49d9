//! A proxy of TCP connections.

mod connection;
mod effect;
mod pump;

use crate::toxic::Toxic;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a proxy does at one moment.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) toxics: Vec<Toxic>,
    pub(crate) seed: u64,
    /// Connections are refused and cut while it is not.
    pub(crate) enabled: bool,
}

/// Counters of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Connections that were accepted so far.
    pub connections: u64,
    /// Connections that are open now.
    pub open: u64,
    /// Bytes that went to the service.
    pub upstream: u64,
    /// Bytes that went to the client.
    pub downstream: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) connections: AtomicU64,
    pub(crate) open: AtomicU64,
    pub(crate) upstream: Arc<AtomicU64>,
    pub(crate) downstream: Arc<AtomicU64>,
}

/// A proxy: it listens, connects to a service for each client, and carries bytes both ways.
///
/// Toxics can be changed at any time, and open connections feel it at once. Dropping the proxy
/// closes its connections.
///
/// ```no_run
/// use herz_proxy::{Effect, TcpProxy, Toxic};
/// # async fn example() -> std::io::Result<()> {
/// let proxy = TcpProxy::start("127.0.0.1:0", "127.0.0.1:6379", 42).await?;
/// let slow = Effect::Latency { latency: 100, jitter: 0 };
/// proxy.set(vec![Toxic::new(slow)]);
/// println!("clients connect to {}", proxy.listen());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct TcpProxy {
    listen: SocketAddr,
    upstream: String,
    state: watch::Sender<Arc<State>>,
    counters: Arc<Counters>,
    /// The task that accepts; none while the proxy is down.
    accepting: Mutex<Option<JoinHandle<()>>>,
}

impl TcpProxy {
    /// Starts to listen. `seed` decides which connections a toxic with a share hits.
    pub async fn start(listen: &str, upstream: &str, seed: u64) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let state = State {
            toxics: Vec::new(),
            seed,
            enabled: true,
        };
        let proxy = Self {
            listen: listener.local_addr()?,
            upstream: upstream.to_owned(),
            state: watch::Sender::new(Arc::new(state)),
            counters: Arc::default(),
            accepting: Mutex::new(None),
        };
        proxy.accept(listener);
        Ok(proxy)
    }

    /// Where clients connect.
    pub const fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// Where the service is.
    pub fn upstream(&self) -> &str {
        &self.upstream
    }

    /// Whether connections are let through.
    pub fn is_enabled(&self) -> bool {
        self.state.borrow().enabled
    }

    /// Its toxics.
    pub fn toxics(&self) -> Vec<Toxic> {
        self.state.borrow().toxics.clone()
    }

    /// Exchanges all toxics at once.
    pub fn set(&self, toxics: Vec<Toxic>) {
        self.state.send_modify(|state| {
            *state = Arc::new(State {
                toxics,
                ..State::clone(state)
            });
        });
    }

    /// Takes the service down for its clients: open connections are closed, new ones are refused.
    pub async fn disable(&self) {
        self.enable(false);
        let task = self.lock().take();
        if let Some(task) = task {
            task.abort();
            // The port is free when the task is gone, and not before.
            let _ = task.await;
        }
    }

    /// Brings the service up again.
    pub async fn enable_again(&self) -> io::Result<()> {
        if self.is_enabled() {
            return Ok(());
        }
        let listener = TcpListener::bind(self.listen).await?;
        self.enable(true);
        self.accept(listener);
        Ok(())
    }

    /// What went through so far.
    pub fn traffic(&self) -> Traffic {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Traffic {
            connections: read(&self.counters.connections),
            open: read(&self.counters.open),
            upstream: read(&self.counters.upstream),
            downstream: read(&self.counters.downstream),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<JoinHandle<()>>> {
        self.accepting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn enable(&self, enabled: bool) {
        self.state.send_modify(|state| {
            *state = Arc::new(State {
                enabled,
                ..State::clone(state)
            });
        });
    }

    fn accept(&self, listener: TcpListener) {
        let upstream: Arc<str> = Arc::from(self.upstream.as_str());
        let state = self.state.subscribe();
        let counters = Arc::clone(&self.counters);
        let task = tokio::spawn(async move {
            loop {
                match listener.accept().await {
                    Ok((client, _)) => {
                        let number = counters.connections.fetch_add(1, Ordering::Relaxed);
                        let (upstream, state) = (Arc::clone(&upstream), state.clone());
                        let counters = Arc::clone(&counters);
                        tokio::spawn(connection::serve(client, upstream, number, state, counters));
                    }
                    // Out of descriptors, most likely: others have to end first.
                    Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
                }
            }
        });
        *self.lock() = Some(task);
    }
}

impl Drop for TcpProxy {
    fn drop(&mut self) {
        if let Some(task) = self.lock().take() {
            task.abort();
        }
    }
}
