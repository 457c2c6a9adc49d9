//! The fields of one object while it is read.

use super::{Read, Reader};
use crate::codes;
use crate::message;
use crate::table::{Field, Layer, ObjectTable};
use crate::{Level, Unknown};
use serde_json::{Map, Value as Json};

/// The fields of one object while it is read.
#[derive(Debug)]
pub struct Fields<'v, 'c> {
    map: &'v Map<String, Json>,
    table: &'static ObjectTable,
    cx: &'c mut Reader<'v>,
    /// Whether there are keys that are no field's name.
    others: bool,
}

impl<'v, 'c> Fields<'v, 'c> {
    pub(super) fn new(
        map: &'v Map<String, Json>,
        table: &'static ObjectTable,
        cx: &'c mut Reader<'v>,
    ) -> Self {
        Self {
            map,
            table,
            cx,
            others: true,
        }
    }

    /// The values of the fields by their places in the table; `place` tells a key's place, or `N` for
    /// what is no field's name.
    pub fn find_all<const N: usize>(
        &mut self,
        place: impl Fn(&str) -> usize,
    ) -> [Option<&'v Json>; N] {
        let mut slots = [None; N];
        self.others = false;
        for (key, value) in self.map {
            match slots.get_mut(place(key)) {
                Some(slot) => *slot = Some(value),
                None => self.others = true,
            }
        }
        slots
    }

    /// Like [`Self::required`], for a field whose value [`Self::find_all`] found.
    #[inline]
    pub fn required_at<T: Read>(&mut self, at: usize, slot: Option<&'v Json>) -> Option<T> {
        let found = self.optional_at(at, slot)?;
        if found.is_none() {
            let wire = self.table.fields.get(at).map_or("", |field| field.wire);
            self.cx.missing(wire);
        }
        found
    }

    /// Like [`Self::optional`], for a field whose value [`Self::find_all`] found.
    #[inline]
    #[allow(clippy::option_option)] // The outer one tells of an error, the inner one of absence.
    pub fn optional_at<T: Read>(&mut self, at: usize, slot: Option<&'v Json>) -> Option<Option<T>> {
        let Some(field) = self.table.fields.get(at) else {
            return Some(None);
        };
        match slot {
            Some(value) if !value.is_null() => self.value(field, field.wire, value).map(Some),
            None if !self.others || field.aliases.is_empty() => Some(None),
            // Null, or perhaps a former name.
            _ => self.optional(field.wire),
        }
    }

    /// Like [`Self::constant`], for a field whose value [`Self::find_all`] found.
    pub fn constant_at(
        &mut self,
        slot: Option<&'v Json>,
        wire: &'static str,
        wanted: &'static str,
    ) -> Option<()> {
        match slot {
            Some(Json::String(text)) if text == wanted => Some(()),
            _ => self.constant(wire, wanted),
        }
    }

    /// A field that must be there; none if it is missing or does not fit.
    pub fn required<T: Read>(&mut self, wire: &'static str) -> Option<T> {
        let found = self.optional(wire)?;
        if found.is_none() {
            self.cx.missing(wire);
        }
        found
    }

    /// A field that may be absent; none if it does not fit.
    #[allow(clippy::option_option)] // The outer one tells of an error, the inner one of absence.
    pub fn optional<T: Read>(&mut self, wire: &'static str) -> Option<Option<T>> {
        let table = self.table;
        let Some(field) = table.fields.iter().find(|field| field.wire == wire) else {
            return Some(None);
        };
        let Some((key, value)) = self.find(field) else {
            return Some(None);
        };
        if value.is_null() && !field.nullable {
            // A required field is reported as missing instead, where null counts as absent.
            let missing = field.required && field.default_for(Layer::Structure).is_none();
            if table.lenient_null && missing {
                return Some(None);
            }
            let level = if table.lenient_null {
                Level::Warning
            } else {
                Level::Error
            };
            self.cx
                .report_under(key, codes::NULL, level, message::null(field.wire));
            return table.lenient_null.then_some(None);
        }
        self.value(field, key, value).map(Some)
    }

    /// What stands at the key of a field.
    #[inline]
    fn value<T: Read>(&mut self, field: &Field, key: &'v str, value: &'v Json) -> Option<T> {
        self.cx.lenient_null = self.table.lenient_null;
        self.cx.hidden += usize::from(field.sensitive);
        let read = self.cx.under(key, value);
        self.cx.hidden -= usize::from(field.sensitive);
        read
    }

    /// A field that has its default if it is absent.
    pub fn defaulted<T: Read>(&mut self, wire: &'static str) -> Option<T> {
        if let Some(value) = self.optional(wire)? {
            return Some(value);
        }
        let default = self
            .table
            .fields
            .iter()
            .find(|field| field.wire == wire)
            .and_then(|field| field.default.as_ref())
            .and_then(|default| crate::view::to_json(default.view()));
        match default.and_then(|value| super::from_json(&value).ok()) {
            Some(value) => Some(value),
            None => self.required(wire),
        }
    }

    /// A field that the chosen case of a union needs.
    pub fn needed<T: Read>(&mut self, wire: &'static str, tag: &str, value: &str) -> Option<T> {
        let read = self.optional(wire)?;
        if read.is_none() {
            let message = message::case_needs(wire, false, tag, value);
            self.cx
                .report_under(wire, codes::CASE_NEEDS, Level::Error, message);
        }
        read
    }

    /// Refuses the fields of other cases of a union: the typed value has no place for them.
    pub fn refuse_foreign(&mut self, own: &[&str], tag: &str, value: &str) -> Option<()> {
        let mut fine = Some(());
        for field in self.table.fields {
            if field.wire == tag || own.contains(&field.wire) || !self.map.contains_key(field.wire)
            {
                continue;
            }
            let message = message::refused(field.wire, tag, value);
            self.cx
                .report_under(field.wire, codes::IGNORED, Level::Error, message);
            fine = None;
        }
        fine
    }

    /// Reports a value of a tag or enum that is none of those known; always none.
    pub fn not_allowed<T>(&mut self, wire: &str, found: &str, known: &[&str]) -> Option<T> {
        let message = message::not_allowed(Some(found), known.iter().copied());
        self.cx
            .report_under(wire, codes::NOT_ALLOWED, Level::Error, message);
        None
    }

    /// Refuses keys that the schema does not know: the type has no place for them.
    pub fn refuse_unknown(self) -> Option<()> {
        let table = self.table;
        let mut fine = Some(());
        for (key, _) in Self::unknown_of(self.map, table) {
            let (code, message) = table.unknown(key);
            self.cx.report_under(key, code, Level::Error, message);
            fine = None;
        }
        fine
    }

    /// Keys that are no field, under its name or a former one.
    fn unknown_of<'m>(
        map: &'m Map<String, Json>,
        table: &'static ObjectTable,
    ) -> impl Iterator<Item = (&'m String, &'m Json)> {
        map.iter().filter(move |(key, _)| {
            !table.fields.iter().any(|field| {
                field.wire == **key
                    || (field.aliases.contains(&key.as_str()) && !map.contains_key(field.wire))
            })
        })
    }

    /// A text that must be this one: `kind` and `apiVersion` of a kind.
    pub fn constant(&mut self, wire: &'static str, wanted: &'static str) -> Option<()> {
        let found: String = self.required(wire)?;
        if found == wanted {
            return Some(());
        }
        let message = message::not_allowed(Some(&found), [wanted]);
        self.cx
            .report_under(wire, codes::NOT_ALLOWED, Level::Error, message);
        None
    }

    /// The keys that the schema does not know.
    pub fn unknown(self) -> Unknown {
        let mut unknown = Unknown::EMPTY;
        if !self.others {
            return unknown;
        }
        for (key, value) in Self::unknown_of(self.map, self.table) {
            unknown.insert(key.clone(), value.clone());
        }
        unknown
    }

    /// The value of a field under its name or a former one.
    fn find(&mut self, field: &'static Field) -> Option<(&'v str, &'v Json)> {
        if let Some(value) = self.map.get(field.wire) {
            return Some((field.wire, value));
        }
        let (alias, value) = field
            .aliases
            .iter()
            .find_map(|alias| Some((*alias, self.map.get(*alias)?)))?;
        let message = message::former_name(alias, field.wire);
        self.cx
            .report_under(alias, codes::FORMER_NAME, Level::Warning, message);
        Some((alias, value))
    }
}
