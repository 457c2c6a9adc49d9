//! Unions: what the chosen case needs, and what it does not use.

use super::context::{Context, Flags, Slots};
use super::path::{Value, effective};
use super::report::{At, Frame, finding};
use super::shape::{CaseShape, Shape, Shapes, UnionShape, level};
use crate::catalog::{Foreign, Layer, Type, TypeBody};
use crate::diagnostic::Level;
use crate::tree::Entry;
use herz_types::codes;
use herz_types::message;

/// The case that a document chooses.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'t, 'c> {
    /// The tag's value.
    pub(super) value: &'t str,
    /// The case; none: an allowed value that names no fields.
    pub(super) case: Option<&'t CaseShape<'c>>,
}

impl<'c> UnionShape<'c> {
    /// The case that the tag chooses; none if the tag is absent or no allowed value.
    pub(super) fn choose<'t>(
        &'t self,
        shapes: &Shapes<'c>,
        shape: &'t Shape<'c>,
        slots: &Slots<'t>,
    ) -> Option<Chosen<'t, 'c>> {
        let field = shape.field(self.tag)?;
        let tag = slots.value(self.tag);
        let value = effective(shapes, Some(field), tag, Layer::Structure).and_then(Value::text)?;
        let case = self.cases.iter().find(|case| case.case.value == value);
        if case.is_none() && !shapes.is_value(&field.field.ty, value) {
            return None;
        }
        Some(Chosen { value, case })
    }

    /// Whether a field belongs to other cases only.
    pub(super) fn is_foreign(&self, chosen: Chosen<'_, 'c>, at: usize) -> bool {
        let is = |flags: &[bool]| flags.get(at).copied().unwrap_or(false);
        at != self.tag && is(&self.named) && !chosen.case.is_some_and(|case| is(&case.uses))
    }
}

impl Shapes<'_> {
    /// Whether an enum of this release has the value.
    fn is_value(&self, ty: &Type, value: &str) -> bool {
        let Type::Ref(id) = ty else { return false };
        let Some(def) = self.catalog.get(*id) else {
            return false;
        };
        let TypeBody::Enum(one) = &def.body else {
            return false;
        };
        let release = self.release(def.package);
        one.values
            .iter()
            .any(|known| known.value == value && known.life.covers(release))
    }
}

/// Whether a field of another case says something: an empty list or text does not.
fn speaks(shapes: &Shapes<'_>, entry: Entry<'_>, ty: &Type) -> bool {
    let is_filled = !shapes.is_empty(entry.value, Some(ty));
    match ty {
        Type::List(_) | Type::Map(_) => is_filled,
        _ => entry.value.is_map() || is_filled,
    }
}

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Judges the fields of a union's cases.
    pub(super) fn union(
        &mut self,
        frame: &Frame<'t>,
        shape: &'t Shape<'c>,
        union: &'t UnionShape<'c>,
        chosen: Chosen<'t, 'c>,
        slots: &Slots<'t>,
        flags: Flags,
    ) {
        let shapes = &self.checker.shapes;
        let tag = &union.union.tag;
        if let Some(case) = chosen.case {
            let level = level(case.case.level, Layer::Admission, flags.advice);
            for at in &case.requires {
                let Some(field) = shape.field(*at) else {
                    continue;
                };
                let entry = slots.get(*at);
                let value = entry.map(|entry| entry.value);
                let value = effective(shapes, Some(field), value, Layer::Admission);
                let there = value.is_some_and(|value| {
                    !case.case.filled || value.is_filled(shapes, Some(&field.field.ty))
                });
                if there || (entry.is_none() && field.field.required) {
                    continue;
                }
                let name: &'t str = &field.field.wire;
                let text = message::case_needs(name, case.case.filled, tag, chosen.value);
                let here = entry.map_or_else(|| frame.missing(name), |entry| frame.entry(entry));
                self.push(finding(&here, At::Value, codes::CASE_NEEDS, level, text));
            }
        }
        let refuse = match union.union.foreign {
            Foreign::Ignore => return,
            Foreign::Warn => false,
            Foreign::Refuse => true,
        };
        for (at, entry) in slots.iter() {
            let Some(field) = shape.field(at) else {
                continue;
            };
            if !union.is_foreign(chosen, at) || !speaks(shapes, entry, &field.field.ty) {
                continue;
            }
            let name = &field.field.wire;
            let (level, text) = if refuse {
                let level = level(Level::Error, Layer::Admission, flags.advice);
                (level, message::refused(name, tag, chosen.value))
            } else {
                (Level::Warning, message::ignored(name, tag, chosen.value))
            };
            let mut found = finding(&frame.entry(entry), At::Key, codes::IGNORED, level, text);
            if let Some(tag) = slots.get(union.tag) {
                found = found.related(
                    tag.value.place(),
                    format!("{} is chosen here", message::quote(chosen.value)),
                );
            }
            self.push(found);
        }
    }
}
