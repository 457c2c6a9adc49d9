//! What compiled CEL rules call. `None` is «undefined»: a missing operand, a malformed text, an
//! overflow; a rule that is undefined holds, as what is wrong there is reported already.

use crate::scalar::{Dialect, Magnitude};
use std::borrow::Cow;

/// `a && b`: one side may decide although the other is undefined.
pub fn and(a: impl FnOnce() -> Option<bool>, b: impl FnOnce() -> Option<bool>) -> Option<bool> {
    decided(false, a, b)
}

/// `a || b`: one side may decide although the other is undefined.
pub fn or(a: impl FnOnce() -> Option<bool>, b: impl FnOnce() -> Option<bool>) -> Option<bool> {
    decided(true, a, b)
}

fn decided(
    decides: bool,
    a: impl FnOnce() -> Option<bool>,
    b: impl FnOnce() -> Option<bool>,
) -> Option<bool> {
    let left = a();
    if left == Some(decides) {
        return left;
    }
    if b()? == decides { Some(decides) } else { left }
}

/// `list.all(x, …)`: one item may decide although another is undefined.
pub fn all<T>(items: Vec<T>, holds: impl Fn(T) -> Option<bool>) -> Option<bool> {
    any(items, |item| holds(item).map(|holds| !holds)).map(|any| !any)
}

/// `list.exists(x, …)`: one item may decide although another is undefined.
pub fn any<T>(items: Vec<T>, holds: impl Fn(T) -> Option<bool>) -> Option<bool> {
    let mut result = Some(false);
    for item in items {
        match holds(item) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => result = None,
        }
    }
    result
}

/// `list.exists_one(x, …)`.
pub fn one<T>(items: Vec<T>, holds: impl Fn(T) -> Option<bool>) -> Option<bool> {
    let mut found = 0;
    for item in items {
        found += usize::from(holds(item)?);
    }
    Some(found == 1)
}

/// `list.map(x, …)`.
pub fn map<T, U>(items: Vec<T>, value: impl Fn(T) -> Option<U>) -> Option<Vec<U>> {
    items.into_iter().map(value).collect()
}

/// `list.filter(x, …)`.
pub fn filter<T: Clone>(items: Vec<T>, holds: impl Fn(T) -> Option<bool>) -> Option<Vec<T>> {
    let kept = items
        .into_iter()
        .map(|item| Some((holds(item.clone())?, item)));
    let kept: Vec<(bool, T)> = kept.collect::<Option<_>>()?;
    Some(
        kept.into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, item)| item)
            .collect(),
    )
}

/// `list[at]`.
pub fn item<T>(items: Vec<T>, at: i64) -> Option<T> {
    items.into_iter().nth(usize::try_from(at).ok()?)
}

/// `a + b` of lists.
pub fn join<T>(mut a: Vec<T>, b: Vec<T>) -> Vec<T> {
    a.extend(b);
    a
}

/// `a + b` of texts.
pub fn concat<'a>(a: Cow<'a, str>, b: Cow<'a, str>) -> Cow<'a, str> {
    a + b
}

/// A number of things.
pub fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Characters of a text.
pub fn characters(text: &str) -> i64 {
    count(text.chars().count())
}

/// `text.matches('…')`.
pub fn matches(text: &str, pattern: &'static str) -> bool {
    crate::pattern::matches(pattern, text)
}

/// `text.matches(pattern)`; undefined if the pattern is none.
pub fn matches_any(text: &str, pattern: &str) -> Option<bool> {
    Some(crate::scalar::Pattern::new(pattern).ok()?.is_match(text))
}

/// Nanoseconds of a text with a grammar.
pub fn nanos(dialect: Dialect, text: &str) -> Option<i64> {
    match dialect.parse(text).ok()? {
        Magnitude::Nanoseconds(nanos) => Some(nanos),
        _ => None,
    }
}

/// Whole number that a text with a grammar says: bytes, bytes a second.
pub fn whole(dialect: Dialect, text: &str) -> Option<i64> {
    /// 2^63 is a float, the greatest whole number of 64 bits is not.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let magnitude = dialect.parse(text).ok()?;
    if dialect == Dialect::IntegerGo {
        // A float holds whole numbers only up to 2^53.
        return text.parse().ok();
    }
    let value = magnitude.value()?.trunc();
    #[allow(clippy::cast_possible_truncation)] // The range is checked.
    (-LIMIT..LIMIT).contains(&value).then_some(value as i64)
}

/// Number that a text with a grammar says: percentages.
pub fn number(dialect: Dialect, text: &str) -> Option<f64> {
    dialect.parse(text).ok()?.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_side_decides_although_the_other_is_undefined() {
        assert_eq!(and(|| None, || Some(false)), Some(false));
        assert_eq!(and(|| None, || Some(true)), None);
        assert_eq!(or(|| None, || Some(true)), Some(true));
        assert_eq!(or(|| Some(false), || None), None);
        assert_eq!(all(vec![1, 2], |x| (x == 2).then_some(false)), Some(false));
        assert_eq!(all(vec![1, 2], |x| (x == 2).then_some(true)), None);
        assert_eq!(all(Vec::<u8>::new(), |_| None), Some(true));
        assert_eq!(any(vec![1, 2], |x| (x == 2).then_some(true)), Some(true));
        assert_eq!(one(vec![1, 1], |x| Some(x == 1)), Some(false));
    }

    #[test]
    fn texts_say_amounts_or_nothing() {
        assert_eq!(nanos(Dialect::DurationGo, "1s"), Some(1_000_000_000));
        assert_eq!(nanos(Dialect::DurationGo, "1 s"), None);
        assert_eq!(
            whole(Dialect::IntegerGo, "9007199254740993"),
            Some(9_007_199_254_740_993)
        );
        assert_eq!(number(Dialect::PercentGo, "2.5"), Some(2.5));
    }
}
