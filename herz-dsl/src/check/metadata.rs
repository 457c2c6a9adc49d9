//! `metadata`: the part of Kubernetes' object metadata that people write.

use super::context::{Context, Flags};
use super::report::{At, Frame, finding};
use crate::diagnostic::{Level, did_you_mean};
use crate::tree::{Entry, Node, Resolved};
use herz_types::codes;
use herz_types::message::{self, Wanted};
use herz_types::scalar::Dialect;

/// What may stand in `metadata`, in the order of the alphabet.
pub const METADATA: &[(&str, Metadata)] = &[
    ("annotations", Metadata::Texts),
    ("creationTimestamp", Metadata::Any),
    ("deletionGracePeriodSeconds", Metadata::Any),
    ("deletionTimestamp", Metadata::Any),
    ("finalizers", Metadata::Any),
    ("generateName", Metadata::Text),
    ("generation", Metadata::Any),
    ("labels", Metadata::Texts),
    ("managedFields", Metadata::Any),
    ("name", Metadata::Text),
    ("namespace", Metadata::Text),
    ("ownerReferences", Metadata::Any),
    ("resourceVersion", Metadata::Text),
    ("selfLink", Metadata::Text),
    ("uid", Metadata::Text),
];

/// What a field of `metadata` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metadata {
    /// A text.
    Text,
    /// A map of texts.
    Texts,
    /// What an API server writes.
    Any,
}

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Checks `metadata`.
    pub(super) fn metadata(&mut self, document: &Frame<'t>, entry: Option<Entry<'t>>) {
        let Some(entry) = entry else {
            let text = message::no_name();
            let missing = document.missing("metadata");
            self.push(finding(
                &missing.missing("name"),
                At::Key,
                codes::OBJECT_NAME,
                Level::Warning,
                text,
            ));
            return;
        };
        let frame = document.entry(entry);
        if !entry.value.is_map() {
            self.wrong(&frame, entry.value, Wanted::Map, Flags::default());
            return;
        }
        for entry in entry.value.entries() {
            if self.is_full() {
                return;
            }
            let here = frame.entry(entry);
            let shape = METADATA
                .iter()
                .find(|(name, _)| *name == entry.key.text)
                .map(|(_, shape)| *shape);
            match shape {
                Some(Metadata::Text) => self.plain_text(&here, entry.value),
                Some(Metadata::Texts) if entry.value.is_map() => {
                    for entry in entry.value.entries() {
                        self.plain_text(&here.entry(entry), entry.value);
                    }
                }
                Some(Metadata::Texts) if !entry.value.is_null() => {
                    self.wrong(&here, entry.value, Wanted::Map, Flags::default());
                }
                Some(Metadata::Texts | Metadata::Any) => {}
                None => self.unknown_metadata(&here, entry),
            }
        }
        self.name(&frame, entry.value);
    }

    fn plain_text(&mut self, frame: &Frame<'t>, node: Node<'t>) {
        let is_text = node
            .scalar()
            .is_some_and(|scalar| scalar.resolved() == Resolved::Text);
        if !is_text && !node.is_null() && !node.is_broken() {
            self.wrong(frame, node, Wanted::Text, Flags::default());
        }
    }

    fn unknown_metadata(&mut self, frame: &Frame<'t>, entry: Entry<'t>) {
        let name = entry.key.text;
        let text = message::unknown_field(name);
        let found = finding(frame, At::Key, codes::UNKNOWN_FIELD, Level::Error, text);
        self.push(
            match did_you_mean(name, METADATA.iter().map(|(name, _)| *name)) {
                Some(meant) => found.help(format!("did you mean `{meant}`?")).fix(
                    format!("rename to `{meant}`"),
                    entry.key.span,
                    meant,
                ),
                None => found,
            },
        );
    }

    /// The object's name: there, and one that Kubernetes takes.
    fn name(&mut self, frame: &Frame<'t>, metadata: Node<'t>) {
        let text = |key: &str| {
            metadata
                .get(key)
                .and_then(Node::text)
                .filter(|text| !text.is_empty())
        };
        let Some(name) = text("name") else {
            // A name of another type is reported already.
            let written = metadata
                .get("name")
                .is_some_and(|node| !node.is_null() && node.text().is_none());
            if text("generateName").is_none() && !written {
                let message = message::no_name();
                self.push(finding(
                    &frame.missing("name"),
                    At::Key,
                    codes::OBJECT_NAME,
                    Level::Warning,
                    message,
                ));
            }
            return;
        };
        if let Err(error) = Dialect::Dns1123.parse(name)
            && let Some(entry) = metadata.entry("name")
        {
            let message = message::grammar(Some(&error.message), &error.allowed);
            let found = finding(
                &frame.entry(entry),
                At::Value,
                codes::OBJECT_NAME,
                Level::Warning,
                message,
            );
            self.push(match error.suggestion {
                Some(meant) => found.help(format!("did you mean `{meant}`?")),
                None => found,
            });
        }
    }
}
