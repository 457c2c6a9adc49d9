//! Each fault: it is there, it is what was asked for, and it is gone afterwards.

use crate::client::{Answer, get, send};
use crate::world::World;
use herz_http::Gate;
use std::time::Duration;

/// Sets a fault, looks, takes it away, and looks again; the same through both forms of the layer.
fn seen(kind: &str, spec: &str, ask: impl Fn(&World) -> Answer) -> Answer {
    let [answer, kept] = [World::new(Gate::Open), World::keeping_bodies(Gate::Open)]
        .map(|world| seen_in(&world, kind, spec, &ask));
    let told = |a: &Answer| (a.status, a.body.clone(), a.whole);
    assert_eq!(told(&answer), told(&kept), "with keep_bodies: {kept:?}");
    if answer.time < kept.time {
        answer
    } else {
        kept
    }
}

fn seen_in(world: &World, kind: &str, spec: &str, ask: impl Fn(&World) -> Answer) -> Answer {
    let before = ask(world);
    world.set(kind, spec);
    let answer = ask(world);
    world.chaos.clear();
    let after = ask(world);
    assert_eq!(before.status, 200, "{before:?}");
    assert_eq!((before.status, &before.body), (after.status, &after.body));
    answer
}

fn root(world: &World) -> Answer {
    get(world.address, "/a/b?page=1&x=2")
}

#[test]
fn delay_of_requests_and_responses() {
    for (kind, spec) in [
        ("HTTPChaos", "target: Request, delay: 120ms"),
        ("HTTPChaos", "target: Response, delay: 120ms"),
        ("ChaosExperiment", "target: http, latency: 120ms"),
    ] {
        let answer = seen(kind, spec, root);
        assert_eq!(answer.status, 200);
        assert!(
            answer.time >= Duration::from_millis(120),
            "{:?}",
            answer.time
        );
    }
}

#[test]
fn jitter_stays_within() {
    let spec = "target: http, latency: 60ms, jitter: 20ms, seed: 3";
    let world = World::new(Gate::Open);
    world.set("ChaosExperiment", spec);
    let times: Vec<_> = (0..10).map(|_| root(&world).time.as_millis()).collect();
    assert!(times.iter().all(|t| *t >= 40), "{times:?}");
    let stats = &world.chaos.stats()[0];
    assert_eq!((stats.matched, stats.hit, stats.asked.count), (10, 10, 10));
    // What was asked for is drawn, not measured: no clock is in this figure.
    assert!(stats.asked.total <= Duration::from_millis(800), "{stats:?}");
    assert!(stats.observed.total >= stats.asked.total, "{stats:?}");
}

#[test]
fn abort_gives_no_answer() {
    for (kind, spec) in [
        ("HTTPChaos", "target: Request, abort: true"),
        ("HTTPChaos", "target: Response, abort: true"),
        ("ChaosExperiment", "target: http, abort: true"),
    ] {
        let answer = seen(kind, spec, root);
        assert_eq!((answer.status, answer.head.as_str()), (0, ""), "{spec}");
    }
}

#[test]
fn error_reply() {
    let spec = "target: http, error: { status: 503, retryAfter: 1500ms, body: later, headers: { X-Why: test } }";
    let answer = seen("ChaosExperiment", spec, root);
    assert_eq!((answer.status, answer.body.as_str()), (503, "later"));
    assert!(answer.head.contains("retry-after: 2\r\n") || answer.head.contains("retry-after: 2"));
    assert!(answer.head.contains("x-why: test"));
}

#[test]
fn grpc_reply_needs_no_body() {
    let spec = "target: grpc, error: { code: UNAVAILABLE, message: \"no % service ä\" }";
    let answer = seen("ChaosExperiment", spec, root);
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    for line in [
        "content-type: application/grpc",
        "grpc-status: 14",
        "grpc-message: no %25 service %c3%a4",
    ] {
        assert!(answer.head.contains(line), "{line}\n{}", answer.head);
    }
}

#[test]
fn replace_of_requests() {
    let spec = "target: Request, replace: { path: /new, method: PUT, queries: { page: \"999\" }, headers: { X-Who: chaos }, body: aGVsbG8= }";
    let answer = seen("HTTPChaos", spec, |w| {
        send(
            w.address,
            "POST",
            "/a?page=1&x=2",
            &[("X-Who", "me")],
            "body",
        )
    });
    assert!(
        answer.body.starts_with("PUT /new?x=2&page=999\n"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("x-who: chaos\n"), "{}", answer.body);
    assert!(
        answer.body.contains("content-length: 5\n"),
        "{}",
        answer.body
    );
    assert!(answer.body.ends_with("\n\nhello"), "{}", answer.body);
}

#[test]
fn replace_of_responses() {
    let spec =
        "target: Response, replace: { code: 404, headers: { X-Service: chaos }, body: aGVsbG8= }";
    let answer = seen("HTTPChaos", spec, root);
    assert_eq!((answer.status, answer.body.as_str()), (404, "hello"));
    assert!(answer.head.contains("x-service: chaos"));
    assert!(answer.whole);
}

#[test]
fn patch_of_both_sides() {
    let spec = "target: Request, patch: { headers: [[X-More, \"1\"]], queries: [[debug, a b]], body: { type: JSON, value: '{\"b\":2}' } }";
    let answer = seen("HTTPChaos", spec, |w| {
        send(w.address, "POST", "/a?x=1", &[], r#"{"a":1}"#)
    });
    assert!(
        answer.body.starts_with("POST /a?x=1&debug=a%20b\n"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("x-more: 1\n"), "{}", answer.body);
    assert!(answer.body.ends_with(r#"{"a":1,"b":2}"#), "{}", answer.body);

    let spec =
        "target: Response, patch: { body: { type: JSON, value: '{\"ok\":false,\"n\":null}' } }";
    let answer = seen("HTTPChaos", spec, |w| get(w.address, "/json"));
    assert_eq!(answer.body, r#"{"ok":false}"#);
    assert!(answer.whole);
}

#[test]
fn bodies_that_cannot_be_patched_pass_and_are_counted() {
    let world = World::new(Gate::Open);
    world.set(
        "HTTPChaos",
        "target: Response, patch: { body: { type: JSON, value: '{}' } }",
    );
    assert!(root(&world).whole);
    let large = get(world.address, "/large");
    assert_eq!((large.whole, large.body.len()), (true, 1 << 20));
    assert_eq!(world.chaos.stats()[0].unpatched, 2);
}

#[test]
fn slow_and_short_bodies() {
    use herz_http::rule::{Flow, Rule};
    let world = World::new(Gate::Open);
    let mut rule = Rule::new("slow");
    rule.side = herz_http::Side::Response;
    rule.flow = Flow {
        bytes_per_second: Some(4 << 20),
        cut_after: None,
    };
    world.chaos.set(vec![rule.clone()]);
    let slow = get(world.address, "/large");
    assert!(slow.whole, "{}", slow.head);
    assert!(
        (200..600).contains(&slow.time.as_millis()),
        "{:?}",
        slow.time
    );

    rule.flow = Flow {
        bytes_per_second: None,
        cut_after: Some(1000),
    };
    world.chaos.set(vec![rule]);
    let short = get(world.address, "/large");
    assert_eq!(
        (short.status, short.body.len(), short.whole),
        (200, 1000, false)
    );
    world.chaos.clear();
    assert!(get(world.address, "/large").whole);
}

#[test]
fn filters() {
    let world = World::new(Gate::Open);
    let port = world.address.port();
    let hit = |spec: &str, path: &str, header: (&str, &str)| {
        world.set(
            "HTTPChaos",
            &format!("target: Response, replace: {{ code: 418 }}, {spec}"),
        );
        send(world.address, "GET", path, &[header], "").status == 418
    };
    let none = ("X-A", "1");
    assert!(hit("path: /api/*", "/api/x?y=1", none));
    assert!(!hit("path: /api/*", "/other", none));
    assert!(hit("method: GET", "/", none));
    assert!(!hit("method: POST", "/", none));
    assert!(hit("request_headers: { x-a: \"1\" }", "/", none));
    assert!(!hit("request_headers: { X-A: \"2\" }", "/", none));
    assert!(hit("code: 200", "/", none));
    assert!(!hit("code: 404", "/", none));
    assert!(hit("response_headers: { X-Service: echo }", "/", none));
    assert!(!hit("response_headers: { X-Service: echo }", "/json", none));
    let rules = crate::world::rules("HTTPChaos", "target: Request, abort: true", port ^ 1);
    world.chaos.set(rules);
    assert_eq!(root(&world).status, 200, "another port is not hit");
}

#[test]
fn what_cannot_be_done_is_refused() {
    for (spec, path) in [
        (
            "target: Request, replace: { code: 500 }",
            "spec.replace.code",
        ),
        (
            "target: Response, replace: { path: /x }",
            "spec.replace.path",
        ),
        ("target: Request, replace: { path: x }", "spec.replace.path"),
        (
            "target: Request, replace: { path: '/a b' }",
            "spec.replace.path",
        ),
        (
            "target: Request, replace: { headers: { 'a b': c } }",
            "spec.replace.headers.a b",
        ),
        (
            "target: Request, replace: { headers: { a: \"b\\n\" } }",
            "spec.replace.headers.a",
        ),
        (
            "target: Request, patch: { body: { type: JSON, value: '{' } }",
            "spec.patch.body.value",
        ),
        (
            "target: Request, patch: { body: { type: XML, value: '' } }",
            "spec.patch.body.type",
        ),
        (
            "target: Request, patch: { headers: [[a]] }",
            "spec.patch.headers[0]",
        ),
    ] {
        let text = format!(
            "apiVersion: chaos-mesh.org/v1alpha1\nkind: HTTPChaos\nmetadata: {{ name: t }}\n\
             spec: {{ mode: all, selector: {{}}, port: 80, {spec} }}\n"
        );
        let specs = herz::yaml::read(&text).unwrap();
        let refused = herz_http::rule::rules_of(&specs[0]).unwrap_err();
        assert_eq!(refused.path, path, "{refused}");
    }
    let tcp = "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: t }\nspec: { target: tcp, abort: true, duration: 1s }\n";
    let refused = herz_http::rule::rules_of(&herz::yaml::read(tcp).unwrap()[0]).unwrap_err();
    assert_eq!(refused.path, "spec.target");
}
