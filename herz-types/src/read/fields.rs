//! The fields of one object while it is read.

use super::{Read, Reader};
use crate::codes;
use crate::table::{Field, ObjectTable};
use crate::{Level, Unknown};
use serde_json::{Map, Value as Json};

/// The fields of one object while it is read.
#[derive(Debug)]
pub struct Fields<'v, 'c> {
    map: &'v Map<String, Json>,
    table: &'static ObjectTable,
    cx: &'c mut Reader<'v>,
}

impl<'v, 'c> Fields<'v, 'c> {
    pub(super) fn new(
        map: &'v Map<String, Json>,
        table: &'static ObjectTable,
        cx: &'c mut Reader<'v>,
    ) -> Self {
        Self { map, table, cx }
    }

    /// A field that must be there; none if it is missing or does not fit.
    pub fn required<T: Read>(&mut self, wire: &'static str) -> Option<T> {
        match self.optional(wire)? {
            Some(value) => Some(value),
            None => {
                let message = format!("`{wire}` is missing");
                self.cx.report_under(wire, codes::MISSING_FIELD, Level::Error, message);
                None
            }
        }
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
            let level = if table.lenient_null { Level::Warning } else { Level::Error };
            let message = if table.lenient_null {
                format!("null for `{wire}` counts as absent")
            } else {
                format!("null is no value of `{wire}`")
            };
            self.cx.report_under(key, codes::NULL, level, message);
            return table.lenient_null.then_some(None);
        }
        self.cx.under(key, value).map(Some)
    }

    /// The keys that the schema does not know.
    pub fn unknown(self) -> Unknown {
        let mut unknown = Unknown::default();
        for (key, value) in self.map {
            let known = |field: &Field| {
                field.wire == key
                    || (field.aliases.contains(&key.as_str()) && !self.map.contains_key(field.wire))
            };
            if !self.table.fields.iter().any(known) {
                unknown.insert(key.clone(), value.clone());
            }
        }
        unknown
    }

    /// The value of a field under its name or a former one.
    fn find(&mut self, field: &'static Field) -> Option<(&'v str, &'v Json)> {
        if let Some(value) = self.map.get(field.wire) {
            return Some((field.wire, value));
        }
        let (alias, value) =
            field.aliases.iter().find_map(|alias| Some((*alias, self.map.get(*alias)?)))?;
        let message = format!("`{alias}` is a former name of `{}`", field.wire);
        self.cx.report_under(alias, codes::FORMER_NAME, Level::Warning, message);
        Some((alias, value))
    }
}
