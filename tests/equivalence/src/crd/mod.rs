//! Emitted CRDs, applied as an API server applies them.
//!
//! A document goes the way of a request with `fieldValidation=Strict`: its kind is the endpoint's, unknown
//! keys are refused, nulls that no schema allows are dropped and defaults filled in ([`stored`]), values are
//! held against the schema ([`structural`]), then the rules in CEL are asked ([`rules`], by an engine that
//! knows nothing of Herz).
//!
//! The emitter is set to write what admission demands too. What it says that it could not write is what
//! this judge can't see ([`gaps`](mod@gaps)).

mod gaps;
mod rules;
mod stored;
mod structural;
#[cfg(test)]
mod tests;

use crate::schemas::FORMER;
use crate::{Document, Finding, Gap, Judge, Verdict};
use gaps::gaps;
use herz_codegen::crd::Crd;
use herz_codegen::target::{Options, Target, View};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::diagnostic::Level;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use rules::Rules;
use serde_json::Value;
use std::collections::BTreeMap;
use structural::Structural;

/// The emitted CRDs of a catalog's kinds.
pub struct ByCrd(BTreeMap<(String, String), Served>);

/// What an API server has of one kind.
struct Served {
    schema: Value,
    structural: Structural,
    rules: Rules,
    gaps: Vec<Gap>,
}

impl ByCrd {
    /// Emits the CRDs. The error is what an API server would not take.
    pub fn new(catalog: &Catalog) -> Result<Self, String> {
        let view = View::new(catalog, &Targets::newest(), &[]);
        let mut options = Options::new(Crd.options());
        for (name, value) in [
            ("admission", "true"),
            ("recursion", "open"),
            ("descriptions", "false"),
        ] {
            options
                .set_text(Crd.options(), name, value)
                .map_err(|error| format!("{name}: {error:?}"))?;
        }
        let emitted = Crd.emit(&view, &options);
        if let Some(note) = emitted.notes.iter().find(|one| one.level == Level::Error) {
            return Err(format!("{}: {}", note.item, note.message));
        }
        let mut kinds = BTreeMap::new();
        for kind in view.kinds() {
            let api_version = view.api_version(kind.package);
            let (group, _) = api_version.split_once('/').unwrap_or_default();
            let path = format!("{group}_{}.yaml", kind.plural);
            let text = emitted.files.get(&path).ok_or(format!("no {path}"))?;
            let (tree, _) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
            let crd = tree.documents().next().map(|one| one.root().to_json());
            let schema = crd
                .as_ref()
                .and_then(|crd| crd.pointer("/spec/versions/0/schema/openAPIV3Schema"))
                .ok_or(format!("no schema in {path}"))?
                .clone();
            let served = Served {
                structural: Structural::compile(&schema)
                    .map_err(|error| format!("{path}: {error}"))?,
                rules: Rules::compile(&schema).map_err(|error| format!("{path}: {error}"))?,
                gaps: gaps(&view, kind, &emitted.notes),
                schema,
            };
            kinds.insert((api_version, kind.name.clone()), served);
        }
        Ok(Self(kinds))
    }

    fn served(&self, document: &Document) -> Option<&Served> {
        self.0
            .get(&(document.api_version.clone(), document.kind.clone()))
    }
}

impl Judge for ByCrd {
    fn name(&self) -> &'static str {
        "CRD"
    }

    /// Not what an API server refuses whatever a schema says: whole numbers beyond 63 bits, which it reads as
    /// floats, and former names of fields.
    fn takes(&self, document: &Document) -> bool {
        let value = document.value();
        self.reads(document.form) && !has_great(&value) && !has_former(&value)
    }

    fn misses(&self, finding: &Finding, document: &Document) -> bool {
        self.served(document)
            .is_some_and(|served| served.gaps.iter().any(|gap| gap.covers(finding)))
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let one = |document: &Document| {
            let served = self
                .served(document)
                .ok_or(format!("no CRD of {}", document.kind))?;
            Ok(Verdict::Accepted(served.accepts(document)))
        };
        documents.iter().map(one).collect()
    }
}

impl Served {
    fn accepts(&self, document: &Document) -> bool {
        let mut value = document.value();
        let says = |key: &str, text: &str| value.get(key).and_then(Value::as_str) == Some(text);
        if !says("apiVersion", &document.api_version) || !says("kind", &document.kind) {
            return false;
        }
        if !stored::known(&value, &self.schema) {
            return false;
        }
        stored::store(&mut value, &self.schema);
        self.structural.fits(&value, &self.schema) && self.rules.hold(&value, &self.schema)
    }
}

/// Whether a value has a whole number beyond 63 bits.
fn has_great(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_u64() && !number.is_i64(),
        Value::Array(items) => items.iter().any(has_great),
        Value::Object(map) => map.values().any(has_great),
        _ => false,
    }
}

/// Whether a value has a key that looks like a former name.
fn has_former(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_former),
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| key.starts_with(FORMER) || has_former(value)),
        _ => false,
    }
}

/// The schema of an object's or map's entry.
fn below<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    schema
        .get("properties")
        .and_then(|all| all.get(key))
        .or_else(|| schema.get("additionalProperties"))
}

/// Whether a schema says `true` to a keyword.
fn says(schema: &Value, keyword: &str) -> bool {
    schema.get(keyword) == Some(&Value::Bool(true))
}
