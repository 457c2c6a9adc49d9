//! The future of a response.

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
    pub struct ResponseFuture<F, R, E> {
        #[pin]
        kind: Kind<F, R, E>,
    }
}

pin_project! {
    #[project = Projection]
    enum Kind<F, R, E> {
        Passed { #[pin] future: F },
        Touched { future: Touched<R, E> },
    }
}

impl<F, R, E> ResponseFuture<F, R, E> {
    pub(super) const fn passed(future: F) -> Self {
        Self {
            kind: Kind::Passed { future },
        }
    }

    pub(super) fn touched(
        future: impl Future<Output = Result<Response<ChaosBody<R>>, E>> + Send + 'static,
    ) -> Self {
        Self {
            kind: Kind::Touched {
                future: Box::pin(future),
            },
        }
    }
}

impl<F, R, E> Future for ResponseFuture<F, R, E>
where
    F: Future<Output = Result<Response<R>, E>>,
{
    type Output = Result<Response<ChaosBody<R>>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().kind.project() {
            Projection::Passed { future } => {
                let passed = |r: Response<R>| r.map(ChaosBody::passed);
                future.poll(cx).map(|r| r.map(passed))
            }
            Projection::Touched { future } => future.as_mut().poll(cx),
        }
    }
}

impl<F, R, E> std::fmt::Debug for ResponseFuture<F, R, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
