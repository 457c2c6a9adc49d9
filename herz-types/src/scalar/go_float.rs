//! Floating-point numbers as Go's `strconv.ParseFloat` reads them.

use super::go_text::{split_digits, split_sign};

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotFloat {
    Malformed,
    TooBig,
}

/// The parts of a decimal or hexadecimal number.
struct Parts<'t> {
    /// Digits, perhaps with a point and underscores.
    mantissa: &'t str,
    exponent: i64,
    hex: bool,
}

/// `strconv.ParseFloat(text, 32)`; the value is one that 32 bits can hold.
pub(super) fn parse_32(text: &str) -> Result<f64, NotFloat> {
    parse(text, &BINARY32)
}

/// `strconv.ParseFloat(text, 64)`.
pub(super) fn parse_64(text: &str) -> Result<f64, NotFloat> {
    parse(text, &BINARY64)
}

fn parse(text: &str, format: &Format) -> Result<f64, NotFloat> {
    if let Some(value) = plain(text, format) {
        return Ok(value);
    }
    // Without underscores Rust takes the same decimals as Go, and both give
    // the nearest value.
    if text
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
    {
        let value = if format.double {
            text.parse::<f64>().ok()
        } else {
            text.parse::<f32>().ok().map(f64::from)
        };
        if let Some(value) = value.filter(|value| value.is_finite()) {
            return Ok(value);
        }
    }
    if let Some(value) = special(text) {
        return Ok(value);
    }
    let parts = split(text).ok_or(NotFloat::Malformed)?;
    let (negative, _) = split_sign(text);
    let value = if parts.hex {
        hexadecimal(&parts, format)
    } else {
        decimal(&parts, format)
    };
    if value.is_infinite() {
        return Err(NotFloat::TooBig);
    }
    Ok(if negative { -value } else { value })
}

/// What nearly every text is: at most seven digits, perhaps with a point. These and powers of ten as great are exact
/// in both formats, so the quotient is the nearest value. None: it is not that plain.
fn plain(text: &str, format: &Format) -> Option<f64> {
    const MOST: u32 = 7;
    let (mut number, mut digits, mut point) = (0_u32, 0_u32, None);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if digits < MOST => {
                number = number * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'.' if point.is_none() => point = Some(digits),
            _ => return None,
        }
    }
    if digits == 0 {
        return None;
    }
    let scale = 10_u32.pow(digits - point.unwrap_or(digits));
    Some(if format.double {
        f64::from(number) / f64::from(scale)
    } else {
        #[allow(clippy::cast_precision_loss, reason = "both are exact up to 2^24")]
        let nearest = number as f32 / scale as f32;
        f64::from(nearest)
    })
}

/// `inf`, `infinity` with a sign or none, `nan` without one, in any case.
fn special(text: &str) -> Option<f64> {
    let (negative, rest) = split_sign(text);
    if rest.eq_ignore_ascii_case("inf") || rest.eq_ignore_ascii_case("infinity") {
        return Some(if negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        });
    }
    text.eq_ignore_ascii_case("nan").then_some(f64::NAN)
}

/// Takes a number apart; nothing if it is malformed.
fn split(text: &str) -> Option<Parts<'_>> {
    let (_, unsigned) = split_sign(text);
    let (hex, rest) = match unsigned
        .strip_prefix("0x")
        .or_else(|| unsigned.strip_prefix("0X"))
    {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, unsigned),
    };
    let is_digit = |b: &u8| {
        if hex {
            b.is_ascii_hexdigit()
        } else {
            b.is_ascii_digit()
        }
    };
    let end = rest
        .bytes()
        .position(|b| !(matches!(b, b'_' | b'.') || is_digit(&b)));
    let (mantissa, after) = rest.split_at(end.unwrap_or(rest.len()));
    let points = mantissa.bytes().filter(|b| *b == b'.').count();
    if points > 1 || !mantissa.bytes().any(|b| is_digit(&b)) {
        return None;
    }
    let letter = if hex { 'p' } else { 'e' };
    let exponent = match after.chars().next() {
        None if hex => return None,
        None => 0,
        Some(c) if c.eq_ignore_ascii_case(&letter) => exponent(after.get(1..)?)?,
        Some(_) => return None,
    };
    (!unsigned.contains('_') || underscores_fit(unsigned, hex)).then_some(Parts {
        mantissa,
        exponent,
        hex,
    })
}

/// An exponent; Go stops counting at five digits, which is far outside of any format.
fn exponent(text: &str) -> Option<i64> {
    let (negative, digits) = split_sign(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut value = 0_i64;
    for c in digits.chars() {
        match c.to_digit(10) {
            Some(digit) if value < 10_000 => value = value * 10 + i64::from(digit),
            Some(_) => {}
            None if c == '_' => {}
            None => return None,
        }
    }
    Some(if negative { -value } else { value })
}

/// Whether each underscore stands between two digits (the prefix `0x` counts as one).
fn underscores_fit(unsigned: &str, hex: bool) -> bool {
    #[derive(PartialEq)]
    enum Saw {
        Start,
        Digit,
        Underscore,
        Other,
    }
    let (mut saw, rest) = if hex {
        (Saw::Digit, unsigned.get(2..).unwrap_or(""))
    } else {
        (Saw::Start, unsigned)
    };
    for c in rest.chars() {
        saw = if c.is_ascii_digit() || hex && c.is_ascii_hexdigit() {
            Saw::Digit
        } else if c == '_' {
            if saw != Saw::Digit {
                return false;
            }
            Saw::Underscore
        } else {
            if saw == Saw::Underscore {
                return false;
            }
            Saw::Other
        };
    }
    saw != Saw::Underscore
}

/// A binary floating-point format.
struct Format {
    /// Bits of the mantissa without the hidden one.
    mantissa: u32,
    /// Exponent of the smallest normal number.
    smallest: i64,
    /// Exponent of the greatest number.
    greatest: i64,
    double: bool,
}

const BINARY32: Format = Format {
    mantissa: 23,
    smallest: -126,
    greatest: 127,
    double: false,
};
const BINARY64: Format = Format {
    mantissa: 52,
    smallest: -1022,
    greatest: 1023,
    double: true,
};

fn decimal(parts: &Parts<'_>, format: &Format) -> f64 {
    // Rust rounds to the nearest, as Go does; the text is one that it always takes.
    let text = format!("{}e{}", parts.mantissa.replace('_', ""), parts.exponent);
    if format.double {
        text.parse().unwrap_or(f64::NAN)
    } else {
        text.parse::<f32>().map_or(f64::NAN, f64::from)
    }
}

/// The value of `digits` in base 16 times a power of two, rounded to the nearest, ties to even.
fn hexadecimal(parts: &Parts<'_>, format: &Format) -> f64 {
    let (mut bits, mut sticky, mut power) = (0_u64, false, parts.exponent);
    let mut whole = true;
    for c in parts.mantissa.chars() {
        let Some(digit) = c.to_digit(16) else {
            whole &= c != '.';
            continue;
        };
        let counts = if bits >> 58 == 0 {
            bits = bits << 4 | u64::from(digit);
            true
        } else {
            sticky |= digit != 0;
            false
        };
        // A digit after the point that counts lowers the power, one before it that does not
        // count raises it.
        match (whole, counts) {
            (true, false) => power += 4,
            (false, true) => power -= 4,
            _ => {}
        }
    }
    if bits == 0 {
        return 0.0;
    }
    // bits * 2^power, with the top bit at 2^top.
    let top = power + i64::from(bits.ilog2());
    // The lowest bit that the format can hold at this size.
    let lowest = top.max(format.smallest) - i64::from(format.mantissa);
    let shift = lowest - power;
    let rounded = if shift <= 0 {
        // Nothing to round; the bits fit as they are.
        return scale(bits, power, format);
    } else if shift > 64 {
        0
    } else {
        let kept = if shift == 64 { 0 } else { bits >> shift };
        let half = 1_u64 << (shift - 1);
        let rest = bits & (half | (half - 1));
        let up = rest > half || rest == half && (sticky || kept & 1 == 1);
        kept + u64::from(up)
    };
    scale(rounded, lowest, format)
}

/// `bits * 2^power`, where the format holds it without rounding, or infinity.
fn scale(bits: u64, power: i64, format: &Format) -> f64 {
    if bits == 0 {
        return 0.0;
    }
    if power + i64::from(bits.ilog2()) > format.greatest {
        return f64::INFINITY;
    }
    // In steps, so that no step leaves the range before the last one.
    #[allow(clippy::cast_precision_loss)] // At most 53 bits are set beyond trailing zeros.
    let mut value = bits as f64;
    let mut left = power;
    while left != 0 {
        let step = left.clamp(-500, 500);
        #[allow(clippy::cast_possible_truncation)] // Within 500.
        let factor = 2_f64.powi(step as i32);
        value *= factor;
        left -= step;
    }
    value
}

/// The number as plain decimal text, shortest that reads back to the same value.
pub(super) fn format_32(value: f64) -> String {
    #[allow(clippy::cast_possible_truncation)] // It came from 32 bits.
    let value = value as f32;
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 {
            "Inf".to_owned()
        } else {
            "-Inf".to_owned()
        }
    } else {
        value.to_string()
    }
}

/// A plain decimal number at the start: digits with a point and digits or none. The rest behind.
pub(super) fn split_decimal(text: &str) -> (&str, &str) {
    let (whole, rest) = split_digits(text);
    let after = rest.strip_prefix('.').map(split_digits);
    match after {
        Some((fraction, after)) if !(whole.is_empty() && fraction.is_empty()) => {
            text.split_at(text.len() - after.len())
        }
        _ => (whole, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse_32, parse_64};

    /// Short decimals go another way than long ones: both give the nearest value.
    #[test]
    fn short_decimals_are_the_nearest_values() {
        for whole in ["", "0", "7", "25", "0100", "99999", "1234567", "12345678"] {
            for fraction in [
                "", ".", ".0", ".1", ".33", ".999", ".0000001", ".1.2", ".5x",
            ] {
                let text = format!("{whole}{fraction}");
                let (short, double) = (text.parse::<f32>().ok(), text.parse::<f64>().ok());
                assert_eq!(parse_32(&text).ok(), short.map(f64::from), "{text}");
                assert_eq!(parse_64(&text).ok(), double, "{text}");
            }
        }
    }
}
