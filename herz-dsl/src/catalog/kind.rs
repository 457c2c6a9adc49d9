//! Packages and kinds.

use super::{FieldPath, Life, Rule, TypeId};
use semver::Version;
use serde::{Deserialize, Serialize};

/// Index of a package in [`super::Catalog::packages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PackageId(pub u32);

/// A schema package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// Unique name: `chaos-mesh`.
    pub name: String,
    /// Version of the schema package itself.
    pub version: Version,
    /// API group of its kinds: `chaos-mesh.org`.
    pub group: String,
    /// API version of its kinds: `v1alpha1`.
    pub api_version: String,
    /// What the package is about, in Markdown.
    pub doc: String,
    /// What `since` and `until` talk about: the platform's name.
    pub platform: String,
    /// The platform's releases, in ascending order. Never empty.
    pub releases: Vec<Version>,
    /// Whether null for a field that is not nullable means «absent» (as an API server prunes it)
    /// and is worth a warning, instead of being an error.
    pub lenient_null: bool,
}

/// A chaos kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// The package it belongs to.
    pub package: PackageId,
    /// `NetworkChaos`.
    pub name: String,
    /// `networkchaos`.
    pub plural: String,
    /// Short names for kubectl: `wf`.
    pub short: Vec<String>,
    /// Namespaced or cluster-wide.
    pub scope: Scope,
    /// What it does, in Markdown; the first sentence is the summary.
    pub doc: String,
    /// Releases that have it.
    pub life: Life,
    /// The object type of `spec`.
    pub spec: TypeId,
    /// Whether `spec` must be there.
    pub spec_required: bool,
    /// The object type of `status`.
    pub status: Option<TypeId>,
    /// What the CRD says about sub-resources: none at all, an empty object, or a status.
    pub subresources: Subresources,
    /// Printer columns.
    pub columns: Vec<Column>,
    /// Whether `spec` must not change after creation.
    pub immutable: bool,
    /// Whether only the structure decides acceptance, so that admission rules are advice.
    pub structure_only: bool,
    /// What admission does with specs of other kinds inside this one.
    pub embedded: Embedded,
    /// Set when the fault lasts until somebody ends it.
    pub lasting: Option<Lasting>,
    /// Rules over the whole document; their paths start at the document's root.
    pub rules: Vec<Rule>,
    /// Examples: whole manifests as YAML text.
    pub examples: Vec<String>,
}

/// How a lasting fault ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lasting {
    /// The field of `spec` that ends it.
    pub duration: FieldPath,
    /// The field of `spec` and its values for which it does not last: one-shot actions.
    pub one_shot: Option<(String, Vec<String>)>,
}

/// What admission does with specs of other kinds inside an object, before it judges them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Embedded {
    /// It fills in their defaults and rewrites their texts, and that is stored.
    #[default]
    Filled,
    /// It does so with a copy: they are stored as written, with the structure's defaults only.
    AsWritten,
}

/// Where objects of a kind live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// In a namespace.
    Namespaced,
    /// Once in a cluster.
    Cluster,
}

/// The sub-resources that a CRD declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subresources {
    /// The key is absent.
    Absent,
    /// An empty object.
    Empty,
    /// `status: {}`.
    Status,
}

/// A column that `kubectl get` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// What it shows, from the document's root: `spec.action`.
    pub path: String,
    /// OpenAPI type of the cell: `string`.
    pub cell: String,
}
