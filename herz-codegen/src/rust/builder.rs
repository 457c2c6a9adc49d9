//! Constructors: what is required stands in `new`, the rest in `with_…`.

use super::file::FileScope;
use super::graph::Named;
use super::member::{Member, ident};
use herz_dsl::catalog::Type;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// More arguments than this are more than clippy likes.
const MANY: usize = 7;

/// `new` with the required fields, and a `with_…` for each other one.
pub(super) fn builder(
    file: &FileScope<'_, '_>,
    named: &Named,
    members: &[Member<'_>],
) -> TokenStream {
    let name = ident(&named.ident);
    let new = constructor(file, members);
    let setters = members
        .iter()
        .filter(|member| member.optional)
        .map(|m| setter(file, m));
    let body: TokenStream = new.into_iter().chain(setters).collect();
    if body.is_empty() {
        body
    } else {
        quote!(impl #name { #body })
    }
}

fn constructor(file: &FileScope<'_, '_>, members: &[Member<'_>]) -> Option<TokenStream> {
    let required: Vec<_> = members.iter().filter(|member| !member.optional).collect();
    if required.is_empty() {
        return None;
    }
    let unknown = file.runtime("", "Unknown");
    let arguments = required.iter().map(|member| argument(file, member));
    let inits = members.iter().map(|member| {
        let ident = member.ident();
        if member.optional {
            quote!(#ident: None)
        } else {
            converted(file, member).map_or_else(|| quote!(#ident), |value| quote!(#ident: #value))
        }
    });
    let list: Vec<String> = required
        .iter()
        .map(|m| format!("`{}`", m.field.wire))
        .collect();
    let docs = super::docs::docs(&format!("With what is required: {}.", list.join(", ")));
    let many = (required.len() > MANY).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    Some(quote! {
        #docs
        #many
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#inits,)* unknown: #unknown::EMPTY }
        }
    })
}

fn setter(file: &FileScope<'_, '_>, member: &Member<'_>) -> TokenStream {
    let name = format_ident!("with_{}", member.plain);
    let field = member.ident();
    let argument = argument(file, member);
    let value = converted(file, member).unwrap_or_else(|| quote!(#field));
    let docs = super::docs::docs(&format!("Sets `{}`.", member.field.wire));
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #argument) -> Self {
            self.#field = Some(#value);
            self
        }
    }
}

/// `name: T`, or `name: impl Into<T>` where that spares a conversion.
fn argument(file: &FileScope<'_, '_>, member: &Member<'_>) -> TokenStream {
    let name = member.ident();
    if member.boxed && !member.field.nullable {
        let ty = file.ty(&member.field.ty);
        return quote!(#name: #ty);
    }
    let ty = member.value_type(file);
    if takes_into(file, member) {
        quote!(#name: impl Into<#ty>)
    } else {
        quote!(#name: #ty)
    }
}

/// The argument as the field wants it; none if it is that already.
fn converted(file: &FileScope<'_, '_>, member: &Member<'_>) -> Option<TokenStream> {
    let name = member.ident();
    if member.boxed && !member.field.nullable {
        Some(quote!(Box::new(#name)))
    } else if takes_into(file, member) {
        Some(quote!(#name.into()))
    } else {
        None
    }
}

fn takes_into(file: &FileScope<'_, '_>, member: &Member<'_>) -> bool {
    member.field.nullable
        || match file.graph.resolve(&member.field.ty) {
            Type::String | Type::Scalar(_) | Type::IntOrString | Type::Any => true,
            Type::Bool
            | Type::Int { .. }
            | Type::Float64
            | Type::Bytes
            | Type::List(_)
            | Type::Map(_)
            | Type::Ref(_)
            | Type::AnyObject => false,
        }
}
