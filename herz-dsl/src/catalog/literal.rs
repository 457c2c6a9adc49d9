//! Values written in schemas: defaults, examples, enum values, sides of comparisons.

use serde::{Deserialize, Serialize};

/// A value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// Null.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Literal>),
    /// A map, in the order written.
    Map(Vec<(String, Literal)>),
}

impl Literal {
    /// Whether it is null, empty, zero or false: what a field that must be filled must not hold.
    ///
    /// ```
    /// # use herz_dsl::catalog::Literal;
    /// assert!(Literal::Text(String::new()).is_empty() && Literal::Int(0).is_empty());
    /// assert!(!Literal::Bool(true).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(value) => !value,
            Self::Int(value) => *value == 0,
            Self::Float(value) => *value == 0.0,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(entries) => entries.is_empty(),
        }
    }
}
