//! Values of types that Rust has no word for.

use crate::message::Wanted;
use crate::read::{Read, Reader};
use crate::scalar::{Bytes, IntOrString, Scalar, Text};
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
    const TAKES_NULL: bool = true;

    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        if value.is_null() {
            Some(Self::Null)
        } else {
            T::read(value, cx).map(Self::Value)
        }
    }

    fn is_right(value: &Json) -> bool {
        value.is_null() || T::is_right(value)
    }
}

impl<T: Look> Look for Nullable<T> {
    fn look(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Value(value) => value.look(),
        }
    }

    fn is_fine(&self) -> bool {
        self.value().is_none_or(Look::is_fine)
    }
}

impl Read for IntOrString {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        match value {
            Json::String(text) => Some(Self::String(text.clone())),
            Json::Number(number) if number.is_i64() => number.as_i64().map(Self::Int),
            other => cx.wrong_type(other, Wanted::IntOrText),
        }
    }

    fn is_right(value: &Json) -> bool {
        value.is_string() || value.is_i64()
    }
}

impl Look for IntOrString {
    fn is_fine(&self) -> bool {
        true
    }

    fn look(&self) -> View<'_> {
        match self {
            Self::Int(value) => View::Int(i128::from(*value)),
            Self::String(text) => View::Text(text),
        }
    }
}

impl Read for Bytes {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        cx.text(value).map(Self::new)
    }

    fn is_right(value: &Json) -> bool {
        matches!(value, Json::String(text) if Self::new(text).decode().is_ok())
    }
}

impl Look for Bytes {
    fn is_fine(&self) -> bool {
        self.decode().is_ok()
    }

    fn look(&self) -> View<'_> {
        View::Text(self.as_str())
    }
}

impl<S: Scalar> Read for Text<S> {
    /// Any text: whether it is well formed is for `validate()` to say.
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        cx.text(value).map(Self::new)
    }

    fn is_right(value: &Json) -> bool {
        matches!(value, Json::String(text) if S::parse(text).is_ok())
    }
}

impl<S: Scalar> Look for Text<S> {
    fn is_fine(&self) -> bool {
        self.get().is_ok()
    }

    fn look(&self) -> View<'_> {
        View::Text(self.as_str())
    }
}
