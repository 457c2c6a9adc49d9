//! Where admission does not decide: in kinds of which only the structure is judged, in what the platform writes
//! into `status`, and in fields that say so of what is in them. What its rules find there is a warning, so a change of them
//! breaks no document.
//!
//! A type that a value is judged by anywhere else keeps its rules, and so does one that no kind
//! uses.

use crate::catalog::{
    Catalog, Constraint, ConstraintKind, Foreign, Layer, Rule, Semantics, Type, TypeBody, TypeId,
};
use herz_types::Level;
use std::collections::BTreeSet;

/// The types that some values are judged by where the structure decides alone: in `status`, in kinds and fields that
/// say so, and in blocks of a union that are not selected.
pub(super) fn by_structure(catalog: &Catalog) -> BTreeSet<TypeId> {
    let mut queue = Vec::new();
    for kind in &catalog.kinds {
        queue.extend(kind.status);
        queue.extend(kind.structure_only.then_some(kind.spec));
    }
    for def in &catalog.types {
        let TypeBody::Object(object) = &def.body else {
            continue;
        };
        let union = object.union.as_ref().filter(|it| it.selected_only);
        let may_be_foreign =
            |name: &str| union.is_some_and(|union| union.cases.iter().any(|case| case.uses(name)));
        let fields = object.fields.iter();
        let fields =
            fields.filter(|it| it.semantics == Semantics::Structure || may_be_foreign(&it.wire));
        queue.extend(fields.filter_map(|it| named(&it.ty)));
    }
    below(catalog, queue, true)
}

/// The catalog with what admission says there as the advice that it is.
pub(super) fn told_as_advice(mut catalog: Catalog) -> Catalog {
    let kinds = catalog.kinds.iter();
    let looked_at = kinds.clone().filter(|it| !it.structure_only);
    let judged = below(&catalog, looked_at.map(|it| it.spec).collect(), false);
    let parts = kinds.flat_map(|it| std::iter::once(it.spec).chain(it.status));
    let used = below(&catalog, parts.collect(), true);
    for kind in catalog.kinds.iter_mut().filter(|it| it.structure_only) {
        rules(&mut kind.rules);
    }
    for (at, def) in catalog.types.iter_mut().enumerate() {
        let id = id_of(at);
        let is_advised = used.contains(&id) && !judged.contains(&id);
        match &mut def.body {
            TypeBody::Object(object) => {
                for field in &mut object.fields {
                    if is_advised || field.semantics == Semantics::Structure {
                        plain(&mut field.ty);
                    }
                    if is_advised {
                        limits(&mut field.constraints, true);
                    } else if field.semantics == Semantics::Structure {
                        // That the field must be filled is asked of the object around it.
                        limits(&mut field.constraints, false);
                    }
                }
                if is_advised {
                    rules(&mut object.rules);
                    if let Some(union) = &mut object.union {
                        for case in &mut union.cases {
                            case.level = Level::Warning;
                        }
                        if union.foreign == Foreign::Refuse {
                            union.foreign = Foreign::Warn;
                        }
                    }
                }
            }
            TypeBody::Enum(body) if is_advised && body.layer == Layer::Admission => {
                body.level = Level::Warning;
            }
            TypeBody::Refined(ty, list) if is_advised => {
                plain(ty);
                limits(list, true);
            }
            TypeBody::Enum(_) | TypeBody::Refined(..) => {}
        }
    }
    catalog
}

pub(super) fn id_of(at: usize) -> TypeId {
    TypeId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// A text with a grammar as any text: admission alone reads it.
fn plain(ty: &mut Type) {
    match ty {
        Type::List(inner) | Type::Map(inner) => plain(inner),
        Type::Scalar(_) => *ty = Type::String,
        _ => {}
    }
}

fn rules(rules: &mut [Rule]) {
    for rule in rules.iter_mut().filter(|it| it.layer == Layer::Admission) {
        rule.level = Level::Warning;
    }
}

fn limits(limits: &mut [Constraint], filled_too: bool) {
    let by_admission = |it: &&mut Constraint| it.layer == Layer::Admission;
    for limit in limits.iter_mut().filter(by_admission) {
        if filled_too || !matches!(limit.kind, ConstraintKind::Filled) {
            limit.level = Level::Warning;
        }
    }
}

/// Types and those in their fields; in fields that want the structure alone only if `all` are asked for.
fn below(catalog: &Catalog, mut queue: Vec<TypeId>, all: bool) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    while let Some(id) = queue.pop() {
        if !seen.insert(id) {
            continue;
        }
        match catalog.get(id).map(|def| &def.body) {
            Some(TypeBody::Object(object)) => {
                let fields = object.fields.iter();
                let looked_at = fields.filter(|it| all || it.semantics == Semantics::Full);
                queue.extend(looked_at.filter_map(|it| named(&it.ty)));
            }
            Some(TypeBody::Refined(ty, _)) => queue.extend(named(ty)),
            Some(TypeBody::Enum(_)) | None => {}
        }
    }
    seen
}

/// The named type in a type, if there is one.
fn named(mut ty: &Type) -> Option<TypeId> {
    while let Type::List(inner) | Type::Map(inner) = ty {
        ty = inner;
    }
    match ty {
        Type::Ref(id) => Some(*id),
        _ => None,
    }
}
