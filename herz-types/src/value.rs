//! Values of types that Rust has no word for.

use crate::read::{Read, Reader};
use crate::view::{Look, View};
use serde_json::Value as Json;

/// A value where null is one.
#[derive(Debug, Clone, PartialEq)]
pub enum Nullable<T> {
    /// Null.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if it is not null.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Read> Read for Nullable<T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        if value.is_null() { Some(Self::Null) } else { T::read(value, cx).map(Self::Value) }
    }
}

impl<T: Look> Look for Nullable<T> {
    fn look(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Value(value) => value.look(),
        }
    }
}

/// A whole number or a text: a port by number or name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum IntOrString {
    /// A whole number.
    Int(i64),
    /// A text.
    String(String),
}

impl From<i64> for IntOrString {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<String> for IntOrString {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<&str> for IntOrString {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl Read for IntOrString {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        match value {
            Json::String(text) => Some(Self::String(text.clone())),
            Json::Number(number) if number.is_i64() => number.as_i64().map(Self::Int),
            other => cx.wrong_type(other, "a whole number or a text"),
        }
    }
}

impl Look for IntOrString {
    fn look(&self) -> View<'_> {
        match self {
            Self::Int(value) => View::Int(i128::from(*value)),
            Self::String(text) => View::Text(text),
        }
    }
}

/// Bytes, kept as the base64 text that documents hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub String);

impl Read for Bytes {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        match value {
            Json::String(text) => Some(Self(text.clone())),
            other => cx.wrong_type(other, "bytes as base64 text"),
        }
    }
}

impl Look for Bytes {
    fn look(&self) -> View<'_> {
        View::Text(&self.0)
    }
}
