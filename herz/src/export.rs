//! Kinds as text of the schema language.

use crate::KindSpec;
use crate::schema::{SchemaError, schema};
use herz_dsl::catalog::PackageId;

/// The package of a kind as files of the schema language: name and text, `package.yaml` first.
/// Reading them gives the same catalog as [`crate::schema()`].
pub fn files<T: KindSpec>() -> Result<Vec<(String, String)>, SchemaError> {
    Ok(herz_dsl::print::package(&schema::<T>()?, PackageId(0)))
}

/// The text of a kind and of the types that it uses: the files but `package.yaml`, as documents of
/// one text.
pub fn yaml<T: KindSpec>() -> Result<String, SchemaError> {
    let texts: Vec<String> = files::<T>()?
        .into_iter()
        .skip(1)
        .map(|(_, text)| text)
        .collect();
    Ok(texts.join("---\n"))
}
