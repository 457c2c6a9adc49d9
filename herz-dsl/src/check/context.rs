//! What one run of the checker carries along.

use super::number::{number, whole};
use super::report::{At, Frame, finding};
use super::text::written_text;
use super::{Checker, Outcome};
use crate::catalog::{Deprecation, Life, PackageId, Type};
use crate::diagnostic::{Diagnostic, Level};
use crate::tree::{Entry, Kind, Node, Pair, Resolved};
use herz_types::codes;
use herz_types::message;
use herz_types::scalar::{Dialect, Magnitude};
use smallvec::SmallVec;

/// One run over a document.
pub(super) struct Context<'k, 'c> {
    pub(super) checker: &'k Checker<'c>,
    pub(super) out: &'k mut Outcome,
    pub(super) document: u32,
}

/// What holds for everything below a place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    /// What admission finds is advice here.
    pub(super) advice: bool,
    /// Values must not be shown.
    pub(super) sensitive: bool,
}

impl Flags {
    /// The text, if it may be shown.
    pub(super) fn show(self, text: &str) -> Option<&str> {
        (!self.sensitive).then_some(text)
    }
}

/// For each field of an object, its entry in the document if there is one that is not null.
///
/// Lies on the stack for all but very wide objects.
pub(super) struct Slots<'t> {
    map: Node<'t>,
    /// For each field, one more than the place in `entries`; 0: not there.
    places: SmallVec<[u16; 64]>,
    entries: SmallVec<[(usize, Pair); 12]>,
}

impl<'t> Slots<'t> {
    /// Of an object with so many fields, none of them there.
    pub(super) fn new(map: Node<'t>, fields: usize) -> Self {
        Self {
            map,
            places: SmallVec::from_elem(0, fields),
            entries: SmallVec::new(),
        }
    }

    /// The object.
    pub(super) const fn map(&self) -> Node<'t> {
        self.map
    }

    fn pair(&self, at: usize) -> Option<Pair> {
        let place = usize::from(*self.places.get(at)?).checked_sub(1)?;
        self.entries.get(place).map(|(_, pair)| *pair)
    }

    /// Whether the field with that number is there.
    pub(super) fn has(&self, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| *place != 0)
    }

    /// The value of the field with that number.
    pub(super) fn value(&self, at: usize) -> Option<Node<'t>> {
        self.pair(at).map(|pair| self.map.pair_value(pair))
    }

    /// The entry of the field with that number.
    pub(super) fn get(&self, at: usize) -> Option<Entry<'t>> {
        self.pair(at).map(|pair| self.map.pair(pair))
    }

    /// Notes an entry. The first one of a field counts.
    pub(super) fn set(&mut self, at: usize, pair: Pair) {
        let Ok(place) = u16::try_from(self.entries.len() + 1) else {
            return;
        };
        if let Some(slot) = self.places.get_mut(at).filter(|slot| **slot == 0) {
            *slot = place;
            self.entries.push((at, pair));
        }
    }

    /// What is there: number and entry, in the document's order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, Entry<'t>)> + '_ {
        let entries = self.entries.iter();
        entries.map(|(at, pair)| (*at, self.map.pair(*pair)))
    }
}

/// A value as limits look at it.
#[derive(Clone, Copy)]
pub(super) enum Known<'t> {
    Bool(bool),
    /// The number, as written.
    Int(i128, &'t str),
    Float(f64, &'t str),
    Text(&'t str),
    /// A text with a grammar, and what it says if it was read already.
    Scalar(&'t str, Dialect, Option<Magnitude>),
    /// A map, whose nulls are no values.
    Map(Node<'t>),
    /// A list, an object, or anything of type `any`.
    Container(Node<'t>),
}

impl<'t> Known<'t> {
    /// Reads a value of a built-in type; none if it is no such value.
    pub(super) fn read(node: Node<'t>, ty: &Type) -> Option<Self> {
        let scalar = match node.kind() {
            Kind::Scalar(scalar) => scalar,
            Kind::List(_) | Kind::Map(_) => {
                return Some(match ty {
                    Type::Map(value) => Self::map(node, value),
                    _ => Self::Container(node),
                });
            }
        };
        let resolved = scalar.resolved();
        Some(match (ty, resolved) {
            (Type::Bool, Resolved::Bool(value)) => Self::Bool(value),
            (
                Type::Int { .. } | Type::IntOrString,
                Resolved::Int(_) | Resolved::Uint(_) | Resolved::Float(_),
            ) => Self::Int(whole(resolved)?, scalar.text),
            (Type::Float64, _) => Self::Float(number(resolved)?, scalar.text),
            (Type::Scalar(one), _) if written_text(scalar).is_some() => {
                Self::Scalar(scalar.text, one.dialect, None)
            }
            (Type::String, _) if written_text(scalar).is_some() => Self::Text(scalar.text),
            (Type::Bytes | Type::IntOrString, Resolved::Text) => Self::Text(scalar.text),
            _ => return None,
        })
    }

    /// A map of values of that type.
    pub(super) const fn map(node: Node<'t>, value: &Type) -> Self {
        // Anything may be null.
        if matches!(value, Type::Any) {
            Self::Container(node)
        } else {
            Self::Map(node)
        }
    }

    /// Whether it is an empty text, zero, false, or an empty list or map.
    pub(super) fn is_empty(self) -> bool {
        match self {
            Self::Bool(value) => !value,
            Self::Int(value, _) => value == 0,
            Self::Float(value, _) => value == 0.0,
            Self::Text(text) | Self::Scalar(text, ..) => text.is_empty(),
            Self::Container(node) => is_empty(node),
            Self::Map(node) => node.entries().all(|entry| entry.value.is_null()),
        }
    }
}

/// Whether a value is null, an empty text, zero, false, or an empty list or map.
pub(super) fn is_empty(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::List(mut items) => items.next().is_none(),
        Kind::Map(mut entries) => entries.next().is_none(),
        Kind::Scalar(scalar) => match scalar.resolved() {
            Resolved::Null => true,
            Resolved::Bool(value) => !value,
            Resolved::Int(value) => value == 0,
            Resolved::Uint(value) => value == 0,
            Resolved::Float(value) => value == 0.0,
            Resolved::Text => scalar.text.is_empty(),
        },
    }
}

impl Context<'_, '_> {
    /// Whether there are so many findings that nobody needs more. Looking for suggestions for each
    /// of a million unknown keys would take minutes, and telling of them gigabytes.
    pub(super) fn is_full(&self) -> bool {
        self.out.diagnostics.len() >= super::MOST_FINDINGS
    }

    /// Takes a finding of this document in.
    pub(super) fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.is_full() {
            return;
        }
        diagnostic.document = self.document;
        self.out.diagnostics.push(diagnostic);
    }

    /// Something that the release discourages.
    pub(super) fn deprecated(
        &mut self,
        frame: &Frame<'_>,
        at: At,
        what: &str,
        name: &str,
        deprecation: &Deprecation,
    ) {
        let since = deprecation.since.as_ref().map(ToString::to_string);
        let text = message::deprecated(
            what,
            name,
            since.as_deref(),
            deprecation.instead.as_deref(),
            deprecation.note.as_deref(),
        );
        self.push(finding(frame, at, codes::DEPRECATED, Level::Warning, text));
    }

    /// Something that another release has.
    #[allow(clippy::too_many_arguments)] // Each is one plain fact of the finding.
    pub(super) fn other_release(
        &mut self,
        frame: &Frame<'_>,
        at: At,
        what: &str,
        name: &str,
        life: &Life,
        package: PackageId,
        level: Level,
    ) {
        let release = self.checker.shapes.release(package);
        let platform = self
            .checker
            .shapes
            .package(package)
            .map_or("", |package| package.platform.as_str());
        let target = release.to_string();
        let (code, text) = match (&life.since, &life.until) {
            (Some(since), _) if release < since => (
                codes::TOO_NEW,
                message::too_new(what, name, platform, &since.to_string(), &target),
            ),
            (_, Some(until)) => (
                codes::GONE,
                message::gone(what, name, platform, &until.to_string(), &target),
            ),
            _ => return,
        };
        self.push(finding(frame, at, code, level, text));
    }
}
