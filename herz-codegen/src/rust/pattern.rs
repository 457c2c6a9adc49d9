//! Patterns of schemas in generated code.

use super::file::FileScope;
use super::literal::int;
use herz_dsl::automaton::Table;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Whether a text (an expression) matches a pattern.
pub(super) fn matches(file: &FileScope<'_, '_>, pattern: &str, text: &TokenStream) -> TokenStream {
    let name = file.pattern(pattern);
    quote!(#name.matches(#text))
}

/// The patterns that a file asks for, each once: rules of several types share them.
pub(super) fn statics(file: &FileScope<'_, '_>) -> TokenStream {
    let statics = file.patterns().into_iter().map(|(name, pattern)| {
        let (ty, value) = compiled(file, &pattern);
        quote!(static #name: #ty = #value;)
    });
    statics.collect()
}

fn compiled(file: &FileScope<'_, '_>, pattern: &str) -> (TokenStream, TokenStream) {
    let module = file.runtime("", "pattern");
    let Some(table) = Table::of(pattern) else {
        return (quote!(#module::Lazy), quote!(#module::Lazy::new(#pattern)));
    };
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
