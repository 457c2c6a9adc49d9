//! Values as JSON text.

use crate::catalog::Literal;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// A value as JSON over several lines, in the order of its keys, with a line break at the end.
///
/// JSON has no infinities and no NaN; they become null.
///
/// ```
/// use herz_dsl::catalog::Literal;
/// let value = Literal::Map(vec![("b".into(), Literal::Int(1)), ("a".into(), Literal::Null)]);
/// assert_eq!(herz_dsl::defaults::to_json(&value), "{\n  \"b\": 1,\n  \"a\": null\n}\n");
/// ```
pub fn to_json(value: &Literal) -> String {
    // Texts and numbers can't fail to be written.
    let mut text = serde_json::to_string_pretty(&Plain(value)).unwrap_or_default();
    text.push('\n');
    text
}

/// Writes a literal as the value that it stands for.
struct Plain<'a>(&'a Literal);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Literal::Null => serializer.serialize_unit(),
            Literal::Bool(value) => serializer.serialize_bool(*value),
            Literal::Int(value) => serializer.serialize_i64(*value),
            Literal::Float(value) => serializer.serialize_f64(*value),
            Literal::Text(text) => serializer.serialize_str(text),
            Literal::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Plain(item))?;
                }
                list.end()
            }
            Literal::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, &Plain(value))?;
                }
                map.end()
            }
        }
    }
}
