//! Values, their comparison and arithmetic.

use super::data::{Data, Place, Shape};
use super::{Result_, Undefined};
use crate::cel::{CelType, Operator};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A value. Lists, maps and objects of documents stay where they are.
#[derive(Debug, Clone)]
pub(super) enum Value<'d, D> {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Cow<'d, str>),
    /// In nanoseconds.
    Duration(i64),
    List(Vec<Value<'d, D>>),
    Place(Place<'d, D>),
}

impl<'d, D: Data<'d>> Value<'d, D> {
    /// A document's value as the schema types it.
    pub(super) fn read(place: Place<'d, D>, ty: &CelType) -> Result_<Self> {
        match (ty, place.shape()) {
            (_, Shape::Null) => Err(Undefined::Missing),
            (CelType::Bool, Shape::Bool(value)) => Ok(Self::Bool(value)),
            (CelType::Int, Shape::Int(value)) => Ok(Self::Int(value)),
            (CelType::Int, Shape::Float(value)) => {
                // 5.0 is a whole number in JSON; what lies beyond 64 bits is none that fits.
                if value.fract() != 0.0 {
                    return Err(Undefined::WrongType);
                }
                whole(value).map(Self::Int).ok_or(Undefined::Overflow)
            }
            #[allow(clippy::cast_precision_loss)] // As every reader of a float field does.
            (CelType::Float, Shape::Int(value)) => Ok(Self::Float(value as f64)),
            (CelType::Float, Shape::Float(value)) => Ok(Self::Float(value)),
            // A text with `${…}` in a default stands for something that is not known here.
            (CelType::String, Shape::Text(text)) => match place {
                Place::Default(_) if text.contains("${") => Err(Undefined::Missing),
                _ => Ok(Self::Text(text.into())),
            },
            (CelType::List(_), Shape::List)
            | (CelType::Map(_) | CelType::Object(_), Shape::Map)
            | (CelType::Opaque, _) => Ok(Self::Place(place)),
            _ => Err(Undefined::WrongType),
        }
    }

    /// An item as its list types it.
    pub(super) fn typed(self, ty: &CelType) -> Result_<Self> {
        match self {
            Self::Place(place) => Self::read(place, ty),
            computed => Ok(computed),
        }
    }
}

/// A whole float as an int, if 64 bits hold it.
pub(super) fn whole(value: f64) -> Option<i64> {
    // 2^63 is a float, the greatest int is not.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    #[allow(clippy::cast_possible_truncation)] // The range is checked.
    (-LIMIT..LIMIT).contains(&value).then_some(value as i64)
}

/// Whether two values of type `ty` are equal.
pub(super) fn equal<'d, D: Data<'d>>(
    a: &Value<'d, D>,
    b: &Value<'d, D>,
    ty: &CelType,
) -> Result_<bool> {
    if let CelType::List(of) = ty {
        let (a, b) = (list(a)?, list(b)?);
        if a.len() != b.len() {
            return Ok(false);
        }
        let mut result = Ok(true);
        for (a, b) in a.into_iter().zip(b) {
            match a.typed(of).and_then(|a| equal(&a, &b.typed(of)?, of)) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(undefined) => result = Err(undefined),
            }
        }
        return result;
    }
    #[allow(clippy::float_cmp)] // CEL compares floats as they are.
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Int(a), Value::Int(b)) | (Value::Duration(a), Value::Duration(b)) => Ok(a == b),
        (Value::Float(a), Value::Float(b)) => Ok(a == b),
        (Value::Text(a), Value::Text(b)) => Ok(a == b),
        _ => Err(Undefined::WrongType),
    }
}

fn list<'d, D: Data<'d>>(of: &Value<'d, D>) -> Result_<Vec<Value<'d, D>>> {
    match of {
        Value::List(items) => Ok(items.clone()),
        Value::Place(place) => Ok(place.items().into_iter().map(Value::Place).collect()),
        _ => Err(Undefined::WrongType),
    }
}

/// Which of two values is greater; none with NaN.
pub(super) fn ordering<D>(a: &Value<'_, D>, b: &Value<'_, D>) -> Result_<Option<Ordering>> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(Some(a.cmp(b))),
        (Value::Int(a), Value::Int(b)) | (Value::Duration(a), Value::Duration(b)) => {
            Ok(Some(a.cmp(b)))
        }
        (Value::Float(a), Value::Float(b)) => Ok(a.partial_cmp(b)),
        // Bytes of UTF-8 are in the order of the characters.
        (Value::Text(a), Value::Text(b)) => Ok(Some(a.cmp(b))),
        _ => Err(Undefined::WrongType),
    }
}

/// Arithmetic on numbers and durations.
pub(super) fn arithmetic<'d, D>(
    operator: Operator,
    a: &Value<'d, D>,
    b: &Value<'d, D>,
) -> Result_<Value<'d, D>> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => {
            if *b == 0 && matches!(operator, Operator::Divide | Operator::Remainder) {
                return Err(Undefined::DivisionByZero);
            }
            let result = match operator {
                Operator::Add => a.checked_add(*b),
                Operator::Subtract => a.checked_sub(*b),
                Operator::Multiply => a.checked_mul(*b),
                Operator::Divide => a.checked_div(*b),
                Operator::Remainder => a.checked_rem(*b),
                _ => return Err(Undefined::WrongType),
            };
            result.map(Value::Int).ok_or(Undefined::Overflow)
        }
        (Value::Float(a), Value::Float(b)) => Ok(Value::Float(match operator {
            Operator::Add => a + b,
            Operator::Subtract => a - b,
            Operator::Multiply => a * b,
            Operator::Divide => a / b,
            _ => return Err(Undefined::WrongType),
        })),
        (Value::Duration(a), Value::Duration(b)) => {
            let result = match operator {
                Operator::Add => a.checked_add(*b),
                Operator::Subtract => a.checked_sub(*b),
                _ => return Err(Undefined::WrongType),
            };
            result.map(Value::Duration).ok_or(Undefined::Overflow)
        }
        _ => Err(Undefined::WrongType),
    }
}
