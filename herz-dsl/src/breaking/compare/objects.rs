//! Objects: which keys there may be.

use super::types::Shared;
use super::{Comparison, Pair};
use crate::breaking::level::Level;
use crate::breaking::model::{Additional, Schema, Types};
use crate::breaking::value::Value;

impl Comparison<'_> {
    pub(super) fn objects(&mut self, pair: &Pair<'_>, shared: Shared) {
        if !shared.compares(Types::OBJECT) {
            return;
        }
        if self.became_struct(pair) {
            return;
        }
        self.fields(pair);
        self.additional(pair);
        self.key_rules(pair);
        let (old, new) = (pair.old, pair.new);
        if old.map_type != new.map_type {
            let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "granular".into());
            let message = format!(
                "server-side apply merged it as {}, now as {}",
                text(&old.map_type),
                text(&new.map_type)
            );
            self.emit(pair.raw("map-type-changed", "x-kubernetes-map-type", message));
        }
        let keyword = "x-kubernetes-preserve-unknown-fields";
        if old.preserve_unknown && !new.preserve_unknown {
            let message = "keys that the schema does not know are dropped now";
            self.emit(pair.raw("unknown-fields-pruned", keyword, message));
        } else if !old.preserve_unknown && new.preserve_unknown {
            let message = "keys that the schema does not know are kept now";
            self.emit(pair.raw("unknown-fields-preserved", keyword, message));
        }
    }

    /// A map whose values have one schema became named fields.
    fn became_struct(&mut self, pair: &Pair<'_>) -> bool {
        let map = |schema: &Schema| {
            schema.properties.is_empty() && matches!(schema.additional, Additional::Schema(_))
        };
        let named = |schema: &Schema| {
            !schema.properties.is_empty() && !matches!(schema.additional, Additional::Schema(_))
        };
        let found = map(pair.old) && named(pair.new);
        if found {
            let keys: Vec<&str> = pair.new.properties.keys().map(String::as_str).collect();
            let message = format!("any key was allowed, now the keys are {}", keys.join(", "));
            let raw = pair.raw("map-to-struct", "properties", message);
            self.emit(raw.old(pair.old.at("additionalProperties")));
        }
        found
    }

    fn additional(&mut self, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        match (old.additional, new.additional) {
            (Additional::Closed, Additional::Open | Additional::Schema(_)) => {
                let message = "keys that the schema does not name are allowed now";
                self.emit(pair.raw("object-opened", "additionalProperties", message));
            }
            (Additional::Open | Additional::Schema(_), Additional::Closed) => {
                let message = "keys that the schema does not name are refused now";
                let raw = pair.raw("object-closed", "additionalProperties", message);
                self.emit(raw.witness(Some("{\"anyOtherKey\": …}".to_owned())));
            }
            (Additional::Schema(a), Additional::Schema(b)) => {
                self.walk(a, b, pair.direction, &format!("{}{{}}", pair.path));
            }
            (Additional::Open, Additional::Schema(id)) => {
                let what = self.new.get(id).value_types().describe();
                let message =
                    format!("keys that the schema does not name held anything, now {what}");
                let path = format!("{}{{}}", pair.path);
                let raw = super::Raw::new("type-narrowed", &path, pair.direction, message);
                self.emit(raw.old(old.span).new_at(new.at("additionalProperties")));
            }
            (Additional::Schema(id), Additional::Open) => {
                let what = self.old.get(id).value_types().describe();
                let message =
                    format!("keys that the schema does not name held {what}, now anything");
                let path = format!("{}{{}}", pair.path);
                let raw = super::Raw::new("type-widened", &path, pair.direction, message);
                self.emit(raw.old(old.at("additionalProperties")).new_at(new.span));
            }
            _ => {}
        }
    }

    fn key_rules(&mut self, pair: &Pair<'_>) {
        match (pair.old.property_names, pair.new.property_names) {
            (None, Some(_)) => {
                let message = "keys must keep a rule now";
                self.emit(pair.raw("map-key-rule-added", "propertyNames", message));
            }
            (Some(_), None) => {
                let message = "keys need not keep a rule any more";
                self.emit(pair.raw("map-key-rule-removed", "propertyNames", message));
            }
            (Some(a), Some(b)) => self.walk(a, b, pair.direction, pair.path),
            (None, None) => {}
        }
        for (pattern, id) in &pair.old.pattern_properties {
            if let Some(other) = pair.new.pattern_properties.get(pattern) {
                self.walk(*id, *other, pair.direction, &format!("{}{{}}", pair.path));
            } else {
                let message = format!("values of keys like `{pattern}` have no schema any more");
                self.emit(pair.raw("map-key-rule-removed", "patternProperties", message));
            }
        }
        for pattern in pair.new.pattern_properties.keys() {
            if !pair.old.pattern_properties.contains_key(pattern) {
                let message = format!("values of keys like `{pattern}` have a schema now");
                self.emit(pair.raw("map-key-rule-added", "patternProperties", message));
            }
        }
    }

    /// Keywords that no rule knows: the change must not pass unseen.
    pub(super) fn unknown_keywords(&mut self, pair: &Pair<'_>) {
        self.unknown(
            pair.direction,
            pair.path,
            (&pair.old.rest, pair.old.span),
            (&pair.new.rest, pair.new.span),
        );
        // A limit that stays, and is decided elsewhere now.
        for (limit, was) in &pair.old.layers {
            let Some(is) = pair.new.layers.get(limit).filter(|is| *is != was) else {
                continue;
            };
            let by = |admission: bool| {
                if admission {
                    "admission"
                } else {
                    "the structure"
                }
            };
            let message = format!("`{limit}` was decided by {}, now by {}", by(*was), by(*is));
            let raw = pair.raw("unhandled", "", message);
            // The structure counts everywhere, admission where it looks.
            let looser = *is == (pair.direction == super::Direction::Input);
            self.emit(if looser { raw.level(Level::Minor) } else { raw });
        }
    }

    /// Reports keywords that differ and that no rule knows.
    pub(in crate::breaking) fn unknown(
        &mut self,
        direction: impl Into<Option<super::Direction>>,
        path: &str,
        (old, old_span): (&crate::breaking::api::Rest, crate::source::Span),
        (new, new_span): (&crate::breaking::api::Rest, crate::source::Span),
    ) {
        let direction = direction.into();
        let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let (before, after) = (old.get(key), new.get(key));
            if before.map(|it| &it.0) == after.map(|it| &it.0) {
                continue;
            }
            let text = |value: Option<&(Value, crate::source::Span)>| {
                value.map_or("nothing".to_owned(), |(value, _)| {
                    crate::tree::shorten(&value.to_string()).into_owned()
                })
            };
            let message = format!("`{key}` was {}, it is {}", text(before), text(after));
            let raw = super::Raw::new("unhandled", path, direction, message);
            self.emit(
                raw.old(before.map_or(old_span, |it| it.1))
                    .new_at(after.map_or(new_span, |it| it.1)),
            );
        }
    }
}
