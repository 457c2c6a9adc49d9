//! One queue of everything that is due, earliest first. No polling: the thread sleeps until the next
//! deadline, or until an earlier one comes in.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Deadlines of all runs.
#[derive(Debug, Clone)]
pub(super) struct Queue<T> {
    shared: Arc<Shared<T>>,
}

#[derive(Debug)]
struct Shared<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    due: BinaryHeap<Reverse<Due<T>>>,
    next: u64,
    closed: bool,
}

/// A message, and when it is to be delivered.
#[derive(Debug)]
struct Due<T> {
    at: Instant,
    /// Messages of the same deadline keep their order.
    number: u64,
    to: Sender<T>,
    message: T,
}

impl<T> PartialEq for Due<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.number) == (other.at, other.number)
    }
}

impl<T> Eq for Due<T> {}

impl<T> PartialOrd for Due<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Due<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

impl<T: Send + 'static> Queue<T> {
    /// Starts the thread.
    pub(super) fn start() -> std::io::Result<Self> {
        let queue = Self {
            shared: Arc::new(Shared {
                state: Mutex::new(State {
                    due: BinaryHeap::new(),
                    next: 0,
                    closed: false,
                }),
                changed: Condvar::new(),
            }),
        };
        let shared = Arc::clone(&queue.shared);
        std::thread::Builder::new()
            .name("herz-queue".to_owned())
            .spawn(move || deliver(&shared))?;
        Ok(queue)
    }

    /// Delivers a message at a point in time; at once, if that is over.
    pub(super) fn at(&self, at: Instant, to: &Sender<T>, message: T) {
        let mut state = lock(&self.shared);
        let number = state.next;
        state.next = state.next.wrapping_add(1);
        state.due.push(Reverse(Due {
            at,
            number,
            to: to.clone(),
            message,
        }));
        self.shared.changed.notify_one();
    }

    /// Ends the thread; what is still due is dropped.
    pub(super) fn close(&self) {
        lock(&self.shared).closed = true;
        self.shared.changed.notify_one();
    }
}

fn lock<T>(shared: &Shared<T>) -> MutexGuard<'_, State<T>> {
    shared.state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn deliver<T>(shared: &Shared<T>) {
    let mut state = lock(shared);
    loop {
        if state.closed {
            return;
        }
        let now = Instant::now();
        let wait = match state.due.peek() {
            Some(Reverse(first)) => first.at.saturating_duration_since(now),
            None => {
                state = shared
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
                continue;
            }
        };
        if wait.is_zero() {
            if let Some(Reverse(due)) = state.due.pop() {
                // A run that is over does not listen any more.
                let _ = due.to.send(due.message);
            }
        } else {
            state = shared
                .changed
                .wait_timeout(state, wait)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn the_earliest_goes_first_whenever_it_came_in() {
        let queue = Queue::start().unwrap();
        let (to, from) = channel();
        let now = Instant::now();
        for millis in [60, 20, 40, 20] {
            queue.at(now + Duration::from_millis(millis), &to, millis);
        }
        let order: Vec<u64> = (0..4).map(|_| from.recv().unwrap()).collect();
        assert_eq!(order, [20, 20, 40, 60]);
        assert!(now.elapsed() >= Duration::from_millis(60));
        queue.close();
    }
}
