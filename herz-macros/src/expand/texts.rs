//! An enum of texts.

use super::Scope;
use crate::ast::Variant;
use proc_macro2::TokenStream;
use quote::quote;

impl Scope<'_> {
    /// An enum of texts.
    pub(super) fn texts(&self, variants: &[Variant<'_>]) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let limit = &self.parts.limit;
        let plain: Vec<_> = variants.iter().filter(|one| !one.other).collect();
        let idents: Vec<_> = plain.iter().map(|one| one.ident).collect();
        let values: Vec<_> = plain.iter().map(|one| &one.value.text).collect();
        let other = variants.iter().find(|one| one.other).map(|one| one.ident);
        let (read, look) = match other {
            Some(other) => (
                quote! {
                    text => ::core::option::Option::Some(Self::#other(::core::convert::From::from(text))),
                },
                quote!(Self::#other(text) => text,),
            ),
            None => (
                quote!(text => cx.not_allowed(text, &[#(#values),*]),),
                TokenStream::new(),
            ),
        };
        quote! {
            #[automatically_derived]
            impl #ident {
                #[doc(hidden)]
                const __HERZ_LIMITS: &'static [#rt::table::Limit] = &[#limit];
            }
            #[automatically_derived]
            impl #rt::Read for #ident {
                fn read<'__v>(
                    value: &'__v #rt::Json,
                    cx: &mut #rt::read::Reader<'__v>,
                ) -> ::core::option::Option<Self> {
                    match cx.text(value)? {
                        #(#values => ::core::option::Option::Some(Self::#idents),)*
                        #read
                    }
                }
            }
            #[automatically_derived]
            impl #rt::view::Look for #ident {
                fn look(&self) -> #rt::view::View<'_> {
                    #rt::view::View::Text(match self {
                        #(Self::#idents => #values,)*
                        #look
                    })
                }
            }
            #rt::impl_serde!(#ident);
        }
    }
}
