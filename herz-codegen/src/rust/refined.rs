//! Narrowed built-in types.

use super::docs;
use super::file::FileScope;
use super::graph::Named;
use super::member::ident;
use herz_dsl::catalog::{Constraint, Type, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// An alias: the limits stand in the tables of the objects that use it.
pub(super) fn refined(
    file: &FileScope<'_, '_>,
    def: &TypeDef,
    ty: &Type,
    _limits: &[Constraint],
    named: &Named,
) -> TokenStream {
    let name = ident(&named.ident);
    let docs = docs::docs(docs::or(&def.doc, &format!("`{}`.", def.name)));
    let ty = file.ty(ty);
    quote! { #docs pub type #name = #ty; }
}
