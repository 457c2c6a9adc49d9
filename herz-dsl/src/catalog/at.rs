//! The schema as one release of each platform has it.

use super::{
    Case, Catalog, Enum, Field, Kind, Life, Object, Package, PackageId, Rule, TypeBody, TypeDef,
    Union,
};
use semver::Version;
use std::collections::BTreeMap;
use std::fmt;

/// Which release of each package's platform is meant; the newest where nothing is said.
///
/// ```
/// use herz_dsl::catalog::Targets;
/// let targets = Targets::newest().with("chaos-mesh", "2.6.7".parse().unwrap());
/// assert_eq!(targets.to_string(), "chaos-mesh@2.6.7");
/// assert_eq!("chaos-mesh@v2.6.7".parse(), Ok(targets));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    releases: BTreeMap<String, Version>,
}

/// Why a target is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetError {
    /// Not `package@release`.
    Form(String),
    /// No package has this name; the names that exist.
    Package(String, Vec<String>),
    /// The platform has no such release; its releases.
    Release(String, Version, Vec<Version>),
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(text) => write!(
                f,
                "`{text}` is no target: expected PACKAGE@RELEASE such as `chaos-mesh@2.6.7`"
            ),
            Self::Package(name, known) => {
                write!(
                    f,
                    "no package is called `{name}`: expected one of {}",
                    list(known)
                )
            }
            Self::Release(package, version, known) => {
                write!(
                    f,
                    "`{package}` has no release {version}: expected one of {}",
                    list(known)
                )
            }
        }
    }
}

fn list<T: ToString>(items: &[T]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

impl std::error::Error for TargetError {}

impl std::str::FromStr for Targets {
    type Err = TargetError;

    /// Reads `package@release`, the release with or without a leading `v`.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let form = || TargetError::Form(text.to_owned());
        let (package, release) = text.split_once('@').ok_or_else(form)?;
        if package.is_empty() {
            return Err(form());
        }
        Ok(Self::newest().with(package, parse_release(release).ok_or_else(form)?))
    }
}

impl fmt::Display for Targets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (package, release)) in self.releases.iter().enumerate() {
            write!(f, "{}{package}@{release}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl Targets {
    /// The newest release of every platform.
    pub fn newest() -> Self {
        Self::default()
    }

    /// With this release for that package.
    #[must_use]
    pub fn with(mut self, package: impl Into<String>, release: Version) -> Self {
        self.releases.insert(package.into(), release);
        self
    }

    /// These targets and those of `other`, which win.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.releases.extend(other.releases);
        self
    }

    /// Whether every package and release named exists.
    pub fn check(&self, catalog: &Catalog) -> Result<(), TargetError> {
        for (name, release) in &self.releases {
            let Some(package) = catalog.packages.iter().find(|p| p.name == *name) else {
                let known = catalog.packages.iter().map(|p| p.name.clone()).collect();
                return Err(TargetError::Package(name.clone(), known));
            };
            if !package.releases.contains(release) {
                return Err(TargetError::Release(
                    name.clone(),
                    release.clone(),
                    package.releases.clone(),
                ));
            }
        }
        Ok(())
    }

    /// The release that is meant for a package.
    pub fn release<'a>(&'a self, package: &'a Package) -> &'a Version {
        self.releases
            .get(&package.name)
            .unwrap_or_else(|| package.newest())
    }
}

/// Reads `2.6.7` or `v2.6.7`.
pub fn parse_release(text: &str) -> Option<Version> {
    Version::parse(text.strip_prefix('v').unwrap_or(text)).ok()
}

/// Stands for the newest release of a package without any, which the compiler refuses.
static NONE: Version = Version::new(0, 0, 0);

impl Package {
    /// The newest release of the platform.
    pub fn newest(&self) -> &Version {
        self.releases.last().unwrap_or(&NONE)
    }
}

impl Catalog {
    /// The package of that id. Ids come from this catalog, so `None` means a foreign id.
    pub fn package(&self, id: PackageId) -> Option<&Package> {
        self.packages.get(id.0 as usize)
    }

    /// The package whose API group this is.
    pub fn package_of_group(&self, group: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.group == group)
    }

    /// The schema as these releases have it: what they don't have is left out. Types keep their
    /// ids; a type that a release does not have loses its content, and nothing refers to it.
    #[must_use]
    pub fn at(&self, targets: &Targets) -> Self {
        let release = |id: PackageId| {
            self.package(id)
                .map_or(&NONE, |package| targets.release(package))
        };
        Self {
            packages: self.packages.clone(),
            kinds: self
                .kinds
                .iter()
                .filter(|kind| kind.life.covers(release(kind.package)))
                .map(|kind| kind_at(kind, release(kind.package)))
                .collect(),
            types: self
                .types
                .iter()
                .map(|def| type_at(def, release(def.package)))
                .collect(),
        }
    }
}

fn kind_at(kind: &Kind, release: &Version) -> Kind {
    Kind {
        rules: rules_at(&kind.rules, release),
        ..kind.clone()
    }
}

fn type_at(def: &TypeDef, release: &Version) -> TypeDef {
    let here = def.life.covers(release);
    let body = match &def.body {
        TypeBody::Object(_) if !here => TypeBody::Object(Object::default()),
        TypeBody::Object(object) => TypeBody::Object(object_at(object, release)),
        TypeBody::Enum(one) => TypeBody::Enum(Enum {
            values: one
                .values
                .iter()
                .filter(|v| here && v.life.covers(release))
                .cloned()
                .collect(),
            ..one.clone()
        }),
        TypeBody::Refined(ty, constraints) => TypeBody::Refined(
            ty.clone(),
            constraints
                .iter()
                .filter(|c| c.life.covers(release))
                .cloned()
                .collect(),
        ),
    };
    TypeDef {
        body,
        ..def.clone()
    }
}

fn object_at(object: &Object, release: &Version) -> Object {
    let fields: Vec<Field> = object
        .fields
        .iter()
        .filter(|f| f.life.covers(release))
        .map(|f| field_at(f, release))
        .collect();
    let known = |name: &String| fields.iter().any(|field| field.wire == *name);
    let union = object.union.as_ref().map(|union| Union {
        cases: union
            .cases
            .iter()
            .filter(|case| case.life.covers(release))
            .map(|case| Case {
                requires: case
                    .requires
                    .iter()
                    .filter(|name| known(name))
                    .cloned()
                    .collect(),
                allows: case
                    .allows
                    .iter()
                    .filter(|name| known(name))
                    .cloned()
                    .collect(),
                ..case.clone()
            })
            .collect(),
        ..union.clone()
    });
    Object {
        rules: rules_at(&object.rules, release),
        union,
        atomic: object.atomic.clone().filter(|life| life.covers(release)),
        reserved: object.reserved.clone(),
        open: object.open,
        fields,
    }
}

fn field_at(field: &Field, release: &Version) -> Field {
    let covers = |life: &Life| life.covers(release);
    Field {
        constraints: field
            .constraints
            .iter()
            .filter(|c| covers(&c.life))
            .cloned()
            .collect(),
        default: field
            .default
            .clone()
            .filter(|default| covers(&default.life)),
        merge: field.merge.clone().filter(|(_, life)| covers(life)),
        ..field.clone()
    }
}

fn rules_at(rules: &[Rule], release: &Version) -> Vec<Rule> {
    rules
        .iter()
        .filter(|rule| rule.life.covers(release))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_say_what_is_wrong_with_them() {
        let error = "chaos-mesh".parse::<Targets>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`chaos-mesh` is no target: expected PACKAGE@RELEASE such as `chaos-mesh@2.6.7`"
        );
        assert!("@2.6.7".parse::<Targets>().is_err());
        assert!("a@2.6".parse::<Targets>().is_err());
        let catalog = Catalog {
            packages: Vec::new(),
            kinds: Vec::new(),
            types: Vec::new(),
        };
        let targets: Targets = "a@v2.6.0".parse().unwrap();
        assert!(matches!(
            targets.check(&catalog),
            Err(TargetError::Package(..))
        ));
    }
}
