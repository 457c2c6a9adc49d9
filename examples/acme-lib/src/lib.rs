//! A kind in a library: no YAML, no catalog, `herz` under another name.

/// Makes clocks lie.
#[derive(Debug, Clone, PartialEq, chaos::ChaosSpec)]
#[chaos(crate = chaos, kind = "ClockChaos", group = "acme.io", version = "v1")]
pub struct Clock {
    /// How far clocks are off, in seconds.
    #[chaos(range = -3600..=3600)]
    pub offset: i32,
    /// Which clocks.
    pub clocks: Vec<Which>,
}

/// A clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, chaos::ChaosType)]
#[chaos(crate = chaos, rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Which {
    /// The time of day.
    Realtime,
    /// Time since some start.
    MonotonicRaw,
}

chaos::chaos_schema!(
    "
    kind: LeapChaos
    doc: Inserts leap seconds.
    fields:
      - { name: seconds, type: int32, range: 1..2 }
    ",
    crate = chaos
);
