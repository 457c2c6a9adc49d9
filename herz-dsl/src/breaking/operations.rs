//! OpenAPI documents: operations, webhooks, servers.

use super::api::{Api, Operation};
use super::compare::Comparison;
use super::level::{Direction, Level};
use super::report::Raw;
use std::collections::BTreeMap;

type Key = (String, String);

impl Comparison<'_> {
    pub(super) fn apis(&mut self, old: &Api, new: &Api) {
        self.words(None, "info", (&old.docs, old.span), (&new.docs, new.span));
        self.servers(old, new);
        self.security_schemes(old, new);
        self.operations(old, new);
        let hooks = (&old.webhooks, &new.webhooks);
        self.webhooks("webhook", hooks, (old, new));
    }

    fn operations(&mut self, old: &Api, new: &Api) {
        let gone: Vec<&Key> = old
            .operations
            .keys()
            .filter(|key| !new.operations.contains_key(*key))
            .collect();
        let mut come: Vec<&Key> = new
            .operations
            .keys()
            .filter(|key| !old.operations.contains_key(*key))
            .collect();
        for key in gone {
            let Some(operation) = old.operations.get(key) else {
                continue;
            };
            let moved = operation.id.as_ref().and_then(|id| {
                come.iter().position(|key| {
                    new.operations
                        .get(*key)
                        .is_some_and(|it| it.id.as_ref() == Some(id))
                })
            });
            if let Some(at) = moved {
                let target = come.remove(at);
                if let Some(other) = new.operations.get(target) {
                    let message = format!("{} moved to {}", name(operation), name(other));
                    let raw = Raw::new("op-moved", &path(other), None, message);
                    self.emit(raw.old(operation.span).new_at(other.span));
                    self.operation(operation, other, &path(other), (old, new), false);
                }
                continue;
            }
            let (rule, word) = match self.sunset_passed(&operation.life) {
                None => ("op-removed", "is gone"),
                Some(true) => ("op-removed-sunset", "is gone, as announced"),
                Some(false) => ("op-removed-before-sunset", "is gone before its sunset"),
            };
            let message = format!("{} {word}", name(operation));
            let raw = Raw::new(rule, &path(operation), None, message);
            self.emit(
                raw.old(operation.span)
                    .new_at(new.span)
                    .witness(Some(name(operation))),
            );
        }
        for key in come {
            if let Some(operation) = new.operations.get(key) {
                let message = format!("{} is new", name(operation));
                self.emit(
                    Raw::new("op-added", &path(operation), None, message)
                        .old(old.span)
                        .new_at(operation.span),
                );
            }
        }
        for (key, operation) in &old.operations {
            if let Some(other) = new.operations.get(key) {
                self.operation(operation, other, &path(other), (old, new), false);
            }
        }
    }

    /// Compares one operation with itself. `swapped`: the service calls, as webhooks do.
    pub(super) fn operation(
        &mut self,
        old: &Operation,
        new: &Operation,
        path: &str,
        apis: (&Api, &Api),
        swapped: bool,
    ) {
        let places = (old.span, new.span);
        self.words(None, path, (&old.docs, old.span), (&new.docs, new.span));
        self.life(&old.life, &new.life, None, path, places);
        let raw = |rule, message: String| {
            Raw::new(rule, path, None, message)
                .old(old.span)
                .new_at(new.span)
        };
        if old.id != new.id {
            let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "none".into());
            self.emit(raw(
                "op-id-changed",
                format!("operationId was {}, it is {}", text(&old.id), text(&new.id)),
            ));
        }
        if old.path != new.path && !swapped && old.method == new.method {
            self.emit(raw(
                "op-path-param-renamed",
                format!("{} is spelled {} now", old.path, new.path),
            ));
        }
        if old.tags != new.tags {
            self.emit(raw("op-tag-changed", "tags changed".into()));
        }
        self.claims(old, new, path);
        let way = if swapped {
            Direction::Output
        } else {
            Direction::Input
        };
        self.parameters(old, new, path, way);
        self.bodies(old, new, path, way);
        self.responses(old, new, path, way.swapped());
        self.security(old, new, path, apis);
        self.error_codes(old, new, path);
        self.unknown(None, path, (&old.rest, old.span), (&new.rest, new.span));
        let callbacks = (&old.callbacks, &new.callbacks);
        self.webhooks(&format!("{path}.callback"), callbacks, apis);
    }

    fn webhooks(
        &mut self,
        start: &str,
        (old, new): (&BTreeMap<Key, Operation>, &BTreeMap<Key, Operation>),
        apis: (&Api, &Api),
    ) {
        let path = |(a, b): &Key| format!("{start}({a} {b})");
        for (key, hook) in old {
            if let Some(other) = new.get(key) {
                self.operation(hook, other, &path(key), apis, true);
            } else {
                let message = format!("{} is not called any more", path(key));
                self.emit(
                    Raw::new("webhook-removed", &path(key), None, message)
                        .old(hook.span)
                        .new_at(apis.1.span),
                );
            }
        }
        for (key, hook) in new {
            if !old.contains_key(key) {
                let message = format!("{} is called now", path(key));
                self.emit(
                    Raw::new("webhook-added", &path(key), None, message)
                        .old(apis.0.span)
                        .new_at(hook.span),
                );
            }
        }
    }

    /// What an operation says of itself beside its schemas.
    fn claims(&mut self, old: &Operation, new: &Operation, path: &str) {
        for (key, rule) in [
            ("x-herz-idempotent", "op-idempotency-changed"),
            ("x-herz-pagination", "op-pagination-changed"),
            ("x-herz-stream", "op-stream-changed"),
        ] {
            let (before, after) = (old.claims.get(key), new.claims.get(key));
            if before.map(|it| &it.0) == after.map(|it| &it.0) {
                continue;
            }
            // A new promise breaks nobody.
            let promise =
                rule == "op-idempotency-changed" && after.is_some_and(|it| it.0.is_true());
            let text = |it: Option<&(super::value::Value, crate::source::Span)>| {
                it.map_or("nothing".to_owned(), |it| it.0.plain())
            };
            let message = format!("`{key}` was {}, it is {}", text(before), text(after));
            let mut raw = Raw::new(rule, path, None, message)
                .old(before.map_or(old.span, |it| it.1))
                .new_at(after.map_or(new.span, |it| it.1));
            if promise {
                raw = raw.level(Level::Minor);
            }
            self.emit(raw);
        }
    }

    fn error_codes(&mut self, old: &Operation, new: &Operation, path: &str) {
        let list = |codes: Vec<&String>| {
            codes
                .iter()
                .map(|it| it.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let come: Vec<&String> = new.error_codes.difference(&old.error_codes).collect();
        if !come.is_empty() {
            let raw = Raw::new(
                "error-code-added",
                path,
                Direction::Output,
                format!("new error codes: {}", list(come)),
            );
            self.emit(raw.old(old.span).new_at(new.span));
        }
        let gone: Vec<&String> = old.error_codes.difference(&new.error_codes).collect();
        if !gone.is_empty() {
            let raw = Raw::new(
                "error-code-removed",
                path,
                Direction::Output,
                format!("error codes that are gone: {}", list(gone)),
            );
            self.emit(raw.old(old.span).new_at(new.span));
        }
    }

    fn servers(&mut self, old: &Api, new: &Api) {
        let (Some((before, a)), Some((after, b))) = (old.servers.first(), new.servers.first())
        else {
            if let (None, Some((url, span))) = (old.servers.first(), new.servers.first()) {
                if !matches!(base_path(url).as_str(), "" | "/") {
                    let raw = Raw::new(
                        "server-base-path-changed",
                        "servers",
                        None,
                        format!("paths start at {url} now"),
                    );
                    self.emit(raw.old(old.span).new_at(*span));
                }
            } else if let (Some((url, span)), None) = (old.servers.first(), new.servers.first())
                && !matches!(base_path(url).as_str(), "" | "/")
            {
                let raw = Raw::new(
                    "server-base-path-changed",
                    "servers",
                    None,
                    format!("paths do not start at {url} any more"),
                );
                self.emit(raw.old(*span).new_at(new.span));
            }
            return;
        };
        if before == after {
            return;
        }
        let message = format!("the first server was {before}, it is {after}");
        let raw = Raw::new("server-base-path-changed", "servers", None, message)
            .old(*a)
            .new_at(*b);
        let same_path = base_path(before) == base_path(after);
        self.emit(if same_path {
            raw.level(Level::Patch)
        } else {
            raw
        });
    }
}

/// The path of a server's address.
fn base_path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = if url.starts_with('/') {
        url
    } else {
        rest.split_once('/').map_or("", |(_, path)| path)
    };
    path.trim_matches('/').to_owned()
}

fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

pub(super) fn path(operation: &Operation) -> String {
    format!("op({})", name(operation))
}
