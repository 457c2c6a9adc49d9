//! One direction of one connection.

use super::State;
use super::effect::{Shape, Slice};
use crate::toxic::Stream;
use bytes::{Bytes, BytesMut};
use herz_http::Draw;
use herz_http::timing::sleep_until;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::watch;

/// Bytes that are read at once. Large ones make the proxy fast; memory is taken as it is used.
const BUFFER: usize = 256 * 1024;
/// Bytes that may wait for their time; then the sender is held up, as by a full network.
const WAITING: usize = 4 * 1024 * 1024;

/// Why a direction is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// The sender closed its side; the other direction goes on.
    Closed,
    /// Both directions have to end.
    Cut,
}

pub(super) struct Pump<'a> {
    pub(super) from: ReadHalf<'a>,
    pub(super) to: WriteHalf<'a>,
    pub(super) stream: Stream,
    pub(super) connection: u64,
    pub(super) state: watch::Receiver<Arc<State>>,
    pub(super) bytes: &'a AtomicU64,
    /// Set when the first byte went through, if somebody wants to know.
    pub(super) carried_any: Option<&'a AtomicBool>,
}

/// Data that waits for its time.
#[derive(Default)]
struct Waiting {
    pieces: VecDeque<(Instant, Bytes)>,
    bytes: usize,
    last: Option<Instant>,
}

impl Pump<'_> {
    fn shape(&mut self) -> Shape {
        let state = self.state.borrow_and_update();
        Shape::of(&state.toxics, state.seed, self.connection, self.stream)
    }

    /// Carries bytes until one side ends or a toxic ends it.
    pub(super) async fn run(mut self) -> Over {
        let mut buffer = BytesMut::with_capacity(BUFFER);
        let mut waiting = Waiting::default();
        let mut draw = Draw::new(self.connection, self.stream as u64);
        let mut carried = 0_u64;
        let mut heard = Instant::now();
        let mut open = true;
        let mut shape = self.shape();
        loop {
            let due = waiting.pieces.front().map(|(at, _)| *at);
            if due.is_some_and(|at| at <= Instant::now()) {
                if let Some((_, piece)) = waiting.pieces.pop_front() {
                    waiting.bytes -= piece.len();
                    if !self.write(&piece, &mut carried, shape.limit).await {
                        return Over::Cut;
                    }
                }
                continue;
            }
            if !open && waiting.pieces.is_empty() {
                if !shape.slow_close.is_zero() {
                    herz_http::timing::sleep(shape.slow_close).await;
                }
                let _ = self.to.shutdown().await;
                return Over::Closed;
            }
            let idle = shape.idle.and_then(|i| heard.checked_add(i));
            buffer.reserve(1);
            tokio::select! {
                changed = self.state.changed() => {
                    if changed.is_err() {
                        return Over::Cut;
                    }
                    shape = self.shape();
                }
                () = until(due) => {}
                () = until(idle), if open => return Over::Cut,
                read = self.from.read_buf(&mut buffer), if open && waiting.bytes < WAITING => {
                    // Both may be ready at once: bytes that came after a change are its.
                    if self.state.has_changed().unwrap_or(true) {
                        shape = self.shape();
                    }
                    match read {
                        Err(_) => return Over::Cut,
                        Ok(0) => open = false,
                        Ok(_) if shape.hole || (shape.hole_at_first && carried == 0) => buffer.clear(),
                        Ok(_) => {
                            heard = Instant::now();
                            if shape.is_free() && waiting.pieces.is_empty() {
                                let whole = self.write(&buffer, &mut carried, None).await;
                                buffer.clear();
                                if !whole {
                                    return Over::Cut;
                                }
                            } else {
                                let data = buffer.split().freeze();
                                waiting.add(data, &shape, &mut draw);
                                buffer.reserve(BUFFER);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Writes; false if the connection ends with it.
    async fn write(&mut self, data: &[u8], carried: &mut u64, limit: Option<u64>) -> bool {
        let left = limit.map_or(u64::MAX, |l| l.saturating_sub(*carried));
        let size = data.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let part = data.get(..size).unwrap_or(data);
        if self.to.write_all(part).await.is_err() {
            return false;
        }
        *carried += part.len() as u64;
        self.bytes.fetch_add(part.len() as u64, Ordering::Relaxed);
        if let Some(any) = self.carried_any {
            any.store(true, Ordering::Relaxed);
        }
        limit.is_none_or(|l| *carried < l)
    }
}

pub(super) async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

impl Waiting {
    /// Takes data in, each piece with the time when it may go.
    fn add(&mut self, mut data: Bytes, shape: &Shape, draw: &mut Draw) {
        let now = Instant::now();
        let delay: Duration = shape.delays.iter().map(|d| d.draw(draw)).sum();
        let mut at = now + delay;
        while !data.is_empty() {
            let size = size_of_piece(shape.slice, shape.rate, draw).min(data.len());
            let piece = data.split_to(size);
            // Order is kept: what comes later goes later, however short its own delay.
            at = self.last.map_or(at, |last| at.max(last));
            self.bytes += piece.len();
            self.pieces.push_back((at, piece));
            let mut next = at;
            if let Some(rate) = shape.rate {
                let nanos = size as u128 * 1_000_000_000 / u128::from(rate.max(1));
                next += Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
            }
            if let Some(slice) = shape.slice {
                next += slice.pause;
            }
            self.last = Some(next);
            at = next;
        }
    }
}

fn size_of_piece(slice: Option<Slice>, rate: Option<u64>, draw: &mut Draw) -> usize {
    // A rate is kept in pieces of ten milliseconds, so that data flows and does not jump.
    let piece = rate.map_or(usize::MAX, |rate| {
        usize::try_from((rate / 100).max(1)).unwrap_or(usize::MAX)
    });
    let Some(slice) = slice else { return piece };
    let spread = slice.variation as u64 * 2 + 1;
    let off = usize::try_from(draw.bits() % spread).unwrap_or_default();
    (slice.size + off)
        .saturating_sub(slice.variation)
        .clamp(1, piece)
}
