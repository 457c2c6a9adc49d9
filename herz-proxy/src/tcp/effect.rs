//! What the toxics of a proxy come to on one direction of one connection.

use crate::toxic::{Effect, Stream, Toxic, ms};
use herz_http::timing::{Delay, Spread};
use herz_http::{Draw, Share};
use std::time::Duration;

/// All that happens to the bytes of one direction.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Shape {
    pub(super) delays: Vec<Delay>,
    /// Bytes a second.
    pub(super) rate: Option<u64>,
    pub(super) slice: Option<Slice>,
    /// Bytes after which the connection is closed.
    pub(super) limit: Option<u64>,
    /// Nothing gets through.
    pub(super) hole: bool,
    /// Nothing gets through if nothing has yet.
    pub(super) hole_at_first: bool,
    pub(super) slow_close: Duration,
    pub(super) idle: Option<Duration>,
}

/// Pieces of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slice {
    pub(super) size: usize,
    pub(super) variation: usize,
    pub(super) pause: Duration,
}

/// How and when a whole connection ends by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// Closed so long after the toxic came.
    pub(super) close: Option<Duration>,
    /// Reset so long after the toxic came.
    pub(super) reset: Option<Duration>,
    /// Closed when it is so old.
    pub(super) total: Option<Duration>,
    /// Not connected to the service, and closed after so long.
    pub(super) unconnected: Option<Duration>,
    /// Closed after so long if no byte of the answer has come.
    pub(super) first_byte: Option<Duration>,
}

impl Shape {
    /// Whether bytes pass as they come.
    pub(super) fn is_free(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn of(toxics: &[Toxic], seed: u64, connection: u64, stream: Stream) -> Self {
        let mut shape = Self::default();
        for toxic in chosen(toxics, seed, connection).filter(|t| t.stream == stream) {
            match toxic.effect {
                Effect::Latency { latency, jitter } => {
                    let delay = Delay::new(ms(latency));
                    shape
                        .delays
                        .push(delay.with_jitter(ms(jitter), Spread::Uniform));
                }
                Effect::Bandwidth { rate } => {
                    let rate = rate.saturating_mul(1000);
                    shape.rate = Some(shape.rate.map_or(rate, |r| r.min(rate)));
                }
                Effect::SlowClose { delay } => shape.slow_close += ms(delay),
                Effect::Timeout { .. } => shape.hole = true,
                Effect::FirstByteTimeout { .. } => shape.hole_at_first = true,
                Effect::Slicer {
                    average_size,
                    size_variation,
                    delay,
                } => {
                    shape.slice = Some(Slice {
                        size: average_size,
                        variation: size_variation,
                        pause: Duration::from_micros(delay),
                    });
                }
                Effect::LimitData { bytes } => {
                    shape.limit = Some(shape.limit.map_or(bytes, |l| l.min(bytes)));
                }
                Effect::IdleTimeout { timeout } => lower(&mut shape.idle, ms(timeout)),
                Effect::ResetPeer { .. }
                | Effect::ConnectTimeout { .. }
                | Effect::TotalTimeout { .. } => {}
            }
        }
        shape
    }
}

impl Fate {
    pub(super) fn of(toxics: &[Toxic], seed: u64, connection: u64) -> Self {
        let mut fate = Self::default();
        for toxic in chosen(toxics, seed, connection) {
            match toxic.effect {
                Effect::ResetPeer { timeout } => lower(&mut fate.reset, ms(timeout)),
                Effect::Timeout { timeout } if timeout > 0 => {
                    lower(&mut fate.close, ms(timeout));
                }
                Effect::TotalTimeout { timeout } => lower(&mut fate.total, ms(timeout)),
                Effect::ConnectTimeout { timeout } => {
                    lower(&mut fate.unconnected, ms(timeout));
                }
                Effect::FirstByteTimeout { timeout } => {
                    lower(&mut fate.first_byte, ms(timeout));
                }
                _ => {}
            }
        }
        fate
    }
}

/// The shorter of two times, where there may be none yet.
fn lower(time: &mut Option<Duration>, other: Duration) {
    *time = Some(time.map_or(other, |t| t.min(other)));
}

/// The toxics that a connection has: by the seed, so that it has the same ones as long as it
/// lives, and in the next run.
fn chosen(toxics: &[Toxic], seed: u64, connection: u64) -> impl Iterator<Item = &Toxic> {
    toxics.iter().filter(move |toxic| {
        let name = toxic.name.bytes().fold(seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let share = Share::new(toxic.toxicity).unwrap_or(Share::ALL);
        share.hits(&mut Draw::new(name, connection))
    })
}
