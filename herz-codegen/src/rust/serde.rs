//! `serde` by the same reader and writer, so that both ways agree.

use super::file::FileScope;
use super::graph::Named;
use super::member::ident;
use proc_macro2::TokenStream;
use quote::quote;

/// `Look`, `Serialize` and `Deserialize` of an object.
pub(super) fn object(file: &FileScope<'_, '_>, named: &Named) -> TokenStream {
    let name = ident(&named.ident);
    let path = file.macro_path("impl_object");
    quote!(#path!(#name);)
}

/// `Display`, `Read`, `Look`, `Serialize` and `Deserialize` of an enum.
pub(super) fn text(file: &FileScope<'_, '_>, named: &Named) -> TokenStream {
    let name = ident(&named.ident);
    let path = file.macro_path("impl_text");
    quote!(#path!(#name);)
}
