//! Requests a second of an axum service over a real connection: without the layer, and with it in each state that
//! costs a request no more than a look.

use axum::Router;
use axum::routing::get;
use axum::serve::ListenerExt;
use herz_http::rule::Rule;
use herz_http::{Chaos, Gate};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// Requests that are on their way at a time, so that the service has always something to do.
const AT_ONCE: usize = 64;
const REQUESTS: usize = 64 * 100;

/// A service on a thread of its own, until the process ends.
fn serve(layered: impl FnOnce(Router) -> Router) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let app = layered(Router::new().route("/", get(async || "Hello")));
    std::thread::spawn(move || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            // Without it an answer waits for the client's acknowledgement of the one before.
            let listener = listener.tap_io(|socket| socket.set_nodelay(true).unwrap());
            axum::serve(listener, app).await.unwrap();
        });
    });
    address
}

/// A connection, and how long each answer is.
struct Client {
    socket: TcpStream,
    length: usize,
}

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n";

impl Client {
    fn new(address: SocketAddr) -> Self {
        let mut socket = TcpStream::connect(address).unwrap();
        socket.set_nodelay(true).unwrap();
        socket.write_all(REQUEST).unwrap();
        let mut answer = Vec::new();
        let mut byte = [0];
        while !answer.ends_with(b"Hello") {
            socket.read_exact(&mut byte).unwrap();
            answer.push(byte[0]);
        }
        let length = answer.len();
        Self { socket, length }
    }

    /// Requests a second.
    fn rate(&mut self) -> f64 {
        let (block, mut answers) = (REQUEST.repeat(AT_ONCE), vec![0; self.length * AT_ONCE]);
        let begun = Instant::now();
        for _ in 0..REQUESTS / AT_ONCE {
            self.socket.write_all(&block).unwrap();
            self.socket.read_exact(&mut answers).unwrap();
        }
        assert!(answers.ends_with(b"Hello"));
        REQUESTS as f64 / begun.elapsed().as_secs_f64()
    }
}

pub(crate) fn run(rounds: usize) {
    let layer = |gate: Gate, rules: Vec<Rule>| {
        let chaos = Chaos::builder().gate(gate).build().unwrap();
        chaos.set(rules);
        let layer = chaos.layer().keep_bodies(axum::body::Body::new);
        serve(|app| app.layer(layer))
    };
    let noop = tower::layer::layer_fn(super::layer::Noop);
    let mut contenders = [
        ("a layer that does nothing", serve(|app| app.layer(noop))),
        ("no layer", serve(|app| app)),
        (
            "(a) Herz' layer, no rules",
            layer(Gate::default(), Vec::new()),
        ),
        (
            "(b) rules, no gate",
            layer(Gate::default(), vec![super::layer::rule(1.0)]),
        ),
        (
            "(c) rules, gate open, share 0",
            layer(Gate::Open, vec![super::layer::rule(0.0)]),
        ),
    ]
    .map(|(name, address)| (name, Client::new(address), Vec::new()));
    for round in 0..=rounds {
        for (_, client, rates) in &mut contenders {
            let rate = client.rate();
            if round > 0 {
                rates.push(rate);
            }
        }
    }
    // Ratios are those within a round: the machine's mood is the same for all in it.
    let first = contenders[0].2.clone();
    for (name, _, rates) in &mut contenders {
        let mut ratios: Vec<f64> = rates.iter().zip(&first).map(|(r, f)| r / f).collect();
        let (least, most) = (
            super::quantile(&mut ratios, 0.0),
            super::quantile(&mut ratios, 1.0),
        );
        println!(
            "{name:<28} {:>9.0} requests/s   {:.3} ({least:.3} to {most:.3})",
            super::median(rates),
            super::median(&mut ratios)
        );
    }
}
