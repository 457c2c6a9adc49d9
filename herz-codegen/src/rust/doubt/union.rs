//! Unions: what the chosen case needs, and what it does not use.

use super::super::file::tokens;
use super::super::literal::int;
use super::super::member::Member;
use super::path::{Ends, Follow};
use super::place::{Found, Place, member};
use super::verdict::{Binds, Verdict};
use super::{is_text, runtime};
use herz_dsl::catalog::{
    Case, Catalog, FieldPath, Foreign, Layer, Literal, PathStep, Type, TypeBody, Union,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Whether the fields of an object fit the case that its tag chooses.
pub(super) fn union(follow: Follow<'_, '_, '_>, this: &Place, union: &Union) -> Verdict {
    sayable(follow, this, union).unwrap_or(Verdict::No)
}

fn sayable(follow: Follow<'_, '_, '_>, this: &Place, union: &Union) -> Option<Verdict> {
    let file = follow.file;
    let members = file.graph.members(follow.id());
    let tag = members.iter().find(|one| one.field.wire == union.tag)?;
    if !is_text(file, &tag.field.ty) {
        return None;
    }
    let owned = owned(follow, union);
    let foreign: Vec<&Member<'_>> = members
        .iter()
        .filter(|one| union.foreign != Foreign::Ignore && owned.contains(&one.field.wire))
        .collect();
    if foreign.len() > 64 {
        return None;
    }
    let speaking: Vec<TokenStream> = foreign
        .iter()
        .map(|one| speaks(follow, this, one).tokens())
        .collect();
    let mask = |case: Option<&Case>| -> u64 {
        let not_its_own = foreign
            .iter()
            .enumerate()
            .filter(|(_, one)| !case.is_some_and(|case| case.uses(&one.field.wire)));
        not_its_own.fold(0, |mask, (at, _)| mask | 1 << at)
    };
    let mut asked = false;
    let mut silent = |case| match mask(case) {
        0 => Verdict::Yes,
        mask => {
            asked = true;
            let mask = hexadecimal(mask);
            Verdict::If(quote!(speaking & #mask == 0), Binds::Compare)
        }
    };
    let mut arms = Vec::new();
    let mut arm = |values: &[&str], fine: &Verdict| {
        if !matches!(fine, Verdict::Yes) {
            let fine = fine.tokens();
            arms.push(quote!(Some(#(#values)|*) => #fine,));
        }
    };
    for case in &union.cases {
        let needed = needed(follow, this, members, case)?;
        arm(&[&case.value], &needed.and(silent(Some(case))));
    }
    let others: Vec<&str> = values(follow, tag)
        .into_iter()
        .filter(|value| !union.cases.iter().any(|case| case.value == *value))
        .collect();
    if !others.is_empty() {
        arm(&others, &silent(None));
    }
    if arms.is_empty() {
        return Some(Verdict::Yes);
    }
    let tag = tag_text(follow, this, tag)?;
    let choice = quote! {
        match #tag {
            #(#arms)*
            _ => true,
        }
    };
    if !asked {
        return Some(Verdict::atom(choice));
    }
    let bits = speaking.iter().enumerate().map(|(at, speaks)| match at {
        0 => quote!(u64::from(#speaks)),
        at => {
            let at = int(at);
            quote!(u64::from(#speaks) << #at)
        }
    });
    Some(Verdict::atom(quote!({
        let speaking = #(#bits)|*;
        #choice
    })))
}

/// `0x0ff8`: a mask as people read it.
fn hexadecimal(mask: u64) -> TokenStream {
    let digits = format!("{mask:016x}");
    let groups = (0..4).filter_map(|at| digits.get(at * 4..at * 4 + 4));
    let groups: Vec<&str> = groups.skip_while(|group| *group == "0000").collect();
    tokens(&format!("0x{}", groups.join("_")))
}

/// The fields that a case names, in any release; not the tag.
fn owned(follow: Follow<'_, '_, '_>, union: &Union) -> BTreeSet<String> {
    let full = |catalog: &Catalog| match &catalog.get(follow.id())?.body {
        TypeBody::Object(object) => object.union.clone(),
        TypeBody::Enum(_) | TypeBody::Refined(..) => None,
    };
    let old = full(follow.file.graph.full);
    let old = old.iter().flat_map(Union::case_fields);
    union.case_fields().chain(old).cloned().collect()
}

/// Whether a field says something: an object does, an empty list or text does not.
fn speaks(follow: Follow<'_, '_, '_>, this: &Place, one: &Member<'_>) -> Verdict {
    let file = follow.file;
    let is_object = match file.graph.resolve(&one.field.ty) {
        Type::Ref(_) => !is_text(file, &one.field.ty),
        _ => false,
    };
    let filled = |place: &Place| {
        if is_object {
            return Verdict::Yes;
        }
        place.ask(runtime(file, "is_filled"))
    };
    match member(file, this, one) {
        Found::There(place) => filled(&place),
        Found::Maybe(option, place) => filled(&place).each(&option, false),
    }
}

/// Whether the fields that a case needs are there.
fn needed(
    follow: Follow<'_, '_, '_>,
    this: &Place,
    members: &[Member<'_>],
    case: &Case,
) -> Option<Verdict> {
    let follow = follow.seen_by(Layer::Admission);
    case.requires.iter().try_fold(Verdict::Yes, |all, wire| {
        if !members.iter().any(|one| one.field.wire == *wire) {
            return Some(all);
        }
        let path = FieldPath(vec![PathStep::Field(wire.clone())]);
        Some(all.and(follow.there(this, &path, case.filled, Ends::All)?))
    })
}

/// The values of the tag, if it is an enum.
fn values<'c>(follow: Follow<'_, '_, 'c>, tag: &Member<'_>) -> Vec<&'c str> {
    let Type::Ref(id) = follow.file.graph.resolve(&tag.field.ty) else {
        return Vec::new();
    };
    match follow.file.graph.catalog.get(*id).map(|def| &def.body) {
        Some(TypeBody::Enum(body)) => body
            .values
            .iter()
            .map(|value| value.value.as_str())
            .collect(),
        _ => Vec::new(),
    }
}

/// The tag's text as the structure sees it, as an option.
fn tag_text(follow: Follow<'_, '_, '_>, this: &Place, tag: &Member<'_>) -> Option<TokenStream> {
    use super::field::{default_for, mends_empty};
    use herz_dsl::catalog::DefaultValue;
    if mends_empty(tag.field, Layer::Structure).is_some() {
        return None;
    }
    let default = match default_for(tag.field, Layer::Structure).map(|default| &default.value) {
        None | Some(DefaultValue::Literal(Literal::Null)) => None,
        Some(DefaultValue::Literal(Literal::Text(text))) => Some(text),
        Some(_) => return None,
    };
    Some(match member(follow.file, this, tag) {
        Found::There(place) => {
            let text = place.text(follow.file);
            quote!(Some(#text))
        }
        Found::Maybe(option, place) => {
            let (text, option) = (place.to_text(follow.file), option.value);
            match default {
                Some(default) => quote!(Some(#option.map_or(#default, #text))),
                None => quote!(#option.map(#text)),
            }
        }
    })
}
