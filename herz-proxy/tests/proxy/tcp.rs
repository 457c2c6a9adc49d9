//! Each toxic: it is there, it is what was asked for, and it is gone afterwards.

use crate::world::{Ended, connect, echo, ping, read_to_end, runtime};
use herz_proxy::{Effect, TcpProxy, Toxic};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

struct World {
    proxy: TcpProxy,
    runtime: tokio::runtime::Runtime,
}

impl World {
    fn new() -> Self {
        let runtime = runtime();
        let upstream = echo().to_string();
        let proxy = runtime
            .block_on(TcpProxy::start("127.0.0.1:0", &upstream, 1))
            .unwrap();
        Self { proxy, runtime }
    }

    fn client(&self) -> TcpStream {
        connect(self.proxy.listen())
    }

    fn set(&self, effect: Effect) {
        self.proxy.set(vec![Toxic::new(effect)]);
    }
}

const MS: Duration = Duration::from_millis(1);

/// The time of the quickest of five: what the proxy can do, not what a busy machine did to one.
fn fastest(client: &mut TcpStream) -> Duration {
    let pings = std::iter::repeat_with(|| ping(client, "quick"));
    pings.take(5).min().unwrap()
}

#[test]
fn bytes_pass() {
    let world = World::new();
    let mut client = world.client();
    for size in [1, 1000, 100_000] {
        ping(&mut client, &"a".repeat(size));
    }
    let traffic = world.proxy.traffic();
    assert_eq!((traffic.connections, traffic.open), (1, 1));
    // Bytes are counted when they are written, which the client may see a moment before.
    let counted = || {
        let traffic = world.proxy.traffic();
        (traffic.upstream, traffic.downstream) == (101_001, 101_001)
    };
    assert!((0..200).any(|_| counted() || {
        std::thread::sleep(5 * MS);
        false
    }));
    drop(client);
    for _ in 0..200 {
        if world.proxy.traffic().open == 0 {
            return;
        }
        std::thread::sleep(5 * MS);
    }
    panic!("a closed connection is still open");
}

#[test]
fn latency_comes_and_goes_on_an_open_connection() {
    let world = World::new();
    let mut client = world.client();
    assert!(fastest(&mut client) < 90 * MS);
    world.set(Effect::Latency {
        latency: 100,
        jitter: 0,
    });
    let slow = ping(&mut client, "during");
    assert!(slow >= 100 * MS, "{slow:?}");
    world.proxy.set(vec![
        Toxic::new(Effect::Latency {
            latency: 60,
            jitter: 0,
        }),
        Toxic::new(Effect::Latency {
            latency: 60,
            jitter: 0,
        })
        .upstream(),
    ]);
    let both = ping(&mut client, "both");
    assert!(both >= 120 * MS, "{both:?}");
    world.proxy.set(Vec::new());
    assert!(fastest(&mut client) < 90 * MS);
}

#[test]
fn jitter_keeps_order() {
    let world = World::new();
    let mut client = world.client();
    world.set(Effect::Latency {
        latency: 80,
        jitter: 80,
    });
    let text = "0123456789".repeat(14_000);
    // `ping` compares what comes back with what was sent, byte by byte.
    ping(&mut client, &text);
}

#[test]
fn bandwidth() {
    let world = World::new();
    let mut client = world.client();
    world.set(Effect::Bandwidth { rate: 500 });
    let time = ping(&mut client, &"x".repeat(200_000));
    assert!(time > 350 * MS, "{time:?}");
    world.proxy.set(Vec::new());
    let free = || ping(&mut client, &"x".repeat(200_000));
    assert!(std::iter::repeat_with(free).take(5).min().unwrap() < 300 * MS);
}

#[test]
fn slicer() {
    let world = World::new();
    let mut client = world.client();
    world.set(Effect::Slicer {
        average_size: 10,
        size_variation: 5,
        delay: 10_000,
    });
    let time = ping(&mut client, &"x".repeat(100));
    assert!(time >= 60 * MS, "{time:?}");
}

#[test]
fn limit_data() {
    let world = World::new();
    let mut client = world.client();
    world.set(Effect::LimitData { bytes: 700 });
    client.write_all(&[b'x'; 1000]).unwrap();
    let (count, ended, _) = read_to_end(&mut client, 2000 * MS);
    assert_eq!((count, ended != Ended::Hangs), (700, true));
}

#[test]
fn timeout() {
    let world = World::new();
    let mut client = world.client();
    ping(&mut client, "before");
    world.set(Effect::Timeout { timeout: 150 });
    client.write_all(b"lost").unwrap();
    let (count, ended, time) = read_to_end(&mut client, 2000 * MS);
    assert_eq!((count, ended), (0, Ended::Closed));
    assert!(time >= 100 * MS, "{time:?}");

    world.set(Effect::Timeout { timeout: 0 });
    let mut client = world.client();
    client.write_all(b"lost").unwrap();
    assert_eq!(read_to_end(&mut client, 200 * MS).1, Ended::Hangs);
    world.proxy.set(Vec::new());
    ping(&mut client, "after");
}

#[test]
fn reset_peer() {
    let world = World::new();
    let mut client = world.client();
    ping(&mut client, "before");
    world.set(Effect::ResetPeer { timeout: 0 });
    let (count, ended, _) = read_to_end(&mut client, 2000 * MS);
    assert_eq!((count, ended), (0, Ended::Reset));
    world.proxy.set(Vec::new());
    ping(&mut world.client(), "after");
}

#[test]
fn slow_close() {
    let world = World::new();
    let mut client = world.client();
    world.set(Effect::SlowClose { delay: 150 });
    ping(&mut client, "before");
    client.shutdown(std::net::Shutdown::Write).unwrap();
    let (_, ended, time) = read_to_end(&mut client, 2000 * MS);
    assert_eq!(ended, Ended::Closed);
    assert!(time >= 140 * MS, "{time:?}");
}

#[test]
fn timeouts_apart() {
    let world = World::new();
    let ends = |effect: Effect, first: &str| {
        world.set(effect);
        let mut client = world.client();
        client.write_all(first.as_bytes()).unwrap();
        read_to_end(&mut client, 2000 * MS)
    };
    let (count, ended, time) = ends(Effect::ConnectTimeout { timeout: 120 }, "a");
    assert!(
        count == 0 && ended != Ended::Hangs && time >= 100 * MS,
        "{ended:?} {time:?}"
    );
    let (count, ended, time) = ends(Effect::FirstByteTimeout { timeout: 120 }, "a");
    assert!(
        count == 0 && ended != Ended::Hangs && time >= 100 * MS,
        "{ended:?} {time:?}"
    );
    let (count, ended, time) = ends(Effect::IdleTimeout { timeout: 120 }, "a");
    assert!(
        count == 1 && ended != Ended::Hangs && time >= 100 * MS,
        "{ended:?} {time:?}"
    );
    let (count, ended, time) = ends(Effect::TotalTimeout { timeout: 120 }, "a");
    assert!(
        count == 1 && ended != Ended::Hangs && time >= 100 * MS,
        "{ended:?} {time:?}"
    );
    // A first byte that came before is not taken back.
    world.proxy.set(Vec::new());
    let mut client = world.client();
    ping(&mut client, "a");
    world.set(Effect::FirstByteTimeout { timeout: 50 });
    std::thread::sleep(120 * MS);
    ping(&mut client, "b");
}

#[test]
fn down_and_up() {
    let world = World::new();
    let mut client = world.client();
    ping(&mut client, "before");
    world.runtime.block_on(world.proxy.disable());
    assert_ne!(read_to_end(&mut client, 2000 * MS).1, Ended::Hangs);
    let refused = (0..100).any(|_| {
        std::thread::sleep(2 * MS);
        TcpStream::connect(world.proxy.listen()).is_err()
    });
    assert!(refused, "a service that is down refuses");
    world.runtime.block_on(world.proxy.enable_again()).unwrap();
    ping(&mut world.client(), "after");
}

#[test]
fn a_share_of_the_connections() {
    let world = World::new();
    let reset = Toxic::new(Effect::ResetPeer { timeout: 0 }).with_toxicity(0.4);
    world.proxy.set(vec![reset]);
    let survives = |_| {
        let mut client = world.client();
        let _ = client.write_all(b"a");
        client.read_exact(&mut [0]).is_ok()
    };
    let hit = 100 - (0..100).map(survives).filter(|s| *s).count();
    // Five standard deviations.
    assert!((16..=64).contains(&hit), "{hit}");
}

#[test]
fn a_service_that_is_not_there() {
    let runtime = runtime();
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let start = TcpProxy::start("127.0.0.1:0", &closed, 1);
    let proxy = runtime.block_on(start).unwrap();
    let mut client = connect(proxy.listen());
    assert_ne!(read_to_end(&mut client, 2000 * MS).1, Ended::Hangs);
    let taken = proxy.listen().to_string();
    assert!(
        runtime
            .block_on(TcpProxy::start(&taken, "127.0.0.1:1", 1))
            .is_err()
    );
    assert!(
        runtime
            .block_on(TcpProxy::start("nonsense", "127.0.0.1:1", 1))
            .is_err()
    );
}
