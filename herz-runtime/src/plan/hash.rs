//! The hash of a plan: what it is about, and nothing of the hour it was made.

use super::Plan;
use serde::Serialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// SHA-256 of experiment, seed, targets and actions, in hexadecimal.
pub(super) fn of(plan: &Plan) -> String {
    let steps: Vec<Json> = plan
        .steps
        .iter()
        .map(|step| {
            json!([
                step.target,
                step.backend,
                step.lifetime,
                step.claims,
                step.action
            ])
        })
        .collect();
    let json = json!([
        plan.schema_version,
        plan.experiment,
        plan.seed,
        plan.targets,
        plan.peers,
        steps,
        plan.duration.map(|span| span.as_nanos().to_string()),
    ]);
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text(json).as_bytes()) {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

/// Something as JSON that is the same whoever built this.
pub(super) fn text(value: impl Serialize) -> String {
    let mut text = String::new();
    write(&json!(value), &mut text);
    text
}

/// JSON with sorted keys, whatever `serde_json`'s features are in this build.
fn write(json: &Json, out: &mut String) {
    match json {
        Json::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Json::String(key.clone()).to_string());
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}
