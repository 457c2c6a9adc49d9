//! Limits on a value: range, length, items, pattern, multipleOf, unique, grammar, oneOf. `filled`
//! is about fields and stands in [`super::object`].

use super::context::{Context, Flags, Known};
use super::limit::{Limit, end};
use super::report::{At, Frame, finding};
use super::shape::level;
use super::text::normalized;
use super::value::Outer;
use crate::catalog::{Bound, ConstraintKind, Layer};
use crate::diagnostic::{Diagnostic, Level};
use crate::tree::Node;
use herz_types::bounds::{Edge, in_count, in_range, is_multiple, is_whole_multiple};
use herz_types::codes;
use herz_types::message;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Judges a value by the limits of its field or type.
    #[inline]
    pub(super) fn limits(
        &mut self,
        frame: &Frame<'t>,
        value: Known<'t>,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        // Most values have none.
        if !outer.limits.is_empty() {
            self.all_limits(frame, value, outer, flags);
        }
    }

    fn all_limits(
        &mut self,
        frame: &Frame<'t>,
        value: Known<'t>,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        for limit in outer.limits {
            let layer = limit.constraint.layer;
            let mended = if layer == Layer::Structure {
                outer.mended.0
            } else {
                outer.mended.1
            };
            if mended && value.is_empty() {
                continue;
            }
            self.limit(frame, value, limit, outer, flags);
        }
    }

    #[allow(clippy::too_many_lines)] // One arm for each kind of limit.
    fn limit(
        &mut self,
        frame: &Frame<'t>,
        value: Known<'t>,
        limit: &Limit<'c>,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        let constraint = limit.constraint;
        let level = level(constraint.level, constraint.layer, flags.advice);
        let normalize = outer
            .normalize
            .filter(|_| constraint.layer == Layer::Admission);
        let shown = |text: &'t str| flags.show(text);
        let found = match (&constraint.kind, value) {
            (ConstraintKind::Range { min, max }, _) => {
                let Some((number, text)) = magnitude(value) else {
                    return;
                };
                if in_range(number, min.as_ref().map(edge), max.as_ref().map(edge)) {
                    return;
                }
                let text = message::out_of_range(shown(text), end(min.as_ref()), end(max.as_ref()));
                finding(frame, At::Value, codes::OUT_OF_RANGE, level, text)
            }
            (ConstraintKind::Length { min, max }, Known::Text(text) | Known::Scalar(text, ..)) => {
                let text = normalized(text, normalize);
                let characters = text.chars().count() as u64;
                if in_count(characters, *min, *max) {
                    return;
                }
                finding(
                    frame,
                    At::Value,
                    codes::LENGTH,
                    level,
                    message::length(characters, *min, *max),
                )
            }
            (ConstraintKind::Items { min, max }, Known::Container(node) | Known::Map(node)) => {
                let entries = match value {
                    // Nulls in maps are no values: the platform drops their keys.
                    Known::Map(_) => entries(node) - nulls(node),
                    _ => entries(node),
                };
                if in_count(entries, *min, *max) {
                    return;
                }
                finding(
                    frame,
                    At::Value,
                    codes::ITEMS,
                    level,
                    message::items(entries, *min, *max),
                )
            }
            (ConstraintKind::Pattern(pattern), Known::Text(text) | Known::Scalar(text, ..)) => {
                let matched: Cow<'_, str> = normalized(text, normalize);
                if limit.matches(&matched) || (!flags.advice && is_malformed(value, &matched)) {
                    return;
                }
                finding(
                    frame,
                    At::Value,
                    codes::PATTERN,
                    level,
                    message::pattern(shown(text), pattern),
                )
            }
            (ConstraintKind::MultipleOf(step), _) => {
                let Some((number, text)) = magnitude(value) else {
                    return;
                };
                let divides = match value {
                    Known::Int(value, _) => is_whole_multiple(value, *step),
                    _ => is_multiple(number, *step),
                };
                if *step == 0.0 || divides {
                    return;
                }
                finding(
                    frame,
                    At::Value,
                    codes::MULTIPLE_OF,
                    level,
                    message::multiple_of(shown(text), *step),
                )
            }
            (ConstraintKind::UniqueItems, Known::Container(node)) => {
                self.unique_items(frame, node, level, constraint.note.as_deref(), flags);
                return;
            }
            (
                ConstraintKind::Grammar {
                    dialect,
                    allow_empty,
                },
                Known::Text(text),
            ) => {
                if !(text.is_empty() && *allow_empty) {
                    self.grammar(
                        frame,
                        text,
                        *dialect,
                        level,
                        constraint.note.as_deref(),
                        normalize,
                        flags,
                    );
                }
                return;
            }
            (ConstraintKind::Grammar { .. } | ConstraintKind::OneOf(_), Known::Container(node))
                if node.is_list() =>
            {
                // On a list of texts the limit is about each of them.
                let one = Outer {
                    limits: std::slice::from_ref(limit),
                    ..outer
                };
                for (index, item) in node.items().enumerate() {
                    if let Some(text) = item.text() {
                        self.limits(&frame.item(index, item), Known::Text(text), one, flags);
                    }
                }
                return;
            }
            (ConstraintKind::OneOf(allowed), Known::Text(text)) => {
                let seen = normalized(text, normalize);
                if !allowed.iter().any(|one| *one == seen) {
                    let allowed = || allowed.iter().map(String::as_str);
                    self.not_allowed(
                        frame,
                        text,
                        allowed,
                        level,
                        constraint.note.as_deref(),
                        flags,
                    );
                }
                return;
            }
            // The compiler refuses limits that don't fit the type.
            _ => return,
        };
        self.push(noted(found, constraint.note.as_deref()));
    }

    fn unique_items(
        &mut self,
        frame: &Frame<'t>,
        list: Node<'t>,
        level: Level,
        note: Option<&str>,
        flags: Flags,
    ) {
        if list.items().len() < 2 {
            return;
        }
        let mut seen: BTreeMap<Key<'_>, (usize, Node<'t>)> = BTreeMap::new();
        for (index, item) in list.items().enumerate() {
            let known = match seen.entry(key(item)) {
                Entry::Vacant(free) => {
                    free.insert((index, item));
                    None
                }
                Entry::Occupied(known) => Some(*known.get()),
            };
            if let Some((first, node)) = known {
                let shown = item.scalar().and_then(|scalar| flags.show(scalar.text));
                let found = finding(
                    &frame.item(index, item),
                    At::Value,
                    codes::DUPLICATE_ITEM,
                    level,
                    message::duplicate_item(shown, first),
                );
                self.push(noted(found.related(node.place(), "first here"), note));
            }
        }
    }
}

/// The same for equal values and different for different ones.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key<'t> {
    Text(&'t str),
    Other(String),
}

/// The key of a value.
pub(super) fn key(node: Node<'_>) -> Key<'_> {
    match node.text() {
        Some(text) => Key::Text(text),
        None => Key::Other(node.to_json().to_string()),
    }
}

fn noted(found: Diagnostic, note: Option<&str>) -> Diagnostic {
    match note {
        Some(note) => found.help(note),
        None => found,
    }
}

/// Whether a text is reported already as malformed: one cause, one finding.
fn is_malformed(value: Known<'_>, text: &str) -> bool {
    matches!(value, Known::Scalar(_, dialect, None) if !text.is_empty() && dialect.parse(text).is_err())
}

/// The number that a range is about, and its text.
#[allow(clippy::cast_precision_loss)] // Limits are far below 2^53.
fn magnitude(value: Known<'_>) -> Option<(f64, &str)> {
    match value {
        Known::Int(value, text) => Some((value as f64, text)),
        Known::Float(value, text) => Some((value, text)),
        Known::Scalar(text, dialect, read) => {
            let read = read.or_else(|| dialect.parse(text).ok());
            Some((read?.value()?, text))
        }
        Known::Bool(_) | Known::Text(_) | Known::Container(_) | Known::Map(_) => None,
    }
}

fn edge(bound: &Bound) -> Edge {
    Edge {
        value: bound.value,
        exclusive: bound.exclusive,
    }
}

fn entries(node: Node<'_>) -> u64 {
    let count = if node.is_map() {
        node.entries().count()
    } else {
        node.items().count()
    };
    count as u64
}

/// How many values of a map are null.
fn nulls(node: Node<'_>) -> u64 {
    let nulls = node.entries().filter(|entry| entry.value.is_null());
    nulls.count() as u64
}
