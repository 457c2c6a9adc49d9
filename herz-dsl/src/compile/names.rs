//! The second step: who is called what. Every named type gets its id before any body is read, so
//! that types may refer to each other in any order.

use super::Compiler;
use super::written::Written;
use crate::catalog::{Life, PackageId, Type, TypeBody, TypeDef, TypeId};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::enums::EnumDecl;
use crate::schema::field::FieldDecl;
use crate::schema::kind::StatusDecl;
use crate::schema::life::LifeDecl;
use crate::schema::object::ObjectDecl;
use crate::schema::type_expr::TypeExprKind;
use crate::schema::typedef::{TypeBodyDecl, TypeDecl};
use crate::schema::value::Text;
use crate::source::Span;
use std::collections::BTreeMap;

/// An object and where it is written: a kind's spec or status, an object type, a group.
#[derive(Debug, Clone)]
pub(super) struct Owner<'a> {
    /// Index of its package.
    pub(super) package: usize,
    /// The import it comes from; names inside it are looked up there.
    pub(super) import: Option<&'a str>,
    /// Name within the package: `Delay`, `NetworkChaos.spec`.
    pub(super) name: String,
    /// What is written.
    pub(super) object: &'a ObjectDecl,
    /// Its id; groups have none.
    pub(super) id: Option<TypeId>,
    /// Releases that have it.
    pub(super) life: Life,
}

/// What a named type comes from.
#[derive(Debug, Clone)]
pub(super) enum Origin<'a> {
    /// `types:` of a package or a component of an import.
    Type(&'a TypeDecl, Option<&'a str>),
    /// Spec or status of a kind, with the kind's doc, life and place.
    Object(&'a str, &'a LifeDecl, Span),
    /// An enum on a field.
    Enum(&'a EnumDecl, Span),
    /// A `port` or `probability` inside a list or map.
    Narrowed(TypeExprKind, Span),
}

/// Everything that has a name, sorted by package and name.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) ids: BTreeMap<(usize, String), TypeId>,
    pub(super) origins: Vec<(usize, String, Origin<'a>)>,
    pub(super) owners: Vec<Owner<'a>>,
    /// Owner of each group.
    pub(super) groups: BTreeMap<(usize, &'a str), usize>,
}

impl<'a> Names<'a> {
    /// Collects all names; those that clash are reported, and the first one stays.
    pub(super) fn collect(written: &'a [Written], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self::default();
        for (package, content) in written.iter().enumerate() {
            names.collect_package(package, content, diagnostics);
        }
        for owner in 0..names.owners.len() {
            names.collect_inline(owner);
        }
        names.origins.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        for (index, (package, name, _)) in names.origins.iter().enumerate() {
            let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
            names.ids.insert((*package, name.clone()), id);
        }
        for owner in &mut names.owners {
            owner.id = names.ids.get(&(owner.package, owner.name.clone())).copied();
        }
        names
    }

    fn collect_package(
        &mut self,
        package: usize,
        content: &'a Written,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut seen: BTreeMap<&'a str, (&'static str, Span)> = BTreeMap::new();
        let mut take = |what: &'static str, name: &'a Text, diagnostics: &mut Vec<Diagnostic>| {
            check_name(what, name, diagnostics);
            let first = *seen.entry(&name.text).or_insert((what, name.span));
            if first.1 == name.span {
                return true;
            }
            let message = format!(
                "{what} has the name `{}`, which {} has already",
                name.text, first.0
            );
            diagnostics.push(
                Diagnostic::error(codes::NAME_CLASH, name.span, message)
                    .related(first.1, "the other one"),
            );
            false
        };
        for kind in &content.kinds {
            if !take("a kind", &kind.name, diagnostics) {
                continue;
            }
            let spec = format!("{}.spec", kind.name.text);
            self.add_owner(package, None, &spec, &kind.spec);
            self.origins.push((
                package,
                spec,
                Origin::Object(&kind.doc, &kind.life, kind.name.span),
            ));
            if let Some(StatusDecl::Object(object)) = &kind.status {
                let status = format!("{}.status", kind.name.text);
                self.add_owner(package, None, &status, object);
                self.origins
                    .push((package, status, Origin::Object("", &kind.life, object.span)));
            }
        }
        for decl in &content.types {
            if take("a type", &decl.name, diagnostics) {
                self.add_type(package, None, decl.name.text.clone(), decl);
            }
        }
        for group in &content.groups {
            if take("a group", &group.name, diagnostics) {
                self.groups
                    .insert((package, &group.name.text), self.owners.len());
                self.add_owner(package, None, &group.name.text, &group.object);
            }
        }
        for import in &content.imports {
            for decl in &import.types {
                let name = format!("{}.{}", import.alias, decl.name.text);
                self.add_type(package, Some(&import.alias), name, decl);
            }
        }
    }

    fn add_type(
        &mut self,
        package: usize,
        import: Option<&'a str>,
        name: String,
        decl: &'a TypeDecl,
    ) {
        if let TypeBodyDecl::Object(object) = &decl.body {
            self.add_owner(package, import, &name, object);
        }
        self.origins
            .push((package, name, Origin::Type(decl, import)));
    }

    fn add_owner(
        &mut self,
        package: usize,
        import: Option<&'a str>,
        name: &str,
        object: &'a ObjectDecl,
    ) {
        let name = name.to_owned();
        self.owners.push(Owner {
            package,
            import,
            name,
            object,
            id: None,
            life: Life::default(),
        });
    }

    /// Names the types that fields bring along: `NetworkChaos.spec.action`.
    fn collect_inline(&mut self, owner: usize) {
        let Some(Owner {
            package,
            object,
            name,
            ..
        }) = self.owners.get(owner).cloned()
        else {
            return;
        };
        for (index, field) in object.fields.iter().enumerate() {
            let Some(origin) = inline(field) else {
                continue;
            };
            self.origins
                .push((package, inline_name(&name, object, index), origin));
        }
    }
}

/// The type that a field brings along, if it does.
pub(super) fn inline(field: &FieldDecl) -> Option<Origin<'_>> {
    if let Some(values) = &field.values {
        return Some(Origin::Enum(values, field.name.span));
    }
    let ty = field.ty.as_ref()?;
    let inner = ty.innermost();
    let narrowed = matches!(inner.kind, TypeExprKind::Port | TypeExprKind::Probability);
    (narrowed && inner != ty).then(|| Origin::Narrowed(inner.kind.clone(), field.name.span))
}

/// Name of the type that a field brings along. A second field of one name has a number behind it.
pub(super) fn inline_name(owner: &str, object: &ObjectDecl, index: usize) -> String {
    let Some(field) = object.fields.get(index) else {
        return owner.to_owned();
    };
    let before = object
        .fields
        .iter()
        .take(index)
        .filter(|other| other.name.text == field.name.text)
        .count();
    match before {
        0 => format!("{owner}.{}", field.name.text),
        count => format!("{owner}.{}.{}", field.name.text, count + 1),
    }
}

/// Names of kinds, types and groups become identifiers and parts of type expressions.
fn check_name(what: &str, name: &Text, diagnostics: &mut Vec<Diagnostic>) {
    let mut characters = name.text.chars();
    let fine = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric());
    if !fine {
        let message = format!(
            "`{}` can't be the name of {what}: a name is a letter and then letters and digits",
            name.text
        );
        diagnostics.push(Diagnostic::error(codes::BAD_NAME, name.span, message));
    }
}

impl Compiler<'_> {
    /// A type to begin with: the name and nothing else.
    pub(super) fn placeholder(package: usize, name: &str) -> TypeDef {
        TypeDef {
            package: PackageId(u32::try_from(package).unwrap_or(u32::MAX)),
            name: name.to_owned(),
            doc: String::new(),
            life: Life::default(),
            body: TypeBody::Refined(Type::Any, Vec::new()),
        }
    }
}
