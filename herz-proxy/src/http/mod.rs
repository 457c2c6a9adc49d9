//! A proxy of HTTP/1.1, HTTP/2 and gRPC without TLS.

use herz_http::{BoxError, Chaos, ChaosBody};
use http::uri::{Authority, Scheme};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tower::{Layer, Service};

type Body = UnsyncBoxBody<bytes::Bytes, BoxError>;

fn boxed(error: hyper::Error) -> BoxError {
    Box::new(error)
}

/// A proxy that applies rules to requests and responses.
///
/// It speaks to the service what the client speaks to it: HTTP/1.1, or HTTP/2 with prior
/// knowledge, which is what gRPC uses without TLS. Dropping it ends its connections.
///
/// ```no_run
/// use herz_http::{Chaos, Gate};
/// use herz_proxy::HttpProxy;
/// # async fn example(rules: Vec<herz_http::rule::Rule>) -> std::io::Result<()> {
/// let chaos = Chaos::builder().gate(Gate::Open).build().map_err(std::io::Error::other)?;
/// let proxy = HttpProxy::start("127.0.0.1:0", "127.0.0.1:8080", chaos.clone()).await?;
/// chaos.set(rules);
/// println!("clients connect to {}", proxy.listen());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct HttpProxy {
    listen: SocketAddr,
    chaos: Chaos,
    task: JoinHandle<()>,
}

impl HttpProxy {
    /// Starts to listen. Rules are those of `chaos`, whoever sets them.
    pub async fn start(listen: &str, upstream: &str, chaos: Chaos) -> io::Result<Self> {
        let upstream: Authority = upstream.parse().map_err(|e| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("`{upstream}`: {e}"))
        })?;
        let listener = TcpListener::bind(listen).await?;
        let listen = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, upstream, chaos.clone()));
        Ok(Self {
            listen,
            chaos,
            task,
        })
    }

    /// Where clients connect.
    pub const fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// Its rules and their counters.
    pub const fn chaos(&self) -> &Chaos {
        &self.chaos
    }
}

impl Drop for HttpProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The clients of a proxy: one for each version, since a service speaks what its clients speak.
struct Upstream {
    authority: Authority,
    one: Client<HttpConnector, Body>,
    two: Client<HttpConnector, Body>,
}

async fn accept(listener: TcpListener, authority: Authority, chaos: Chaos) {
    let client = || {
        let mut builder = Client::builder(TokioExecutor::new());
        // A connection that the service closed meanwhile must not fail a request that had no
        // fault: only one that was not sent is tried again.
        builder.retry_canceled_requests(true);
        builder
    };
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let upstream = Arc::new(Upstream {
        authority,
        one: client().build(connector.clone()),
        two: client().http2_only(true).build(connector),
    });
    let mut connections = tokio::task::JoinSet::new();
    loop {
        // Ended ones are taken out as new ones come, so that the set does not grow.
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((socket, _)) => {
                connections.spawn(serve(socket, Arc::clone(&upstream), chaos.clone()));
            }
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    }
}

async fn serve(socket: TcpStream, upstream: Arc<Upstream>, chaos: Chaos) {
    let _ = socket.set_nodelay(true);
    let service = chaos.layer().layer(Forward(upstream));
    let server = auto::Builder::new(TokioExecutor::new());
    // A connection that ends in an error has ended; the client saw it.
    let _ = server
        .serve_connection_with_upgrades(TokioIo::new(socket), TowerToHyperService::new(service))
        .await;
}

/// Sends requests to the service.
#[derive(Clone)]
struct Forward(Arc<Upstream>);

impl Service<Request<ChaosBody<Incoming>>> for Forward {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<ChaosBody<Incoming>>) -> Self::Future {
        let upstream = Arc::clone(&self.0);
        Box::pin(async move { Ok(upstream.send(request).await) })
    }
}

impl Upstream {
    async fn send(&self, request: Request<ChaosBody<Incoming>>) -> Response<Body> {
        let version = request.version();
        let client = match version {
            http::Version::HTTP_2 => &self.two,
            _ => &self.one,
        };
        let mut request = request.map(BodyExt::boxed_unsync);
        match self.address(request.uri()) {
            Ok(uri) => *request.uri_mut() = uri,
            Err(error) => return bad_gateway(&error),
        }
        match client.request(request).await {
            Ok(response) => response.map(|b| b.map_err(boxed).boxed_unsync()),
            Err(error) => bad_gateway(&error),
        }
    }

    /// The same path at the service. Clients of a forward proxy send whole addresses; where those
    /// point does not matter.
    fn address(&self, uri: &Uri) -> Result<Uri, http::uri::InvalidUriParts> {
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(Scheme::HTTP);
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = uri
            .path_and_query()
            .cloned()
            .or_else(|| Some(http::uri::PathAndQuery::from_static("/")));
        Uri::from_parts(parts)
    }
}

/// The service could not be reached, which is no fault of an experiment: says so.
fn bad_gateway(error: &dyn std::error::Error) -> Response<Body> {
    let mut text = format!("herz: the service did not answer: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text.push('\n');
    let body = Full::new(bytes::Bytes::from(text)).map_err(|never| match never {});
    let mut response = Response::new(body.boxed_unsync());
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response
}
