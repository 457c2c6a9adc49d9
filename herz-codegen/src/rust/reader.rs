//! Reading of objects.

use super::file::FileScope;
use super::graph::Named;
use super::member::{Member, ident};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `impl Read`: every field is read before the first failure counts, so that all are told.
pub(super) fn reader(
    file: &FileScope<'_, '_>,
    named: &Named,
    members: &[Member<'_>],
) -> TokenStream {
    let name = ident(&named.ident);
    let read = file.runtime("read", "Read");
    let reader = file.runtime("read", "Reader");
    let json = file.runtime("", "Json");
    let lets = members.iter().map(|member| {
        let field = local(member);
        let wire = &member.field.wire;
        if member.optional {
            quote!(let #field = fields.optional(#wire);)
        } else {
            quote!(let #field = fields.required(#wire);)
        }
    });
    let inits = members.iter().map(|member| {
        let ident = member.ident();
        let field = local(member);
        quote!(#ident: #field?)
    });
    let mutable = (!members.is_empty()).then(|| quote!(mut));
    quote! {
        impl #read for #name {
            fn read<'v>(value: &'v #json, cx: &mut #reader<'v>) -> Option<Self> {
                let #mutable fields = cx.object(value, Self::TABLE)?;
                #(#lets)*
                let unknown = fields.unknown();
                Some(Self { #(#inits,)* unknown })
            }
        }
    }
}

/// The variable that holds a field; not `value`, `cx` or `fields`.
fn local(member: &Member<'_>) -> proc_macro2::Ident {
    match member.plain.as_str() {
        "value" | "cx" | "fields" => format_ident!("{}_", member.plain),
        _ => member.ident(),
    }
}
