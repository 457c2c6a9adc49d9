//! Types of fields, and what reader and validator know of them.

use super::file::Scope;
use crate::lower::Member;
use herz_dsl::catalog::{Type, TypeBody};

/// A type.
pub(super) fn python(scope: &Scope<'_, '_>, ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int { .. } => "int".to_owned(),
        Type::Float64 => "float".to_owned(),
        Type::String => "str".to_owned(),
        Type::Bytes => scope.spec("Bytes"),
        Type::Scalar(scalar) => format!("{} | str", scope.spec(scalar.dialect.rust_type())),
        Type::List(inner) => format!("list[{}]", python(scope, inner)),
        Type::Map(inner) => format!("dict[str, {}]", python(scope, inner)),
        Type::Ref(id) => {
            let name = scope.named(*id);
            match scope.plan.view.get(*id).map(|def| &def.body) {
                Some(TypeBody::Enum(_)) => format!("{name} | str"),
                _ => name,
            }
        }
        Type::Any => scope.spec("Json"),
        Type::AnyObject => format!("dict[str, {}]", scope.spec("Json")),
        Type::IntOrString => scope.spec("IntOrString"),
    }
}

/// The type of an attribute, and its default.
pub(super) fn attribute(scope: &Scope<'_, '_>, member: &Member<'_>) -> (String, String) {
    let ty = python(scope, &member.field.ty);
    let any = *scope.plan.view.base(&member.field.ty) == Type::Any;
    match (member.optional, member.field.nullable) {
        (false, false) => (ty, String::new()),
        (false, true) if any => (ty, String::new()),
        (false, true) => (format!("{ty} | None"), String::new()),
        (true, false) if any => (ty, " = None".to_owned()),
        (true, false) => (format!("{ty} | None"), " = None".to_owned()),
        (true, true) => {
            let unset = format!("{} = {}", scope.spec("Unset"), scope.spec("UNSET"));
            let none = if any { "" } else { "None | " };
            let (kind, value) = unset.split_once(" = ").unwrap_or_default();
            (format!("{ty} | {none}{kind}"), format!(" = {value}"))
        }
    }
}

/// What reader and validator know of a type.
pub(super) fn descriptor(scope: &Scope<'_, '_>, ty: &Type) -> String {
    let base = scope.plan.view.base(ty);
    match base {
        Type::Bool => scope.spec("BOOL"),
        Type::Int { bits, signed, .. } => {
            let signed = if *signed { "True" } else { "False" };
            format!("{}({bits}, {signed})", scope.spec("integer"))
        }
        Type::Float64 => scope.spec("FLOAT"),
        Type::String | Type::Bytes => scope.spec("TEXT"),
        Type::Scalar(scalar) => {
            let class = scope.spec(scalar.dialect.rust_type());
            format!("{}(lambda: {class})", scope.spec("text_of"))
        }
        Type::List(inner) => format!("{}({})", scope.spec("list_of"), descriptor(scope, inner)),
        Type::Map(inner) => format!("{}({})", scope.spec("map_of"), descriptor(scope, inner)),
        Type::Ref(id) => {
            let function = match scope.plan.view.get(*id).map(|def| &def.body) {
                Some(TypeBody::Object(_)) => "object_of",
                _ => "text_of",
            };
            format!("{}(lambda: {})", scope.spec(function), scope.named(*id))
        }
        Type::Any => scope.spec("ANY"),
        Type::AnyObject => scope.spec("ANY_OBJECT"),
        Type::IntOrString => scope.spec("INT_OR_TEXT"),
    }
}
