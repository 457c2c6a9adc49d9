//! Chance: who is hit, and by how much. Seeded, so that a run can be had again.

use std::sync::atomic::{AtomicU64, Ordering};

/// A stream of random numbers for one message: the same seed and number give the same stream,
/// whatever thread draws and in whatever order messages come.
#[derive(Debug, Clone)]
pub struct Draw {
    state: u64,
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Draw {
    /// The stream of message `number` under a seed.
    pub const fn new(seed: u64, number: u64) -> Self {
        // Mixing once keeps the streams of neighbours from being each other's continuation.
        Self {
            state: mix(seed ^ mix(number.wrapping_add(GOLDEN))),
        }
    }

    /// 64 random bits.
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// From 0, included, to 1, excluded.
    #[allow(clippy::cast_precision_loss)] // 53 bits fit into a float exactly.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True or false, both as likely.
    pub const fn coin(&mut self) -> bool {
        self.bits() >> 63 == 1
    }

    /// A number of the normal distribution around 0 with deviation 1.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}

/// The finalizer of splitmix64.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// How many of the messages are hit: a share from 0 to 1, both exact.
///
/// ```
/// use herz_http::{Draw, Share};
/// assert!(Share::new(1.0).unwrap().hits(&mut Draw::new(7, 0)));
/// assert!(!Share::new(0.0).unwrap().hits(&mut Draw::new(7, 0)));
/// assert!(Share::new(f64::NAN).is_none() && Share::new(1.5).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(f64);

impl Share {
    /// Every message.
    pub const ALL: Self = Self(1.0);

    /// A share; nothing outside of 0 to 1, and nothing for what is no number.
    pub fn new(share: f64) -> Option<Self> {
        (0.0..=1.0).contains(&share).then_some(Self(share))
    }

    /// The share, from 0 to 1.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Whether this message is hit.
    pub fn hits(self, draw: &mut Draw) -> bool {
        // `unit` is below 1, so that a share of 1 hits always, and never below 0.
        draw.unit() < self.0
    }
}

/// Numbers the messages of a rule, and starts a stream for each.
#[derive(Debug)]
pub(crate) struct Dice {
    seed: u64,
    next: AtomicU64,
}

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            seed,
            next: AtomicU64::new(0),
        }
    }

    pub(crate) fn draw(&self) -> Draw {
        Draw::new(self.seed, self.next.fetch_add(1, Ordering::Relaxed))
    }
}
