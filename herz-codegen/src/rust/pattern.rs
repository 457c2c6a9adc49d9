//! Patterns of schemas in generated code.

use super::file::FileScope;
use super::literal::int;
use herz_dsl::automaton::Table;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Whether a text (an expression) matches a pattern.
pub(super) fn matches(file: &FileScope<'_, '_>, pattern: &str, text: &TokenStream) -> TokenStream {
    let module = file.runtime("", "pattern");
    let (ty, value) = match Table::of(pattern) {
        Some(table) => {
            let classes = table.classes.iter().map(|(from, class)| {
                let (from, class) = (Literal::byte_character(*from), int(class));
                quote!((#from, #class))
            });
            let (width, next) = (int(table.width), Literal::byte_string(&table.next));
            (
                quote!(#module::Automaton),
                quote!(#module::Automaton::new(&[#(#classes),*], #width, #next)),
            )
        }
        None => (quote!(#module::Lazy), quote!(#module::Lazy::new(#pattern))),
    };
    quote! {
        {
            static PATTERN: #ty = #value;
            PATTERN.matches(#text)
        }
    }
}
