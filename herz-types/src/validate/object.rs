//! Objects: unknown, deprecated, filled fields; then the values.

use super::limit::Outer;
use super::place::Place;
use super::{Context, Flags};
use crate::Level;
use crate::codes;
use crate::doubt::Doubts;
use crate::message;
use crate::scalar::Dialect;
use crate::table::{Deprecated, Field, Layer, LimitKind, ObjectTable, Shape};
use crate::view::{Look, Object, View};

/// The fields of an object as they were written; null counts as absent here.
pub(super) type Slots<'a> = Vec<View<'a>>;

/// Whether an unknown key is the field's name in other letter case.
fn is_meant(key: &str, wire: &str) -> bool {
    key != wire && key.eq_ignore_ascii_case(wire)
}

impl Context {
    pub(super) fn object(&mut self, place: &Place<'_>, object: &dyn Object, flags: Flags) {
        let doubts = if self.thorough {
            Doubts::ALL
        } else {
            object.doubts()
        };
        if doubts.is_none() {
            return;
        }
        let table = object.table();
        let mut flags = flags;
        flags.advice |= table.structure_only;
        let mut slots: Slots<'_> = (0..table.fields.len())
            .map(|at| match object.field(at) {
                View::Null => View::Absent,
                view => view,
            })
            .collect();
        // One finding for one slip: a key in other letter case counts as the field that it is
        // meant to be. The structure goes by the exact name.
        let meant = |wire: &str| object.unknown().iter().find(|(key, _)| is_meant(key, wire));
        let mut misspelt = vec![false; slots.len()];
        for ((field, slot), misspelt) in table.fields.iter().zip(&mut slots).zip(&mut misspelt) {
            if let (View::Absent, false, Some((_, value))) =
                (*slot, field.required, meant(field.wire))
                && !value.is_null()
            {
                (*slot, *misspelt) = (value.look(), true);
            }
        }
        if !table.open {
            for (key, _) in object.unknown().iter() {
                self.unknown(&place.key(key), table, key);
            }
        }
        let chosen = table
            .union
            .as_ref()
            .and_then(|union| union.choose(table, &slots));
        for (at, ((field, view), misspelt)) in
            table.fields.iter().zip(&slots).zip(misspelt).enumerate()
        {
            if misspelt || !doubts.about(at) {
                continue;
            }
            let mut below = flags;
            below.advice |= field.structure_only;
            below.sensitive |= field.sensitive;
            if let (Some(union), Some(chosen)) = (&table.union, chosen) {
                below.advice |= union.selected_only && union.is_foreign(chosen, field.wire);
            }
            self.field(&place.key(field.wire), field, *view, flags, below);
        }
        let mut part = table.fields.len();
        if let (Some(union), Some(chosen), true) = (&table.union, chosen, doubts.about(part)) {
            self.union(place, table, union, chosen, &slots, flags);
        }
        part += 1;
        self.rules(place, object, &slots, flags, |rule| {
            doubts.about(part + rule)
        });
        part += table.rules.len();
        if table.document && doubts.about(part) {
            self.name(place, &slots);
        }
        if let (Some(lasting), true) = (&table.lasting, doubts.about(part + 1)) {
            self.lasting(place, object, &slots, lasting);
        }
    }

    /// The name of a document: there, and one that Kubernetes takes.
    fn name(&mut self, document: &Place<'_>, slots: &Slots<'_>) {
        let metadata = document.key("metadata");
        let place = metadata.key("name");
        let text = |wire: &str| match slots.get(2) {
            Some(View::Object(metadata)) => {
                let at = metadata.table().position(wire)?;
                metadata.field(at).text().filter(|text| !text.is_empty())
            }
            _ => None,
        };
        match text("name").map(|name| Dialect::Dns1123.parse(name)) {
            Some(Err(error)) => {
                let message = message::grammar(Some(&error.message), &error.allowed);
                self.push(&place, codes::OBJECT_NAME, Level::Warning, message);
            }
            None if text("generateName").is_none() => {
                self.push(
                    &place,
                    codes::OBJECT_NAME,
                    Level::Warning,
                    message::no_name(),
                );
            }
            Some(Ok(_)) | None => {}
        }
    }

    /// A key that the schema does not know.
    fn unknown(&mut self, place: &Place<'_>, table: &ObjectTable, key: &str) {
        let (code, message) = table.unknown(key);
        self.push(place, code, Level::Error, message);
    }

    /// A field, there or not. `flags` are those of the object, `below` those of the value.
    fn field(
        &mut self,
        place: &Place<'_>,
        field: &'static Field,
        view: View<'_>,
        flags: Flags,
        below: Flags,
    ) {
        if !view.is_present() {
            self.filled(place, field, true, flags);
            return;
        }
        if let Some(deprecated) = &field.deprecated {
            self.deprecated(place, "field", field.wire, deprecated);
        }
        let outer = Outer {
            normalize: field.normalize.as_ref(),
            mended: (
                field.mends_empty(Layer::Structure),
                field.mends_empty(Layer::Admission),
            ),
        };
        self.value(place, view, &field.shape, outer, below);
        if !view.is_filled() {
            self.filled(place, field, false, flags);
        }
    }

    /// A field that is absent or empty, where it must be filled.
    fn filled(&mut self, place: &Place<'_>, field: &'static Field, absent: bool, flags: Flags) {
        let limit = field
            .shape
            .limits
            .iter()
            .find(|limit| matches!(limit.kind, LimitKind::Filled));
        let Some(limit) = limit else { return };
        let mended = field.default_for(limit.layer).is_some_and(|default| {
            (absent || field.mends_empty(limit.layer)) && default.view().is_filled()
        });
        if !mended {
            let level = flags.level(limit.level, limit.layer);
            self.push(place, codes::EMPTY, level, message::empty(field.wire));
        }
    }

    /// Something that the newest release discourages.
    pub(super) fn deprecated(
        &mut self,
        place: &Place<'_>,
        what: &str,
        name: &str,
        deprecated: &Deprecated,
    ) {
        let message = message::deprecated(
            what,
            name,
            deprecated.since,
            deprecated.instead,
            deprecated.note,
        );
        self.push(place, codes::DEPRECATED, Level::Warning, message);
    }

    /// A value of any type.
    pub(super) fn value(
        &mut self,
        place: &Place<'_>,
        view: View<'_>,
        shape: &'static Shape,
        outer: Outer,
        flags: Flags,
    ) {
        let inner = Outer {
            mended: (false, false),
            ..outer
        };
        let entries = shape.entries.unwrap_or(&Shape::ANY);
        match view {
            View::Object(object) => self.object(place, object, flags),
            View::List(list) => {
                for index in 0..list.len() {
                    self.value(&place.item(index), list.item(index), entries, inner, flags);
                }
            }
            View::Map(map) => {
                for (key, view) in map.entries() {
                    self.value(&place.key(key), view, entries, inner, flags);
                }
            }
            View::Absent
            | View::Null
            | View::Bool(_)
            | View::Int(_)
            | View::Float(_)
            | View::Text(_)
            | View::Generated => {}
        }
        self.limits(place, view, shape, outer, flags);
    }
}
