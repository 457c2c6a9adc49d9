//! What a client that is nothing but a socket sees of shares and delays, and the laws that they have to follow.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How delays spread around their middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Law {
    Uniform,
    Normal,
    Pareto,
}

impl Law {
    const ALL: [(Self, &str); 3] = [
        (Self::Uniform, "uniform"),
        (Self::Normal, "normal"),
        (Self::Pareto, "pareto"),
    ];

    /// Share of delays of this middle and jitter that are not longer than `x`.
    pub(crate) fn cdf(self, middle: f64, jitter: f64, x: f64) -> f64 {
        let least = middle - jitter;
        match self {
            Self::Uniform => ((x - least) / (2.0 * jitter)).clamp(0.0, 1.0),
            Self::Normal => {
                f64::midpoint(1.0, erf((x - middle) / jitter / std::f64::consts::SQRT_2))
            }
            // Lomax of shape 3 whose mean is the jitter.
            Self::Pareto => 1.0 - (1.0 + (x - least).max(0.0) / (2.0 * jitter)).powi(-3),
        }
    }
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

/// Kolmogorov and Smirnov's distance between what was seen and a law; each may have been later by `late`.
pub(crate) fn distance(seen: &mut [f64], late: f64, cdf: impl Fn(f64) -> f64) -> f64 {
    seen.sort_by(f64::total_cmp);
    let n = f64::from(u32::try_from(seen.len()).unwrap());
    let mut most = 0.0_f64;
    for (index, value) in (0_u32..).zip(seen) {
        let (before, with) = (f64::from(index) / n, f64::from(index + 1) / n);
        let (too_early, too_late) = (with - cdf(*value), cdf(*value - late) - before);
        most = most.max(too_early).max(too_late);
    }
    most
}

/// Above this a distance of `n` that follow the law lies once in a thousand seeds.
pub(crate) fn bound(n: f64) -> f64 {
    1.95 / n.sqrt()
}

/// Whether so many hits of `n` are what a share makes, by five standard deviations; exact at 0 and 1.
pub(crate) fn fits_share(hits: usize, n: usize, share: f64) -> bool {
    let [hits, n] = [hits, n].map(|count| f64::from(u32::try_from(count).unwrap()));
    (hits - n * share).abs() <= 5.0 * (n * share * (1.0 - share)).sqrt()
}

/// A connection that is kept.
struct Client(BufReader<TcpStream>);

const REQUEST: &str = "GET /a HTTP/1.1\r\nHost: test\r\n\r\n";

impl Client {
    fn new(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).unwrap();
        socket.set_nodelay(true).unwrap();
        let patience = Some(Duration::from_secs(20));
        socket.set_read_timeout(patience).unwrap();
        Self(BufReader::new(socket))
    }

    fn write(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).unwrap();
    }

    /// Status of the next answer.
    fn read(&mut self) -> u16 {
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "it was closed");
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(rest) = line.strip_prefix("content-length: ") {
                length = rest.parse().unwrap();
            } else if line.is_empty() {
                break;
            }
        }
        self.0.read_exact(&mut vec![0; length]).unwrap();
        status
    }
}

/// Of `n` requests on one connection, how many are answered with 503; 100 are on their way at a time.
fn hits(address: SocketAddr, n: usize) -> usize {
    let mut client = Client::new(address);
    let mut hits = 0;
    for _ in 0..n / 100 {
        client.write(&REQUEST.repeat(100));
        hits += (0..100).filter(|_| client.read() == 503).count();
    }
    hits
}

/// Milliseconds that requests took, on so many connections at once.
fn times(address: SocketAddr, connections: usize, each: usize) -> Vec<f64> {
    let one = move || {
        let mut client = Client::new(address);
        let mut times = Vec::new();
        for _ in 0..each {
            let start = Instant::now();
            client.write(REQUEST);
            assert_eq!(client.read(), 200);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times
    };
    let threads: Vec<_> = (0..connections).map(|_| std::thread::spawn(one)).collect();
    let all = threads.into_iter().map(|thread| thread.join().unwrap());
    all.flatten().collect()
}

/// Sets shares by `set`, which takes a part of a `ChaosExperiment`'s spec, and counts at the address.
pub(crate) fn shares_are_seen(address: SocketAddr, set: impl Fn(&str)) {
    for (share, n) in [(0.0, 500), (0.1, 10_000), (1.0, 500)] {
        set(&format!(
            "probability: {share}, seed: 11, error: {{ status: 503 }}"
        ));
        let seen = hits(address, n);
        assert!(fits_share(seen, n, share), "{share}: {seen} of {n}");
    }
}

/// Sets delays of each law and measures them at the address: they follow theirs, and none of the others.
pub(crate) fn delays_are_seen(address: SocketAddr, set: impl Fn(&str)) {
    /// Two cores that all tests share, and a debug build, take their time with an answer, too.
    const LATE: f64 = 10.0;
    /// A machine that was busy with something else measures again; what follows another law never passes.
    const TRIES: usize = 3;
    for (law, name) in Law::ALL {
        set(&format!(
            "latency: 150ms, jitter: 60ms, distribution: {name}, seed: 11"
        ));
        let measure = || {
            let mut seen = times(address, 100, 10);
            Law::ALL.map(|(other, other_name)| {
                let far = distance(&mut seen, LATE, |x| other.cdf(150.0, 60.0, x));
                let right = (far <= bound(1_000.0)) == (other == law);
                (right, format!("{name} against {other_name}: {far}"))
            })
        };
        let mut wrong = Vec::new();
        for _ in 0..TRIES {
            let found = measure();
            wrong = found.into_iter().filter(|(right, _)| !right).collect();
            if wrong.is_empty() {
                break;
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
