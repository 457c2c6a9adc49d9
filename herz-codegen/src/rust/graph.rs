//! The target graph: which types become Rust, in which module, under which name, and what is boxed.

use super::member::{self, Member};
use super::{Options, enumeration, union};
use crate::CodegenError;
use crate::names::{Scope, rust};
use herz_dsl::catalog::{
    Catalog, Kind, Object, Package, PackageId, Type, TypeBody, TypeDef, TypeId,
};
use std::collections::{BTreeMap, BTreeSet};

/// The target graph of one catalog.
pub(super) struct Graph<'c> {
    /// Every release.
    pub(super) full: &'c Catalog,
    /// The newest release: what is generated.
    pub(super) catalog: &'c Catalog,
    pub(super) options: &'c Options,
    names: BTreeMap<TypeId, Named>,
    kinds: Vec<Named>,
    unions: BTreeMap<TypeId, String>,
    spaces: Vec<Space>,
    members: BTreeMap<TypeId, Vec<Member<'c>>>,
}

/// Where a type stands and how it is called.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Which module.
    pub(super) space: usize,
    /// Which file of the module, without `.rs`.
    pub(super) file: String,
    /// Its name.
    pub(super) ident: String,
}

/// A module: one package, or one import of a package.
#[derive(Debug)]
pub(super) struct Space {
    pub(super) index: usize,
    pub(super) package: PackageId,
    /// Modules from the root.
    pub(super) path: Vec<String>,
    /// Names of its types.
    pub(super) names: Scope,
}

impl<'c> Graph<'c> {
    /// Names everything and finds what must be boxed.
    pub(super) fn new(
        full: &'c Catalog,
        catalog: &'c Catalog,
        options: &'c Options,
    ) -> Result<Self, Vec<CodegenError>> {
        let mut graph = Self {
            full,
            catalog,
            options,
            names: BTreeMap::new(),
            kinds: Vec::new(),
            unions: BTreeMap::new(),
            spaces: Vec::new(),
            members: BTreeMap::new(),
        };
        let mut errors = Vec::new();
        graph.name_kinds(&mut errors);
        graph.name_types(&mut errors);
        graph.name_unions(&mut errors);
        graph.build_members(&mut errors);
        graph.check_variants(&mut errors);
        if errors.is_empty() {
            graph.break_circles();
            Ok(graph)
        } else {
            errors.sort();
            Err(errors)
        }
    }

    pub(super) fn spaces(&self) -> impl Iterator<Item = &Space> {
        self.spaces.iter()
    }

    pub(super) fn space(&self, index: usize) -> Option<&Space> {
        self.spaces.get(index)
    }

    pub(super) fn package(&self, id: PackageId) -> Option<&'c Package> {
        self.catalog.packages.get(id.0 as usize)
    }

    /// Types that are generated, by id.
    pub(super) fn types(&self) -> impl Iterator<Item = (TypeId, &'c TypeDef, &Named)> {
        self.names
            .iter()
            .filter_map(|(id, named)| Some((*id, self.catalog.get(*id)?, named)))
    }

    /// Kinds, in the catalog's order.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&'c Kind, &Named)> {
        self.catalog.kinds.iter().zip(&self.kinds)
    }

    pub(super) fn name(&self, id: TypeId) -> Option<&Named> {
        self.names.get(&id)
    }

    /// Name of the enum for an object's union.
    pub(super) fn union_name(&self, id: TypeId) -> Option<&str> {
        self.unions.get(&id).map(String::as_str)
    }

    /// Fields of an object as Rust has them.
    pub(super) fn members(&self, id: TypeId) -> &[Member<'c>] {
        self.members.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The object with that id.
    pub(super) fn object(&self, id: TypeId) -> Option<&'c Object> {
        match &self.catalog.get(id)?.body {
            TypeBody::Object(object) => Some(object),
            TypeBody::Enum(_) | TypeBody::Refined(..) => None,
        }
    }

    /// Path of a type that exists already.
    pub(super) fn external(&self, id: TypeId) -> Option<&str> {
        if self.options.external.is_empty() {
            return None;
        }
        self.options
            .external
            .get(&self.label(id))
            .map(String::as_str)
    }

    /// The type behind names of narrowed types.
    pub(super) fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        // Narrowed types can't be circular; the bound only keeps a broken catalog from looping.
        for _ in 0..self.catalog.types.len() {
            match ty {
                Type::Ref(id) => match self.catalog.get(*id).map(|def| &def.body) {
                    Some(TypeBody::Refined(inner, _)) => ty = inner,
                    _ => break,
                },
                _ => break,
            }
        }
        ty
    }

    /// `chaos-mesh.NetworkChaos.spec`, for errors.
    pub(super) fn label(&self, id: TypeId) -> String {
        self.catalog.get(id).map_or_else(String::new, |def| {
            let package = self
                .package(def.package)
                .map_or("", |package| &package.name);
            format!("{package}.{}", def.name)
        })
    }

    fn space_of(&mut self, package: PackageId, import: Option<&str>) -> usize {
        let name = self.package(package).map_or("", |package| &package.name);
        let module = self.options.modules.get(name).map_or(name, String::as_str);
        let mut path = vec![rust::snake(module)];
        path.extend(import.map(rust::snake));
        if let Some(space) = self.spaces.iter().find(|space| space.path == path) {
            return space.index;
        }
        let index = self.spaces.len();
        self.spaces.push(Space {
            index,
            package,
            path,
            names: Scope::new(),
        });
        index
    }

    fn take(&mut self, space: usize, ident: &str, at: &str, errors: &mut Vec<CodegenError>) {
        if let Some(space) = self.spaces.get_mut(space) {
            errors.extend(space.names.take(ident, at).err());
        }
    }

    fn name_kinds(&mut self, errors: &mut Vec<CodegenError>) {
        for kind in &self.catalog.kinds {
            let space = self.space_of(kind.package, None);
            let ident = rust::pascal(&kind.name);
            let package = self
                .package(kind.package)
                .map_or("", |package| &package.name);
            self.take(space, &ident, &format!("{package}.{}", kind.name), errors);
            self.kinds.push(Named {
                space,
                file: rust::snake(&kind.name),
                ident,
            });
        }
    }

    fn name_types(&mut self, errors: &mut Vec<CodegenError>) {
        let owners = self.owners();
        for id in self.wanted() {
            let Some(def) = self.catalog.get(id) else {
                continue;
            };
            if self.external(id).is_some() {
                continue;
            }
            let (import, name) = split_import(&def.name);
            let space = self.space_of(def.package, import);
            let ident = rust::pascal(name);
            let file = match (import, owners.get(&id)) {
                (None, Some(Some(kind))) => rust::snake(kind),
                _ => "types".to_owned(),
            };
            self.take(space, &ident, &self.label(id), errors);
            self.names.insert(id, Named { space, file, ident });
        }
    }

    fn name_unions(&mut self, errors: &mut Vec<CodegenError>) {
        let named: Vec<(TypeId, usize)> = self
            .names
            .iter()
            .map(|(id, named)| (*id, named.space))
            .collect();
        for (id, space) in named {
            let union = self.object(id).and_then(|object| object.union.as_ref());
            if let Some(name) = union.and_then(|union| union.name.as_deref()) {
                let ident = rust::pascal(name);
                self.take(space, &ident, &format!("{} union", self.label(id)), errors);
                self.unions.insert(id, ident);
            }
        }
    }

    fn build_members(&mut self, errors: &mut Vec<CodegenError>) {
        let ids: Vec<TypeId> = self.names.keys().copied().collect();
        for id in ids {
            if let Some(object) = self.object(id) {
                let members = member::members(self, id, object, errors);
                self.members.insert(id, members);
            }
        }
    }

    fn check_variants(&self, errors: &mut Vec<CodegenError>) {
        for (id, def, _) in self.types() {
            match &def.body {
                TypeBody::Enum(body) => {
                    errors.extend(enumeration::variants(body, &self.label(id)).1);
                }
                TypeBody::Object(Object {
                    union: Some(union), ..
                }) => {
                    errors.extend(union::check(self, id, union));
                }
                TypeBody::Object(_) | TypeBody::Refined(..) => {}
            }
        }
    }

    /// Types that become Rust: those of the packages themselves that the newest release has, and
    /// whatever they reach. Imported schemas that nothing uses are left out.
    fn wanted(&self) -> BTreeSet<TypeId> {
        let mut open: Vec<TypeId> = Vec::new();
        for (index, def) in self.catalog.types.iter().enumerate() {
            let newest = self
                .package(def.package)
                .and_then(|package| package.releases.last());
            let alive = newest.is_none_or(|newest| def.life.covers(newest));
            if alive && split_import(&def.name).0.is_none() {
                open.extend(u32::try_from(index).map(TypeId));
            }
        }
        for kind in &self.catalog.kinds {
            open.push(kind.spec);
            open.extend(kind.status);
        }
        let mut wanted = BTreeSet::new();
        while let Some(id) = open.pop() {
            if wanted.insert(id)
                && let Some(def) = self.catalog.get(id)
            {
                referred(def, &mut |id| open.push(id));
            }
        }
        wanted
    }

    /// The kind that a type belongs to: the only one that reaches it other than through the spec
    /// of another kind. Types that several kinds share belong to none.
    fn owners(&self) -> BTreeMap<TypeId, Option<&'c str>> {
        let mut owners: BTreeMap<TypeId, Option<&str>> = BTreeMap::new();
        let specs: BTreeSet<TypeId> = self.catalog.kinds.iter().map(|kind| kind.spec).collect();
        for kind in &self.catalog.kinds {
            let mut open = vec![kind.spec];
            open.extend(kind.status);
            let mut seen = BTreeSet::new();
            while let Some(id) = open.pop() {
                let Some(def) = self.catalog.get(id) else {
                    continue;
                };
                let foreign =
                    def.package != kind.package || (specs.contains(&id) && id != kind.spec);
                if foreign || !seen.insert(id) {
                    continue;
                }
                owners
                    .entry(id)
                    .and_modify(|owner| *owner = None)
                    .or_insert(Some(kind.name.as_str()));
                referred(def, &mut |id| open.push(id));
            }
        }
        owners
    }

    /// Boxes one field of each circle of objects: the first by type name and key, so that the
    /// choice never depends on the order of files.
    fn break_circles(&mut self) {
        loop {
            let edges = self.direct_edges();
            let circular = edges
                .iter()
                .filter(|(_, from, _, to)| reaches(&edges, *to, *from))
                .map(|(key, from, index, _)| (key.clone(), *from, *index))
                .min();
            let Some((_, from, index)) = circular else {
                return;
            };
            if let Some(member) = self
                .members
                .get_mut(&from)
                .and_then(|list| list.get_mut(index))
            {
                member.boxed = true;
            }
        }
    }

    /// Fields that hold an object in place: (sort key, object, place, object held).
    fn direct_edges(&self) -> Vec<((String, String), TypeId, usize, TypeId)> {
        let mut edges = Vec::new();
        for (id, members) in &self.members {
            for (index, member) in members.iter().enumerate() {
                if let (Type::Ref(to), false) = (self.resolve(&member.field.ty), member.boxed)
                    && self.members.contains_key(to)
                {
                    let key = (self.label(*id), member.field.wire.clone());
                    edges.push((key, *id, index, *to));
                }
            }
        }
        edges
    }
}

/// Whether `from` holds `to`, however deep.
fn reaches(edges: &[((String, String), TypeId, usize, TypeId)], from: TypeId, to: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            open.extend(edges.iter().filter(|edge| edge.1 == id).map(|edge| edge.3));
        }
    }
    false
}

/// `k8s.Container` is `Container` of the import `k8s`; `NetworkChaos.spec` belongs to no import.
fn split_import(name: &str) -> (Option<&str>, &str) {
    match name.split_once('.') {
        Some((head, rest)) if head.starts_with(|c: char| c.is_lowercase()) => (Some(head), rest),
        _ => (None, name),
    }
}

/// Types that a type refers to.
fn referred(def: &TypeDef, see: &mut dyn FnMut(TypeId)) {
    match &def.body {
        TypeBody::Object(object) => object
            .fields
            .iter()
            .for_each(|field| leaves(&field.ty, see)),
        TypeBody::Refined(ty, _) => leaves(ty, see),
        TypeBody::Enum(_) => {}
    }
}

fn leaves(ty: &Type, see: &mut dyn FnMut(TypeId)) {
    match ty {
        Type::Ref(id) => see(*id),
        Type::List(inner) | Type::Map(inner) => leaves(inner, see),
        Type::Bool
        | Type::Int { .. }
        | Type::Float64
        | Type::String
        | Type::Bytes
        | Type::Scalar(_)
        | Type::Any
        | Type::AnyObject
        | Type::IntOrString => {}
    }
}
