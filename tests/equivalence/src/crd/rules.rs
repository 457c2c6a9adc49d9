//! `x-kubernetes-validations`, asked of a CEL engine that knows nothing of Herz.
//!
//! An expression sees what the schema has types for: names of fields are escaped, fields without a type, unknown
//! ones and those that are null are not there, and every number of the type `number` is a float.

use super::{below, says};
use cel::{Context, Program, Value as Cel};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// The rules of a schema, compiled, by their text.
pub(super) struct Rules(BTreeMap<String, Program>);

impl Rules {
    /// Compiles all rules of a schema and of what is below it.
    pub(super) fn compile(schema: &Value) -> Result<Self, String> {
        let mut all = BTreeMap::new();
        gather(schema, &mut all)?;
        Ok(Self(all))
    }

    /// Whether the rules hold for a value and all that is in it. A rule that fails to give an answer does not
    /// hold.
    pub(super) fn hold(&self, value: &Value, schema: &Value) -> bool {
        self.own(value, schema)
            && match value {
                Value::Array(items) => schema
                    .get("items")
                    .is_none_or(|below| items.iter().all(|item| self.hold(item, below))),
                Value::Object(map) => map.iter().all(|(key, value)| {
                    below(schema, key).is_none_or(|below| self.hold(value, below))
                }),
                _ => true,
            }
    }

    fn own(&self, value: &Value, schema: &Value) -> bool {
        // Of a document that is created, nothing is known from before: such rules are not asked.
        let rules = texts(schema).filter(|rule| !rule.contains("oldSelf"));
        let mut rules = rules.filter_map(|rule| self.0.get(rule)).peekable();
        if value.is_null() || rules.peek().is_none() {
            return true;
        }
        let mut context = Context::default();
        context.add_variable_from_value("self", seen(value, schema).unwrap_or(Cel::Null));
        rules.all(|program| matches!(program.execute(&context), Ok(Cel::Bool(true))))
    }
}

fn texts(schema: &Value) -> impl Iterator<Item = &str> {
    let rules = schema
        .get("x-kubernetes-validations")
        .and_then(Value::as_array);
    rules
        .into_iter()
        .flatten()
        .filter_map(|one| one.get("rule").and_then(Value::as_str))
}

fn gather(schema: &Value, all: &mut BTreeMap<String, Program>) -> Result<(), String> {
    for text in texts(schema) {
        let program = Program::compile(text).map_err(|error| format!("{text}: {error}"))?;
        all.insert(text.to_owned(), program);
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for below in properties.into_iter().flatten().map(|(_, below)| below) {
        gather(below, all)?;
    }
    for word in ["items", "additionalProperties"] {
        schema
            .get(word)
            .map_or(Ok(()), |below| gather(below, all))?;
    }
    Ok(())
}

/// A value as expressions see it; none if the schema has no type for it.
fn seen(value: &Value, schema: &Value) -> Option<Cel> {
    let ty = schema.get("type").and_then(Value::as_str);
    if ty.is_none() && !says(schema, "x-kubernetes-int-or-string") {
        return None;
    }
    Some(match value {
        Value::Null => Cel::Null,
        Value::Bool(value) => Cel::Bool(*value),
        Value::Number(number) => match number.as_i64().filter(|_| ty != Some("number")) {
            Some(whole) => Cel::Int(whole),
            None => Cel::Float(number.as_f64()?),
        },
        Value::String(text) => text.clone().into(),
        Value::Array(items) => {
            let below = schema.get("items")?;
            let items: Option<Vec<Cel>> = items.iter().map(|item| seen(item, below)).collect();
            items?.into()
        }
        Value::Object(map) => {
            // Keys of a map are values, and values are not escaped.
            let map_of_values = schema.get("additionalProperties").is_some();
            let entry = |(key, value): (&String, &Value)| {
                let seen = seen(value, below(schema, key)?)?;
                if map_of_values {
                    Some((key.to_owned(), seen))
                } else {
                    (!value.is_null()).then(|| (escaped(key), seen))
                }
            };
            map.iter()
                .filter_map(entry)
                .collect::<HashMap<_, _>>()
                .into()
        }
    })
}

/// Words of CEL that no field can be called. They and the spelling below stand here again on purpose: an API server
/// does not take them from the emitter that is judged.
const RESERVED: &[&str] = &[
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// A field's name in expressions.
fn escaped(name: &str) -> String {
    if RESERVED.contains(&name) {
        return format!("__{name}__");
    }
    name.replace("__", "__underscores__")
        .replace('.', "__dot__")
        .replace('-', "__dash__")
        .replace('/', "__slash__")
}
