//! `#[faultpoint]`: a function that can be made to fail from outside.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ItemFn, LitStr, ReturnType, Token, Type};

/// What stands in the brackets: a name, and what makes an error.
#[derive(Default)]
struct Options {
    name: Option<LitStr>,
    error: Option<Expr>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Self::default();
        if input.peek(LitStr) {
            options.name = Some(input.parse()?);
            if input.is_empty() {
                return Ok(options);
            }
            input.parse::<Token![,]>()?;
        }
        while !input.is_empty() {
            let key: syn::Ident = input.parse()?;
            if key != "error" {
                let message =
                    format!("`{key}` is not known; there are a name in quotes and `error = …`");
                return Err(syn::Error::new(key.span(), message));
            }
            input.parse::<Token![=]>()?;
            options.error = Some(input.parse()?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

/// The function with a point at its begin; as it is, beside an error, if something is wrong.
pub(crate) fn expand(options: TokenStream, item: &TokenStream) -> TokenStream {
    match expanded(options, item.clone()) {
        Ok(tokens) => tokens,
        Err(error) => {
            let error = error.to_compile_error();
            quote! { #error #item }
        }
    }
}

fn expanded(options: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let options: Options = syn::parse2(options)?;
    let mut function: ItemFn = syn::parse2(item)?;
    if let Some(word) = &function.sig.constness {
        let message = "a function that the compiler calls can't be made to fail from outside";
        return Err(syn::Error::new_spanned(word, message));
    }
    let name = match options.name {
        Some(name) => quote! { #name },
        None => {
            let name = function.sig.ident.to_string();
            quote! { #name }
        }
    };
    let word = function.sig.asyncness.map(|_| quote! { async });
    let end = match options.error {
        Some(error) => Some(quote! {
            , |fault| ::core::result::Result::Err((#error)(fault))
        }),
        None if is_result(&function.sig.output) => Some(quote! {
            , |fault| ::core::result::Result::Err(::core::convert::From::from(fault))
        }),
        None => None,
    };
    let point: syn::Stmt = syn::parse2(quote! {
        ::herz::faultpoints::faultpoint!(#word #name #end);
    })?;
    function.block.stmts.insert(0, point);
    Ok(quote! { #function })
}

/// Whether the last part of the type's name says that it is a result.
fn is_result(output: &ReturnType) -> bool {
    match output {
        ReturnType::Type(_, kind) => match kind.as_ref() {
            Type::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "Result"),
            _ => false,
        },
        ReturnType::Default => false,
    }
}
