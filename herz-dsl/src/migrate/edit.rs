//! Changes of a text, applied; and the proof that nothing else changed.

use crate::source::{SourceId, Span};
use crate::tree::{self, Kind, Limits, Node, Tree};
use std::collections::BTreeMap;

/// One change: a key renamed, a value replaced, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Number of the document.
    pub(super) document: u32,
    /// Path of the entry before the change.
    pub(super) path: String,
    /// Place for people: the key or the value.
    pub(super) span: Span,
    /// New name of the key, with the key's place.
    pub(super) renamed: Option<String>,
    /// Place of the key.
    pub(super) key: Option<Span>,
    /// New text of the value, with its place.
    pub(super) value: Option<(Span, String)>,
    /// In words.
    pub(super) what: String,
}

/// Why changes can't be made: where, and a phrase.
pub(super) type Problem = (Span, String);

/// The text with the changes, read again.
pub(super) fn apply(old: &Tree, changes: &[Change]) -> Result<Tree, Problem> {
    let mut edits: BTreeMap<(u32, u32), (&str, Span)> = BTreeMap::new();
    for change in changes {
        let key = change.key.zip(change.renamed.as_deref());
        let value = change
            .value
            .as_ref()
            .map(|(span, text)| (*span, text.as_str()));
        for (span, text) in key.into_iter().chain(value) {
            let known = edits.insert((span.start, span.end), (text, change.span));
            // One anchor, changed for several aliases: all must want the same.
            if known.is_some_and(|(other, _)| other != text) {
                let why = "an anchor that is used in several places would have to differ";
                return Err((change.span, why.to_owned()));
            }
        }
    }
    let text = old.text();
    let mut new = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for ((start, end), (with, place)) in &edits {
        let before = text
            .get(at..*start as usize)
            .ok_or_else(|| (*place, "two changes of this place overlap".to_owned()))?;
        new.push_str(before);
        new.push_str(with);
        at = *end as usize;
    }
    new.push_str(text.get(at..).unwrap_or(""));
    let (tree, found) = tree::parse(SourceId(0), new.as_bytes(), &Limits::default());
    let first = changes.first().map_or(Span::default(), |it| it.span);
    if let Some(error) = found
        .iter()
        .find(|it| it.level == crate::diagnostic::Level::Error)
    {
        return Err((
            first,
            format!("the new text would be malformed: {}", error.message),
        ));
    }
    same_but(old, &tree, changes)?;
    Ok(tree)
}

/// Whether two texts say the same but for the changes, comments included.
fn same_but(old: &Tree, new: &Tree, changes: &[Change]) -> Result<(), Problem> {
    let first = changes.first().map_or(Span::default(), |it| it.span);
    let comments = |tree: &Tree| -> Vec<String> {
        tree.comments()
            .iter()
            .map(|span| tree.text().get(span.range()).unwrap_or("").to_owned())
            .collect()
    };
    if old.documents().len() != new.documents().len() || comments(old) != comments(new) {
        return Err((first, "a comment or a document would be lost".to_owned()));
    }
    let mut wanted: BTreeMap<(u32, &str), &Change> = BTreeMap::new();
    for change in changes {
        wanted.insert((change.document, &change.path), change);
    }
    for (a, b) in old.documents().zip(new.documents()) {
        let compare = Compare {
            wanted: &wanted,
            document: a.index(),
        };
        compare.nodes(a.root(), b.root(), "")?;
    }
    Ok(())
}

struct Compare<'a> {
    wanted: &'a BTreeMap<(u32, &'a str), &'a Change>,
    document: u32,
}

impl Compare<'_> {
    fn wanted(&self, path: &str) -> Option<&Change> {
        self.wanted.get(&(self.document, path)).copied()
    }

    fn nodes(&self, old: Node<'_>, new: Node<'_>, path: &str) -> Result<(), Problem> {
        if self.wanted(path).is_some_and(|it| it.value.is_some()) {
            return Ok(());
        }
        let other = || {
            let place = if path.is_empty() {
                "the document"
            } else {
                path
            };
            Err((
                old.place(),
                format!("`{place}` shares this text by an alias, and must stay as it is"),
            ))
        };
        match (old.kind(), new.kind()) {
            (Kind::Scalar(a), Kind::Scalar(b)) if a == b => Ok(()),
            (Kind::List(a), Kind::List(b)) if a.len() == b.len() => {
                for (at, (a, b)) in a.zip(b).enumerate() {
                    self.nodes(a, b, &format!("{path}[{at}]"))?;
                }
                Ok(())
            }
            (Kind::Map(a), Kind::Map(b)) => {
                let (a, b): (Vec<_>, Vec<_>) = (a.collect(), b.collect());
                if a.len() != b.len() {
                    return other();
                }
                for (a, b) in a.iter().zip(&b) {
                    let below = super::place::join(path, a.key.text);
                    let renamed = self.wanted(&below).and_then(|it| it.renamed.as_deref());
                    if renamed.unwrap_or(a.key.text) != b.key.text {
                        return other();
                    }
                    self.nodes(a.value, b.value, &below)?;
                }
                Ok(())
            }
            _ => other(),
        }
    }
}

/// A text as a YAML scalar in the style of the one that it replaces.
pub(super) fn scalar(old: Node<'_>, text: &str) -> String {
    match old.source_text().as_bytes().first() {
        Some(b'\'') => format!("'{}'", text.replace('\'', "''")),
        Some(b'"') => serde_json::to_string(text).unwrap_or_default(),
        _ if plain(text) => text.to_owned(),
        _ => serde_json::to_string(text).unwrap_or_default(),
    }
}

/// Whether a text can stand without quotes: letters, digits and some signs, and no number.
fn plain(text: &str) -> bool {
    let probe = format!("a: {text}\n");
    let (tree, found) = tree::parse(SourceId(0), probe.as_bytes(), &Limits::default());
    let safe = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '%' | '-' | '+'));
    found.is_empty()
        && safe
        && tree
            .documents()
            .next()
            .and_then(|it| it.root().get("a").and_then(Node::text).map(|it| it == text))
            == Some(true)
}
