//! Where a finding belongs: the way from the document's root, kept on the stack and written down
//! only if something is wrong.

use super::Outcome;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Span;
use crate::tree::{Entry, Node};
use herz_types::codes::{self, Code};
use herz_types::{Path, Segment};

/// One step on the way down.
#[derive(Clone, Copy)]
pub(super) enum Step<'f> {
    Root,
    Key(&'f str),
    Index(usize),
}

/// A place in a document: a step, what is there, and the place above.
#[derive(Clone, Copy)]
pub(super) struct Frame<'f> {
    pub(super) parent: Option<&'f Frame<'f>>,
    pub(super) step: Step<'f>,
    /// The key, if one is written.
    pub(super) key: Option<Span>,
    /// The value, if one is there.
    pub(super) node: Option<Node<'f>>,
}

impl<'f> Frame<'f> {
    pub(super) fn root(node: Node<'f>) -> Self {
        Self {
            parent: None,
            step: Step::Root,
            key: None,
            node: Some(node),
        }
    }

    /// The entry of a map that stands here.
    pub(super) fn entry(&'f self, entry: Entry<'f>) -> Self {
        let step = Step::Key(entry.key.text);
        Self {
            parent: Some(self),
            step,
            key: Some(entry.key.span),
            node: Some(entry.value),
        }
    }

    /// An item of a list that stands here.
    pub(super) fn item(&'f self, index: usize, node: Node<'f>) -> Self {
        Self {
            parent: Some(self),
            step: Step::Index(index),
            key: None,
            node: Some(node),
        }
    }

    /// A field that is not there.
    pub(super) fn missing(&'f self, name: &'f str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Key(name),
            key: None,
            node: None,
        }
    }

    /// The last key on the way here.
    pub(super) fn name(&self) -> &'f str {
        match (self.step, self.parent) {
            (Step::Key(name), _) => name,
            (_, Some(parent)) => parent.name(),
            (_, None) => "document",
        }
    }

    /// The path from the document's root.
    pub(super) fn path(&self) -> Path {
        let mut segments = Vec::new();
        let mut at = Some(self);
        while let Some(frame) = at {
            match frame.step {
                Step::Root => {}
                Step::Key(key) => segments.push(Segment::Key(key.to_owned())),
                Step::Index(index) => segments.push(Segment::Index(index)),
            }
            at = frame.parent;
        }
        segments.reverse();
        Path(segments)
    }

    /// The place of the value; of a missing one: the nearest thing above that is written.
    fn value_place(&self) -> (Span, Option<Span>) {
        match self.node {
            Some(node) if !node.is_map() && !node.is_list() => (node.place(), written(node)),
            _ => self.key_place(),
        }
    }

    /// The place of the key, or of the nearest key above; of an item of a list, the item's
    /// beginning.
    fn key_place(&self) -> (Span, Option<Span>) {
        let mut at = Some(self);
        while let Some(frame) = at {
            // A key inside an alias' anchor: the alias is where this document uses it.
            let alias = frame
                .parent
                .and_then(|parent| parent.node)
                .and_then(Node::alias);
            match (frame.key, alias, frame.node) {
                (Some(key), Some(alias), _) => return (alias, Some(key)),
                (Some(key), None, _) => return (key, None),
                (None, _, Some(node)) => return beginning(node),
                (None, _, None) => at = frame.parent,
            }
        }
        (Span::default(), None)
    }
}

/// Where an aliased value is written.
fn written(node: Node<'_>) -> Option<Span> {
    node.alias().map(|_| node.span())
}

/// A map's first key or else the value itself, so that a caret does not underline a whole document.
fn beginning(node: Node<'_>) -> (Span, Option<Span>) {
    if node.alias().is_some() {
        return (node.place(), Some(node.span()));
    }
    (
        node.entries()
            .next()
            .map_or_else(|| node.span(), |entry| entry.key.span),
        None,
    )
}

/// What a finding points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// The value, or the key if the value is a list or map.
    Value,
    /// The key.
    Key,
}

/// A finding at a place.
pub(super) fn finding(
    frame: &Frame<'_>,
    at: At,
    code: Code,
    level: Level,
    message: String,
) -> Diagnostic {
    let (span, written) = match at {
        At::Value => frame.value_place(),
        At::Key => frame.key_place(),
    };
    let diagnostic = Diagnostic::new(code, level, span, message).path(frame.path().to_string());
    match written {
        Some(span) => diagnostic.related(span, "the value is written here"),
        None => diagnostic,
    }
}

impl Outcome {
    /// Drops findings about what is missing, of a document whose end could not be read.
    pub(super) fn forget_missing(&mut self, from: usize) {
        let about_missing = [
            codes::MISSING_FIELD,
            codes::EMPTY,
            codes::NO_KIND,
            codes::OBJECT_NAME,
            codes::REQUIRES,
            codes::EXACTLY_ONE_OF,
            codes::AT_LEAST_ONE_OF,
            codes::CASE_NEEDS,
            codes::DANGLING,
            codes::CEL,
            codes::NO_END,
        ];
        let new = self.diagnostics.split_off(from.min(self.diagnostics.len()));
        self.diagnostics.extend(
            new.into_iter()
                .filter(|found| !about_missing.contains(&found.code)),
        );
    }

    /// Puts the findings of one document in order of place.
    pub(super) fn sort_from(&mut self, from: usize) {
        if let Some(new) = self.diagnostics.get_mut(from..) {
            new.sort_by(|a, b| {
                (a.span, a.code, &a.path, &a.message).cmp(&(b.span, b.code, &b.path, &b.message))
            });
        }
    }
}
