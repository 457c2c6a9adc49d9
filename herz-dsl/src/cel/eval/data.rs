//! The documents that expressions are evaluated on.

use crate::catalog::Literal;
use crate::tree::{Kind, Node, Resolved};

/// What a value in a document is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape<'d> {
    /// Null: counts as absent.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number; also whole ones beyond 64 bits.
    Float(f64),
    /// A text.
    Text(&'d str),
    /// A list.
    List,
    /// A map or object.
    Map,
}

/// A value in a document, cheap to copy.
pub trait Data<'d>: Copy {
    /// What it is.
    fn shape(self) -> Shape<'d>;
    /// The value of a key, if it is a map that has it.
    fn get(self, key: &str) -> Option<Self>;
    /// The items of a list; none if it is no list.
    fn items(self) -> Vec<Self>;
    /// The keys of a map, in the document's order; none if it is no map.
    fn keys(self) -> Vec<&'d str>;
}

impl<'d> Data<'d> for Node<'d> {
    fn shape(self) -> Shape<'d> {
        match self.kind() {
            Kind::List(_) => Shape::List,
            Kind::Map(_) => Shape::Map,
            Kind::Scalar(scalar) => match scalar.resolved() {
                Resolved::Null => Shape::Null,
                Resolved::Bool(value) => Shape::Bool(value),
                Resolved::Int(value) => Shape::Int(value),
                #[allow(clippy::cast_precision_loss)]
                // No int: only floats may be compared with it.
                Resolved::Uint(value) => Shape::Float(value as f64),
                Resolved::Float(value) => Shape::Float(value),
                Resolved::Text => Shape::Text(scalar.text),
            },
        }
    }

    fn get(self, key: &str) -> Option<Self> {
        Node::get(self, key)
    }

    fn items(self) -> Vec<Self> {
        Node::items(self).collect()
    }

    fn keys(self) -> Vec<&'d str> {
        self.entries().map(|entry| entry.key.text).collect()
    }
}

impl<'d> Data<'d> for &'d serde_json::Value {
    fn shape(self) -> Shape<'d> {
        use serde_json::Value;
        match self {
            Value::Null => Shape::Null,
            Value::Bool(value) => Shape::Bool(*value),
            Value::Number(number) => number.as_i64().map_or_else(
                || Shape::Float(number.as_f64().unwrap_or(f64::NAN)),
                Shape::Int,
            ),
            Value::String(text) => Shape::Text(text),
            Value::Array(_) => Shape::List,
            Value::Object(_) => Shape::Map,
        }
    }

    fn get(self, key: &str) -> Option<Self> {
        self.as_object()?.get(key)
    }

    fn items(self) -> Vec<Self> {
        self.as_array()
            .map(|items| items.iter().collect())
            .unwrap_or_default()
    }

    fn keys(self) -> Vec<&'d str> {
        self.as_object()
            .map(|map| map.keys().map(String::as_str).collect())
            .unwrap_or_default()
    }
}

impl<'d> Data<'d> for &'d Literal {
    fn shape(self) -> Shape<'d> {
        match self {
            Literal::Null => Shape::Null,
            Literal::Bool(value) => Shape::Bool(*value),
            Literal::Int(value) => Shape::Int(*value),
            Literal::Float(value) => Shape::Float(*value),
            Literal::Text(text) => Shape::Text(text),
            Literal::List(_) => Shape::List,
            Literal::Map(_) => Shape::Map,
        }
    }

    fn get(self, key: &str) -> Option<Self> {
        match self {
            Literal::Map(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    fn items(self) -> Vec<Self> {
        match self {
            Literal::List(items) => items.iter().collect(),
            _ => Vec::new(),
        }
    }

    fn keys(self) -> Vec<&'d str> {
        match self {
            Literal::Map(entries) => entries.iter().map(|(key, _)| key.as_str()).collect(),
            _ => Vec::new(),
        }
    }
}

/// A value of a document, or of a default that stands in for one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'d, D> {
    Document(D),
    Default(&'d Literal),
}

impl<'d, D: Data<'d>> Data<'d> for Place<'d, D> {
    fn shape(self) -> Shape<'d> {
        match self {
            Self::Document(data) => data.shape(),
            Self::Default(literal) => literal.shape(),
        }
    }

    fn get(self, key: &str) -> Option<Self> {
        match self {
            Self::Document(data) => data.get(key).map(Self::Document),
            Self::Default(literal) => Data::get(literal, key).map(Self::Default),
        }
    }

    fn items(self) -> Vec<Self> {
        match self {
            Self::Document(data) => data.items().into_iter().map(Self::Document).collect(),
            Self::Default(literal) => literal.items().into_iter().map(Self::Default).collect(),
        }
    }

    fn keys(self) -> Vec<&'d str> {
        match self {
            Self::Document(data) => data.keys(),
            Self::Default(literal) => literal.keys(),
        }
    }
}
