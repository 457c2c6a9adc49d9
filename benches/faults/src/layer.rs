//! Bare tower services: without a layer, with one that does nothing, and with Herz' in each state.

use bytes::Bytes;
use herz_http::rule::{End, Reply, Rule};
use herz_http::{Chaos, ChaosBody, Share};
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tower::{Layer, Service};

type Body = Full<Bytes>;

/// Answers at once, whatever the request's body is. The compiler sees through all of it: with a layer
/// that does nothing, neither the request nor the response is ever moved.
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

/// The same behind two calls, as services are that do something or stand in a box.
#[derive(Clone)]
struct Called;

/// What [`Called`] answers with.
struct Answer;

impl<B> Service<Request<B>> for Called {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    #[inline(never)]
    fn call(&mut self, request: Request<B>) -> Answer {
        black_box(&request);
        Answer
    }
}

impl Future for Answer {
    type Output = Result<Response<Body>, Infallible>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Ok(Response::new(Body::default())))
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

/// A call: a server gets its requests from elsewhere, too.
#[inline(never)]
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

pub(crate) fn rule(share: f64) -> Rule {
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
    println!("a service that is inlined");
    off(rounds, &Hello);
    println!("a service behind calls");
    off(rounds, &Called);
    println!("faults that are on");
    let (mut bare, mut noop) = (Hello, Noop(Hello));
    let mut zero = chaos(Some(rule(0.0))).layer().layer(Hello);
    let mut all = chaos(Some(rule(1.0))).layer().layer(Hello);
    super::compare(
        rounds,
        300_000,
        &mut [
            ("a layer that does nothing", &mut || once(&mut noop, false)),
            (
                "the same request with one header more, no layer",
                &mut || once(&mut bare, true),
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

/// Layers that let everything pass.
fn off<S>(rounds: usize, service: &S)
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
        + Service<Request<ChaosBody<Body>>, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    <S as Service<Request<Body>>>::Future: Send + 'static,
    <S as Service<Request<ChaosBody<Body>>>>::Future: Send + 'static,
{
    let (none, closed) = (chaos(None), chaos(Some(rule(1.0))));
    let mut bare = service.clone();
    let mut noop = Noop(service.clone());
    let mut off = none.layer().layer(service.clone());
    let mut passing = closed.layer().layer(service.clone());
    let mut kept = none.layer().keep_bodies(hold).layer(service.clone());
    let mut kept_passing = closed.layer().keep_bodies(hold).layer(service.clone());
    super::compare(
        rounds,
        300_000,
        &mut [
            ("a layer that does nothing", &mut || once(&mut noop, false)),
            ("no layer", &mut || once(&mut bare, false)),
            ("(a) Herz' layer, no rules", &mut || once(&mut off, false)),
            ("(b) rules, request without the gate", &mut || {
                once(&mut passing, false);
            }),
            ("(a) the same with keep_bodies", &mut || {
                once(&mut kept, false);
            }),
            ("(b) the same with keep_bodies", &mut || {
                once(&mut kept_passing, false);
            }),
        ],
    );
}
