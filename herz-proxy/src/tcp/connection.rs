//! One connection: two pumps, and how it ends.

use super::effect::Fate;
use super::pump::{Over, Pump, until};
use super::{Counters, State};
use crate::toxic::Stream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tokio::net::TcpStream;
use tokio::sync::watch;

/// How a connection ends before its time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Close,
    Reset,
}

/// Counts a connection as open for as long as it lives.
struct Open(Arc<Counters>);

impl Open {
    fn new(counters: Arc<Counters>) -> Self {
        counters.open.fetch_add(1, Ordering::Relaxed);
        Self(counters)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Carries a connection from its first moment to its last.
pub(super) async fn serve(
    mut client: TcpStream,
    upstream: Arc<str>,
    number: u64,
    state: watch::Receiver<Arc<State>>,
    counters: Arc<Counters>,
) {
    let open = Open::new(Arc::clone(&counters));
    let answered = AtomicBool::new(false);
    let mut life = Life {
        start: Instant::now(),
        number,
        state: state.clone(),
        answered: &answered,
    };
    let connecting = async {
        life.connectable().await?;
        tokio::select! {
            // A service that is not there looks as it would without the proxy: the connection ends.
            service = TcpStream::connect(upstream.as_ref()) => service.map_err(|_| End::Close),
            end = life.ended() => Err(end),
        }
    };
    let mut service = match connecting.await {
        Ok(service) => service,
        Err(end) => return finish(end, &[&client]),
    };
    // Small pieces go on at once: a proxy that gathers them would be a delay nobody asked for.
    let _ = client.set_nodelay(true);
    let _ = service.set_nodelay(true);
    let end = {
        let (client_in, client_out) = client.split();
        let (service_in, service_out) = service.split();
        let up = Pump {
            from: client_in,
            to: service_out,
            stream: Stream::Upstream,
            connection: number,
            state: state.clone(),
            bytes: &counters.upstream,
            carried_any: None,
        };
        let down = Pump {
            from: service_in,
            to: client_out,
            stream: Stream::Downstream,
            connection: number,
            state,
            bytes: &counters.downstream,
            carried_any: Some(&answered),
        };
        tokio::select! {
            () = both(up, down) => End::Close,
            end = life.ended() => end,
        }
    };
    finish(end, &[&client, &service]);
    drop(open);
}

/// Until both directions are closed, or one is cut.
async fn both(up: Pump<'_>, down: Pump<'_>) {
    let (mut up, mut down) = (std::pin::pin!(up.run()), std::pin::pin!(down.run()));
    let (first, up_is_over) = tokio::select! {
        over = &mut up => (over, true),
        over = &mut down => (over, false),
    };
    if first == Over::Closed {
        if up_is_over {
            down.await;
        } else {
            up.await;
        }
    }
}

/// How long a connection may live.
struct Life<'a> {
    start: Instant,
    number: u64,
    state: watch::Receiver<Arc<State>>,
    /// Whether a byte of the answer has come.
    answered: &'a AtomicBool,
}

impl Life<'_> {
    /// The fate of now; nothing if the proxy is down.
    fn fate(&mut self) -> Option<Fate> {
        let state = self.state.borrow_and_update();
        let fate = Fate::of(&state.toxics, state.seed, self.number);
        state.enabled.then_some(fate)
    }

    /// Waits while the service may not be connected to.
    async fn connectable(&mut self) -> Result<(), End> {
        loop {
            let Some(fate) = self.fate() else {
                return Err(End::Close);
            };
            let Some(time) = fate.unconnected else {
                return Ok(());
            };
            tokio::select! {
                changed = self.state.changed() => changed.map_err(|_| End::Close)?,
                () = until(self.start.checked_add(time)) => return Err(End::Close),
            }
        }
    }

    /// Until the connection has to end.
    async fn ended(&mut self) -> End {
        let mut fate = Fate::default();
        let mut since = self.start;
        loop {
            let Some(new) = self.fate() else {
                return End::Close;
            };
            // Times count from when a toxic came, not from when another changed.
            if new != fate {
                (fate, since) = (new, Instant::now().max(self.start));
                if self.start.elapsed().as_millis() == 0 {
                    since = self.start;
                }
            }
            let at = |time| since.checked_add(time);
            let total = fate.total.and_then(|t| self.start.checked_add(t));
            let unanswered = !self.answered.load(Ordering::Relaxed);
            let first_byte = fate.first_byte.filter(|_| unanswered).and_then(at);
            let close = [fate.close.and_then(at), total].into_iter().flatten().min();
            tokio::select! {
                changed = self.state.changed() => {
                    if changed.is_err() {
                        return End::Close;
                    }
                }
                () = until(fate.reset.and_then(at)) => return End::Reset,
                () = until(close) => return End::Close,
                () = until(first_byte) => {
                    if !self.answered.load(Ordering::Relaxed) {
                        return End::Close;
                    }
                }
            }
        }
    }
}

/// Ends sockets: a reset tells the peer that something went wrong, a close that all is said.
fn finish(end: End, sockets: &[&TcpStream]) {
    if end == End::Reset {
        for socket in sockets {
            let _ = socket.set_zero_linger();
        }
    }
}
