//! What a finding about a catalog points at.

use super::{Catalog, Kind, Package, TypeDef};
use std::fmt;

/// One thing that a schema package declares: what emitters name when they can't express it, and
/// what [`crate::compile::Places`] finds in the text again.
///
/// ```
/// use herz_dsl::catalog::Item;
/// let item = Item::new("chaos-mesh", "NetworkChaos.spec").field("action");
/// assert_eq!(item.to_string(), "chaos-mesh.NetworkChaos.spec.action");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// Name of its package.
    pub package: String,
    /// The kind or named type: `NetworkChaos`, `NetworkChaos.spec`, `Delay`. Empty: the package.
    pub owner: String,
    /// Which part of that.
    pub part: Part,
}

/// A part of a kind or type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// A field, by its name in documents.
    Field(String),
    /// A value of an enum.
    Value(String),
    /// A rule, by name.
    Rule(String),
}

impl Item {
    /// A kind or type of a package.
    pub fn new(package: impl Into<String>, owner: impl Into<String>) -> Self {
        Self {
            package: package.into(),
            owner: owner.into(),
            part: Part::Whole,
        }
    }

    /// A package.
    pub fn package(package: &Package) -> Self {
        Self::new(&package.name, "")
    }

    /// A kind of this catalog.
    pub fn kind(catalog: &Catalog, kind: &Kind) -> Self {
        let package = catalog.package(kind.package);
        Self::new(package.map_or("", |package| &package.name), &kind.name)
    }

    /// A named type of this catalog.
    pub fn named(catalog: &Catalog, def: &TypeDef) -> Self {
        let package = catalog.package(def.package);
        Self::new(package.map_or("", |package| &package.name), &def.name)
    }

    /// A field of the type.
    #[must_use]
    pub fn field(&self, wire: &str) -> Self {
        self.part(Part::Field(wire.to_owned()))
    }

    /// A value of the enum.
    #[must_use]
    pub fn value(&self, value: &str) -> Self {
        self.part(Part::Value(value.to_owned()))
    }

    /// A rule of the type or kind.
    #[must_use]
    pub fn rule(&self, name: &str) -> Self {
        self.part(Part::Rule(name.to_owned()))
    }

    /// The kind, type or package around the part.
    #[must_use]
    pub fn whole(&self) -> Self {
        self.part(Part::Whole)
    }

    fn part(&self, part: Part) -> Self {
        Self {
            part,
            ..self.clone()
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.package)?;
        if !self.owner.is_empty() {
            write!(f, ".{}", self.owner)?;
        }
        match &self.part {
            Part::Whole => Ok(()),
            Part::Field(wire) => write!(f, ".{wire}"),
            Part::Value(value) => write!(f, ", value `{value}`"),
            Part::Rule(name) => write!(f, ", rule `{name}`"),
        }
    }
}
