//! Types of fields, and how values of them are read and seen.

use super::file::Scope;
use crate::lower::Member;
use herz_dsl::catalog::{Type, TypeBody, TypeId};

/// How a field stands in its struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// The value itself.
    Plain,
    /// The value itself; its zero value is an absent key.
    Zero,
    /// A pointer; nil is an absent key.
    Pointer,
    /// A pointer because the object holds itself.
    Circle,
    /// `Opt`.
    Opt,
}

/// A field as Go has it.
pub(super) struct GoField {
    /// Its type.
    pub(super) ty: String,
    /// Its view, of `o.v.Name`.
    pub(super) view: String,
    /// The statement that reads it.
    pub(super) read: String,
}

/// A field as Go has it.
pub(super) fn field(scope: &Scope<'_, '_>, at: usize, member: &Member<'_>) -> GoField {
    let ty = &member.field.ty;
    let base = scope.plan.view.base(ty);
    let circle = object(scope, base).is_some_and(|id| scope.plan.holds_itself(id));
    let holder = if member.field.nullable {
        Holder::Opt
    } else if matches!(
        base,
        Type::List(_) | Type::Map(_) | Type::AnyObject | Type::Any
    ) {
        if member.optional {
            Holder::Zero
        } else {
            Holder::Plain
        }
    } else if member.optional {
        Holder::Pointer
    } else if circle {
        Holder::Circle
    } else {
        Holder::Plain
    };
    let (name, bare) = (&member.ident, go(scope, ty));
    let place = format!("o.v.{name}");
    let is_object = object(scope, base);
    let ty = match holder {
        Holder::Plain | Holder::Zero => bare.clone(),
        Holder::Pointer | Holder::Circle => format!("*{bare}"),
        Holder::Opt if circle => format!("{}[*{bare}]", scope.spec("Opt")),
        Holder::Opt => format!("{}[{bare}]", scope.spec("Opt")),
    };
    let view_of = || view(scope, &member.field.ty);
    let view = match (holder, is_object) {
        (Holder::Plain, Some(_)) => format!("{place}.HerzObject()"),
        (Holder::Pointer | Holder::Circle, Some(_)) => {
            format!("{}({place})", scope.spec("ViewObjectPtr"))
        }
        (Holder::Pointer | Holder::Circle, None) => {
            format!("{}({place}, {})", scope.spec("ViewPtr"), view_of())
        }
        (Holder::Opt, _) if circle => {
            let view = format!("{}[{bare}]", scope.spec("ViewObjectPtr"));
            format!("{}({place}, {view})", scope.spec("ViewOpt"))
        }
        (Holder::Opt, _) => format!("{}({place}, {})", scope.spec("ViewOpt"), view_of()),
        (Holder::Plain | Holder::Zero, None) => match base {
            Type::List(item) => {
                format!("{}({place}, {})", scope.spec("ViewList"), view(scope, item))
            }
            Type::Map(item) => {
                format!("{}({place}, {})", scope.spec("ViewMap"), view(scope, item))
            }
            Type::Any => format!("{}({place})", scope.spec("ViewAny")),
            Type::AnyObject => format!("{}({place})", scope.spec("ViewJSONObject")),
            _ => format!("{}({place})", view_of()),
        },
        (Holder::Zero, Some(_)) => String::new(),
    };
    let item = if circle && holder != Holder::Pointer {
        format!("{}[{bare}]", scope.spec("ReadObjectPtr"))
    } else {
        reader(scope, &member.field.ty)
    };
    let into = format!("&v.{name}");
    let read = match holder {
        Holder::Opt => {
            let (function, opt) = (
                if member.optional {
                    "Optional"
                } else {
                    "Required"
                },
                scope.spec("ReadOpt"),
            );
            format!("{}(f, {at}, {into}, {opt}({item}))", scope.spec(function))
        }
        Holder::Pointer => format!("{}(f, {at}, {into}, {item})", scope.spec("OptionalPtr")),
        Holder::Zero => format!("{}(f, {at}, {into}, {item})", scope.spec("Optional")),
        Holder::Plain | Holder::Circle => {
            format!("{}(f, {at}, {into}, {item})", scope.spec("Required"))
        }
    };
    GoField { ty, view, read }
}

/// The object that a type is.
fn object(scope: &Scope<'_, '_>, base: &Type) -> Option<TypeId> {
    match base {
        Type::Ref(id) => match scope.plan.view.get(*id).map(|def| &def.body) {
            Some(TypeBody::Object(_)) => Some(*id),
            _ => None,
        },
        _ => None,
    }
}

/// A type.
pub(super) fn go(scope: &Scope<'_, '_>, ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int { bits, signed, .. } => format!("{}int{bits}", if *signed { "" } else { "u" }),
        Type::Float64 => "float64".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => scope.spec("Bytes"),
        Type::Scalar(scalar) => scope.spec(scalar.dialect.rust_type()),
        Type::List(inner) => format!("[]{}", go(scope, inner)),
        Type::Map(inner) => format!("map[string]{}", go(scope, inner)),
        Type::Ref(id) => scope.beside(*id, ""),
        Type::Any => "any".to_owned(),
        Type::AnyObject => "map[string]any".to_owned(),
        Type::IntOrString => scope.spec("IntOrString"),
    }
}

/// The function that reads a value of a type.
fn reader(scope: &Scope<'_, '_>, ty: &Type) -> String {
    let text = |name: String| format!("{}[{name}]", scope.spec("ReadText"));
    let base = scope.plan.view.base(ty);
    match base {
        Type::Bool => scope.spec("ReadBool"),
        Type::Int {
            bits: 64,
            signed: false,
            ..
        } => scope.spec("ReadUint64"),
        Type::Int { .. } => format!("{}[{}]", scope.spec("ReadInt"), go(scope, ty)),
        Type::Float64 => scope.spec("ReadFloat"),
        Type::String | Type::Bytes | Type::Scalar(_) => text(go(scope, ty)),
        Type::List(inner) => format!("{}({})", scope.spec("ReadList"), reader(scope, inner)),
        Type::Map(inner) => format!("{}({})", scope.spec("ReadMap"), reader(scope, inner)),
        Type::Ref(_) => match object(scope, base) {
            Some(_) => format!("{}[{}]", scope.spec("ReadObject"), go(scope, base)),
            None => text(go(scope, base)),
        },
        Type::Any => scope.spec("ReadAny"),
        Type::AnyObject => scope.spec("ReadJSONObject"),
        Type::IntOrString => scope.spec("ReadIntOrString"),
    }
}

/// The function that gives the view of a value of a type.
fn view(scope: &Scope<'_, '_>, ty: &Type) -> String {
    let nested = |function: &str, inner: &Type| {
        let head = format!("func(v {}) {}", go(scope, ty), scope.spec("View"));
        let result = format!("{}(v, {})", scope.spec(function), view(scope, inner));
        super::literal::function(&head, &result)
    };
    let base = scope.plan.view.base(ty);
    match base {
        Type::Bool => scope.spec("ViewBool"),
        Type::Int {
            bits: 64,
            signed: false,
            ..
        } => scope.spec("ViewUint64"),
        Type::Int { .. } => format!("{}[{}]", scope.spec("ViewInt"), go(scope, ty)),
        Type::Float64 => scope.spec("ViewFloat"),
        Type::String | Type::Bytes | Type::Scalar(_) => {
            format!("{}[{}]", scope.spec("ViewText"), go(scope, ty))
        }
        Type::List(inner) => nested("ViewList", inner),
        Type::Map(inner) => nested("ViewMap", inner),
        Type::Ref(_) => match object(scope, base) {
            Some(_) => format!("{}[{}]", scope.spec("ViewObject"), go(scope, base)),
            None => format!("{}[{}]", scope.spec("ViewText"), go(scope, base)),
        },
        Type::Any => scope.spec("ViewJSON"),
        Type::AnyObject => scope.spec("ViewJSONObject"),
        Type::IntOrString => scope.spec("ViewIntOrString"),
    }
}
