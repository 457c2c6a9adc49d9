//! What travels to a service: parameters, request bodies.

use super::api::{Content, Operation, Parameter};
use super::compare::Comparison;
use super::level::Direction;
use super::model::{Id, Types};
use super::report::Raw;
use super::value::Value;
use crate::source::Span;
use std::collections::BTreeMap;

impl Comparison<'_> {
    pub(super) fn parameters(
        &mut self,
        old: &Operation,
        new: &Operation,
        path: &str,
        way: Direction,
    ) {
        let mut left: Vec<&Parameter> = new.parameters.iter().collect();
        let mut gone: Vec<&Parameter> = Vec::new();
        for parameter in &old.parameters {
            match left.iter().position(|it| same(parameter, it, old, new)) {
                Some(at) => {
                    let other = left.remove(at);
                    self.parameter(parameter, other, path, way);
                }
                None => gone.push(parameter),
            }
        }
        for parameter in gone {
            let here = |it: &Parameter| format!("{path}.param({}.{})", it.place, it.name);
            let moved = left.iter().position(|it| it.name == parameter.name);
            let renamed = || {
                left.iter().position(|it| {
                    it.place == parameter.place && bare(&it.name) == bare(&parameter.name)
                })
            };
            if let Some(at) = moved.or_else(renamed) {
                let other = left.remove(at);
                let (rule, message) = if moved.is_some() {
                    (
                        "param-moved",
                        format!("it stood in {}, now in {}", parameter.place, other.place),
                    )
                } else {
                    (
                        "param-renamed",
                        format!("`{}` is called `{}` now", parameter.name, other.name),
                    )
                };
                self.emit(
                    Raw::new(rule, &here(other), way, message)
                        .old(parameter.span)
                        .new_at(other.span),
                );
                self.parameter(parameter, other, path, way);
                continue;
            }
            let message = format!("the parameter `{}` is gone", parameter.name);
            self.emit(
                Raw::new("param-removed", &here(parameter), way, message)
                    .old(parameter.span)
                    .new_at(new.span),
            );
        }
        for parameter in left {
            let here = format!("{path}.param({}.{})", parameter.place, parameter.name);
            let (rule, message) = if parameter.required {
                (
                    "param-added-required",
                    format!("the parameter `{}` is new and required", parameter.name),
                )
            } else {
                (
                    "param-added-optional",
                    format!("the parameter `{}` is new", parameter.name),
                )
            };
            self.emit(
                Raw::new(rule, &here, way, message)
                    .old(old.span)
                    .new_at(parameter.span),
            );
        }
    }

    fn parameter(&mut self, old: &Parameter, new: &Parameter, path: &str, way: Direction) {
        let here = format!("{path}.param({}.{})", new.place, new.name);
        let raw = |rule, message: &str| {
            Raw::new(rule, &here, way, message)
                .old(old.span)
                .new_at(new.span)
        };
        if !old.required && new.required {
            self.emit(raw("param-became-required", "it is required now"));
        } else if old.required && !new.required {
            self.emit(raw("param-became-optional", "it may be absent now"));
        }
        if old.place == new.place && self.style_differs(old, new) {
            self.emit(raw(
                "param-style-changed",
                "it is spelled another way in requests",
            ));
        }
        self.words(
            Some(way),
            &here,
            (&old.docs, old.span),
            (&new.docs, new.span),
        );
        self.life(&old.life, &new.life, way, &here, (old.span, new.span));
        self.unknown(way, &here, (&old.rest, old.span), (&new.rest, new.span));
        self.schemas(old.schema, new.schema, way, &here, (old.span, new.span));
    }

    /// How lists and objects are spelled; single values are spelled one way only.
    fn style_differs(&self, old: &Parameter, new: &Parameter) -> bool {
        let single = |schema: Option<Id>, schemas: &super::model::Schemas| {
            schema.is_some_and(|id| {
                let types = schemas.get(schemas.target(id)).value_types();
                !types.overlaps(Types::ARRAY.union(Types::OBJECT))
            })
        };
        let both = single(old.schema, self.old) && single(new.schema, self.new);
        let significant = |style: &BTreeMap<String, Value>| {
            let mut style = style.clone();
            if both {
                style.remove("explode");
                let usual = [Value::Text("form".into()), Value::Text("simple".into())];
                if style.get("style").is_some_and(|it| usual.contains(it)) {
                    style.remove("style");
                }
            }
            style
        };
        significant(&old.style) != significant(&new.style)
    }

    /// Two schemas, either of which may be absent: then anything goes.
    pub(super) fn schemas(
        &mut self,
        old: Option<Id>,
        new: Option<Id>,
        way: Direction,
        path: &str,
        (a, b): (Span, Span),
    ) {
        match (old, new) {
            (Some(old), Some(new)) => self.walk(old, new, way, path),
            (None, Some(id)) => {
                let types = self.new.get(self.new.target(id)).value_types();
                if types.describe() != "anything" {
                    let message = format!("anything became {}", types.describe());
                    self.emit(
                        Raw::new("type-narrowed", path, way, message)
                            .old(a)
                            .new_at(b),
                    );
                }
            }
            (Some(id), None) => {
                let types = self.old.get(self.old.target(id)).value_types();
                if types.describe() != "anything" {
                    let message = format!("{} became anything", types.describe());
                    self.emit(
                        Raw::new("type-widened", path, way, message)
                            .old(a)
                            .new_at(b),
                    );
                }
            }
            (None, None) => {}
        }
    }

    pub(super) fn bodies(&mut self, old: &Operation, new: &Operation, path: &str, way: Direction) {
        let here = format!("{path}.request");
        match (&old.body, &new.body) {
            (None, None) => {}
            (None, Some(body)) => {
                let (rule, message) = if body.required {
                    ("body-added-required", "a body is required now")
                } else {
                    ("body-added-optional", "a body may be sent now")
                };
                self.emit(
                    Raw::new(rule, &here, way, message)
                        .old(old.span)
                        .new_at(body.span),
                );
            }
            (Some(body), None) => {
                let raw = Raw::new("body-removed", &here, way, "a body is not taken any more");
                self.emit(raw.old(body.span).new_at(new.span));
            }
            (Some(a), Some(b)) => {
                if !a.required && b.required {
                    self.emit(
                        Raw::new(
                            "body-became-required",
                            &here,
                            way,
                            "the body is required now",
                        )
                        .old(a.span)
                        .new_at(b.span),
                    );
                } else if a.required && !b.required {
                    self.emit(
                        Raw::new(
                            "body-became-optional",
                            &here,
                            way,
                            "the body may be absent now",
                        )
                        .old(a.span)
                        .new_at(b.span),
                    );
                }
                self.words(Some(way), &here, (&a.docs, a.span), (&b.docs, b.span));
                let rules = ("request-media-added", "request-media-removed");
                self.content(&a.content, &b.content, &here, way, rules, (a.span, b.span));
            }
        }
    }

    pub(super) fn content(
        &mut self,
        old: &Content,
        new: &Content,
        path: &str,
        way: Direction,
        (added, removed): (&'static str, &'static str),
        (a, b): (Span, Span),
    ) {
        let streamed = |content: &Content| content.keys().any(|name| is_stream(name));
        let gone: Vec<&String> = old.keys().filter(|name| !takes(new, name)).collect();
        let come: Vec<&String> = new.keys().filter(|name| !takes(old, name)).collect();
        let stream = streamed(old) != streamed(new) && !old.is_empty() && !new.is_empty();
        let replaced = stream && !gone.is_empty() && !come.is_empty();
        let text = |list: &[&String]| {
            list.iter()
                .map(|it| it.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        if replaced {
            let message = format!("{} became {}", text(&gone), text(&come));
            self.emit(
                Raw::new("op-stream-changed", path, way, message)
                    .old(a)
                    .new_at(b),
            );
        } else {
            if !gone.is_empty() {
                let raw = Raw::new(removed, path, way, format!("gone: {}", text(&gone)));
                self.emit(
                    raw.old(
                        gone.first()
                            .and_then(|it| old.get(*it))
                            .map_or(a, |it| it.span),
                    )
                    .new_at(b),
                );
            }
            if !come.is_empty() {
                let raw = Raw::new(added, path, way, format!("new: {}", text(&come)));
                self.emit(
                    raw.old(a).new_at(
                        come.first()
                            .and_then(|it| new.get(*it))
                            .map_or(b, |it| it.span),
                    ),
                );
            }
        }
        let body = format!("{path}.body");
        for (name, media) in old {
            if let Some(other) = new.get(name) {
                let places = (media.span, other.span);
                self.words(
                    Some(way),
                    &body,
                    (&media.docs, media.span),
                    (&other.docs, other.span),
                );
                self.unknown(
                    way,
                    &body,
                    (&media.rest, media.span),
                    (&other.rest, other.span),
                );
                self.schemas(media.schema, other.schema, way, &body, places);
            }
        }
    }
}

/// Whether a parameter is the same one: by name and place; those of a path by position, as no
/// request shows their names.
fn same(old: &Parameter, new: &Parameter, before: &Operation, after: &Operation) -> bool {
    if old.place != new.place {
        return false;
    }
    if old.place == "path" {
        let position = |name: &str, path: &str| {
            path.split('{')
                .skip(1)
                .position(|rest| rest.split('}').next() == Some(name))
        };
        let (a, b) = (
            position(&old.name, &before.path),
            position(&new.name, &after.path),
        );
        if a.is_some() || b.is_some() {
            return a == b;
        }
    }
    if old.place == "header" {
        return old.name.eq_ignore_ascii_case(&new.name);
    }
    old.name == new.name
}

/// Whether a list of media types takes one, ranges such as `application/*` included.
fn takes(content: &Content, name: &str) -> bool {
    content.keys().any(|known| {
        known == name
            || known == "*/*"
            || known
                .strip_suffix("/*")
                .is_some_and(|start| name.split('/').next() == Some(start))
    })
}

fn is_stream(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or(media).trim();
    matches!(
        name,
        "text/event-stream" | "application/x-ndjson" | "application/jsonl" | "application/json-seq"
    ) || media.contains("stream=watch")
}

fn bare(name: &str) -> String {
    name.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
