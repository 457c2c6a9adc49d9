//! `package.yaml`.

use super::words::{Release, Zero};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// A schema package of Herz: `package.yaml`.
#[derive(JsonSchema)]
#[schemars(title = "package.yaml", rename_all = "camelCase")]
#[allow(dead_code)]
pub(super) struct Package {
    /// Its name, unique among all packages that are used together.
    package: String,
    /// Version of the package itself.
    version: Option<Release>,
    /// API group of its kinds.
    group: String,
    /// API version of its kinds.
    api_version: Option<String>,
    /// What it is about.
    doc: Option<String>,
    /// What `since` and `until` talk about.
    platform: Option<Platform>,
    /// What `null` means: a mistake, or the same as absent.
    nulls: Option<Nulls>,
    /// OpenAPI documents whose types are used: name and path.
    imports: Option<BTreeMap<String, String>>,
    /// What holds for fields that don't say otherwise.
    defaults: Option<Defaults>,
}

/// A platform and its releases.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct Platform {
    /// Its name.
    name: String,
    /// Its releases, oldest first.
    #[schemars(length(min = 1))]
    versions: Vec<Release>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Nulls {
    /// It is a mistake.
    Error,
    /// It is the same as no value.
    Absent,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Defaults {
    /// Whether fields must be there.
    required: Option<bool>,
    /// What is stored for empty values.
    zero: Option<Zero>,
}
