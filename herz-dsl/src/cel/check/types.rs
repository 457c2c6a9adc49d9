//! What the checker knows of a value's type: more than an emitter needs.

use super::Types;
use crate::catalog::{Type, TypeBody, TypeId};
use crate::cel::CelType;
use herz_types::scalar::Dialect;

/// Lists, maps and refined types inside each other; also the bound for types that refer to
/// themselves.
const MAX_NESTING: u32 = 16;

/// Type of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ty {
    Bool,
    Int,
    Float,
    /// A text; of an enum's values if one is given.
    Text(Option<TypeId>),
    Duration,
    List(Item),
    Map(Item),
    Object(TypeId),
}

/// Type of a list's items or a map's values.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// Computed: values as they are.
    Value(Box<Ty>),
    /// From a document: as its schema says, grammars not yet read.
    Field(Type),
}

/// What a field's value is in an expression.
pub(super) struct Known {
    pub(super) ty: Ty,
    /// Set if it is the magnitude of a text in this dialect.
    pub(super) dialect: Option<Dialect>,
}

impl Ty {
    /// How messages call it: `an int`, `a list of texts`.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Bool => "a bool".to_owned(),
            Self::Int => "an int".to_owned(),
            Self::Float => "a float".to_owned(),
            Self::Text(_) => "a text".to_owned(),
            Self::Duration => "a duration".to_owned(),
            Self::List(Item::Value(of)) => format!("a list of {}", of.plural()),
            Self::List(Item::Field(_)) => "a list".to_owned(),
            Self::Map(Item::Value(of)) => format!("a map of {}", of.plural()),
            Self::Map(Item::Field(_)) => "a map".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    /// How messages call several of it.
    pub(super) const fn plural(&self) -> &'static str {
        match self {
            Self::Bool => "bools",
            Self::Int => "ints",
            Self::Float => "floats",
            Self::Text(_) => "texts",
            Self::Duration => "durations",
            Self::List(_) => "lists",
            Self::Map(_) => "maps",
            Self::Object(_) => "objects",
        }
    }

    /// Whether values of both types can be compared or stand for each other.
    pub(super) fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(_), Self::Text(_)) => true,
            (Self::List(Item::Value(a)), Self::List(Item::Value(b)))
            | (Self::Map(Item::Value(a)), Self::Map(Item::Value(b))) => a.fits(b),
            _ => self == other,
        }
    }

    /// As emitters see it.
    pub(super) fn cel(&self, types: &dyn Types) -> CelType {
        match self {
            Self::Bool => CelType::Bool,
            Self::Int => CelType::Int,
            Self::Float => CelType::Float,
            Self::Text(_) => CelType::String,
            Self::Duration => CelType::Duration,
            Self::List(item) => CelType::List(Box::new(item.cel(types))),
            Self::Map(item) => CelType::Map(Box::new(item.cel(types))),
            Self::Object(id) => CelType::Object(*id),
        }
    }
}

impl Item {
    /// As emitters see it: texts with a grammar are texts still.
    fn cel(&self, types: &dyn Types) -> CelType {
        match self {
            Self::Value(ty) => ty.cel(types),
            Self::Field(ty) => match known(ty, types) {
                Err(_) => CelType::Opaque,
                Ok(known) if known.dialect.is_some() => CelType::String,
                Ok(known) => known.ty.cel(types),
            },
        }
    }
}

/// What a value of this schema type is in an expression; or why it can't be used.
pub(super) fn known(ty: &Type, types: &dyn Types) -> Result<Known, &'static str> {
    known_within(ty, types, MAX_NESTING)
}

fn known_within(ty: &Type, types: &dyn Types, nesting: u32) -> Result<Known, &'static str> {
    let Some(nesting) = nesting.checked_sub(1) else {
        return Err("a type that is nested too deep");
    };
    let plain = |ty| Ok(Known { ty, dialect: None });
    // Values that need no reading are as good as computed ones.
    let item = |ty: &Type| match known_within(ty, types, nesting) {
        Ok(Known { ty, dialect: None }) => Item::Value(Box::new(ty)),
        _ => Item::Field(ty.clone()),
    };
    match ty {
        Type::Bool => plain(Ty::Bool),
        Type::Int { .. } => plain(Ty::Int),
        Type::Float64 => plain(Ty::Float),
        Type::String => plain(Ty::Text(None)),
        Type::Scalar(scalar) => Ok(match magnitude(scalar.dialect) {
            Some(ty) => Known {
                ty,
                dialect: Some(scalar.dialect),
            },
            None => Known {
                ty: Ty::Text(None),
                dialect: None,
            },
        }),
        Type::List(of) => plain(Ty::List(item(of))),
        Type::Map(of) => plain(Ty::Map(item(of))),
        Type::Ref(id) => match types.get(*id).map(|def| &def.body) {
            Some(TypeBody::Object(_)) => plain(Ty::Object(*id)),
            Some(TypeBody::Enum(_)) => plain(Ty::Text(Some(*id))),
            Some(TypeBody::Refined(base, _)) => known_within(base, types, nesting),
            None => Err("a type that does not exist"),
        },
        Type::Bytes => Err("bytes"),
        Type::Any => Err("any value (`any`)"),
        Type::AnyObject => Err("any object (`object`)"),
        Type::IntOrString => Err("an int or a text (`intOrString`)"),
    }
}

/// What texts of this dialect are in an expression, if they are more than texts.
const fn magnitude(dialect: Dialect) -> Option<Ty> {
    match dialect {
        Dialect::Duration | Dialect::DurationGo => Some(Ty::Duration),
        Dialect::Percent
        | Dialect::PercentGo
        | Dialect::PercentChaosd
        | Dialect::CorrelationChaosd
        | Dialect::Quantity => Some(Ty::Float),
        Dialect::ByteSize
        | Dialect::ByteSizeDocker
        | Dialect::ByteSizeChaosd
        | Dialect::Rate
        | Dialect::RateTc
        | Dialect::IntegerGo => Some(Ty::Int),
        Dialect::Ip
        | Dialect::Cidr
        | Dialect::Hostname
        | Dialect::Dns1123
        | Dialect::Cron
        | Dialect::Timestamp
        | Dialect::Regex
        | Dialect::Url
        | Dialect::UrlGo
        | Dialect::StatusCode => None,
    }
}
