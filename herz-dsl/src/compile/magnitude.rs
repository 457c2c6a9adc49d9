//! What a value is an amount of, so that limits and comparisons make sense.

use super::Compiler;
use crate::catalog::{Type, TypeBody, TypeDef};
use herz_types::scalar::Dialect;

/// What a number of a type counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Number,
    Nanoseconds,
    Moment,
    Bytes,
    BytesPerSecond,
    Percent,
}

impl Unit {
    /// For messages: «a span of time».
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Nanoseconds => "a span of time",
            Self::Moment => "a moment",
            Self::Bytes => "a size",
            Self::BytesPerSecond => "a rate",
            Self::Percent => "a percentage",
        }
    }
}

/// What the texts of a dialect are an amount of.
pub(super) const fn of_dialect(dialect: Dialect) -> Option<Unit> {
    Some(match dialect {
        Dialect::Duration | Dialect::DurationGo => Unit::Nanoseconds,
        Dialect::Percent
        | Dialect::PercentGo
        | Dialect::PercentChaosd
        | Dialect::CorrelationChaosd => Unit::Percent,
        Dialect::ByteSize | Dialect::ByteSizeDocker | Dialect::ByteSizeChaosd => Unit::Bytes,
        Dialect::Rate | Dialect::RateTc => Unit::BytesPerSecond,
        Dialect::Timestamp => Unit::Moment,
        Dialect::Quantity | Dialect::IntegerGo => Unit::Number,
        Dialect::Ip
        | Dialect::Cidr
        | Dialect::Hostname
        | Dialect::Dns1123
        | Dialect::Cron
        | Dialect::Regex
        | Dialect::Url
        | Dialect::UrlGo
        | Dialect::StatusCode => return None,
    })
}

/// What the values of a type are an amount of.
pub(super) fn of_type(types: &[TypeDef], ty: &Type) -> Option<Unit> {
    match base(types, ty) {
        Type::Int { .. } | Type::Float64 => Some(Unit::Number),
        Type::Scalar(scalar) => of_dialect(scalar.dialect),
        _ => None,
    }
}

/// The type behind all narrowed types.
pub(super) fn base<'t>(types: &'t [TypeDef], ty: &'t Type) -> &'t Type {
    let mut ty = ty;
    // Longer chains and circles are reported and cut before anything asks.
    for _ in 0..=super::reach::MOST_NARROWED {
        let Type::Ref(id) = ty else { break };
        let Some(TypeBody::Refined(inner, _)) = types.get(id.0 as usize).map(|def| &def.body)
        else {
            break;
        };
        ty = inner;
    }
    ty
}

impl Compiler<'_> {
    /// A type as schemas write it, for messages.
    pub(super) fn describe(&self, ty: &Type) -> String {
        describe(&self.types, ty)
    }
}

/// A type as schemas write it, for messages.
pub(super) fn describe(types: &[TypeDef], ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int {
            bits: 64,
            format: false,
            signed,
        } => if *signed { "int" } else { "uint" }.to_owned(),
        Type::Int { bits, signed, .. } => format!("{}int{bits}", if *signed { "" } else { "u" }),
        Type::Float64 => "float64".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Scalar(scalar) => {
            format!(
                "{}{}",
                scalar.dialect.name(),
                if scalar.allow_empty { "?" } else { "" }
            )
        }
        Type::List(item) => format!("list<{}>", describe(types, item)),
        Type::Map(item) => format!("map<{}>", describe(types, item)),
        Type::Ref(id) => types
            .get(id.0 as usize)
            .map_or_else(|| "?".to_owned(), |def| def.name.clone()),
        Type::Any => "any".to_owned(),
        Type::AnyObject => "object".to_owned(),
        Type::IntOrString => "intOrString".to_owned(),
    }
}
