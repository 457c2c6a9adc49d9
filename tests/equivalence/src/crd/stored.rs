//! What an API server does with a document before it looks at values.

use super::{below, says};
use serde_json::Value;

const OPEN: &str = "x-kubernetes-preserve-unknown-fields";

/// Whether there is no key that the schema does not know (`fieldValidation=Strict`).
pub(super) fn known(value: &Value, schema: &Value) -> bool {
    match value {
        // The server's own type describes `metadata`: its schema has no properties here.
        Value::Object(map) => map.iter().all(|(key, value)| {
            below(schema, key).map_or_else(
                || says(schema, OPEN),
                |below| is_metadata(below) || known(value, below),
            )
        }),
        Value::Array(items) => schema
            .get("items")
            .is_none_or(|below| items.iter().all(|item| known(item, below))),
        _ => true,
    }
}

/// `type: object` and nothing else.
fn is_metadata(schema: &Value) -> bool {
    schema.as_object().is_some_and(|map| map.len() == 1)
        && schema.get("type") == Some(&Value::from("object"))
}

/// Drops nulls that the schema does not allow, then fills in defaults.
pub(super) fn store(value: &mut Value, schema: &Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| {
                let nullable = below(schema, key).is_none_or(|below| says(below, "nullable"));
                !value.is_null() || nullable
            });
            let properties = schema.get("properties").and_then(Value::as_object);
            for (key, below) in properties.into_iter().flatten() {
                if let Some(default) = below.get("default") {
                    map.entry(key.clone()).or_insert_with(|| default.clone());
                }
            }
            for (key, value) in map {
                if let Some(below) = below(schema, key) {
                    store(value, below);
                }
            }
        }
        Value::Array(items) => {
            if let Some(below) = schema.get("items") {
                for item in items {
                    store(item, below);
                }
            }
        }
        _ => {}
    }
}
