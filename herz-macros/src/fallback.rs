//! Stand-in implementations beside an error, so that one mistake is one message.

use crate::ast::Role;
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// What the item would have had.
pub(crate) fn fallback(input: &DeriveInput, role: Role, krate: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let (generics, types, bounds) = input.generics.split_for_impl();
    let rt = quote!(#krate::__private_v1);
    // Beside a compile error no code runs.
    let never = quote!(::core::unreachable!());
    let kind = (role == Role::Kind && input.generics.params.is_empty()).then(|| {
        quote! {
            impl #rt::KindSpec for #ident {
                type Status = #rt::JsonMap;
                const KIND: &'static str = "";
                const API_VERSION: &'static str = "";
                const DOCUMENT: &'static #rt::table::ObjectTable =
                    &#rt::table::ObjectTable::new("", &[]);
                const PACKAGE: &'static str = "";
                const DECLARED: &'static [#rt::declare::Piece] = &[];
                fn declare_types(_: &mut #rt::declare::Declarations) {}
            }
        }
    });
    quote! {
        #[automatically_derived]
        const _: () = {
            impl #generics #rt::Read for #ident #types #bounds {
                fn read<'__v>(
                    _: &'__v #rt::Json,
                    _: &mut #rt::read::Reader<'__v>,
                ) -> ::core::option::Option<Self> {
                    #never
                }
            }
            impl #generics #rt::view::Look for #ident #types #bounds {
                fn look(&self) -> #rt::view::View<'_> {
                    #never
                }
            }
            impl #generics #rt::view::Object for #ident #types #bounds {
                fn table(&self) -> &'static #rt::table::ObjectTable {
                    #never
                }
                fn field(&self, _: usize) -> #rt::view::View<'_> {
                    #never
                }
                fn unknown(&self) -> &#rt::Unknown {
                    #never
                }
            }
            impl #generics #rt::declare::ChaosType for #ident #types #bounds {
                fn type_name() -> ::std::string::String {
                    #never
                }
            }
            #kind
        };
    }
}
