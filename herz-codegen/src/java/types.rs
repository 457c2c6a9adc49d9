//! Types of fields, and what reader and validator know of them.

use super::file::Scope;
use crate::lower::Member;
use herz_dsl::catalog::{Type, TypeBody};

/// A type.
pub(super) fn java(scope: &Scope<'_, '_>, ty: &Type) -> String {
    let list = |inner: &Type| {
        let list = scope.class("java.util.List");
        format!("{list}<{}>", java(scope, inner))
    };
    let map = |inner: String| {
        let (map, text) = (scope.class("java.util.Map"), scope.lang("String"));
        format!("{map}<{text}, {inner}>")
    };
    match scope.plan.view.base(ty) {
        Type::Bool => scope.lang("Boolean"),
        Type::Int { bits, signed, .. } => match (bits, signed) {
            (64, false) => scope.class("java.math.BigInteger"),
            (64, true) | (32, false) => scope.lang("Long"),
            _ => scope.lang("Integer"),
        },
        Type::Float64 => scope.lang("Double"),
        Type::String => scope.lang("String"),
        Type::Bytes => scope.spec("Bytes"),
        Type::Scalar(scalar) => scope.spec(scalar.dialect.rust_type()),
        Type::List(inner) => list(inner),
        Type::Map(inner) => map(java(scope, inner)),
        Type::Ref(id) => scope.named(*id),
        Type::Any => scope.lang("Object"),
        Type::AnyObject => map(scope.lang("Object")),
        Type::IntOrString => scope.spec("IntOrString"),
    }
}

/// What a field's getter gives.
pub(super) fn property(scope: &Scope<'_, '_>, member: &Member<'_>) -> String {
    let ty = java(scope, &member.field.ty);
    if member.field.nullable {
        format!("{}<{ty}>", scope.spec("Opt"))
    } else {
        ty
    }
}

/// What reader and validator know of a type.
pub(super) fn descriptor(scope: &Scope<'_, '_>, ty: &Type) -> String {
    let base = scope.plan.view.base(ty);
    let of = scope.spec("Type");
    match base {
        Type::Bool => format!("{of}.BOOL"),
        Type::Int { bits, signed, .. } => format!("{of}.integer({bits}, {signed})"),
        Type::Float64 => format!("{of}.FLOAT"),
        Type::String => format!("{of}.TEXT"),
        Type::Bytes | Type::Scalar(_) => format!("{of}.text({}::of)", java(scope, base)),
        Type::List(inner) => format!("{of}.list({})", descriptor(scope, inner)),
        Type::Map(inner) => format!("{of}.map({})", descriptor(scope, inner)),
        Type::Ref(id) => match scope.plan.view.get(*id).map(|def| &def.body) {
            Some(TypeBody::Object(_)) => format!("{of}.object({}::new)", scope.named(*id)),
            _ => format!("{of}.text({}::of)", scope.named(*id)),
        },
        Type::Any => format!("{of}.ANY"),
        Type::AnyObject => format!("{of}.ANY_OBJECT"),
        Type::IntOrString => format!("{of}.INT_OR_TEXT"),
    }
}
