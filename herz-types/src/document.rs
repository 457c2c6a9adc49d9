//! Whole documents: what every kind has, and the enum over all kinds.

use crate::Violation;
use crate::doubt::slots;
use crate::meta::ObjectMeta;
use crate::read::Read;
use crate::validate::Validate;
use serde_json::Value as Json;

/// A document of one kind.
pub trait Document: Read + Validate + serde::Serialize {
    /// The kind: `NetworkChaos`.
    const KIND: &'static str;
    /// Group and version: `chaos-mesh.org/v1alpha1`.
    const API_VERSION: &'static str;

    /// Name, namespace, labels.
    fn metadata(&self) -> Option<&ObjectMeta>;

    /// Whether a document of these parts is known to be right, as [`Read::is_right`].
    #[doc(hidden)]
    fn parts_are_right(parts: &Parts<'_>) -> bool {
        let _ = parts;
        false
    }

    /// The name, if there is one.
    fn name(&self) -> Option<&str> {
        self.metadata()?.name.as_deref()
    }
}

/// Reads a document and judges it: the value, and everything that was found. No value if it does
/// not fit the types.
pub fn read_and_validate<T: Read + Validate>(value: &Json) -> (Option<T>, Vec<Violation>) {
    let mut cx = crate::read::Reader::default();
    let read = T::read(value, &mut cx);
    let failed = cx.failed();
    let mut found = cx.into_findings();
    match read.filter(|_| !failed) {
        Some(value) => {
            found.extend(value.validate());
            (Some(value), found)
        }
        None => (None, found),
    }
}

/// Everything that is wrong with a document: the findings of [`read_and_validate`].
///
/// What is known to be right is not even read, so this is the quickest way to a verdict where the
/// typed value is not needed.
///
/// ```
/// # use herz_types::meta::ObjectMeta;
/// let value = serde_json::json!({"name": "a", "labels": {"app": 1}});
/// let found = herz_types::document::check::<ObjectMeta>(&value);
/// assert_eq!(found[0].path.to_string(), "labels.app");
/// assert!(herz_types::document::check::<ObjectMeta>(&serde_json::json!({"name": "a"})).is_empty());
/// ```
pub fn check<T: Read + Validate>(value: &Json) -> Vec<Violation> {
    if T::is_right(value) {
        Vec::new()
    } else {
        read_and_validate::<T>(value).1
    }
}

/// What a document consists of: the values of `apiVersion`, `kind`, `metadata`, `spec` and `status`.
#[doc(hidden)]
pub type Parts<'v> = [Option<&'v Json>; 5];

/// The parts of a document; none if it has any other.
#[doc(hidden)]
pub fn parts(value: &Json) -> Option<Parts<'_>> {
    slots(value, place_of)
}

/// The place of a key among the [`Parts`]; their number if it is none of them.
#[doc(hidden)]
pub fn place_of(key: &str) -> usize {
    match key {
        "apiVersion" => 0,
        "kind" => 1,
        "metadata" => 2,
        "spec" => 3,
        "status" => 4,
        _ => 5,
    }
}

/// A case that lacks a field that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncompleteCase {
    /// The tag's value; empty if the tag itself is missing.
    pub case: &'static str,
    /// The missing field.
    pub field: &'static str,
}

impl IncompleteCase {
    /// The field's value, or an error that names it.
    pub fn or<T: Clone>(
        value: Option<&T>,
        case: &'static str,
        field: &'static str,
    ) -> Result<T, Self> {
        value.cloned().ok_or(Self { case, field })
    }

    /// The tag itself is missing.
    pub const fn no_tag(field: &'static str) -> Self {
        Self { case: "", field }
    }
}

impl std::fmt::Display for IncompleteCase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.case.is_empty() {
            write!(f, "`{}` is missing", self.field)
        } else {
            write!(f, "`{}` needs the field `{}`", self.case, self.field)
        }
    }
}

impl std::error::Error for IncompleteCase {}
