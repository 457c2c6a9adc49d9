//! What faults cost when they are off, and how exact they are when they are on; in one run.
//!
//! ```sh
//! cargo run --release -p herz-bench-faults            # --rounds N, --only layer,points,…
//! ```
//!
//! Parts: `layer` (a bare tower service with and without it), `hello` (requests a second of an axum service over a
//! connection), `points` (fault points against fail-rs), `delays` (asked against observed, with tokio's sleep and a
//! thread's beside it), `abort` (how late faults start and end, and from the wish to the clean end), `proxy`
//! (throughput and latency without faults: direct, Herz, HAProxy in TCP mode if it is installed, Toxiproxy if
//! `TOXIPROXY` names its server).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and fails like a test"
)]

mod abort;
mod delays;
mod hello;
mod layer;
mod points;
mod proxy;

use std::time::Instant;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // The proxy of Herz is this program again, as a process of its own.
    if let [flag, listen, upstream] = args.as_slice()
        && flag == "--serve-proxy"
    {
        proxy::serve(listen, upstream);
        return;
    }
    let after = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1).cloned()
    };
    let rounds = after("--rounds").and_then(|n| n.parse().ok()).unwrap_or(9);
    let only = after("--only");
    let wanted = |part: &str| {
        only.as_ref()
            .is_none_or(|only| only.split(',').any(|p| p == part))
    };
    for (part, run) in [
        ("layer", layer::run as fn(usize)),
        ("hello", hello::run),
        ("points", points::run),
        ("delays", delays::run),
        ("abort", abort::run),
        ("proxy", proxy::run),
    ] {
        if wanted(part) {
            println!("\n== {part}");
            run(rounds);
        }
    }
}

/// Nanoseconds of one call. Contenders take turns every `SLICE` calls, which is less time than the
/// scheduler gives to another process; the difference is the median of those within each turn.
fn compare(rounds: usize, calls: u32, contenders: &mut [(&str, &mut dyn FnMut())]) {
    const SLICE: u32 = 2_000;
    let turns = rounds * (calls / SLICE) as usize;
    let mut times = vec![Vec::with_capacity(turns); contenders.len()];
    for turn in 0..turns + turns / 10 {
        for (at, (_, call)) in contenders.iter_mut().enumerate() {
            let begun = Instant::now();
            for _ in 0..SLICE {
                call();
            }
            let nanos = begun.elapsed().as_secs_f64() * 1e9 / f64::from(SLICE);
            // The first turns warm up.
            if turn >= turns / 10 {
                times[at].push(nanos);
            }
        }
    }
    let first = times[0].clone();
    for ((name, _), times) in contenders.iter().zip(&mut times) {
        let pairs = times.iter().zip(&first);
        let mut more: Vec<f64> = pairs.map(|(time, first)| time - first).collect();
        let spread = (quantile(&mut more, 0.25), quantile(&mut more, 0.75));
        println!(
            "{name:<44} {:>9.2} ns  {:+.2} ns ({:+.2} to {:+.2}: half of the turns)",
            median(times),
            median(&mut more),
            spread.0,
            spread.1
        );
    }
}

fn median(values: &mut [f64]) -> f64 {
    quantile(values, 0.5)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index"
)]
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share).round() as usize]
}
