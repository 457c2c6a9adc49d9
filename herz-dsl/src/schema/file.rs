//! Files of a package: a kind, types and groups in any mixture.

use super::kind::{self, KindDecl};
use super::life;
use super::object::{self, GroupDecl};
use super::read::Reader;
use super::typedef::TypeDecl;
use super::value::{Text, Value};
use crate::diagnostic::{Diagnostic, codes};

/// What one document of a schema file declares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SchemaFile {
    /// Its kind.
    pub kind: Option<KindDecl>,
    /// Its named types.
    pub types: Vec<TypeDecl>,
    /// Its field groups.
    pub groups: Vec<GroupDecl>,
}

/// The `apiVersion` of what is an object of a cluster and no schema.
fn manifest(value: &Value) -> Option<&Text> {
    let entries = value.entries()?;
    let find = |name: &str| entries.iter().find(|(key, _)| key.text == name);
    let (key, _) = find("apiVersion")?;
    (find("kind").is_some() && (find("metadata").is_some() || find("spec").is_some()))
        .then_some(key)
}

impl SchemaFile {
    /// Reads the root of a schema document.
    pub fn read(reader: &mut Reader, value: &Value) -> Self {
        if let Some(key) = manifest(value) {
            reader.diagnostics.push(
                Diagnostic::error(
                    codes::UNKNOWN_KEYWORD,
                    key.span,
                    "this is a manifest, and a schema file was expected",
                )
                .help("`herz validate` judges manifests; a schema file has no `apiVersion`, it is the package's"),
            );
            return Self::default();
        }
        let what = "a schema file";
        let sections: &[&str] = &["types", "groups"];
        let all: &[&[&str]] = &[sections, kind::KEYWORDS, life::KEYWORDS, object::KEYWORDS];
        let Some(map) = reader.map(value, what, all) else {
            return Self::default();
        };
        let types = map.read(reader, "types", |reader, value, keyword| {
            let entries = reader.entries(value, keyword)?;
            Some(
                entries
                    .iter()
                    .map(|(name, value)| TypeDecl::read(reader, name, value))
                    .collect(),
            )
        });
        let groups = map.read(reader, "groups", |reader, value, keyword| {
            let entries = reader.entries(value, keyword)?;
            Some(
                entries
                    .iter()
                    .filter_map(|(name, value)| GroupDecl::read(reader, name, value))
                    .collect(),
            )
        });
        let kind = if map.has("kind") {
            KindDecl::read(reader, map)
        } else {
            let lone = value.entries().unwrap_or_default().iter().find(|(key, _)| {
                kind::KEYWORDS.contains(&key.as_str()) || object::KEYWORDS.contains(&key.as_str())
            });
            if let Some((key, _)) = lone {
                let message = format!(
                    "`{}` belongs to a kind, and the file has no `kind:`",
                    key.text
                );
                reader.diagnostics.push(Diagnostic::error(
                    codes::MISSING_KEYWORD,
                    key.span,
                    message,
                ));
            } else if !map.has("types") && !map.has("groups") {
                reader.missing(what, "kind`, `types` or `groups", map.head());
            }
            None
        };
        Self {
            kind,
            types: types.unwrap_or_default(),
            groups: groups.unwrap_or_default(),
        }
    }
}
