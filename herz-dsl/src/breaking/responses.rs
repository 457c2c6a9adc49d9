//! Responses and their headers.

use super::api::{Header, Operation, Response};
use super::compare::Comparison;
use super::level::Direction;
use super::report::Raw;

impl Comparison<'_> {
    pub(super) fn responses(
        &mut self,
        old: &Operation,
        new: &Operation,
        path: &str,
        way: Direction,
    ) {
        let here = |status: &str| format!("{path}.response({status})");
        for (status, response) in &old.responses {
            let Some(other) = new.responses.get(status) else {
                let rule = match status.as_str() {
                    "DEFAULT" => "status-default-removed",
                    it if it.starts_with(['2', '3', '1']) => "status-success-removed",
                    _ => "status-error-removed",
                };
                let status = shown(status);
                let raw = Raw::new(
                    rule,
                    &here(status),
                    way,
                    format!("the status {status} is gone"),
                );
                self.emit(raw.old(response.span).new_at(new.span));
                continue;
            };
            self.response(response, other, &here(shown(status)), way);
        }
        for (status, response) in &new.responses {
            if !old.responses.contains_key(status) {
                let success = status.starts_with(['2', '3', '1']);
                let rule = if success {
                    "status-success-added"
                } else {
                    "status-error-added"
                };
                let status = shown(status);
                let raw = Raw::new(
                    rule,
                    &here(status),
                    way,
                    format!("the status {status} is new"),
                );
                self.emit(raw.old(old.span).new_at(response.span));
            }
        }
    }

    fn response(&mut self, old: &Response, new: &Response, path: &str, way: Direction) {
        self.words(
            Some(way),
            path,
            (&old.docs, old.span),
            (&new.docs, new.span),
        );
        let rules = ("response-media-added", "response-media-removed");
        self.content(
            &old.content,
            &new.content,
            path,
            way,
            rules,
            (old.span, new.span),
        );
        self.unknown(way, path, (&old.rest, old.span), (&new.rest, new.span));
        for (key, header) in &old.headers {
            let here = format!("{path}.header({})", header.name);
            if let Some(other) = new.headers.get(key) {
                self.header(header, other, &here, way);
            } else {
                let raw = Raw::new(
                    "header-removed",
                    &here,
                    way,
                    format!("the header {} is gone", header.name),
                );
                self.emit(raw.old(header.span).new_at(new.span));
            }
        }
        for (key, header) in &new.headers {
            if !old.headers.contains_key(key) {
                let here = format!("{path}.header({})", header.name);
                let raw = Raw::new(
                    "header-added",
                    &here,
                    way,
                    format!("the header {} is new", header.name),
                );
                self.emit(raw.old(old.span).new_at(header.span));
            }
        }
    }

    fn header(&mut self, old: &Header, new: &Header, path: &str, way: Direction) {
        let raw = |rule, message: &str| {
            Raw::new(rule, path, way, message)
                .old(old.span)
                .new_at(new.span)
        };
        if old.required && !new.required {
            self.emit(raw("header-became-optional", "it may be absent now"));
        } else if !old.required && new.required {
            self.emit(raw("header-became-required", "it is always there now"));
        }
        self.words(
            Some(way),
            path,
            (&old.docs, old.span),
            (&new.docs, new.span),
        );
        self.schemas(old.schema, new.schema, way, path, (old.span, new.span));
    }
}

fn shown(status: &str) -> &str {
    if status == "DEFAULT" {
        "default"
    } else {
        status
    }
}
