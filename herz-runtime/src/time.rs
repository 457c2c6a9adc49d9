//! Points in time and spans, as they are stored: readable, and the same everywhere.

use herz::scalar::{GoDuration, Scalar};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A point of wall-clock time, in microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// Now, by the machine's clock.
    pub fn now() -> Self {
        Self::from(SystemTime::now())
    }

    /// So much later.
    #[must_use]
    pub fn after(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// Time from `earlier` to here; nothing if it is the other way round.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl From<SystemTime> for Instant {
    fn from(time: SystemTime) -> Self {
        let micros = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |micros| -micros)
            }
        };
        Self(micros)
    }
}

impl fmt::Display for Instant {
    /// As RFC 3339, in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match herz::scalar::Timestamp::from_unix_nanos(i128::from(self.0) * 1000) {
            Some(time) => time.fmt(f),
            None => write!(f, "{} us", self.0),
        }
    }
}

/// A span as people write it: `1m30s`, `250ms`.
pub fn text(span: Duration) -> String {
    let nanos = i64::try_from(span.as_nanos()).unwrap_or(i64::MAX);
    GoDuration::from_nanos(nanos).to_string()
}

/// Reads a span; `None` if it is malformed or negative.
pub fn parse(text: &str) -> Option<Duration> {
    Duration::try_from(GoDuration::parse(text).ok()?).ok()
}

/// For `#[serde(with = "time::span")]`: a span as text.
pub mod span {
    use super::{Deserialize, Deserializer, Duration, Serializer};

    /// Writes it.
    pub fn serialize<S: Serializer>(span: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::text(*span))
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(from)?;
        super::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no duration")))
    }
}

/// For `#[serde(with = "time::maybe_span")]`: a span as text, or nothing.
pub mod maybe_span {
    use super::{Deserialize, Deserializer, Duration, Serializer};

    /// Writes it.
    pub fn serialize<S: Serializer>(span: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
        match span {
            Some(span) => to.serialize_some(&super::text(*span)),
            None => to.serialize_none(),
        }
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|text| {
                super::parse(&text)
                    .ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no duration")))
            })
            .transpose()
    }
}
