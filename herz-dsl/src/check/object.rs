//! Objects: which fields are there, missing, unknown, former, null, deprecated, filled.

use super::context::{Context, Flags, Slots};
use super::path::View;
use super::report::{At, Frame, finding};
use super::shape::{FieldShape, Shape, Slot, level, literal};
use super::value::Outer;
use crate::catalog::{DefaultValue, Layer, Semantics};
use crate::diagnostic::{Level, did_you_mean};
use crate::tree::{Entry, Node, Pair};
use herz_types::codes;
use herz_types::message;

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Checks a map against an object type.
    pub(super) fn object(
        &mut self,
        frame: &Frame<'t>,
        node: Node<'t>,
        shape: &'t Shape<'c>,
        flags: Flags,
    ) {
        let mut slots = Slots::new(node, shape.fields.len());
        let mut counted = Vec::new();
        let mut entries = node.entries();
        while let Some(pair) = entries.next_pair() {
            if self.is_full() {
                return;
            }
            match shape.find(node.pair_key(pair)) {
                Some(Slot::Field(at)) => self.take(frame, shape, &mut slots, at, pair),
                Some(Slot::Alias(at)) => self.former(frame, shape, &mut slots, at, pair),
                None if shape.object.open => {}
                None => {
                    let entry = node.pair(pair);
                    self.unknown(frame, shape, entry, flags);
                    // One finding for one slip: it counts as the field that it is meant to be, and its
                    // value is judged once the name is right. The structure goes by the exact name, so
                    // a required field stays missing.
                    if let Some(at) = shape.find_any_case(entry.key.text)
                        && let Some(field) = shape.field(at)
                        && !field.field.required
                        && let exact = node.entry(&field.field.wire)
                        && exact.is_none_or(|exact| exact.value.is_null())
                    {
                        self.take(frame, shape, &mut slots, at, pair);
                        counted.push(at);
                    }
                }
            }
        }
        let checker = self.checker;
        let case = shape
            .union
            .as_ref()
            .and_then(|union| union.choose(&checker.shapes, shape, &slots));
        for (at, entry) in slots.iter() {
            let Some(field) = shape.field(at).filter(|_| !counted.contains(&at)) else {
                continue;
            };
            let mut below = flags;
            below.advice |= field.field.semantics == Semantics::Structure;
            if field.field.sensitive && !flags.sensitive {
                below.sensitive = true;
                self.out.hidden.push(entry.value.span());
            }
            if let (Some(union), Some(case)) = (&shape.union, case) {
                below.advice |= union.union.selected_only && union.is_foreign(case, at);
            }
            self.field(frame, shape, field, entry, flags, below);
        }
        for at in &shape.demanded {
            if let Some(field) = shape.field(*at).filter(|_| !slots.has(*at)) {
                self.absent(frame, field, flags);
            }
        }
        if let (Some(union), Some(case)) = (&shape.union, case) {
            self.union(frame, shape, union, case, &slots, flags);
        }
        if !shape.rules.is_empty() {
            let view = View {
                shape: Some(shape),
                kind: None,
                node,
                slots: &slots,
            };
            self.rules(frame, &view, &shape.rules, flags);
        }
    }

    /// Notes the entry of a field, null apart.
    fn take(
        &mut self,
        frame: &Frame<'t>,
        shape: &Shape<'c>,
        slots: &mut Slots<'t>,
        at: usize,
        pair: Pair,
    ) {
        let Some(field) = shape.field(at) else { return };
        let value = slots.map().pair_value(pair);
        if !value.is_null() || value.is_broken() {
            slots.set(at, pair);
        } else if !field.field.nullable {
            // A field that is required is reported as missing instead, where null counts as absent.
            let name = &field.field.wire;
            let lenient = self
                .checker
                .shapes
                .package(shape.package)
                .is_some_and(|p| p.lenient_null);
            if !(lenient && field.field.required && field.default_for(Layer::Structure).is_none()) {
                let entry = slots.map().pair(pair);
                self.null(&frame.entry(entry), name, shape.package);
            }
        }
    }

    /// A field by a former name.
    fn former(
        &mut self,
        frame: &Frame<'t>,
        shape: &Shape<'c>,
        slots: &mut Slots<'t>,
        at: usize,
        pair: Pair,
    ) {
        let Some(field) = shape.field(at) else { return };
        let name = &field.field.wire;
        let entry = slots.map().pair(pair);
        let here = frame.entry(entry);
        if let Some(other) = frame.node.and_then(|node| node.entry(name)) {
            let text = message::both_names(entry.key.text, name);
            self.push(
                finding(&here, At::Key, codes::FORMER_NAME, Level::Error, text)
                    .related(other.key.span, "the field is here too"),
            );
            return;
        }
        let text = message::former_name(entry.key.text, name);
        let found = finding(&here, At::Key, codes::FORMER_NAME, Level::Warning, text);
        self.push(found.fix(format!("rename to `{name}`"), entry.key.span, name));
        self.take(frame, shape, slots, at, pair);
    }

    /// A key that the release does not know.
    fn unknown(&mut self, frame: &Frame<'t>, shape: &Shape<'c>, entry: Entry<'t>, flags: Flags) {
        let name = entry.key.text;
        let here = frame.entry(entry);
        if let Some(field) = shape.object.fields.iter().find(|field| field.wire == name) {
            self.other_release(
                &here,
                At::Key,
                "field",
                name,
                &field.life,
                shape.package,
                Level::Error,
            );
            return;
        }
        if shape
            .object
            .reserved
            .iter()
            .any(|reserved| reserved == name)
        {
            self.push(finding(
                &here,
                At::Key,
                codes::GONE,
                Level::Error,
                message::reserved(name),
            ));
            return;
        }
        let names = shape.fields.iter().map(|field| field.field.wire.as_str());
        let mut found = finding(
            &here,
            At::Key,
            codes::UNKNOWN_FIELD,
            Level::Error,
            message::unknown_field(name),
        );
        if let Some(meant) = did_you_mean(name, names.clone()) {
            if shape
                .field_named(meant)
                .is_some_and(|field| field.field.sensitive)
            {
                self.out.hidden.push(entry.value.span());
            }
            found = found.help(format!("did you mean `{meant}`?"));
            if frame
                .node
                .is_none_or(|node| node.alias().is_none() && node.entry(meant).is_none())
            {
                found = found.fix(format!("rename to `{meant}`"), entry.key.span, meant);
            }
        } else if let Some(parent) = self.parent_of(shape, name) {
            found = found.help(format!("`{parent}` has a field `{name}`"));
        } else if !flags.sensitive && shape.fields.len() <= 16 {
            let known: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            if !known.is_empty() {
                found = found.help(format!("known fields: {}", known.join(", ")));
            }
        }
        self.push(found);
    }

    /// The field whose object has a field of that name.
    fn parent_of(&self, shape: &'t Shape<'c>, name: &str) -> Option<&'c str> {
        let parent = shape.fields.iter().find(|field| {
            self.checker
                .shapes
                .of_type(&field.field.ty)
                .is_some_and(|inner| inner.field_named(name).is_some())
        })?;
        Some(&parent.field.wire)
    }

    /// A field that is not there, although it must be there or filled.
    fn absent(&mut self, frame: &Frame<'t>, field: &'t FieldShape<'c>, flags: Flags) {
        let name: &'t str = &field.field.wire;
        let here = frame.missing(name);
        // Null is a value of a nullable field: the key is there.
        let null = field.field.nullable
            && frame.node.is_some_and(|node| {
                let names =
                    std::iter::once(name).chain(field.field.aliases.iter().map(String::as_str));
                names.into_iter().any(|name| node.entry(name).is_some())
            });
        if field.field.required && !null && field.default_for(Layer::Structure).is_none() {
            let text = message::missing_field(name);
            self.push(finding(
                &here,
                At::Key,
                codes::MISSING_FIELD,
                Level::Error,
                text,
            ));
        } else {
            self.filled(&here, field, flags);
        }
    }

    /// A field that is there. `flags` are those of the object, `below` those of the value.
    fn field(
        &mut self,
        frame: &Frame<'t>,
        shape: &Shape<'c>,
        field: &'t FieldShape<'c>,
        entry: Entry<'t>,
        flags: Flags,
        below: Flags,
    ) {
        let name: &'t str = &field.field.wire;
        let here = frame.entry(entry);
        if let Some(deprecation) = field.deprecated {
            self.deprecated(&here, At::Key, "field", name, deprecation);
        }
        let outer = Outer {
            limits: &field.constraints,
            normalize: field.field.normalize.as_ref(),
            mended: field.mended,
            package: shape.package,
        };
        self.value(&here, entry.value, &field.field.ty, outer, below);
        if let Some(by) = field.told_apart {
            self.told_apart(&here, entry.value, &field.field.ty, by, below);
        }
        if field.filled.is_some()
            && !entry.value.is_broken()
            && self
                .checker
                .shapes
                .is_empty(entry.value, Some(&field.field.ty))
        {
            self.filled(&here, field, flags);
        }
    }

    /// A field that is absent or empty, where it must be filled.
    fn filled(&mut self, frame: &Frame<'t>, field: &FieldShape<'c>, flags: Flags) {
        let Some(constraint) = field.filled else {
            return;
        };
        let absent = frame.node.is_none();
        let mended = field.default_for(constraint.layer).is_some_and(|default| {
            let fills = absent || default.fill == crate::catalog::Fill::Empty;
            let with = match (&default.value, literal(default)) {
                (DefaultValue::Generated(_), _) => true,
                (_, literal) => literal.is_some_and(|literal| !literal.is_empty()),
            };
            fills && with
        });
        if mended {
            return;
        }
        let level = level(constraint.level, constraint.layer, flags.advice);
        let found = finding(
            frame,
            At::Value,
            codes::EMPTY,
            level,
            message::empty(&field.field.wire),
        );
        self.push(match &constraint.note {
            Some(note) => found.help(note.as_str()),
            None => found,
        });
    }
}
