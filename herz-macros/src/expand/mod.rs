//! Code for a valid item.

mod declared;
mod object;
mod place;
mod tagged;
mod texts;

use crate::ast::{Body, Field, Input, Role};
use crate::fallback;
use crate::lower::{self, Lowered};
use crate::valid::{self, Valid};
use herz_codegen::rust::{Options, Parts, parts};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::BTreeMap;
use syn::spanned::Spanned;
use syn::{DeriveInput, Error};

/// The implementations, or errors and stand-ins.
pub(crate) fn derive(input: &DeriveInput, role: Role) -> TokenStream {
    let mut errors = Vec::new();
    let read = Input::read(input, role, &mut errors);
    let krate = read
        .as_ref()
        .map_or_else(|| quote!(::herz), |read| read.krate.clone());
    let done = read.and_then(|read| {
        let lowered = lower::lower(&read, &mut errors);
        let valid = valid::check(&read, &lowered, &mut errors)?;
        implement(&read, &lowered, &valid, &mut errors)
    });
    match done.filter(|_| errors.is_empty()) {
        Some(tokens) => tokens,
        None => {
            let errors = errors.iter().map(Error::to_compile_error);
            let fallback = fallback::fallback(input, role, &krate);
            quote!(#(#errors)* #fallback)
        }
    }
}

/// What is the same for every part of the expansion.
struct Scope<'a> {
    input: &'a Input<'a>,
    lowered: &'a Lowered<'a>,
    valid: &'a Valid,
    parts: Parts,
    /// Path of the private module of `herz`.
    rt: TokenStream,
}

fn implement(
    input: &Input<'_>,
    lowered: &Lowered<'_>,
    valid: &Valid,
    errors: &mut Vec<Error>,
) -> Option<TokenStream> {
    let krate = &input.krate;
    let rt = quote!(#krate::__private_v1);
    let parts = match parts(
        &valid.catalog,
        &valid.name,
        &options(input, lowered, valid, &rt),
    ) {
        Ok(parts) => parts,
        Err(found) => {
            for error in found {
                errors.push(Error::new(input.ident.span(), error.message));
            }
            return None;
        }
    };
    let scope = Scope {
        input,
        lowered,
        valid,
        parts,
        rt,
    };
    let own = match &input.body {
        Body::Object(fields) => scope.object(fields),
        Body::Texts(variants) => scope.texts(variants),
        Body::Tagged(tag, variants) => scope.tagged(&tag.text, variants),
    };
    let declared = scope.declared();
    let kind = (input.role == Role::Kind).then(|| scope.kind());
    let claims = scope.claims();
    Some(quote! {
        #[allow(clippy::all, clippy::pedantic, unused_imports, non_upper_case_globals)]
        const _: () = {
            #own
            #declared
            #kind
            #claims
        };
    })
}

fn options(input: &Input<'_>, lowered: &Lowered<'_>, valid: &Valid, rt: &TokenStream) -> Options {
    let compact = |tokens: TokenStream| tokens.to_string().replace(' ', "");
    let external = lowered
        .named
        .iter()
        .map(|foreign| {
            let path = compact(foreign.ty.to_token_stream());
            (format!("{}.{}", valid.package, foreign.name), path)
        })
        .collect();
    let mut fields = BTreeMap::new();
    let own: Vec<&Field<'_>> = match &input.body {
        Body::Object(own) => own.iter().collect(),
        Body::Texts(_) | Body::Tagged(..) => Vec::new(),
    };
    for field in own {
        let at = format!("{}.{}.{}", valid.package, valid.name, field.wire.text);
        fields.insert(at, field.ident.to_string());
    }
    Options {
        runtime: compact(rt.clone()),
        external,
        fields,
        inline_enums: true,
        ..Options::default()
    }
}

impl Scope<'_> {
    fn table(&self) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let foreign = |name: &str| {
            let found = self.lowered.named.iter().find(|one| one.name == name)?;
            Some(found.ty.span())
        };
        let table = self
            .parts
            .table
            .clone()
            .map(|table| place::named(table, &foreign));
        quote! {
            #[automatically_derived]
            impl #ident {
                #[doc(hidden)]
                const __HERZ_TABLE: &'static #rt::table::ObjectTable = #table;
            }
        }
    }

    fn types(&self) -> Vec<TokenStream> {
        self.lowered
            .named
            .iter()
            .map(|foreign| foreign.ty.to_token_stream())
            .collect()
    }
}
