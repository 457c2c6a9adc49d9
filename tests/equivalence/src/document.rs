//! Documents as texts.

use crate::yaml;
use herz_dsl::catalog::{Catalog, Kind};
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits, Tree};
use herz_tests::generate::{Generator, Random};
use serde_json::Value;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// JSON, which is YAML as well.
    Json,
    /// YAML as people write it. What its plain scalars are is for the schema to say, so only
    /// validators that read YAML by type are given it.
    Yaml,
}

/// A document to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Group and version of the kind that it was made of; what it says itself may be something else.
    pub api_version: String,
    /// The kind that it was made of.
    pub kind: String,
    /// How it is written.
    pub form: Form,
    /// The text.
    pub text: String,
}

impl Document {
    /// A document in JSON.
    pub fn json(api_version: &str, kind: &str, value: &Value) -> Self {
        Self {
            api_version: api_version.to_owned(),
            kind: kind.to_owned(),
            form: Form::Json,
            text: value.to_string(),
        }
    }

    /// Its tree; none if it is no YAML without findings.
    pub fn tree(&self) -> Option<Tree> {
        let (tree, found) = tree::parse(SourceId(0), self.text.as_bytes(), &Limits::default());
        (found.is_empty() && tree.documents().count() == 1).then_some(tree)
    }

    /// Its value, plain scalars as YAML 1.2 has them. What can't be parsed is null.
    pub fn value(&self) -> Value {
        match self.form {
            Form::Json => serde_json::from_str(&self.text).unwrap_or_default(),
            Form::Yaml => self
                .tree()
                .and_then(|tree| tree.documents().next().map(|one| one.root().to_json()))
                .unwrap_or_default(),
        }
    }
}

/// Documents of a kind, the same for the same seed: one half in JSON, one half in YAML, each of
/// them valid, almost valid or hostile.
pub fn documents(catalog: &Catalog, kind: &Kind, seed: u64, count: usize) -> Vec<Document> {
    let mut generator = Generator::new(catalog, seed);
    let mut random = Random::new(seed ^ 0x5941_4d4c);
    let api_version = catalog
        .package(kind.package)
        .map(|package| format!("{}/{}", package.group, package.api_version))
        .unwrap_or_default();
    let mut documents = Vec::with_capacity(count);
    while documents.len() < count {
        let value = generator.document(kind);
        let mut document = Document::json(&api_version, &kind.name, &value);
        if random.below(2) == 0 {
            let yaml = Document {
                form: Form::Yaml,
                text: yaml::write(&value, &mut random),
                ..document.clone()
            };
            // YAML that the tree itself finds something in is the tree's to test, and what is of no
            // known kind is skipped by all.
            let read = yaml.value();
            if read.get("kind") == value.get("kind")
                && read.get("apiVersion") == value.get("apiVersion")
            {
                document = yaml;
            }
        }
        documents.push(document);
    }
    documents
}
