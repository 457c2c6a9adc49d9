//! What types the bodies have on the other side of a layer.

use crate::body::ChaosBody;
use http::{Request, Response};
use std::task::Poll;

/// What becomes of request bodies before the service behind sees them.
pub trait MapBody<B>: Clone + Send + 'static {
    /// The type that the service behind takes.
    type Body;

    /// The body as that type.
    fn map(&self, body: ChaosBody<B>) -> Self::Body;

    /// A request that no rule is about.
    #[inline]
    fn pass(&self, request: Request<B>) -> Request<Self::Body> {
        request.map(|body| self.map(ChaosBody::passed(body)))
    }
}

/// What becomes of response bodies before the caller sees them.
pub trait MapResponse<R>: Clone + Send + 'static {
    /// The type that the caller gets.
    type Body;

    /// The body as that type.
    fn map_response(&self, body: ChaosBody<R>) -> Self::Body;

    /// What the service behind says, of a request that no rule is about.
    #[inline]
    fn pass_response<E>(
        &self,
        answer: Poll<Result<Response<R>, E>>,
    ) -> Poll<Result<Response<Self::Body>, E>> {
        answer.map_ok(|response| response.map(|body| self.map_response(ChaosBody::passed(body))))
    }
}

/// Bodies are [`ChaosBody`] in both directions.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keep;

impl<B> MapBody<B> for Keep {
    type Body = ChaosBody<B>;

    #[inline]
    fn map(&self, body: ChaosBody<B>) -> ChaosBody<B> {
        body
    }
}

impl<R> MapResponse<R> for Keep {
    type Body = ChaosBody<R>;

    #[inline]
    fn map_response(&self, body: ChaosBody<R>) -> ChaosBody<R> {
        body
    }
}

/// Request bodies go through a function; those of responses are [`ChaosBody`].
#[derive(Debug, Clone, Copy)]
pub struct MapWith<F>(pub(super) F);

impl<B, T, F> MapBody<B> for MapWith<F>
where
    F: Fn(ChaosBody<B>) -> T + Clone + Send + 'static,
{
    type Body = T;

    fn map(&self, body: ChaosBody<B>) -> T {
        (self.0)(body)
    }
}

impl<R, F: Clone + Send + 'static> MapResponse<R> for MapWith<F> {
    type Body = ChaosBody<R>;

    #[inline]
    fn map_response(&self, body: ChaosBody<R>) -> ChaosBody<R> {
        body
    }
}

/// Bodies keep their type in both directions; a function puts changed ones into it.
#[derive(Debug, Clone, Copy)]
pub struct Same<F>(pub(super) F);

impl<B, F> MapBody<B> for Same<F>
where
    F: Fn(ChaosBody<B>) -> B + Clone + Send + 'static,
{
    type Body = B;

    fn map(&self, body: ChaosBody<B>) -> B {
        body.into_passed().unwrap_or_else(&self.0)
    }

    // A request is over 200 bytes: another type of its body alone means to copy all of them.
    #[inline]
    fn pass(&self, request: Request<B>) -> Request<B> {
        request
    }
}

impl<R, F> MapResponse<R> for Same<F>
where
    F: Fn(ChaosBody<R>) -> R + Clone + Send + 'static,
{
    type Body = R;

    fn map_response(&self, body: ChaosBody<R>) -> R {
        body.into_passed().unwrap_or_else(&self.0)
    }

    #[inline]
    fn pass_response<E>(
        &self,
        answer: Poll<Result<Response<R>, E>>,
    ) -> Poll<Result<Response<R>, E>> {
        answer
    }
}
