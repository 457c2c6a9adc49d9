//! What a plain text means: YAML 1.2's core schema, and the spellings that readers disagree about.

use super::Resolved;

/// Resolves a plain text by YAML 1.2's core schema.
pub(super) fn resolve(text: &str) -> Resolved {
    let Some(&first) = text.as_bytes().first() else {
        return Resolved::Null;
    };
    match first {
        b'~' | b'n' | b'N' => match text {
            "~" | "null" | "Null" | "NULL" => Resolved::Null,
            _ => Resolved::Text,
        },
        b't' | b'T' => match text {
            "true" | "True" | "TRUE" => Resolved::Bool(true),
            _ => Resolved::Text,
        },
        b'f' | b'F' => match text {
            "false" | "False" | "FALSE" => Resolved::Bool(false),
            _ => Resolved::Text,
        },
        b'0'..=b'9' | b'+' | b'-' | b'.' => number(text),
        _ => Resolved::Text,
    }
}

/// Whether [`resolve`] says null.
pub(super) fn is_null(text: &str) -> bool {
    text.len() <= 4 && matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn number(text: &str) -> Resolved {
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            return Resolved::Float(if text.starts_with('-') {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            });
        }
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => {
            return Resolved::Float(f64::NAN);
        }
        _ => {}
    }
    if !unsigned.is_empty() && unsigned.bytes().all(|b| b.is_ascii_digit()) {
        if let Ok(value) = text.parse::<i64>() {
            return Resolved::Int(value);
        }
        if let Ok(value) = text.parse::<u64>() {
            return Resolved::Uint(value);
        }
        return text.parse().map_or(Resolved::Text, Resolved::Float);
    }
    // Most of what is no number here is an amount such as `10ms`.
    let of_decimal = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    if unsigned.bytes().all(of_decimal) && is_decimal(unsigned) {
        return text.parse().map_or(Resolved::Text, Resolved::Float);
    }
    Resolved::Text
}

/// `0x…` and `0o…` have no sign in the core schema.
fn radix(digits: &str, radix: u32) -> Resolved {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Resolved::Text;
    }
    if let Ok(value) = i64::from_str_radix(digits, radix) {
        return Resolved::Int(value);
    }
    if let Ok(value) = u64::from_str_radix(digits, radix) {
        return Resolved::Uint(value);
    }
    let value = digits.chars().fold(0.0, |sum, c| {
        sum * f64::from(radix) + f64::from(c.to_digit(radix).unwrap_or(0))
    });
    Resolved::Float(value)
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at).unwrap_or(""), text.get(at + 1..)),
        None => (text, None),
    };
    if let Some(exponent) = exponent
        && !digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
    {
        return false;
    }
    match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A plain text that YAML readers read as different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ambiguous {
    /// `017`: 17 by YAML 1.2, 15 by YAML 1.1.
    LeadingZero,
    /// `1_000`: a text by YAML 1.2, 1000 by YAML 1.1.
    Underscore,
    /// `12:30:45`: a text by YAML 1.2, a count of seconds by YAML 1.1.
    Sexagesimal,
    /// `0b101`: a text by YAML 1.2, 5 by YAML 1.1.
    Binary,
}

/// Whether readers disagree about a plain text.
pub(super) fn ambiguous(text: &str) -> Option<Ambiguous> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let first = *unsigned.as_bytes().first()?;
    if !first.is_ascii_digit() {
        return None;
    }
    if unsigned.len() > 1 && first == b'0' && digits(unsigned) {
        return Some(Ambiguous::LeadingZero);
    }
    if let Some(rest) = unsigned.strip_prefix("0b") {
        let binary = !rest.is_empty() && rest.bytes().all(|b| matches!(b, b'0' | b'1' | b'_'));
        return binary.then_some(Ambiguous::Binary);
    }
    if unsigned.contains(':') {
        return sexagesimal(unsigned).then_some(Ambiguous::Sexagesimal);
    }
    if unsigned.contains('_') {
        let bare: String = unsigned.chars().filter(|c| *c != '_').collect();
        let hex = bare.strip_prefix("0x");
        let is_number = hex.map_or_else(
            || is_decimal(&bare),
            |hex| !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()),
        );
        return is_number.then_some(Ambiguous::Underscore);
    }
    None
}

/// `[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?`
fn sexagesimal(text: &str) -> bool {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit() || b == b'_') => {
            whole
        }
        Some(_) => return false,
        None => text,
    };
    let mut parts = whole.split(':');
    let first = parts.next().is_some_and(|part| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_digit() || b == b'_')
    });
    first
        && parts.all(|part| match part.as_bytes() {
            [one] => one.is_ascii_digit(),
            [ten, one] => (b'0'..=b'5').contains(ten) && one.is_ascii_digit(),
            _ => false,
        })
}
