//! What CEL rules in generated code are made of.
//!
//! A rule's expression becomes plain Rust. `None` is «no value»: a field is absent, a text is
//! malformed, a number does not fit. It is passed on with `?`; the functions here are for where
//! another operand may still decide, and for what Rust spells differently.

use crate::scalar::{Dialect, Magnitude, Scalar, Text};

/// `a && b`: false as soon as one of them is.
///
/// ```
/// use herz_types::cel::and;
/// assert_eq!(and(|| None, || Some(false)), Some(false));
/// assert_eq!(and(|| None, || Some(true)), None);
/// ```
pub fn and(a: impl FnOnce() -> Option<bool>, b: impl FnOnce() -> Option<bool>) -> Option<bool> {
    match a() {
        Some(false) => Some(false),
        left => match b() {
            Some(false) => Some(false),
            right => left.and(right),
        },
    }
}

/// `a || b`: true as soon as one of them is.
pub fn or(a: impl FnOnce() -> Option<bool>, b: impl FnOnce() -> Option<bool>) -> Option<bool> {
    match a() {
        Some(true) => Some(true),
        left => match b() {
            Some(true) => Some(true),
            right => left.and(right),
        },
    }
}

/// `items.all(…)`: false as soon as the test is false for one item.
pub fn all<T>(
    items: impl IntoIterator<Item = T>,
    mut test: impl FnMut(T) -> Option<bool>,
) -> Option<bool> {
    let mut result = Some(true);
    for item in items {
        match test(item) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => result = None,
        }
    }
    result
}

/// `items.exists(…)`: true as soon as the test is true for one item.
pub fn exists<T>(
    items: impl IntoIterator<Item = T>,
    mut test: impl FnMut(T) -> Option<bool>,
) -> Option<bool> {
    all(items, |item| test(item).map(|found| !found)).map(|none| !none)
}

/// `items.exists_one(…)`: whether the test is true for exactly one item.
pub fn exists_one<T>(
    items: impl IntoIterator<Item = T>,
    mut test: impl FnMut(T) -> Option<bool>,
) -> Option<bool> {
    let mut found = 0_usize;
    for item in items {
        found += usize::from(test(item)?);
    }
    Some(found == 1)
}

/// `items.filter(…)`: the items for which the test is true.
pub fn filter<T>(
    items: impl IntoIterator<Item = T>,
    mut test: impl FnMut(&T) -> Option<bool>,
) -> Option<Vec<T>> {
    let mut kept = Vec::new();
    for item in items {
        if test(&item)? {
            kept.push(item);
        }
    }
    Some(kept)
}

/// The item at a place; none outside the list.
pub fn item<T>(items: &[T], at: i64) -> Option<&T> {
    items.get(usize::try_from(at).ok()?)
}

/// Two lists, one behind the other.
pub fn joined<T>(mut a: Vec<T>, b: Vec<T>) -> Vec<T> {
    a.extend(b);
    a
}

/// Two texts, one behind the other.
pub fn concat(a: &str, b: &str) -> String {
    [a, b].concat()
}

/// Characters of a text.
pub fn size(text: &str) -> i64 {
    count(text.chars().count())
}

/// A number of entries as an int.
pub fn count(entries: usize) -> i64 {
    i64::try_from(entries).unwrap_or(i64::MAX)
}

/// Whether a pattern in the portable subset matches somewhere in a text.
pub fn matches(pattern: &'static str, text: &str) -> bool {
    crate::pattern::matches(pattern, text)
}

/// Nanoseconds of a duration.
pub fn nanos<S: Scalar>(text: &Text<S>) -> Option<i64> {
    match magnitude(text)? {
        Magnitude::Nanoseconds(nanos) => Some(nanos),
        _ => None,
    }
}

/// A size or rate in whole bytes, or a whole number; none if 64 bits don't hold it.
pub fn whole<S: Scalar>(text: &Text<S>) -> Option<i64> {
    // 2^63 is a float, the greatest int is not.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let value = magnitude(text)?.value()?;
    if S::DIALECT == Dialect::IntegerGo {
        // A float holds whole numbers only up to 2^53.
        return text.as_str().parse().ok();
    }
    #[allow(clippy::cast_possible_truncation)] // The range is checked; fractions are cut off.
    (-LIMIT..LIMIT).contains(&value).then_some(value as i64)
}

/// A percentage or quantity as a number.
pub fn number<S: Scalar>(text: &Text<S>) -> Option<f64> {
    magnitude(text)?.value()
}

fn magnitude<S: Scalar>(text: &Text<S>) -> Option<Magnitude> {
    text.get().ok().map(|value| value.magnitude())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scalar::{GoDuration, GoFloat, GoInteger};

    #[test]
    fn one_side_decides_although_the_other_is_undefined() {
        assert_eq!(and(|| None, || Some(false)), Some(false));
        assert_eq!(and(|| None, || Some(true)), None);
        assert_eq!(or(|| None, || Some(true)), Some(true));
        assert_eq!(or(|| Some(false), || None), None);
        assert_eq!(all([1, 2], |x| (x == 2).then_some(false)), Some(false));
        assert_eq!(all([1, 2], |x| (x == 2).then_some(true)), None);
        assert_eq!(all([0; 0], |_| None), Some(true));
        assert_eq!(exists([1, 2], |x| (x == 2).then_some(true)), Some(true));
        assert_eq!(exists_one([1, 1], |x| Some(x == 1)), Some(false));
        assert_eq!(filter([1, 2], |x| Some(*x > 1)), Some(vec![2]));
    }

    #[test]
    fn texts_say_amounts_or_nothing() {
        assert_eq!(nanos(&Text::<GoDuration>::new("1s")), Some(1_000_000_000));
        assert_eq!(nanos(&Text::<GoDuration>::new("1 s")), None);
        let exact = Text::<GoInteger>::new("9007199254740993");
        assert_eq!(whole(&exact), Some(9_007_199_254_740_993));
        assert_eq!(number(&Text::<GoFloat>::new("2.5")), Some(2.5));
        assert_eq!(size("ü𝄞"), 2);
        assert_eq!(item(&[1, 2], -1), None);
    }
}
