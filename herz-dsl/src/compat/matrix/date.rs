//! Days of releases and of ends.

use std::fmt;

/// A day, as TOML writes it: `2025-03-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('-').collect();
        let error = || format!("`{text}` is no date such as 2025-03-01");
        let [year, month, day] = parts.as_slice() else {
            return Err(error());
        };
        let number = |text: &str, digits: usize| {
            (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse().ok())
                .flatten()
                .ok_or_else(error)
        };
        let date = Self {
            year: number(year, 4)?,
            month: u8::try_from(number(month, 2)?).map_err(|_| error())?,
            day: u8::try_from(number(day, 2)?).map_err(|_| error())?,
        };
        let real = (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
        real.then_some(date).ok_or_else(error)
    }
}
