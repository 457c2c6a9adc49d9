//! Where a type stands: whether admission rules count there.

use crate::target::View;
use herz_dsl::catalog::{Constraint, Layer, Type, TypeBody, TypeId};
use std::collections::BTreeSet;

/// What holds at a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// What admission demands is advice here, so that breaking it is no error.
    pub(crate) advice: bool,
}

/// Whether a type demands less where admission does not count: itself, or something inside.
pub(super) fn differs(view: &View<'_>, id: TypeId) -> bool {
    let mut open = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        match view.get(id).map(|def| &def.body) {
            Some(TypeBody::Object(object)) => {
                let fields = &object.fields;
                if object.union.is_some()
                    || object
                        .rules
                        .iter()
                        .any(|rule| rule.layer == Layer::Admission)
                    || fields.iter().any(|field| limits(&field.constraints))
                {
                    return true;
                }
                for field in fields {
                    if of_type(&field.ty, &mut open) {
                        return true;
                    }
                }
            }
            Some(TypeBody::Refined(ty, constraints))
                if limits(constraints) || of_type(ty, &mut open) =>
            {
                return true;
            }
            Some(TypeBody::Enum(one)) if one.layer == Layer::Admission => return true,
            Some(TypeBody::Refined(..) | TypeBody::Enum(_)) | None => {}
        }
    }
    false
}

fn limits(constraints: &[Constraint]) -> bool {
    constraints
        .iter()
        .any(|limit| limit.layer == Layer::Admission)
}

fn of_type(ty: &Type, open: &mut Vec<TypeId>) -> bool {
    match ty {
        Type::Scalar(_) => true,
        Type::List(inner) | Type::Map(inner) => of_type(inner, open),
        Type::Ref(id) => {
            open.push(*id);
            false
        }
        _ => false,
    }
}
