//! Which optional fields are known to be there, from the `has()` that stand in front.

use crate::catalog::{Life, Literal};
use crate::cel::ast::{Ast, AstKind};
use crate::cel::print::unescape_name;
use crate::cel::{Operator, Style, print_ast};
use std::collections::BTreeSet;

/// Fields that are there, as canonical text.
pub(super) type Facts = BTreeSet<String>;

/// The key of `of.field` in [`Facts`]; one key for both spellings of an escaped name.
pub(super) fn key(of: &Ast, field: &str) -> String {
    format!("{}.{}", print_ast(of, Style::Cel), unescape_name(field))
}

/// What is known where `ast` gave `outcome`; none: it never does.
pub(super) fn facts(ast: &Ast, outcome: bool) -> Option<Facts> {
    match &ast.kind {
        AstKind::Literal(Literal::Bool(value)) => (*value == outcome).then(Facts::new),
        AstKind::Has(of, field) if outcome => Some(Facts::from([key(of, &field.text)])),
        AstKind::Not(of) => facts(of, !outcome),
        // Both have the outcome (`a && b` is true, `a || b` is false), or at least one has it.
        AstKind::Binary(op @ (Operator::And | Operator::Or), a, b) => {
            let (a_facts, b_facts) = (facts(a, outcome), facts(b, outcome));
            if (*op == Operator::And) == outcome {
                both(a_facts, b_facts)
            } else {
                // The right side counts only where the left one had the other outcome.
                either(a_facts, both(facts(a, !outcome), b_facts))
            }
        }
        AstKind::Conditional(condition, yes, no) => either(
            both(facts(condition, true), facts(yes, outcome)),
            both(facts(condition, false), facts(no, outcome)),
        ),
        _ => Some(Facts::new()),
    }
}

fn both(a: Option<Facts>, b: Option<Facts>) -> Option<Facts> {
    let (mut a, b) = (a?, b?);
    a.extend(b);
    Some(a)
}

fn either(a: Option<Facts>, b: Option<Facts>) -> Option<Facts> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.intersection(&b).cloned().collect()),
        (a, b) => a.or(b),
    }
}

/// Whether every release of `wanted` is in one of `lives`.
pub(super) fn covers<'a>(lives: &(impl Iterator<Item = &'a Life> + Clone), wanted: &Life) -> bool {
    let mut from = wanted.since.clone();
    loop {
        let next = lives.clone().find(|life| {
            let started = life.since.is_none() || life.since <= from;
            started
                && life
                    .until
                    .as_ref()
                    .is_none_or(|until| from.as_ref() < Some(until))
        });
        let Some(life) = next else { return false };
        let Some(until) = &life.until else {
            return true;
        };
        if wanted.until.as_ref().is_some_and(|wanted| wanted <= until) {
            return true;
        }
        from = Some(until.clone());
    }
}
