//! Words that many constructs share.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A list that may be written as its only item.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
pub(super) enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

/// A release, such as `2.8.0`.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Release(
    #[schemars(regex(pattern = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)([-+].*)?$"))]
    #[allow(dead_code)]
    String,
);

/// Fields joined by dots, `[]` for every item: `templates[].children[]`.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Path(
    #[schemars(regex(pattern = r"^[^\s.\[\]]+(\[\])*(\.[^\s.\[\]]+(\[\])*)*$"))]
    #[allow(dead_code)]
    String,
);

/// A value of the type in question.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Any(#[allow(dead_code)] serde_json::Value);

/// The releases that have it.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
pub(super) struct Life {
    /// The first release that has it.
    since: Option<Release>,
    /// The first release that does not have it any more.
    until: Option<Release>,
    /// It is on its way out.
    deprecated: Option<Deprecated>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Deprecated {
    Plain(bool),
    Long {
        /// The first release that discourages it.
        since: Option<Release>,
        /// What to use instead.
        r#use: Option<String>,
        /// What else is to be known.
        note: Option<String>,
    },
}

/// Who refuses a value: the CRD's structure, or the admission webhook.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
pub(super) enum By {
    /// The structure, so that nothing like it is ever stored.
    Structure,
    /// The webhook.
    Admission,
}

/// How bad it is.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
pub(super) enum Level {
    /// The document is refused.
    Error,
    /// The document is taken, and a warning is printed.
    Warning,
}

/// What is stored for an empty value.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
pub(super) enum Zero {
    /// What was written.
    Kept,
    /// Nothing.
    Dropped,
    /// The empty value, even if nothing was written.
    Written,
}

/// A value that Rust has no type for, as the schema of its shape.
macro_rules! shape {
    ($(#[$doc:meta])* $name:ident: $($schema:tt)+) => {
        $(#[$doc])*
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($($schema)+)
            }
        }
    };
}

shape!(
    /// A value that is no map.
    NoMap: { "type": ["string", "number", "boolean", "array", "null"] }
);
shape!(
    /// A value that is neither a map nor a list, or nothing.
    ScalarOrNull: { "type": ["string", "number", "boolean", "null"] }
);
shape!(
    /// A list that is a value itself: not all of its items are maps.
    PlainList: { "type": "array", "anyOf": [{ "maxItems": 0 }, { "contains": { "not": { "type": "object" } } }] }
);
shape!(
    /// A value that is neither a map nor a list.
    Scalar: { "type": ["string", "number", "boolean"] }
);
shape!(
    /// A default as it is: anything but the map of the long form.
    PlainDefault: {
        "not": { "type": "object", "anyOf": [{ "required": ["value"] }, { "required": ["generated"] }] }
    }
);
shape!(
    /// A value, or values of which there is at least one.
    SomeOf: { "not": { "type": "array", "maxItems": 0 } }
);
shape!(
    /// At least one value.
    AtLeastOne: { "type": "array", "minItems": 1 }
);
