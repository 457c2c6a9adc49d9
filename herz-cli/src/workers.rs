//! All cores at work on a stream, with results in its order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Items that a worker takes at once: enough that taking costs little, few enough that all cores
/// soon have some.
const BATCH: usize = 16;

/// Batches that a worker may be ahead of the slowest one: this bounds memory, whatever the stream's length.
const AHEAD: usize = 8;

/// Does `work` for each item on all cores, and gives `tell` the results, in the items' order, as soon as
/// all before them are told. Items are asked for one after the other, when somebody is free for them;
/// few of them are worked on by this thread alone.
pub(crate) fn in_order<I, T, Work, Tell>(items: I, work: Work, tell: Tell)
where
    I: Iterator + Send,
    I::Item: Send,
    T: Send,
    Work: Fn(I::Item) -> T + Sync,
    Tell: FnMut(Vec<T>) + Send,
{
    let line = Line {
        work,
        source: Mutex::new(Source { items, next: 0 }),
        told: Mutex::new(Told {
            next: 0,
            ready: BTreeMap::new(),
            failed: false,
            tell,
        }),
        turn: Condvar::new(),
        ahead: usize::MAX,
    };
    let Some(first) = line.take() else { return };
    if first.items.len() < BATCH {
        line.finish(first);
        return;
    }
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let line = &Line {
        ahead: AHEAD * workers,
        ..line
    };
    thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(|| line.run());
        }
        line.finish(first);
        line.run();
    });
}

/// Some items and their place in the stream.
struct Batch<T> {
    number: usize,
    items: Vec<T>,
}

struct Source<I> {
    items: I,
    /// Number of the next batch.
    next: usize,
}

struct Told<T, Tell> {
    /// Number of the batch to tell next.
    next: usize,
    /// Batches that are done before their turn.
    ready: BTreeMap<usize, Vec<T>>,
    /// A worker is gone; its batch will never come.
    failed: bool,
    tell: Tell,
}

struct Line<I, T, Work, Tell> {
    work: Work,
    source: Mutex<Source<I>>,
    told: Mutex<Told<T, Tell>>,
    turn: Condvar,
    ahead: usize,
}

impl<I, T, Work, Tell> Line<I, T, Work, Tell>
where
    I: Iterator,
    Work: Fn(I::Item) -> T,
    Tell: FnMut(Vec<T>),
{
    fn run(&self) {
        let alarm = Alarm(self);
        while let Some(batch) = self.take() {
            let told = lock(&self.told);
            let waits = |told: &mut Told<T, Tell>| {
                !told.failed && batch.number > told.next.saturating_add(self.ahead)
            };
            let told = self.turn.wait_while(told, waits);
            if told.unwrap_or_else(PoisonError::into_inner).failed {
                return;
            }
            self.finish(batch);
        }
        drop(alarm);
    }

    /// The next items of the stream.
    fn take(&self) -> Option<Batch<I::Item>> {
        let mut source = lock(&self.source);
        let items: Vec<_> = source.items.by_ref().take(BATCH).collect();
        let number = source.next;
        source.next += 1;
        (!items.is_empty()).then_some(Batch { number, items })
    }

    /// Works on a batch and tells it, or leaves it to who finishes the ones before.
    fn finish(&self, batch: Batch<I::Item>) {
        let results: Vec<T> = batch.items.into_iter().map(&self.work).collect();
        let mut told = lock(&self.told);
        told.ready.insert(batch.number, results);
        let told = &mut *told;
        while let Some(results) = told.ready.remove(&told.next) {
            (told.tell)(results);
            told.next += 1;
        }
        self.turn.notify_all();
    }
}

/// Wakes the others when a worker panics: they would wait for its batch for ever.
struct Alarm<'l, I, T, Work, Tell>(&'l Line<I, T, Work, Tell>);

impl<I, T, Work, Tell> Drop for Alarm<'_, I, T, Work, Tell> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.told).failed = true;
            self.0.turn.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{BATCH, in_order};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    /// What is told, in its order.
    fn told(count: usize, work: impl Fn(usize) -> usize + Sync) -> Vec<usize> {
        let mut all = Vec::new();
        in_order(0..count, work, |results| all.extend(results));
        all
    }

    #[test]
    fn the_order_is_kept_whoever_is_done_first() {
        for count in [0, 1, BATCH - 1, BATCH, BATCH + 1, 1000] {
            let slow = |n: usize| {
                if n % 97 == 3 {
                    std::thread::sleep(Duration::from_millis(2));
                }
                n * 2
            };
            assert!(told(count, slow).into_iter().eq((0..count).map(|n| n * 2)));
        }
    }

    #[test]
    fn the_stream_is_not_read_far_ahead_of_a_slow_item() {
        let (taken, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let furthest = AtomicUsize::new(0);
        let items = (0..200_000).inspect(|_| {
            taken.fetch_add(1, Ordering::Relaxed);
        });
        let slow = |n: usize| {
            if n == 0 {
                std::thread::sleep(Duration::from_millis(200));
                furthest.store(taken.load(Ordering::Relaxed), Ordering::Relaxed);
            }
        };
        in_order(items, slow, |results| {
            done.fetch_add(results.len(), Ordering::Relaxed);
        });
        assert_eq!(done.into_inner(), 200_000);
        let workers = std::thread::available_parallelism().unwrap().get();
        let most = (super::AHEAD + 2) * workers * BATCH;
        let furthest = furthest.into_inner();
        assert!(furthest <= most, "{furthest} of at most {most}");
    }

    #[test]
    fn a_panic_is_no_wait_for_ever() {
        let crash = std::panic::catch_unwind(|| {
            told(10_000, |n| {
                assert!(n != 40, "crash");
                n
            })
        });
        assert!(crash.is_err());
    }
}
