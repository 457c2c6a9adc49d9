//! Fields, their limits and enums.

use super::words::{Any, By, Level, Life, NoMap, PlainDefault, PlainList, ScalarOrNull, Zero};
use schemars::JsonSchema;

/// A field of an object.
#[derive(JsonSchema)]
#[schemars(
    rename_all = "camelCase",
    extend("anyOf" = [{ "required": ["type"] }, { "required": ["enum"] }]),
    extend("not" = { "required": ["example", "examples"] })
)]
#[allow(dead_code)]
pub(super) struct Field {
    /// The key in documents.
    name: String,
    /// Its type: `string`, `list<Delay>`, `duration(go)?`, `k8s.Container`, …
    r#type: Option<String>,
    /// Its name in generated code.
    rename: Option<String>,
    /// What it means, with its unit.
    doc: Option<String>,
    /// Whether it must be there.
    required: Option<bool>,
    /// Whether `null` is a value.
    nullable: Option<bool>,
    /// What counts if it is absent.
    default: Option<Default>,
    /// How the platform rewrites it.
    normalize: Option<Normalize>,
    /// What is stored for an empty value.
    zero: Option<Zero>,
    /// Former names.
    aliases: Option<Vec<String>>,
    /// The field whose place it takes.
    replaces: Option<Replaces>,
    /// Whether it must not change.
    immutable: Option<bool>,
    /// Whether it must not be shown in messages.
    sensitive: Option<bool>,
    /// An example value.
    example: Option<Any>,
    /// Example values.
    examples: Option<Vec<Any>>,
    /// Whether admission rules inside count.
    semantics: Option<Semantics>,
    /// How server-side apply merges a list.
    merge: Option<Merge>,
    #[schemars(flatten)]
    values: Enum,
    #[schemars(flatten)]
    limits: Limits,
    #[schemars(flatten)]
    life: Life,
}

/// Values of a closed set.
#[derive(JsonSchema)]
#[schemars(
    rename_all = "camelCase",
    extend("dependentRequired" = {
        "enumBy": ["enum"], "enumLevel": ["enum"], "allowEmpty": ["enum"]
    })
)]
#[allow(dead_code)]
pub(super) struct Enum {
    /// The values that are allowed.
    #[schemars(length(min = 1))]
    r#enum: Option<Vec<EnumValue>>,
    /// Who refuses another value.
    enum_by: Option<By>,
    /// How bad another value is.
    enum_level: Option<Level>,
    /// Whether the empty text is allowed too.
    allow_empty: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum EnumValue {
    Plain(String),
    Long(LongEnumValue),
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct LongEnumValue {
    /// The text in documents.
    value: String,
    /// What it means.
    doc: Option<String>,
    /// Its name in generated code.
    name: Option<String>,
    /// Fields that this value needs.
    requires: Option<Vec<String>>,
    /// Further fields that this value uses.
    allows: Option<Vec<String>>,
    #[schemars(flatten)]
    life: Life,
}

/// Limits of values.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
pub(super) struct Limits {
    /// Least and greatest value: `0..100`, `0..`, `..1h`, `0<..1`.
    range: Option<Limit>,
    /// How many characters a text has.
    length: Option<Limit>,
    /// How many items a list or entries a map has.
    items: Option<Limit>,
    /// Whether all items differ.
    unique: Option<Limit>,
    /// A regular expression that the text matches.
    pattern: Option<Limit>,
    /// What the number is a multiple of.
    multiple_of: Option<Limit>,
    /// Whether it must not be empty.
    filled: Option<Limit>,
    /// A named grammar that the text keeps.
    grammar: Option<Limit>,
    /// Texts of which it must be one.
    one_of: Option<OneOfLimit>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum Limit {
    Plain(ScalarOrNull),
    Long(LongLimit),
    Many(Vec<LimitItem>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum LimitItem {
    Plain(NoMap),
    Long(LongLimit),
}

/// Texts, or maps that say more.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum OneOfLimit {
    Plain(ScalarOrNull),
    Texts(PlainList),
    Long(LongLimit),
    Many(Vec<LongLimit>),
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct LongLimit {
    /// The limit.
    value: Any,
    /// How bad it is to break it.
    level: Option<Level>,
    /// Who enforces it.
    by: Option<By>,
    /// What the message says further.
    note: Option<String>,
    #[schemars(flatten)]
    life: Life,
}

/// A default: the value, or a map that says more.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum Default {
    Long(LongDefault),
    Plain(PlainDefault),
}

#[derive(JsonSchema)]
#[schemars(extend("oneOf" = [{ "required": ["value"] }, { "required": ["generated"] }]))]
#[allow(dead_code)]
struct LongDefault {
    /// The value.
    value: Option<Any>,
    /// How the platform makes it up.
    generated: Option<String>,
    /// When it is filled in: if the field is absent, or also if it is empty.
    fill: Option<Fill>,
    /// Who fills it in.
    by: Option<By>,
    #[schemars(flatten)]
    life: Life,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Fill {
    Absent,
    Empty,
}

/// How the platform rewrites a text.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Normalize {
    Cut(Cut),
    Prefix(Prefix),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
struct Cut {
    /// The text ends before the first of these.
    #[schemars(length(min = 1))]
    cut_at: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
struct Prefix {
    /// What is put before the text.
    prefix: String,
    /// Unless it starts with this.
    unless: Option<String>,
    /// Whether the empty text stays empty.
    keep_empty: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Replaces {
    /// The field.
    Plain(String),
    Long(LongReplaces),
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct LongReplaces {
    /// The field.
    field: String,
    /// How its value is carried over.
    form: Option<Form>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Form {
    AsIs,
    Base64Json,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Semantics {
    /// They count.
    Full,
    /// Only the structure counts.
    Structure,
}

/// How server-side apply merges it.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Merge {
    Word(MergeWord),
    By(MergeBy),
    Long(LongMerge),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum MergeWord {
    /// As one value.
    Atomic,
    /// As a set of texts.
    Set,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct MergeBy {
    /// Fields that are the key of an item.
    #[schemars(length(min = 1))]
    by: Vec<String>,
    #[schemars(flatten)]
    life: Life,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct LongMerge {
    /// How.
    value: MergeValue,
    #[schemars(flatten)]
    life: Life,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum MergeValue {
    Word(MergeWord),
    By(OnlyBy),
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct OnlyBy {
    /// Fields that are the key of an item.
    #[schemars(length(min = 1))]
    by: Vec<String>,
}
