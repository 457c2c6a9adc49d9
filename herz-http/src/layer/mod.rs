//! The layer: a service of tower that applies rules to what passes through.

mod bodies;
mod exchange;
mod future;

pub use bodies::{Keep, MapBody, MapResponse, MapWith, Same};
pub use future::ResponseFuture;

use crate::chaos::{Chaos, RuleSet, Shared};
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
/// bodies of the type [`ChaosBody`](crate::ChaosBody); one that insists on a type of its own gets it by
/// [`ChaosLayer::map_request_body`] or [`ChaosLayer::keep_bodies`].
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

    /// Keeps the types of bodies in both directions, for services whose body can hold any other:
    /// `layer.keep_bodies(axum::body::Body::new)`. While no rule is about a request, its body and
    /// that of the response are handed on as they are; nothing puts them into a box.
    pub fn keep_bodies<F>(self, hold: F) -> ChaosLayer<Same<F>> {
        ChaosLayer {
            chaos: self.chaos,
            map: Same(hold),
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

/// A service whose requests and responses rules apply to. Made by [`ChaosLayer`].
#[derive(Debug, Clone)]
pub struct ChaosService<S, M = Keep> {
    inner: S,
    shared: Arc<Shared>,
    map: M,
}

impl<S, M, B, R> Service<Request<B>> for ChaosService<S, M>
where
    M: MapBody<B> + MapResponse<R>,
    S: Service<Request<<M as MapBody<B>>::Body>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
    <M as MapBody<B>>::Body: Send,
    B: Body<Data = Bytes> + Unpin + Send + 'static,
    B::Error: Into<BoxError>,
    R: Body<Data = Bytes> + Unpin + Send + 'static,
    R::Error: Into<BoxError>,
{
    type Response = Response<<M as MapResponse<R>>::Body>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, R, S::Error, M>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    #[inline]
    fn call(&mut self, request: Request<B>) -> Self::Future {
        match self.shared.rules_for(request.headers()) {
            None => self.pass(request),
            Some(set) => self.lead(&set, request),
        }
    }
}

impl<S, M> ChaosService<S, M> {
    /// Hands a request on as it came.
    #[inline]
    fn pass<B, R>(&mut self, request: Request<B>) -> ResponseFuture<S::Future, R, S::Error, M>
    where
        M: MapBody<B> + MapResponse<R>,
        S: Service<Request<<M as MapBody<B>>::Body>, Response = Response<R>>,
    {
        let request = self.map.pass(request);
        ResponseFuture::passed(self.inner.call(request), self.map.clone())
    }

    /// Leads a request through rules. Not part of `call`, whose stack would grow by all of it for
    /// requests that no rule is about, too.
    #[inline(never)]
    fn lead<B, R>(
        &mut self,
        set: &RuleSet,
        mut request: Request<B>,
    ) -> ResponseFuture<S::Future, R, S::Error, M>
    where
        M: MapBody<B> + MapResponse<R>,
        S: Service<Request<<M as MapBody<B>>::Body>, Response = Response<R>>
            + Clone
            + Send
            + 'static,
        S::Future: Send + 'static,
        S::Error: Send + 'static,
        <M as MapBody<B>>::Body: Send,
        B: Body<Data = Bytes> + Unpin + Send + 'static,
        B::Error: Into<BoxError>,
        R: Body<Data = Bytes> + Unpin + Send + 'static,
        R::Error: Into<BoxError>,
    {
        self.shared.strip_gate(request.headers_mut());
        let port = self.shared.port;
        let hits = exchange::Hits::of(set.fitting(port, &request, Side::Request));
        let responding = set.fitting(port, &request, Side::Response);
        let waiting: Vec<_> = responding.map(Arc::clone).collect();
        if hits.is_empty() && waiting.is_empty() {
            return self.pass(request);
        }
        // The service that said it is ready has to be the one that is called.
        let ready = self.inner.clone();
        let inner = std::mem::replace(&mut self.inner, ready);
        let limit = self.shared.patch_limit;
        let map = self.map.clone();
        let exchange = exchange::run(inner, map.clone(), request, hits, waiting, limit);
        ResponseFuture::touched(exchange, map)
    }
}
