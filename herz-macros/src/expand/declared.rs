//! What a type says of itself: its declaration, the kind that it is the spec of, and what its rules
//! claim of other types.

use super::{Scope, place};
use crate::ast::{Body, Role};
use crate::lower::What;
use crate::text::Text;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

impl Scope<'_> {
    /// What the type says of itself.
    pub(super) fn declared(&self) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let shape = matches!(self.input.body, Body::Texts(_)).then(|| {
            quote! {
                const SHAPE: &'static #rt::table::Shape =
                    &#rt::table::Shape::new(Self::__HERZ_LIMITS);
            }
        });
        let table = (!matches!(self.input.body, Body::Texts(_))).then(|| {
            quote! {
                const TABLE: ::core::option::Option<&'static #rt::table::ObjectTable> =
                    ::core::option::Option::Some(Self::__HERZ_TABLE);
            }
        });
        let name = &self.valid.name;
        let declare = (self.input.role == Role::Type).then(|| {
            let pieces = self.pieces();
            let releases = &self.valid.releases;
            let types = self.types();
            quote! {
                fn declare(into: &mut #rt::declare::Declarations) {
                    if into.add(#name, &[#(#pieces),*], &[#(#releases),*]) {
                        #(<#types as #rt::declare::ChaosType>::declare(into);)*
                    }
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #rt::declare::ChaosType for #ident {
                #shape
                #table
                fn type_name() -> ::std::string::String {
                    ::core::convert::From::from(#name)
                }
                #declare
            }
        }
    }

    /// The declaration's text, with the names of other types left open.
    fn pieces(&self) -> Vec<TokenStream> {
        let rt = &self.rt;
        let types = self.types();
        let (texts, names) = Text::pieces(&self.lowered.text);
        let mut pieces = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            pieces.push(quote!(#rt::declare::Piece::Text(#text)));
            if let Some(ty) = names.get(at).and_then(|index| types.get(*index)) {
                pieces.push(quote! {
                    #rt::declare::Piece::Type(<#ty as #rt::declare::ChaosType>::type_name)
                });
            }
        }
        pieces
    }

    pub(super) fn kind(&self) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let status = self
            .input
            .status
            .as_ref()
            .map_or_else(|| quote!(#rt::JsonMap), ToTokens::to_token_stream);
        let kind = &self.input.name.text;
        let package = self.valid.catalog.packages.first();
        let version = package.map_or_else(String::new, |package| {
            format!("{}/{}", package.group, package.api_version)
        });
        let document = &self.parts.document;
        let package = &self.valid.package_text;
        let (pieces, types) = (self.pieces(), self.types());
        let releases = &self.valid.releases;
        quote! {
            #[automatically_derived]
            impl #rt::KindSpec for #ident {
                type Status = #status;
                const KIND: &'static str = #kind;
                const API_VERSION: &'static str = #version;
                const DOCUMENT: &'static #rt::table::ObjectTable = #document;
                const PACKAGE: &'static str = #package;
                const DECLARED: &'static [#rt::declare::Piece] = &[#(#pieces),*];
                fn declare_types(into: &mut #rt::declare::Declarations) {
                    into.releases(&[#(#releases),*]);
                    #(<#types as #rt::declare::ChaosType>::declare(into);)*
                }
            }
        }
    }

    /// What rules say of other types, checked where both are known: by the Rust compiler.
    pub(super) fn claims(&self) -> TokenStream {
        let rt = &self.rt;
        let types = self.types();
        let checks = self.lowered.claims.iter().filter_map(|claim| {
            let ty = types.get(claim.ty)?;
            let name = &self.lowered.named.get(claim.ty)?.name;
            let (test, message) = match &claim.what {
                What::Field(wire) => (
                    quote!(#rt::declare::has_field(<#ty as #rt::declare::ChaosType>::TABLE, #wire)),
                    format!("`{name}` has no field `{wire}` [HZ0305]"),
                ),
                What::Value(value) => (
                    quote!(#rt::declare::has_value(<#ty as #rt::declare::ChaosType>::SHAPE, #value)),
                    format!("`{name}` has no value `{value}` [HZ0314]"),
                ),
            };
            Some(place::at(
                quote!(const _: () = if !#test { ::core::panic!(#message) };),
                claim.span,
            ))
        });
        quote!(#(#checks)*)
    }
}
