//! Types of fields, and what reader and validator know of them.

use super::file::Scope;
use crate::lower::Member;
use herz_dsl::catalog::{Type, TypeBody};

/// A type.
pub(super) fn typescript(scope: &Scope<'_, '_>, ty: &Type) -> String {
    match ty {
        Type::Bool => "boolean".to_owned(),
        Type::Int { bits: 64, .. } => scope.spec("Int64"),
        Type::Int { .. } | Type::Float64 => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => scope.spec("Bytes"),
        Type::Scalar(scalar) => scope.spec(scalar.dialect.rust_type()),
        Type::List(inner) => format!("{}[]", typescript(scope, inner)),
        Type::Map(inner) => format!("{{ [key: string]: {} }}", typescript(scope, inner)),
        Type::Ref(id) => scope.named(*id),
        Type::Any => scope.spec("Json"),
        Type::AnyObject => scope.spec("JsonObject"),
        Type::IntOrString => scope.spec("IntOrString"),
    }
}

/// A field in its interface.
pub(super) fn property(scope: &Scope<'_, '_>, member: &Member<'_>) -> String {
    let mut ty = typescript(scope, &member.field.ty);
    if member.field.nullable && *scope.plan.view.base(&member.field.ty) != Type::Any {
        ty.push_str(" | null");
    }
    let mark = if member.optional { "?" } else { "" };
    format!("{}{mark}: {ty};", super::literal::key(&member.field.wire))
}

/// What reader and validator know of a type.
pub(super) fn descriptor(scope: &Scope<'_, '_>, ty: &Type) -> String {
    let base = scope.plan.view.base(ty);
    match base {
        Type::Bool => scope.spec("bool"),
        Type::Int { bits, signed, .. } => {
            let name = if *signed { "int" } else { "uint" };
            format!("{}({bits})", scope.spec(name))
        }
        Type::Float64 => scope.spec("float"),
        Type::String | Type::Bytes | Type::Scalar(_) => scope.spec("text"),
        Type::List(inner) => format!("{}({})", scope.spec("list"), descriptor(scope, inner)),
        Type::Map(inner) => format!("{}({})", scope.spec("map"), descriptor(scope, inner)),
        Type::Ref(id) => match scope.plan.view.get(*id).map(|def| &def.body) {
            Some(TypeBody::Object(_)) => {
                format!("{}(() => {})", scope.spec("object"), scope.named(*id))
            }
            _ => scope.spec("text"),
        },
        Type::Any => scope.spec("any"),
        Type::AnyObject => scope.spec("anyObject"),
        Type::IntOrString => scope.spec("intOrText"),
    }
}
