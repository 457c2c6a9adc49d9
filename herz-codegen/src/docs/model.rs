//! What a reference tells: kinds, and every field of each in the order of the schema.

use super::changes::{Change, changes};
use crate::target::View;
use herz_dsl::catalog::{Catalog, Field, Kind, Package, PackageId, Type, TypeBody, TypeId};
use herz_dsl::explain::{self, Page, summary};

/// A whole reference.
pub(super) struct Site {
    pub(super) title: String,
    pub(super) packages: Vec<PackageDocs>,
}

/// The reference of a package.
pub(super) struct PackageDocs {
    pub(super) name: String,
    pub(super) platform: String,
    pub(super) doc: String,
    pub(super) releases: Vec<String>,
    pub(super) kinds: Vec<KindDocs>,
    pub(super) changes: Vec<Change>,
}

/// The page of a kind.
pub(super) struct KindDocs {
    pub(super) name: String,
    pub(super) api_version: String,
    pub(super) summary: String,
    pub(super) page: Page,
    pub(super) fields: Vec<FieldDocs>,
}

/// A field with all above it.
pub(super) struct FieldDocs {
    /// `spec.delay.jitter`.
    pub(super) path: String,
    /// How deep: fields of `spec` are 1.
    pub(super) depth: usize,
    pub(super) page: Page,
    /// What texts of the type look like, for those with a grammar.
    pub(super) grammar: Option<&'static str>,
    /// The kind whose page tells the fields of an embedded spec.
    pub(super) see: Option<String>,
}

impl Site {
    pub(super) fn new(view: &View<'_>, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            packages: view
                .packages()
                .filter_map(|(id, _)| Some(package(view.all, id, view.all.package(id)?)))
                .collect(),
        }
    }

    /// All kinds with the names of their packages.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&PackageDocs, &KindDocs)> {
        self.packages
            .iter()
            .flat_map(|package| package.kinds.iter().map(move |kind| (package, kind)))
    }
}

fn package(catalog: &Catalog, id: PackageId, package: &Package) -> PackageDocs {
    let kinds = catalog.kinds.iter().filter(|kind| kind.package == id);
    PackageDocs {
        name: package.name.clone(),
        platform: package.platform.clone(),
        doc: package.doc.clone(),
        releases: package.releases.iter().map(ToString::to_string).collect(),
        kinds: kinds.map(|one| kind(catalog, package, one)).collect(),
        changes: changes(catalog, id),
    }
}

fn kind(catalog: &Catalog, package: &Package, kind: &Kind) -> KindDocs {
    let mut fields = Vec::new();
    let roots = [
        Some(("spec", kind.spec)),
        kind.status.map(|id| ("status", id)),
    ];
    for (root, id) in roots.into_iter().flatten() {
        let mut walk = Walk {
            catalog,
            kind,
            around: Vec::new(),
            fields: &mut fields,
        };
        walk.object(id, root, 1);
    }
    KindDocs {
        name: kind.name.clone(),
        api_version: format!("{}/{}", package.group, package.api_version),
        summary: summary(&kind.doc),
        page: explain::page(catalog, &kind.name).unwrap_or_default(),
        fields,
    }
}

struct Walk<'w> {
    catalog: &'w Catalog,
    kind: &'w Kind,
    /// The types on the way here, which are not told again inside themselves.
    around: Vec<TypeId>,
    fields: &'w mut Vec<FieldDocs>,
}

impl Walk<'_> {
    fn object(&mut self, id: TypeId, path: &str, depth: usize) {
        let catalog = self.catalog;
        let object = match catalog.get(id).map(|def| &def.body) {
            Some(TypeBody::Object(object)) => object,
            Some(TypeBody::Refined(ty, _)) => return self.inside(ty, path, depth),
            Some(TypeBody::Enum(_)) | None => return,
        };
        if self.around.contains(&id) {
            return;
        }
        self.around.push(id);
        for (at, field) in object.fields.iter().enumerate() {
            // A key that is another field in other releases is told once, as the last one has it.
            let later = object.fields.iter().skip(at + 1);
            if later.into_iter().all(|other| other.wire != field.wire) {
                self.field(field, path, depth);
            }
        }
        self.around.pop();
    }

    fn field(&mut self, field: &Field, above: &str, depth: usize) {
        let path = format!("{above}.{}", field.wire);
        let asked = format!("{}.{}", self.kind.name, path.replace("[]", ""));
        let mut page = explain::page(self.catalog, &asked).unwrap_or_default();
        if field.sensitive {
            page.examples.clear();
            page.facts
                .push("its value is not shown anywhere".to_owned());
        }
        let embedded = self.embedded(&field.ty);
        self.fields.push(FieldDocs {
            path: path.clone(),
            depth,
            page,
            grammar: self.grammar(&field.ty),
            see: embedded.clone(),
        });
        if embedded.is_none() {
            self.inside(&field.ty, &path, depth + 1);
        }
    }

    /// The fields inside a value.
    fn inside(&mut self, ty: &Type, path: &str, depth: usize) {
        match ty {
            Type::List(inner) | Type::Map(inner) => self.inside(inner, &format!("{path}[]"), depth),
            Type::Ref(id) => self.object(*id, path, depth),
            _ => {}
        }
    }

    /// The kind whose spec a value is.
    fn embedded(&self, ty: &Type) -> Option<String> {
        let Type::Ref(id) = ty else { return None };
        let kinds = self.catalog.kinds.iter();
        let mut of_spec = kinds.filter(|kind| kind.spec == *id && kind.name != self.kind.name);
        of_spec.next().map(|kind| kind.name.clone())
    }

    fn grammar(&self, ty: &Type) -> Option<&'static str> {
        match ty {
            Type::Scalar(scalar) => Some(scalar.dialect.allowed()),
            Type::List(inner) | Type::Map(inner) => self.grammar(inner),
            Type::Ref(id) => match &self.catalog.get(*id)?.body {
                TypeBody::Refined(ty, _) => self.grammar(ty),
                TypeBody::Object(_) | TypeBody::Enum(_) => None,
            },
            _ => None,
        }
    }
}
