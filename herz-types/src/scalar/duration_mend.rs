//! What the author of a malformed duration may have meant.

use super::go_float::split_decimal;
use super::go_text::{split_sign, without_blanks};

/// Texts to try, the likeliest first.
pub(super) fn candidates(text: &str) -> Vec<String> {
    let compact = without_blanks(text);
    let mut all = vec![compact.clone(), compact.to_lowercase()];
    if let Some(spelled) = spell(&compact.to_lowercase()) {
        all.push(spelled);
    }
    all
}

/// Spells numbers with words (`2min`, `1d12h`, `PT5M`) and a last number without a unit anew.
fn spell(text: &str) -> Option<String> {
    let (negative, unsigned) = split_sign(text);
    let comma = unsigned.replace(',', ".");
    let mut rest = comma.strip_prefix("pt").unwrap_or(&comma);
    let mut out = String::new();
    let mut last = "";
    while !rest.is_empty() {
        let (number, after) = split_decimal(rest);
        let value: f64 = number.parse().ok()?;
        let (value, after) = match exponent(after) {
            Some((exponent, behind)) => (value * 10_f64.powi(exponent), behind),
            None => (value, after),
        };
        let end = after
            .find(|c: char| c == '.' || c.is_ascii_digit())
            .unwrap_or(after.len());
        let (word, behind) = after.split_at(end);
        let (factor, unit) = match word {
            // What follows minutes without a unit are seconds.
            "" => (1.0, if last == "h" { "m" } else { "s" }),
            "ns" | "nanos" | "nanoseconds" => (1.0, "ns"),
            "us" | "µs" | "μs" | "usec" | "micros" | "microseconds" => (1.0, "us"),
            "ms" | "msec" | "msecs" | "millis" | "milliseconds" => (1.0, "ms"),
            "s" | "sec" | "secs" | "second" | "seconds" => (1.0, "s"),
            "m" | "min" | "mins" | "minute" | "minutes" => (1.0, "m"),
            "h" | "hr" | "hrs" | "hour" | "hours" => (1.0, "h"),
            "d" | "day" | "days" => (24.0, "h"),
            "w" | "wk" | "week" | "weeks" => (168.0, "h"),
            _ => return None,
        };
        out.extend([&(value * factor).to_string(), unit]);
        (last, rest) = (unit, behind);
    }
    Some(if negative { format!("-{out}") } else { out })
}

/// `e3` at the start: the exponent, and the rest.
fn exponent(text: &str) -> Option<(i32, &str)> {
    let digits = text.strip_prefix('e')?;
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    let exponent: i32 = digits.parse().ok()?;
    (exponent <= 15).then_some((exponent, rest))
}
