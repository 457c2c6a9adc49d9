//! Delays: how long, drawn from a distribution, and a timer that keeps to it.

mod clock;
mod delay;

pub use clock::{Sleep, sleep, sleep_until};
pub use delay::{Delay, Spread};
