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
}

impl Read for String {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        cx.text(value).map(str::to_owned)
    }
}

impl Read for f64 {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        value
            .as_f64()
            .or_else(|| cx.wrong_type(value, Wanted::Float))
    }
}

macro_rules! read_ints {
    ($($int:ty, $signed:literal);*) => {$(
        impl Read for $int {
            fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
                let number = cx.whole(value)?;
                Self::try_from(number).ok().or_else(|| cx.out_of_width(number, $signed, Self::BITS))
            }
        }
    )*};
}

read_ints!(i8, true; i16, true; i32, true; i64, true; u8, false; u16, false; u32, false; u64, false);

impl<T: Read> Read for Box<T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        T::read(value, cx).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let Json::Array(items) = value else {
            return cx.wrong_type(value, Wanted::List);
        };
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| cx.entry(index, item))
            .collect();
        read.into_iter().collect()
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self> {
        let Json::Object(entries) = value else {
            return cx.wrong_type(value, Wanted::Map);
        };
        let read: Vec<Option<(String, T)>> = entries
            .iter()
            .filter_map(|(key, value)| {
                if value.is_null() && cx.null_is_absent(key) {
                    return None;
                }
                Some(cx.under(key, value).map(|value| (key.clone(), value)))
            })
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
            other => cx.wrong_type(other, Wanted::Map),
        }
    }
}
