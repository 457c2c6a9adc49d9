//! Straight checks: what generated code asks before anything walks a table.
//!
//! Valid documents are the rule. So each generated type has a method that says, by plain comparisons
//! of its fields, which parts of it *may* be wrong ([`Object::doubts`](crate::view::Object::doubts)); the
//! validator looks only at those, and it alone decides and words what is found. A doubt too many
//! costs time, one too few would hide a finding: straight code doubts whatever it can't say.

use crate::bounds::{Edge, in_range, is_multiple, is_whole_multiple};
use crate::meta::ObjectMeta;
use crate::scalar::{Dns1123, Scalar};
use crate::table::Literal;
use crate::view::{Look, View};
use serde_json::Value as Json;

/// Parts of an object that may be wrong: its fields in the order of the table, then its union, then
/// its rules, then (of documents) the name and what ends the fault.
///
/// ```
/// use herz_types::doubt::Doubts;
///
/// let mut doubts = Doubts::NONE;
/// doubts.unless(2, "a".len() == 1);
/// assert!(doubts.is_none());
/// doubts.unless(3, "a".len() == 2);
/// assert!(doubts.about(3) && !doubts.about(2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubts(u64);

impl Doubts {
    /// Nothing can be wrong.
    pub const NONE: Self = Self(0);

    /// Anything may be wrong, keys that are no fields included.
    pub const ALL: Self = Self(u64::MAX);

    /// Doubts the part at that place, unless it is fine. Places from the 64th on share a doubt.
    #[inline]
    pub const fn unless(&mut self, part: usize, fine: bool) {
        self.0 |= (!fine as u64) << Self::bit(part);
    }

    /// Whether nothing is doubted.
    #[inline]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the part at that place is doubted.
    #[inline]
    pub const fn about(self, part: usize) -> bool {
        self.0 >> Self::bit(part) & 1 == 1
    }

    const fn bit(part: usize) -> usize {
        if part < 63 { part } else { 63 }
    }
}

/// Whether a value is there and one of these.
#[inline]
pub fn is_one(view: View<'_>, of: &[Literal]) -> bool {
    of.iter().any(|one| view.equals(one))
}

/// A number of a struct as limits see it.
pub trait Number: Copy {
    /// The number; beyond 2^53 the nearest one.
    fn number(self) -> f64;

    /// Whether it is a multiple of a step.
    fn is_multiple(self, step: f64) -> bool;

    /// The number that a value is; zero if it is none of this type.
    fn amount(value: &Json) -> Self;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Number for $number {
            #[inline]
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "as the validator sees it")]
            fn number(self) -> f64 {
                self as f64
            }

            #[inline]
            fn is_multiple(self, step: f64) -> bool {
                is_whole_multiple(i128::from(self), step)
            }

            #[inline]
            fn amount(value: &Json) -> Self {
                let narrowed = match value.as_i64() {
                    Some(number) => number.try_into().ok(),
                    None => value.as_u64().and_then(|number| number.try_into().ok()),
                };
                narrowed.unwrap_or_default()
            }
        }
    )*};
}

numbers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Number for f64 {
    #[inline]
    fn number(self) -> f64 {
        self
    }

    #[inline]
    fn is_multiple(self, step: f64) -> bool {
        is_multiple(self, step)
    }

    #[inline]
    fn amount(value: &Json) -> Self {
        value.as_f64().unwrap_or_default()
    }
}

/// One end of a range that includes it.
pub const fn at(value: f64) -> Option<Edge> {
    Some(Edge {
        value,
        exclusive: false,
    })
}

/// One end of a range that does not include it.
pub const fn beyond(value: f64) -> Option<Edge> {
    Some(Edge {
        value,
        exclusive: true,
    })
}

/// Whether a number is in a range.
#[inline]
pub fn within(number: impl Number, min: Option<Edge>, max: Option<Edge>) -> bool {
    in_range(number.number(), min, max)
}

/// Whether a number is a multiple of a step.
#[inline]
pub fn multiple(number: impl Number, step: f64) -> bool {
    step == 0.0 || number.is_multiple(step)
}

/// Whether a text is well formed.
#[inline]
pub fn reads<S: Scalar>(text: &str) -> bool {
    S::parse(text).is_ok()
}

/// Whether a text is well formed, and what it says passes the test; a text that says no number
/// passes it.
#[inline]
pub fn said<S: Scalar>(text: &str, test: impl FnOnce(f64) -> bool) -> bool {
    S::parse(text).is_ok_and(|value| value.magnitude().value().is_none_or(test))
}

/// Number of characters.
#[inline]
pub fn characters(text: &str) -> usize {
    text.chars().count()
}

/// Lists longer than this are left to the validator, whose time grows with their length only.
const SHORT: usize = 48;

/// Whether a few texts differ, those that are not there left out.
pub fn distinct<'a>(texts: impl Iterator<Item = Option<&'a str>> + Clone) -> bool {
    if texts.clone().nth(SHORT).is_some() {
        return false;
    }
    let mut rest = texts;
    while let Some(text) = rest.next() {
        if let Some(text) = text
            && rest.clone().any(|other| other == Some(text))
        {
            return false;
        }
    }
    true
}

/// Whether a text is one of a few.
pub fn is_known(text: &str, known: &[&str]) -> bool {
    known.iter().take(SHORT).any(|one| *one == text)
}

/// Whether references between a few entries form no circle: each entry's name, and the names it
/// refers to.
pub fn acyclic(entries: &[(Option<&str>, Vec<&str>)]) -> bool {
    if entries.len() > SHORT {
        return false;
    }
    let place = |name: &str| entries.iter().position(|(own, _)| *own == Some(name));
    // Takes away, again and again, the entries that refer to nothing that is left.
    let mut left = vec![true; entries.len()];
    loop {
        let mut changed = false;
        for (at, (_, edges)) in entries.iter().enumerate() {
            let is_left = |at: usize| left.get(at).copied().unwrap_or(false);
            if is_left(at) && !edges.iter().any(|name| place(name).is_some_and(is_left)) {
                if let Some(one) = left.get_mut(at) {
                    *one = false;
                }
                changed = true;
            }
        }
        if !changed {
            return !left.contains(&true);
        }
    }
}

/// Whether a document has a name that Kubernetes takes, or the beginning of one.
pub fn is_named(metadata: Option<&ObjectMeta>) -> bool {
    let Some(metadata) = metadata else {
        return false;
    };
    match metadata.name.as_deref() {
        Some(name) if !name.is_empty() => Dns1123::accepts(name),
        _ => metadata
            .generate_name
            .as_ref()
            .is_some_and(|prefix| !prefix.is_empty()),
    }
}

/// Whether a value is there and not empty, zero or false.
#[inline]
pub fn is_filled(value: &(impl Look + ?Sized)) -> bool {
    value.is_filled()
}

// Values that are not read yet. What has another type than asked for is seen as empty: its own check
// doubts it.

/// The values of an object's fields by their places in the table; none if it is no object, or has a key
/// that is no field's name.
#[inline]
pub fn slots<const N: usize>(
    value: &Json,
    place: impl Fn(&str) -> usize,
) -> Option<[Option<&Json>; N]> {
    let mut slots = [None; N];
    for (key, value) in value.as_object()? {
        *slots.get_mut(place(key))? = Some(value);
    }
    Some(slots)
}

/// A value that is not null.
#[inline]
pub fn known(value: Option<&Json>) -> Option<&Json> {
    value.filter(|value| !value.is_null())
}

/// A field's value, unless that is null.
#[inline]
pub fn field<'v>(object: &'v Json, wire: &str) -> Option<&'v Json> {
    known(object.as_object()?.get(wire))
}

/// A text.
#[inline]
pub fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

/// The items of a list.
#[inline]
pub fn items(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The entries of a map.
#[inline]
pub fn entries(value: &Json) -> &serde_json::Map<String, Json> {
    static NONE: std::sync::LazyLock<serde_json::Map<String, Json>> =
        std::sync::LazyLock::new(serde_json::Map::new);
    value.as_object().unwrap_or_else(|| &NONE)
}

/// A number.
#[inline]
pub fn amount<T: Number>(value: &Json) -> T {
    T::amount(value)
}
