//! What an expression may cost an API server at worst.
//!
//! The server counts a step for each operation, a loop as often as its list may have items, and a
//! tenth of a step for each character that is compared or searched. Lists and texts have limits
//! here: without, [`herz_dsl::cel::unbounded`] has refused the rule.

use crate::target::View;
use herz_dsl::catalog::{Constraint, ConstraintKind, Type, TypeBody};
use herz_dsl::cel::{CelType, Expr, ExprKind, MacroKind};

/// What a server allows for one rule, all places of the schema where it stands together.
pub(super) const MOST: u64 = 10_000_000;

/// What is taken for the size of something computed.
const COMPUTED: u64 = 1_000;

/// The steps that an expression may take.
pub(super) fn estimate(expr: &Expr, view: &View<'_>) -> u64 {
    let of = |expr: &Expr| estimate(expr, view);
    let all = |parts: &[&Expr]| {
        parts
            .iter()
            .map(|part| of(part))
            .fold(1, u64::saturating_add)
    };
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Duration(_)
        | ExprKind::SelfObject
        | ExprKind::Variable(_) => 0,
        ExprKind::Select(inner, _)
        | ExprKind::Has(inner, _)
        | ExprKind::Magnitude(_, inner)
        | ExprKind::Not(inner)
        | ExprKind::Negate(inner)
        | ExprKind::Size(inner) => all(&[inner]),
        ExprKind::Index(a, b) => all(&[a, b]),
        ExprKind::Binary(_, a, b) => {
            let text = a.ty == CelType::String && b.ty == CelType::String;
            let read = if text {
                most(a, view).min(most(b, view)) / 10
            } else {
                0
            };
            all(&[a, b]).saturating_add(read)
        }
        ExprKind::Text(_, a, b) => {
            let read = most(a, view).saturating_mul(most(b, view).max(1)) / 10;
            all(&[a, b]).saturating_add(read)
        }
        ExprKind::In(a, b) => all(&[a, b]).saturating_add(most(b, view)),
        ExprKind::Conditional(a, b, c) => all(&[a, b, c]),
        ExprKind::List(items) => all(&items.iter().collect::<Vec<_>>()),
        ExprKind::Macro {
            kind, range, body, ..
        } => {
            let each = match kind {
                MacroKind::Map | MacroKind::Filter => 3,
                MacroKind::All | MacroKind::Exists | MacroKind::ExistsOne => 2,
            };
            let body = of(body).saturating_add(each);
            of(range).saturating_add(most(range, view).saturating_mul(body))
        }
    }
}

/// The most entries of a list or map, or characters of a text.
fn most(expr: &Expr, view: &View<'_>) -> u64 {
    match &expr.kind {
        ExprKind::Literal(herz_dsl::catalog::Literal::Text(text)) => text.len() as u64,
        ExprKind::List(items) => items.len() as u64,
        ExprKind::Select(of, name) => {
            let CelType::Object(id) = &of.ty else {
                return COMPUTED;
            };
            let Some(TypeBody::Object(object)) = view.get(*id).map(|def| &def.body) else {
                return COMPUTED;
            };
            let field = object.fields.iter().find(|field| field.wire == *name);
            field.map_or(COMPUTED, |field| limit(&field.ty, &field.constraints, view))
        }
        ExprKind::Macro {
            kind: MacroKind::Filter | MacroKind::Map,
            range,
            ..
        } => most(range, view),
        _ => COMPUTED,
    }
}

fn limit(ty: &Type, constraints: &[Constraint], view: &View<'_>) -> u64 {
    let own = constraints.iter().find_map(|one| match one.kind {
        ConstraintKind::Items { max, .. } | ConstraintKind::Length { max, .. } => max,
        _ => None,
    });
    if let Some(own) = own {
        return own;
    }
    let Type::Ref(id) = ty else { return COMPUTED };
    match view.get(*id).map(|def| &def.body) {
        Some(TypeBody::Refined(inner, constraints)) => limit(inner, constraints, view),
        Some(TypeBody::Enum(one)) => one
            .values
            .iter()
            .map(|value| value.value.len() as u64)
            .max()
            .unwrap_or(0),
        _ => COMPUTED,
    }
}
