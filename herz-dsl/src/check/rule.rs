//! Rules across fields: requires, forbids, exactlyOneOf and its kin, compare, cel. Rules over lists
//! stand in [`super::list_rule`]; `immutable` is about updates and stands in [`super::update`].

use super::MOST_FINDINGS;
use super::condition::Tag;
use super::context::{Context, Flags};
use super::path::{Leaf, View};
use super::report::{At, Frame, finding};
use super::shape::{PathShape, RuleShape, level};
use super::words;
use crate::catalog::{Compare, FieldPath, RuleKind};
use crate::diagnostic::{Diagnostic, Level};
use herz_types::codes::{self, Code};
use herz_types::message;
use herz_types::scalar::Magnitude;
use std::cmp::Ordering;

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Judges an object by its rules.
    pub(super) fn rules(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rules: &'t [RuleShape<'c>],
        flags: Flags,
    ) {
        let checker = self.checker;
        let shapes = &checker.shapes;
        let mut tag = Tag::default();
        for rule in rules {
            if !checker.shapes.applies(frame, view, rule, &mut tag) {
                continue;
            }
            let level = level(rule.rule.level, rule.rule.layer, flags.advice);
            match &rule.rule.kind {
                RuleKind::Requires { filled, .. } => {
                    self.each_leaf(frame, view, rule, (*filled, false), |leaf, name| {
                        (!leaf.is_there(shapes, *filled)).then(|| {
                            let text = words::about_field(rule.rule, &name.to_string());
                            finding(leaf.frame, At::Value, codes::REQUIRES, level, text)
                        })
                    });
                }
                RuleKind::Forbids { filled, .. } => {
                    self.each_leaf(frame, view, rule, (*filled, true), |leaf, name| {
                        (leaf.is_there(shapes, *filled)).then(|| {
                            let text = words::about_field(rule.rule, &name.to_string());
                            finding(leaf.frame, At::Key, codes::FORBIDDEN, level, text)
                        })
                    });
                }
                RuleKind::Count {
                    min,
                    at_most_one,
                    filled,
                    ..
                } => {
                    self.count(frame, view, rule, (*min, *at_most_one, *filled), level);
                }
                RuleKind::Compare { op, .. } => self.compare(frame, view, rule, *op, level, flags),
                RuleKind::Unique { by, .. } => {
                    self.unique(frame, view, rule, by.as_deref(), level, flags);
                }
                RuleKind::RefersTo { from, of, .. } => {
                    self.refers_to(frame, view, rule, from, of, level, flags);
                }
                RuleKind::Acyclic { name, edges, .. } => {
                    self.acyclic(frame, view, rule, name, edges, level);
                }
                RuleKind::Immutable { .. } => {}
                RuleKind::Cel { expr, .. } => self.cel(frame, view, rule, expr, level),
            }
        }
    }

    /// Looks at every end of every path of a rule.
    fn each_leaf(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        (filled, bad_if_there): (bool, bool),
        judge: impl Fn(&Leaf<'_, 't>, &FieldPath) -> Option<Diagnostic>,
    ) {
        let shapes = &self.checker.shapes;
        for path in &rule.paths {
            if view.is_direct(path) {
                let there = view.has(shapes, path, rule.rule.layer, filled);
                if there != bad_if_there {
                    continue;
                }
            }
            let mut found = Vec::new();
            shapes.walk(frame, view, path, rule.rule.layer, &mut |leaf| {
                if found.len() < MOST_FINDINGS {
                    found.extend(judge(leaf, path.path));
                }
            });
            for diagnostic in found {
                self.push(ruled(diagnostic, rule));
            }
        }
    }

    /// So many of several fields.
    fn count(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        (min, at_most_one, filled): (u8, bool, bool),
        level: Level,
    ) {
        let shapes = &self.checker.shapes;
        let layer = rule.rule.layer;
        let is_there = |path: &PathShape<'c>| {
            if view.is_direct(path) {
                return view.has(shapes, path, layer, filled);
            }
            let mut there = false;
            shapes.walk(frame, view, path, layer, &mut |leaf| {
                there |= leaf.is_there(shapes, filled);
            });
            there
        };
        let wanted = if at_most_one { 2 } else { usize::from(min) };
        let count = rule
            .paths
            .iter()
            .filter(|path| is_there(path))
            .take(wanted)
            .count();
        let too_few = count < usize::from(min);
        let too_many = at_most_one && count > 1;
        if !too_few && !too_many {
            return;
        }
        let there: Vec<&PathShape<'c>> = rule.paths.iter().filter(|path| is_there(path)).collect();
        let names: Vec<String> = rule
            .paths
            .iter()
            .map(|path| path.path.to_string())
            .collect();
        let found: Vec<String> = there.iter().map(|path| path.path.to_string()).collect();
        let text = rule.rule.message.clone().unwrap_or_else(|| {
            message::count(
                words::demand(min, at_most_one),
                &names.iter().map(String::as_str).collect::<Vec<_>>(),
                &found.iter().map(String::as_str).collect::<Vec<_>>(),
                &words::when(&rule.rule.when),
            )
        });
        let code = count_code(min, at_most_one);
        let diagnostic = match (there.first(), there.get(1)) {
            (Some(first), Some(second)) if !too_few => {
                // The second one is where the mistake was made; the first belongs to it.
                let mut place = None;
                shapes.walk(frame, view, first, layer, &mut |leaf| {
                    place = place.or(finding(leaf.frame, At::Key, code, level, String::new()).span);
                });
                let mut one = None;
                shapes.walk(frame, view, second, layer, &mut |leaf| {
                    if one.is_none() && leaf.is_there(shapes, filled) {
                        one = Some(finding(leaf.frame, At::Key, code, level, text.clone()));
                    }
                });
                let Some(one) = one else { return };
                match place {
                    Some(span) => one.related(span, "not together with this"),
                    None => one,
                }
            }
            _ => finding(frame, At::Key, code, level, text),
        };
        self.push(ruled(diagnostic, rule));
    }

    /// Two fields of one magnitude.
    fn compare(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        op: Compare,
        level: Level,
        flags: Flags,
    ) {
        let [left, right] = rule.paths.as_slice() else {
            return;
        };
        let shapes = &self.checker.shapes;
        let layer = rule.rule.layer;
        // What one side is: its magnitude or text, and how it is shown.
        let side = |leaf: &Leaf<'_, 't>| {
            let value = leaf.value?;
            let amount = match shapes.magnitude(value, leaf.ty) {
                Some(Magnitude::None) | None => Amount::Text(value.text()?),
                Some(magnitude) => Amount::Magnitude(magnitude),
            };
            let shown = value
                .shown()
                .filter(|_| !flags.sensitive && !leaf.sensitive);
            Some((amount, shown))
        };
        let mut other = None;
        shapes.walk(frame, view, right, layer, &mut |leaf| {
            other = other.take().or_else(|| side(leaf));
        });
        let Some((right_amount, right_shown)) = other else {
            return;
        };
        let mut found = None;
        shapes.walk(frame, view, left, layer, &mut |leaf| {
            let Some((amount, shown)) = side(leaf) else {
                return;
            };
            if amount
                .compare(&right_amount)
                .is_none_or(|order| holds(op, order))
            {
                return;
            }
            let text = rule.rule.message.clone().unwrap_or_else(|| {
                message::compare(
                    &left.path.to_string(),
                    shown.as_deref(),
                    words::relation(op),
                    &right.path.to_string(),
                    right_shown.as_deref(),
                    &words::when(&rule.rule.when),
                )
            });
            found = Some(finding(leaf.frame, At::Value, codes::COMPARE, level, text));
        });
        if let Some(found) = found {
            self.push(ruled(found, rule));
        }
    }
}

/// What a comparison compares.
#[derive(Debug, Clone, Copy)]
enum Amount<'t> {
    Magnitude(Magnitude),
    Text(&'t str),
}

impl Amount<'_> {
    /// None for what can't be compared, such as a malformed text.
    fn compare(self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Magnitude(a), Self::Magnitude(b)) => a.compare(*b),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

fn holds(op: Compare, order: Ordering) -> bool {
    match op {
        Compare::Less => order.is_lt(),
        Compare::LessOrEqual => order.is_le(),
        Compare::Greater => order.is_gt(),
        Compare::GreaterOrEqual => order.is_ge(),
        Compare::Equal => order.is_eq(),
        Compare::NotEqual => order.is_ne(),
    }
}

/// The code of a rule that counts fields.
pub(super) fn count_code(min: u8, at_most_one: bool) -> Code {
    match (min, at_most_one) {
        (0, _) => codes::AT_MOST_ONE_OF,
        (_, false) => codes::AT_LEAST_ONE_OF,
        (_, true) => codes::EXACTLY_ONE_OF,
    }
}

/// A finding with the rule's name, for those who look it up.
pub(super) fn ruled(found: Diagnostic, rule: &RuleShape<'_>) -> Diagnostic {
    if rule.rule.name.is_empty() {
        found
    } else {
        found.help(format!("rule: {}", rule.rule.name))
    }
}
