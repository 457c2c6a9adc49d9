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

/// A span that was measured, by its first three digits.
///
/// ```
/// use herz_runtime::time::measured;
/// use std::time::Duration;
///
/// let texts = [0, 999, 1_000, 9_938_841, 9_999_999, 99_949_999, 512_464, 999_600]
///     .map(|nanos| measured(Duration::from_nanos(nanos)));
/// assert_eq!(texts, ["0ns", "999ns", "1.00us", "9.94ms", "10.0ms", "99.9ms", "512us", "1.00ms"]);
/// let texts = [0.9996, 1.0049, 59.4, 59.7, 90.4].map(|s| measured(Duration::from_secs_f64(s)));
/// assert_eq!(texts, ["1.00s", "1.00s", "59.4s", "1m", "1m30s"]);
/// ```
pub fn measured(span: Duration) -> String {
    let nanos = span.as_nanos();
    let (unit, name) = match nanos {
        0..1_000 => return format!("{nanos}ns"),
        1_000..999_500 => (1_000, "us"),
        999_500..999_500_000 => (1_000_000, "ms"),
        999_500_000..59_500_000_000 => (1_000_000_000, "s"),
        _ => {
            return text(Duration::from_secs(
                (span + Duration::from_millis(500)).as_secs(),
            ));
        }
    };
    // In hundredths, tenths or ones of the unit, rounded.
    let decimals = match nanos * 1_000 / unit {
        0..9_995 => 2,
        9_995..99_950 => 1,
        _ => 0,
    };
    let parts = 10_u128.pow(decimals);
    let rounded = (nanos * parts + unit / 2) / unit;
    let (whole, rest) = (rounded / parts, rounded % parts);
    match decimals {
        0 => format!("{whole}{name}"),
        digits => format!("{whole}.{rest:0width$}{name}", width = digits as usize),
    }
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
