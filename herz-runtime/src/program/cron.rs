//! When a schedule fires next.

use super::calendar::date;
use crate::time::Instant;
use herz::scalar::{Cron, CronField, CronFields, CronTime};
use std::time::Duration;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400;
/// A schedule that does not fire within so many days never does: leap days of a weekday come
/// again after 40 years at most.
const DAYS: i64 = 366 * 41;

/// The first time after `after` that the schedule fires, in UTC; nothing if it never does.
///
/// ```
/// use herz::scalar::{Cron, Scalar};
/// use herz_runtime::{program::next, time::Instant};
/// let cron = Cron::parse("*/10 * * * * *").unwrap();
/// assert_eq!(next(&cron, Instant(3_000_000)), Some(Instant(10_000_000)));
/// assert_eq!(next(&Cron::parse("0 0 30 2 *").unwrap(), Instant(0)), None);
/// ```
pub fn next(cron: &Cron, after: Instant) -> Option<Instant> {
    match cron.time() {
        CronTime::Every(span) => {
            let span = Duration::try_from(*span).unwrap_or_default();
            // Whole seconds, and at least one, as robfig/cron has it.
            let seconds = i64::try_from(span.as_secs()).unwrap_or(i64::MAX).max(1);
            let whole = after.0.div_euclid(SECOND).saturating_add(seconds);
            Some(Instant(whole.saturating_mul(SECOND)))
        }
        CronTime::Fields(fields) => fields_next(fields, after),
    }
}

fn fields_next(fields: &CronFields, after: Instant) -> Option<Instant> {
    let start = after.0.div_euclid(SECOND) + 1;
    let (first_day, clock) = (start.div_euclid(DAY), start.rem_euclid(DAY));
    for day in first_day..first_day + DAYS {
        if !fits_day(fields, day) {
            continue;
        }
        let from = if day == first_day { clock } else { 0 };
        if let Some(at) = clock_next(fields, from) {
            return Some(Instant((day * DAY + at).saturating_mul(SECOND)));
        }
    }
    None
}

/// If both fields of days are restricted, a day needs to fit one of them.
fn fits_day(fields: &CronFields, day: i64) -> bool {
    let date = date(day);
    if !fields.month.contains(date.month) {
        return false;
    }
    let (of_month, of_week) = (
        fields.day_of_month.contains(date.day),
        fields.day_of_week.contains(date.weekday),
    );
    if fields.day_of_month.is_any() || fields.day_of_week.is_any() {
        of_month && of_week
    } else {
        of_month || of_week
    }
}

/// The first second of a day that fits, from `from` on.
fn clock_next(fields: &CronFields, from: i64) -> Option<i64> {
    let (hour, minute, second) = (from / 3600, from / 60 % 60, from % 60);
    let at_least =
        |field: CronField, least: i64| field.values().map(i64::from).find(|value| *value >= least);
    if fits(fields.hour, hour) {
        if fits(fields.minute, minute)
            && let Some(found) = at_least(fields.second, second)
        {
            return Some(hour * 3600 + minute * 60 + found);
        }
        if let Some(found) = at_least(fields.minute, minute + 1) {
            return Some(hour * 3600 + found * 60 + at_least(fields.second, 0)?);
        }
    }
    let later = at_least(fields.hour, hour + 1)?;
    let (minute, second) = (at_least(fields.minute, 0)?, at_least(fields.second, 0)?);
    Some(later * 3600 + minute * 60 + second)
}

fn fits(field: CronField, value: i64) -> bool {
    u8::try_from(value).is_ok_and(|value| field.contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use herz::scalar::Scalar;

    fn times(cron: &str, from: &str, count: usize) -> Vec<String> {
        let cron = Cron::parse(cron).unwrap();
        let nanos = herz::scalar::Timestamp::parse(from).unwrap().unix_nanos();
        let mut at = Instant(i64::try_from(nanos / 1000).unwrap());
        (0..count)
            .map(|_| {
                at = next(&cron, at).unwrap();
                at.to_string()
            })
            .collect()
    }

    #[test]
    fn schedules_fire_as_robfig_cron_does() {
        for (cron, from, expected) in [
            (
                "*/20 * * * * *",
                "2026-11-25T23:59:35Z",
                [
                    "2026-11-25T23:59:40Z",
                    "2026-11-26T00:00:00Z",
                    "2026-11-26T00:00:20Z",
                ],
            ),
            (
                "*/5 * * * *",
                "2026-11-25T23:50:00Z",
                [
                    "2026-11-25T23:55:00Z",
                    "2026-11-26T00:00:00Z",
                    "2026-11-26T00:05:00Z",
                ],
            ),
            (
                "30 4 29 2 *",
                "2026-01-01T00:00:00Z",
                [
                    "2028-02-29T04:30:00Z",
                    "2032-02-29T04:30:00Z",
                    "2036-02-29T04:30:00Z",
                ],
            ),
            (
                // Both restricted: one of them is enough.
                "0 12 1 * mon",
                "2026-11-25T00:00:00Z",
                [
                    "2026-11-30T12:00:00Z",
                    "2026-12-01T12:00:00Z",
                    "2026-12-07T12:00:00Z",
                ],
            ),
            (
                "0 9-17/4 * * mon-fri",
                "2026-11-27T13:00:00Z",
                [
                    "2026-11-27T17:00:00Z",
                    "2026-11-30T09:00:00Z",
                    "2026-11-30T13:00:00Z",
                ],
            ),
            (
                "59 59 23 31 12 *",
                "2026-12-31T23:59:59Z",
                [
                    "2027-12-31T23:59:59Z",
                    "2028-12-31T23:59:59Z",
                    "2029-12-31T23:59:59Z",
                ],
            ),
            (
                "@every 90s",
                "2026-11-25T00:00:00Z",
                [
                    "2026-11-25T00:01:30Z",
                    "2026-11-25T00:03:00Z",
                    "2026-11-25T00:04:30Z",
                ],
            ),
            (
                "@hourly",
                "2026-11-25T22:10:00Z",
                [
                    "2026-11-25T23:00:00Z",
                    "2026-11-26T00:00:00Z",
                    "2026-11-26T01:00:00Z",
                ],
            ),
        ] {
            assert_eq!(times(cron, from, 3), expected, "{cron}");
        }
        for never in ["0 0 31 2 *", "0 0 30 feb ?"] {
            assert_eq!(
                next(&Cron::parse(never).unwrap(), Instant(0)),
                None,
                "{never}"
            );
        }
    }

    /// The slow way: look at every second.
    #[test]
    fn the_next_time_is_the_first_that_fits() {
        let crons = [
            "*/7 */13 * * * *",
            "3,5 59 0,23 * * *",
            "0 0 0 * * sat",
            "*/30 2 1 1-31/9 * 3",
        ];
        for text in crons {
            let cron = Cron::parse(text).unwrap();
            let CronTime::Fields(fields) = cron.time() else {
                panic!("{text} has fields");
            };
            for start in [0_i64, 86_399, 951_782_399, 1_764_115_200] {
                let slow = (start + 1..start + 1 + 40 * DAY).find(|second| {
                    let clock = second.rem_euclid(DAY);
                    fits_day(fields, second.div_euclid(DAY))
                        && fits(fields.hour, clock / 3600)
                        && fits(fields.minute, clock / 60 % 60)
                        && fits(fields.second, clock % 60)
                });
                let fast = next(&cron, Instant(start * SECOND)).map(|at| at.0 / SECOND);
                assert_eq!(fast, slow, "{text} after {start}");
            }
        }
    }
}
