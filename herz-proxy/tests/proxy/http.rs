//! Faults on requests in front of a service that knows nothing of Herz.

use crate::statistics::{delays_are_seen, shares_are_seen};
use crate::world::{connect, read_to_end, runtime};
use herz_http::rule::rules_of;
use herz_http::{Chaos, Gate};
use herz_proxy::HttpProxy;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::time::Duration;

/// A service of HTTP/1.1 that answers with the request line and the headers that it got.
fn service() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            std::thread::spawn(move || {
                let mut buffer = vec![0; 65536];
                while let Ok(size @ 1..) = socket.read(&mut buffer) {
                    let seen = String::from_utf8_lossy(&buffer[..size]).into_owned();
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nX-Service: plain\r\n\r\n{seen}",
                        seen.len()
                    );
                    if socket.write_all(answer.as_bytes()).is_err() {
                        return;
                    }
                }
            });
        }
    });
    address
}

struct World {
    /// Ends what runs on it when the test ends.
    runtime: tokio::runtime::Runtime,
    proxy: HttpProxy,
}

fn world() -> World {
    let runtime = runtime();
    let chaos = Chaos::builder().gate(Gate::Open).build().unwrap();
    let upstream = service().to_string();
    let proxy = runtime
        .block_on(HttpProxy::start("127.0.0.1:0", &upstream, chaos))
        .unwrap();
    World { runtime, proxy }
}

fn set(world: &World, spec: &str) {
    let text = format!(
        "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: {{ name: t }}\nspec: {{ target: http, duration: 1m, {spec} }}\n"
    );
    let specs = herz::yaml::read(&text).unwrap();
    world.proxy.chaos().set(rules_of(&specs[0]).unwrap());
}

fn ask(world: &World) -> String {
    let mut socket = connect(world.proxy.listen());
    let request = "GET /a?b=c HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

#[test]
fn passes_hits_and_passes_again() {
    let world = world();
    let before = ask(&world);
    assert!(
        before.starts_with("HTTP/1.1 200") && before.contains("GET /a?b=c HTTP/1.1"),
        "{before}"
    );
    set(&world, "error: { status: 503, body: down }");
    let during = ask(&world);
    assert!(
        during.starts_with("HTTP/1.1 503") && during.ends_with("down"),
        "{during}"
    );
    set(&world, "abort: true");
    assert_eq!(ask(&world), "");
    set(&world, "latency: 100ms");
    let start = std::time::Instant::now();
    assert!(ask(&world).starts_with("HTTP/1.1 200"));
    assert!(start.elapsed() >= Duration::from_millis(100));
    world.proxy.chaos().clear();
    assert!(ask(&world).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_client_sees_shares() {
    let world = world();
    shares_are_seen(world.proxy.listen(), |part| set(&world, part));
}

#[test]
fn a_client_sees_delays() {
    let world = world();
    delays_are_seen(world.proxy.listen(), |part| set(&world, part));
}

#[test]
fn the_host_of_the_client_is_kept() {
    let world = world();
    let seen = ask(&world).to_ascii_lowercase();
    assert!(seen.contains("host: shop\r\n"), "{seen}");
}

#[test]
fn a_service_that_is_not_there() {
    let runtime = runtime();
    let chaos = Chaos::builder().gate(Gate::Open).build().unwrap();
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let start = HttpProxy::start("127.0.0.1:0", &closed, chaos.clone());
    let world = World {
        proxy: runtime.block_on(start).unwrap(),
        runtime,
    };
    let answer = ask(&world);
    assert!(
        answer.starts_with("HTTP/1.1 502") && answer.contains("herz: the service"),
        "{answer}"
    );
    let bad = HttpProxy::start("127.0.0.1:0", "no authority/", chaos);
    assert!(world.runtime.block_on(bad).is_err());
}

#[test]
fn junk_is_refused_and_the_proxy_lives_on() {
    let world = world();
    for junk in [
        &b"\x16\x03\x01\x02\x00\x01"[..],
        b"GET\r\n\r\n",
        &vec![0xff; 70_000],
    ] {
        let mut socket = connect(world.proxy.listen());
        let _ = socket.write_all(junk);
        let _ = socket.shutdown(std::net::Shutdown::Write);
        let (_, ended, _) = read_to_end(&mut socket, Duration::from_secs(5));
        assert_ne!(ended, crate::world::Ended::Hangs);
    }
    assert!(ask(&world).starts_with("HTTP/1.1 200"));
}

#[test]
fn curl_sees_it_over_http_2_as_well() {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("SKIPPED: no curl");
        return;
    }
    let world = world();
    let curl = |more: &[&str]| {
        let address = format!("http://{}/x", world.proxy.listen());
        let mut command = Command::new("curl");
        command.args([
            "-s",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code} %{http_version}",
        ]);
        let output = command.args(more).arg(address).output().unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            output.status.code(),
        )
    };
    assert_eq!(curl(&[]), ("200 1.1".to_owned(), Some(0)));
    set(&world, "error: { status: 429 }");
    assert_eq!(curl(&[]), ("429 1.1".to_owned(), Some(0)));
    let two = curl(&["--http2-prior-knowledge"]);
    assert_eq!(two, ("429 2".to_owned(), Some(0)));
    set(&world, "abort: true");
    assert_eq!(
        curl(&[]),
        ("000 0".to_owned(), Some(52)),
        "empty reply from server"
    );
    let two = curl(&["--http2-prior-knowledge"]);
    assert_eq!(two.1, Some(92), "the stream was reset: {two:?}");
}
