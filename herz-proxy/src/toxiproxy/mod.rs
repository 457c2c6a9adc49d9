//! Toxiproxy's REST interface, version 2.

mod proxies;
mod routes;

use proxies::Proxies;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A server of the interface, with the proxies that are made by it. Toxiproxy's clients look for it
/// on port 8474.
///
/// It has no token, since Toxiproxy's clients send none: so it listens on loopback addresses only.
///
/// ```no_run
/// # async fn example() -> std::io::Result<()> {
/// let api = herz_proxy::ToxiproxyApi::start("127.0.0.1:8474", 42).await?;
/// println!("toxiproxy-cli -h {} list", api.listen());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct ToxiproxyApi {
    listen: SocketAddr,
    task: JoinHandle<()>,
}

impl ToxiproxyApi {
    /// Starts to listen on a loopback address. `seed` decides which connections are hit by toxics
    /// with a share.
    pub async fn start(listen: &str, seed: u64) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let listen = listener.local_addr()?;
        if !listen.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("{listen} is no loopback address: the interface has no token"),
            ));
        }
        let proxies = Arc::new(Proxies::new(seed));
        let app = routes::router(proxies);
        let task = tokio::spawn(async move {
            // It serves until it is dropped.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { listen, task })
    }

    /// Where it listens.
    pub const fn listen(&self) -> SocketAddr {
        self.listen
    }
}

impl Drop for ToxiproxyApi {
    fn drop(&mut self) {
        self.task.abort();
    }
}
