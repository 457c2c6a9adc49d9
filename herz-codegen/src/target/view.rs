//! What a target looks at: the catalog as the chosen releases have it, the chosen packages, and
//! the questions that all targets ask.

use herz_dsl::catalog::{
    Catalog, Field, Item, Kind, Object, Package, PackageId, Targets, Type, TypeBody, TypeDef,
    TypeId, Union,
};
use herz_dsl::openapi::Document;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The catalog at a release of each package, and the packages to generate for.
#[derive(Debug, Clone)]
pub struct View<'c> {
    /// All releases, for those who compare them.
    pub all: &'c Catalog,
    /// As the chosen releases have it.
    pub catalog: Catalog,
    /// The chosen releases.
    pub targets: Targets,
    /// The documents that the target asked for, by name.
    pub documents: BTreeMap<String, Arc<Document>>,
    /// The packages to generate for; others are there for what refers to them.
    packages: BTreeSet<PackageId>,
}

impl<'c> View<'c> {
    /// The view of these packages at these releases; of all packages if none is named.
    ///
    /// Names of packages that do not exist are without effect; who takes them from people checks
    /// them before.
    pub fn new(all: &'c Catalog, targets: &Targets, packages: &[String]) -> Self {
        let chosen = |package: &Package| packages.is_empty() || packages.contains(&package.name);
        let chosen = (0..)
            .zip(&all.packages)
            .filter(|(_, package)| chosen(package));
        Self {
            all,
            catalog: all.at(targets),
            targets: targets.clone(),
            documents: BTreeMap::new(),
            packages: chosen.map(|(id, _)| PackageId(id)).collect(),
        }
    }

    /// The packages to generate for, sorted by name.
    pub fn packages(&self) -> impl Iterator<Item = (PackageId, &Package)> {
        self.packages
            .iter()
            .filter_map(|id| Some((*id, self.catalog.package(*id)?)))
    }

    /// Whether files are generated for the package.
    pub fn has(&self, package: PackageId) -> bool {
        self.packages.contains(&package)
    }

    /// The kinds to generate for, sorted by package and name.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.catalog
            .kinds
            .iter()
            .filter(|kind| self.has(kind.package))
    }

    /// The release that counts for a package.
    pub fn release(&self, package: PackageId) -> Option<&Version> {
        self.catalog
            .package(package)
            .map(|package| self.targets.release(package))
    }

    /// `group/version`, as documents of the package write it.
    pub fn api_version(&self, package: PackageId) -> String {
        self.catalog
            .package(package)
            .map_or_else(String::new, |package| {
                format!("{}/{}", package.group, package.api_version)
            })
    }

    /// The named type of that id.
    pub fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.catalog.get(id)
    }

    /// The object behind a type, through narrowed types; none if it is none.
    pub fn object(&self, ty: &Type) -> Option<(TypeId, &Object)> {
        let Type::Ref(id) = ty else { return None };
        match &self.get(*id)?.body {
            TypeBody::Object(object) => Some((*id, object)),
            TypeBody::Refined(inner, _) => self.object(inner),
            TypeBody::Enum(_) => None,
        }
    }

    /// The built-in type that a type comes down to: through names, not into lists and maps.
    pub fn base<'t>(&'t self, ty: &'t Type) -> &'t Type {
        match ty {
            Type::Ref(id) => match self.get(*id).map(|def| &def.body) {
                Some(TypeBody::Refined(inner, _)) => self.base(inner),
                _ => ty,
            },
            _ => ty,
        }
    }

    /// The fields that cases of a union name, those of other releases too.
    pub fn case_fields(&self, owner: TypeId, union: &Union) -> BTreeSet<String> {
        let all = match self.all.get(owner).map(|def| &def.body) {
            Some(TypeBody::Object(object)) => object.union.as_ref(),
            _ => None,
        };
        all.unwrap_or(union).case_fields().cloned().collect()
    }

    /// The values of a union's tag (of its enum, and of the cases) that have no use for a field.
    pub fn foreign_values(&self, tag: &Field, union: &Union, field: &str) -> Vec<String> {
        let named = |value: &String| union.cases.iter().find(|case| case.value == *value);
        let mut values: Vec<String> = union.cases.iter().map(|case| case.value.clone()).collect();
        if let Type::Ref(id) = &tag.ty
            && let Some(TypeBody::Enum(one)) = self.get(*id).map(|def| &def.body)
        {
            let all = one.values.iter().map(|value| &value.value);
            let others: Vec<String> = all.filter(|one| named(one).is_none()).cloned().collect();
            values.extend(others);
        }
        values.retain(|value| !named(value).is_some_and(|case| case.uses(field)));
        values
    }

    /// The named types that documents of these kinds may hold, sorted by package and name.
    pub fn reach<'k>(&self, kinds: impl IntoIterator<Item = &'k Kind>) -> BTreeSet<TypeId> {
        let mut open: Vec<TypeId> = kinds
            .into_iter()
            .flat_map(|kind| [Some(kind.spec), kind.status])
            .flatten()
            .collect();
        let mut reached = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !reached.insert(id) {
                continue;
            }
            match self.get(id).map(|def| &def.body) {
                Some(TypeBody::Object(object)) => {
                    open.extend(object.fields.iter().filter_map(|field| named(&field.ty)));
                }
                Some(TypeBody::Refined(ty, _)) => open.extend(named(ty)),
                Some(TypeBody::Enum(_)) | None => {}
            }
        }
        reached
    }

    /// What findings call a named type.
    pub fn item(&self, id: TypeId) -> Item {
        self.get(id)
            .map_or_else(|| Item::new("", ""), |def| Item::named(&self.catalog, def))
    }

    /// What findings call a field of a named type.
    pub fn field_item(&self, owner: TypeId, field: &Field) -> Item {
        self.item(owner).field(&field.wire)
    }
}

/// The named type inside lists and maps.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Ref(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) => named(inner),
        _ => None,
    }
}
