//! An enum with a tag: an object whose tag decides.

use super::Scope;
use super::object::Seen;
use crate::ast::{Style, Variant};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

impl Scope<'_> {
    /// An enum with a tag.
    pub(super) fn tagged(&self, tag: &str, variants: &[Variant<'_>]) -> TokenStream {
        let rt = &self.rt;
        let values: Vec<_> = variants.iter().map(|one| &one.value.text).collect();
        let reads = variants.iter().map(|variant| read_case(tag, variant));
        let tags = variants.iter().map(|variant| {
            let (name, value) = (variant.ident, &variant.value.text);
            let rest = variant.style.has_fields().then(|| quote!({ .. }));
            quote!(Self::#name #rest => #value,)
        });
        let arms = self
            .parts
            .fields
            .iter()
            .enumerate()
            .filter(|(_, wire)| *wire != tag)
            .map(|(at, wire)| {
                let cases = variants.iter().filter_map(|variant| {
                    let field = variant.fields.iter().find(|one| one.wire.text == *wire)?;
                    let (name, field) = (variant.ident, &field.ident);
                    let pattern = match variant.style {
                        Style::Newtype => quote!(Self::#name(value)),
                        Style::Unit | Style::Struct => quote!(Self::#name { #field: value, .. }),
                    };
                    Some(quote!(#pattern => #rt::view::Look::look(value),))
                });
                quote! {
                    #at => match self {
                        #(#cases)*
                        #[allow(unreachable_patterns)]
                        _ => #rt::view::View::Absent,
                    },
                }
            });
        let place = self.parts.fields.iter().position(|wire| wire == tag);
        self.as_object(&Seen {
            read: quote! {
                let tag: ::std::string::String = fields.required(#tag)?;
                let read = match ::core::convert::AsRef::<str>::as_ref(&tag) {
                    #(#reads)*
                    other => return fields.not_allowed(#tag, other, &[#(#values),*]),
                };
                fields.refuse_unknown()?;
                read
            },
            fields: quote! {
                #place => #rt::view::View::Text(match self { #(#tags)* }),
                #(#arms)*
            },
            unknown: quote!(&#rt::Unknown::EMPTY),
            rules: TokenStream::new(),
        })
    }
}

/// One arm of the reader of a tagged enum.
fn read_case(tag: &str, variant: &Variant<'_>) -> TokenStream {
    let (name, value) = (variant.ident, &variant.value.text);
    let own: Vec<_> = variant
        .fields
        .iter()
        .map(|field| &field.wire.text)
        .collect();
    let locals: Vec<Ident> = (0..variant.fields.len())
        .map(|at| format_ident!("field_{at}"))
        .collect();
    let lets = variant
        .fields
        .iter()
        .zip(&locals)
        .filter_map(|(field, local)| {
            let (wire, ty) = (&field.wire.text, field.ty.as_ref()?);
            let inner = ty.inner;
            let read = if ty.optional {
                quote_spanned!(inner.span()=> fields.optional::<#inner>(#wire))
            } else {
                quote_spanned!(inner.span()=> fields.needed::<#inner>(#wire, #tag, #value))
            };
            Some(quote!(let #local = #read;))
        });
    let made = match variant.style {
        Style::Unit => quote!(Self::#name),
        Style::Newtype => quote!(Self::#name(#(#locals?)*)),
        Style::Struct => {
            let idents = variant.fields.iter().map(|field| &field.ident);
            quote!(Self::#name { #(#idents: #locals?),* })
        }
    };
    quote! {
        #value => {
            #(#lets)*
            fields.refuse_foreign(&[#(#own),*], #tag, #value)?;
            ::core::option::Option::Some(#made)
        }
    }
}
