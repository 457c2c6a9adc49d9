//! `metadata` of documents.

use crate::Unknown;
use crate::doubt::Doubts;
use crate::read::{Read, Reader};
use crate::scalar::Dns1123;
use crate::table::{Field, ObjectTable};
use crate::view::{Look, Object, View};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Metadata of a document: what people write there, and what an API server adds.
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
    /// The server's number for this object.
    pub uid: Option<String>,
    /// The server's number for this state of the object.
    pub resource_version: Option<String>,
    /// Where the object was found.
    pub self_link: Option<String>,
    /// What only a server writes, as it is: `creationTimestamp`, `deletionGracePeriodSeconds`,
    /// `deletionTimestamp`, `finalizers`, `generation`, `managedFields`, `ownerReferences`.
    pub server: [Option<Json>; SERVER.len()],
    /// Keys that Kubernetes does not know.
    pub unknown: Unknown,
}

/// What only a server writes.
const SERVER: [&str; 7] = [
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "finalizers",
    "generation",
    "managedFields",
    "ownerReferences",
];

/// Place of the first field of [`SERVER`] in the table.
const FIRST: usize = 8;

impl ObjectMeta {
    const TABLE: &'static ObjectTable = &ObjectTable::new(
        "ObjectMeta",
        &[
            Field::new("name"),
            Field::new("generateName"),
            Field::new("namespace"),
            Field::new("labels"),
            Field::new("annotations"),
            Field::new("uid"),
            Field::new("resourceVersion"),
            Field::new("selfLink"),
            Field::new(SERVER[0]).nullable(),
            Field::new(SERVER[1]).nullable(),
            Field::new(SERVER[2]).nullable(),
            Field::new(SERVER[3]).nullable(),
            Field::new(SERVER[4]).nullable(),
            Field::new(SERVER[5]).nullable(),
            Field::new(SERVER[6]).nullable(),
        ],
    )
    .lenient_null();

    /// Metadata with this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::default()
        }
    }

    /// Whether the metadata of a document is known to be right, with a name that Kubernetes takes or the
    /// beginning of one.
    #[doc(hidden)]
    pub fn is_right_and_named(value: &Json) -> bool {
        Self::parts_are_right(value).is_some_and(|(name, prefix)| match name {
            "" => !prefix.is_empty(),
            name => Dns1123::accepts(name),
        })
    }

    /// The name and the beginning of one, if all is known to be right; empty where there is none.
    fn parts_are_right(value: &Json) -> Option<(&str, &str)> {
        let (mut name, mut prefix) = ("", "");
        for (key, value) in value.as_object()? {
            let right = match Self::place_of(key) {
                0 => value.as_str().map(|text| name = text).is_some(),
                1 => value.as_str().map(|text| prefix = text).is_some(),
                3 | 4 => BTreeMap::<String, String>::is_right(value),
                at if at < FIRST => value.is_string(),
                at => at < FIRST + SERVER.len(),
            };
            right.then_some(())?;
        }
        Some((name, prefix))
    }

    /// Place of a key in the table; the number of fields if it is none.
    fn place_of(key: &str) -> usize {
        match key {
            "name" => 0,
            "generateName" => 1,
            "namespace" => 2,
            "labels" => 3,
            "annotations" => 4,
            "uid" => 5,
            "resourceVersion" => 6,
            "selfLink" => 7,
            other => {
                let server = SERVER.iter().position(|wire| *wire == other);
                FIRST + server.unwrap_or(SERVER.len())
            }
        }
    }
}

impl Read for ObjectMeta {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let mut fields = cx.object(value, Self::TABLE)?;
        let slots: [_; FIRST + SERVER.len()] = fields.find_all(Self::place_of);
        let [
            name,
            generate_name,
            namespace,
            labels,
            annotations,
            uid,
            version,
            link,
            server @ ..,
        ] = slots;
        let name = fields.optional_at(0, name);
        let generate_name = fields.optional_at(1, generate_name);
        let namespace = fields.optional_at(2, namespace);
        let labels = fields.optional_at(3, labels);
        let annotations = fields.optional_at(4, annotations);
        let uid = fields.optional_at(5, uid);
        let resource_version = fields.optional_at(6, version);
        let self_link = fields.optional_at(7, link);
        let mut at = FIRST;
        let server = server.map(|slot| {
            at += 1;
            fields.optional_at(at - 1, slot).flatten()
        });
        let unknown = fields.unknown();
        Some(Self {
            name: name?,
            generate_name: generate_name?,
            namespace: namespace?,
            labels: labels?,
            annotations: annotations?,
            uid: uid?,
            resource_version: resource_version?,
            self_link: self_link?,
            server,
            unknown,
        })
    }

    fn is_right(value: &Json) -> bool {
        Self::parts_are_right(value).is_some()
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
            5 => self.uid.look(),
            6 => self.resource_version.look(),
            7 => self.self_link.look(),
            other => other
                .checked_sub(FIRST)
                .and_then(|at| self.server.get(at))
                .map_or(View::Absent, Look::look),
        }
    }

    fn unknown(&self) -> &Unknown {
        &self.unknown
    }

    fn doubts(&self) -> Doubts {
        if self.unknown.is_empty() {
            Doubts::NONE
        } else {
            Doubts::ALL
        }
    }
}

crate::impl_object!(ObjectMeta);
