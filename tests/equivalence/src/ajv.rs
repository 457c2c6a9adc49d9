//! Emitted JSON Schema, applied by ajv, the engine that JavaScript programs use.

use crate::{Document, Finding, Judge, Verdict, json_schema, pipe, vectors};
use herz_codegen::json_schema::JsonSchema;
use herz_codegen::target::{Options, Target, View};
use herz_dsl::catalog::{Catalog, Targets};
use herz_tests::tool;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

/// ajv, run by node.
#[derive(Debug, Clone)]
pub struct Ajv {
    node: PathBuf,
    folder: PathBuf,
}

impl Ajv {
    /// With the schemas of a catalog; none if there is no node or ajv, which is said.
    pub fn new(catalog: &Catalog) -> Result<Option<Self>, String> {
        let Some(node) = tool("node", "--version") else {
            return Ok(None);
        };
        if !herz_tests::top("target/tools/node_modules/ajv").is_dir() {
            herz_tests::skipped("no ajv in target/tools (see .ci/tools)");
            return Ok(None);
        }
        let folder = herz_tests::top("target/equivalence/json-schema");
        std::fs::remove_dir_all(&folder).ok();
        let view = View::new(catalog, &Targets::newest(), &[]);
        let emitted = JsonSchema.emit(&view, &Options::new(JsonSchema.options()));
        let written = emitted.files.write(&folder);
        written.map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Some(Self { node, folder }))
    }
}

impl Judge for Ajv {
    fn name(&self) -> &'static str {
        "JSON Schema, by ajv"
    }

    /// JavaScript has no whole numbers beyond 2^53: ajv judges others than those of the text.
    fn takes(&self, document: &Document) -> bool {
        self.reads(document.form) && !beyond_javascript(&document.value())
    }

    fn misses(&self, finding: &Finding, document: &Document) -> bool {
        json_schema::misses(finding, document)
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let text: String = documents
            .iter()
            .map(|document| vectors::line(document, None) + "\n")
            .collect();
        let script = herz_tests::top("tests/equivalence/src/models/ajv.mjs");
        let mut command = Command::new(&self.node);
        command.arg(script).arg(&self.folder);
        command.arg(herz_tests::top("target/tools"));
        vectors::verdicts(&pipe::answers(&mut command, &text)?)
    }
}

/// Whether a value has a whole number that is none of JavaScript's.
fn beyond_javascript(value: &Value) -> bool {
    const EXACT: u64 = 1 << 53;
    match value {
        Value::Number(number) => {
            number.as_u64().is_some_and(|one| one > EXACT)
                || number
                    .as_i64()
                    .is_some_and(|one| one.unsigned_abs() > EXACT)
        }
        Value::Array(items) => items.iter().any(beyond_javascript),
        Value::Object(entries) => entries.values().any(beyond_javascript),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::beyond_javascript;
    use serde_json::json;

    #[test]
    fn great_numbers_are_not_for_javascript() {
        assert!(beyond_javascript(&json!({"a": [u64::MAX]})));
        assert!(beyond_javascript(&json!(i64::MIN)));
        assert!(!beyond_javascript(
            &json!({"a": [1_u64 << 53, 1e300, "x", null]})
        ));
    }
}
