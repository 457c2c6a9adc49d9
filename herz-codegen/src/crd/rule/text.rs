//! Names, constants and small tests in CEL.

use crate::target::View;
use herz_dsl::catalog::{Literal, Type, TypeBody};
use herz_dsl::cel::{self, Style};

/// That a value that is there is not empty, zero or false; none if it can't be.
pub(super) fn not_empty(view: &View<'_>, ty: &Type, text: &str) -> Result<Option<String>, String> {
    Ok(match view.base(ty) {
        Type::Bool => Some(text.to_owned()),
        Type::Int { .. } => Some(format!("{text} != 0")),
        Type::Float64 => Some(format!("{text} != 0.0")),
        Type::String | Type::Bytes | Type::Scalar(_) | Type::List(_) | Type::Map(_) => {
            Some(format!("size({text}) > 0"))
        }
        Type::Ref(id) => match view.get(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(_)) => Some(format!("size({text}) > 0")),
            _ => None,
        },
        Type::Any | Type::AnyObject | Type::IntOrString => {
            return Err("CEL can't tell whether a value of any type is empty".to_owned());
        }
    })
}

/// A field name as Herz' CEL writes it.
pub(super) fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}

/// Text of Herz' CEL in the spelling of API servers.
pub(super) fn escaped(text: &str) -> Option<String> {
    let ast = cel::parse(text).ok()?;
    Some(cel::print_ast(&ast, Style::Kubernetes))
}

pub(super) fn literal(literal: &Literal) -> Result<String, String> {
    match literal {
        Literal::Bool(value) => Ok(value.to_string()),
        Literal::Int(value) => Ok(value.to_string()),
        Literal::Float(value) => Ok(format!("{value:?}")),
        Literal::Text(value) => Ok(text(value)),
        Literal::Null | Literal::List(_) | Literal::Map(_) => {
            Err("CEL can't compare with such a value".to_owned())
        }
    }
}

/// A text constant.
pub(super) fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Messages of rules must not have line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
