//! Rules across fields, and unions.

use super::words::{AtLeastOne, By, Level, Life, Path, Scalar, SomeOf};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// A rule across fields: a name and exactly one verb.
#[derive(JsonSchema)]
#[schemars(
    rename_all = "camelCase",
    extend("oneOf" = [
        { "required": ["requires"] }, { "required": ["forbids"] }, { "required": ["exactlyOneOf"] },
        { "required": ["atLeastOneOf"] }, { "required": ["atMostOneOf"] }, { "required": ["compare"] },
        { "required": ["unique"] }, { "required": ["refersTo"] }, { "required": ["acyclic"] },
        { "required": ["immutable"] }, { "required": ["cel", "message"] }
    ]),
    extend("allOf" = [
        { "if": { "required": ["at"] }, "then": { "required": ["cel"] } },
        { "if": { "required": ["filled"] }, "then": { "anyOf": [
            { "required": ["requires"] }, { "required": ["forbids"] }, { "required": ["exactlyOneOf"] },
            { "required": ["atLeastOneOf"] }, { "required": ["atMostOneOf"] }
        ] } }
    ])
)]
#[allow(dead_code)]
pub(super) struct Rule {
    /// Unique in its object; messages and documentation use it.
    name: String,
    /// It counts only where all of these hold.
    when: Option<BTreeMap<Path, Test>>,
    /// The message, instead of one made from the verb.
    message: Option<String>,
    /// Why.
    doc: Option<String>,
    /// How bad it is to break it.
    level: Option<Level>,
    /// Who enforces it.
    by: Option<By>,
    /// Whether only filled fields count as there.
    filled: Option<bool>,
    /// The fields that a finding of `cel` points at.
    at: Option<Vec<Path>>,
    /// All of them are there.
    #[schemars(length(min = 1))]
    requires: Option<Vec<Path>>,
    /// None of them is there.
    #[schemars(length(min = 1))]
    forbids: Option<Vec<Path>>,
    /// Exactly one of them is there.
    #[schemars(length(min = 1))]
    exactly_one_of: Option<Vec<Path>>,
    /// At least one of them is there.
    #[schemars(length(min = 1))]
    at_least_one_of: Option<Vec<Path>>,
    /// At most one of them is there.
    #[schemars(length(min = 2))]
    at_most_one_of: Option<Vec<Path>>,
    /// Two fields in a relation: `jitter <= latency`.
    #[schemars(regex(pattern = r"[<>]|==|!="))]
    compare: Option<String>,
    /// Items of a list differ.
    unique: Option<Unique>,
    /// Each name that is used is given.
    refers_to: Option<RefersTo>,
    /// Items of a list do not refer to each other in a circle.
    acyclic: Option<Acyclic>,
    /// They do not change.
    #[schemars(length(min = 1))]
    immutable: Option<Vec<Path>>,
    /// An expression of the CEL subset.
    cel: Option<String>,
    #[schemars(flatten)]
    life: Life,
}

/// A value, values of which it is one, or a word.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Test {
    Word(TestWord),
    Not(Not),
    Value(Scalar),
    In(AtLeastOne),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum TestWord {
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It is there and not empty.
    Filled,
    /// It is absent or empty.
    Empty,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Not {
    /// Values that it is not.
    not: SomeOf,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Unique {
    /// The list.
    Plain(Path),
    Long(LongUnique),
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct LongUnique {
    /// The list.
    list: Path,
    /// The field by which its items differ.
    by: Option<String>,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct RefersTo {
    /// Where names are used.
    from: Path,
    /// Where names are given.
    to: Path,
    /// Only for items for which these hold.
    of: Option<BTreeMap<Path, Test>>,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Acyclic {
    /// The list.
    list: Path,
    /// The field that is the name of an item.
    name: String,
    /// The fields that are names of other items.
    edges: Path,
}

/// A tag, and which fields belong to each of its values.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
pub(super) struct Union {
    /// Its name in generated code.
    name: Option<String>,
    /// The field that decides.
    tag: String,
    /// What a field of another case means.
    foreign: Option<Foreign>,
    /// Whether fields of other cases are judged by structure only.
    selected_only: Option<bool>,
    /// How bad it is if a field that a case needs is missing.
    level: Option<Level>,
    /// Whether fields that a case needs must be filled.
    filled: Option<bool>,
    /// The cases, unless they stand on the values of the tag's enum.
    cases: Option<BTreeMap<String, Option<Case>>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code)]
enum Foreign {
    /// Nothing.
    Ignore,
    /// A warning.
    Warn,
    /// A mistake.
    Refuse,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Case {
    /// Fields that it needs.
    requires: Option<Vec<String>>,
    /// Further fields that it uses.
    allows: Option<Vec<String>>,
    /// How bad it is if one is missing.
    level: Option<Level>,
    /// Whether fields that it needs must be filled.
    filled: Option<bool>,
    #[schemars(flatten)]
    life: Life,
}
