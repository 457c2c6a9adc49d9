//! Emitted JSON Schema (2020-12), applied by a library that knows nothing of Herz.

use crate::{Document, Finding, Judge, Verdict};
use herz_codegen::json_schema::JsonSchema;
use herz_codegen::target::{Options, Target, View};
use herz_dsl::catalog::{Catalog, Targets};
use herz_types::codes;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeMap;

/// What JSON Schema has no words for, and why. Beside the schemas, `LIMITS.md` lists every place.
const CAN_NOT_SAY: &[(codes::Code, &str)] = &[
    (
        codes::GRAMMAR,
        "a grammar is more than a regular expression",
    ),
    (codes::COMPARE, "it compares no two values"),
    (codes::UNIQUE, "items are compared as a whole only"),
    (codes::CEL, "it has no expressions"),
    (codes::DANGLING, "nothing refers to another place"),
    (codes::CYCLE, "nothing refers to another place"),
];

/// The emitted schemas of a catalog's kinds.
pub struct ByJsonSchema {
    kinds: BTreeMap<(String, String), Validator>,
}

impl ByJsonSchema {
    /// Emits and compiles the schema of each kind. The error is what the library says of a schema.
    pub fn new(catalog: &Catalog) -> Result<Self, String> {
        let view = View::new(catalog, &Targets::newest(), &[]);
        let emitted = JsonSchema.emit(&view, &Options::new(JsonSchema.options()));
        let mut kinds = BTreeMap::new();
        for kind in view.kinds() {
            let Some(package) = view.catalog.package(kind.package) else {
                continue;
            };
            let path = format!("{}/{}.json", package.name, kind.name);
            let text = emitted.files.get(&path).ok_or(format!("no {path}"))?;
            let schema = serde_json::from_str(text).map_err(|error| format!("{path}: {error}"))?;
            let validator =
                jsonschema::validator_for(&schema).map_err(|error| format!("{path}: {error}"))?;
            let api_version = format!("{}/{}", package.group, package.api_version);
            kinds.insert((api_version, kind.name.clone()), validator);
        }
        Ok(Self { kinds })
    }
}

impl Judge for ByJsonSchema {
    fn name(&self) -> &'static str {
        "JSON Schema"
    }

    fn misses(&self, finding: &Finding, document: &Document) -> bool {
        misses(finding, document)
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let one = |document: &Document| {
            let key = (document.api_version.clone(), document.kind.clone());
            let validator = self
                .kinds
                .get(&key)
                .ok_or(format!("no schema of {key:?}"))?;
            Ok(Verdict::Accepted(validator.is_valid(&document.value())))
        };
        documents.iter().map(one).collect()
    }
}

/// Whether JSON Schema can't say this finding, whoever applies it.
pub(crate) fn misses(finding: &Finding, document: &Document) -> bool {
    let of_code = |(code, _): &(codes::Code, &str)| code.as_str() == finding.code;
    // Numbers have ranges; a duration or a size is a text, and texts are not compared.
    let amount = || {
        finding.code == codes::OUT_OF_RANGE.as_str()
            && at(&document.value(), &finding.path).is_some_and(Value::is_string)
    };
    // Nulls that count as absent are not there when entries are counted; it counts all keys.
    let nulls = || {
        finding.code == codes::ITEMS.as_str()
            && at(&document.value(), &finding.path)
                .and_then(Value::as_object)
                .is_some_and(|map| map.values().any(Value::is_null))
    };
    // Items that are the same in their keys, and differ in something else.
    let keys = || {
        finding.code == codes::DUPLICATE_ITEM.as_str()
            && finding.path.rsplit_once('[').is_some_and(|(list, _)| {
                let value = document.value();
                let (list, item) = (at(&value, list), at(&value, &finding.path));
                let items = list.and_then(Value::as_array).into_iter().flatten();
                items.filter(|one| Some(*one) == item).count() == 1
            })
    };
    CAN_NOT_SAY.iter().any(of_code) || amount() || nulls() || keys()
}

/// The value at a path such as `spec.steps[0].wait`.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, step| {
        let mut parts = step.split('[');
        let value = value.get(parts.next()?)?;
        parts.try_fold(value, |value, index| {
            value.get(index.strip_suffix(']')?.parse::<usize>().ok()?)
        })
    })
}
