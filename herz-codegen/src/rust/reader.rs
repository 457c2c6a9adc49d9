//! Reading of objects.

use super::file::FileScope;
use super::graph::Named;
use super::literal::int;
use super::member::{Member, ident};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `impl Read`: every field is read before the first failure counts, so that all are told.
pub(super) fn reader(
    file: &FileScope<'_, '_>,
    named: &Named,
    members: &[Member<'_>],
    right: &TokenStream,
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
    let find = find(members.len());
    let place_of = place_of(
        &name,
        members.iter().map(|member| member.field.wire.as_str()),
    );
    let inits = members.iter().map(|member| {
        let ident = member.ident();
        let field = local(member);
        quote!(#ident: #field?)
    });
    quote! {
        #place_of
        impl #read for #name {
            fn read<'v>(value: &'v #json, cx: &mut #reader<'v>) -> Option<Self> {
                let #mutable fields = cx.object(value, Self::TABLE)?;
                #find
                #(#lets)*
                let unknown = fields.unknown();
                Some(Self { #(#inits,)* unknown })
            }
            #right
        }
    }
}

/// Finds the values of all fields in one pass over the keys of an object, by [`place_of`].
pub(super) fn find(count: usize) -> TokenStream {
    if count == 0 {
        return TokenStream::new();
    }
    let slots = (0..count).map(slot);
    quote!(let [#(#slots),*] = fields.find_all(Self::place_of);)
}

/// The function from a key to the place of its field in the table; nothing if there is no field.
pub(super) fn place_of<'w>(
    name: &proc_macro2::Ident,
    wires: impl ExactSizeIterator<Item = &'w str>,
) -> TokenStream {
    if wires.len() == 0 {
        return TokenStream::new();
    }
    let count = int(wires.len());
    let arms = wires.enumerate().map(|(at, wire)| {
        let at = int(at);
        quote!(#wire => #at,)
    });
    quote! {
        impl #name {
            fn place_of(key: &str) -> usize {
                match key {
                    #(#arms)*
                    _ => #count,
                }
            }
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
