//! Shares and delays are what they say, by the statistics of ten thousand.

use crate::world::rules;
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
        let n = 10_000.0_f64;
        let hit = hits(text, 7, 10_000).iter().filter(|h| **h).count();
        let hit = f64::from(u32::try_from(hit).unwrap());
        // Five standard deviations: a wrong share fails, and a right one never does.
        let bound = 5.0 * (n * share * (1.0 - share)).sqrt() + 1.0;
        assert!((hit - n * share).abs() <= bound, "{share}: {hit}");
    }
    assert!(hits("0", 7, 10_000).iter().all(|h| !h));
    assert!(hits("1", 7, 10_000).iter().all(|h| *h));
}

#[test]
fn the_seed_decides() {
    assert_eq!(hits("0.5", 7, 200), hits("0.5", 7, 200));
    assert_ne!(hits("0.5", 7, 200), hits("0.5", 8, 200));
}

/// The largest distance between the empirical distribution and the one asked for.
fn distance(delay: Delay, cdf: impl Fn(f64) -> f64) -> f64 {
    let mut drawn: Vec<f64> = (0..10_000)
        .map(|n| delay.draw(&mut Draw::new(11, n)).as_secs_f64() * 1000.0)
        .collect();
    drawn.sort_by(f64::total_cmp);
    let n = 10_000.0;
    let mut most = 0.0_f64;
    for (index, value) in (0_u32..).zip(drawn) {
        let (low, high) = (f64::from(index) / n, f64::from(index + 1) / n);
        let at = cdf(value);
        most = most.max((at - low).abs()).max((at - high).abs());
    }
    most
}

/// The error function, to seven digits (Abramowitz and Stegun 7.1.26).
fn erf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let sum = [
        1.061_405_429,
        -1.453_152_027,
        1.421_413_741,
        -0.284_496_736,
        0.254_829_592,
    ]
    .iter()
    .fold(0.0, |sum, c| (sum + c) * t);
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

#[test]
fn delays_follow_their_distribution() {
    // Kolmogorov and Smirnov: above 1.95 / sqrt(n) a right one lies once in a thousand seeds.
    let bound = 1.95 / 100.0;
    let ms = Duration::from_millis;
    let uniform = Delay::new(ms(100)).with_jitter(ms(40), Spread::Uniform);
    let d = distance(uniform, |x| ((x - 60.0) / 80.0).clamp(0.0, 1.0));
    assert!(d < bound, "uniform {d}");
    let normal = Delay::new(ms(100)).with_jitter(ms(20), Spread::Normal);
    let d = distance(normal, |x| {
        f64::midpoint(1.0, erf((x - 100.0) / 20.0 / std::f64::consts::SQRT_2))
    });
    assert!(d < bound, "normal {d}");
    let pareto = Delay::new(ms(100)).with_jitter(ms(20), Spread::Pareto);
    // Lomax of shape 3 and scale 40 above 80.
    let d = distance(pareto, |x| {
        1.0 - (1.0 + (x - 80.0).max(0.0) / 40.0).powi(-3)
    });
    assert!(d < bound, "pareto {d}");
    // And not one of the others.
    let d = distance(pareto, |x| ((x - 60.0) / 80.0).clamp(0.0, 1.0));
    assert!(d > bound);
}
