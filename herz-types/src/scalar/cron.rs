//! `cron`: times that come again.

use super::cron_field::{Bounds, CronField};
use super::error::quote;
use super::grammar::Info;
use super::{GoDuration, Magnitude, PatternFit, duration_mend};
use std::fmt;
use std::sync::LazyLock;

/// Names of time zones of the IANA database, sorted, one on each line.
const ZONES: &str = include_str!("time_zones.txt");

const SECOND: Bounds = Bounds {
    name: "second",
    least: 0,
    most: 59,
    names: &[],
};
const MINUTE: Bounds = Bounds {
    name: "minute",
    least: 0,
    most: 59,
    names: &[],
};
const HOUR: Bounds = Bounds {
    name: "hour",
    least: 0,
    most: 23,
    names: &[],
};
const DAY: Bounds = Bounds {
    name: "day of month",
    least: 1,
    most: 31,
    names: &[],
};
const MONTH: Bounds = Bounds {
    name: "month",
    least: 1,
    most: 12,
    names: &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ],
};
const WEEKDAY: Bounds = Bounds {
    name: "day of week",
    least: 0,
    most: 6,
    names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};

/// `cron`: a schedule as robfig/cron v3 reads it.
///
/// ```
/// use herz_types::scalar::{Cron, Scalar};
/// assert!(!Cron::parse("*/5 * * * *")?.never_fires());
/// // There is no 31st of February.
/// assert!(Cron::parse("0 0 31 2 *")?.never_fires());
/// assert_eq!(Cron::parse("0 0 * * 7").unwrap_err().suggestion.as_deref(), Some("0 0 * * 0"));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cron {
    zone: Option<String>,
    time: CronTime,
}

/// When a [`Cron`] fires.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CronTime {
    /// `@every`: again and again after this time. Less than a second counts as a second.
    Every(GoDuration),
    /// At the times that the fields name.
    Fields(CronFields),
}

/// The fields of a [`Cron`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CronFields {
    /// 0 to 59; 0 if the text has no seconds.
    pub second: CronField,
    /// 0 to 59.
    pub minute: CronField,
    /// 0 to 23.
    pub hour: CronField,
    /// 1 to 31.
    pub day_of_month: CronField,
    /// 1 to 12.
    pub month: CronField,
    /// 0 (Sunday) to 6.
    pub day_of_week: CronField,
}

scalar!(Cron, Cron, |_value| Magnitude::None);

impl Cron {
    pub(super) const INFO: Info = Info {
        name: "cron",
        title: "Schedule, as robfig/cron v3 reads it",
        grammar: "\
cron    = [ ( \"TZ=\" | \"CRON_TZ=\" ) zone \" \" ] ( named | \"@every \" duration | fields )
named   = \"@yearly\" | \"@annually\" | \"@monthly\" | \"@weekly\" | \"@daily\" | \"@midnight\" | \"@hourly\"
fields  = [ second ] minute hour day-of-month month day-of-week      divided by blanks
field   = entries divided by \",\"; an empty entry is nothing
entry   = ( \"*\" | \"?\" | number [ \"-\" number ] ) [ \"/\" step ]
number  = digits, or the first three letters of a month or a day in any case
zone    = the name of a time zone (IANA), or \"Local\", or nothing for UTC
Days of the week are 0 (Sunday) to 6. `a/step` runs from a to the end. duration as in `duration(go)`.
If both day fields are restricted, a day needs to fit one of them.",
        rust_type: "Cron",
        allowed: "a schedule such as `*/5 * * * *` or `@every 10m`",
        pattern: Some((
            "^((CRON_)?TZ=[^ ]* .*|@(yearly|annually|monthly|weekly|daily|midnight|hourly|every .*)|[^@].*)$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "*/5 * * * *", "*/10 * * * * *", "0 0 1 1 *", "0 0 * * mon", "0 0 * JAN-mar ?", "1,2,5-9/2 * * * *",
                "@every 500ms", "@every -1s", "@every 1h30m", "@daily", "@midnight", "@hourly", "@weekly", "@monthly",
                "@yearly", "@annually", "0 0 31 2 *", ", * * * *", "+5 * * * *", "  0\t0 * *  *  ", "TZ=UTC 0 0 * * *",
                "CRON_TZ=Asia/Tokyo 0 0 * * *", "TZ= 0 0 * * *", "TZ=Local @daily ", "*-x * * * *", "5/10 * * * *", "0 0 1-1 * *",
            ],
            refused: [
                "", " ", "@reboot", "@every", "@every 1d", "@every  1s", "@every 10s ", "@daily ", " @daily", "@Daily", "60 * * * *",
                "0 0 * * 7", "*/0 * * * *", "5-1 * * * *", "* * * *", "* * * * * * *", "0 0 0 * *", "0 0 * 13 *", "0 24 * * *",
                "-5 * * * *", "1-2-3 * * * *", "*/2/2 * * * *", "a * * * *", "0 0 * * monday", "fri-mon * * * *", "* * * * fri-mon",
                "TZ=Mars/Phobos 0 0 * * *", "TZ=asia/tokyo 0 0 * * *", "TZ=UTC", "TZ=../UTC 0 0 * * *", "99999999999999999999 * * * *",
            ],
        },
    };

    /// The time zones that a schedule may name, sorted; beside them there are `Local` and none.
    pub fn zones() -> impl Iterator<Item = &'static str> {
        ZONES.lines()
    }

    /// The time zone that the text names.
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// When it fires.
    pub const fn time(&self) -> &CronTime {
        &self.time
    }

    /// Whether no time fits, as for the 31st of February.
    pub fn never_fires(&self) -> bool {
        match &self.time {
            CronTime::Every(_) => false,
            CronTime::Fields(fields) => fields.never_fire(),
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the schedule is empty".to_owned());
        }
        let named = text
            .strip_prefix("TZ=")
            .or_else(|| text.strip_prefix("CRON_TZ="));
        let Some(named) = named else {
            return Ok(Self {
                zone: None,
                time: read_time(text)?,
            });
        };
        let Some((zone, rest)) = named.split_once(' ') else {
            return Err(format!("{} has a time zone and nothing else", quote(text)));
        };
        let zone = if zone.is_empty() { "UTC" } else { zone };
        if zone != "Local" && !is_zone(zone) {
            return Err(format!("{} is no time zone", quote(zone)));
        }
        Ok(Self {
            zone: Some(zone.to_owned()),
            time: read_time(rest.trim())?,
        })
    }

    fn candidates(text: &str) -> Vec<String> {
        let text = text.trim();
        let compact = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut all = vec![text.to_owned(), compact.to_ascii_lowercase()];
        if let Some(duration) = compact.strip_prefix("@every") {
            let mended = duration_mend::candidates(duration);
            all.extend(
                mended
                    .into_iter()
                    .map(|duration| format!("@every {duration}")),
            );
        }
        // Sunday is 0 only.
        if let Some((rest, day)) = compact.rsplit_once(' ') {
            let sunday = match day.strip_suffix("-7") {
                Some(from) => format!("{from}-6,0"),
                None => day.replace('7', "0"),
            };
            all.push(format!("{rest} {sunday}"));
        }
        let (prefix, rest) = compact.split_once('=').unwrap_or(("", &compact));
        if let Some((zone, rest)) = rest.split_once(' ') {
            let known = ZONES.lines().find(|known| known.eq_ignore_ascii_case(zone));
            all.extend(known.map(|known| format!("{prefix}={known} {rest}")));
        }
        all
    }
}

impl CronFields {
    fn never_fire(&self) -> bool {
        let clock = [self.second, self.minute, self.hour, self.month];
        if clock.iter().any(|field| field.is_empty()) {
            return true;
        }
        let day_of_month = self.month.values().any(|month| {
            let last = match month {
                2 => 29,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            self.day_of_month.values().any(|day| day <= last)
        });
        let day_of_week = !self.day_of_week.is_empty();
        if self.day_of_month.is_any() || self.day_of_week.is_any() {
            !(day_of_month && day_of_week)
        } else {
            !(day_of_month || day_of_week)
        }
    }
}

/// Whether the table has that zone: its lines are sorted by their bytes.
fn is_zone(zone: &str) -> bool {
    static LINES: LazyLock<Vec<&str>> = LazyLock::new(|| ZONES.lines().collect());
    LINES.binary_search(&zone).is_ok()
}

fn read_time(text: &str) -> Result<CronTime, String> {
    let every = CronField::every;
    let at_zero = CronFields {
        second: CronField::ZERO,
        minute: CronField::ZERO,
        hour: CronField::ZERO,
        day_of_month: every(&DAY),
        month: every(&MONTH),
        day_of_week: every(&WEEKDAY),
    };
    let first = |bounds| CronField::read("1", bounds);
    Ok(CronTime::Fields(match text {
        "@yearly" | "@annually" => CronFields {
            day_of_month: first(&DAY)?,
            month: first(&MONTH)?,
            ..at_zero
        },
        "@monthly" => CronFields {
            day_of_month: first(&DAY)?,
            ..at_zero
        },
        "@weekly" => CronFields {
            day_of_week: CronField::ZERO,
            ..at_zero
        },
        "@daily" | "@midnight" => at_zero,
        "@hourly" => CronFields {
            hour: every(&HOUR),
            ..at_zero
        },
        _ => match text.strip_prefix('@') {
            None => read_fields(text)?,
            Some(word) => {
                let Some(duration) = word.strip_prefix("every ") else {
                    return Err(format!("{} is no named schedule", quote(text)));
                };
                let nanos = super::duration_go::read(duration)?;
                return Ok(CronTime::Every(GoDuration::from_nanos(nanos)));
            }
        },
    }))
}

fn read_fields(text: &str) -> Result<CronFields, String> {
    let mut fields: Vec<_> = text.split_whitespace().take(7).collect();
    if fields.len() == 5 {
        fields.insert(0, "0");
    }
    let [second, minute, hour, day_of_month, month, day_of_week] = *fields.as_slice() else {
        let count = text.split_whitespace().count();
        let plural = if count == 1 { "" } else { "s" };
        return Err(format!(
            "{} has {count} field{plural}, not 5 or 6",
            quote(text)
        ));
    };
    Ok(CronFields {
        second: CronField::read(second, &SECOND)?,
        minute: CronField::read(minute, &MINUTE)?,
        hour: CronField::read(hour, &HOUR)?,
        day_of_month: CronField::read(day_of_month, &DAY)?,
        month: CronField::read(month, &MONTH)?,
        day_of_week: CronField::read(day_of_week, &WEEKDAY)?,
    })
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(zone) = &self.zone {
            write!(f, "TZ={zone} ")?;
        }
        let fields = match &self.time {
            CronTime::Every(duration) => return write!(f, "@every {duration}"),
            CronTime::Fields(fields) => fields,
        };
        if fields.second != CronField::ZERO {
            fields.second.write(f)?;
            f.write_str(" ")?;
        }
        fields.minute.write(f)?;
        for field in [
            fields.hour,
            fields.day_of_month,
            fields.month,
            fields.day_of_week,
        ] {
            f.write_str(" ")?;
            field.write(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{ZONES, is_zone};

    #[test]
    fn the_table_of_time_zones_is_sorted_so_that_each_is_found() {
        assert!(ZONES.lines().all(is_zone));
        assert!(!is_zone("Europe/Nowhere") && !is_zone(""));
    }
}
