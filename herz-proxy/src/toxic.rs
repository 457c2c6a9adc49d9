//! Toxics: faults on the bytes of a connection, in the JSON form that Toxiproxy has.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// Which way the bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// From the client to the service.
    Upstream,
    /// From the service to the client.
    #[default]
    Downstream,
}

/// A fault on one direction of the connections of a proxy.
///
/// ```
/// use herz_proxy::Toxic;
/// let toxic = Toxic::from_json(br#"{"type": "latency", "attributes": {"latency": 100}}"#)?;
/// assert_eq!(toxic.name, "latency_downstream");
/// # Ok::<(), herz_proxy::BadToxic>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Toxic {
    /// Its name, unique among those of a proxy.
    pub name: String,
    /// What it does.
    #[serde(flatten)]
    pub effect: Effect,
    /// Which way it works.
    pub stream: Stream,
    /// Share of the connections that have it, from 0 to 1.
    pub toxicity: f64,
}

/// What a toxic does. Times are in milliseconds where nothing else is said, as Toxiproxy has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "attributes", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// All data comes later.
    Latency {
        /// By how much.
        #[serde(default)]
        latency: u64,
        /// How far the time may be off, both ways.
        #[serde(default)]
        jitter: u64,
    },
    /// Data comes at most at this rate.
    Bandwidth {
        /// In thousands of bytes a second.
        #[serde(default)]
        rate: u64,
    },
    /// The end of the connection comes later.
    SlowClose {
        /// By how much.
        #[serde(default)]
        delay: u64,
    },
    /// Nothing gets through, and after this time the connection is closed; never if it is 0.
    Timeout {
        /// After how long.
        #[serde(default)]
        timeout: u64,
    },
    /// The connection is reset after this time, at once if it is 0.
    ResetPeer {
        /// After how long.
        #[serde(default)]
        timeout: u64,
    },
    /// Data comes in small pieces.
    Slicer {
        /// How many bytes a piece has on average.
        average_size: usize,
        /// How many bytes more or less it may have.
        #[serde(default)]
        size_variation: usize,
        /// Microseconds between pieces.
        #[serde(default)]
        delay: u64,
    },
    /// The connection is closed after so many bytes.
    LimitData {
        /// How many.
        #[serde(default)]
        bytes: u64,
    },
    /// The service is not connected to; the client hangs, and is cut after this time.
    ConnectTimeout {
        /// After how long.
        timeout: u64,
    },
    /// The first byte of the answer never comes; the connection is cut after this time.
    FirstByteTimeout {
        /// After how long.
        timeout: u64,
    },
    /// The connection is cut when nothing came this way for so long.
    IdleTimeout {
        /// For how long.
        timeout: u64,
    },
    /// The connection is cut when it is so old.
    TotalTimeout {
        /// How old.
        timeout: u64,
    },
}

impl Effect {
    /// Its type, as Toxiproxy names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Latency { .. } => "latency",
            Self::Bandwidth { .. } => "bandwidth",
            Self::SlowClose { .. } => "slow_close",
            Self::Timeout { .. } => "timeout",
            Self::ResetPeer { .. } => "reset_peer",
            Self::Slicer { .. } => "slicer",
            Self::LimitData { .. } => "limit_data",
            Self::ConnectTimeout { .. } => "connect_timeout",
            Self::FirstByteTimeout { .. } => "first_byte_timeout",
            Self::IdleTimeout { .. } => "idle_timeout",
            Self::TotalTimeout { .. } => "total_timeout",
        }
    }
}

/// Every type that there is, for messages.
const TYPES: &[&str] = &[
    "latency",
    "bandwidth",
    "slow_close",
    "timeout",
    "reset_peer",
    "slicer",
    "limit_data",
    "connect_timeout",
    "first_byte_timeout",
    "idle_timeout",
    "total_timeout",
];

/// A toxic that makes no sense, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadToxic {
    /// The text is not the JSON of a toxic.
    Json(String),
    /// No toxic has this type.
    Type(String),
    /// A share outside of 0 to 1.
    Toxicity(String),
    /// A name that can't stand in a path.
    Name(String),
    /// A value that means nothing.
    Value(&'static str),
}

impl fmt::Display for BadToxic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "bad request body: {error}"),
            Self::Type(found) => write!(
                f,
                "invalid toxic type `{found}`: there are {}",
                TYPES.join(", ")
            ),
            Self::Toxicity(found) => write!(f, "toxicity must be from 0 to 1, found {found}"),
            Self::Name(found) => write!(f, "`{found}` is no name: it is empty or has a `/`"),
            Self::Value(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for BadToxic {}

#[derive(Deserialize)]
struct Written {
    name: Option<String>,
    r#type: Option<String>,
    stream: Option<Stream>,
    toxicity: Option<f64>,
    #[serde(default)]
    attributes: serde_json::Map<String, serde_json::Value>,
}

impl Toxic {
    /// A toxic on all connections, on the way to the client, named after its type.
    pub fn new(effect: Effect) -> Self {
        Self {
            name: format!("{}_downstream", effect.name()),
            effect,
            stream: Stream::Downstream,
            toxicity: 1.0,
        }
    }

    /// The other way.
    #[must_use]
    pub fn upstream(mut self) -> Self {
        self.stream = Stream::Upstream;
        self.name = format!("{}_upstream", self.effect.name());
        self
    }

    /// On a share of the connections.
    #[must_use]
    pub const fn with_toxicity(mut self, share: f64) -> Self {
        self.toxicity = share;
        self
    }

    /// Reads a toxic as Toxiproxy's clients write it.
    pub fn from_json(text: &[u8]) -> Result<Self, BadToxic> {
        let written: Written = read(text)?;
        let kind = written.r#type.unwrap_or_default();
        let stream = written.stream.unwrap_or_default();
        let effect = effect(&kind, &written.attributes)?;
        let way = match stream {
            Stream::Upstream => "upstream",
            Stream::Downstream => "downstream",
        };
        let name = written.name.filter(|n| !n.is_empty());
        let toxic = Self {
            name: name.unwrap_or_else(|| format!("{kind}_{way}")),
            effect,
            stream,
            toxicity: written.toxicity.unwrap_or(1.0),
        };
        toxic.checked()
    }

    /// The toxic with what a text changes: its attributes and toxicity.
    pub fn updated(&self, text: &[u8]) -> Result<Self, BadToxic> {
        let written: Written = read(text)?;
        let own = serde_json::to_value(&self.effect).map_err(|e| BadToxic::Json(e.to_string()))?;
        let own = own.get("attributes").and_then(|a| a.as_object()).cloned();
        let mut attributes = own.unwrap_or_default();
        attributes.extend(written.attributes);
        let mut toxic = self.clone();
        toxic.effect = effect(self.effect.name(), &attributes)?;
        toxic.toxicity = written.toxicity.unwrap_or(self.toxicity);
        toxic.checked()
    }

    /// The toxic, if it makes sense.
    pub fn checked(self) -> Result<Self, BadToxic> {
        if !(0.0..=1.0).contains(&self.toxicity) {
            return Err(BadToxic::Toxicity(self.toxicity.to_string()));
        }
        if self.name.is_empty() || self.name.contains('/') {
            return Err(BadToxic::Name(self.name));
        }
        match self.effect {
            Effect::Slicer {
                average_size: 0, ..
            } => Err(BadToxic::Value(
                "`average_size` must be above 0: pieces have bytes",
            )),
            Effect::Slicer {
                average_size,
                size_variation,
                ..
            } if size_variation >= average_size => Err(BadToxic::Value(
                "`size_variation` must be below `average_size`: pieces have bytes",
            )),
            _ => Ok(self),
        }
    }
}

fn read(text: &[u8]) -> Result<Written, BadToxic> {
    serde_json::from_slice(text).map_err(|e| BadToxic::Json(e.to_string()))
}

fn effect(
    kind: &str,
    attributes: &serde_json::Map<String, serde_json::Value>,
) -> Result<Effect, BadToxic> {
    if !TYPES.contains(&kind) {
        return Err(BadToxic::Type(kind.to_owned()));
    }
    let tagged = serde_json::json!({ "type": kind, "attributes": attributes });
    serde_json::from_value(tagged).map_err(|e| BadToxic::Json(e.to_string()))
}

/// Milliseconds as a time.
pub(crate) const fn ms(number: u64) -> Duration {
    Duration::from_millis(number)
}
