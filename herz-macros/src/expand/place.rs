//! Tokens moved to where the user reads about them.

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// Tokens with the names of the user's types where the user wrote them.
pub(super) fn named(tokens: TokenStream, place: &dyn Fn(&str) -> Option<Span>) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let inner = named(group.stream(), place);
                let mut new = Group::new(group.delimiter(), inner);
                new.set_span(group.span());
                TokenTree::Group(new)
            }
            TokenTree::Ident(mut ident) => {
                if let Some(span) = place(&ident.to_string()) {
                    ident.set_span(span);
                }
                TokenTree::Ident(ident)
            }
            other => other,
        })
        .collect()
}

/// Tokens at another place, so that what is wrong with them is told there.
pub(super) fn at(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                let mut inner = Group::new(group.delimiter(), at(group.stream(), span));
                inner.set_span(span);
                return TokenTree::Group(inner);
            }
            token.set_span(span);
            token
        })
        .collect()
}
