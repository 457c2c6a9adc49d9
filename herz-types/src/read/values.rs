//! Reading of the types that every schema has.

use super::{Read, Reader};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

impl Read for bool {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        value.as_bool().or_else(|| cx.wrong_type(value, "`true` or `false`"))
    }
}

impl Read for String {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        match value {
            Json::String(text) => Some(text.clone()),
            other => cx.wrong_type(other, "a text"),
        }
    }
}

impl Read for f64 {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        value.as_f64().or_else(|| cx.wrong_type(value, "a number"))
    }
}

macro_rules! read_ints {
    ($($int:ty),*) => {$(
        impl Read for $int {
            fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
                let number = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
                match number.map(Self::try_from) {
                    Some(Ok(number)) => Some(number),
                    _ => cx.wrong_type(
                        value,
                        &format!("a whole number from {} to {}", Self::MIN, Self::MAX),
                    ),
                }
            }
        }
    )*};
}

read_ints!(i8, i16, i32, i64, u8, u16, u32, u64);

impl<T: Read> Read for Box<T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        T::read(value, cx).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let Json::Array(items) = value else {
            return cx.wrong_type(value, "a list");
        };
        let read: Vec<Option<T>> =
            items.iter().enumerate().map(|(index, item)| cx.entry(index, item)).collect();
        read.into_iter().collect()
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let Json::Object(entries) = value else {
            return cx.wrong_type(value, "a map");
        };
        let read: Vec<Option<(String, T)>> = entries
            .iter()
            .map(|(key, value)| Some((key.clone(), cx.under(key, value)?)))
            .collect();
        read.into_iter().collect()
    }
}

impl Read for Json {
    fn read<'v>(value: &'v Json, _: &mut Reader<'v>) -> Option<Self> {
        Some(value.clone())
    }
}

impl Read for Map<String, Json> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        match value {
            Json::Object(map) => Some(map.clone()),
            other => cx.wrong_type(other, "an object"),
        }
    }
}
