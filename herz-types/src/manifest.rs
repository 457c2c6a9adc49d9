//! Documents of kinds that are declared as a Rust type.

use crate::declare::{ChaosType, Piece};
use crate::document::Document;
use crate::meta::ObjectMeta;
use crate::read::{Read, Reader};
use crate::table::ObjectTable;
use crate::view::{Look, Object, View};
use crate::{Json, Unknown};

/// A type that is the spec of a kind; `#[derive(ChaosSpec)]` writes it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no chaos kind",
    label = "is not the spec of a kind",
    note = "derive it: `#[derive(herz::ChaosSpec)]` with `#[chaos(kind = \"…\", group = \"…\")]`"
)]
pub trait KindSpec: ChaosType {
    /// What the platform reports of such a document.
    type Status: ChaosType;

    /// The kind: `QueueChaos`.
    const KIND: &'static str;
    /// Group and version: `acme.io/v1`.
    const API_VERSION: &'static str;
    /// What the schema says of whole documents.
    const DOCUMENT: &'static ObjectTable;
    /// `package.yaml` of a package that has just this kind, without its platform.
    const PACKAGE: &'static str;
    /// The kind in the schema language.
    const DECLARED: &'static [Piece];

    /// Adds the types that the kind uses, and the releases that it names.
    fn declare_types(into: &mut crate::declare::Declarations);
}

/// A document of a kind: what every document has, and the spec.
///
/// ```text
/// apiVersion: acme.io/v1
/// kind: QueueChaos
/// metadata: { name: a }
/// spec: { … }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest<S: KindSpec> {
    /// Name, namespace, labels and the like.
    pub metadata: Option<ObjectMeta>,
    /// What is wanted.
    pub spec: S,
    /// What the platform reports.
    pub status: Option<S::Status>,
    /// Keys that the schema does not know: kept, written back, reported by `validate()`.
    pub unknown: Unknown,
}

impl<S: KindSpec> Manifest<S> {
    /// A document with this name.
    pub fn new(name: impl Into<String>, spec: S) -> Self {
        Self {
            metadata: Some(ObjectMeta::named(name)),
            spec,
            status: None,
            unknown: Unknown::EMPTY,
        }
    }
}

impl<S: KindSpec> Document for Manifest<S> {
    const KIND: &'static str = S::KIND;
    const API_VERSION: &'static str = S::API_VERSION;

    fn metadata(&self) -> Option<&ObjectMeta> {
        self.metadata.as_ref()
    }
}

impl<S: KindSpec> Read for Manifest<S> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let mut fields = cx.object(value, S::DOCUMENT)?;
        let version = fields.constant("apiVersion", S::API_VERSION);
        let kind = fields.constant("kind", S::KIND);
        let metadata = fields.optional("metadata");
        let spec = fields.required("spec");
        let status = fields.optional("status");
        let unknown = fields.unknown();
        version.and(kind)?;
        Some(Self {
            metadata: metadata?,
            spec: spec?,
            status: status?,
            unknown,
        })
    }
}

impl<S: KindSpec> Object for Manifest<S> {
    fn table(&self) -> &'static ObjectTable {
        S::DOCUMENT
    }

    fn field(&self, index: usize) -> View<'_> {
        match index {
            0 => View::Text(S::API_VERSION),
            1 => View::Text(S::KIND),
            2 => self.metadata.look(),
            3 => self.spec.look(),
            4 => self.status.look(),
            _ => View::Absent,
        }
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }
}

impl<S: KindSpec> Look for Manifest<S> {
    fn look(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<S: KindSpec> serde::Serialize for Manifest<S> {
    fn serialize<W: serde::Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        self.look().serialize(serializer)
    }
}

impl<'de, S: KindSpec> serde::Deserialize<'de> for Manifest<S> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::read::deserialize(deserializer)
    }
}
