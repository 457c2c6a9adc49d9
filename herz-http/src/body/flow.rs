//! Slow and short bodies.

use super::Cut;
use crate::BoxError;
use crate::rule::Flow;
use crate::timing::{Sleep, sleep_until};
use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// A slow body comes in pieces of so much time at its rate: small enough to look even, large
/// enough not to wake for each byte.
const PIECE: Duration = Duration::from_millis(10);

pin_project! {
    /// A body that is held to a rate, or breaks off.
    pub(super) struct Flowing<B> {
        #[pin]
        inner: B,
        rate: Option<u64>,
        left: Option<u64>,
        // Data that came and is not sent yet.
        held: Bytes,
        // When the next piece may go.
        next: Option<Instant>,
        sleep: Option<Pin<Box<Sleep>>>,
        over: bool,
    }
}

impl<B> Flowing<B> {
    pub(super) fn new(inner: B, flow: Flow) -> Self {
        Self {
            inner,
            // A rate of nothing would never end; a byte a second is as slow as it gets.
            rate: flow.bytes_per_second.map(|r| r.max(1)),
            left: flow.cut_after,
            held: Bytes::new(),
            next: None,
            sleep: None,
            over: false,
        }
    }
}

impl<B> Flowing<B>
where
    B: Body<Data = Bytes, Error = BoxError>,
{
    pub(super) fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut this = self.project();
        if *this.over {
            return Poll::Ready(None);
        }
        if *this.left == Some(0) {
            // Servers gather what they send, and an error throws that away: what is to arrive
            // needs a moment to leave.
            let at = Instant::now().checked_add(PIECE);
            let sleep = this
                .sleep
                .get_or_insert_with(|| Box::pin(sleep_until(at.unwrap_or_else(Instant::now))));
            ready!(sleep.as_mut().poll(cx));
            *this.over = true;
            return Poll::Ready(Some(Err(Cut.into())));
        }
        if this.held.is_empty() {
            match ready!(this.inner.as_mut().poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) if data.is_empty() => return Poll::Ready(Some(Ok(Frame::data(data)))),
                    Ok(data) => *this.held = data,
                    Err(other) => return Poll::Ready(Some(Ok(other))),
                },
                other => return Poll::Ready(other),
            }
        }
        let mut size = this.held.len();
        if let Some(rate) = *this.rate {
            let now = Instant::now();
            let at = *this.next.get_or_insert(now);
            if now < at {
                let sleep = this.sleep.get_or_insert_with(|| Box::pin(sleep_until(at)));
                ready!(sleep.as_mut().poll(cx));
            }
            *this.sleep = None;
            let piece = (u128::from(rate) * PIECE.as_nanos() / 1_000_000_000).max(1);
            size = size.min(usize::try_from(piece).unwrap_or(usize::MAX));
            let nanos = size as u128 * 1_000_000_000 / u128::from(rate);
            let pause = Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
            // From when it was due, not from now: being late once does not make all slower.
            *this.next = at
                .max(now.checked_sub(PIECE).unwrap_or(at))
                .checked_add(pause);
        }
        if let Some(left) = this.left {
            size = size.min(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= size as u64;
        }
        Poll::Ready(Some(Ok(Frame::data(this.held.split_to(size)))))
    }

    pub(super) fn is_end_stream(&self) -> bool {
        self.over
            || (!self.held.has_remaining() && self.left != Some(0) && self.inner.is_end_stream())
    }

    pub(super) fn size_hint(&self) -> SizeHint {
        // The length is still told in full: a body that breaks off before is what is wanted.
        let mut hint = self.inner.size_hint();
        let held = self.held.len() as u64;
        if let Some(exact) = hint.exact() {
            hint.set_exact(exact + held);
        }
        hint
    }
}
