//! A sleep that needs no async runtime: a thread waits, which is good enough for a fault.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Ends after some time.
#[derive(Debug)]
pub(crate) struct Sleep {
    time: Duration,
    state: Option<Arc<Mutex<State>>>,
}

#[derive(Debug, Default)]
struct State {
    over: bool,
    waker: Option<Waker>,
}

impl Sleep {
    pub(crate) const fn new(time: Duration) -> Self {
        Self { time, state: None }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(state) = self.state.clone() else {
            let state = Arc::new(Mutex::new(State {
                over: false,
                waker: Some(cx.waker().clone()),
            }));
            self.state = Some(Arc::clone(&state));
            if self.time.is_zero() {
                // Others come first, and then we again.
                state.lock().unwrap_or_else(PoisonError::into_inner).over = true;
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let time = self.time;
            let wait = move || {
                std::thread::sleep(time);
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                state.over = true;
                if let Some(waker) = state.waker.take() {
                    waker.wake();
                }
            };
            let thread = std::thread::Builder::new().name("herz-faultpoint".to_owned());
            if thread.spawn(wait).is_err() {
                // No thread: late is better than never.
                std::thread::sleep(time);
                return Poll::Ready(());
            }
            return Poll::Pending;
        };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.over {
            return Poll::Ready(());
        }
        state.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}
