//! One field of a cron text: the numbers that it names.

use super::error::quote;
use super::go_text::{NotInteger, atoi, lower};

/// The numbers that one field of a cron text names.
///
/// ```
/// use herz_types::scalar::{Cron, CronTime, Scalar};
/// let cron = Cron::parse("*/20 9-17 * * mon-fri")?;
/// let CronTime::Fields(fields) = cron.time() else { unreachable!() };
/// assert_eq!(fields.minute.values().collect::<Vec<_>>(), [0, 20, 40]);
/// assert!(fields.day_of_month.is_any());
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CronField {
    /// Bit n for number n.
    bits: u64,
    any: bool,
}

/// What a field may hold.
pub(super) struct Bounds {
    pub(super) name: &'static str,
    pub(super) least: u64,
    pub(super) most: u64,
    /// Names of the numbers from `least` on.
    pub(super) names: &'static [&'static str],
}

impl CronField {
    /// Only the number 0, as a missing field of seconds means.
    pub(super) const ZERO: Self = Self {
        bits: 1,
        any: false,
    };

    /// Whether a number is named.
    pub fn contains(self, number: u8) -> bool {
        self.bits.checked_shr(u32::from(number)).unwrap_or(0) & 1 == 1
    }

    /// The numbers in ascending order.
    pub fn values(self) -> impl Iterator<Item = u8> {
        (0..64).filter(move |number| self.contains(*number))
    }

    /// Whether `*` or `?` stands in it, so that it does not restrict the other day field.
    pub const fn is_any(self) -> bool {
        self.any
    }

    /// Whether it names no number at all, as `,` does.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    pub(super) fn every(bounds: &Bounds) -> Self {
        Self {
            bits: range(bounds.least, bounds.most, 1),
            any: true,
        }
    }

    /// A list of ranges, joined by commas. Empty entries are nothing.
    pub(super) fn read(text: &str, bounds: &Bounds) -> Result<Self, String> {
        let mut field = Self {
            bits: 0,
            any: false,
        };
        for entry in text.split(',').filter(|entry| !entry.is_empty()) {
            let part = read_range(entry, bounds)
                .map_err(|problem| format!("the {} field: {problem}", bounds.name))?;
            field.bits |= part.bits;
            field.any |= part.any;
        }
        Ok(field)
    }

    pub(super) fn write(self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.any {
            return f.write_str("*");
        }
        if self.is_empty() {
            return f.write_str(",");
        }
        let mut numbers = self.values().peekable();
        let mut first = true;
        while let Some(from) = numbers.next() {
            let mut to = from;
            while let Some(next) = numbers.next_if_eq(&(to + 1)) {
                to = next;
            }
            let comma = if first { "" } else { "," };
            first = false;
            if from == to {
                write!(f, "{comma}{from}")?;
            } else {
                write!(f, "{comma}{from}-{to}")?;
            }
        }
        Ok(())
    }
}

/// One range: `*`, `?`, a number, two with `-`; a step behind `/`.
fn read_range(entry: &str, bounds: &Bounds) -> Result<CronField, String> {
    let mut halves = entry.split('/');
    let numbers = halves.next().unwrap_or("");
    let (step, surplus) = (halves.next(), halves.next());
    let mut ends = numbers.split('-');
    let low = ends.next().unwrap_or("");
    let (high, third) = (ends.next(), ends.next());
    let mut any = matches!(low, "*" | "?");
    let (from, mut to) = if any {
        // Whatever stands behind a `-` is not looked at then.
        (bounds.least, bounds.most)
    } else {
        let from = number(low, bounds)?;
        match (high, third) {
            (None, _) => (from, from),
            (Some(high), None) => (from, number(high, bounds)?),
            (Some(_), Some(_)) => return Err(format!("{} has too many hyphens", quote(entry))),
        }
    };
    let step = match (step, surplus) {
        (None, _) => 1,
        (Some(step), None) => {
            let step = whole(step)?;
            if high.is_none() {
                to = bounds.most;
            }
            any &= step <= 1;
            step
        }
        (Some(_), Some(_)) => return Err(format!("{} has too many slashes", quote(entry))),
    };
    let (least, most) = (bounds.least, bounds.most);
    if from < least || to > most {
        return Err(format!("{} is not within {least} to {most}", quote(entry)));
    }
    if from > to {
        return Err(format!("{} ends before it starts", quote(entry)));
    }
    if step == 0 {
        return Err(format!("{} has the step 0", quote(entry)));
    }
    Ok(CronField {
        bits: range(from, to, step),
        any,
    })
}

/// The bits from one number to another, both at most 63.
fn range(from: u64, to: u64, step: u64) -> u64 {
    let step = usize::try_from(step).unwrap_or(usize::MAX);
    (from..=to)
        .step_by(step)
        .fold(0, |bits, number| bits | 1 << number)
}

fn number(text: &str, bounds: &Bounds) -> Result<u64, String> {
    let name = lower(text);
    for (number, known) in (bounds.least..).zip(bounds.names) {
        if *known == name {
            return Ok(number);
        }
    }
    whole(text)
}

fn whole(text: &str) -> Result<u64, String> {
    match atoi(text) {
        Ok(number) => u64::try_from(number).map_err(|_| format!("{} is negative", quote(text))),
        Err(NotInteger::TooBig) => Err(format!("{} is too big", quote(text))),
        Err(NotInteger::Malformed) => Err(format!("{} is no number", quote(text))),
    }
}
