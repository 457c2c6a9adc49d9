//! Typed values seen from outside: what the validator and the writer walk.

use crate::doubt::Doubts;
use crate::table::{Literal, ObjectTable};
use crate::unknown::Unknown;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A value as a validator or writer sees it.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// The key is not there.
    Absent,
    /// Null.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// An object of a named type.
    Object(&'a dyn Object),
    /// A default that is made up at creation.
    Generated,
}

/// Something that can be seen.
pub trait Look {
    /// The view of it.
    fn look(&self) -> View<'_>;

    /// Whether the value is known to be right by what its type says. False: it is not known.
    fn is_fine(&self) -> bool {
        false
    }

    /// Whether the value is not null, empty, zero or false.
    fn is_filled(&self) -> bool {
        self.look().is_filled()
    }
}

/// A list of whatever.
pub trait List {
    /// Number of entries.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry at that place.
    fn item(&self, index: usize) -> View<'_>;
}

/// A map with text keys.
pub trait Map {
    /// Number of entries.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, sorted by key.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_>;
}

/// An object of a named type. Generated code implements it.
pub trait Object {
    /// What the schema says of it.
    fn table(&self) -> &'static ObjectTable;

    /// The field at that place of the table.
    fn field(&self, index: usize) -> View<'_>;

    /// Keys that the schema does not know.
    fn unknown(&self) -> &Unknown;

    /// The parts that may be wrong.
    fn doubts(&self) -> Doubts {
        Doubts::ALL
    }

    /// Whether the CEL rule at that place of the table holds; none: an operand is malformed or
    /// missing.
    fn rule(&self, index: usize) -> Option<bool> {
        let _ = index;
        None
    }
}

impl<'a> View<'a> {
    /// Whether the key is there.
    pub fn is_present(self) -> bool {
        !matches!(self, View::Absent)
    }

    /// Whether the value is there and not null, empty, zero or false. An object without any key
    /// is empty.
    pub fn is_filled(self) -> bool {
        match self {
            View::Absent | View::Null => false,
            View::Bool(value) => value,
            View::Int(value) => value != 0,
            View::Float(value) => value != 0.0,
            View::Text(text) => !text.is_empty(),
            View::List(list) => !list.is_empty(),
            View::Map(map) => !map.is_empty(),
            View::Object(object) => {
                !object.unknown().is_empty()
                    || (0..object.table().fields.len()).any(|at| object.field(at).is_present())
            }
            View::Generated => true,
        }
    }

    /// The text, if it is one.
    pub fn text(self) -> Option<&'a str> {
        match self {
            View::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is this value.
    pub fn equals(self, literal: &Literal) -> bool {
        self.same(literal.look())
    }

    /// Whether two values are the same: numbers by value, objects by their fields.
    pub fn same(self, other: View<'_>) -> bool {
        match (self, other) {
            (View::Int(a), View::Int(b)) => a == b,
            (View::Text(a), View::Text(b)) => a == b,
            (View::Bool(a), View::Bool(b)) => a == b,
            (View::Generated, _) | (_, View::Generated) => false,
            #[allow(clippy::cast_precision_loss, clippy::float_cmp)] // 1 and 1.0 agree.
            (View::Int(a), View::Float(b)) | (View::Float(b), View::Int(a)) => a as f64 == b,
            _ => to_json(self) == to_json(other),
        }
    }
}

/// The wire form; absent gives none.
pub fn to_json(view: View<'_>) -> Option<Json> {
    Some(match view {
        View::Absent | View::Generated => return None,
        View::Null => Json::Null,
        View::Bool(value) => Json::Bool(value),
        View::Int(value) => match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => value.into(),
            (_, Ok(value)) => value.into(),
            _ => Json::Null,
        },
        View::Float(value) => value.into(),
        View::Text(text) => Json::String(text.to_owned()),
        View::List(list) => Json::Array(
            (0..list.len())
                .filter_map(|index| to_json(list.item(index)))
                .collect(),
        ),
        View::Map(map) => Json::Object(
            map.entries()
                .filter_map(|(key, value)| Some((key.to_owned(), to_json(value)?)))
                .collect(),
        ),
        View::Object(object) => {
            let fields = object
                .table()
                .fields
                .iter()
                .enumerate()
                .filter_map(|(index, field)| {
                    Some((field.wire.to_owned(), to_json(object.field(index))?))
                });
            let unknown = object
                .unknown()
                .iter()
                .map(|(k, v)| (k.to_owned(), v.clone()));
            Json::Object(fields.chain(unknown).collect())
        }
    })
}

impl serde::Serialize for View<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        match *self {
            View::Absent | View::Generated | View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Int(value) => match (i64::try_from(value), u64::try_from(value)) {
                (Ok(value), _) => serializer.serialize_i64(value),
                (_, Ok(value)) => serializer.serialize_u64(value),
                _ => serializer.serialize_i128(value),
            },
            View::Float(value) => serializer.serialize_f64(value),
            View::Text(text) => serializer.serialize_str(text),
            View::List(list) => {
                serializer.collect_seq((0..list.len()).map(|index| list.item(index)))
            }
            View::Map(map) => serializer.collect_map(map.entries()),
            View::Object(object) => {
                let mut map = serializer.serialize_map(None)?;
                for (index, field) in object.table().fields.iter().enumerate() {
                    let view = object.field(index);
                    if view.is_present() {
                        map.serialize_entry(field.wire, &view)?;
                    }
                }
                for (key, value) in object.unknown().iter() {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl Look for bool {
    fn is_fine(&self) -> bool {
        true
    }

    fn look(&self) -> View<'_> {
        View::Bool(*self)
    }
}

macro_rules! look_ints {
    ($($int:ty),*) => {$(
        impl Look for $int {
            fn is_fine(&self) -> bool {
                true
            }

            fn look(&self) -> View<'_> {
                View::Int(i128::from(*self))
            }
        }
    )*};
}

look_ints!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Look for f64 {
    fn is_fine(&self) -> bool {
        true
    }

    /// A whole number looks like one, so that `50` is written as `50`.
    fn look(&self) -> View<'_> {
        #[allow(clippy::cast_possible_truncation)] // Whole and below 2^53.
        if self.fract() == 0.0
            && self.abs() < 9_007_199_254_740_992.0
            && !(*self == 0.0 && self.is_sign_negative())
        {
            View::Int(*self as i128)
        } else {
            View::Float(*self)
        }
    }
}

impl Look for str {
    fn is_fine(&self) -> bool {
        true
    }

    fn look(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Look for String {
    fn is_fine(&self) -> bool {
        true
    }

    fn look(&self) -> View<'_> {
        View::Text(self)
    }
}

impl<T: Look> Look for Option<T> {
    fn look(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Look::look)
    }

    fn is_fine(&self) -> bool {
        self.as_ref().is_none_or(Look::is_fine)
    }
}

impl<T: Look + ?Sized> Look for Box<T> {
    fn look(&self) -> View<'_> {
        (**self).look()
    }

    fn is_fine(&self) -> bool {
        (**self).is_fine()
    }
}

impl<T: Look> Look for Vec<T> {
    fn look(&self) -> View<'_> {
        View::List(self)
    }

    fn is_fine(&self) -> bool {
        self.iter().all(Look::is_fine)
    }
}

impl<T: Look> List for Vec<T> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Absent, Look::look)
    }
}

impl<T: Look> Look for BTreeMap<String, T> {
    fn look(&self) -> View<'_> {
        View::Map(self)
    }

    fn is_fine(&self) -> bool {
        self.values().all(Look::is_fine)
    }
}

impl<T: Look> Map for BTreeMap<String, T> {
    fn len(&self) -> usize {
        BTreeMap::len(self)
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_> {
        Box::new(self.iter().map(|(key, value)| (key.as_str(), value.look())))
    }
}

impl Look for Json {
    fn is_fine(&self) -> bool {
        true
    }

    fn look(&self) -> View<'_> {
        match self {
            Json::Null => View::Null,
            Json::Bool(value) => View::Bool(*value),
            Json::Number(number) => number
                .as_i64()
                .map(i128::from)
                .or_else(|| number.as_u64().map(i128::from))
                .map_or_else(
                    || View::Float(number.as_f64().unwrap_or(f64::NAN)),
                    View::Int,
                ),
            Json::String(text) => View::Text(text),
            Json::Array(list) => View::List(list),
            Json::Object(map) => View::Map(map),
        }
    }

    #[inline]
    fn is_filled(&self) -> bool {
        match self {
            Json::String(text) => !text.is_empty(),
            Json::Array(list) => !list.is_empty(),
            Json::Object(map) => !map.is_empty(),
            Json::Null => false,
            Json::Bool(value) => *value,
            Json::Number(_) => self.look().is_filled(),
        }
    }
}

impl Look for serde_json::Map<String, Json> {
    fn is_fine(&self) -> bool {
        true
    }

    fn look(&self) -> View<'_> {
        View::Map(self)
    }
}

impl Map for serde_json::Map<String, Json> {
    fn len(&self) -> usize {
        serde_json::Map::len(self)
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_> {
        Box::new(self.iter().map(|(key, value)| (key.as_str(), value.look())))
    }
}

impl Look for Literal {
    fn look(&self) -> View<'_> {
        match self {
            Literal::Null => View::Null,
            Literal::Bool(value) => View::Bool(*value),
            Literal::Int(value) => View::Int(i128::from(*value)),
            Literal::Float(value) => View::Float(*value),
            Literal::Text(text) => View::Text(text),
            Literal::List(items) => View::List(items),
            Literal::Map(entries) => View::Map(entries),
        }
    }
}

impl List for &'static [Literal] {
    fn len(&self) -> usize {
        <[Literal]>::len(self)
    }

    fn item(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Absent, Look::look)
    }
}

impl Map for &'static [(&'static str, Literal)] {
    fn len(&self) -> usize {
        <[(&str, Literal)]>::len(self)
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_> {
        Box::new(self.iter().map(|(key, value)| (*key, value.look())))
    }
}
