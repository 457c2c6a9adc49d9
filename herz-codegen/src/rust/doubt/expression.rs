//! CEL rules asked of a document that is not read yet.
//!
//! A struct evaluates the whole expression. Here only what rules mostly say is asked: presence, values
//! of a list, patterns, and what joins them. Anything else is doubted.

use super::super::literal::int;
use super::super::pattern;
use super::is_text;
use super::path::{AtEnd, Ends, Follow};
use super::place::Place;
use super::verdict::{Binds, Verdict};
use herz_dsl::catalog::{Layer, Literal, PathStep, Type};
use herz_dsl::cel::{Expr, ExprKind, Operator, TextMethod};
use quote::quote;

/// Whether an expression surely has this truth value. None: it can't be said.
pub(super) fn says(
    follow: Follow<'_, '_, '_>,
    this: &Place,
    expr: &Expr,
    wanted: bool,
) -> Option<Verdict> {
    let says = |expr: &Expr, wanted: bool| says(follow, this, expr, wanted);
    match &expr.kind {
        ExprKind::Literal(Literal::Bool(value)) => Some((*value == wanted).into()),
        ExprKind::Not(of) => says(of, !wanted),
        // One operand decides, if the other has no value too.
        ExprKind::Binary(operator @ (Operator::And | Operator::Or), a, b) => {
            let (a, b) = (says(a, wanted)?, says(b, wanted)?);
            Some(if (*operator == Operator::And) == wanted {
                a.and(b)
            } else {
                a.or(b)
            })
        }
        ExprKind::Has(of, field) => {
            let there = follow.seen_by(Layer::Structure).steps(
                this,
                &follow.ty(),
                &below(of, field)?,
                Ends::Any,
                &AtEnd {
                    absent: false,
                    constant: &|_| Some(Verdict::Yes),
                    value: &|_, _| Some(Verdict::Yes),
                },
            )?;
            Some(there.is(wanted))
        }
        ExprKind::In(item, list) => {
            let ExprKind::List(items) = &list.kind else {
                return None;
            };
            let texts: Vec<&str> = items.iter().map(text).collect::<Option<_>>()?;
            at(follow, this, item, &|place, ty| {
                is_text(follow.file, ty).then(|| {
                    let text = place.text(follow.file);
                    Verdict::atom(quote!(matches!(#text, #(#texts)|*))).is(wanted)
                })
            })
        }
        ExprKind::Text(TextMethod::Matches, of, argument) => {
            let known = text(argument)?;
            at(follow, this, of, &|place, ty| {
                is_text(follow.file, ty).then(|| {
                    let text = place.text(follow.file);
                    Verdict::atom(pattern::matches(follow.file, known, &text)).is(wanted)
                })
            })
        }
        ExprKind::Binary(operator, a, b) => {
            let ExprKind::Literal(Literal::Int(limit)) = &b.kind else {
                return None;
            };
            at(follow, this, a, &|place, ty| {
                if !holds(ty, *limit) {
                    return None;
                }
                let (number, limit) = (place.copied(follow.file, ty), int(*limit));
                let compared = match operator {
                    Operator::Equal => quote!(#number == #limit),
                    Operator::NotEqual => quote!(#number != #limit),
                    Operator::Less => quote!(#number < #limit),
                    Operator::LessOrEqual => quote!(#number <= #limit),
                    Operator::Greater => quote!(#number > #limit),
                    Operator::GreaterOrEqual => quote!(#number >= #limit),
                    _ => return None,
                };
                Some(Verdict::If(compared, Binds::Compare).is(wanted))
            })
        }
        _ => None,
    }
}

/// The verdict on the value of a field; no value is none that is sure. Defaults are not said.
fn at(
    follow: Follow<'_, '_, '_>,
    this: &Place,
    of: &Expr,
    value: &dyn Fn(&Place, &Type) -> Option<Verdict>,
) -> Option<Verdict> {
    let ExprKind::Select(of, field) = &of.kind else {
        return None;
    };
    let at = AtEnd {
        absent: false,
        constant: &|_| None,
        value,
    };
    let (path, follow) = (below(of, field)?, follow.seen_by(Layer::Structure));
    follow.steps(this, &follow.ty(), &path, Ends::Any, &at)
}

/// Whether a type is one of whole numbers that has this one.
fn holds(ty: &Type, number: i64) -> bool {
    match ty {
        Type::Int {
            bits: 64,
            signed: true,
            ..
        } => true,
        Type::Int { bits, signed, .. } => {
            let top = 1_i128 << (u32::from(*bits) - u32::from(*signed));
            let bottom = if *signed { -top } else { 0 };
            (bottom..top).contains(&i128::from(number))
        }
        _ => false,
    }
}

/// The path of a field from the object of the rule.
fn below(of: &Expr, field: &str) -> Option<Vec<PathStep>> {
    let mut path = match &of.kind {
        ExprKind::SelfObject => Vec::new(),
        ExprKind::Select(of, field) => below(of, field)?,
        _ => return None,
    };
    path.push(PathStep::Field(field.to_owned()));
    Some(path)
}

fn text(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Literal(Literal::Text(text)) => Some(text),
        _ => None,
    }
}
