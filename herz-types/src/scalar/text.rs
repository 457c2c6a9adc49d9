//! What structs hold: a text as it was written.

use super::{Scalar, ScalarError};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A text that should be a value of a dialect, kept as it was written.
///
/// Reading and writing a document must lose nothing, not even a malformed value. So this holds
/// the text, and [`Text::get`] parses it.
///
/// ```
/// use herz_types::scalar::{GoDuration, Text};
/// let text: Text<GoDuration> = Text::new("90s");
/// assert_eq!(text.get()?, GoDuration::from_nanos(90_000_000_000));
/// assert_eq!(text.as_str(), "90s");
/// assert!(Text::<GoDuration>::new("soon").get().is_err());
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
pub struct Text<S> {
    text: String,
    kind: PhantomData<fn() -> S>,
}

impl<S> Text<S> {
    /// A text, well formed or not.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            kind: PhantomData,
        }
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as written.
    pub fn into_string(self) -> String {
        self.text
    }

    /// Whether it is the empty text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl<S: Scalar> Text<S> {
    /// The value.
    pub fn get(&self) -> Result<S, ScalarError> {
        S::parse(&self.text)
    }
}

impl<S: Scalar> From<S> for Text<S> {
    fn from(value: S) -> Self {
        Self::new(value.to_string())
    }
}

impl<S> From<&str> for Text<S> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<S> From<String> for Text<S> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl<S> Clone for Text<S> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<S> Default for Text<S> {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl<S> fmt::Debug for Text<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<S> fmt::Display for Text<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<S> PartialEq for Text<S> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<S> Eq for Text<S> {}

impl<S> PartialEq<str> for Text<S> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl<S> PartialEq<&str> for Text<S> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl<S> PartialOrd for Text<S> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<S> Ord for Text<S> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl<S> std::hash::Hash for Text<S> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<S> AsRef<str> for Text<S> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<S> Serialize for Text<S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, S> Deserialize<'de> for Text<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
