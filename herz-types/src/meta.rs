//! `metadata` of documents.

use crate::Unknown;
use crate::read::{Read, Reader};
use crate::table::{Field, ObjectTable};
use crate::view::{Look, Object, View};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Name, namespace, labels and annotations of a document. What else Kubernetes knows there is
/// kept and written back.
///
/// ```
/// use herz_types::meta::ObjectMeta;
/// let meta: ObjectMeta = serde_json::from_str(r#"{"name": "a", "uid": "1"}"#)?;
/// assert_eq!(meta.name.as_deref(), Some("a"));
/// assert_eq!(serde_json::to_string(&meta)?, r#"{"name":"a","uid":"1"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ObjectMeta {
    /// Unique name among objects of the kind in the namespace.
    pub name: Option<String>,
    /// Beginning of a name that the server completes.
    pub generate_name: Option<String>,
    /// The namespace; none for kinds of the whole cluster, or for the current one.
    pub namespace: Option<String>,
    /// Labels, by which objects are selected.
    pub labels: Option<BTreeMap<String, String>>,
    /// Annotations.
    pub annotations: Option<BTreeMap<String, String>>,
    /// All other keys.
    pub unknown: Unknown,
}

impl ObjectMeta {
    const TABLE: &'static ObjectTable = &ObjectTable::new(
        "ObjectMeta",
        &[
            Field::new("name"),
            Field::new("generateName"),
            Field::new("namespace"),
            Field::new("labels"),
            Field::new("annotations"),
        ],
    )
    .open()
    .lenient_null();

    /// Metadata with this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::default()
        }
    }
}

impl Read for ObjectMeta {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let mut fields = cx.object(value, Self::TABLE)?;
        let name = fields.optional("name");
        let generate_name = fields.optional("generateName");
        let namespace = fields.optional("namespace");
        let labels = fields.optional("labels");
        let annotations = fields.optional("annotations");
        let unknown = fields.unknown();
        Some(Self {
            name: name?,
            generate_name: generate_name?,
            namespace: namespace?,
            labels: labels?,
            annotations: annotations?,
            unknown,
        })
    }
}

impl Object for ObjectMeta {
    fn table(&self) -> &'static ObjectTable {
        Self::TABLE
    }

    fn field(&self, index: usize) -> View<'_> {
        match index {
            0 => self.name.look(),
            1 => self.generate_name.look(),
            2 => self.namespace.look(),
            3 => self.labels.look(),
            4 => self.annotations.look(),
            _ => View::Absent,
        }
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }
}

crate::impl_object!(ObjectMeta);
