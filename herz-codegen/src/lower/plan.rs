//! Which types become code, in which file, and how everything is called.

use crate::target::{Note, View};
use herz_dsl::catalog::{
    Case, Default as FieldDefault, Enum, Field, Item, Kind, Layer, Object, Package, PackageId,
    Type, TypeBody, TypeDef, TypeId,
};
use std::collections::{BTreeMap, BTreeSet};

/// How a language joins words to names, and which names it keeps for itself.
pub(crate) trait Language {
    /// What notes call it: `Go`.
    fn title(&self) -> &'static str;
    /// A type.
    fn type_name(&self, name: &str) -> String;
    /// A field of an object.
    fn member(&self, field: &Field) -> String;
    /// Names of fields that generated types have by themselves.
    fn own_members(&self) -> &'static [&'static str];
    /// A value of an enum.
    fn variant(&self, owner: &str, value: &str) -> String;
    /// Whether values of enums stand beside types, and not inside of one.
    fn variants_beside_types(&self) -> bool;
    /// A file, without its ending.
    fn file(&self, name: &str) -> String;
    /// A folder for a package.
    fn folder(&self, name: &str) -> String;
    /// Further names that stand beside a type because of it.
    fn beside(&self, def: &TypeDef, ident: &str) -> Vec<String>;
    /// What is the same for names that can't stand side by side: themselves, unless letter case does not
    /// tell them apart.
    fn same_as(&self, ident: &str) -> String {
        ident.to_owned()
    }
}

/// Where a type stands and how it is called.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) space: usize,
    pub(crate) file: String,
    pub(crate) ident: String,
}

/// A package, or one import of a package.
#[derive(Debug)]
pub(crate) struct Space {
    pub(crate) package: PackageId,
    /// Whether it holds what the package imports.
    pub(crate) import: bool,
    /// Folders from the root.
    pub(crate) path: Vec<String>,
    taken: BTreeMap<String, String>,
}

/// A field, named.
#[derive(Debug, Clone)]
pub(crate) struct Member<'v> {
    pub(crate) field: &'v Field,
    pub(crate) ident: String,
    /// Whether a document may leave it out.
    pub(crate) optional: bool,
}

/// A value of an enum, named.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) ident: String,
    pub(crate) value: String,
    pub(crate) doc: String,
}

/// A tag and what belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct UnionPlan<'v> {
    pub(crate) ident: String,
    pub(crate) tag: usize,
    /// Each case, its name, and the places of its fields.
    pub(crate) cases: Vec<(&'v Case, String, Vec<usize>)>,
}

/// Which types become code, and their names.
pub(crate) struct Plan<'v> {
    pub(crate) view: &'v View<'v>,
    pub(crate) spaces: Vec<Space>,
    names: BTreeMap<TypeId, Named>,
    kinds: Vec<(&'v Kind, Named)>,
    members: BTreeMap<TypeId, Vec<Member<'v>>>,
    variants: BTreeMap<TypeId, Vec<Variant>>,
    unions: BTreeMap<TypeId, UnionPlan<'v>>,
}

impl<'v> Plan<'v> {
    /// Names everything; what can't be named is told.
    pub(crate) fn new(view: &'v View<'v>, language: &dyn Language) -> Result<Self, Vec<Note>> {
        let mut plan = Self {
            view,
            spaces: Vec::new(),
            names: BTreeMap::new(),
            kinds: Vec::new(),
            members: BTreeMap::new(),
            variants: BTreeMap::new(),
            unions: BTreeMap::new(),
        };
        let mut builder = Builder {
            plan: &mut plan,
            language,
            notes: Vec::new(),
        };
        builder.kinds();
        builder.types();
        builder.contents();
        let mut notes = builder.notes;
        if notes.is_empty() {
            Ok(plan)
        } else {
            notes.sort();
            Err(notes)
        }
    }

    pub(crate) fn package(&self, id: PackageId) -> Option<&'v Package> {
        self.view.catalog.package(id)
    }

    /// `group/version`; the version alone for a package without group.
    pub(crate) fn api_version(&self, id: PackageId) -> String {
        self.package(id).map_or_else(String::new, |package| {
            if package.group.is_empty() {
                package.api_version.clone()
            } else {
                format!("{}/{}", package.group, package.api_version)
            }
        })
    }

    /// The kinds, by package and name.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&'v Kind, &Named)> {
        self.kinds.iter().map(|(kind, named)| (*kind, named))
    }

    /// The kinds of one file.
    pub(crate) fn kinds_in<'p>(
        &'p self,
        space: usize,
        file: &'p str,
    ) -> impl Iterator<Item = (&'v Kind, &'p Named)> {
        self.kinds()
            .filter(move |(_, named)| named.space == space && named.file == file)
    }

    /// The types of one file, by name.
    pub(crate) fn types_in(&self, space: usize, file: &str) -> Vec<(TypeId, &'v TypeDef, &Named)> {
        let mut types: Vec<_> = self
            .types()
            .filter(|(_, _, named)| named.space == space && named.file == file)
            .collect();
        types.sort_by(|a, b| a.2.ident.cmp(&b.2.ident));
        types
    }

    /// The types, by id.
    pub(crate) fn types(&self) -> impl Iterator<Item = (TypeId, &'v TypeDef, &Named)> {
        self.names
            .iter()
            .filter_map(|(id, named)| Some((*id, self.view.get(*id)?, named)))
    }

    pub(crate) fn name(&self, id: TypeId) -> Option<&Named> {
        self.names.get(&id)
    }

    pub(crate) fn members(&self, id: TypeId) -> &[Member<'v>] {
        self.members.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn variants(&self, id: TypeId) -> &[Variant] {
        self.variants.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn union(&self, id: TypeId) -> Option<&UnionPlan<'v>> {
        self.unions.get(&id)
    }

    /// The files of a space, each with its types, sorted by file.
    pub(crate) fn files(&self, space: usize) -> BTreeSet<&str> {
        let kinds = self.kinds.iter().map(|(_, named)| named);
        self.names
            .values()
            .chain(kinds)
            .filter(|named| named.space == space)
            .map(|named| named.file.as_str())
            .collect()
    }

    /// Whether an object holds itself, through fields whose value stands in place.
    pub(crate) fn holds_itself(&self, id: TypeId) -> bool {
        let mut open = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(one) = open.pop() {
            for member in self
                .members(one)
                .iter()
                .filter(|member| !member.optional || member.field.nullable)
            {
                if let Type::Ref(to) = self.view.base(&member.field.ty) {
                    if *to == id {
                        return true;
                    }
                    if seen.insert(*to) {
                        open.push(*to);
                    }
                }
            }
        }
        false
    }
}

/// A field that a document may leave out: also a required one that the structure fills in, since
/// reading and writing must not add to a document.
fn optional(field: &Field) -> bool {
    !field.required || field.default.as_ref().is_some_and(filled_in)
}

fn filled_in(default: &FieldDefault) -> bool {
    default.layer == Layer::Structure
}

struct Builder<'b, 'v> {
    plan: &'b mut Plan<'v>,
    language: &'b dyn Language,
    notes: Vec<Note>,
}

impl<'v> Builder<'_, 'v> {
    fn clash(&mut self, item: &Item, name: &str, other: &str) {
        let message = format!(
            "would be called `{name}` in {}, like {other}",
            self.language.title()
        );
        self.notes.push(Note::error(
            item.clone(),
            message,
            "give one of them a `rename:`",
        ));
    }

    fn take(&mut self, space: usize, name: &str, item: &Item) {
        let Some(scope) = self.plan.spaces.get_mut(space) else {
            return;
        };
        let key = self.language.same_as(name);
        match scope.taken.get(&key).cloned() {
            Some(other) => self.clash(item, name, &other),
            None => {
                scope.taken.insert(key, format!("`{item}`"));
            }
        }
    }

    fn space(&mut self, package: PackageId, import: Option<&str>) -> usize {
        let name = self.plan.package(package).map_or("", |one| &one.name);
        let mut path = vec![self.language.folder(name)];
        path.extend(import.map(|import| self.language.folder(import)));
        let known = self.plan.spaces.iter().position(|one| one.path == path);
        if let Some(known) = known {
            let other = self.plan.spaces.get(known).map(|space| space.package);
            if other != Some(package) {
                let item = Item::new(name, "");
                self.clash(&item, &path.join("/"), "another package");
            }
            return known;
        }
        self.plan.spaces.push(Space {
            package,
            import: import.is_some(),
            path,
            taken: BTreeMap::new(),
        });
        self.plan.spaces.len() - 1
    }

    fn kinds(&mut self) {
        let view = self.plan.view;
        for kind in view.kinds() {
            let space = self.space(kind.package, None);
            let ident = self.language.type_name(&kind.name);
            self.take(space, &ident, &Item::kind(&view.catalog, kind));
            let file = self.language.file(&kind.name);
            self.plan.kinds.push((kind, Named { space, file, ident }));
        }
    }

    fn types(&mut self) {
        let view = self.plan.view;
        let owners = owners(view);
        for id in wanted(view) {
            let Some(def) = view.get(id) else { continue };
            let (import, name) = split_import(&def.name);
            let space = self.space(def.package, import);
            let ident = self.language.type_name(name);
            let file = match (import, owners.get(&id)) {
                (None, Some(Some(kind))) => self.language.file(kind),
                _ => self.language.file("types"),
            };
            let item = view.item(id);
            self.take(space, &ident, &item);
            for beside in self.language.beside(def, &ident) {
                self.take(space, &beside, &item);
            }
            self.plan.names.insert(id, Named { space, file, ident });
        }
    }

    fn contents(&mut self) {
        let view = self.plan.view;
        let ids: Vec<TypeId> = self.plan.names.keys().copied().collect();
        for id in ids {
            match view.get(id).map(|def| &def.body) {
                Some(TypeBody::Object(object)) => self.object(id, object),
                Some(TypeBody::Enum(body)) => self.enumeration(id, body),
                Some(TypeBody::Refined(..)) | None => {}
            }
        }
    }

    fn object(&mut self, id: TypeId, object: &'v Object) {
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut members = Vec::new();
        for field in &object.fields {
            let item = self.plan.view.field_item(id, field);
            let mut ident = self.language.member(field);
            if self.language.own_members().contains(&ident.as_str()) {
                ident.push('_');
            }
            match taken.get(&ident).cloned() {
                Some(other) => self.clash(&item, &ident, &other),
                None => {
                    taken.insert(ident.clone(), format!("`{item}`"));
                }
            }
            members.push(Member {
                field,
                ident,
                optional: optional(field),
            });
        }
        let Some(union) = &object.union else {
            self.plan.members.insert(id, members);
            return;
        };
        let place = |wire: &str| members.iter().position(|one| one.field.wire == wire);
        if let (Some(name), Some(tag), Some(space)) = (
            union.name.as_deref(),
            place(&union.tag),
            self.plan.name(id).map(|named| named.space),
        ) {
            let item = self.plan.view.item(id);
            let ident = self.language.type_name(name);
            self.take(space, &ident, &item);
            let unknown = self.language.type_name(&format!("{name} unknown case"));
            self.take(space, &unknown, &item);
            let mut cases = Vec::new();
            for case in &union.cases {
                let named = format!("{name} {}", called(&case.value));
                let case_ident = self.language.type_name(&named);
                self.take(space, &case_ident, &item);
                let places = case.fields().filter_map(|wire| place(wire)).collect();
                cases.push((case, case_ident, places));
            }
            self.plan.unions.insert(id, UnionPlan { ident, tag, cases });
        }
        self.plan.members.insert(id, members);
    }

    fn enumeration(&mut self, id: TypeId, body: &'v Enum) {
        let Some(named) = self.plan.name(id).cloned() else {
            return;
        };
        let item = self.plan.view.item(id);
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut variants = Vec::new();
        let empty = body.allow_empty && !body.values.iter().any(|one| one.value.is_empty());
        let values = body.values.iter().map(|one| {
            let doc = super::doc::value_doc(one);
            (one.name.as_deref().unwrap_or(&one.value), &*one.value, doc)
        });
        let empty = empty.then(|| ("", "", "The empty text.".to_owned()));
        for (name, value, doc) in values.chain(empty) {
            let ident = self.language.variant(&named.ident, &called(name));
            let at = item.value(value);
            if self.language.variants_beside_types() {
                self.take(named.space, &ident, &at);
            } else if let Some(other) = taken.get(&ident).cloned() {
                self.clash(&at, &ident, &other);
            } else {
                taken.insert(ident.clone(), format!("`{at}`"));
            }
            variants.push(Variant {
                ident,
                value: value.to_owned(),
                doc,
            });
        }
        self.plan.variants.insert(id, variants);
    }
}

/// The text that a name is made of: `empty` for the empty one, `U2B` for `+`.
fn called(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    if text.chars().any(char::is_alphanumeric) {
        return text.to_owned();
    }
    crate::names::symbols(text)
}

/// Types that become code: those of the packages themselves that the release has, and whatever
/// they reach. Imported schemas that nothing uses are left out.
fn wanted(view: &View<'_>) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = Vec::new();
    for (index, def) in (0..).zip(&view.catalog.types) {
        let alive = view
            .release(def.package)
            .is_none_or(|release| def.life.covers(release));
        if alive && view.has(def.package) && split_import(&def.name).0.is_none() {
            open.push(TypeId(index));
        }
    }
    for kind in view.kinds() {
        open.push(kind.spec);
        open.extend(kind.status);
    }
    let mut wanted = BTreeSet::new();
    while let Some(id) = open.pop() {
        if wanted.insert(id)
            && let Some(def) = view.get(id)
        {
            referred(def, &mut |id| open.push(id));
        }
    }
    wanted
}

/// The kind that a type belongs to: the only one that reaches it other than through the spec of
/// another kind. Types that several kinds share belong to none.
fn owners<'v>(view: &'v View<'_>) -> BTreeMap<TypeId, Option<&'v str>> {
    let mut owners: BTreeMap<TypeId, Option<&str>> = BTreeMap::new();
    let specs: BTreeSet<TypeId> = view.catalog.kinds.iter().map(|kind| kind.spec).collect();
    for kind in &view.catalog.kinds {
        let mut open = vec![kind.spec];
        open.extend(kind.status);
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(def) = view.get(id) else { continue };
            let foreign = def.package != kind.package || (specs.contains(&id) && id != kind.spec);
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
        TypeBody::Object(object) => {
            for field in &object.fields {
                leaves(&field.ty, see);
            }
        }
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
