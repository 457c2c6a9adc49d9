//! Rules across fields: requires, forbids, exactlyOneOf and its kin, compare, cel.

use super::limit::shown;
use super::object::Slots;
use super::path::{Leaf, Owner, applies, walk};
use super::place::Place;
use super::{Context, Flags};
use crate::codes::{self, Code};
use crate::message;
use crate::scalar::Magnitude;
use crate::table::{Compare, FieldPath, Lasting, Rule, RuleKind};
use crate::view::{Object, View};
use crate::{Level, Path};
use std::cmp::Ordering;

impl Context {
    /// Judges an object by those of its rules that are in doubt.
    pub(super) fn rules(
        &mut self,
        place: &Place<'_>,
        object: &dyn Object,
        slots: &Slots<'_>,
        flags: Flags,
        doubted: impl Fn(usize) -> bool,
    ) {
        let owner = Owner {
            place,
            table: object.table(),
            slots,
        };
        for (index, rule) in owner.table.rules.iter().enumerate() {
            if !doubted(index) || !applies(owner, rule.when, rule.layer) {
                continue;
            }
            let level = flags.level(rule.level, rule.layer);
            match &rule.kind {
                RuleKind::Requires { fields, filled } => {
                    self.each(owner, rule, fields, codes::REQUIRES, level, |leaf, name| {
                        (!leaf.is_there(*filled)).then(|| {
                            if *filled {
                                message::requires_filled(name, rule.when_words)
                            } else {
                                message::requires(name, rule.when_words)
                            }
                        })
                    });
                }
                RuleKind::Forbids { fields, filled } => {
                    self.each(
                        owner,
                        rule,
                        fields,
                        codes::FORBIDDEN,
                        level,
                        |leaf, name| {
                            leaf.is_there(*filled)
                                .then(|| message::forbidden(name, rule.when_words))
                        },
                    );
                }
                RuleKind::Count {
                    fields,
                    min,
                    at_most_one,
                    filled,
                } => {
                    self.count(owner, rule, fields, (*min, *at_most_one, *filled), level);
                }
                RuleKind::Compare { left, op, right } => {
                    self.compare(owner, rule, (left, *op, right), level, flags);
                }
                RuleKind::Unique { list, by } => self.unique(owner, rule, list, *by, level, flags),
                RuleKind::RefersTo { from, to, of } => {
                    self.refers_to(owner, rule, from, to, of, level, flags);
                }
                RuleKind::Acyclic { list, name, edges } => {
                    self.acyclic(owner, rule, list, name, edges, level);
                }
                RuleKind::Immutable { .. } => {}
                RuleKind::Cel { source, at } => {
                    if object.rule(index) == Some(false) {
                        self.cel(owner, rule, source, at, level);
                    }
                }
            }
        }
    }

    /// Looks at every end of every path.
    fn each(
        &mut self,
        owner: Owner<'_, '_>,
        rule: &'static Rule,
        paths: &'static [FieldPath],
        code: Code,
        level: Level,
        judge: impl Fn(&Leaf<'_, '_>, &str) -> Option<String>,
    ) {
        for path in paths {
            walk(owner, path, rule.layer, &mut |leaf| {
                if let Some(message) = judge(leaf, &path.to_string()) {
                    self.push(leaf.place, code, level, said(rule, || message));
                }
            });
        }
    }

    /// So many of several fields.
    fn count(
        &mut self,
        owner: Owner<'_, '_>,
        rule: &'static Rule,
        fields: &'static [FieldPath],
        (min, at_most_one, filled): (u8, bool, bool),
        level: Level,
    ) {
        // The first end of each path at which something is.
        let there: Vec<(&FieldPath, Path)> = fields
            .iter()
            .filter_map(|path| {
                let mut place = None;
                walk(owner, path, rule.layer, &mut |leaf| {
                    if place.is_none() && leaf.is_there(filled) {
                        place = Some(leaf.place.path());
                    }
                });
                Some((path, place?))
            })
            .collect();
        let too_few = there.len() < usize::from(min);
        let too_many = at_most_one && there.len() > 1;
        if !too_few && !too_many {
            return;
        }
        let (code, demand) = match (min, at_most_one) {
            (0, _) => (codes::AT_MOST_ONE_OF, "at most one of"),
            (_, false) => (codes::AT_LEAST_ONE_OF, "at least one of"),
            (_, true) => (codes::EXACTLY_ONE_OF, "exactly one of"),
        };
        let message = said(rule, || {
            let names: Vec<String> = fields.iter().map(ToString::to_string).collect();
            let found: Vec<String> = there.iter().map(|(path, _)| path.to_string()).collect();
            message::count(
                demand,
                &names.iter().map(String::as_str).collect::<Vec<_>>(),
                &found.iter().map(String::as_str).collect::<Vec<_>>(),
                rule.when_words,
            )
        });
        // The second one is where the mistake was made.
        let path = match there.get(1) {
            Some((_, second)) if !too_few => second.clone(),
            _ => owner.place.path(),
        };
        self.found.push(crate::Violation {
            code,
            level,
            path,
            message,
        });
    }

    /// Two fields of one magnitude.
    fn compare(
        &mut self,
        owner: Owner<'_, '_>,
        rule: &'static Rule,
        (left, op, right): (&FieldPath, Compare, &FieldPath),
        level: Level,
        flags: Flags,
    ) {
        let mut other = None;
        walk(owner, right, rule.layer, &mut |leaf| {
            if other.is_none() {
                other = Side::of(leaf, flags);
            }
        });
        let Some(other) = other else { return };
        let mut found: Option<(Path, String)> = None;
        walk(owner, left, rule.layer, &mut |leaf| {
            let Some(side) = Side::of(leaf, flags) else {
                return;
            };
            if side.compare(&other).is_none_or(|order| holds(op, order)) {
                return;
            }
            let message = said(rule, || {
                message::compare(
                    &left.to_string(),
                    side.shown.as_deref(),
                    relation(op),
                    &right.to_string(),
                    other.shown.as_deref(),
                    rule.when_words,
                )
            });
            found = Some((leaf.place.path(), message));
        });
        if let Some((path, message)) = found {
            self.found.push(crate::Violation {
                code: codes::COMPARE,
                level,
                path,
                message,
            });
        }
    }

    /// A CEL rule that does not hold.
    fn cel(
        &mut self,
        owner: Owner<'_, '_>,
        rule: &'static Rule,
        source: &str,
        at: &'static [FieldPath],
        level: Level,
    ) {
        let message = said(rule, || message::cel(rule.name, source));
        // The first field that the rule points at carries the finding.
        let mut path = None;
        for field in at {
            walk(owner, field, rule.layer, &mut |leaf| {
                path.get_or_insert_with(|| leaf.place.path());
            });
        }
        let path = path.unwrap_or_else(|| owner.place.path());
        self.found.push(crate::Violation {
            code: codes::CEL,
            level,
            path,
            message,
        });
    }

    /// A fault that lasts and that nothing ends.
    pub(super) fn lasting(
        &mut self,
        place: &Place<'_>,
        object: &dyn Object,
        slots: &Slots<'_>,
        lasting: &'static Lasting,
    ) {
        let spec = object.table().position("spec").and_then(|at| slots.get(at));
        if !spec.is_some_and(|spec| spec.is_present()) {
            return;
        }
        let once = lasting.one_shot.as_ref().is_some_and(|(tag, values)| {
            written(object, tag)
                .text()
                .is_some_and(|text| values.contains(&text))
        });
        if once || written(object, &lasting.duration).is_filled() {
            return;
        }
        let name = FieldPath(lasting.duration.0.get(1..).unwrap_or_default()).to_string();
        let path = place.path().key("spec").key(name.clone());
        let message = message::no_end(&name);
        self.found.push(crate::Violation {
            code: codes::NO_END,
            level: Level::Warning,
            path,
            message,
        });
    }
}

/// What is written at a path, defaults left out.
fn written<'a>(object: &'a dyn Object, path: &FieldPath) -> View<'a> {
    path.0
        .iter()
        .fold(View::Object(object), |view, name| match view {
            View::Object(object) => object
                .table()
                .position(name)
                .map_or(View::Absent, |at| object.field(at)),
            _ => View::Absent,
        })
}

/// The rule's own message or the generic one.
pub(super) fn said(rule: &'static Rule, generic: impl FnOnce() -> String) -> String {
    rule.message.map_or_else(generic, str::to_owned)
}

/// One side of a comparison.
struct Side<'a> {
    amount: Amount<'a>,
    shown: Option<String>,
}

enum Amount<'a> {
    Magnitude(Magnitude),
    Text(&'a str),
}

impl<'a> Side<'a> {
    fn of(leaf: &Leaf<'_, 'a>, flags: Flags) -> Option<Self> {
        if matches!(leaf.view, View::Absent) {
            return None;
        }
        let amount = match leaf.magnitude() {
            Some(Magnitude::None) | None => Amount::Text(leaf.view.text()?),
            Some(magnitude) => Amount::Magnitude(magnitude),
        };
        let hidden = flags.sensitive || leaf.sensitive;
        let shown = shown(leaf.view)
            .filter(|_| !hidden)
            .map(std::borrow::Cow::into_owned);
        Some(Self { amount, shown })
    }

    /// None for what can't be compared, such as a malformed text.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.amount, &other.amount) {
            (Amount::Magnitude(a), Amount::Magnitude(b)) => a.compare(*b),
            (Amount::Text(a), Amount::Text(b)) => Some(a.cmp(b)),
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

/// A relation in words.
fn relation(op: Compare) -> &'static str {
    match op {
        Compare::Less => "less than",
        Compare::LessOrEqual => "at most",
        Compare::Greater => "greater than",
        Compare::GreaterOrEqual => "at least",
        Compare::Equal => "equal to",
        Compare::NotEqual => "different from",
    }
}
