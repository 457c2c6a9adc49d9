//! Types: what a value may be.

use super::{Constraint, Field, Life, PackageId, Rule};
use herz_types::Level;
use herz_types::scalar::Dialect;
use serde::{Deserialize, Serialize};

/// Index of a named type in [`super::Catalog::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TypeId(pub u32);

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypeDef {
    /// The package it belongs to.
    pub package: PackageId,
    /// Unique in the package: `Delay`, `NetworkChaos.spec`, `k8s.Container`.
    pub name: String,
    /// What it means, in Markdown.
    pub doc: String,
    /// Releases that have it.
    pub life: Life,
    /// What it is.
    pub body: TypeBody,
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every type is an object, so boxing it would save nothing"
)]
pub enum TypeBody {
    /// An object with fields.
    Object(Object),
    /// One of several texts.
    Enum(Enum),
    /// A built-in type, narrowed.
    Refined(Type, Vec<Constraint>),
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int {
        /// 8, 16, 32 or 64.
        bits: u8,
        /// Whether it may be negative.
        signed: bool,
        /// Whether OpenAPI and CRD name the width (`int32` does, `int` does not).
        format: bool,
    },
    /// A number.
    Float64,
    /// Any text.
    String,
    /// Bytes, written as base64.
    Bytes,
    /// A text with a grammar.
    Scalar(ScalarType),
    /// A list.
    List(Box<Type>),
    /// A map with text keys.
    Map(Box<Type>),
    /// A named type.
    Ref(TypeId),
    /// Any value at all.
    Any,
    /// Any object.
    AnyObject,
    /// A whole number or a text.
    IntOrString,
}

/// A text with a grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScalarType {
    /// Whose grammar.
    pub dialect: Dialect,
    /// Whether the empty text is allowed too.
    pub allow_empty: bool,
}

/// An object type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// Fields in the order written (included groups first).
    pub fields: Vec<Field>,
    /// Rules across the fields; paths start at this object.
    pub rules: Vec<Rule>,
    /// A field whose value decides which other fields make sense.
    pub union: Option<Union>,
    /// Names that must not be used again.
    pub reserved: Vec<String>,
    /// Whether unknown fields are data and kept.
    pub open: bool,
    /// Whether the whole value is one for server-side apply (`x-kubernetes-map-type: atomic`),
    /// and since when.
    pub atomic: Option<Life>,
}

/// An object whose tag field decides which other fields make sense.
///
/// `action: delay` with its block `delay:`, or `templateType: Task` with `task:`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Union {
    /// Name for the enum that target languages build from it: `NetworkFault`.
    pub name: Option<String>,
    /// Wire name of the tag field, a field of the same object.
    pub tag: String,
    /// The cases, in the order written; at most one for each value.
    pub cases: Vec<Case>,
    /// What a field of another case means.
    pub foreign: Foreign,
    /// Whether the fields of other cases are judged by structure only (their admission rules
    /// are not the platform's concern then).
    pub selected_only: bool,
}

/// One case of a [`Union`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Value of the tag.
    pub value: String,
    /// Wire names of fields that this case needs.
    pub requires: Vec<String>,
    /// Whether needed fields must also be filled: not empty, zero or false.
    pub filled: bool,
    /// Wire names of further fields that this case uses.
    pub allows: Vec<String>,
    /// Level of a missing needed field.
    pub level: Level,
    /// Releases that have this case.
    pub life: Life,
}

impl Case {
    /// Wire names of the fields that it has a use for: those that it needs first.
    pub fn fields(&self) -> impl Iterator<Item = &String> {
        self.requires.iter().chain(&self.allows)
    }

    /// Whether it has a use for a field.
    pub fn uses(&self, wire: &str) -> bool {
        self.fields().any(|one| one == wire)
    }
}

impl Union {
    /// Wire names of the fields that cases have a use for; not the tag.
    pub fn case_fields(&self) -> impl Iterator<Item = &String> {
        let all = self.cases.iter().flat_map(Case::fields);
        all.filter(|wire| **wire != self.tag)
    }
}

/// What it means that a field of another case is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreign {
    /// Nothing.
    Ignore,
    /// A warning: the platform ignores it.
    Warn,
    /// An error: the platform refuses it.
    Refuse,
}

/// One of several texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// The values in the order written.
    pub values: Vec<EnumValue>,
    /// Whether other values are refused by structure (a CRD `enum`), by admission, or only
    /// worth a warning.
    pub layer: super::Layer,
    /// Level of another value.
    pub level: Level,
    /// Whether the empty text is allowed too.
    pub allow_empty: bool,
}

/// One value of an [`Enum`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EnumValue {
    /// The text.
    pub value: String,
    /// What it means, in Markdown.
    pub doc: String,
    /// Explicit name for target languages.
    pub name: Option<String>,
    /// Releases that have it.
    pub life: Life,
}
