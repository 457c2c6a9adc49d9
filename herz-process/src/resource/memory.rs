//! Memory that grows, every page written to.

use herz_runtime::backend::Failure;
use herz_runtime::event::Measure;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, atomic::AtomicU64, atomic::Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Memory is asked for in pieces of this size: above what an allocator keeps for itself, so that it
/// goes back to the kernel when it is given back.
const PIECE: usize = 64 << 20;
/// As often as this a growing amount is topped up.
const STEP: Duration = Duration::from_millis(20);

#[derive(Debug)]
pub(super) struct MemoryHog {
    /// Dropping it ends the thread.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    taken: Arc<AtomicU64>,
    started: Instant,
    cap: u64,
    rate: Option<u64>,
}

impl MemoryHog {
    pub(super) fn start(cap: u64, rate: Option<u64>) -> Result<Self, Failure> {
        if let Some(there) = available()
            && cap > there
        {
            return Err(Failure::new(format!(
                "{cap} B of memory are asked for and {there} B are available: the kernel would kill somebody, \
                 and not necessarily us"
            ))
            .with_remedy("a smaller `cap`"));
        }
        let (stop, stopped) = mpsc::channel::<()>();
        let taken = Arc::new(AtomicU64::new(0));
        let (started, count) = (Instant::now(), Arc::clone(&taken));
        let thread = std::thread::Builder::new()
            .name("herz-memory".to_owned())
            .spawn(move || {
                let mut pieces: Vec<Vec<u8>> = Vec::new();
                loop {
                    let due = due(cap, rate, started.elapsed());
                    grow(&mut pieces, due, &count);
                    let wait = if due >= cap { Duration::MAX } else { STEP };
                    let told = if wait == Duration::MAX {
                        stopped.recv().map_err(|_| RecvTimeoutError::Disconnected)
                    } else {
                        stopped.recv_timeout(wait)
                    };
                    if told != Err(RecvTimeoutError::Timeout) {
                        return;
                    }
                }
            })
            .map_err(|error| Failure::new(format!("no thread to take memory with: {error}")))?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
            taken,
            started,
            cap,
            rate,
        })
    }

    #[allow(clippy::cast_precision_loss, reason = "a chart needs no more")]
    pub(super) fn measure(&self) -> Result<Vec<Measure>, Failure> {
        if self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            return Err(Failure::new("the thread that takes memory has ended"));
        }
        let asked = due(self.cap, self.rate, self.started.elapsed());
        Ok(vec![Measure {
            name: "memory".to_owned(),
            unit: "By".to_owned(),
            asked: asked as f64,
            observed: self.taken.load(Ordering::Relaxed) as f64,
        }])
    }
}

impl Drop for MemoryHog {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// How much is to be taken after some time.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes of this machine's memory"
)]
fn due(cap: u64, rate: Option<u64>, after: Duration) -> u64 {
    match rate {
        None => cap,
        Some(rate) => ((rate as f64 * after.as_secs_f64()) as u64).min(cap),
    }
}

/// Takes memory until there is so much of it, and writes to every byte.
fn grow(pieces: &mut Vec<Vec<u8>>, due: u64, taken: &AtomicU64) {
    let mut have = taken.load(Ordering::Relaxed);
    while have < due {
        let room = pieces.last().map_or(0, |last| last.capacity() - last.len());
        if room == 0 {
            pieces.push(Vec::with_capacity(PIECE));
        }
        let Some(last) = pieces.last_mut() else {
            return;
        };
        let room = last.capacity() - last.len();
        let more = usize::try_from(due - have).unwrap_or(usize::MAX).min(room);
        // Not zero, or the kernel could share one page for all of them.
        last.resize(last.len() + more, 0xa5);
        have += more as u64;
        taken.store(have, Ordering::Relaxed);
    }
}

/// Memory that can be had without pushing anybody out.
fn available() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
