//! A struct: reading it, and what the validator sees of it.

use super::Scope;
use crate::ast::Field;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

/// What is its own in the implementations of an object.
pub(super) struct Seen {
    /// How the value comes from `fields`.
    pub(super) read: TokenStream,
    /// Arms from a field's place in the table to its view.
    pub(super) fields: TokenStream,
    /// The keys that are no fields.
    pub(super) unknown: TokenStream,
    /// Rules that are compiled.
    pub(super) rules: TokenStream,
}

impl Scope<'_> {
    /// A struct.
    pub(super) fn object(&self, fields: &[Field<'_>]) -> TokenStream {
        let rt = &self.rt;
        let mut lets = Vec::new();
        let mut inits = Vec::new();
        let mut unknown = None;
        for (at, field) in fields.iter().enumerate() {
            let name = &field.ident;
            let local = format_ident!("field_{at}");
            let wire = &field.wire.text;
            match &field.ty {
                None => {
                    unknown = Some(name);
                    inits.push(quote!(#name: unknown));
                }
                // A field that the newest release no longer has.
                Some(_) if !self.parts.fields.contains(wire) => {
                    inits.push(quote!(#name: ::core::default::Default::default()));
                }
                Some(ty) => {
                    let inner = ty.inner;
                    let read = if ty.optional {
                        quote_spanned!(inner.span()=> <#inner as #rt::declare::ChaosType>::optional(&mut fields, #wire))
                    } else if field.defaulted() {
                        quote_spanned!(inner.span()=> <#inner as #rt::declare::ChaosType>::defaulted(&mut fields, #wire))
                    } else {
                        quote_spanned!(inner.span()=> <#inner as #rt::declare::ChaosType>::required(&mut fields, #wire))
                    };
                    lets.push(quote!(let #local = #read;));
                    inits.push(quote!(#name: #local?));
                }
            }
        }
        let rest = if unknown.is_some() {
            quote!(let unknown = fields.unknown();)
        } else {
            quote!(let known = fields.refuse_unknown();)
        };
        let known = unknown.is_none().then(|| quote!(known?;));
        let arms = self
            .parts
            .fields
            .iter()
            .enumerate()
            .filter_map(|(at, wire)| {
                let field = fields.iter().find(|field| field.wire.text == *wire)?;
                let (name, ty) = (&field.ident, field.ty.as_ref()?);
                let (inner, span) = (ty.inner, ty.inner.span());
                let look = if ty.optional {
                    quote!(seen_optional)
                } else {
                    quote!(seen)
                };
                Some(quote_spanned!(span=> #at => <#inner as #rt::declare::ChaosType>::#look(&self.#name),))
            });
        let unknown =
            unknown.map_or_else(|| quote!(&#rt::Unknown::EMPTY), |name| quote!(&self.#name));
        let (rules, uses) = (&self.parts.rules, &self.parts.uses);
        let uses = (!rules.is_empty()).then_some(uses);
        let frame = self.as_object(&Seen {
            read: quote! {
                #(#lets)*
                #rest
                #known
                ::core::option::Option::Some(Self { #(#inits),* })
            },
            fields: quote!(#(#arms)*),
            unknown,
            rules: quote!(#rules),
        });
        quote!(#uses #frame)
    }

    /// What makes a type an object: its table, reading it, and what the validator sees of it.
    pub(super) fn as_object(&self, seen: &Seen) -> TokenStream {
        let (rt, ident, table) = (&self.rt, self.input.ident, self.table());
        let Seen {
            read,
            fields,
            unknown,
            rules,
        } = seen;
        quote! {
            #table
            #[automatically_derived]
            impl #rt::Read for #ident {
                fn read<'__v>(
                    value: &'__v #rt::Json,
                    cx: &mut #rt::read::Reader<'__v>,
                ) -> ::core::option::Option<Self> {
                    let mut fields = cx.object(value, Self::__HERZ_TABLE)?;
                    #read
                }
            }
            #[automatically_derived]
            impl #rt::view::Object for #ident {
                fn table(&self) -> &'static #rt::table::ObjectTable {
                    Self::__HERZ_TABLE
                }
                fn field(&self, index: usize) -> #rt::view::View<'_> {
                    match index {
                        #fields
                        _ => #rt::view::View::Absent,
                    }
                }
                fn unknown(&self) -> &#rt::Unknown {
                    #unknown
                }
                #rules
            }
            #rt::impl_object!(#ident);
        }
    }
}
