//! Rules that say nothing, whatever is written: `requires: [a], when: { a: present }`. Whether such a rule is there
//! changes no verdict.

use crate::catalog::{Condition, FieldPath, Literal, PathStep, Rule, RuleKind, Test};

/// Whether no object breaks a rule, since it holds where its conditions do.
pub(super) fn says_nothing(rule: &Rule) -> bool {
    let all = |fields: &[FieldPath], known: Known, filled: bool| {
        let is_known = |it: &FieldPath| known_of(it, &rule.when, filled) == Some(known);
        fields.iter().filter(|it| is_known(it)).count()
    };
    match &rule.kind {
        RuleKind::Requires { fields, filled } => all(fields, Known::There, *filled) == fields.len(),
        RuleKind::Forbids { fields, filled } => all(fields, Known::Absent, *filled) == fields.len(),
        RuleKind::Count {
            fields,
            min,
            at_most_one,
            filled,
        } => {
            let most = fields.len() - all(fields, Known::Absent, *filled);
            let is_enough = all(fields, Known::There, *filled) >= usize::from(*min);
            is_enough && (!at_most_one || most <= 1)
        }
        RuleKind::Compare { .. }
        | RuleKind::Unique { .. }
        | RuleKind::RefersTo { .. }
        | RuleKind::Acyclic { .. }
        | RuleKind::Immutable { .. }
        | RuleKind::Cel { .. } => false,
    }
}

/// What conditions say of a field where they hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    There,
    Absent,
}

/// What is known of a field of the object itself, if only filled ones count as there or all do.
fn known_of(path: &FieldPath, when: &[Condition], filled: bool) -> Option<Known> {
    let [PathStep::Field(_)] = path.0.as_slice() else {
        // Of what is deeper there may be several or none.
        return None;
    };
    let tests = when.iter().filter(|it| it.field == *path);
    tests.map(|it| &it.test).find_map(|test| match test {
        Test::Filled => Some(Known::There),
        Test::Present => (!filled).then_some(Known::There),
        Test::Absent => Some(Known::Absent),
        Test::Empty => filled.then_some(Known::Absent),
        Test::In(values) => {
            let there = |it: &Literal| *it != Literal::Null && !(filled && it.is_empty());
            values.iter().all(there).then_some(Known::There)
        }
        Test::NotIn(_) => None,
    })
}
