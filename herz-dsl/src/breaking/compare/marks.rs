//! Defaults, and marks that are no limits: immutable, secret, aliases, words.

use super::{Comparison, Pair, Raw};
use crate::breaking::level::Direction;

impl Comparison<'_> {
    pub(super) fn defaults(&mut self, pair: &Pair<'_>) {
        let (old, new) = (&pair.old.default, &pair.new.default);
        if old != new {
            let parameter = pair.path.ends_with(')') && pair.path.contains(").param(");
            let (rule, message) = match (old, new) {
                (None, Some(new)) => (
                    "default-added",
                    format!("the default is {new}, there was none"),
                ),
                (Some(old), None) => (
                    "default-removed",
                    format!("the default was {old}, there is none"),
                ),
                (Some(old), Some(new)) => (
                    "default-changed",
                    format!("the default was {old}, it is {new}"),
                ),
                (None, None) => return,
            };
            let rule = if parameter {
                "param-default-changed"
            } else {
                rule
            };
            self.emit(pair.raw(rule, "default", message));
        }
        if let Some(new) = new {
            let refused = !self.new_accepts(pair, new);
            let before = old.as_ref().is_some_and(|old| !self.old_accepts(pair, old));
            if refused && !before {
                let message = format!("the default {new} is no valid value");
                self.emit(pair.raw("default-invalid", "default", message));
            }
        }
    }

    pub(super) fn marks(&mut self, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        let immutable = |schema: &super::Schema| {
            schema
                .has("x-herz-immutable")
                .or_else(|| schema.has("x-kubernetes-validations"))
        };
        if old.immutable != new.immutable {
            let (rule, message) = if new.immutable {
                (
                    "field-became-immutable",
                    "it can't be changed after creation any more",
                )
            } else {
                (
                    "field-became-mutable",
                    "it can be changed after creation now",
                )
            };
            let raw = pair.raw(rule, "x-herz-immutable", message);
            self.emit(
                raw.old(immutable(old).unwrap_or(old.span))
                    .new_at(immutable(new).unwrap_or(new.span)),
            );
        }
        if !old.sensitive && new.sensitive {
            let message = "its value is not shown any more";
            self.emit(pair.raw("field-became-secret", "x-herz-sensitive", message));
        } else if old.sensitive && !new.sensitive {
            let message = "its value was a secret and is shown now";
            self.emit(pair.raw("unhandled", "x-herz-sensitive", message));
        }
        let listed = |names: Vec<&String>| {
            names
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let come: Vec<&String> = new.aliases.difference(&old.aliases).collect();
        let renamed = self.is_renamed(pair);
        if !come.is_empty() && !renamed {
            let message = format!("{} is read too", listed(come));
            self.emit(pair.raw("field-alias-added", "x-herz-aliases", message));
        }
        let gone: Vec<&String> = old.aliases.difference(&new.aliases).collect();
        if !gone.is_empty() {
            let message = format!("{} is not read any more", listed(gone));
            self.emit(pair.raw("field-alias-removed", "x-herz-aliases", message));
        }
        if old.embedded != new.embedded {
            let message = "whether it is a whole object of its own changed";
            self.emit(pair.raw("unhandled", "x-kubernetes-embedded-resource", message));
        }
    }

    /// Whether the field stood under another name before: then the rename tells of the alias.
    fn is_renamed(&self, pair: &Pair<'_>) -> bool {
        self.out.contains(pair.path, "field-renamed-aliased")
    }

    pub(super) fn docs(&mut self, pair: &Pair<'_>) {
        let direction: Option<Direction> = Some(pair.direction);
        self.words(
            direction,
            pair.path,
            (&pair.old.docs, pair.old.span),
            (&pair.new.docs, pair.new.span),
        );
    }

    /// Reports words that differ, once a place.
    pub(in crate::breaking) fn words(
        &mut self,
        direction: Option<Direction>,
        path: &str,
        (old, old_span): (&crate::breaking::api::Docs, crate::source::Span),
        (new, new_span): (&crate::breaking::api::Docs, crate::source::Span),
    ) {
        let mut changed: Vec<&str> = old
            .keys()
            .chain(new.keys())
            .filter(|key| old.get(*key) != new.get(*key))
            .map(String::as_str)
            .collect();
        changed.sort_unstable();
        changed.dedup();
        if !changed.is_empty() {
            let message = format!("{} changed", changed.join(", "));
            self.emit(
                Raw::new("doc-changed", path, direction, message)
                    .old(old_span)
                    .new_at(new_span),
            );
        }
    }
}
