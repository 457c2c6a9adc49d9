//! The schema of the schema: what editors know about files of schema packages.
//!
//! The structs here say once more, for `schemars`, what the readers in [`crate::schema`] accept: the
//! readers need places and fixes, editors need JSON Schema. That both agree is shown by the tests of
//! the workspace, which judge every schema file of the repository, and thousands of broken ones, by
//! both.
//!
//! ```
//! use herz_dsl::meta::{Draft, Meta};
//! let schema = Meta::Schema.json_schema(Draft::Draft202012);
//! assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
//! assert!(schema["properties"]["fields"].is_object());
//! ```

#![allow(
    clippy::struct_field_names,
    reason = "fields are the keywords of the language"
)]

mod field;
mod file;
mod package;
mod rule;
mod words;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// A version of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    /// What most editors know.
    Draft07,
    /// The newest.
    Draft202012,
}

/// A kind of file that schema packages are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meta {
    /// `package.yaml`.
    Package,
    /// All other files: kinds, types and groups.
    Schema,
}

impl Draft {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Draft07, Self::Draft202012];

    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft07 => "draft-07",
            Self::Draft202012 => "2020-12",
        }
    }
}

impl Meta {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Package, Self::Schema];

    /// Name of the file's schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Schema => "schema",
        }
    }

    /// The JSON Schema of such a file.
    pub fn json_schema(self, draft: Draft) -> Value {
        match self {
            Self::Package => json_schema::<package::Package>(draft),
            Self::Schema => json_schema::<file::File>(draft),
        }
    }
}

/// The JSON Schema of a type as files have it: what is not known is a mistake, and a keyword without a
/// value is not the same as no keyword.
pub fn json_schema<T: JsonSchema>(draft: Draft) -> Value {
    let mut settings = match draft {
        Draft::Draft07 => SchemaSettings::draft07(),
        Draft::Draft202012 => SchemaSettings::draft2020_12(),
    };
    // Before the transforms that fit the result to an older draft.
    settings.transforms.insert(0, Box::new(AsInFiles { draft }));
    settings.into_generator().into_root_schema_for::<T>().into()
}

#[derive(Debug, Clone)]
struct AsInFiles {
    draft: Draft,
}

impl Transform for AsInFiles {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.values_mut().for_each(without_null);
            // Flattened structs are one object here, so that it can't be closed where they stand.
            if schema.get("additionalProperties").is_none() {
                schema.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        if self.draft == Draft::Draft07
            && let Some(dependent) = schema.remove("dependentRequired")
        {
            schema.insert("dependencies".to_owned(), dependent);
        }
        transform_subschemas(self, schema);
    }
}

/// `Option` stands for a keyword that may be absent, which is not null.
fn without_null(property: &mut Value) {
    let Value::Object(property) = property else {
        return;
    };
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(forms)) = property.get_mut("anyOf") {
        forms.retain(|form| *form != serde_json::json!({ "type": "null" }));
        if let [Value::Object(only)] = forms.as_slice() {
            let only = only.clone();
            property.remove("anyOf");
            property.extend(only);
        }
    }
}
