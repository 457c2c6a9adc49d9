//! The CRDs as shipped. Some releases stand whole in the corpus, the others as a list of changes
//! that leads to one of those.

use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// By kind: its schema, names, scope, columns and subresources.
pub(crate) type Crds = BTreeMap<String, Value>;

pub(crate) struct Shipped {
    folder: PathBuf,
    index: Value,
    read: BTreeMap<String, Crds>,
}

impl Shipped {
    pub(crate) fn open(folder: &Path) -> Self {
        let index = json_file(&folder.join("index.json"));
        Self {
            folder: folder.to_owned(),
            index,
            read: BTreeMap::new(),
        }
    }

    /// How many kinds there are.
    pub(crate) fn kinds(&self) -> usize {
        self.index["kinds"].as_object().map_or(0, Map::len)
    }

    /// The CRDs of a release such as `v2.6.7`.
    pub(crate) fn at(&mut self, tag: &str) -> Crds {
        if let Some(crds) = self.read.get(tag) {
            return crds.clone();
        }
        let entry = self.index["versions"][tag].clone();
        let crds = if let Some(other) = entry["identical_to"].as_str() {
            self.at(other)
        } else if let Some(name) = entry["diff"].as_str() {
            let diff = json_file(&self.folder.join(name));
            let mut crds = self.at(diff["to"].as_str().expect("`to`"));
            for change in diff["changes"].as_array().expect("`changes`") {
                undo(&mut crds, change);
            }
            crds
        } else {
            self.whole(entry["folder"].as_str().expect("`folder`"))
        };
        self.read.insert(tag.to_owned(), crds.clone());
        crds
    }

    fn whole(&self, folder: &str) -> Crds {
        let kinds = self.index["kinds"].as_object().expect("`kinds`");
        let read = kinds.iter().map(|(kind, entry)| {
            let path = self
                .folder
                .join(folder)
                .join(entry["file"].as_str().expect("`file`"));
            let bytes = std::fs::read(&path).expect("a CRD");
            let (tree, findings) = tree::parse(SourceId(0), &bytes, &Limits::default());
            assert!(findings.is_empty(), "{}: {findings:#?}", path.display());
            let crd = tree
                .documents()
                .next()
                .expect("a document")
                .root()
                .to_json();
            (kind.clone(), parts(&crd))
        });
        read.collect()
    }
}

fn json_file(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a file of the corpus");
    serde_json::from_str(&text).expect("JSON")
}

/// What is compared of a CRD.
pub(crate) fn parts(crd: &Value) -> Value {
    let spec = &crd["spec"];
    let versions = spec["versions"].as_array().expect("versions");
    assert_eq!(versions.len(), 1, "one version");
    let version = &versions[0];
    let mut out = json!({
        "apiVersion": crd["apiVersion"],
        "kind": crd["kind"],
        "name": crd["metadata"]["name"],
        "group": spec["group"],
        "version": version["name"],
        "served": version["served"],
        "storage": version["storage"],
        "names": spec["names"],
        "scope": spec["scope"],
        "schema": without_descriptions(&version["schema"]["openAPIV3Schema"]),
    });
    for key in ["subresources", "additionalPrinterColumns"] {
        if let Some(value) = version.get(key) {
            out[key] = value.clone();
        }
    }
    out
}

/// A schema without descriptions, its required fields in order.
fn without_descriptions(schema: &Value) -> Value {
    let Value::Object(map) = schema else {
        return schema.clone();
    };
    let mut out = Map::new();
    for (key, value) in map {
        let value = match (key.as_str(), value) {
            ("description", Value::String(_)) => continue,
            ("properties", Value::Object(properties)) => {
                let of = properties
                    .iter()
                    .map(|(name, schema)| (name.clone(), without_descriptions(schema)));
                Value::Object(of.collect())
            }
            ("items" | "additionalProperties", _) => without_descriptions(value),
            ("required", Value::Array(names)) => {
                let mut names = names.clone();
                names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                Value::Array(names)
            }
            _ => value.clone(),
        };
        out.insert(key.clone(), value);
    }
    Value::Object(out)
}

/// Takes a change back.
fn undo(crds: &mut Crds, change: &Value) {
    let text = |key: &str| change[key].as_str().expect("a text");
    if text("change") == "crd-meta-changed" {
        return;
    }
    let schema = &mut crds.get_mut(text("kind")).expect("a kind")["schema"];
    match text("change") {
        "field-added" => {
            let (parent, name) = text("path").rsplit_once('.').expect("a path of two");
            let properties = step(schema, parent)["properties"]
                .as_object_mut()
                .expect("fields");
            assert!(properties.remove(name).is_some(), "{change}");
        }
        "attribute-changed" => {
            let field = step(schema, text("path"))
                .as_object_mut()
                .expect("a schema");
            let attribute = text("attribute");
            match &change["old"] {
                Value::Null => field.remove(attribute),
                old => field.insert(attribute.to_owned(), old.clone()),
            };
        }
        other => panic!("the test does not know the change {other}"),
    }
}

fn step<'s>(schema: &'s mut Value, path: &str) -> &'s mut Value {
    path.split('.').fold(schema, |schema, part| {
        let name = part.trim_end_matches("[]");
        let lists = (part.len() - name.len()) / 2;
        let schema = &mut schema["properties"][name];
        (0..lists).fold(schema, |schema, _| &mut schema["items"])
    })
}
