//! A timer that wakes within tens of microseconds.
//!
//! The timers of asynchronous runtimes are wheels of a millisecond a slot; a delay of 1 ms would
//! last 2. So delays wait on one thread of their own, whose sleeps the kernel does not round, and
//! which wakes a little before the time to be there when it comes.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// Key of a sleeper: when it wakes, and a number that keeps two of one instant apart.
type Key = (Instant, u64);

#[derive(Default)]
struct Sleepers {
    waiting: Mutex<BTreeMap<Key, Waker>>,
    changed: Condvar,
    /// Whether a sleeper came that wakes before all others; ends a watch of the clock.
    earlier: AtomicBool,
}

/// How long before its time the thread wakes, at most: an idle core needs so long to come back.
const EARLIEST: Duration = Duration::from_micros(200);

impl Sleepers {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, Waker>> {
        // Nothing in here panics half way through a change; a poisoned map is a whole map.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        rounding_off();
        // How late the sleeps of this thread were of late: long ones on a core that fell asleep,
        // a few microseconds on a busy machine, where watching the clock would cost others most.
        let mut lateness = EARLIEST;
        let mut waiting = self.lock();
        loop {
            self.earlier.store(false, Ordering::Relaxed);
            let now = Instant::now();
            let mut due = Vec::new();
            while let Some(first) = waiting.first_entry() {
                if first.key().0 > now {
                    break;
                }
                due.push(first.remove());
            }
            if !due.is_empty() {
                drop(waiting);
                due.into_iter().for_each(Waker::wake);
                waiting = self.lock();
                continue;
            }
            let Some((&(at, _), _)) = waiting.first_key_value() else {
                let woken = self.changed.wait(waiting);
                waiting = woken.unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let rest = (at - now).saturating_sub(lateness);
            if rest.is_zero() {
                drop(waiting);
                while Instant::now() < at && !self.earlier.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
                waiting = self.lock();
                continue;
            }
            let woken = self.changed.wait_timeout(waiting, rest);
            let (guard, result) = woken.unwrap_or_else(PoisonError::into_inner);
            waiting = guard;
            if result.timed_out() {
                let late = now.elapsed().saturating_sub(rest);
                lateness = late.max(lateness * 7 / 8).min(EARLIEST);
            }
        }
    }
}

/// Linux rounds sleeps of ordinary threads up to 50 µs; this thread's not.
fn rounding_off() {
    #[cfg(target_os = "linux")]
    {
        // Without it delays are a little longer, and nothing else is wrong.
        let _ = rustix::thread::set_current_timer_slack(std::num::NonZeroU64::new(1));
    }
}

/// The one timer thread of the process, started by the first delay. `None` if the system gives
/// no thread.
fn sleepers() -> Option<&'static Sleepers> {
    static SLEEPERS: OnceLock<Option<&'static Sleepers>> = OnceLock::new();
    *SLEEPERS.get_or_init(|| {
        let sleepers: &'static Sleepers = Box::leak(Box::default());
        let thread = std::thread::Builder::new().name("herz-delays".to_owned());
        let started = thread.spawn(|| sleepers.run());
        started.is_ok().then_some(sleepers)
    })
}

/// Waits until an instant. Needs no runtime; dropping it ends the wait.
#[derive(Debug)]
#[must_use = "a future does nothing unless it is awaited"]
pub struct Sleep {
    at: Instant,
    number: u64,
    waits: bool,
}

/// Waits for so long from now.
///
/// ```
/// use std::time::{Duration, Instant};
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # runtime.block_on(async {
/// let start = Instant::now();
/// herz_http::timing::sleep(Duration::from_millis(2)).await;
/// assert!(start.elapsed() >= Duration::from_millis(2));
/// # });
/// ```
pub fn sleep(time: Duration) -> Sleep {
    let now = Instant::now();
    // An instant that the clock can't name is as good as for ever: a century will do.
    let at = now.checked_add(time);
    let century = Duration::from_secs(60 * 60 * 24 * 365 * 100);
    sleep_until(at.or_else(|| now.checked_add(century)).unwrap_or(now))
}

/// Waits until then; no time at all if it has passed.
pub fn sleep_until(at: Instant) -> Sleep {
    static NUMBERS: AtomicU64 = AtomicU64::new(0);
    Sleep {
        at,
        number: NUMBERS.fetch_add(1, Ordering::Relaxed),
        waits: false,
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(sleepers) = sleepers().filter(|_| Instant::now() < self.at) else {
            return Poll::Ready(());
        };
        let key = (self.at, self.number);
        let mut waiting = sleepers.lock();
        waiting.insert(key, cx.waker().clone());
        self.waits = true;
        if waiting
            .first_key_value()
            .is_some_and(|(first, _)| *first == key)
        {
            sleepers.earlier.store(true, Ordering::Relaxed);
            sleepers.changed.notify_one();
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if self.waits
            && let Some(sleepers) = sleepers()
        {
            let waker = sleepers.lock().remove(&(self.at, self.number));
            drop(waker);
        }
    }
}
