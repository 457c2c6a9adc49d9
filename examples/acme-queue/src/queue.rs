//! A kind declared in Rust.

use herz::scalar::GoDuration;
use herz::{ChaosSpec, ChaosType, Text};

/// Disturbs the consumers of a queue.
#[derive(Debug, Clone, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io", version = "v1")]
#[chaos(exactly_one_of(queue, prefix))]
#[chaos(requires(delay), when(action = "delay"), message = "a delay needs to know how long")]
pub struct QueueSpec {
    /// What happens to messages.
    pub action: Action,
    /// Name of the queue.
    #[chaos(length = 1..=64, pattern = "^[a-z][a-z0-9-]*$")]
    pub queue: Option<String>,
    /// All queues whose names begin so.
    pub prefix: Option<String>,
    /// How long each message waits.
    #[chaos(range = "1ms..1h")]
    pub delay: Option<Text<GoDuration>>,
    /// Share of the messages.
    #[chaos(range = 0..=100, default = 100)]
    pub percent: u8,
    /// Which consumers.
    pub consumers: Option<Vec<Consumer>>,
}

/// What happens to messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ChaosType)]
pub enum Action {
    /// They wait.
    Delay,
    /// They are gone.
    Drop,
    /// They arrive twice.
    #[chaos(since = "0.2.0")]
    Repeat,
}

/// A consumer.
#[derive(Debug, Clone, PartialEq, ChaosType)]
pub struct Consumer {
    /// Its group.
    pub group: String,
    /// Its number in the group.
    #[chaos(range = 0..)]
    pub index: Option<u32>,
}
