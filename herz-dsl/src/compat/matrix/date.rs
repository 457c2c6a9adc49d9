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
        match days(date.year, date.month) {
            Some(days) if date.day > days && date.day <= 31 => {
                Err(format!("`{text}` is no date: that month has {days} days"))
            }
            Some(days) if (1..=days).contains(&date.day) => Ok(date),
            _ => Err(error()),
        }
    }
}

/// How many days a month has, if there is such a month.
fn days(year: u16, month: u8) -> Option<u8> {
    let leap = matches!((year % 4, year % 100, year % 400), (0, 1.., _) | (0, _, 0));
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_a_calendar_has() {
        for text in ["2024-02-29", "2000-02-29", "2025-12-31", "2025-04-30"] {
            assert_eq!(
                text.parse::<Date>().map(|it| it.to_string()),
                Ok(text.to_owned())
            );
        }
        for (text, days) in [
            ("2025-02-31", 28),
            ("2024-02-30", 29),
            ("1900-02-29", 28),
            ("2025-04-31", 30),
        ] {
            assert_eq!(
                text.parse::<Date>(),
                Err(format!("`{text}` is no date: that month has {days} days"))
            );
        }
        for text in [
            "2025-13-01",
            "2025-00-01",
            "2025-01-00",
            "2025-01-32",
            "2025-1-01",
            "soon",
            "",
        ] {
            let error = format!("`{text}` is no date such as 2025-03-01");
            assert_eq!(text.parse::<Date>(), Err(error));
        }
    }
}
