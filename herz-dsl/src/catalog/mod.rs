//! The catalog: everything a schema package says, resolved. Front ends fill it, emitters and
//! checkers read it. It has no spans and serialises to any serde format.

mod at;
mod field;
mod item;
mod kind;
mod literal;
mod merge;
mod rule;
mod types;
mod version;

pub use at::{TargetError, Targets, parse_release};
pub use field::{
    Bound, Carried, Constraint, ConstraintKind, Default, DefaultValue, Field, Fill, Layer, Merge,
    Normalize, Replaces, Semantics, Zero,
};
pub use item::{Item, Part};
pub use kind::{Column, Embedded, Kind, Lasting, Package, PackageId, Scope, Subresources};
pub use literal::Literal;
pub use rule::{Compare, Condition, FieldPath, PathStep, Rule, RuleKind, Test};
pub use types::{
    Case, Enum, EnumValue, Foreign, Object, ScalarType, Type, TypeBody, TypeDef, TypeId, Union,
};
pub use version::{Deprecation, Life};

use serde::{Deserialize, Serialize};

/// All packages of one compilation, resolved.
///
/// Kinds and types are sorted by package and name, so that nothing depends on the order of files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The packages, sorted by name.
    pub packages: Vec<Package>,
    /// The kinds, sorted by package and name.
    pub kinds: Vec<Kind>,
    /// Every named type; [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
}

impl Catalog {
    /// The named type of that id. Ids come from this catalog, so `None` means a foreign id.
    pub fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0 as usize)
    }

    /// The kind with this name in the package whose `group` it is.
    pub fn kind(&self, group: &str, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| {
            kind.name == name
                && self
                    .packages
                    .get(kind.package.0 as usize)
                    .is_some_and(|p| p.group == group)
        })
    }
}
