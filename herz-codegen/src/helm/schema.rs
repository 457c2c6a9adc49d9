//! `values.schema.json`: the schemas of the kinds, without what the chart fills in.

use super::Chart;
use super::fault::{MODE, SELECTOR, VALUE, common_selector};
use crate::document::{Map, texts};
use crate::json_schema::specs;
use herz_dsl::catalog::{Field, Literal, Type};
use herz_dsl::defaults::to_json;
use std::collections::BTreeSet;

impl Chart<'_, '_> {
    pub(super) fn values_schema(&self) -> String {
        let kinds: Vec<_> = self.faults.iter().map(|fault| fault.kind).collect();
        let selector = common_selector(self.view, self.id);
        let mode = self.shared_type(MODE);
        let types: Vec<_> = selector.into_iter().chain(mode).collect();
        let mut found = specs(self.view, &kinds, &types);
        let mut cases = Vec::new();
        let mut fault_properties = Map::new().with("enabled", Map::new().with("type", "boolean"));
        for (fault, (definition, pointer)) in self.faults.iter().zip(&found.specs) {
            let mut filled: BTreeSet<&str> = fault.shared.iter().copied().collect();
            filled.extend(fault.infer.as_ref().map(|infer| infer.tag));
            without_required(&mut found.definitions, definition, &filled);
            fault_properties.put(&fault.key, pointer.clone());
            cases.push(Map::new().with("required", texts([&fault.key])).literal());
        }
        let fault = Map::new()
            .with("type", "object")
            .with("properties", fault_properties)
            .with("additionalProperties", false)
            .with("oneOf", cases);
        let name = Map::new()
            .with("pattern", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
            .with("maxLength", 50_u64);
        let faults = Map::new()
            .with("type", "object")
            .with("propertyNames", name)
            .with("additionalProperties", fault);
        let text = || Map::new().with("type", "string");
        // Nothing selected yet is what values begin with; templates refuse it where it counts.
        let nobody = Map::new()
            .with("type", "object")
            .with("maxProperties", 0_u64)
            .literal();
        let pointer = |at: usize| found.types.get(at).cloned();
        let selector_schema = selector
            .and_then(|_| pointer(0))
            .map(|pointer| Map::new().with("anyOf", vec![nobody.clone(), pointer.literal()]));
        let mut properties = Map::new()
            .with("enabled", Map::new().with("type", "boolean"))
            .with("namespace", text())
            .with(
                "labels",
                Map::new()
                    .with("type", "object")
                    .with("additionalProperties", text()),
            )
            .with("global", Map::new())
            .with("faults", faults);
        properties.put_some(SELECTOR, selector_schema);
        if mode.is_some() {
            properties.put_some(MODE, pointer(usize::from(selector.is_some())));
        }
        properties.put(VALUE, text());
        for fault in &self.faults {
            if properties.get(fault.duration).is_none() {
                properties.put(fault.duration, text());
            }
        }
        let schema = Map::new()
            .with("$schema", "http://json-schema.org/draft-07/schema#")
            .with("title", format!("Values of {}", self.name))
            .with("type", "object")
            .with("properties", properties)
            .with("additionalProperties", false)
            .with("definitions", found.definitions);
        to_json(&schema.literal())
    }

    /// The named type of a field that faults share.
    fn shared_type(&self, name: &str) -> Option<herz_dsl::catalog::TypeId> {
        let of_name = |field: &&Field| field.wire == name;
        let mut fields = self
            .faults
            .iter()
            .filter_map(|fault| fault.spec.fields.iter().find(of_name));
        match fields.next()?.ty {
            Type::Ref(id) => Some(id),
            _ => None,
        }
    }
}

/// Takes fields out of what a definition requires.
fn without_required(definitions: &mut Map, name: &str, filled: &BTreeSet<&str>) {
    let definition = definitions.0.iter_mut().find(|(known, _)| known == name);
    let Some((_, Literal::Map(keywords))) = definition else {
        return;
    };
    let required = keywords.iter_mut().find(|(key, _)| key == "required");
    if let Some((_, Literal::List(names))) = required {
        names.retain(|name| !matches!(name, Literal::Text(text) if filled.contains(text.as_str())));
    }
}
