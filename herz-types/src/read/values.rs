//! Reading of the types that every schema has.

use super::{Read, Reader};
use crate::message::Wanted;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

impl Read for bool {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        value
            .as_bool()
            .or_else(|| cx.wrong_type(value, Wanted::Bool))
    }

    fn is_right(value: &Json) -> bool {
        value.is_boolean()
    }
}

impl Read for String {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        cx.text(value).map(str::to_owned)
    }

    fn is_right(value: &Json) -> bool {
        value.is_string()
    }
}

impl Read for f64 {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        value
            .as_f64()
            .or_else(|| cx.wrong_type(value, Wanted::Float))
    }

    fn is_right(value: &Json) -> bool {
        value.is_number()
    }
}

macro_rules! read_ints {
    ($($int:ty, $signed:literal);*) => {$(
        impl Read for $int {
            fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
                let number = cx.whole(value)?;
                Self::try_from(number).ok().or_else(|| cx.out_of_width(number, $signed, Self::BITS))
            }

            fn is_right(value: &Json) -> bool {
                let Json::Number(number) = value else {
                    return false;
                };
                match number.as_i64() {
                    Some(number) => Self::try_from(number).is_ok(),
                    None => number.as_u64().is_some_and(|number| Self::try_from(number).is_ok()),
                }
            }
        }
    )*};
}

read_ints!(i8, true; i16, true; i32, true; i64, true; u8, false; u16, false; u32, false; u64, false);

impl<T: Read> Read for Box<T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        T::read(value, cx).map(Self::new)
    }

    fn is_right(value: &Json) -> bool {
        T::is_right(value)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let Json::Array(items) = value else {
            return cx.wrong_type(value, Wanted::List);
        };
        let mut read = Vec::with_capacity(items.len());
        let mut fits = true;
        // Every item is read, so that all that does not fit is told.
        for (index, item) in items.iter().enumerate() {
            match cx.entry(index, item) {
                Some(item) => read.push(item),
                None => fits = false,
            }
        }
        fits.then_some(read)
    }

    fn is_right(value: &Json) -> bool {
        matches!(value, Json::Array(items) if items.iter().all(T::is_right))
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let Json::Object(entries) = value else {
            return cx.wrong_type(value, Wanted::Map);
        };
        let mut read = Self::new();
        let mut fits = true;
        for (key, value) in entries {
            if !T::TAKES_NULL && value.is_null() && cx.null_is_absent(key) {
                continue;
            }
            match cx.under(key, value) {
                Some(value) => {
                    read.insert(key.clone(), value);
                }
                None => fits = false,
            }
        }
        fits.then_some(read)
    }

    fn is_right(value: &Json) -> bool {
        matches!(value, Json::Object(entries) if entries.values().all(T::is_right))
    }
}

impl Read for Json {
    const TAKES_NULL: bool = true;

    fn read<'v>(value: &'v Json, _: &mut Reader<'v>) -> Option<Self> {
        Some(value.clone())
    }

    /// Null may be as good as absent, which depends on where it stands.
    fn is_right(value: &Json) -> bool {
        !value.is_null()
    }
}

impl Read for Map<String, Json> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        match value {
            Json::Object(map) => Some(map.clone()),
            other => cx.wrong_type(other, Wanted::Map),
        }
    }

    fn is_right(value: &Json) -> bool {
        value.is_object()
    }
}
