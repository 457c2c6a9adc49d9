//! Reading the schemas that a contract consists of.
//!
//! Every keyword of OpenAPI 3.0 schemas that is a demand is understood: one that were read over would
//! be enforced by nobody. `format` is none, as in OpenAPI.

use super::schema::{Additional, Counts, Schema, SchemaId, Type};
use super::{CHAOS_SPEC, EXEMPT, Exempt, NO_SUCH_FIELD, ONE_SHOT, unusable};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::openapi::pointer;
use crate::tree::{Entry, Node, Resolved};
use herz_types::scalar::Pattern;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the schema [`CHAOS_SPEC`] and those that it leads to.
pub(super) fn contract(
    root: Node<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<(Vec<Schema>, SchemaId, Exempt)> {
    let Some(entry) = pointer(root, "/components/schemas").and_then(|s| s.entry(CHAOS_SPEC)) else {
        let first = root.entry("components").or_else(|| root.entries().next());
        let span = first.map_or_else(|| root.span(), |entry| entry.key.span);
        let text =
            format!("this document is no contract: it has no `components.schemas.{CHAOS_SPEC}`");
        findings.push(unusable(span, text));
        return None;
    };
    let exempt = exempt(entry.value, findings);
    let mut reader = Reader {
        root,
        findings,
        schemas: Vec::new(),
        known: BTreeMap::new(),
    };
    let start = reader.schema(entry.value);
    let schemas = reader.schemas;
    for (at, schema) in schemas.iter().enumerate() {
        if is_endless(&schemas, at) {
            findings.push(unusable(schema.span, "this schema is a part of itself"));
        }
    }
    Some((schemas, start, exempt))
}

fn exempt(schema: Node<'_>, findings: &mut Vec<Diagnostic>) -> Exempt {
    let mut exempt = Exempt::default();
    let Some(list) = schema.get(EXEMPT) else {
        return exempt;
    };
    if !list.is_list() {
        let text = format!("`{EXEMPT}` is a list of `{NO_SUCH_FIELD}` and `{ONE_SHOT}`");
        findings.push(unusable(list.place(), text));
    }
    for word in list.items() {
        match word.text() {
            Some(NO_SUCH_FIELD) => exempt.no_such_field = true,
            Some(ONE_SHOT) => exempt.one_shot = true,
            other => {
                let text = format!("`{EXEMPT}` has no word {}", word.type_name());
                let mut finding = unusable(word.place(), text);
                let meant = did_you_mean(other.unwrap_or_default(), [NO_SUCH_FIELD, ONE_SHOT]);
                finding = finding.help(meant.map_or_else(
                    || format!("expected `{NO_SUCH_FIELD}` or `{ONE_SHOT}`"),
                    |meant| format!("did you mean `{meant}`?"),
                ));
                findings.push(finding);
            }
        }
    }
    exempt
}

/// Whether a schema leads back to itself without a step into the value: judging would not end.
fn is_endless(schemas: &[Schema], start: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![SchemaId(start)];
    while let Some(schema) = open.pop().and_then(|id| schemas.get(id.0)) {
        let parts = schema.all.iter().chain(&schema.any).chain(&schema.one);
        for part in parts.chain(&schema.not) {
            if part.0 == start {
                return true;
            }
            if seen.insert(*part) {
                open.push(*part);
            }
        }
    }
    false
}

struct Reader<'r, 't> {
    root: Node<'t>,
    findings: &'r mut Vec<Diagnostic>,
    schemas: Vec<Schema>,
    /// Schemas read or begun, by the node's number.
    known: BTreeMap<u32, SchemaId>,
}

impl<'t> Reader<'_, 't> {
    fn schema(&mut self, node: Node<'t>) -> SchemaId {
        if let Some(id) = self.known.get(&node.id()) {
            return *id;
        }
        let first = node.entries().next();
        let span = first.map_or_else(|| node.span(), |entry| entry.key.span);
        let id = SchemaId(self.schemas.len());
        self.known.insert(node.id(), id);
        self.schemas.push(Schema::any(span));
        let mut schema = Schema::any(span);
        if let Some(reference) = node.entry("$ref") {
            self.reference(reference, node, &mut schema);
        } else {
            for entry in node.entries() {
                self.keyword(entry, node, &mut schema);
            }
        }
        if let Some(slot) = self.schemas.get_mut(id.0) {
            *slot = schema;
        }
        id
    }

    /// A reference is a part of its own. One into the catalog demands nothing more: the platform
    /// judges by that type anyway.
    fn reference(&mut self, reference: Entry<'t>, node: Node<'t>, schema: &mut Schema) {
        for entry in node.entries().filter(|entry| entry.key.text != "$ref") {
            let text = format!("`{}` does not count beside a `$ref`", entry.key.text);
            let finding = unusable(entry.key.span, text);
            self.findings
                .push(finding.help("put the reference into `allOf`, and the rest beside it"));
        }
        let target = reference
            .value
            .text()
            .and_then(|text| text.strip_prefix('#'));
        if let Some(target) = target.and_then(|path| pointer(self.root, path)) {
            let id = self.schema(target);
            schema.all.push(id);
        }
    }

    fn keyword(&mut self, entry: Entry<'t>, node: Node<'t>, schema: &mut Schema) {
        let value = entry.value;
        match entry.key.text {
            "type" => schema.ty = value.text().and_then(Type::named),
            "nullable" => schema.nullable = flag(value),
            "required" => {
                schema.required = value
                    .items()
                    .filter_map(|item| Some((item.text()?.to_owned(), item.span())))
                    .collect();
            }
            "properties" => {
                for property in value.entries() {
                    let id = self.schema(property.value);
                    schema.properties.push((property.key.text.to_owned(), id));
                }
            }
            "additionalProperties" => {
                schema.additional = match value.resolved() {
                    Resolved::Bool(false) => Additional::None,
                    Resolved::Bool(true) => Additional::Any,
                    _ => Additional::Schema(self.schema(value)),
                };
            }
            "items" => schema.items = Some(self.schema(value)),
            "enum" => schema.values = Some(value.items().map(|item| item.to_json()).collect()),
            "minimum" => schema.min = bound(node, value, "exclusiveMinimum"),
            "maximum" => schema.max = bound(node, value, "exclusiveMaximum"),
            "multipleOf" => schema.step = number(value),
            "minLength" => schema.length.min = count(value),
            "maxLength" => schema.length.max = count(value),
            "minItems" => schema.count.min = count(value),
            "maxItems" => schema.count.max = count(value),
            "minProperties" => schema.entries.min = count(value),
            "maxProperties" => schema.entries.max = count(value),
            "uniqueItems" => schema.unique = flag(value),
            "pattern" => self.pattern(value, schema),
            "allOf" => schema.all = self.parts(value),
            "anyOf" => schema.any = self.parts(value),
            "oneOf" => schema.one = self.parts(value),
            "not" => schema.not = Some(self.schema(value)),
            // What is left is for people, or read with its bound: a document with unknown keywords is
            // not read.
            _ => {}
        }
    }

    fn parts(&mut self, list: Node<'t>) -> Vec<SchemaId> {
        list.items().map(|item| self.schema(item)).collect()
    }

    fn pattern(&mut self, value: Node<'t>, schema: &mut Schema) {
        let Some(text) = value.text() else { return };
        match Pattern::new(text) {
            Ok(pattern) => schema.pattern = Some((text.to_owned(), pattern)),
            Err(why) => {
                let text = format!("this pattern can't be used: {why}");
                self.findings.push(unusable(value.place(), text));
            }
        }
    }
}

fn flag(node: Node<'_>) -> bool {
    node.resolved() == Resolved::Bool(true)
}

fn bound(schema: Node<'_>, value: Node<'_>, exclusive: &str) -> Option<(f64, bool)> {
    Some((number(value)?, schema.get(exclusive).is_some_and(flag)))
}

fn number(node: Node<'_>) -> Option<f64> {
    crate::check::number(node.resolved())
}

fn count(node: Node<'_>) -> Option<u64> {
    match node.resolved() {
        Resolved::Int(value) => u64::try_from(value).ok(),
        Resolved::Uint(value) => Some(value),
        _ => None,
    }
}

impl Counts {
    /// Whether so many are allowed.
    pub(super) fn allow(self, number: usize) -> bool {
        let number = number as u64;
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }
}
