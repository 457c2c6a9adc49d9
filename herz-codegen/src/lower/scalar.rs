//! What generated tests are made of: texts of every dialect with what they mean, and the
//! examples of every kind.

use super::plan::Plan;
use herz_types::scalar::Dialect;
use serde_json::{Value, json};

/// Texts of every dialect: accepted and refused ones, and changed ones, each with what Rust says.
pub(crate) fn samples() -> String {
    let mut rows = Vec::new();
    for dialect in Dialect::ALL {
        let name = dialect.name();
        let mut texts: Vec<String> = Vec::new();
        for sample in dialect.samples() {
            for text in changed(sample.text) {
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        for text in texts {
            let row = match dialect.parse(&text) {
                Ok(magnitude) => {
                    let value = magnitude.value();
                    let value = value.map(|value| {
                        if value.is_finite() {
                            json!(value)
                        } else {
                            json!(value.to_string())
                        }
                    });
                    json!({ "dialect": name, "text": text, "value": value })
                }
                Err(error) => json!({
                    "dialect": name,
                    "text": text,
                    "message": error.message,
                    "allowed": error.allowed,
                }),
            };
            rows.push(row.to_string());
        }
    }
    rows.push(String::new());
    rows.join("\n")
}

/// A text, and what is left of it or comes of it by one slip.
fn changed(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned(), format!(" {text}"), format!("{text}x")];
    let mut chars = text.chars();
    if chars.next_back().is_some() {
        all.push(chars.as_str().to_owned());
    }
    let mut chars = text.chars();
    if chars.next().is_some() {
        all.push(chars.as_str().to_owned());
    }
    all.push(text.to_uppercase());
    all.push(text.replace(':', "::"));
    all.push(format!("{text}{text}"));
    all
}

/// The examples of every kind as JSON documents, one on each line.
pub(crate) fn documents(plan: &Plan<'_>) -> String {
    use herz_dsl::source::SourceId;
    use herz_dsl::tree::{self, Limits};
    let mut rows: Vec<String> = Vec::new();
    for (kind, _) in plan.kinds() {
        for example in &kind.examples {
            let (tree, _) = tree::parse(SourceId(0), example.as_bytes(), &Limits::default());
            for document in tree.documents() {
                let document: Value = document.root().to_json();
                rows.push(json!({ "document": document }).to_string());
            }
        }
    }
    rows.push(String::new());
    rows.join("\n")
}
