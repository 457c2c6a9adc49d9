//! What must not change after creation: `immutable` of kinds, fields and rules.
//!
//! Two manifests are compared as their platform would store them, so that a default written out is
//! no change.

use super::condition::Tag;
use super::context::{Context, Slots};
use super::report::{At, Frame, finding};
use super::{Checker, Outcome};
use crate::catalog::{FieldPath, Kind, Literal, PathStep, RuleKind, Type, TypeBody};
use crate::defaults::{self, Generated};
use crate::diagnostic::Level;
use crate::tree::{Entry, Node};
use herz_types::codes;
use herz_types::message;
use std::collections::BTreeSet;

impl Checker<'_> {
    /// Checks an object that is to replace a stored one: the new object by itself, and that
    /// nothing changed that must not.
    ///
    /// `number` is the new document's place in its source.
    pub fn check_update(&self, old: Node<'_>, new: Node<'_>, number: u32, outcome: &mut Outcome) {
        let from = outcome.diagnostics.len();
        self.check_document(new, number, false, outcome);
        let kinds = (defaults::kind_of(old, self), defaults::kind_of(new, self));
        if let (Some(kind), Some(other)) = kinds
            && std::ptr::eq(kind, other)
        {
            let mut context = Context {
                checker: self,
                out: outcome,
                document: number,
            };
            context.unchanged(old, new, kind);
        }
        outcome.sort_from(from);
    }
}

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    fn unchanged(&mut self, old: Node<'t>, new: Node<'t>, kind: &'c Kind) {
        let Some(entry) = new.entry("spec") else {
            return;
        };
        // What is made up at creation stands in the stored object; left out of both, it is equal.
        let spec = |root| defaults::spec(root, kind, self.checker, Generated::Named);
        let (Some(was), Some(is)) = (spec(old), spec(new)) else {
            return;
        };
        let root = Frame::root(new);
        let frame = root.entry(entry);
        if kind.immutable {
            self.same(&frame, Some(&was), Some(&is), Level::Error);
        } else if let Some(ty) = self.checker.shapes.reference(kind.spec) {
            self.fields(&frame, Some(&was), Some(&is), ty, 0);
        }
    }

    /// Fields that must not change, at any depth.
    fn fields(
        &mut self,
        frame: &Frame<'t>,
        was: Option<&Literal>,
        is: Option<&Literal>,
        ty: &'t Type,
        depth: usize,
    ) {
        let checker = self.checker;
        match ty {
            Type::Ref(id) if depth < 64 => match checker.catalog().get(*id).map(|def| &def.body) {
                Some(TypeBody::Refined(inner, _)) => self.fields(frame, was, is, inner, depth + 1),
                Some(TypeBody::Object(_)) => {
                    let Some(shape) = checker.shapes.object(*id) else {
                        return;
                    };
                    for field in &shape.fields {
                        let name = field.field.wire.as_str();
                        let (was, is) = (get(was, name), get(is, name));
                        if was.is_none() && is.is_none() {
                            continue;
                        }
                        let entry = frame.node.and_then(|node| node.entry(name));
                        let here = below(frame, name, entry);
                        if field.field.immutable {
                            self.same(&here, was, is, Level::Error);
                        } else {
                            self.fields(&here, was, is, &field.field.ty, depth + 1);
                        }
                    }
                    for rule in &shape.rules {
                        if let RuleKind::Immutable { fields } = &rule.rule.kind
                            && checker.shapes.holds_for(frame, rule, shape)
                        {
                            for path in fields {
                                self.path(frame, was, is, path, rule.rule.level);
                            }
                        }
                    }
                }
                _ => {}
            },
            Type::List(item) => {
                let (Some(Literal::List(was)), Some(Literal::List(is))) = (was, is) else {
                    return;
                };
                let nodes = frame.node.into_iter().flat_map(Node::items);
                for (index, ((was, is), node)) in was.iter().zip(is).zip(nodes).enumerate() {
                    self.fields(
                        &frame.item(index, node),
                        Some(was),
                        Some(is),
                        item,
                        depth + 1,
                    );
                }
            }
            _ => {}
        }
    }

    /// A path of an `immutable` rule.
    fn path(
        &mut self,
        frame: &Frame<'t>,
        was: Option<&Literal>,
        is: Option<&Literal>,
        path: &'c FieldPath,
        level: Level,
    ) {
        // One frame for each step; a path through a list stands for the whole list.
        fn go<'t, 'k: 't, 'c: 't>(
            context: &mut Context<'k, 'c>,
            frame: &Frame<'t>,
            was: Option<&Literal>,
            is: Option<&Literal>,
            steps: &'c [PathStep],
            level: Level,
        ) {
            match steps.split_first() {
                Some((PathStep::Field(name), rest)) => {
                    let entry = frame.node.and_then(|node| node.entry(name));
                    go(
                        context,
                        &below(frame, name, entry),
                        get(was, name),
                        get(is, name),
                        rest,
                        level,
                    );
                }
                _ => context.same(frame, was, is, level),
            }
        }
        go(self, frame, was, is, &path.0, level);
    }

    /// Reports each place where two values differ.
    fn same(
        &mut self,
        frame: &Frame<'t>,
        was: Option<&Literal>,
        is: Option<&Literal>,
        level: Level,
    ) {
        match (was, is) {
            (Some(Literal::Map(old)), Some(Literal::Map(new))) => {
                let names: BTreeSet<&str> = old
                    .iter()
                    .chain(new)
                    .map(|(name, _)| name.as_str())
                    .collect();
                for name in names {
                    let (was, is) = (get(was, name), get(is, name));
                    if was != is {
                        let entry = frame.node.and_then(|node| node.entry(name));
                        let here = below(frame, name, entry);
                        self.same(&here, was, is, level);
                    }
                }
            }
            (Some(Literal::List(old)), Some(Literal::List(new))) if old.len() == new.len() => {
                let nodes: Vec<Node<'t>> = frame.node.into_iter().flat_map(Node::items).collect();
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    match nodes.get(index) {
                        Some(node) => {
                            self.same(&frame.item(index, *node), Some(old), Some(new), level);
                        }
                        None if old != new => self.same(frame, Some(old), Some(new), level),
                        None => {}
                    }
                }
            }
            (was, is) if was != is => {
                let text = message::immutable(frame.name());
                self.push(finding(frame, At::Value, codes::IMMUTABLE, level, text));
            }
            _ => {}
        }
    }
}

fn below<'f>(frame: &'f Frame<'f>, name: &'f str, entry: Option<Entry<'f>>) -> Frame<'f> {
    entry.map_or_else(|| frame.missing(name), |entry| frame.entry(entry))
}

fn get<'l>(value: Option<&'l Literal>, name: &str) -> Option<&'l Literal> {
    match value? {
        Literal::Map(entries) => entries
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value),
        _ => None,
    }
}

impl<'c> super::shape::Shapes<'c> {
    /// Whether the conditions of an `immutable` rule hold in the new object.
    fn holds_for<'t>(
        &'t self,
        frame: &Frame<'t>,
        rule: &super::shape::RuleShape<'c>,
        shape: &'t super::shape::Shape<'c>,
    ) -> bool
    where
        'c: 't,
    {
        let Some(node) = frame.node else { return false };
        let mut slots = Slots::new(node, shape.fields.len());
        for (at, field) in shape.fields.iter().enumerate() {
            let pair = node.find(&field.field.wire);
            if let Some(pair) = pair.filter(|pair| !node.pair_value(*pair).is_null()) {
                slots.set(at, pair);
            }
        }
        let view = super::path::View {
            shape: Some(shape),
            kind: None,
            node,
            slots: &slots,
        };
        self.applies(frame, &view, rule, &mut Tag::default())
    }
}
