//! `when:` of rules, and of the items that `refersTo` looks at.

use super::path::{Leaf, Value, View};
use super::report::Frame;
use super::shape::{Gate, RuleShape, Shapes};
use crate::catalog::{Condition, Layer, Test, Type};
use crate::digest::same;
use crate::tree::Node;

/// Whether a condition holds, as one end of its path after the other comes in.
struct Verdict<'a> {
    test: &'a Test,
    /// Whether some end was there, filled or equal, as the test asks.
    hit: bool,
}

impl<'a> Verdict<'a> {
    fn new(test: &'a Test) -> Self {
        Self { test, hit: false }
    }

    fn see(&mut self, shapes: &Shapes<'_>, value: Option<Value<'_>>, ty: Option<&Type>) {
        let Some(value) = value else { return };
        self.hit |= match self.test {
            Test::In(literals) | Test::NotIn(literals) => value.is_one_of(literals),
            Test::Present | Test::Absent => true,
            Test::Filled | Test::Empty => value.is_filled(shapes, ty),
        };
    }

    fn holds(&self) -> bool {
        match self.test {
            Test::In(_) | Test::Present | Test::Filled => self.hit,
            Test::NotIn(_) | Test::Absent | Test::Empty => !self.hit,
        }
    }
}

/// The text of the field that the rules of an object ask for, one rule after the other.
#[derive(Default)]
pub(super) struct Tag<'t> {
    known: Option<(usize, Option<&'t str>)>,
}

impl<'t> Tag<'t> {
    fn opens(&mut self, gate: &Gate<'_>, view: &View<'_, 't, '_>) -> bool {
        let text = match self.known {
            Some((field, text)) if field == gate.field => text,
            _ => {
                let text = view.slots.value(gate.field).and_then(Node::text);
                self.known = Some((gate.field, text));
                text
            }
        };
        text.is_some_and(|text| gate.texts.iter().any(|one| same(one, text)))
    }
}

impl<'c> Shapes<'c> {
    /// Whether all conditions of a rule hold.
    pub(super) fn applies<'t>(
        &'t self,
        frame: &Frame<'_>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        tag: &mut Tag<'t>,
    ) -> bool
    where
        'c: 't,
    {
        if rule
            .gate
            .as_ref()
            .is_some_and(|gate| !tag.opens(gate, view))
        {
            return false;
        }
        rule.when.iter().all(|(path, condition)| {
            let mut verdict = Verdict::new(&condition.test);
            if view.is_direct(path) {
                let (value, ty) = view.direct(self, path, rule.rule.layer).unzip();
                verdict.see(self, value, ty.flatten());
                return verdict.holds();
            }
            self.walk(frame, view, path, rule.rule.layer, &mut |leaf| {
                verdict.see(self, leaf.value, leaf.ty);
            });
            verdict.holds()
        })
    }

    /// Whether all conditions hold for one value; their paths start at it.
    pub(super) fn fulfils<'t>(
        &'t self,
        value: Value<'t>,
        ty: Option<&'t Type>,
        conditions: &'c [Condition],
        layer: Layer,
        frame: &Frame<'_>,
    ) -> bool
    where
        'c: 't,
    {
        conditions.iter().all(|condition| {
            let mut verdict = Verdict::new(&condition.test);
            let from = Leaf {
                frame,
                value: Some(value),
                ty,
                sensitive: false,
            };
            self.steps(from, &condition.field.0, layer, &mut |leaf| {
                verdict.see(self, leaf.value, leaf.ty);
            });
            verdict.holds()
        })
    }
}
