//! The layer: a service of tower that applies rules to what passes through.

mod exchange;
mod future;

pub use future::ResponseFuture;

use crate::body::ChaosBody;
use crate::chaos::{Chaos, Shared};
use crate::{BoxError, Side};
use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Wraps services so that rules apply to their requests and responses.
///
/// It fits servers (axum, hyper, tonic) and clients alike. A service behind it takes request
/// bodies of the type [`ChaosBody`]; one that insists on a type of its own gets it by
/// [`ChaosLayer::map_request_body`].
#[derive(Debug, Clone)]
pub struct ChaosLayer<M = Keep> {
    chaos: Chaos,
    map: M,
}

impl ChaosLayer {
    pub(crate) const fn new(chaos: Chaos) -> Self {
        Self { chaos, map: Keep }
    }

    /// Turns request bodies into the type that the service behind takes; for tonic's clients,
    /// `layer.map_request_body(tonic::body::Body::new)`.
    pub fn map_request_body<F>(self, map: F) -> ChaosLayer<MapWith<F>> {
        ChaosLayer {
            chaos: self.chaos,
            map: MapWith(map),
        }
    }
}

impl<S, M: Clone> Layer<S> for ChaosLayer<M> {
    type Service = ChaosService<S, M>;

    fn layer(&self, inner: S) -> Self::Service {
        ChaosService {
            inner,
            shared: Arc::clone(&self.chaos.shared),
            map: self.map.clone(),
        }
    }
}

/// What becomes of request bodies before the service behind sees them.
pub trait MapBody<B>: Clone + Send + 'static {
    /// The type that the service behind takes.
    type Body;

    /// The body as that type.
    fn map(&self, body: ChaosBody<B>) -> Self::Body;
}

/// Request bodies stay [`ChaosBody`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Keep;

impl<B> MapBody<B> for Keep {
    type Body = ChaosBody<B>;

    fn map(&self, body: ChaosBody<B>) -> ChaosBody<B> {
        body
    }
}

/// Request bodies go through a function.
#[derive(Debug, Clone, Copy)]
pub struct MapWith<F>(F);

impl<B, T, F> MapBody<B> for MapWith<F>
where
    F: Fn(ChaosBody<B>) -> T + Clone + Send + 'static,
{
    type Body = T;

    fn map(&self, body: ChaosBody<B>) -> T {
        (self.0)(body)
    }
}

/// A service whose requests and responses rules apply to. Made by [`ChaosLayer`].
#[derive(Debug, Clone)]
pub struct ChaosService<S, M = Keep> {
    inner: S,
    shared: Arc<Shared>,
    map: M,
}

impl<S, M, B, R> Service<Request<B>> for ChaosService<S, M>
where
    M: MapBody<B>,
    S: Service<Request<M::Body>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
    M::Body: Send,
    B: Body<Data = Bytes> + Unpin + Send + 'static,
    B::Error: Into<BoxError>,
    R: Body<Data = Bytes> + Unpin + Send + 'static,
    R::Error: Into<BoxError>,
{
    type Response = Response<ChaosBody<R>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, R, S::Error>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let Some(set) = self.shared.rules_for(request.headers()) else {
            let request = request.map(|b| self.map.map(ChaosBody::passed(b)));
            return ResponseFuture::passed(self.inner.call(request));
        };
        self.shared.strip_gate(request.headers_mut());
        let port = self.shared.port;
        let hits = exchange::Hits::of(set.fitting(port, &request, Side::Request));
        let responding = set.fitting(port, &request, Side::Response);
        let waiting: Vec<_> = responding.map(Arc::clone).collect();
        if hits.is_empty() && waiting.is_empty() {
            let request = request.map(|b| self.map.map(ChaosBody::passed(b)));
            return ResponseFuture::passed(self.inner.call(request));
        }
        // The service that said it is ready has to be the one that is called.
        let ready = self.inner.clone();
        let inner = std::mem::replace(&mut self.inner, ready);
        let limit = self.shared.patch_limit;
        let map = self.map.clone();
        ResponseFuture::touched(exchange::run(inner, map, request, hits, waiting, limit))
    }
}
