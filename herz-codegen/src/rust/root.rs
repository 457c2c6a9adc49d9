//! The root: a module for each package, and one enum over all kinds.

use super::graph::Graph;
use super::member::ident;
use proc_macro2::TokenStream;
use quote::quote;

/// `mod.rs` at the top. It is taken in by `include!`, so it has no inner attributes.
pub(super) fn root(graph: &Graph<'_>) -> TokenStream {
    let modules = graph
        .spaces()
        .filter(|space| space.path.len() == 1)
        .map(|space| {
            let name = ident(space.path.first().map_or("", String::as_str));
            quote! {
                #[allow(
                clippy::doc_markdown,
                clippy::large_enum_variant,
                clippy::large_stack_arrays,
                clippy::match_same_arms,
                clippy::similar_names,
                clippy::single_char_pattern,
                clippy::too_many_lines,
                clippy::type_complexity,
                reason = "docs, names and sizes are the schema's"
            )]
                pub mod #name;
            }
        });
    let spec = spec(graph);
    quote! {
        #(#modules)*
        #spec
    }
}

/// `ChaosSpec`.
fn spec(graph: &Graph<'_>) -> TokenStream {
    if graph.kinds().next().is_none() {
        return TokenStream::new();
    }
    let runtime: TokenStream = super::file::tokens(&graph.options.runtime);
    let variants: Vec<_> = graph
        .kinds()
        .map(|(_, named)| {
            let module = graph
                .space(named.space)
                .and_then(|space| space.path.first());
            let module = ident(module.map_or("", String::as_str));
            (ident(&named.ident), module)
        })
        .collect();
    let names: Vec<_> = variants.iter().map(|(name, _)| name).collect();
    let modules: Vec<_> = variants.iter().map(|(_, module)| module).collect();
    let docs = graph.kinds().map(|(kind, _)| {
        let package = graph.package(kind.package);
        let group = package.map_or("", |package| package.group.as_str());
        super::docs::docs(&format!("`{}` of `{group}`.", kind.name))
    });
    quote! {
        /// A document of any kind that the schemas know.
        #[derive(Debug, Clone, PartialEq)]
        pub enum ChaosSpec {
            #(#docs #names(Box<#modules::#names>),)*
        }
        #runtime::impl_chaos_spec!(ChaosSpec { #(#names(#modules::#names)),* });
    }
}
