//! The metrics page: names, forms, and figures that only grow.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail like tests, and say what they skip"
)]

use herz_http::metrics::Metrics;
use herz_http::rule::{End, Reply, Rule};
use herz_http::timing::Delay;
use herz_http::{Chaos, Gate};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;
use tower::{ServiceBuilder, ServiceExt, service_fn};

type Body = http_body_util::Full<bytes::Bytes>;

fn page(metrics: &Metrics, accept: &str) -> (String, String) {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_str(accept).unwrap());
    let response = metrics.answer(&headers);
    let kind = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (
        kind,
        String::from_utf8(response.into_body().to_vec()).unwrap(),
    )
}

fn value(text: &str, sample: &str) -> f64 {
    let line = text.lines().find(|line| line.starts_with(sample)).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

/// A service with two rules, after some requests.
fn hit(requests: usize) -> (Chaos, Metrics) {
    let builder = Chaos::builder().gate(Gate::Open);
    let chaos = builder.service("pay\"ment").build().unwrap();
    let mut slow = Rule::new("slow");
    slow.delay = Some(Delay::new(Duration::from_millis(3)));
    let mut lost = Rule::new("lost");
    lost.end = Some(End::Reply(Reply::http(StatusCode::SERVICE_UNAVAILABLE)));
    chaos.set(vec![slow, lost]);
    let service = ServiceBuilder::new()
        .layer(chaos.layer())
        .service(service_fn(async |_| {
            Ok::<_, std::convert::Infallible>(http::Response::new(Body::default()))
        }));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for _ in 0..requests {
        runtime
            .block_on(service.clone().oneshot(Request::new(Body::default())))
            .unwrap();
    }
    let metrics = Metrics::new([chaos.clone()]);
    (chaos, metrics)
}

#[test]
fn figures_are_those_of_the_requests_and_only_grow() {
    let (chaos, metrics) = hit(5);
    let (kind, text) = page(&metrics, "*/*");
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    let label = "service=\"pay\\\"ment\"";
    assert!(
        (value(
            &text,
            &format!("herz_chaos_active{{{label},type=\"delay\"}}")
        ) - 1.0)
            .abs()
            < 1e-9
    );
    assert!(
        (value(
            &text,
            &format!("herz_injections_total{{{label},type=\"error\"}}")
        ) - 5.0)
            .abs()
            < 1e-9
    );
    assert!((value(&text, &format!("herz_config_generation{{{label}}}")) - 1.0).abs() < 1e-9);
    let sum = |text: &str, measure: &str| {
        value(
            text,
            &format!("herz_injected_delay_seconds_sum{{{label},measure=\"{measure}\"}}"),
        )
    };
    assert!((sum(&text, "asked") - 0.015).abs() < 1e-9, "{text}");
    assert!(sum(&text, "observed") >= 0.015, "{text}");
    // Rules that are gone were there: totals stay.
    chaos.clear();
    let (_, after) = page(&metrics, "*/*");
    assert!(
        (value(
            &after,
            &format!("herz_injections_total{{{label},type=\"error\"}}")
        ) - 5.0)
            .abs()
            < 1e-9
    );
    assert!(
        value(
            &after,
            &format!("herz_chaos_active{{{label},type=\"delay\"}}")
        )
        .abs()
            < 1e-9
    );
}

#[test]
fn open_metrics_is_for_who_asks() {
    let (_, metrics) = hit(1);
    for (accept, open) in [
        ("application/openmetrics-text", true),
        (
            "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4",
            true,
        ),
        (
            "application/openmetrics-text;q=0.1, text/plain;q=0.9",
            false,
        ),
        ("application/openmetrics-text;q=0", false),
        ("application/openmetrics-text;q=x", false),
        ("text/html", false),
    ] {
        let (kind, text) = page(&metrics, accept);
        assert_eq!(
            kind.starts_with("application/openmetrics-text"),
            open,
            "{accept}"
        );
        assert_eq!(text.ends_with("# EOF\n"), open, "{accept}");
        assert_eq!(
            text.contains("# TYPE herz_injections counter"),
            open,
            "{accept}"
        );
    }
}

#[test]
fn promtool_has_nothing_to_complain_about() {
    let (_, metrics) = hit(3);
    let (_, text) = page(&metrics, "*/*");
    let child = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("SKIPPED: promtool (Debian's package `prometheus`) is not installed");
        return;
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.trim().is_empty(), "{said}");
}
