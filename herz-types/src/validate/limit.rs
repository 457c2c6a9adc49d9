//! Limits on a value. `filled` is about fields and stands in [`super::object`].

use super::list_rule::own;
use super::path::effective;
use super::place::Place;
use super::{Context, Flags};
use crate::bounds::{Edge, in_count, in_range, is_multiple, is_whole_multiple};
use crate::codes::{self, Code};
use crate::message::{self, End};
use crate::scalar::{Bytes, Dialect};
use crate::table::{Bound, Choice, Layer, Limit, LimitKind, Normalize, Shape};
use crate::view::{View, to_json};
use crate::{Level, pattern};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is known of a value besides its shape.
#[derive(Clone, Copy)]
pub(super) struct Outer {
    /// How the platform rewrites a text before admission.
    pub(super) normalize: Option<&'static Normalize>,
    /// Whether an empty value is replaced before structure judges, and before admission judges.
    pub(super) mended: (bool, bool),
}

impl Context {
    /// Judges a value by the limits of its type and field.
    pub(super) fn limits(
        &mut self,
        place: &Place<'_>,
        view: View<'_>,
        shape: &'static Shape,
        outer: Outer,
        flags: Flags,
    ) {
        for limit in shape.all() {
            let mended = match limit.layer {
                Layer::Structure => outer.mended.0,
                Layer::Admission => outer.mended.1,
            };
            if mended && !view.is_filled() {
                continue;
            }
            if !self.limit(place, view, limit, shape.dialect(), outer, flags) {
                return;
            }
        }
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each kind of limit")]
    /// Judges a value by one limit. False if the value is so wrong that no other limit says more.
    fn limit(
        &mut self,
        place: &Place<'_>,
        view: View<'_>,
        limit: &'static Limit,
        dialect: Option<Dialect>,
        outer: Outer,
        flags: Flags,
    ) -> bool {
        let level = flags.level(limit.level, limit.layer);
        let normalize = outer.normalize.filter(|_| limit.layer == Layer::Admission);
        let seen = |text| normalize.map_or(Cow::Borrowed(text), |normalize| normalize.apply(text));
        let found: Option<(Code, String)> = match (&limit.kind, view) {
            (LimitKind::Range { min, max }, _) => match magnitude(view, dialect) {
                Some(number)
                    if !in_range(number, min.as_ref().map(edge), max.as_ref().map(edge)) =>
                {
                    let text = shown(view).filter(|_| !flags.sensitive);
                    let message = message::out_of_range(
                        text.as_deref(),
                        end(min.as_ref()),
                        end(max.as_ref()),
                    );
                    Some((codes::OUT_OF_RANGE, message))
                }
                _ => None,
            },
            (LimitKind::MultipleOf(step), _) => match magnitude(view, dialect) {
                Some(number) if *step != 0.0 && !divides(view, number, *step) => {
                    let text = shown(view).filter(|_| !flags.sensitive);
                    Some((
                        codes::MULTIPLE_OF,
                        message::multiple_of(text.as_deref(), *step),
                    ))
                }
                _ => None,
            },
            (LimitKind::Length { min, max }, View::Text(text)) => {
                let characters = seen(text).chars().count() as u64;
                (!in_count(characters, *min, *max))
                    .then(|| (codes::LENGTH, message::length(characters, *min, *max)))
            }
            (LimitKind::Items { min, max }, View::List(_) | View::Map(_)) => {
                let entries = match view {
                    View::List(list) => list.len(),
                    View::Map(map) => map.len(),
                    _ => 0,
                } as u64;
                (!in_count(entries, *min, *max))
                    .then(|| (codes::ITEMS, message::items(entries, *min, *max)))
            }
            // A malformed text is reported as that; one cause, one finding.
            (LimitKind::Pattern(_), View::Text(text))
                if !flags.advice
                    && !text.is_empty()
                    && dialect.is_some_and(|dialect| dialect.parse(&seen(text)).is_err()) =>
            {
                None
            }
            (LimitKind::Pattern(pattern), View::Text(text)) => {
                (!pattern::matches(pattern, &seen(text)))
                    .then(|| (codes::PATTERN, message::pattern(flags.show(text), pattern)))
            }
            (LimitKind::UniqueItems, View::List(_)) => {
                self.unique_items(place, view, level, flags);
                None
            }
            (LimitKind::ToldApart(by), View::List(_)) => {
                self.told_apart(place, view, by, level, flags);
                None
            }
            (
                LimitKind::Scalar {
                    allow_empty: true, ..
                }
                | LimitKind::Grammar {
                    allow_empty: true, ..
                },
                View::Text(""),
            ) => None,
            (
                LimitKind::Scalar { dialect, .. } | LimitKind::Grammar { dialect, .. },
                View::Text(text),
            ) => dialect.parse(&seen(text)).err().map(|error| {
                let what = flags.show(&error.message);
                let message = message::grammar(what, &error.allowed);
                (codes::GRAMMAR, message)
            }),
            (LimitKind::Grammar { .. } | LimitKind::OneOf(_), View::List(list)) => {
                // On a list of texts the limit is about each of them.
                for index in 0..list.len() {
                    if let View::Text(_) = list.item(index) {
                        self.limit(
                            &place.item(index),
                            list.item(index),
                            limit,
                            None,
                            outer,
                            flags,
                        );
                    }
                }
                None
            }
            (LimitKind::Enum(choice), View::Text(text)) => {
                return self.choice(place, text, choice, level, flags);
            }
            (LimitKind::OneOf(values), View::Text(text)) => {
                (!values.contains(&&*seen(text))).then(|| {
                    (
                        codes::NOT_ALLOWED,
                        message::not_allowed(flags.show(text), values.iter().copied()),
                    )
                })
            }
            (LimitKind::Base64, View::Text(text)) => match Bytes::new(text).decode() {
                Ok(_) => None,
                Err(error) => {
                    self.push(
                        place,
                        codes::GRAMMAR,
                        level,
                        message::not_base64(&error.message),
                    );
                    return false;
                }
            },
            _ => None,
        };
        if let Some((code, message)) = found {
            self.push(place, code, level, message);
        }
        true
    }

    /// One of the values of an enum. False if it is none.
    fn choice(
        &mut self,
        place: &Place<'_>,
        text: &str,
        choice: &'static Choice,
        level: Level,
        flags: Flags,
    ) -> bool {
        if choice.values.contains(&text) {
            if let Some((name, deprecated)) =
                choice.deprecated.iter().find(|(name, _)| *name == text)
            {
                self.deprecated(place, "value", name, deprecated);
            }
            return true;
        }
        if text.is_empty() && choice.allow_empty {
            return false;
        }
        if let Some((name, since)) = choice.gone.iter().find(|(name, _)| *name == text) {
            let (platform, until) = since.rsplit_once(' ').unwrap_or(("", since));
            let message = message::gone("value", name, platform, until, "the newest release");
            self.push(place, codes::GONE, level, message);
        } else {
            let message = message::not_allowed(flags.show(text), choice.values.iter().copied());
            self.push(place, codes::NOT_ALLOWED, level, message);
        }
        false
    }

    fn unique_items(&mut self, place: &Place<'_>, view: View<'_>, level: Level, flags: Flags) {
        let View::List(list) = view else { return };
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for index in 0..list.len() {
            let item = list.item(index);
            if let Some(first) = seen.get(&key(item)) {
                let text = shown(item).filter(|_| !flags.sensitive);
                let message = message::duplicate_item(text.as_deref(), *first);
                self.push(&place.item(index), codes::DUPLICATE_ITEM, level, message);
            } else {
                seen.insert(key(item), index);
            }
        }
    }

    fn told_apart(
        &mut self,
        place: &Place<'_>,
        view: View<'_>,
        by: &[&str],
        level: Level,
        flags: Flags,
    ) {
        let View::List(list) = view else { return };
        let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for index in 0..list.len() {
            let Some((keys, shown)) = identity(list.item(index), by) else {
                continue;
            };
            if let Some(first) = seen.get(&keys) {
                let text = shown.filter(|_| !flags.sensitive);
                let message = message::duplicate_item(text.as_deref(), *first);
                self.push(&place.item(index), codes::DUPLICATE_ITEM, level, message);
            } else {
                seen.insert(keys, index);
            }
        }
    }
}

/// What an entry is told apart by, and how messages show it. None: a key is absent, which is reported as that.
fn identity(item: View<'_>, by: &[&str]) -> Option<(Vec<String>, Option<String>)> {
    if by.is_empty() {
        return Some((vec![key(item)], shown(item).map(Cow::into_owned)));
    }
    let (mut keys, mut all) = (Vec::new(), Some(Vec::new()));
    for name in by {
        let (value, hidden) = match item {
            View::Object(object) => {
                let table = object.table();
                let at = table.position(name)?;
                let field = table.fields.get(at)?;
                let value = effective(field, object.field(at), Layer::Structure);
                (value, field.sensitive)
            }
            _ => (own(item, name), false),
        };
        if matches!(value, View::Absent | View::Null | View::Generated) {
            return None;
        }
        keys.push(key(value));
        let text = shown(value).filter(|_| !hidden);
        all = all.zip(text).map(|(mut all, text)| {
            all.push(format!("{name}: {text}"));
            all
        });
    }
    Some((keys, all.map(|all| all.join(", "))))
}

/// A text that is the same for equal values and different for different ones.
pub(super) fn key(view: View<'_>) -> String {
    to_json(view).map_or_else(String::new, |json| json.to_string())
}

/// A single value as messages show it; lists and objects are not shown.
pub(super) fn shown(view: View<'_>) -> Option<Cow<'_, str>> {
    match view {
        View::Text(text) => Some(text.into()),
        View::Int(value) => Some(value.to_string().into()),
        View::Float(value) => Some(value.to_string().into()),
        View::Bool(value) => Some(value.to_string().into()),
        View::Absent
        | View::Null
        | View::List(_)
        | View::Map(_)
        | View::Object(_)
        | View::Generated => None,
    }
}

/// The number that a range is about.
#[allow(clippy::cast_precision_loss)] // Limits are far below 2^53.
fn magnitude(view: View<'_>, dialect: Option<Dialect>) -> Option<f64> {
    match view {
        View::Int(value) => Some(value as f64),
        View::Float(value) => Some(value),
        View::Text(text) => dialect?.parse(text).ok()?.value(),
        _ => None,
    }
}

/// Whether a value, or the number that it says, is a multiple of a step.
fn divides(view: View<'_>, number: f64, step: f64) -> bool {
    match view {
        View::Int(value) => is_whole_multiple(value, step),
        _ => is_multiple(number, step),
    }
}

fn end(bound: Option<&Bound>) -> End<'static> {
    bound.map(|bound| (bound.text, bound.exclusive))
}

fn edge(bound: &Bound) -> Edge {
    Edge {
        value: bound.value,
        exclusive: bound.exclusive,
    }
}
