//! Unions: what the chosen case needs, and what it does not use.

use super::object::Slots;
use super::path::effective;
use super::place::Place;
use super::{Context, Flags};
use crate::Level;
use crate::codes;
use crate::message;
use crate::table::{Case, Foreign, Layer, ObjectTable, Union};
use crate::view::View;

/// The case that a value chooses.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'a> {
    /// The tag's value.
    value: &'a str,
    /// The case; none: an allowed value that names no fields.
    case: Option<&'static Case>,
}

impl Case {
    fn names(&self, wire: &str) -> bool {
        self.requires.contains(&wire) || self.allows.contains(&wire)
    }
}

impl Union {
    /// The case that the tag chooses; none if the tag is absent or no allowed value.
    pub(super) fn choose<'a>(
        &'static self,
        table: &'static ObjectTable,
        slots: &Slots<'a>,
    ) -> Option<Chosen<'a>> {
        let at = table.position(self.tag)?;
        let field = table.fields.get(at)?;
        let value = effective(field, *slots.get(at)?, Layer::Structure).text()?;
        let case = self.cases.iter().find(|case| case.value == value);
        let known = || {
            field
                .shape
                .choice()
                .is_some_and(|choice| choice.values.contains(&value))
        };
        (case.is_some() || known()).then_some(Chosen { value, case })
    }

    /// Whether a field belongs to other cases only.
    pub(super) fn is_foreign(&self, chosen: Chosen<'_>, wire: &str) -> bool {
        wire != self.tag
            && (self.cases.iter().any(|case| case.names(wire)) || self.former.contains(&wire))
            && !chosen.case.is_some_and(|case| case.names(wire))
    }
}

/// Whether a field of another case says something: an empty list or text does not.
fn speaks(view: View<'_>) -> bool {
    match view {
        View::Object(_) => true,
        view => view.is_filled(),
    }
}

impl Context {
    /// Judges the fields of a union's cases.
    pub(super) fn union(
        &mut self,
        place: &Place<'_>,
        table: &'static ObjectTable,
        union: &'static Union,
        chosen: Chosen<'_>,
        slots: &Slots<'_>,
        flags: Flags,
    ) {
        if let Some(case) = chosen.case {
            let level = flags.level(case.level, Layer::Admission);
            for wire in case.requires {
                let Some((field, view)) = table
                    .position(wire)
                    .and_then(|at| Some((table.fields.get(at)?, *slots.get(at)?)))
                else {
                    continue;
                };
                let value = effective(field, view, Layer::Admission);
                let there = value.is_present() && (!case.filled || value.is_filled());
                if there || (!view.is_present() && field.required) {
                    continue;
                }
                let text = message::case_needs(field.wire, case.filled, union.tag, chosen.value);
                self.push(&place.key(field.wire), codes::CASE_NEEDS, level, text);
            }
        }
        let refuse = match union.foreign {
            Foreign::Ignore => return,
            Foreign::Warn => false,
            Foreign::Refuse => true,
        };
        for (field, view) in table.fields.iter().zip(slots) {
            if !view.is_present() || !union.is_foreign(chosen, field.wire) || !speaks(*view) {
                continue;
            }
            let (level, text) = if refuse {
                let level = flags.level(Level::Error, Layer::Admission);
                (level, message::refused(field.wire, union.tag, chosen.value))
            } else {
                (
                    Level::Warning,
                    message::ignored(field.wire, union.tag, chosen.value),
                )
            };
            self.push(&place.key(field.wire), codes::IGNORED, level, text);
        }
    }
}
