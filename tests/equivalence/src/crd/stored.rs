//! What an API server does with a document before it looks at values.

use super::{below, says};
use serde_json::Value;

const OPEN: &str = "x-kubernetes-preserve-unknown-fields";

/// Whether a document has no key that the schema does not know (`fieldValidation=Strict`). The server's own type
/// describes `metadata`.
pub(super) fn known(document: &Value, schema: &Value) -> bool {
    let mut entries = document.as_object().into_iter().flatten();
    entries.all(|(key, value)| key == "metadata" || entry_known(key, value, schema))
}

fn entry_known(key: &str, value: &Value, schema: &Value) -> bool {
    below(schema, key).map_or_else(|| says(schema, OPEN), |below| all_known(value, below))
}

fn all_known(value: &Value, schema: &Value) -> bool {
    match value {
        Value::Object(map) => map
            .iter()
            .all(|(key, value)| entry_known(key, value, schema)),
        Value::Array(items) => schema
            .get("items")
            .is_none_or(|below| items.iter().all(|item| all_known(item, below))),
        _ => true,
    }
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
