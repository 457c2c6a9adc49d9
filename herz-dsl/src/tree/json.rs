//! A value as JSON.

use super::{Kind, Node, Resolved};
use serde_json::{Map, Number, Value};

impl Node<'_> {
    /// The value as JSON by the core schema. Aliases are expanded; infinities and NaN, which JSON
    /// does not have, are texts as written. Deep values are no danger: the tree's depth is limited.
    pub fn to_json(&self) -> Value {
        match self.kind() {
            Kind::List(items) => Value::Array(items.map(|item| item.to_json()).collect()),
            Kind::Map(entries) => {
                let map: Map<String, Value> = entries
                    .map(|entry| (entry.key.text.to_owned(), entry.value.to_json()))
                    .collect();
                Value::Object(map)
            }
            Kind::Scalar(scalar) => match scalar.resolved() {
                Resolved::Null => Value::Null,
                Resolved::Bool(value) => Value::Bool(value),
                Resolved::Int(value) => Value::Number(value.into()),
                Resolved::Uint(value) => Value::Number(value.into()),
                Resolved::Float(value) => Number::from_f64(value)
                    .map_or_else(|| Value::String(scalar.text.to_owned()), Value::Number),
                Resolved::Text => Value::String(scalar.text.to_owned()),
            },
        }
    }
}
