//! Where a value lies in a struct.

use super::super::file::FileScope;
use super::super::member::Member;
use super::verdict::{Maybe, Verdict};
use herz_dsl::catalog::Type;
use proc_macro2::TokenStream;
use quote::quote;

/// Where a value lies.
#[derive(Debug, Clone)]
pub(super) struct Place {
    tokens: TokenStream,
    by_ref: bool,
}

impl Place {
    /// The expression, and whether it is a reference to the value.
    pub(super) fn new(tokens: TokenStream, by_ref: bool) -> Self {
        Self { tokens, by_ref }
    }

    /// What closures call the value.
    pub(super) fn it(by_ref: bool) -> Self {
        Self::new(quote!(it), by_ref)
    }

    /// In front of a dot.
    pub(super) fn receiver(&self) -> &TokenStream {
        &self.tokens
    }

    /// As a reference.
    pub(super) fn reference(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.by_ref {
            quote!(#tokens)
        } else {
            quote!(&#tokens)
        }
    }

    /// As a value that is copied.
    pub(super) fn copied(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.by_ref {
            quote!(*#tokens)
        } else {
            quote!(#tokens)
        }
    }

    /// The verdict of a function that takes a reference.
    pub(super) fn ask(&self, function: TokenStream) -> Verdict {
        let place = self.reference();
        if place.to_string() == "it" {
            return Verdict::of(function);
        }
        Verdict::atom(quote!(#function(#place)))
    }

    /// A text as `&str`.
    pub(super) fn text(&self) -> TokenStream {
        let tokens = &self.tokens;
        quote!(#tokens.as_str())
    }
}

/// A field that may be absent, as an option, and its value in a closure; or where it lies.
pub(super) enum Found {
    There(Place),
    Maybe(Maybe, Place),
}

/// The field of an object that lies here.
pub(super) fn member(file: &FileScope<'_, '_>, object: &Place, member: &Member<'_>) -> Found {
    let (object, ident) = (object.receiver(), member.ident());
    let place = quote!(#object.#ident);
    let is_copy = matches!(
        file.graph.resolve(&member.field.ty),
        Type::Bool | Type::Int { .. } | Type::Float64
    );
    match (member.optional, member.field.nullable) {
        (false, false) => Found::There(Place::new(place, false)),
        (false, true) => Found::Maybe(both(quote!(#place.value())), Place::it(true)),
        (true, true) => {
            let nullable = file.runtime("value", "Nullable");
            let option = quote!(#place.as_ref().and_then(#nullable::value));
            Found::Maybe(both(option), Place::it(true))
        }
        (true, false) if is_copy => Found::Maybe(both(place), Place::it(false)),
        (true, false) => {
            let value = quote!(#place.as_ref());
            Found::Maybe(Maybe { value, bare: place }, Place::it(true))
        }
    }
}

fn both(option: TokenStream) -> Maybe {
    Maybe {
        value: option.clone(),
        bare: option,
    }
}
