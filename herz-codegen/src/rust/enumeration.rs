//! Enums: closed when written, tolerant when read.

use super::file::FileScope;
use super::graph::Named;
use super::member::ident;
use super::{docs, serde, validator};
use crate::CodegenError;
use crate::names::{Scope, rust};
use herz_dsl::catalog::{Enum, TypeDef, TypeId};
use proc_macro2::TokenStream;
use quote::quote;

/// Variants that generated enums have by themselves.
const RESERVED: &[&str] = &["Other"];

/// A variant: its name, its text, its docs.
pub(super) struct Variant<'c> {
    pub(super) name: String,
    pub(super) text: &'c str,
    doc: String,
}

/// The variant for a value; `name` is what the schema says it is called.
pub(super) fn variant_name(value: &str, name: Option<&str>) -> String {
    let variant = rust::pascal(name.unwrap_or(value));
    if RESERVED.contains(&variant.as_str()) {
        format!("{variant}Value")
    } else {
        variant
    }
}

/// The variants of an enum, and what is wrong with their names.
pub(super) fn variants<'c>(body: &'c Enum, at: &str) -> (Vec<Variant<'c>>, Vec<CodegenError>) {
    let mut scope = Scope::new();
    let mut errors = Vec::new();
    let mut variants: Vec<Variant<'c>> = Vec::new();
    for value in &body.values {
        let name = variant_name(&value.value, value.name.as_deref());
        errors.extend(
            scope
                .take(&name, &format!("{at} value `{}`", value.value))
                .err(),
        );
        let doc = format!(
            "{}{}",
            docs::or(&value.doc, &format!("`{}`.", value.value)).trim_end(),
            docs::life(&value.life)
        );
        variants.push(Variant {
            name,
            text: &value.value,
            doc,
        });
    }
    if body.allow_empty && !body.values.iter().any(|value| value.value.is_empty()) {
        let name = variant_name("", None);
        errors.extend(scope.take(&name, &format!("{at} value ``")).err());
        variants.push(Variant {
            name,
            text: "",
            doc: "The empty text.".to_owned(),
        });
    }
    (variants, errors)
}

/// An enum with a variant for whatever a later release brings.
pub(super) fn enumeration(
    file: &FileScope<'_, '_>,
    id: TypeId,
    def: &TypeDef,
    body: &Enum,
    named: &Named,
) -> TokenStream {
    let name = ident(&named.ident);
    let (variants, _) = variants(body, &def.name);
    let text = format!(
        "{}{}",
        docs::or(&def.doc, &format!("`{}`.", def.name)).trim_end(),
        docs::life(&def.life)
    );
    let docs = docs::docs(&text);
    let idents: Vec<_> = variants
        .iter()
        .map(|variant| ident(&variant.name))
        .collect();
    let texts: Vec<_> = variants.iter().map(|variant| variant.text).collect();
    let variant_docs = variants.iter().map(|variant| docs::docs(&variant.doc));
    let old = body
        .values
        .iter()
        .filter(|value| value.life.deprecated.is_some());
    let old = old.filter_map(|value| variants.iter().find(|one| one.text == value.value));
    let mut doubted = vec![quote!(Self::Other(_))];
    doubted.extend(old.map(|variant| {
        let name = ident(&variant.name);
        quote!(Self::#name)
    }));
    let limit = validator::enum_limit(file, id, def, body);
    let limit_type = file.table("Limit");
    let serde = serde::text(file, named);
    let all = int_len(idents.len());
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name {
            #(#variant_docs #idents,)*
            /// A text that the schema does not know: kept and written back, reported by
            /// `validate()`.
            Other(String),
        }
        impl #name {
            /// Every value that the schema knows.
            pub const ALL: [Self; #all] = [#(Self::#idents),*];

            #[doc(hidden)]
            pub const LIMIT: #limit_type = #limit;

            /// Whether the schema lists the value and has nothing against it.
            fn is_listed(&self) -> bool {
                !matches!(self, #(#doubted)|*)
            }

            /// The text in documents.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #texts,)*
                    Self::Other(text) => text,
                }
            }
        }
        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                match text {
                    #(#texts => Self::#idents,)*
                    _ => Self::Other(text.to_owned()),
                }
            }
        }
        #serde
    }
}

fn int_len(len: usize) -> TokenStream {
    super::literal::int(len)
}
