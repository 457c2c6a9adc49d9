//! `when:`: the conditions of a rule, a map from path to test.

use super::path::PathDecl;
use super::read::Reader;
use super::value::{Data, Value};
use crate::source::Span;
use crate::tree::Resolved;

/// A condition as written.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionDecl {
    /// The field.
    pub field: PathDecl,
    /// What must hold.
    pub test: TestDecl,
    /// The place of the test.
    pub span: Span,
}

/// A test as written.
#[derive(Debug, Clone, PartialEq)]
pub enum TestDecl {
    /// Is one of these.
    In(Vec<Value>),
    /// Is absent or none of these.
    NotIn(Vec<Value>),
    /// Is there.
    Present,
    /// Is not there.
    Absent,
    /// Is there and not empty.
    Filled,
    /// Is absent or empty.
    Empty,
}

impl ConditionDecl {
    /// Reads the map of conditions.
    pub fn read_map(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Vec<Self>> {
        let entries = reader.entries(value, keyword)?;
        Some(
            entries
                .iter()
                .filter_map(|(key, value)| {
                    let field = PathDecl::from_text(reader, key);
                    let test = TestDecl::read(reader, value);
                    Some(Self {
                        field: field?,
                        test: test?,
                        span: value.span,
                    })
                })
                .collect(),
        )
    }
}

impl TestDecl {
    fn read(reader: &mut Reader, value: &Value) -> Option<Self> {
        match &value.data {
            // A word of the language only where it is plain: `"present"` in quotes is a value.
            Data::Scalar {
                text,
                plain: true,
                resolved: Resolved::Text,
            } => Some(match text.as_str() {
                "present" => Self::Present,
                "absent" => Self::Absent,
                "filled" => Self::Filled,
                "empty" => Self::Empty,
                _ => Self::In(vec![value.clone()]),
            }),
            Data::Scalar {
                resolved: Resolved::Null,
                ..
            } => {
                reader.shape(value, "a condition must be a value, a list of values, `{ not: […] }`, `present`, `absent`, `filled` or `empty`");
                None
            }
            Data::Broken => None,
            Data::Scalar { .. } => Some(Self::In(vec![value.clone()])),
            Data::List(items) => {
                if items.is_empty() {
                    reader.shape(value, "a condition must be a list of at least one value");
                    return None;
                }
                Some(Self::In(items.clone()))
            }
            Data::Map(_) => {
                let map = reader.map(value, "a condition", &[&["not"]])?;
                map.require(reader, "not", |reader, value, _| match &value.data {
                    Data::List(items) if items.is_empty() => {
                        reader.shape(value, "`not` must be a list of at least one value");
                        None
                    }
                    Data::List(items) => Some(Self::NotIn(items.clone())),
                    _ => Some(Self::NotIn(vec![value.clone()])),
                })
            }
        }
    }
}
