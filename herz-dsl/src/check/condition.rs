//! `when:` of rules, and of the items that `refersTo` looks at.

use super::path::{Leaf, Value, View};
use super::report::Frame;
use super::shape::{RuleShape, Shapes};
use crate::catalog::{Condition, Layer, Test, Type};

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

    fn see(&mut self, value: Option<Value<'_>>) {
        let Some(value) = value else { return };
        self.hit |= match self.test {
            Test::In(literals) | Test::NotIn(literals) => {
                literals.iter().any(|one| value.equals(one))
            }
            Test::Present | Test::Absent => true,
            Test::Filled | Test::Empty => value.is_filled(),
        };
    }

    fn holds(&self) -> bool {
        match self.test {
            Test::In(_) | Test::Present | Test::Filled => self.hit,
            Test::NotIn(_) | Test::Absent | Test::Empty => !self.hit,
        }
    }
}

impl<'c> Shapes<'c> {
    /// Whether all conditions of a rule hold.
    pub(super) fn applies<'t>(
        &'t self,
        frame: &Frame<'_>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
    ) -> bool
    where
        'c: 't,
    {
        rule.when.iter().all(|(path, condition)| {
            let mut verdict = Verdict::new(&condition.test);
            if view.is_direct(path) {
                verdict.see(view.direct(path, rule.rule.layer));
                return verdict.holds();
            }
            self.walk(frame, view, path, rule.rule.layer, &mut |leaf| {
                verdict.see(leaf.value);
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
                verdict.see(leaf.value);
            });
            verdict.holds()
        })
    }
}
