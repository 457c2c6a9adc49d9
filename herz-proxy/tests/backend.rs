//! The proxies behind the engine, seen by curl and by plain sockets; and one table of `HTTPChaos` that
//! must look the same through a service's layer and through the proxy before it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests, and say what they skip"
)]

#[path = "proxy/world.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod world;

use axum::{Router, body::Bytes, http::Request, routing::any};
use herz_http::backend::LayerBackend;
use herz_http::{Chaos, Gate, RuleBook};
use herz_proxy::backend::ProxyBackend;
use herz_runtime::engine::RunHandle;
use herz_runtime::event::{AbortReason, Phase};
use herz_runtime::inventory::ProxyPlace;
use herz_runtime::store::MemoryStore;
use herz_runtime::{
    Backends, Engine, EngineOptions, Experiment, Inventory, Place, Plan, PlanOptions, Refusal,
    Target, plan,
};
use serde_json::{Value as Json, json};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use world::{connect, echo, ping};

/// A port that was free a moment ago.
fn port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn proxy(listen: u16, upstream: SocketAddr, protocol: &str) -> Target {
    let place = ProxyPlace {
        listen: format!("127.0.0.1:{listen}"),
        upstream: upstream.to_string(),
        protocol: protocol.to_owned(),
    };
    Target::new("shop", Place::Proxy(place)).label("app", "shop")
}

fn experiment(kind: &str, spec: &Json) -> Experiment {
    let group = if kind == "ChaosExperiment" {
        "herz.dev"
    } else {
        "chaos-mesh.org"
    };
    let mut whole = spec.clone();
    whole["duration"] = "1h".into();
    if kind == "ChaosExperiment" {
        whole["selector"] = json!({"labels": {"app": "shop"}});
    } else {
        whole["selector"] = json!({"labelSelectors": {"app": "shop"}});
        whole["mode"] = "all".into();
    }
    Experiment::from_json(&json!({
        "apiVersion": format!("{group}/v1alpha1"),
        "kind": kind,
        "metadata": {"name": "test"},
        "spec": whole,
    }))
    .unwrap()
}

struct Lab {
    engine: Engine,
    target: Target,
    /// Its proxies live as long.
    _runtime: tokio::runtime::Runtime,
}

impl Lab {
    fn new(target: Target) -> Self {
        let runtime = world::runtime();
        let backends = Backends::new().with(ProxyBackend::new(runtime.handle().clone()));
        Self {
            engine: engine(backends),
            target,
            _runtime: runtime,
        }
    }

    fn plan(&self, kind: &str, spec: &Json) -> Result<Plan, Vec<Refusal>> {
        let inventory = Inventory::new([self.target.clone()]);
        plan(
            &experiment(kind, spec),
            &inventory,
            self.engine.backends(),
            &PlanOptions::default(),
        )
    }

    fn start(&self, kind: &str, spec: &Json) -> RunHandle {
        started(&self.engine, self.plan(kind, spec).unwrap())
    }
}

fn engine(backends: Backends) -> Engine {
    Engine::new(
        backends,
        Arc::new(MemoryStore::new()),
        EngineOptions::default(),
    )
    .unwrap()
}

fn started(engine: &Engine, plan: Plan) -> RunHandle {
    let run = engine.start(plan).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while run.phase() != Phase::Injected {
        assert!(!run.phase().is_over(), "{:?}", run.wait());
        assert!(Instant::now() < end, "it never came");
        std::thread::sleep(Duration::from_millis(2));
    }
    run
}

fn end(run: &RunHandle) {
    run.abort(AbortReason::Person("test".to_owned()));
    assert_eq!(run.wait().phase, Phase::Clean);
}

/// A service that tells what reached it.
fn shop(chaos: Option<Chaos>) -> SocketAddr {
    shop_at(TcpListener::bind("127.0.0.1:0").unwrap(), chaos)
}

fn shop_at(listener: TcpListener, chaos: Option<Chaos>) -> SocketAddr {
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    std::thread::spawn(move || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let tell = |request: Request<axum::body::Body>| async move {
                let (head, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20)
                    .await
                    .unwrap_or(Bytes::new());
                let told = json!({
                    "method": head.method.as_str(),
                    "uri": head.uri.path_and_query().unwrap().as_str(),
                    "fault": head.headers.get("x-fault").map(|v| v.to_str().unwrap()),
                    "body": String::from_utf8_lossy(&body),
                });
                (
                    [("x-shop", "open"), ("content-type", "application/json")],
                    told.to_string(),
                )
            };
            let app = Router::new().fallback(any(tell));
            let app = match chaos {
                Some(chaos) => app.layer(chaos.layer()),
                None => app,
            };
            axum::serve(listener, app).await.unwrap();
        });
    });
    address
}

/// What curl sees of one request.
#[derive(Debug, PartialEq)]
struct Seen {
    /// Exit code of curl: 52 and 56 are connections that ended early.
    exit: i32,
    status: u16,
    headers: Vec<String>,
    body: String,
}

fn curl(address: SocketAddr, path: &str) -> Option<(Seen, Duration)> {
    let begun = Instant::now();
    let output = Command::new("curl")
        .args(["-s", "-i", "-X", "POST", "-d", "two of them"])
        .arg(format!("http://{address}{path}"))
        .output();
    let Ok(output) = output else {
        eprintln!("SKIPPED: curl is not installed, nobody looks from outside");
        return None;
    };
    let took = begun.elapsed();
    let text = String::from_utf8(output.stdout).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut headers: Vec<String> = head
        .lines()
        .skip(1)
        .map(str::to_lowercase)
        .filter(|line| !line.starts_with("date:"))
        .collect();
    headers.sort();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
    let seen = Seen {
        exit: output.status.code().unwrap(),
        status: status.unwrap_or(0),
        headers,
        body: body.to_owned(),
    };
    Some((seen, took))
}

#[test]
fn a_proxy_comes_with_its_run_and_goes_with_it() {
    let listen = port();
    let lab = Lab::new(proxy(listen, shop(None), "http"));
    let address = SocketAddr::from(([127, 0, 0, 1], listen));
    assert!(
        TcpStream::connect(address).is_err(),
        "nobody listens before"
    );
    let spec = json!({"target": "http", "error": {"status": 503}});
    let run = lab.start("ChaosExperiment", &spec);
    let Some((seen, _)) = curl(address, "/") else {
        return;
    };
    assert_eq!(seen.status, 503);
    // Away while it is paused, and back afterwards on the same port.
    run.pause();
    let wait = Instant::now() + Duration::from_secs(20);
    while run.phase() != Phase::Paused || TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < wait, "it still listens");
        std::thread::sleep(Duration::from_millis(5));
    }
    run.resume();
    while run.phase() != Phase::Injected {
        assert!(!run.phase().is_over(), "{:?}", run.wait());
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(curl(address, "/").unwrap().0.status, 503);
    end(&run);
    while TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < wait, "it still listens");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_held_proxy_serves_before_and_after() {
    let runtime = world::runtime();
    let backend = ProxyBackend::new(runtime.handle().clone());
    let target = proxy(0, shop(None), "http");
    let held = backend.hold(&target).unwrap().unwrap();
    assert!(backend.hold(&Target::new("host", Place::Host)).is_none());
    let engine = engine(Backends::new().with(backend));
    let Some((before, _)) = curl(held.listen(), "/a?b=c") else {
        return;
    };
    assert_eq!((before.exit, before.status), (0, 200));
    let spec = json!({"target": "Response", "port": 1, "replace": {"code": 418}});
    let planned = |spec: &Json| {
        plan(
            &experiment("HTTPChaos", spec),
            &Inventory::new([target.clone()]),
            engine.backends(),
            &PlanOptions::default(),
        )
        .unwrap()
    };
    // The port in a spec is the service's: 1 is none of ours, so nobody is hit.
    let run = started(&engine, planned(&spec));
    assert_eq!(curl(held.listen(), "/a?b=c").unwrap().0, before);
    end(&run);
    let Place::Proxy(place) = &target.place else {
        panic!("it is a proxy");
    };
    let upstream: SocketAddr = place.upstream.parse().unwrap();
    let mut spec = spec;
    spec["port"] = upstream.port().into();
    let run = started(&engine, planned(&spec));
    assert_eq!(curl(held.listen(), "/a?b=c").unwrap().0.status, 418);
    end(&run);
    assert_eq!(curl(held.listen(), "/a?b=c").unwrap().0, before);
}

/// `HTTPChaos` specs without selector and port, and the path that is asked for.
fn table() -> Vec<(Json, &'static str)> {
    vec![
        (json!({"target": "Request", "delay": "60ms"}), "/"),
        (json!({"target": "Response", "delay": "60ms"}), "/"),
        (json!({"target": "Request", "abort": true}), "/"),
        (json!({"target": "Response", "abort": true}), "/"),
        (
            json!({"target": "Request", "path": "/orders*", "abort": true}),
            "/orders/1",
        ),
        (
            json!({"target": "Request", "path": "/orders*", "abort": true}),
            "/items",
        ),
        (
            json!({"target": "Request", "method": "GET", "abort": true}),
            "/",
        ),
        (
            json!({"target": "Request", "replace": {"path": "/other"}}),
            "/path?q=1",
        ),
        (
            json!({"target": "Request", "replace": {"method": "PUT"}}),
            "/",
        ),
        (
            json!({"target": "Request", "replace": {"headers": {"x-fault": "new"}}}),
            "/",
        ),
        (
            json!({"target": "Request", "replace": {"queries": {"q": "2"}}}),
            "/?q=1&r=3",
        ),
        (
            json!({"target": "Request", "replace": {"body": "bm90aGluZw=="}}),
            "/",
        ),
        (
            json!({"target": "Request", "patch": {"headers": [["x-fault", "more"]]}}),
            "/",
        ),
        (
            json!({"target": "Request", "patch": {"queries": [["q", "2"]]}}),
            "/?q=1",
        ),
        (json!({"target": "Response", "replace": {"code": 503}}), "/"),
        (
            json!({"target": "Response", "replace": {"headers": {"x-shop": "shut"}}}),
            "/",
        ),
        (
            json!({"target": "Response", "replace": {"body": "bm90aGluZw=="}}),
            "/",
        ),
        (
            json!({"target": "Response", "code": 200, "replace": {"code": 500}}),
            "/",
        ),
        (
            json!({"target": "Response", "code": 404, "replace": {"code": 500}}),
            "/",
        ),
        (
            json!({"target": "Response", "patch": {"headers": [["x-shop", "also"]]}}),
            "/",
        ),
        (
            json!({"target": "Response", "patch": {"body": {"type": "JSON", "value": "{\"method\": null}"}}}),
            "/",
        ),
    ]
}

#[test]
fn one_table_of_http_chaos_looks_the_same_through_layer_and_proxy() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let builder = Chaos::builder().gate(Gate::Open).port(port);
    let chaos = builder.build().unwrap();
    let inside = Target::new("shop", Place::InProcess).label("app", "shop");
    let service = shop_at(listener, Some(chaos.clone()));
    let backend = LayerBackend::new().with(&inside, RuleBook::new(chaos));
    let layer = engine(Backends::new().with(backend));
    let behind = shop(None);
    let runtime = world::runtime();
    let backend = ProxyBackend::new(runtime.handle().clone());
    let outside = proxy(0, behind, "http");
    let held = backend.hold(&outside).unwrap().unwrap();
    let proxy = engine(Backends::new().with(backend));
    let Some((free, _)) = curl(service, "/") else {
        return;
    };
    let mut changed = 0;
    for (spec, path) in table() {
        let look = |engine: &Engine, target: &Target, address: SocketAddr, port: u16| {
            let mut spec = spec.clone();
            spec["port"] = port.into();
            let planned = plan(
                &experiment("HTTPChaos", &spec),
                &Inventory::new([target.clone()]),
                engine.backends(),
                &PlanOptions::default(),
            )
            .unwrap_or_else(|refused| panic!("{spec}: {refused:?}"));
            let run = started(engine, planned);
            let seen = curl(address, path).unwrap();
            end(&run);
            seen
        };
        let (by_layer, layer_took) = look(&layer, &inside, service, service.port());
        let (by_proxy, proxy_took) = look(&proxy, &outside, held.listen(), behind.port());
        assert_eq!(by_layer, by_proxy, "{spec} {path}");
        if let Some(delay) = spec.get("delay") {
            let least = Duration::from_millis(60);
            assert!(layer_took >= least && proxy_took >= least, "{delay}");
            changed += 1;
        } else if by_layer != free {
            changed += 1;
        }
    }
    assert!(changed >= 17, "most of them change something: {changed}");
    assert_eq!(curl(service, "/").unwrap().0, free);
    assert_eq!(curl(held.listen(), "/").unwrap().0, free);
}

#[test]
fn network_chaos_through_a_tcp_proxy() {
    let listen = port();
    let address = SocketAddr::from(([127, 0, 0, 1], listen));
    let lab = Lab::new(proxy(listen, echo(), "tcp"));
    let run = lab.start(
        "NetworkChaos",
        &json!({"action": "delay", "delay": {"latency": "70ms"}, "direction": "both"}),
    );
    let mut socket = connect(address);
    assert!(ping(&mut socket, "hello") >= Duration::from_millis(140));
    end(&run);
    let run = lab.start("NetworkChaos", &json!({"action": "partition"}));
    let mut socket = connect(address);
    let (bytes, ended, _) = {
        use std::io::Write;
        socket.write_all(b"hello").unwrap();
        world::read_to_end(&mut socket, Duration::from_millis(300))
    };
    assert_eq!((bytes, ended), (0, world::Ended::Hangs));
    end(&run);
    let run = lab.start("ChaosExperiment", &json!({"target": "tcp", "abort": true}));
    // On a busy machine the reset comes before the connection is seen.
    if let Some(mut socket) = world::connect_unless_reset(address) {
        let (_, ended, _) = world::read_to_end(&mut socket, Duration::from_secs(10));
        assert_ne!(ended, world::Ended::Hangs);
    }
    end(&run);
}

#[test]
fn what_a_proxy_cannot_do_is_refused_with_the_nearest() {
    let upstream = SocketAddr::from(([127, 0, 0, 1], 9));
    let refusal = |protocol: &str, kind: &str, spec: Json| {
        let lab = Lab::new(proxy(0, upstream, protocol));
        lab.plan(kind, &spec).unwrap_err().remove(0).to_string()
    };
    for (protocol, kind, spec, part) in [
        (
            "tcp",
            "NetworkChaos",
            json!({"action": "loss", "loss": {"loss": "5"}}),
            "NetworkChaos (delay",
        ),
        (
            "tcp",
            "NetworkChaos",
            json!({"action": "delay", "delay": {"latency": "10us"}}),
            "whole milliseconds",
        ),
        (
            "tcp",
            "NetworkChaos",
            json!({"action": "delay", "delay": {"latency": "1ms"}, "externalTargets": ["a.b"]}),
            "spec.externalTargets",
        ),
        (
            "tcp",
            "NetworkChaos",
            json!({"action": "delay", "delay": {"latency": "1ms", "reorder": {"reorder": "1", "gap": 1}}}),
            "spec.delay",
        ),
        (
            "tcp",
            "HTTPChaos",
            json!({"target": "Request", "port": 80, "abort": true}),
            "protocol: http",
        ),
        (
            "tcp",
            "ChaosExperiment",
            json!({"target": "http", "latency": "1ms"}),
            "protocol: http",
        ),
        (
            "tcp",
            "ChaosExperiment",
            json!({"target": "tcp", "latency": "2ms", "jitter": "1ms", "distribution": "normal"}),
            "spec.distribution",
        ),
        (
            "http",
            "NetworkChaos",
            json!({"action": "delay", "delay": {"latency": "1ms"}}),
            "protocol: tcp",
        ),
        (
            "udp",
            "ChaosExperiment",
            json!({"target": "tcp", "latency": "1ms"}),
            "protocol: udp",
        ),
    ] {
        let text = refusal(protocol, kind, spec);
        assert!(text.contains(part), "`{part}` is not in: {text}");
    }
}

#[test]
fn a_port_that_is_taken_fails_the_run_and_leaves_nothing() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().port();
    let lab = Lab::new(proxy(listen, echo(), "tcp"));
    let planned = lab
        .plan(
            "ChaosExperiment",
            &json!({"target": "tcp", "latency": "1ms"}),
        )
        .unwrap();
    let outcome = lab.engine.start(planned).unwrap().wait();
    assert_eq!(outcome.phase, Phase::Clean);
    let text = outcome.verdict.to_string();
    assert!(text.contains("can't listen on 127.0.0.1"), "{text}");
}
