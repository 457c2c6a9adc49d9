//! Reading of objects.

use super::doubt::Right;
use super::file::FileScope;
use super::graph::Named;
use super::literal::int;
use super::member::{Member, ident};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::BTreeMap;

/// `impl Read`: every field is read before the first failure counts, so that all are told.
pub(super) fn reader(
    file: &FileScope<'_, '_>,
    named: &Named,
    members: &[Member<'_>],
    right: &Right,
) -> TokenStream {
    let name = ident(&named.ident);
    let read = file.runtime("read", "Read");
    let reader = file.runtime("read", "Reader");
    let json = file.runtime("", "Json");
    let lets = members.iter().enumerate().map(|(at, member)| {
        let (field, slot, at) = (local(member), slot(at), int(at));
        if member.optional {
            quote!(let #field = fields.optional_at(#at, #slot);)
        } else {
            quote!(let #field = fields.required_at(#at, #slot);)
        }
    });
    let mutable = (!members.is_empty()).then(|| quote!(mut));
    let find = find(members.len(), &quote!(Self::place_of));
    let wires: Vec<&str> = members.iter().map(|one| one.field.wire.as_str()).collect();
    let (
        place_of,
        Right {
            asked,
            read: is_right,
        },
    ) = (place_of(&wires), right);
    let own = (!wires.is_empty()).then(|| quote!(impl #name { #place_of #asked }));
    let inits = members.iter().map(|member| {
        let ident = member.ident();
        let field = local(member);
        quote!(#ident: #field?)
    });
    quote! {
        #own
        impl #read for #name {
            fn read<'v>(value: &'v #json, cx: &mut #reader<'v>) -> Option<Self> {
                let #mutable fields = cx.object(value, Self::TABLE)?;
                #find
                #(#lets)*
                let unknown = fields.unknown();
                Some(Self { #(#inits,)* unknown })
            }
            #is_right
        }
    }
}

/// Finds the values of all fields in one pass over the keys of an object, by a function from keys to places.
pub(super) fn find(count: usize, place_of: &TokenStream) -> TokenStream {
    if count == 0 {
        return TokenStream::new();
    }
    let slots = (0..count).map(slot);
    quote!(let [#(#slots),*] = fields.find_all(#place_of);)
}

/// The function from a key to the place of its field in the table; nothing if there is no field.
pub(super) fn place_of(wires: &[&str]) -> TokenStream {
    if wires.is_empty() {
        return TokenStream::new();
    }
    // Few keys are as long as another one, so that one look leaves few to compare.
    let mut lengths = BTreeMap::<usize, Vec<TokenStream>>::new();
    for (at, wire) in wires.iter().enumerate() {
        let at = int(at);
        lengths
            .entry(wire.len())
            .or_default()
            .push(quote!(#wire => #at,));
    }
    let count = int(wires.len());
    let body = if lengths.len() == 1 || wires.len() < 4 {
        let arms = lengths.values().flatten();
        quote!(match key { #(#arms)* _ => #count })
    } else {
        let arms = lengths.iter().map(|(length, arms)| {
            let length = int(*length);
            quote!(#length => match key { #(#arms)* _ => #count },)
        });
        quote!(match key.len() { #(#arms)* _ => #count })
    };
    quote! {
        fn place_of(key: &str) -> usize {
            #body
        }
    }
}

/// The variable that holds what was found for the field at a place of the table.
pub(super) fn slot(at: usize) -> proc_macro2::Ident {
    format_ident!("at_{at}")
}

/// The variable that holds a field; not `value`, `cx`, `fields` or that of a slot.
fn local(member: &Member<'_>) -> proc_macro2::Ident {
    match member.plain.as_str() {
        name @ ("value" | "cx" | "fields") => format_ident!("{name}_"),
        name if name.starts_with("at_") => format_ident!("{name}_"),
        _ => member.ident(),
    }
}
