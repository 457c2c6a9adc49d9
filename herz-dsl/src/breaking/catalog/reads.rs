//! What a rule reads: which paths, and which values it tells apart there.

use super::value;
use crate::breaking::model::Reads;
use crate::catalog::{Condition, FieldPath, PathStep, Rule, RuleKind, Test};
use crate::cel::{CelType, Expr, ExprKind};
use std::collections::BTreeMap;

pub(super) fn reads(rule: &Rule) -> BTreeMap<FieldPath, Reads> {
    let mut found = Found::default();
    found.conditions(&FieldPath(Vec::new()), &rule.when);
    match &rule.kind {
        RuleKind::Requires { fields, .. }
        | RuleKind::Forbids { fields, .. }
        | RuleKind::Count { fields, .. }
        | RuleKind::Immutable { fields } => {
            for field in fields {
                found.at(field.clone());
            }
        }
        RuleKind::Compare { left, right, .. } => {
            found.any(left.clone());
            found.any(right.clone());
        }
        RuleKind::Unique { list, by } => {
            let item = below(list, PathStep::Each);
            found.any(match by {
                Some(by) => below(&item, PathStep::Field(by.clone())),
                None => item,
            });
        }
        RuleKind::RefersTo { from, to, of } => {
            let is_each = |it: &PathStep| *it == PathStep::Each;
            let until = from.0.iter().position(is_each).map_or(0, |at| at + 1);
            let item = FieldPath(from.0.iter().take(until).cloned().collect());
            found.conditions(&item, of);
            found.any(from.clone());
            found.any(to.clone());
        }
        RuleKind::Acyclic { list, name, edges } => {
            let item = below(list, PathStep::Each);
            let edges = FieldPath([item.0.as_slice(), &edges.0].concat());
            found.any(below(&item, PathStep::Field(name.clone())));
            found.any(edges);
        }
        RuleKind::Cel { expr, .. } => {
            found.expression(expr, &mut Vec::new());
        }
    }
    found.0
}

/// What was found to be read so far.
#[derive(Default)]
struct Found(BTreeMap<FieldPath, Reads>);

/// What the variables of the macros around an expression stand for, if that is part of a document.
type Variables<'e> = Vec<(&'e str, Option<FieldPath>)>;

impl Found {
    fn at(&mut self, path: FieldPath) -> &mut Reads {
        self.0.entry(path).or_default()
    }

    fn any(&mut self, path: FieldPath) {
        self.at(path).any = true;
    }

    fn conditions(&mut self, around: &FieldPath, list: &[Condition]) {
        for condition in list {
            let path = FieldPath([around.0.as_slice(), &condition.field.0].concat());
            let reads = self.at(path);
            match &condition.test {
                Test::In(values) | Test::NotIn(values) => {
                    reads.values.extend(values.iter().map(value));
                }
                Test::Present | Test::Absent | Test::Filled | Test::Empty => {}
            }
        }
    }

    fn expression<'e>(&mut self, expr: &'e Expr, variables: &mut Variables<'e>) {
        if let Some(path) = path(expr, variables) {
            // What is true or false has no other values.
            self.at(path).any |= expr.ty != CelType::Bool;
            return;
        }
        match &expr.kind {
            ExprKind::Literal(_)
            | ExprKind::Duration(_)
            | ExprKind::SelfObject
            | ExprKind::Variable(_) => {}
            ExprKind::Has(of, name) => {
                if let Some(of) = path(of, variables) {
                    self.at(below(&of, PathStep::Field(name.clone())));
                } else {
                    self.expression(of, variables);
                }
            }
            ExprKind::Binary(_, a, b) => {
                for (one, other) in [(a, b), (b, a)] {
                    match (path(one, variables), &other.kind) {
                        (Some(path), ExprKind::Literal(named)) => {
                            self.at(path).values.insert(value(named));
                        }
                        _ => self.expression(one, variables),
                    }
                }
            }
            ExprKind::Select(of, _)
            | ExprKind::Magnitude(_, of)
            | ExprKind::Not(of)
            | ExprKind::Negate(of)
            | ExprKind::Size(of) => self.expression(of, variables),
            ExprKind::Index(a, b) | ExprKind::In(a, b) | ExprKind::Text(_, a, b) => {
                self.expression(a, variables);
                self.expression(b, variables);
            }
            ExprKind::Conditional(a, b, c) => {
                for part in [a, b, c] {
                    self.expression(part, variables);
                }
            }
            ExprKind::List(items) => {
                for item in items {
                    self.expression(item, variables);
                }
            }
            ExprKind::Macro {
                range,
                variable,
                body,
                ..
            } => {
                self.expression(range, variables);
                let item = path(range, variables).map(|it| below(&it, PathStep::Each));
                variables.push((variable, item));
                self.expression(body, variables);
                variables.pop();
            }
        }
    }
}

/// The part of a document that an expression is. A single entry stands for all of them.
fn path(expr: &Expr, variables: &Variables<'_>) -> Option<FieldPath> {
    match &expr.kind {
        ExprKind::SelfObject => Some(FieldPath(Vec::new())),
        ExprKind::Variable(name) => {
            let found = variables.iter().rev().find(|(it, _)| it == name);
            found.and_then(|(_, path)| path.clone())
        }
        ExprKind::Select(of, name) => {
            Some(below(&path(of, variables)?, PathStep::Field(name.clone())))
        }
        ExprKind::Index(of, _) => Some(below(&path(of, variables)?, PathStep::Each)),
        ExprKind::Magnitude(_, of) => path(of, variables),
        _ => None,
    }
}

fn below(path: &FieldPath, step: PathStep) -> FieldPath {
    let mut longer = path.clone();
    longer.0.push(step);
    longer
}
