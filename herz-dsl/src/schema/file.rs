//! Files of a package: a kind, types and groups in any mixture.

use super::kind::{self, KindDecl};
use super::life;
use super::object::{self, GroupDecl};
use super::read::Reader;
use super::typedef::TypeDecl;
use super::value::Value;
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

impl SchemaFile {
    /// Reads the root of a schema document.
    pub fn read(reader: &mut Reader, value: &Value) -> Self {
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
