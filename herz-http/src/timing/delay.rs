//! How long a message is held back.

use crate::chance::Draw;
use std::time::Duration;

/// How delays spread around their middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Spread {
    /// As likely anywhere from middle minus jitter to middle plus jitter.
    #[default]
    Uniform,
    /// A bell curve whose standard deviation is the jitter, cut off at zero.
    Normal,
    /// At least middle minus jitter, and mostly near it, with a few very long ones: a Pareto
    /// distribution of shape 3 whose mean is the middle, cut off at ten times the middle.
    Pareto,
}

/// A delay: the same each time, or spread around a middle.
///
/// ```
/// use herz_http::timing::{Delay, Spread};
/// use herz_http::Draw;
/// use std::time::Duration;
///
/// let delay = Delay::new(Duration::from_millis(100))
///     .with_jitter(Duration::from_millis(20), Spread::Uniform);
/// let drawn = delay.draw(&mut Draw::new(42, 0));
/// assert!((80..=120).contains(&drawn.as_millis()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delay {
    middle: Duration,
    jitter: Duration,
    spread: Spread,
}

/// Shape of the Pareto distribution: small enough for long ones, large enough for a variance.
const SHAPE: f64 = 3.0;
/// Longer than so many times the middle no delay is.
const LONGEST: u32 = 10;

impl Delay {
    /// The same delay each time.
    pub const fn new(middle: Duration) -> Self {
        Self {
            middle,
            jitter: Duration::ZERO,
            spread: Spread::Uniform,
        }
    }

    /// Spread around the middle. A jitter above the middle counts as the middle: no delay is
    /// negative.
    #[must_use]
    pub fn with_jitter(mut self, jitter: Duration, spread: Spread) -> Self {
        self.jitter = jitter.min(self.middle);
        self.spread = spread;
        self
    }

    /// The middle that was asked for.
    pub const fn middle(&self) -> Duration {
        self.middle
    }

    /// Whether there is nothing to wait for.
    pub const fn is_zero(&self) -> bool {
        self.middle.is_zero()
    }

    /// One delay.
    pub fn draw(&self, draw: &mut Draw) -> Duration {
        if self.jitter.is_zero() {
            return self.middle;
        }
        let least = self.middle.saturating_sub(self.jitter);
        match self.spread {
            Spread::Uniform => least + self.jitter.mul_f64(2.0 * draw.unit()),
            Spread::Normal => {
                let off = self.jitter.mul_f64(draw.normal().abs());
                if draw.coin() {
                    self.middle + off
                } else {
                    self.middle.saturating_sub(off)
                }
            }
            Spread::Pareto => {
                // A Lomax variable of this shape has the mean scale / (SHAPE - 1).
                let scale = self.jitter.as_secs_f64() * (SHAPE - 1.0);
                let tail = scale * ((1.0 - draw.unit()).powf(-1.0 / SHAPE) - 1.0);
                let longest = self.middle.saturating_mul(LONGEST);
                let tail = Duration::try_from_secs_f64(tail).unwrap_or(longest);
                least.saturating_add(tail).min(longest)
            }
        }
    }
}
