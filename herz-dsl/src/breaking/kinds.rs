//! Kinds of Kubernetes objects as the comparison sees them.

use super::model::Id;
use super::value::Value;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// One kind.
#[derive(Debug, Default)]
pub(super) struct Kind {
    pub(super) span: Span,
    pub(super) spans: BTreeMap<&'static str, Span>,
    pub(super) group: String,
    pub(super) name: String,
    pub(super) plural: String,
    pub(super) singular: String,
    pub(super) short_names: BTreeSet<String>,
    pub(super) scope: String,
    pub(super) versions: BTreeMap<String, Version>,
    /// Strategy, and the webhook's versions where there is one.
    pub(super) conversion: String,
    /// Versions that objects in the cluster are stored in.
    pub(super) stored: BTreeSet<String>,
    /// `preserveUnknownFields`.
    pub(super) preserve_unknown: bool,
    /// Former names that are still read.
    pub(super) aliases: BTreeSet<String>,
}

/// One version of a kind.
#[allow(clippy::struct_excessive_bools, reason = "each is a key of its own")]
#[derive(Debug, Default)]
pub(super) struct Version {
    pub(super) span: Span,
    pub(super) served: bool,
    pub(super) storage: bool,
    pub(super) deprecated: bool,
    pub(super) schema: Option<Id>,
    pub(super) status: bool,
    /// Paths of the scale subresource.
    pub(super) scale: Option<Value>,
    pub(super) selectable: BTreeSet<String>,
    pub(super) columns: Option<Value>,
}

impl Kind {
    /// Where a part of it stands.
    pub(super) fn at(&self, part: &str) -> Span {
        self.spans.get(part).copied().unwrap_or(self.span)
    }

    /// The version that objects are stored in.
    pub(super) fn storage(&self) -> Option<&str> {
        self.versions
            .iter()
            .find(|(_, version)| version.storage)
            .map(|(name, _)| name.as_str())
    }
}
