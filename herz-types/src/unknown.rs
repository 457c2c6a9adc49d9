//! Keys of an object that its schema does not know.

use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Keys that the schema does not know, with their values: kept when read, written back, and
/// reported by `validate()`. Nearly always empty, and then it takes one pointer.
///
/// ```
/// let mut unknown = herz_types::Unknown::default();
/// assert!(unknown.is_empty());
/// unknown.insert("latencyy", "1s".into());
/// assert_eq!(unknown.iter().next(), Some(("latencyy", &"1s".into())));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unknown(
    #[allow(
        clippy::box_collection,
        reason = "one word in every generated struct, not three"
    )]
    Option<Box<BTreeMap<String, Json>>>,
);

impl Unknown {
    /// No keys.
    pub const EMPTY: Self = Self(None);

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The keys and their values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0
            .iter()
            .flat_map(|map| map.iter())
            .map(|(key, value)| (key.as_str(), value))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.0.as_ref()?.get(key)
    }

    /// Takes a key in.
    pub fn insert(&mut self, key: impl Into<String>, value: Json) {
        self.0.get_or_insert_default().insert(key.into(), value);
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let map = self.0.as_mut()?;
        let value = map.remove(key);
        if map.is_empty() {
            self.0 = None;
        }
        value
    }
}
