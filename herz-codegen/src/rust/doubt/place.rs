//! Where a value lies: in a struct, or in a document that is not read yet.

use super::super::file::FileScope;
use super::super::member::Member;
use super::super::reader;
use super::runtime;
use super::verdict::{Maybe, Verdict};
use herz_dsl::catalog::Type;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Where a value lies.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// In a struct: an expression, and whether that is a reference to the value.
    Typed { tokens: TokenStream, by_ref: bool },
    /// In a document that is not read: an expression that is a reference.
    Raw(TokenStream),
    /// An object of such a document, whose fields were found: each is a variable, and so is the text in it
    /// that rules compare.
    Slots(Texts),
}

/// The fields whose texts rules compare, by their places: each text is looked at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(Rc<RefCell<BTreeSet<usize>>>);

impl Texts {
    /// The text in the field at this place; empty if there is none.
    pub(super) fn at(&self, place: usize) -> Ident {
        self.0.borrow_mut().insert(place);
        format_ident!("text_{place}")
    }

    /// The variables that were asked for.
    pub(super) fn tokens(&self, file: &FileScope<'_, '_>) -> TokenStream {
        let text = runtime(file, "text");
        let places = self.0.borrow();
        let lets = places.iter().map(|place| {
            let (name, slot) = (format_ident!("text_{place}"), reader::slot(*place));
            quote!(let #name = #slot.map_or("", #text);)
        });
        lets.collect()
    }
}

impl Place {
    /// The value that a method is asked about.
    pub(super) fn this() -> Self {
        Self::typed(quote!(self), true)
    }

    /// In a struct.
    pub(super) fn typed(tokens: TokenStream, by_ref: bool) -> Self {
        Self::Typed { tokens, by_ref }
    }

    /// What closures call a value inside of this one.
    pub(super) fn it(&self) -> Self {
        match self {
            Self::Typed { .. } => Self::typed(quote!(it), true),
            Self::Raw(_) | Self::Slots(_) => Self::Raw(quote!(it)),
        }
    }

    /// Whether nothing is known of the value's type yet.
    pub(super) fn is_raw(&self) -> bool {
        !matches!(self, Self::Typed { .. })
    }

    fn tokens(&self) -> TokenStream {
        match self {
            Self::Typed { tokens, .. } | Self::Raw(tokens) => tokens.clone(),
            // Rules begin at fields: nothing asks this of the object itself.
            Self::Slots(_) => quote!(value),
        }
    }

    /// As a reference.
    pub(super) fn reference(&self) -> TokenStream {
        let tokens = self.tokens();
        match self {
            Self::Typed { by_ref: false, .. } => quote!(&#tokens),
            _ => tokens,
        }
    }

    /// As a number that is copied.
    pub(super) fn copied(&self, file: &FileScope<'_, '_>, ty: &Type) -> TokenStream {
        let tokens = self.tokens();
        match self {
            Self::Typed { by_ref: false, .. } => tokens,
            Self::Typed { .. } => quote!(*#tokens),
            Self::Raw(_) | Self::Slots(_) => {
                let (amount, ty) = (runtime(file, "amount"), file.ty(ty));
                quote!(#amount::<#ty>(#tokens))
            }
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
    pub(super) fn text(&self, file: &FileScope<'_, '_>) -> TokenStream {
        match self {
            Self::Typed { tokens, .. } => quote!(#tokens.as_str()),
            raw => raw.by(file, "text"),
        }
    }

    /// The function from a value at such a place to its text.
    pub(super) fn to_text(&self, file: &FileScope<'_, '_>) -> TokenStream {
        if self.is_raw() {
            return runtime(file, "text");
        }
        let text = self.text(file);
        quote!(|it| #text)
    }

    /// A text, in front of a dot.
    pub(super) fn texts(&self, file: &FileScope<'_, '_>) -> TokenStream {
        self.before_dot(file, "text")
    }

    /// A list, in front of a dot.
    pub(super) fn list(&self, file: &FileScope<'_, '_>) -> TokenStream {
        self.before_dot(file, "items")
    }

    /// A map, in front of a dot.
    pub(super) fn map(&self, file: &FileScope<'_, '_>) -> TokenStream {
        self.before_dot(file, "entries")
    }

    fn before_dot(&self, file: &FileScope<'_, '_>, function: &str) -> TokenStream {
        match self {
            Self::Typed { tokens, .. } => tokens.clone(),
            raw => raw.by(file, function),
        }
    }

    fn by(&self, file: &FileScope<'_, '_>, function: &str) -> TokenStream {
        let (function, tokens) = (runtime(file, function), self.tokens());
        quote!(#function(#tokens))
    }
}

/// A field that may be absent, as an option, and its value in a closure; or where it lies.
pub(super) enum Found {
    There(Place),
    Maybe(Maybe, Place),
}

/// The field of an object that lies here.
pub(super) fn member(file: &FileScope<'_, '_>, object: &Place, member: &Member<'_>) -> Found {
    match object {
        Place::Typed { tokens, .. } => in_struct(file, tokens, member),
        Place::Raw(tokens) => {
            let (field, wire) = (runtime(file, "field"), &member.field.wire);
            Found::Maybe(both(quote!(#field(#tokens, #wire))), object.it())
        }
        Place::Slots(_) => {
            let slot = reader::slot(member.at);
            let value = if member.field.nullable {
                let known = runtime(file, "known");
                quote!(#known(#slot))
            } else {
                quote!(#slot)
            };
            Found::Maybe(both(value), object.it())
        }
    }
}

fn in_struct(file: &FileScope<'_, '_>, object: &TokenStream, member: &Member<'_>) -> Found {
    let ident = member.ident();
    let place = quote!(#object.#ident);
    let is_copy = matches!(
        file.graph.resolve(&member.field.ty),
        Type::Bool | Type::Int { .. } | Type::Float64
    );
    let it = |by_ref| Place::typed(quote!(it), by_ref);
    match (member.optional, member.field.nullable) {
        (false, false) => Found::There(Place::typed(place, false)),
        (false, true) => Found::Maybe(both(quote!(#place.value())), it(true)),
        (true, true) => {
            let nullable = file.runtime("value", "Nullable");
            let option = quote!(#place.as_ref().and_then(#nullable::value));
            Found::Maybe(both(option), it(true))
        }
        (true, false) if is_copy => Found::Maybe(both(place), it(false)),
        (true, false) => {
            let value = quote!(#place.as_ref());
            Found::Maybe(Maybe { value, bare: place }, it(true))
        }
    }
}

/// An option that is what presence is asked of, too.
pub(super) fn both(option: TokenStream) -> Maybe {
    Maybe {
        value: option.clone(),
        bare: option,
    }
}
