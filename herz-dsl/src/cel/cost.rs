//! What an API server cannot bound: it refuses a rule whose cost it would have to guess.

use super::ast::Range;
use super::{Expr, ExprKind, TextMethod, Types};
use crate::catalog::{Constraint, ConstraintKind, Layer, Type, TypeBody};

/// Places where a rule walks over a list or map without `items`, or searches a text without
/// `length`: each with what to add to the schema.
///
/// An API server estimates what a rule costs at worst from the schema's limits alone, and takes
/// the greatest possible size where there is none. Only limits of the structure count.
pub fn unbounded(expr: &Expr, types: &dyn Types) -> Vec<(Range, String)> {
    let mut found = Vec::new();
    visit(expr, types, &mut Vec::new(), &mut found);
    found.sort();
    found.dedup();
    found
}

/// Where a value comes from: its type and limits, and its path for messages.
#[derive(Clone)]
struct Origin {
    ty: Type,
    limits: Vec<Constraint>,
    path: String,
}

/// Variables of the macros around an expression; none: computed items.
type Variables = Vec<(String, Option<Origin>)>;

fn visit(
    expr: &Expr,
    types: &dyn Types,
    variables: &mut Variables,
    found: &mut Vec<(Range, String)>,
) {
    let mut all = |parts: &[&Expr]| {
        for part in parts {
            visit(part, types, variables, found);
        }
    };
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Duration(_)
        | ExprKind::SelfObject
        | ExprKind::Variable(_) => {}
        ExprKind::Select(of, _)
        | ExprKind::Has(of, _)
        | ExprKind::Magnitude(_, of)
        | ExprKind::Not(of)
        | ExprKind::Negate(of)
        | ExprKind::Size(of) => all(&[of]),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => all(&[a, b]),
        ExprKind::Conditional(a, b, c) => all(&[a, b, c]),
        ExprKind::List(items) => all(&items.iter().collect::<Vec<_>>()),
        ExprKind::In(item, container) => {
            all(&[item, container]);
            items(container, types, variables, found);
        }
        ExprKind::Text(method, of, argument) => {
            all(&[of, argument]);
            // A start or end is as long as the constant that is looked for.
            if matches!(method, TextMethod::Contains | TextMethod::Matches) {
                text(of, types, variables, found);
            }
        }
        ExprKind::Macro {
            range,
            variable,
            body,
            ..
        } => {
            all(&[range]);
            items(range, types, variables, found);
            // The variable is a list's item, but a map's key.
            let list = origin(range, types, variables).filter(|of| matches!(of.ty, Type::List(_)));
            let item = list.and_then(|list| inside(&list, types));
            variables.push((variable.clone(), item));
            visit(body, types, variables, found);
            variables.pop();
        }
    }
}

fn items(of: &Expr, types: &dyn Types, variables: &Variables, found: &mut Vec<(Range, String)>) {
    let Some(origin) = origin(of, types, variables) else {
        return;
    };
    if !bounded(&origin, |kind| {
        matches!(kind, ConstraintKind::Items { max: Some(_), .. })
    }) {
        found.push((
            of.range,
            format!(
                "`{}` may have any number of entries: give it a limit such as `items: ..16`",
                origin.path
            ),
        ));
    }
}

fn text(of: &Expr, types: &dyn Types, variables: &Variables, found: &mut Vec<(Range, String)>) {
    let Some(origin) = origin(of, types, variables) else {
        return;
    };
    let named = matches!(&origin.ty, Type::Ref(id) if matches!(types.get(*id).map(|def| &def.body), Some(TypeBody::Enum(_))));
    if !named
        && !bounded(&origin, |kind| {
            matches!(kind, ConstraintKind::Length { max: Some(_), .. })
        })
    {
        found.push((
            of.range,
            format!(
                "`{}` may have any length: give it a limit such as `length: ..253`",
                origin.path
            ),
        ));
    }
}

fn bounded(origin: &Origin, is_limit: impl Fn(&ConstraintKind) -> bool) -> bool {
    origin
        .limits
        .iter()
        .any(|limit| limit.layer == Layer::Structure && is_limit(&limit.kind))
}

/// Where a value comes from; none for computed ones, whose size follows from their parts.
fn origin(expr: &Expr, types: &dyn Types, variables: &Variables) -> Option<Origin> {
    match &expr.kind {
        ExprKind::SelfObject => match expr.ty {
            super::CelType::Object(id) => Some(Origin {
                ty: Type::Ref(id),
                limits: Vec::new(),
                path: "self".to_owned(),
            }),
            _ => None,
        },
        ExprKind::Variable(name) => variables
            .iter()
            .rev()
            .find(|(known, _)| known == name)?
            .1
            .clone(),
        ExprKind::Select(of, name) => {
            let object = origin(of, types, variables)?;
            let Type::Ref(id) = object.ty else {
                return None;
            };
            let TypeBody::Object(body) = &types.get(id)?.body else {
                return None;
            };
            // With several lives the first one without a limit decides.
            let mut fields = body.fields.iter().filter(|field| field.wire == *name);
            let field = fields
                .clone()
                .find(|field| field.constraints.is_empty())
                .or_else(|| fields.next())?;
            let path = format!("{}.{name}", object.path);
            Some(refined(
                Origin {
                    ty: field.ty.clone(),
                    limits: field.constraints.clone(),
                    path,
                },
                types,
            ))
        }
        ExprKind::Index(of, _) => inside(&origin(of, types, variables)?, types),
        ExprKind::Macro {
            kind: super::MacroKind::Filter,
            range,
            ..
        } => origin(range, types, variables),
        _ => None,
    }
}

/// What a list's items or a map's values are.
fn inside(of: &Origin, types: &dyn Types) -> Option<Origin> {
    match &of.ty {
        Type::List(item) | Type::Map(item) => {
            let path = format!("{}[]", of.path);
            Some(refined(
                Origin {
                    ty: (**item).clone(),
                    limits: Vec::new(),
                    path,
                },
                types,
            ))
        }
        _ => None,
    }
}

/// Replaces a named narrowed type by what it narrows, with its limits.
fn refined(mut origin: Origin, types: &dyn Types) -> Origin {
    // The bound is for types that refer to themselves.
    for _ in 0..16 {
        let Type::Ref(id) = origin.ty else { break };
        let Some(TypeBody::Refined(base, limits)) = types.get(id).map(|def| &def.body) else {
            break;
        };
        origin.ty = base.clone();
        origin.limits.extend(limits.iter().cloned());
    }
    origin
}
