//! Keywords that the macros take for themselves.

use super::Named;
use crate::attr::{Data, Entry, Group};
use proc_macro2::{Span, TokenStream};
use syn::Error;

/// Takes the first entry of a keyword out; a second one stays and is reported as unknown.
pub(super) fn take(groups: &mut [Group], key: &str) -> Option<Entry> {
    groups.iter_mut().find_map(|group| {
        let at = group
            .entries
            .iter()
            .position(|entry| entry.key.text == key)?;
        Some(group.entries.remove(at))
    })
}

/// The text of an entry.
pub(super) fn text(entry: &Entry, errors: &mut Vec<Error>) -> Option<Named> {
    match &entry.value.data {
        Data::Text(text) => Some(Named {
            text: text.clone(),
            span: entry.value.span,
        }),
        Data::Word(key) => Some(Named {
            text: key.text.clone(),
            span: key.span,
        }),
        _ => {
            let message = format!("`{}` must be a text in quotes", entry.key.text);
            errors.push(Error::new(entry.value.span, message));
            None
        }
    }
}

/// The Rust path of an entry, in quotes or not.
pub(super) fn path(entry: &Entry, errors: &mut Vec<Error>) -> Option<TokenStream> {
    let tokens = match &entry.value.data {
        Data::Text(text) => text.parse::<TokenStream>().ok(),
        Data::Word(key) => key.text.parse::<TokenStream>().ok(),
        Data::Rust(tokens) => Some(tokens.clone()),
        _ => None,
    };
    let tokens = tokens.filter(|tokens| syn::parse2::<syn::Path>(tokens.clone()).is_ok());
    if tokens.is_none() {
        let message = format!("`{}` must be a path, such as `crate::name`", entry.key.text);
        errors.push(Error::new(entry.value.span, message));
    }
    // The tokens of a text have no place of their own.
    tokens.map(|tokens| spanned(tokens, entry.value.span))
}

fn spanned(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}
