//! Numbers and values in generated code.

use super::file::{FileScope, tokens};
use herz_dsl::catalog::Literal;
use proc_macro2::TokenStream;
use quote::quote;

/// A whole number, grouped by thousands so that people can read it.
pub(super) fn int(value: impl std::fmt::Display) -> TokenStream {
    tokens(&grouped(&value.to_string()))
}

/// A number with a point.
pub(super) fn float(value: f64) -> TokenStream {
    let text = format!("{value}");
    match text.split_once('.') {
        Some((whole, fraction)) => tokens(&format!("{}.{fraction}", grouped(whole))),
        None => tokens(&format!("{}.0", grouped(&text))),
    }
}

/// `1234567` as `1_234_567`.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |rest| ("-", rest));
    if digits.len() <= 4 {
        return format!("{sign}{digits}");
    }
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

/// `Some(…)` or `None`.
pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

/// A value in a table.
pub(super) fn literal(file: &FileScope<'_, '_>, value: &Literal) -> TokenStream {
    let path = file.table("Literal");
    match value {
        Literal::Null => quote!(#path::Null),
        Literal::Bool(value) => quote!(#path::Bool(#value)),
        Literal::Int(value) => {
            let value = int(value);
            quote!(#path::Int(#value))
        }
        Literal::Float(value) => {
            let value = float(*value);
            quote!(#path::Float(#value))
        }
        Literal::Text(text) => quote!(#path::Text(#text)),
        Literal::List(items) => {
            let items = items.iter().map(|item| literal(file, item));
            quote!(#path::List(&[#(#items),*]))
        }
        Literal::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = literal(file, value);
                quote!((#key, #value))
            });
            quote!(#path::Map(&[#(#entries),*]))
        }
    }
}
