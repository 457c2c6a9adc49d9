//! Durations as Go's `time.ParseDuration` reads them.

use super::error::quote;
use super::go_text::{split_digits, split_sign};

/// `time.ParseDuration`; its arithmetic shows in the results.
pub(super) fn read(text: &str) -> Result<i64, String> {
    plain(text.as_bytes()).map_or_else(|| any(text), Ok)
}

/// What nearly every text is: a few digits and a unit, perhaps several times. None: it is not that plain.
fn plain(mut rest: &[u8]) -> Option<i64> {
    // Numbers of six digits in a text so short never come near 64 bits of nanoseconds: twice
    // 999,999 hours are 228 years.
    if rest.is_empty() || rest.len() > 14 {
        return None;
    }
    let mut sum = 0_u64;
    while let [first @ b'0'..=b'9', behind @ ..] = rest {
        let (mut count, mut digits) = (u64::from(first - b'0'), 1);
        rest = behind;
        while let [digit @ b'0'..=b'9', behind @ ..] = rest {
            count = count * 10 + u64::from(digit - b'0');
            digits += 1;
            rest = behind;
        }
        let unit;
        (unit, rest) = match rest {
            [b'm', b's', behind @ ..] => (1_000_000, behind),
            [b'u', b's', behind @ ..] => (1_000, behind),
            [b'n', b's', behind @ ..] => (1, behind),
            [b's', behind @ ..] => (1_000_000_000, behind),
            [b'm', behind @ ..] => (60_000_000_000, behind),
            [b'h', behind @ ..] => (3_600_000_000_000, behind),
            _ => return None,
        };
        if digits > 6 {
            return None;
        }
        sum += count * unit;
    }
    i64::try_from(sum).ok().filter(|_| rest.is_empty())
}

/// The same step for step, with the words of what is wrong.
fn any(text: &str) -> Result<i64, String> {
    const LIMIT: u64 = 1 << 63;
    let too_long = || format!("{} is longer than 64 bits of nanoseconds", quote(text));
    let (negative, mut rest) = split_sign(text);
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(format!("{} has no number", quote(text)));
    }
    let mut sum = 0_u64;
    while !rest.is_empty() {
        let (whole, mut after) = split_digits(rest);
        let mut fraction = "";
        if let Some(behind) = after.strip_prefix('.') {
            (fraction, after) = split_digits(behind);
        }
        if whole.is_empty() && fraction.is_empty() {
            return Err(if rest.len() == text.len() {
                format!("{} does not start with a number", quote(text))
            } else {
                format!(
                    "{} stands in {} where a number should",
                    quote(rest),
                    quote(text)
                )
            });
        }
        let end = after.bytes().position(|b| b == b'.' || b.is_ascii_digit());
        let unit;
        (unit, rest) = after.split_at(end.unwrap_or(after.len()));
        if unit.is_empty() {
            return Err(
                if whole.len() == text.len() || text.len() == whole.len() + 1 {
                    format!("{} has no unit", quote(text))
                } else {
                    format!("a number in {} has no unit", quote(text))
                },
            );
        }
        let nanos = unit_nanos(unit)
            .ok_or_else(|| format!("{} in {} is no unit of time", quote(unit), quote(text)))?;
        let part = whole_number(whole)
            .and_then(|count| count.checked_mul(nanos))
            .filter(|whole| *whole <= LIMIT)
            .ok_or_else(too_long)?
            + fraction_nanos(fraction, nanos);
        if part > LIMIT {
            return Err(too_long());
        }
        // Go's sum wraps in the one case of twice 2^63.
        sum = sum.wrapping_add(part);
        if sum > LIMIT {
            return Err(too_long());
        }
    }
    if negative {
        return Ok(0_i64.wrapping_sub_unsigned(sum));
    }
    i64::try_from(sum).map_err(|_| too_long())
}

fn unit_nanos(unit: &str) -> Option<u64> {
    Some(match unit {
        "h" => 3_600_000_000_000,
        "m" => 60_000_000_000,
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" | "µs" | "μs" => 1_000,
        "ns" => 1,
        _ => return None,
    })
}

/// Digits as a number up to 2^63.
fn whole_number(digits: &str) -> Option<u64> {
    let mut value = 0_u64;
    for digit in digits.bytes() {
        value = value
            .checked_mul(10)?
            .checked_add(u64::from(digit - b'0'))?;
        if value > 1 << 63 {
            return None;
        }
    }
    Some(value)
}

/// The nanoseconds of digits behind a point, as Go computes them in floating point.
fn fraction_nanos(digits: &str, unit: u64) -> u64 {
    let (mut value, mut scale) = (0_u64, 1.0_f64);
    for digit in digits.bytes() {
        if value > ((1 << 63) - 1) / 10 {
            break;
        }
        let next = value * 10 + u64::from(digit - b'0');
        if next > 1 << 63 {
            break;
        }
        value = next;
        scale *= 10.0;
    }
    if value == 0 {
        return 0;
    }
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )] // As Go does; the product is at most an hour.
    let nanos = (value as f64 * (unit as f64 / scale)) as u64;
    nanos
}

#[cfg(test)]
mod tests {
    use super::{any, plain};

    #[test]
    fn plain_texts_mean_the_same_step_for_step() {
        let numbers = ["", "0", "7", "007", "59", "999999", "1000000", "1.5", "-1"];
        let units = ["", "ns", "us", "ms", "s", "m", "h", "mss", "µs", "d"];
        let one = |number: &str, unit: &str| format!("{number}{unit}");
        let mut plains = 0;
        for (a, b) in numbers
            .iter()
            .flat_map(|a| units.iter().map(move |b| (a, b)))
        {
            for (c, d) in numbers
                .iter()
                .flat_map(|c| units.iter().map(move |d| (c, d)))
            {
                let text = one(a, b) + &one(c, d);
                let Some(nanos) = plain(text.as_bytes()) else {
                    continue;
                };
                plains += 1;
                assert_eq!(any(&text), Ok(nanos), "{text}");
            }
        }
        assert!(plains > 500, "{plains}");
        assert_eq!(plain(b"999999h999999h999999h"), None);
    }
}
