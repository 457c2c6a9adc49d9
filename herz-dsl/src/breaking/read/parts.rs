//! Keywords of schemas that need nothing but themselves.

use super::schema::is_true;
use crate::breaking::model::{
    Bound, CrossRule, Discriminator, Enumeration, Lifecycle, Schema, Types,
};
use crate::breaking::value::{Decimal, Value};
use crate::tree::{Node, Resolved};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// `x-extensible-enum: [a, b]`, or `x-extensible-enum: true` beside `enum`.
pub(super) fn open_enum(schema: &mut Schema, value: Node<'_>) {
    if value.is_list() {
        let values = value.items().map(Value::read).collect();
        schema.enumeration = Some(Enumeration { values, open: true });
    } else if is_true(value) {
        schema.open_union = true;
    }
}

/// `if`, `then`, `else` and dependencies are rules across fields; their text is their value.
pub(super) fn conditions(schema: &mut Schema, name: &'static str, value: Node<'_>) {
    let span = value.place();
    let mut add = |text: String, members: Option<(String, BTreeSet<String>)>| {
        schema.rules.push(CrossRule {
            text,
            error: true,
            members,
            span,
            ..CrossRule::default()
        });
    };
    if matches!(name, "if" | "then" | "else") {
        return add(format!("{name} {}", Value::read(value)), None);
    }
    for entry in value.entries() {
        if entry.value.is_list() {
            let needs = Value::read(entry.value).texts().into_iter().collect();
            add(
                String::new(),
                Some((format!("`{}` requires", entry.key.text), needs)),
            );
        } else {
            let text = format!("with `{}`: {}", entry.key.text, Value::read(entry.value));
            add(text, None);
        }
    }
}

pub(super) fn types_of(node: Node<'_>) -> Types {
    let one = |text: &str| match text {
        "null" => Types::NULL,
        "boolean" => Types::BOOL,
        "integer" => Types::INTEGER,
        "number" => Types::NUMBER,
        "string" => Types::STRING,
        "array" => Types::ARRAY,
        "object" => Types::OBJECT,
        _ => Types::ANY,
    };
    if node.is_list() {
        let scalar = |item: Node<'_>| item.scalar().map_or(Types::ANY, |scalar| one(scalar.text));
        return node.items().map(scalar).fold(Types::NONE, Types::union);
    }
    node.scalar().map_or(Types::ANY, |scalar| one(scalar.text))
}

/// Both ways of writing an exclusive bound: a flag beside it, or a keyword of its own.
pub(super) fn bound(schema: &mut Schema, name: &'static str, value: Node<'_>, whole: Node<'_>) {
    let (plain, exclusive, least) = match name {
        "minimum" | "exclusiveMinimum" => ("minimum", "exclusiveMinimum", true),
        _ => ("maximum", "exclusiveMaximum", false),
    };
    let Some(number) = value
        .scalar()
        .filter(|_| value.resolved() != Resolved::Text)
    else {
        return;
    };
    let Some(number) = Decimal::parse(number.text) else {
        return;
    };
    let bound = if name == plain {
        let flag = whole.get(exclusive).is_some_and(is_true);
        Bound {
            value: number,
            exclusive: flag,
        }
    } else {
        Bound {
            value: number,
            exclusive: true,
        }
    };
    let place = if least {
        &mut schema.minimum
    } else {
        &mut schema.maximum
    };
    let tighter = place.is_none_or(|own| {
        if own.value == bound.value {
            bound.exclusive
        } else {
            (bound.value > own.value) == least
        }
    });
    if tighter {
        *place = Some(bound);
    }
}

pub(super) fn flag(schema: &mut Schema, name: &str, on: bool) {
    match name {
        "readOnly" => schema.read_only = on,
        "writeOnly" => schema.write_only = on,
        "x-herz-immutable" => schema.immutable = on,
        "x-herz-sensitive" => schema.sensitive = on,
        "x-herz-open" => schema.open_union = on,
        "x-kubernetes-preserve-unknown-fields" => schema.preserve_unknown = on,
        "x-kubernetes-embedded-resource" => schema.embedded = on,
        _ => {}
    }
}

pub(super) fn life(life: &mut Lifecycle, name: &str, value: Node<'_>) {
    let text = Value::read(value).plain();
    match name {
        "deprecated" => life.deprecated = is_true(value),
        "x-sunset" => life.sunset = Some(text),
        "x-stability-level" => life.stability = Some(text),
        "x-herz-feature" => life.feature = Some(text),
        _ => {
            life.since.insert(name.to_owned(), text);
        }
    }
}

pub(super) fn discriminator(schema: &mut Schema, value: Node<'_>) {
    let property = value
        .get("propertyName")
        .and_then(Node::text)
        .unwrap_or_default()
        .to_owned();
    let mapping = value.get("mapping").map_or_else(BTreeMap::new, |mapping| {
        mapping
            .entries()
            .map(|entry| (entry.key.text.to_owned(), Value::read(entry.value).plain()))
            .collect()
    });
    schema.discriminator = Some(Discriminator {
        property,
        mapping,
        span: value.place(),
    });
}

/// `x-kubernetes-validations`, and Herz's own rules.
pub(super) fn rules(schema: &mut Schema, value: Node<'_>) {
    for item in value.items() {
        let mut rule = CrossRule {
            error: true,
            span: item.place(),
            ..CrossRule::default()
        };
        for entry in item.entries() {
            let text = Value::read(entry.value);
            match entry.key.text {
                "rule" | "expression" => rule.text = text.plain(),
                "message" | "messageExpression" | "reason" | "id" | "doc" => {
                    let _ = writeln!(rule.message, "{}: {}", entry.key.text, text.plain());
                }
                "level" => rule.error = text.plain() != "warning",
                kind @ ("exactlyOneOf" | "atMostOneOf" | "atLeastOneOf" | "excludes") => {
                    rule.members = Some((kind.to_owned(), text.texts().into_iter().collect()));
                }
                other => rule.rest.push((other.to_owned(), text)),
            }
        }
        rule.rest.sort();
        let compact: String = rule.text.split_whitespace().collect();
        if matches!(compact.as_str(), "self==oldSelf" | "oldSelf==self") {
            schema.immutable = true;
        } else {
            schema.rules.push(rule);
        }
    }
}
