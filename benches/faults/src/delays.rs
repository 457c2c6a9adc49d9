//! Delays that are asked for and those that are observed.

use std::time::{Duration, Instant};

pub(crate) fn run(rounds: usize) {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build().unwrap();
    println!(
        "{:<10} {:<8} {:>14} {:>14}",
        "asked", "by", "p50 late us", "p99 late us"
    );
    for (ms, count) in [(1, 60 * rounds), (10, 25 * rounds), (100, 6 * rounds)] {
        let asked = Duration::from_millis(ms);
        let (mut ours, mut tokios, mut threads) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..count {
            let late = |begun: Instant| (begun.elapsed().as_secs_f64() - asked.as_secs_f64()) * 1e6;
            ours.push(runtime.block_on(async {
                let begun = Instant::now();
                herz_http::timing::sleep(asked).await;
                late(begun)
            }));
            tokios.push(runtime.block_on(async {
                let begun = Instant::now();
                tokio::time::sleep(asked).await;
                late(begun)
            }));
            // What this machine makes of a wish to the kernel, now, with nothing of ours in between.
            let begun = Instant::now();
            std::thread::sleep(asked);
            threads.push(late(begun));
        }
        let by = [
            ("herz", &mut ours),
            ("tokio", &mut tokios),
            ("thread", &mut threads),
        ];
        for (name, times) in by {
            let (p50, p99) = (super::quantile(times, 0.5), super::quantile(times, 0.99));
            println!(
                "{:<10} {name:<8} {p50:>14.1} {p99:>14.1}",
                format!("{ms} ms")
            );
        }
    }
}
