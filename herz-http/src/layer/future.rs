//! The future of a response.

use super::{Keep, MapResponse};
use crate::body::ChaosBody;
use http::Response;
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A response to come, whatever its error.
type Touched<R, E> = Pin<Box<dyn Future<Output = Result<Response<ChaosBody<R>>, E>> + Send>>;

pin_project! {
    /// What [`ChaosService`](super::ChaosService) answers with. Requests that no rule is about
    /// cost no allocation.
    pub struct ResponseFuture<F, R, E, M = Keep> {
        #[pin]
        kind: Kind<F, R, E>,
        map: M,
    }
}

pin_project! {
    #[project = Projection]
    enum Kind<F, R, E> {
        Passed { #[pin] future: F },
        Touched { future: Touched<R, E> },
    }
}

impl<F, R, E, M> ResponseFuture<F, R, E, M> {
    #[inline]
    pub(super) const fn passed(future: F, map: M) -> Self {
        Self {
            kind: Kind::Passed { future },
            map,
        }
    }

    pub(super) fn touched(
        future: impl Future<Output = Result<Response<ChaosBody<R>>, E>> + Send + 'static,
        map: M,
    ) -> Self {
        Self {
            kind: Kind::Touched {
                future: Box::pin(future),
            },
            map,
        }
    }
}

impl<F, R, E, M> Future for ResponseFuture<F, R, E, M>
where
    F: Future<Output = Result<Response<R>, E>>,
    M: MapResponse<R>,
{
    type Output = Result<Response<M::Body>, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        match this.kind.project() {
            Projection::Passed { future } => this.map.pass_response(future.poll(cx)),
            Projection::Touched { future } => {
                let answer = future.as_mut().poll(cx);
                answer.map_ok(|response| response.map(|body| this.map.map_response(body)))
            }
        }
    }
}

impl<F, R, E, M> std::fmt::Debug for ResponseFuture<F, R, E, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
