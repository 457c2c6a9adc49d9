//! `timestamp`: a moment in time.

use super::error::quote;
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

const NANOS: i128 = 1_000_000_000;

/// `timestamp`: a moment as RFC 3339 writes it.
///
/// Canonical text and comparison are in UTC; the offset it was written in is not kept.
///
/// ```
/// use herz_types::scalar::{Scalar, Timestamp};
/// let moment = Timestamp::parse("2026-11-23T12:50:00+01:00")?;
/// assert_eq!(moment.to_string(), "2026-11-23T11:50:00Z");
/// assert_eq!(moment.unix_nanos(), 1_795_434_600_000_000_000);
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i128);

scalar!(Timestamp, Timestamp);

impl Timestamp {
    pub(super) const INFO: Info = Info {
        name: "timestamp",
        title: "Moment in time",
        grammar: "\
timestamp = year \"-\" month \"-\" day \"T\" hour \":\" minute \":\" second [ \".\" 1 to 9 digits ] zone
zone      = \"Z\" | ( \"+\" | \"-\" ) hour \":\" minute
RFC 3339 in the form that common libraries agree on: capital \"T\" and \"Z\", seconds 00 to 59, four digits of the year,
no moment before year 0 or after year 9999 in UTC. The day must exist.",
        rust_type: "Timestamp",
        allowed: "a moment such as `2026-11-23T12:50:00Z`",
        pattern: Some((
            "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "2026-11-23T12:50:00Z", "2026-11-23T12:50:00+01:00", "2026-11-23T12:50:00.5Z", "2026-11-23T12:50:00.123456789-23:59",
                "2024-02-29T00:00:00Z", "2000-02-29T23:59:59Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-23T12:50:00-00:00", "2026-11-23T00:00:00+00:00",
            ],
            refused: [
                "", "2026-11-23", "2026-11-23T12:50:00", "2026-11-23 12:50:00Z", "2026-11-23t12:50:00z", "2026-11-23T12:50Z",
                "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z",
                "2026-04-31T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T12:60:00Z", "2026-11-23T12:50:60Z", "2026-11-23T12:50:00.Z",
                "2026-11-23T12:50:00.1234567890Z", "2026-11-23T12:50:00+1:00", "2026-11-23T12:50:00+24:00", "2026-11-23T12:50:00,5Z",
                "26-11-23T12:50:00Z", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "now", " 2026-11-23T12:50:00Z",
            ],
        },
    };

    /// A moment, in nanoseconds since 1970-01-01T00:00:00Z; nothing outside of the years 0 to 9999.
    pub fn from_unix_nanos(nanos: i128) -> Option<Self> {
        let last = days_since_epoch(10_000, 1, 1) * 86_400 * NANOS;
        let first = days_since_epoch(0, 1, 1) * 86_400 * NANOS;
        (first..last).contains(&nanos).then_some(Self(nanos))
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub const fn unix_nanos(self) -> i128 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        let form = || format!("{} is not of the form `2026-11-23T12:50:00Z`", quote(text));
        let mut reader = Reader(text);
        let year = reader.number(4).ok_or_else(form)?;
        let month = reader
            .literal('-')
            .and_then(|()| reader.number(2))
            .ok_or_else(form)?;
        let day = reader
            .literal('-')
            .and_then(|()| reader.number(2))
            .ok_or_else(form)?;
        let hour = reader
            .literal('T')
            .and_then(|()| reader.number(2))
            .ok_or_else(form)?;
        let minute = reader
            .literal(':')
            .and_then(|()| reader.number(2))
            .ok_or_else(form)?;
        let second = reader
            .literal(':')
            .and_then(|()| reader.number(2))
            .ok_or_else(form)?;
        let nanos = reader.fraction().ok_or_else(form)?;
        let offset = reader.zone().ok_or_else(form)?;
        if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
            return Err(format!("{} names a day that does not exist", quote(text)));
        }
        if hour > 23 || minute > 59 || second > 59 {
            return Err(format!(
                "{} names a time of day that does not exist",
                quote(text)
            ));
        }
        let minutes = days_since_epoch(year, month, day) * 1440 + hour * 60 + minute - offset;
        Self::from_unix_nanos((minutes * 60 + second) * NANOS + nanos)
            .ok_or_else(|| format!("{} lies outside of the years 0 to 9999 in UTC", quote(text)))
    }

    fn candidates(text: &str) -> Vec<String> {
        let mut joined = text.trim().to_ascii_uppercase();
        if joined.get(10..11) == Some(" ") {
            joined.replace_range(10..11, "T");
        }
        let joined = joined.replace([' ', '_'], "").replace(',', ".");
        let (date, rest) = joined.split_once('T').unwrap_or((&joined, ""));
        vec![
            joined.clone(),
            format!("{joined}Z"),
            format!("{date}T{rest}:00Z"),
            format!("{date}T{}:00Z", rest.trim_end_matches('Z')),
            format!("{date}T00:00:00Z"),
        ]
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::Moment(self.0)
    }
}

/// What is left of a text.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    /// So many digits.
    fn number(&mut self, digits: usize) -> Option<i128> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        number.parse().ok()
    }

    fn literal(&mut self, wanted: char) -> Option<()> {
        self.0 = self.0.strip_prefix(wanted)?;
        Some(())
    }

    /// Nanoseconds of the digits behind a point, if there is one.
    fn fraction(&mut self) -> Option<i128> {
        let Some(rest) = self.0.strip_prefix('.') else {
            return Some(0);
        };
        let (digits, rest) = super::go_text::split_digits(rest);
        self.0 = rest;
        if digits.is_empty() || digits.len() > 9 {
            return None;
        }
        format!("{digits:0<9}").parse().ok()
    }

    /// Minutes that the clock of the zone is ahead of UTC. Nothing may follow.
    fn zone(&mut self) -> Option<i128> {
        if self.0 == "Z" {
            return Some(0);
        }
        let sign = if self.literal('-').is_some() {
            -1
        } else {
            self.literal('+').map(|()| 1)?
        };
        let hours = self.number(2)?;
        let minutes = self.literal(':').and_then(|()| self.number(2))?;
        (hours <= 23 && minutes <= 59 && self.0.is_empty()).then_some(sign * (hours * 60 + minutes))
    }
}

fn is_leap(year: i128) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i128, month: i128) -> i128 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a day; negative before it.
fn days_since_epoch(year: i128, month: i128, day: i128) -> i128 {
    // Years that begin in March end with the leap day.
    let year = if month > 2 { year } else { year - 1 };
    let from_march = (month + 9) % 12;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (153 * from_march + 2) / 5 + day - 1 - 719_468
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, nanos) = (self.0.div_euclid(NANOS), self.0.rem_euclid(NANOS));
        let (days, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // The greatest year that does not begin after the day; the estimate is never too low.
        let mut year = days.div_euclid(365) + 1970 + 3;
        while days_since_epoch(year, 1, 1) > days {
            year -= 1;
        }
        let mut month = 12;
        while days_since_epoch(year, month, 1) > days {
            month -= 1;
        }
        let day = days - days_since_epoch(year, month, 1) + 1;
        let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        if nanos > 0 {
            write!(f, ".{}", format!("{nanos:09}").trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

impl Timestamp {
    /// The moment of a clock; nothing outside of the years 0 to 9999.
    pub fn from_system_time(time: std::time::SystemTime) -> Option<Self> {
        let nanos = match time.duration_since(std::time::UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_nanos()).ok()?,
            Err(before) => -i128::try_from(before.duration().as_nanos()).ok()?,
        };
        Self::from_unix_nanos(nanos)
    }

    /// The moment as a clock shows it; nothing if the platform's clock can't.
    pub fn system_time(self) -> Option<std::time::SystemTime> {
        let nanos = self.0.unsigned_abs();
        let seconds = u64::try_from(nanos / NANOS.unsigned_abs()).ok()?;
        let rest = u32::try_from(nanos % NANOS.unsigned_abs()).ok()?;
        let distance = std::time::Duration::new(seconds, rest);
        if self.0 < 0 {
            std::time::UNIX_EPOCH.checked_sub(distance)
        } else {
            std::time::UNIX_EPOCH.checked_add(distance)
        }
    }
}
