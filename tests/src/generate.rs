//! Documents made from a catalog: valid, almost valid, hostile. The same seed gives the same
//! documents.
//!
//! ```
//! let catalog = herz_tests::built_in();
//! let kind = catalog.kind("chaos-mesh.org", "NetworkChaos").unwrap();
//! let one = herz_tests::generate::Generator::new(catalog, 7).document(kind);
//! assert_eq!(one, herz_tests::generate::Generator::new(catalog, 7).document(kind));
//! ```

#![allow(clippy::indexing_slicing, reason = "places are chosen within bounds")]

mod agree;
mod random;
mod value;

pub use random::Random;

use herz_dsl::catalog::{Catalog, Kind, Package};
use serde_json::{Map, Value, json};

/// How a document is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// As the schema wants it, as far as that can be said without its rules.
    Tame,
    /// Here and there something is wrong.
    Careless,
    /// Nothing is safe.
    Hostile,
}

/// Makes documents.
pub struct Generator<'c> {
    catalog: &'c Catalog,
    random: Random,
    mood: Mood,
    /// Objects inside each other up to here.
    depth: u32,
}

impl<'c> Generator<'c> {
    /// A generator that is as its seed says.
    pub fn new(catalog: &'c Catalog, seed: u64) -> Self {
        Self {
            catalog,
            random: Random::new(seed),
            mood: Mood::Tame,
            depth: 5,
        }
    }

    /// A document of that kind, in a mood of its own.
    pub fn document(&mut self, kind: &'c Kind) -> Value {
        self.mood = *self
            .random
            .of(&[Mood::Tame, Mood::Careless, Mood::Careless, Mood::Hostile]);
        let package = self.catalog.package(kind.package);
        let mut document = Map::new();
        document.insert(
            "apiVersion".to_owned(),
            package.map_or_else(String::new, api_version).into(),
        );
        document.insert("kind".to_owned(), kind.name.clone().into());
        if !self.slip(20) {
            document.insert("metadata".to_owned(), self.metadata());
        }
        if !self.slip(30) {
            let spec = self.object(kind.spec, self.depth);
            document.insert("spec".to_owned(), spec);
        }
        if let Some(status) = kind.status.filter(|_| self.random.below(8) == 0) {
            let status = self.object(status, 3);
            document.insert("status".to_owned(), status);
        }
        if self.slip(20) {
            document.insert("extra".to_owned(), json!({"a": [1, null]}));
        }
        Value::Object(document)
    }

    /// Whether something goes wrong now: once in `rarely` times for the careless.
    fn slip(&mut self, rarely: u64) -> bool {
        match self.mood {
            Mood::Tame => false,
            Mood::Careless => self.random.below(rarely * 2) == 0,
            Mood::Hostile => self.random.below(rarely / 3 + 1) == 0,
        }
    }

    fn metadata(&mut self) -> Value {
        let mut metadata = json!({"name": "a"});
        if self.random.below(4) == 0 {
            metadata["labels"] = json!({"app": "web", "ü": "", "n": "1"});
        }
        if self.slip(10) {
            let (key, value) = self
                .random
                .of(&[
                    ("name", json!(1)),
                    ("labels", json!({"a": 1})),
                    ("annotations", json!([])),
                    ("namespce", json!("x")),
                    ("creationTimestamp", Value::Null),
                    ("finalizers", json!(["x"])),
                    ("labels", Value::Null),
                    ("uid", json!(true)),
                ])
                .clone();
            metadata[key] = value;
        }
        metadata
    }
}

/// `chaos-mesh.org/v1alpha1`.
fn api_version(package: &Package) -> String {
    format!("{}/{}", package.group, package.api_version)
}
