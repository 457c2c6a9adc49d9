//! Code for a valid item.

use crate::ast::{Body, Field, Input, Role, Style, Variant};
use crate::fallback;
use crate::lower::{self, Lowered, What};
use crate::text::Text;
use crate::valid::{self, Valid};
use herz_codegen::rust::{Options, Parts, parts};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
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
        also(&read, &mut errors);
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

/// What a schema may say and a Rust type can't hold.
fn also(input: &Input<'_>, errors: &mut Vec<Error>) {
    let entry = |key: &str| {
        input
            .groups
            .iter()
            .flat_map(|group| &group.entries)
            .find(|entry| entry.key.text == key)
    };
    let unknown = match &input.body {
        Body::Object(fields) => fields.iter().any(|field| field.ty.is_none()),
        Body::Texts(_) | Body::Tagged(..) => false,
    };
    if let (Some(open), false) = (entry("open"), unknown) {
        errors.push(Error::new(
            open.key.span,
            "an open type keeps fields that the schema does not know, and this one has no place for them\nhelp: add a field `unknown: herz::Unknown`",
        ));
    }
    if let (Some(cel), Body::Tagged(..)) = (entry("cel"), &input.body) {
        errors.push(Error::new(
            cel.key.span,
            "a tagged enum has no rules in CEL\nhelp: put the rule on the type of the variant",
        ));
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
            .map(|table| placed(table, &foreign));
        quote! {
            #[automatically_derived]
            impl #ident {
                #[doc(hidden)]
                const __HERZ_TABLE: &'static #rt::table::ObjectTable = #table;
            }
        }
    }

    /// A struct.
    fn object(&self, fields: &[Field<'_>]) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let table = self.table();
        let mut lets = Vec::new();
        let mut inits = Vec::new();
        let mut unknown = None;
        for (at, field) in fields.iter().enumerate() {
            let name = &field.ident;
            let local = format_ident!("field_{at}");
            let wire = &field.wire.text;
            match &field.ty {
                None => {
                    unknown = Some(name);
                    inits.push(quote!(#name: unknown));
                }
                // A field that the newest release no longer has.
                Some(_) if !self.parts.fields.contains(wire) => {
                    inits.push(quote!(#name: ::core::default::Default::default()));
                }
                Some(ty) => {
                    let inner = ty.inner;
                    let read = if ty.optional {
                        quote_spanned!(inner.span()=> <#inner as #rt::declare::ChaosType>::optional(&mut fields, #wire))
                    } else if field.defaulted() {
                        quote_spanned!(inner.span()=> <#inner as #rt::declare::ChaosType>::defaulted(&mut fields, #wire))
                    } else {
                        quote_spanned!(inner.span()=> <#inner as #rt::declare::ChaosType>::required(&mut fields, #wire))
                    };
                    lets.push(quote!(let #local = #read;));
                    inits.push(quote!(#name: #local?));
                }
            }
        }
        let rest = if unknown.is_some() {
            quote!(let unknown = fields.unknown();)
        } else {
            quote!(let known = fields.refuse_unknown();)
        };
        let known = unknown.is_none().then(|| quote!(known?;));
        let arms = self
            .parts
            .fields
            .iter()
            .enumerate()
            .filter_map(|(at, wire)| {
                let field = fields.iter().find(|field| field.wire.text == *wire)?;
                let (name, ty) = (&field.ident, field.ty.as_ref()?);
                let (inner, span) = (ty.inner, ty.inner.span());
                let look = if ty.optional {
                    quote!(seen_optional)
                } else {
                    quote!(seen)
                };
                Some(quote_spanned!(span=> #at => <#inner as #rt::declare::ChaosType>::#look(&self.#name),))
            });
        let unknown =
            unknown.map_or_else(|| quote!(&#rt::Unknown::EMPTY), |name| quote!(&self.#name));
        let (rules, uses) = (&self.parts.rules, &self.parts.uses);
        let uses = (!rules.is_empty()).then_some(uses);
        quote! {
            #uses
            #table
            #[automatically_derived]
            impl #rt::Read for #ident {
                fn read<'__v>(
                    value: &'__v #rt::Json,
                    cx: &mut #rt::read::Reader<'__v>,
                ) -> ::core::option::Option<Self> {
                    let mut fields = cx.object(value, Self::__HERZ_TABLE)?;
                    #(#lets)*
                    #rest
                    #known
                    ::core::option::Option::Some(Self { #(#inits),* })
                }
            }
            #[automatically_derived]
            impl #rt::view::Object for #ident {
                fn table(&self) -> &'static #rt::table::ObjectTable {
                    Self::__HERZ_TABLE
                }
                fn field(&self, index: usize) -> #rt::view::View<'_> {
                    match index {
                        #(#arms)*
                        _ => #rt::view::View::Absent,
                    }
                }
                fn unknown(&self) -> &#rt::Unknown {
                    #unknown
                }
                #rules
            }
            #rt::impl_object!(#ident);
        }
    }

    /// An enum of texts.
    fn texts(&self, variants: &[Variant<'_>]) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let limit = &self.parts.limit;
        let plain: Vec<_> = variants.iter().filter(|one| !one.other).collect();
        let idents: Vec<_> = plain.iter().map(|one| one.ident).collect();
        let values: Vec<_> = plain.iter().map(|one| &one.value.text).collect();
        let other = variants.iter().find(|one| one.other).map(|one| one.ident);
        let (read, look) = match other {
            Some(other) => (
                quote! {
                    text => ::core::option::Option::Some(Self::#other(::core::convert::From::from(text))),
                },
                quote!(Self::#other(text) => text,),
            ),
            None => (
                quote!(text => cx.not_allowed(text, &[#(#values),*]),),
                TokenStream::new(),
            ),
        };
        quote! {
            #[automatically_derived]
            impl #ident {
                #[doc(hidden)]
                const __HERZ_LIMITS: &'static [#rt::table::Limit] = &[#limit];
            }
            #[automatically_derived]
            impl #rt::Read for #ident {
                fn read<'__v>(
                    value: &'__v #rt::Json,
                    cx: &mut #rt::read::Reader<'__v>,
                ) -> ::core::option::Option<Self> {
                    match cx.text(value)? {
                        #(#values => ::core::option::Option::Some(Self::#idents),)*
                        #read
                    }
                }
            }
            #[automatically_derived]
            impl #rt::view::Look for #ident {
                fn look(&self) -> #rt::view::View<'_> {
                    #rt::view::View::Text(match self {
                        #(Self::#idents => #values,)*
                        #look
                    })
                }
            }
            #rt::impl_serde!(#ident);
        }
    }

    /// An enum with a tag.
    fn tagged(&self, tag: &str, variants: &[Variant<'_>]) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let table = self.table();
        let values: Vec<_> = variants.iter().map(|one| &one.value.text).collect();
        let reads = variants.iter().map(|variant| read_case(tag, variant));
        let tags = variants.iter().map(|variant| {
            let (name, value) = (variant.ident, &variant.value.text);
            let rest = variant.style.has_fields().then(|| quote!({ .. }));
            quote!(Self::#name #rest => #value,)
        });
        let arms = self
            .parts
            .fields
            .iter()
            .enumerate()
            .filter(|(_, wire)| *wire != tag)
            .map(|(at, wire)| {
                let cases = variants.iter().filter_map(|variant| {
                    let field = variant.fields.iter().find(|one| one.wire.text == *wire)?;
                    let (name, field) = (variant.ident, &field.ident);
                    let pattern = match variant.style {
                        Style::Newtype => quote!(Self::#name(value)),
                        Style::Unit | Style::Struct => quote!(Self::#name { #field: value, .. }),
                    };
                    Some(quote!(#pattern => #rt::view::Look::look(value),))
                });
                quote! {
                    #at => match self {
                        #(#cases)*
                        #[allow(unreachable_patterns)]
                        _ => #rt::view::View::Absent,
                    },
                }
            });
        let place = self.parts.fields.iter().position(|wire| wire == tag);
        quote! {
            #table
            #[automatically_derived]
            impl #rt::Read for #ident {
                fn read<'__v>(
                    value: &'__v #rt::Json,
                    cx: &mut #rt::read::Reader<'__v>,
                ) -> ::core::option::Option<Self> {
                    let mut fields = cx.object(value, Self::__HERZ_TABLE)?;
                    let tag: ::std::string::String = fields.required(#tag)?;
                    let read = match ::core::convert::AsRef::<str>::as_ref(&tag) {
                        #(#reads)*
                        other => return fields.not_allowed(#tag, other, &[#(#values),*]),
                    };
                    fields.refuse_unknown()?;
                    read
                }
            }
            #[automatically_derived]
            impl #rt::view::Object for #ident {
                fn table(&self) -> &'static #rt::table::ObjectTable {
                    Self::__HERZ_TABLE
                }
                fn field(&self, index: usize) -> #rt::view::View<'_> {
                    match index {
                        #place => #rt::view::View::Text(match self { #(#tags)* }),
                        #(#arms)*
                        _ => #rt::view::View::Absent,
                    }
                }
                fn unknown(&self) -> &#rt::Unknown {
                    &#rt::Unknown::EMPTY
                }
            }
            #rt::impl_object!(#ident);
        }
    }

    /// What the type says of itself.
    fn declared(&self) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let shape = matches!(self.input.body, Body::Texts(_)).then(|| {
            quote! {
                const SHAPE: &'static #rt::table::Shape =
                    &#rt::table::Shape::new(Self::__HERZ_LIMITS);
            }
        });
        let table = (!matches!(self.input.body, Body::Texts(_))).then(|| {
            quote! {
                const TABLE: ::core::option::Option<&'static #rt::table::ObjectTable> =
                    ::core::option::Option::Some(Self::__HERZ_TABLE);
            }
        });
        let name = &self.valid.name;
        let declare = (self.input.role == Role::Type).then(|| {
            let pieces = self.pieces();
            let releases = &self.valid.releases;
            let types = self.types();
            quote! {
                fn declare(into: &mut #rt::declare::Declarations) {
                    if into.add(#name, &[#(#pieces),*], &[#(#releases),*]) {
                        #(<#types as #rt::declare::ChaosType>::declare(into);)*
                    }
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #rt::declare::ChaosType for #ident {
                #shape
                #table
                fn type_name() -> ::std::string::String {
                    ::core::convert::From::from(#name)
                }
                #declare
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

    /// The declaration's text, with the names of other types left open.
    fn pieces(&self) -> Vec<TokenStream> {
        let rt = &self.rt;
        let types = self.types();
        let (texts, names) = Text::pieces(&self.lowered.text);
        let mut pieces = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            pieces.push(quote!(#rt::declare::Piece::Text(#text)));
            if let Some(ty) = names.get(at).and_then(|index| types.get(*index)) {
                pieces.push(quote! {
                    #rt::declare::Piece::Type(<#ty as #rt::declare::ChaosType>::type_name)
                });
            }
        }
        pieces
    }

    fn kind(&self) -> TokenStream {
        let (rt, ident) = (&self.rt, self.input.ident);
        let status = self
            .input
            .status
            .as_ref()
            .map_or_else(|| quote!(#rt::JsonMap), ToTokens::to_token_stream);
        let kind = &self.input.name.text;
        let package = self.valid.catalog.packages.first();
        let version = package.map_or_else(String::new, |package| {
            format!("{}/{}", package.group, package.api_version)
        });
        let document = &self.parts.document;
        let package = &self.valid.package_text;
        let (pieces, types) = (self.pieces(), self.types());
        let releases = &self.valid.releases;
        quote! {
            #[automatically_derived]
            impl #rt::KindSpec for #ident {
                type Status = #status;
                const KIND: &'static str = #kind;
                const API_VERSION: &'static str = #version;
                const DOCUMENT: &'static #rt::table::ObjectTable = #document;
                const PACKAGE: &'static str = #package;
                const DECLARED: &'static [#rt::declare::Piece] = &[#(#pieces),*];
                fn declare_types(into: &mut #rt::declare::Declarations) {
                    into.releases(&[#(#releases),*]);
                    #(<#types as #rt::declare::ChaosType>::declare(into);)*
                }
            }
        }
    }

    /// What rules say of other types, checked where both are known: by the Rust compiler.
    fn claims(&self) -> TokenStream {
        let rt = &self.rt;
        let types = self.types();
        let checks = self.lowered.claims.iter().filter_map(|claim| {
            let ty = types.get(claim.ty)?;
            let name = &self.lowered.named.get(claim.ty)?.name;
            let (test, message) = match &claim.what {
                What::Field(wire) => (
                    quote!(#rt::declare::has_field(<#ty as #rt::declare::ChaosType>::TABLE, #wire)),
                    format!("`{name}` has no field `{wire}` [HZ0305]"),
                ),
                What::Value(value) => (
                    quote!(#rt::declare::has_value(<#ty as #rt::declare::ChaosType>::SHAPE, #value)),
                    format!("`{name}` has no value `{value}` [HZ0314]"),
                ),
            };
            Some(at(
                quote!(const _: () = if !#test { ::core::panic!(#message) };),
                claim.span,
            ))
        });
        quote!(#(#checks)*)
    }
}

/// One arm of the reader of a tagged enum.
fn read_case(tag: &str, variant: &Variant<'_>) -> TokenStream {
    let (name, value) = (variant.ident, &variant.value.text);
    let own: Vec<_> = variant
        .fields
        .iter()
        .map(|field| &field.wire.text)
        .collect();
    let locals: Vec<Ident> = (0..variant.fields.len())
        .map(|at| format_ident!("field_{at}"))
        .collect();
    let lets = variant
        .fields
        .iter()
        .zip(&locals)
        .filter_map(|(field, local)| {
            let (wire, ty) = (&field.wire.text, field.ty.as_ref()?);
            let inner = ty.inner;
            let read = if ty.optional {
                quote_spanned!(inner.span()=> fields.optional::<#inner>(#wire))
            } else {
                quote_spanned!(inner.span()=> fields.needed::<#inner>(#wire, #tag, #value))
            };
            Some(quote!(let #local = #read;))
        });
    let made = match variant.style {
        Style::Unit => quote!(Self::#name),
        Style::Newtype => quote!(Self::#name(#(#locals?)*)),
        Style::Struct => {
            let idents = variant.fields.iter().map(|field| &field.ident);
            quote!(Self::#name { #(#idents: #locals?),* })
        }
    };
    quote! {
        #value => {
            #(#lets)*
            fields.refuse_foreign(&[#(#own),*], #tag, #value)?;
            ::core::option::Option::Some(#made)
        }
    }
}

/// Tokens with the names of the user's types where the user wrote them.
fn placed(tokens: TokenStream, place: &dyn Fn(&str) -> Option<Span>) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            proc_macro2::TokenTree::Group(group) => {
                let inner = placed(group.stream(), place);
                let mut new = proc_macro2::Group::new(group.delimiter(), inner);
                new.set_span(group.span());
                proc_macro2::TokenTree::Group(new)
            }
            proc_macro2::TokenTree::Ident(mut ident) => {
                if let Some(span) = place(&ident.to_string()) {
                    ident.set_span(span);
                }
                proc_macro2::TokenTree::Ident(ident)
            }
            other => other,
        })
        .collect()
}

/// Tokens at another place, so that what is wrong with them is told there.
fn at(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let proc_macro2::TokenTree::Group(group) = &token {
                let mut inner =
                    proc_macro2::Group::new(group.delimiter(), at(group.stream(), span));
                inner.set_span(span);
                return proc_macro2::TokenTree::Group(inner);
            }
            token.set_span(span);
            token
        })
        .collect()
}
