//! What Go's `strings` and `strconv` do to texts, where it differs from Rust's.

use std::borrow::Cow;

/// Lower case as Go's `strings.ToLower`, as far as the result is ASCII: two letters outside of
/// ASCII (`K` the Kelvin sign, `İ`) become ASCII ones.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    // As nearly every text is.
    if text
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        return text.into();
    }
    text.chars()
        .map(|c| match c {
            '\u{212A}' => 'k',
            '\u{130}' => 'i',
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Decimal digits at the start, and the rest.
pub(super) fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|b| !b.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// A sign at the start (whether it is a minus), and the rest.
pub(super) fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Why a text is no whole number for [`atoi`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotInteger {
    Malformed,
    TooBig,
}

/// A whole number as Go's `strconv.Atoi`: a sign or none, decimal digits, 64 bits.
pub(super) fn atoi(text: &str) -> Result<i64, NotInteger> {
    let (_, digits) = split_sign(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotInteger::Malformed);
    }
    text.parse().map_err(|_| NotInteger::TooBig)
}

/// A text that is decimal digits only and one at least.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A text without any white space.
pub(super) fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
