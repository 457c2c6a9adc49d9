//! Durations as Go's `time.ParseDuration` reads them.

use super::error::quote;
use super::go_text::{split_digits, split_sign};

/// The greatest number of nanoseconds, without a sign.
const LIMIT: u64 = 1 << 63;

/// `time.ParseDuration`; its arithmetic shows in the results.
pub(super) fn read(text: &str) -> Result<i64, String> {
    nanos(text.as_bytes()).ok_or_else(|| words(text))
}

/// The nanoseconds of a text, in one go over its bytes; nothing if it is refused.
fn nanos(text: &[u8]) -> Option<i64> {
    let (negative, mut rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    if rest == b"0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut sum = 0_u64;
    while !rest.is_empty() {
        let (whole, mut behind) = whole(rest)?;
        let mut digits = rest.len() - behind.len();
        let mut fraction = (0, 1.0);
        if let [b'.', after @ ..] = behind {
            (fraction, behind) = self::fraction(after);
            digits += after.len() - behind.len();
        }
        if digits == 0 {
            return None;
        }
        let unit;
        (unit, rest) = split_unit(behind)?;
        let part = whole.checked_mul(unit).filter(|part| *part <= LIMIT)?;
        let part = part + fraction_nanos(fraction, unit);
        if part > LIMIT {
            return None;
        }
        // Go's sum wraps in the one case of twice 2^63.
        sum = sum.wrapping_add(part);
        if sum > LIMIT {
            return None;
        }
    }
    if negative {
        return Some(0_i64.wrapping_sub_unsigned(sum));
    }
    i64::try_from(sum).ok()
}

/// The number that a text begins with, zero if there is no digit, and the rest; nothing if it is beyond 2^63.
fn whole(mut text: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    while let [digit @ b'0'..=b'9', rest @ ..] = text {
        value = value
            .checked_mul(10)?
            .checked_add(u64::from(digit - b'0'))?;
        if value > LIMIT {
            return None;
        }
        text = rest;
    }
    Some((value, text))
}

/// The digits behind a point as a number and what it is to be divided by, and the rest. Digits that 63 bits can't
/// hold do not count.
fn fraction(mut text: &[u8]) -> ((u64, f64), &[u8]) {
    let (mut value, mut scale, mut full) = (0_u64, 1.0, false);
    while let [digit @ b'0'..=b'9', rest @ ..] = text {
        text = rest;
        let next = value
            .saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'));
        full |= value > (LIMIT - 1) / 10 || next > LIMIT;
        if !full {
            value = next;
            scale *= 10.0;
        }
    }
    ((value, scale), text)
}

/// The unit that a text begins with, in nanoseconds, and the rest: another number, or nothing.
fn split_unit(text: &[u8]) -> Option<(u64, &[u8])> {
    let (unit, rest) = match text {
        [b'm', b's', rest @ ..] => (1_000_000, rest),
        [b'u', b's', rest @ ..] | [0xc2, 0xb5, b's', rest @ ..] | [0xce, 0xbc, b's', rest @ ..] => {
            (1_000, rest)
        }
        [b'n', b's', rest @ ..] => (1, rest),
        [b's', rest @ ..] => (1_000_000_000, rest),
        [b'm', rest @ ..] => (60_000_000_000, rest),
        [b'h', rest @ ..] => (3_600_000_000_000, rest),
        _ => return None,
    };
    matches!(rest, [] | [b'.' | b'0'..=b'9', ..]).then_some((unit, rest))
}

/// A part of a unit, as Go computes it in floating point.
fn fraction_nanos((value, scale): (u64, f64), unit: u64) -> u64 {
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

/// What is wrong with a text that is refused.
fn words(text: &str) -> String {
    let (_, mut rest) = split_sign(text);
    if rest.is_empty() {
        return format!("{} has no number", quote(text));
    }
    while !rest.is_empty() {
        let (whole, mut after) = split_digits(rest);
        let mut fraction = "";
        if let Some(behind) = after.strip_prefix('.') {
            (fraction, after) = split_digits(behind);
        }
        if whole.is_empty() && fraction.is_empty() {
            return if rest.len() == text.len() {
                format!("{} does not start with a number", quote(text))
            } else {
                format!(
                    "{} stands in {} where a number should",
                    quote(rest),
                    quote(text)
                )
            };
        }
        let end = after.bytes().position(|b| b == b'.' || b.is_ascii_digit());
        let unit;
        (unit, rest) = after.split_at(end.unwrap_or(after.len()));
        if unit.is_empty() {
            return if whole.len() == text.len() || text.len() == whole.len() + 1 {
                format!("{} has no unit", quote(text))
            } else {
                format!("a number in {} has no unit", quote(text))
            };
        }
        if split_unit(unit.as_bytes()).is_none() {
            return format!("{} in {} is no unit of time", quote(unit), quote(text));
        }
    }
    format!("{} is longer than 64 bits of nanoseconds", quote(text))
}

#[cfg(test)]
mod tests {
    use super::{read, words};

    const NUMBERS: [(&str, u128); 8] = [
        ("", 0),
        ("0", 0),
        ("007", 7),
        ("59", 59),
        ("999999", 999_999),
        ("2562047", 2_562_047),
        ("9223372036854775807", 9_223_372_036_854_775_807),
        ("99999999999999999999", 99_999_999_999_999_999_999),
    ];
    const UNITS: [(&str, u128); 10] = [
        ("", 0),
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
        ("d", 0),
        ("mss", 0),
    ];

    /// The nanoseconds of a number with a unit; nothing if one of them is none.
    fn part((number, count): (&str, u128), (unit, nanos): (&str, u128)) -> (String, Option<u128>) {
        let is_part = !number.is_empty() && nanos > 0;
        (format!("{number}{unit}"), is_part.then_some(count * nanos))
    }

    #[test]
    fn parts_add_up_to_64_bits_and_what_is_wrong_is_told() {
        let parts: Vec<_> = NUMBERS
            .iter()
            .flat_map(|number| UNITS.iter().map(|unit| part(*number, *unit)))
            .collect();
        for (one, a) in &parts {
            for (other, b) in &parts {
                let text = format!("{one}{other}");
                let is_digit = |c: char| c.is_ascii_digit();
                // Digits beside digits are one number, and letters beside letters one unit.
                if one.is_empty() || one.ends_with(is_digit) || !other.starts_with(is_digit) {
                    continue;
                }
                let sum = a.zip(*b).map(|(a, b)| a + b);
                let known = sum.and_then(|sum| i64::try_from(sum).ok());
                assert_eq!(read(&text).ok(), known, "{text}");
                if known.is_none() {
                    let is_long = words(&text).ends_with("64 bits of nanoseconds");
                    assert_eq!(is_long, sum.is_some(), "{text}: {}", words(&text));
                }
            }
        }
    }

    #[test]
    fn a_megabyte_of_anything_is_read_or_refused() {
        for piece in ["9", ".", "1h", "0.0", "-", "µ", "1.5s", "\u{10ffff}"] {
            let text = piece.repeat(1_000_000 / piece.len());
            if let Err(message) = read(&text) {
                assert!(message.len() < 2_000, "{message}");
            }
        }
    }
}
