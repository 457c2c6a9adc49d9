//! Spans of time: Herz' own and Go's.

use super::duration_go::read;
use super::duration_mend::candidates;
use super::error::quote;
use super::go_text::is_digits;
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

/// Units from the greatest to the smallest, in nanoseconds.
const UNITS: [(&str, u64); 6] = [
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// `duration(go)`: what Go's `time.ParseDuration` reads, in nanoseconds; it may be negative.
///
/// ```
/// use herz_types::scalar::{GoDuration, Scalar};
/// assert_eq!(GoDuration::parse("-1.5h")?.nanos(), -5_400_000_000_000);
/// let wait = std::time::Duration::try_from(GoDuration::parse("250ms")?);
/// assert_eq!(wait, Ok(std::time::Duration::from_millis(250)));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoDuration(i64);

/// `duration`: Herz' own, in nanoseconds, never negative.
///
/// ```
/// use herz_types::scalar::{Duration, Scalar};
/// let wait = Duration::parse("1m30s")?;
/// assert_eq!(std::time::Duration::from(wait).as_secs(), 90);
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

scalar!(GoDuration, DurationGo);
scalar!(Duration, Duration);

impl GoDuration {
    pub(super) const INFO: Info = Info {
        name: "duration(go)",
        title: "Duration, as Go reads it",
        grammar: "\
duration = [ \"+\" | \"-\" ] ( \"0\" | part { part } )
part     = ( digits [ \".\" [ digits ] ] | \".\" digits ) unit
unit     = \"ns\" | \"us\" | \"µs\" | \"μs\" | \"ms\" | \"s\" | \"m\" | \"h\"
Parts add up. The sum must fit into 64 bits of nanoseconds (about 292 years).
What Go's time.ParseDuration takes.",
        rust_type: "GoDuration",
        allowed: "a Go duration such as `1m30s`",
        pattern: Some((
            "^[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "30s", "1m30s", "1.5h", "-10s", "+30s", "0", "+0", "-0", "0s", ".5s", "5.s",
                "100us", "100µs", "100μs", "-10m100ns", "1h1h", "1s1h", "007s", "2562047h47m16.854775807s",
                "-9223372036854775808ns", "0.3333333333333333333h", "0.9223372036854775807000ns",
                "9223372036854775808ns9223372036854775808ns",
            ],
            refused: [
                "", "10", "10 s", " 10s", "10s ", "10S", "1d", "1w", "5m5", "1e3s", "inf", "-", "+",
                ".", ".s", "-.s", "1m-30s", "--1s", "00", "0x1s", "1,5s", "1_0s", "1min", "s",
                "9223372036854775808ns", "9223372036854775807.9ns1ns", "2562048h", "1\u{b5}",
                "１s",
            ],
        },
    };

    /// A duration of so many nanoseconds.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Its length in nanoseconds.
    pub const fn nanos(self) -> i64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        read(text).map(Self)
    }

    fn candidates(text: &str) -> Vec<String> {
        candidates(text)
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::Nanoseconds(self.0)
    }
}

impl Duration {
    pub(super) const INFO: Info = Info {
        name: "duration",
        title: "Duration",
        grammar: "\
duration = part { part }
part     = digits [ \".\" digits ] unit
unit     = \"ns\" | \"us\" | \"ms\" | \"s\" | \"m\" | \"h\"
Parts add up. The sum must fit into 63 bits of nanoseconds (about 292 years).
Every text means the same as in `duration(go)`.",
        rust_type: "Duration",
        allowed: "a duration such as `1m30s` (units ns, us, ms, s, m, h)",
        pattern: Some((
            "^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "30s", "1m30s", "1.5h", "0s", "0.5s", "100us", "100ms", "1ns", "24h", "1h1h",
                "007s", "2562047h47m16.854775807s",
            ],
            refused: [
                "", "0", "10", "-10s", "+30s", ".5s", "5.s", "100µs", "10 s", " 10s", "10S", "1d",
                "1w", "5m5", "1e3s", "inf", "9223372036854775808ns", "2562048h",
            ],
        },
    };

    /// A duration of so many nanoseconds; nothing if they are more than 63 bits.
    pub fn from_nanos(nanos: u64) -> Option<Self> {
        i64::try_from(nanos).ok().map(Self)
    }

    /// Its length in nanoseconds.
    pub const fn nanos(self) -> u64 {
        self.0.unsigned_abs()
    }

    fn read(text: &str) -> Result<Self, String> {
        if text.starts_with(['-', '+']) {
            return Err(format!("{} has a sign", quote(text)));
        }
        if text == "0" {
            return Err("`0` has no unit".to_owned());
        }
        if text.contains(['µ', 'μ']) {
            return Err(format!(
                "{} is not plain ASCII: microseconds are `us`",
                quote(text)
            ));
        }
        let bare_point = text
            .split(|c: char| !(c == '.' || c.is_ascii_digit()))
            .any(|number| {
                number
                    .split_once('.')
                    .is_some_and(|(a, b)| !is_digits(a) || b.is_empty())
            });
        let nanos = read(text)?;
        if bare_point {
            return Err(format!("{} lacks a digit beside its point", quote(text)));
        }
        Ok(Self(nanos))
    }

    fn candidates(text: &str) -> Vec<String> {
        let mut all = candidates(text);
        all.extend(all.clone().into_iter().map(|c| c.replace(['µ', 'μ'], "u")));
        // The canonical text of what Go would read.
        all.extend(
            all.clone()
                .iter()
                .filter_map(|c| read(c).ok())
                .map(|n| Self(n).to_string()),
        );
        all
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::Nanoseconds(self.0)
    }
}

impl fmt::Display for GoDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        write_parts(self.0.unsigned_abs(), f)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parts(self.0.unsigned_abs(), f)
    }
}

/// Whole parts from hours down, as `1h30m` or `1s500ms`; `0s` if there is nothing.
fn write_parts(nanos: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if nanos == 0 {
        return f.write_str("0s");
    }
    let mut left = nanos;
    for (name, size) in UNITS {
        let count = left / size;
        left %= size;
        if count > 0 {
            write!(f, "{count}{name}")?;
        }
    }
    Ok(())
}

impl From<Duration> for std::time::Duration {
    fn from(value: Duration) -> Self {
        Self::from_nanos(value.nanos())
    }
}

impl From<Duration> for GoDuration {
    fn from(value: Duration) -> Self {
        Self(value.0)
    }
}

/// Negative durations have no counterpart in `std`.
impl TryFrom<GoDuration> for std::time::Duration {
    type Error = std::num::TryFromIntError;

    fn try_from(value: GoDuration) -> Result<Self, Self::Error> {
        u64::try_from(value.0).map(Self::from_nanos)
    }
}

/// Durations over about 292 years do not fit.
impl TryFrom<std::time::Duration> for GoDuration {
    type Error = std::num::TryFromIntError;

    fn try_from(value: std::time::Duration) -> Result<Self, Self::Error> {
        i64::try_from(value.as_nanos()).map(Self)
    }
}

/// Durations over about 292 years do not fit.
impl TryFrom<std::time::Duration> for Duration {
    type Error = std::num::TryFromIntError;

    fn try_from(value: std::time::Duration) -> Result<Self, Self::Error> {
        i64::try_from(value.as_nanos()).map(Self)
    }
}
