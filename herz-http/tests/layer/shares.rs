//! Shares and delays are what they say, by the statistics of ten thousand.

use crate::statistics::{Law, bound, delays_are_seen, distance, fits_share, shares_are_seen};
use crate::world::{World, rules};
use herz_http::timing::{Delay, Spread};
use herz_http::{Chaos, Draw, Gate};
use http::{Request, Response};
use http_body_util::Empty;
use std::convert::Infallible;
use std::time::Duration;
use tower::{Layer, ServiceExt, service_fn};

type Body = Empty<bytes::Bytes>;

async fn service(_: Request<herz_http::ChaosBody<Body>>) -> Result<Response<Body>, Infallible> {
    Ok(Response::new(Body::new()))
}

fn hits(share: &str, seed: u64, n: usize) -> Vec<bool> {
    let chaos = Chaos::builder().gate(Gate::Open).build().unwrap();
    let spec =
        format!("target: http, probability: {share}, seed: {seed}, error: {{ status: 503 }}");
    chaos.set(rules("ChaosExperiment", &spec, 0));
    let layered = chaos.layer().layer(service_fn(service));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut hits = Vec::new();
        for _ in 0..n {
            let response = layered
                .clone()
                .oneshot(Request::new(Body::new()))
                .await
                .unwrap();
            hits.push(response.status() == 503);
        }
        hits
    })
}

#[test]
fn shares() {
    for (text, share) in [("0.001", 0.001), ("0.3", 0.3), ("0.5", 0.5), ("0.95", 0.95)] {
        let hit = hits(text, 7, 10_000).iter().filter(|h| **h).count();
        // A wrong share fails, and a right one never does.
        assert!(fits_share(hit, 10_000, share), "{share}: {hit}");
    }
    assert!(hits("0", 7, 10_000).iter().all(|h| !h));
    assert!(hits("1", 7, 10_000).iter().all(|h| *h));
}

#[test]
fn the_seed_decides() {
    assert_eq!(hits("0.5", 7, 200), hits("0.5", 7, 200));
    assert_ne!(hits("0.5", 7, 200), hits("0.5", 8, 200));
}

#[test]
fn delays_follow_their_distribution() {
    let ms = Duration::from_millis;
    let far = |drawn: (Spread, u64), law: Law| {
        let delay = Delay::new(ms(100)).with_jitter(ms(drawn.1), drawn.0);
        let mut drawn: Vec<f64> = (0..10_000)
            .map(|n| delay.draw(&mut Draw::new(11, n)).as_secs_f64() * 1000.0)
            .collect();
        let jitter = if law == Law::Uniform { 40.0 } else { 20.0 };
        distance(&mut drawn, 0.0, |x| law.cdf(100.0, jitter, x))
    };
    let bound = bound(10_000.0);
    for (drawn, law) in [
        ((Spread::Uniform, 40), Law::Uniform),
        ((Spread::Normal, 20), Law::Normal),
        ((Spread::Pareto, 20), Law::Pareto),
    ] {
        assert!(far(drawn, law) < bound, "{law:?}: {}", far(drawn, law));
    }
    // And not one of the others.
    assert!(far((Spread::Pareto, 20), Law::Uniform) > bound);
}

fn set(world: &World, part: &str) {
    world.set("ChaosExperiment", &format!("target: http, {part}"));
}

#[test]
fn a_client_sees_shares() {
    let world = World::new(Gate::Open);
    shares_are_seen(world.address, |part| set(&world, part));
}

#[test]
fn a_client_sees_delays() {
    let world = World::new(Gate::Open);
    delays_are_seen(world.address, |part| set(&world, part));
}
