//! A bare tower service: without a layer, with one that does nothing, and with Herz' in each state.

use bytes::Bytes;
use herz_http::rule::{End, Reply, Rule};
use herz_http::{Chaos, ChaosBody, Share};
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tower::{Layer, Service};

type Body = Full<Bytes>;

/// Answers at once, whatever the request's body is.
#[derive(Clone)]
struct Hello;

impl<B> Service<Request<B>> for Hello {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        black_box(&request);
        ready(Ok(Response::new(Body::default())))
    }
}

/// What any layer has to do: take the call and hand it on.
#[derive(Clone)]
pub(crate) struct Noop<S>(pub(crate) S);

impl<B, S: Service<Request<B>>> Service<Request<B>> for Noop<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        self.0.call(request)
    }
}

fn request(gate: bool) -> Request<Body> {
    let mut request = Request::builder()
        .uri("/orders/1")
        .header("user-agent", "bench");
    if gate {
        request = request.header("x-herz-enabled", "true");
    }
    request.body(Body::default()).unwrap()
}

fn once<S>(service: &mut S, gate: bool)
where
    S: Service<Request<Body>>,
{
    let mut cx = Context::from_waker(Waker::noop());
    let _ = black_box(service.poll_ready(&mut cx));
    let mut future = pin!(service.call(request(gate)));
    match future.as_mut().poll(&mut cx) {
        Poll::Ready(answer) => drop(black_box(answer.is_ok())),
        Poll::Pending => panic!("it waits"),
    }
}

fn chaos(rule: Option<Rule>) -> Chaos {
    let chaos = Chaos::builder().build().unwrap();
    chaos.set(rule.into_iter().collect());
    chaos
}

fn rule(share: f64) -> Rule {
    let mut rule = Rule::new("bench");
    rule.share = Share::new(share).unwrap();
    rule.end = Some(End::Reply(Reply::http(StatusCode::SERVICE_UNAVAILABLE)));
    rule
}

/// A body of the service's own type for one that a rule changed; none of these cases gets here.
fn hold(_: ChaosBody<Body>) -> Body {
    Body::default()
}

pub(crate) fn run(rounds: usize) {
    let (mut bare, mut larger, mut noop) = (Hello, Hello, Noop(Hello));
    let mut off = chaos(None).layer().layer(Hello);
    let mut kept = chaos(None).layer().keep_bodies(hold).layer(Hello);
    let mut kept_closed = chaos(Some(rule(1.0)))
        .layer()
        .keep_bodies(hold)
        .layer(Hello);
    let mut closed = chaos(Some(rule(1.0))).layer().layer(Hello);
    let mut zero = chaos(Some(rule(0.0))).layer().layer(Hello);
    let mut all = chaos(Some(rule(1.0))).layer().layer(Hello);
    super::compare(
        rounds,
        300_000,
        &mut [
            ("a layer that does nothing", &mut || once(&mut noop, false)),
            ("no layer", &mut || once(&mut bare, false)),
            ("(a) Herz' layer, no rules", &mut || once(&mut off, false)),
            ("(b) rules, request without the gate", &mut || {
                once(&mut closed, false);
            }),
            ("(a) the same with keep_bodies", &mut || {
                once(&mut kept, false);
            }),
            ("(b) the same with keep_bodies", &mut || {
                once(&mut kept_closed, false);
            }),
            (
                "the same request with one header more, no layer",
                &mut || once(&mut larger, true),
            ),
            ("(c) rules, gate open, share 0", &mut || {
                once(&mut zero, true);
            }),
            ("rules, gate open, share 1: answered 503", &mut || {
                once(&mut all, true);
            }),
        ],
    );
}
