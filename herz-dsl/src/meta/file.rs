//! Files of a package: a kind, types and groups.

use super::field::{Enum, Field, Limits};
use super::rule::{Rule, Union};
use super::words::{Any, Life, OneOrMany, Path};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// A schema file of Herz: a chaos kind, named types and groups of fields in any mixture.
#[derive(JsonSchema)]
#[schemars(
    title = "Herz schema file",
    rename_all = "camelCase",
    extend("anyOf" = [{ "required": ["kind"] }, { "required": ["types"] }, { "required": ["groups"] }]),
    extend("if" = { "not": { "required": ["kind"] } }),
    extend("then" = { "propertyNames": { "enum": ["types", "groups", "since", "until", "deprecated"] } })
)]
#[allow(dead_code)]
pub(super) struct File {
    /// Named types of the package.
    types: Option<BTreeMap<String, Type>>,
    /// Groups of fields that objects include.
    groups: Option<BTreeMap<String, Group>>,
    /// Name of the chaos kind that the file is about.
    kind: Option<String>,
    /// What the kind does.
    doc: Option<String>,
    /// Further names of the kind.
    names: Option<Names>,
    /// Where objects live.
    scope: Option<Scope>,
    /// What the CRD declares under `subresources`.
    subresources: Option<Subresources>,
    /// What `kubectl get` shows.
    columns: Option<Vec<Column>>,
    /// Whether `spec` must be there; it must, unless this says otherwise.
    spec_required: Option<bool>,
    /// Whether `spec` must not change.
    immutable: Option<bool>,
    /// How much of it counts: `structure` makes the admission rules advice.
    judged: Option<Judged>,
    /// What is stored of specs of other kinds inside.
    embedded: Option<Embedded>,
    /// How a fault of this kind that lasts comes to its end.
    lasting: Option<Lasting>,
    /// Rules over the whole document.
    document_rules: Option<Vec<Rule>>,
    /// The type of `status`, or its fields.
    status: Option<Status>,
    /// Whole manifests.
    examples: Option<Vec<String>>,
    #[schemars(flatten)]
    object: Object,
    #[schemars(flatten)]
    life: Life,
}

/// Fields and what holds among them.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct Object {
    /// Groups whose fields come before the own ones.
    include: Option<Vec<String>>,
    /// The fields.
    fields: Option<Vec<Field>>,
    /// Rules across fields.
    rules: Option<Vec<Rule>>,
    /// A tag, and which fields belong to each of its values.
    union: Option<Union>,
    /// Names that must not be used again.
    reserved: Option<Vec<String>>,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct TypeObject {
    /// Whether unknown fields are data, not mistakes.
    open: Option<bool>,
    /// Whether server-side apply treats it as one value.
    atomic: Option<Atomic>,
    #[schemars(flatten)]
    object: Object,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Atomic {
    Plain(bool),
    Since(Life),
}

/// A group of fields.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct Group {
    /// What it is about.
    doc: Option<String>,
    #[schemars(flatten)]
    object: Object,
}

/// A named type: an enum, an object or a narrowed scalar.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum Type {
    Enum(EnumType),
    Object(ObjectType),
    Scalar(ScalarType),
}

#[derive(JsonSchema)]
#[schemars(extend("required" = ["enum"]))]
#[allow(dead_code)]
struct EnumType {
    /// What it means.
    doc: Option<String>,
    #[schemars(flatten)]
    values: Enum,
    #[schemars(flatten)]
    life: Life,
}

#[derive(JsonSchema)]
#[schemars(extend("anyOf" = [{ "required": ["fields"] }, { "required": ["include"] }]))]
#[allow(dead_code)]
struct ObjectType {
    /// What it is about.
    doc: Option<String>,
    #[schemars(flatten)]
    object: TypeObject,
    #[schemars(flatten)]
    life: Life,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct ScalarType {
    /// What it means.
    doc: Option<String>,
    /// The type that is narrowed: `string`, `duration(go)`, `int32`, …
    scalar: String,
    #[schemars(flatten)]
    limits: Limits,
    #[schemars(flatten)]
    life: Life,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Names {
    /// The plural; the name in lower case, unless this says otherwise.
    plural: Option<String>,
    /// Short names for `kubectl`.
    short: Option<Vec<String>>,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
enum Scope {
    /// In a namespace.
    Namespaced,
    /// In the cluster.
    Cluster,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Subresources {
    /// The key is not there.
    Absent,
    /// An empty map.
    Empty,
    /// `status`.
    Status,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Column {
    /// Its head.
    name: String,
    /// What it shows.
    path: Path,
    /// Type of the cell.
    r#type: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Judged {
    /// All of it.
    Full,
    /// The structure; admission rules are warnings.
    Structure,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Embedded {
    /// Defaults are filled in.
    Filled,
    /// As written.
    AsWritten,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
struct Lasting {
    /// The field that says how long it lasts.
    duration: Path,
    /// A field and the values of it for which the fault happens once and does not last.
    #[schemars(length(max = 1))]
    one_shot: Option<BTreeMap<String, OneOrMany<Any>>>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum Status {
    /// A named type.
    Name(String),
    Object(TypeObject),
}
