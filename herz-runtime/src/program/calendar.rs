//! Days and their dates, in UTC.

/// A day of the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) month: u8,
    pub(super) day: u8,
    /// 0 is Sunday.
    pub(super) weekday: u8,
}

/// The date of a day, counted from 1970-01-01.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "months, days and weekdays are below 32"
)]
pub(super) fn date(days: i64) -> Date {
    // Years that begin in March have their leap day at the end, so that months have fixed lengths:
    // 400 of them are 146,097 days.
    let shifted = days + 719_468;
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    Date {
        month: ((month + 2) % 12 + 1) as u8,
        day: (day_of_year - (153 * month + 2) / 5 + 1) as u8,
        // The first day was a Thursday.
        weekday: (days + 4).rem_euclid(7) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (days, month, day, weekday) in [
            (0, 1, 1, 4),
            (-1, 12, 31, 3),
            (58, 2, 28, 6),
            (59, 3, 1, 0),
            (11_016, 2, 29, 2),
            (20_417, 11, 25, 2),
            (47_541, 3, 1, 1),
        ] {
            assert_eq!(
                date(days),
                Date {
                    month,
                    day,
                    weekday
                },
                "{days}"
            );
        }
    }
}
