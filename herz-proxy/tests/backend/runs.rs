//! Runs on proxies: they come and go with them, and refuse what they can't do.

use crate::lab::*;
use crate::world::{self, connect, echo, ping};
use herz_proxy::backend::ProxyBackend;
use herz_runtime::event::Phase;
use herz_runtime::{Backends, Inventory, Place, PlanOptions, Target, plan};
use serde_json::{Value as Json, json};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

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
