//! CPU load that is held at a percentage.

use herz_runtime::backend::Failure;
use herz_runtime::event::Measure;
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Threads work and rest within stretches of this length.
const PERIOD: Duration = Duration::from_millis(10);
/// What others took from us is made up for, up to this: a load that came back after a long stall
/// would be a peak that nobody asked for.
const DEBT: f64 = 0.5;

/// Threads that compute.
#[derive(Debug)]
pub(super) struct CpuHog {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    /// Nanoseconds of CPU time that they have used.
    used: Vec<Arc<AtomicU64>>,
    whole: f64,
    percent: f64,
    last: (Instant, f64),
}

/// Whether the kernel tells the CPU time of a thread.
pub(super) fn probe() -> std::io::Result<()> {
    rustix::time::clock_gettime_dynamic(rustix::time::DynamicClockId::Known(
        ClockId::ThreadCPUTime,
    ))?;
    Ok(())
}

/// CPU time of this thread.
fn cpu_time() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    #[allow(clippy::cast_precision_loss, reason = "seconds of a run are few")]
    let (seconds, nanos) = (time.tv_sec as f64, time.tv_nsec as f64);
    seconds + nanos / 1e9
}

impl CpuHog {
    /// Keeps so much of so many CPUs busy.
    pub(super) fn start(whole: f64, percent: f64) -> Result<Self, Failure> {
        let threads = whole.ceil().max(1.0);
        // Each thread takes an equal part, of one CPU at most.
        let share = whole * percent / 100.0 / threads;
        let mut hog = Self {
            stop: Arc::new(AtomicBool::new(false)),
            threads: Vec::new(),
            used: Vec::new(),
            whole,
            percent,
            last: (Instant::now(), 0.0),
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of CPUs"
        )]
        let count = threads as usize;
        for _ in 0..count {
            let (stop, used) = (Arc::clone(&hog.stop), Arc::new(AtomicU64::new(0)));
            hog.used.push(Arc::clone(&used));
            let thread = std::thread::Builder::new()
                .name("herz-cpu".to_owned())
                .spawn(move || work(share, &stop, &used))
                .map_err(|error| Failure::new(format!("no thread to compute with: {error}")))?;
            hog.threads.push(thread);
        }
        Ok(hog)
    }

    #[allow(clippy::cast_precision_loss, reason = "a percentage needs no more")]
    pub(super) fn measure(&mut self) -> Measure {
        let used: u64 = self
            .used
            .iter()
            .map(|used| used.load(Ordering::Relaxed))
            .sum();
        let (now, used) = (Instant::now(), used as f64 / 1e9);
        let span = (now - self.last.0).as_secs_f64().max(1e-9);
        let observed = (used - self.last.1) / span / self.whole * 100.0;
        self.last = (now, used);
        Measure {
            name: "cpu".to_owned(),
            unit: "%".to_owned(),
            asked: self.percent,
            observed,
        }
    }
}

impl Drop for CpuHog {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Works so that the thread's own CPU time stays this share of the time that passes.
fn work(share: f64, stop: &AtomicBool, used: &AtomicU64) {
    let (mut start, mut base) = (Instant::now(), cpu_time());
    while !stop.load(Ordering::Relaxed) {
        let mut spent = cpu_time() - base;
        let due = share * (start.elapsed() + PERIOD).as_secs_f64();
        if due - spent > DEBT {
            (start, base) = (Instant::now(), cpu_time());
            continue;
        }
        while spent < due && !stop.load(Ordering::Relaxed) {
            for step in 0..2000_u64 {
                black_box(step.wrapping_mul(step));
            }
            spent = cpu_time() - base;
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "nanoseconds of CPU time are positive, and few"
        )]
        let whole = (cpu_time() * 1e9) as u64;
        used.store(whole, Ordering::Relaxed);
        // At full load there is nothing to wait for.
        let ahead = spent / share.max(1e-9) - start.elapsed().as_secs_f64();
        if ahead > 0.0 {
            std::thread::sleep(Duration::from_secs_f64(ahead.min(PERIOD.as_secs_f64())));
        }
    }
}
