//! Rules across fields.

use super::super::literal::int;
use super::expression::says;
use super::path::{AtEnd, Ends, Follow};
use super::place::{Found, Place, member};
use super::verdict::{Binds, Verdict};
use super::{is_text, runtime};
use herz_dsl::catalog::{
    Condition, FieldPath, Literal, PathStep, Rule, RuleKind, Type, TypeBody, TypeId,
};
use proc_macro2::TokenStream;
use quote::quote;

/// Whether a rule, the one with this number, is kept or does not apply.
pub(super) fn rule(follow: Follow<'_, '_, '_>, this: &Place, index: usize, rule: &Rule) -> Verdict {
    let follow = follow.seen_by(rule.layer);
    let kept = kept(follow, this, index, &rule.kind);
    let applies = follow.holds(this, &follow.ty(), &rule.when);
    match (kept, applies) {
        (Some(Verdict::Yes), _) => Verdict::Yes,
        (kept, Some(applies)) => applies.not().or(kept.unwrap_or(Verdict::No)),
        (kept, None) => kept.unwrap_or(Verdict::No),
    }
}

/// Whether what a rule demands is so. None: it can't be said.
fn kept(
    follow: Follow<'_, '_, '_>,
    this: &Place,
    index: usize,
    kind: &RuleKind,
) -> Option<Verdict> {
    match kind {
        RuleKind::Requires { fields, filled } => {
            fields.iter().try_fold(Verdict::Yes, |all, one| {
                Some(all.and(follow.there(this, one, *filled, Ends::All)?))
            })
        }
        RuleKind::Forbids { fields, filled } => fields.iter().try_fold(Verdict::Yes, |all, one| {
            Some(all.and(follow.there(this, one, *filled, Ends::Any)?.not()))
        }),
        RuleKind::Count {
            fields,
            min,
            at_most_one,
            filled,
        } => {
            let there: Vec<Verdict> = fields
                .iter()
                .map(|one| follow.there(this, one, *filled, Ends::Any))
                .collect::<Option<_>>()?;
            Some(count(&there, *min, *at_most_one))
        }
        RuleKind::Compare { left, right, .. } => {
            // Amounts are compared by the validator, where both are there.
            let left = follow.there(this, left, false, Ends::Any)?;
            let right = follow.there(this, right, false, Ends::Any)?;
            Some(left.and(right).not())
        }
        RuleKind::Unique { list, by } => unique(follow, this, list, by.as_deref()),
        RuleKind::RefersTo { from, to, of } => refers_to(follow, this, from, to, of),
        RuleKind::Acyclic { list, name, edges } => acyclic(follow, this, list, name, edges),
        RuleKind::Immutable { .. } => Some(Verdict::Yes),
        RuleKind::Cel { expr, .. } if this.is_raw() => says(follow, this, expr, true),
        RuleKind::Cel { .. } => {
            let (object, index) = (follow.file.runtime("view", "Object"), int(index));
            Some(Verdict::If(
                quote!(#object::rule(self, #index) != Some(false)),
                Binds::Compare,
            ))
        }
    }
}

fn count(there: &[Verdict], min: u8, at_most_one: bool) -> Verdict {
    match (min, at_most_one) {
        (0, false) => Verdict::Yes,
        (_, false) => there.iter().cloned().fold(Verdict::No, Verdict::or),
        (min, true) => {
            let each = there.iter().map(Verdict::tokens);
            let sum = quote!(#(u8::from(#each))+*);
            Verdict::If(
                if min == 0 {
                    quote!(#sum <= 1)
                } else {
                    quote!(#sum == 1)
                },
                Binds::Compare,
            )
        }
    }
}

fn unique(
    follow: Follow<'_, '_, '_>,
    this: &Place,
    list: &FieldPath,
    by: Option<&str>,
) -> Option<Verdict> {
    let at = AtEnd {
        absent: true,
        constant: &|_| None,
        value: &|place, ty| {
            let Type::List(inner) = ty else {
                return Some(Verdict::Yes);
            };
            let (receiver, it) = (place.list(follow.file), place.it());
            let text = match by {
                None => is_text(follow.file, inner).then(|| {
                    let text = it.text(follow.file);
                    quote!(Some(#text))
                }),
                Some(by) => text_of(follow, &it, inner, by),
            };
            Some(match text {
                Some(text) => {
                    let distinct = runtime(follow.file, "distinct");
                    Verdict::atom(quote!(#distinct(#receiver.iter().map(|it| #text))))
                }
                None => Verdict::If(quote!(#receiver.len() < 2), Binds::Compare),
            })
        },
    };
    follow.path(this, &list.0, Ends::All, &at)
}

/// The text in a field of an object, as an option. None: it is no text.
fn text_of(
    follow: Follow<'_, '_, '_>,
    object: &Place,
    ty: &Type,
    name: &str,
) -> Option<TokenStream> {
    let id = object_of(follow, ty)?;
    let one = follow
        .file
        .graph
        .members(id)
        .iter()
        .find(|one| one.field.wire == name)?;
    if !is_text(follow.file, &one.field.ty) {
        return None;
    }
    Some(match member(follow.file, object, one) {
        Found::There(place) => {
            let text = place.text(follow.file);
            quote!(Some(#text))
        }
        Found::Maybe(option, place) => {
            let (text, option) = (place.to_text(follow.file), option.value);
            quote!(#option.map(#text))
        }
    })
}

fn object_of(follow: Follow<'_, '_, '_>, ty: &Type) -> Option<TypeId> {
    match follow.file.graph.resolve(ty) {
        Type::Ref(id) if follow.file.graph.external(*id).is_none() => {
            let def = follow.file.graph.catalog.get(*id)?;
            matches!(def.body, TypeBody::Object(_)).then_some(*id)
        }
        _ => None,
    }
}

/// Code that puts every text at the ends of a path into the vector of that name.
fn collect(
    follow: Follow<'_, '_, '_>,
    from: &Place,
    ty: &Type,
    path: &[PathStep],
    into: &TokenStream,
) -> Option<Verdict> {
    let at = AtEnd {
        absent: true,
        constant: &|literal| match literal {
            Literal::Text(_) => None,
            _ => Some(Verdict::Yes),
        },
        value: &|place, ty| {
            if !is_text(follow.file, ty) {
                return match ty {
                    Type::IntOrString => None,
                    _ => Some(Verdict::Yes),
                };
            }
            let text = place.text(follow.file);
            Some(Verdict::atom(quote!({
                #into.push(#text);
                true
            })))
        },
    };
    follow.steps(from, ty, path, Ends::All, &at)
}

fn refers_to(
    follow: Follow<'_, '_, '_>,
    this: &Place,
    from: &FieldPath,
    to: &FieldPath,
    of: &[Condition],
) -> Option<Verdict> {
    let known = collect(follow, this, &follow.ty(), &to.0, &quote!(known))?.tokens();
    let at = AtEnd {
        absent: true,
        constant: &|literal| match literal {
            Literal::Text(_) => None,
            _ => Some(Verdict::Yes),
        },
        value: &|place, ty| {
            if !is_text(follow.file, ty) {
                return match ty {
                    Type::IntOrString => None,
                    _ => Some(Verdict::Yes),
                };
            }
            let (is_known, text) = (runtime(follow.file, "is_known"), place.text(follow.file));
            Some(Verdict::atom(quote!(#is_known(#text, &known))))
        },
    };
    // The conditions are about the items of the first list.
    let each = from.0.iter().position(|step| *step == PathStep::Each);
    let judged = match each {
        Some(each) if !of.is_empty() => {
            let (to_item, below) = from.0.split_at(each + 1);
            let item = AtEnd {
                absent: true,
                constant: &|_| None,
                value: &|place, ty| {
                    let meant = follow.holds(place, ty, of)?;
                    let below = follow.steps(place, ty, below, Ends::All, &at)?;
                    Some(meant.not().or(below))
                },
            };
            follow.path(this, to_item, Ends::All, &item)?
        }
        _ => follow.path(this, &from.0, Ends::All, &at)?,
    };
    let judged = judged.tokens();
    Some(Verdict::atom(quote!({
        let mut known = Vec::new();
        let _ = #known;
        #judged
    })))
}

fn acyclic(
    follow: Follow<'_, '_, '_>,
    this: &Place,
    list: &FieldPath,
    name: &str,
    edges: &FieldPath,
) -> Option<Verdict> {
    let at = AtEnd {
        absent: true,
        constant: &|_| None,
        value: &|place, ty| {
            let Type::List(inner) = ty else {
                return Some(Verdict::Yes);
            };
            let name = text_of(follow, &place.it(), inner, name)?;
            let written = follow.seen_by(herz_dsl::catalog::Layer::Structure);
            let edges = collect(written, &place.it(), inner, &edges.0, &quote!(edges))?;
            let (acyclic, edges, receiver) = (
                runtime(follow.file, "acyclic"),
                edges.tokens(),
                place.list(follow.file),
            );
            Some(Verdict::atom(quote!({
                let entries: Vec<_> = #receiver
                    .iter()
                    .map(|it| {
                        let mut edges = Vec::new();
                        let _ = #edges;
                        (#name, edges)
                    })
                    .collect();
                #acyclic(&entries)
            })))
        },
    };
    follow.path(this, &list.0, Ends::All, &at)
}
