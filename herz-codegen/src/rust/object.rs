//! Object types: a struct, and how it is seen from outside.

use super::file::FileScope;
use super::graph::Named;
use super::literal::int;
use super::member::{Member, ident};
use super::{builder, cel, docs, doubt, reader, serde, validator};
use herz_dsl::catalog::{Object, TypeDef, TypeId};
use proc_macro2::TokenStream;
use quote::quote;

/// Struct, table, reader and setters of an object type.
pub(super) fn object(
    file: &FileScope<'_, '_>,
    id: TypeId,
    def: &TypeDef,
    object: &Object,
    named: &Named,
) -> TokenStream {
    let members = file.graph.members(id);
    let name = ident(&named.ident);
    let text = format!(
        "{}{}",
        docs::or(&def.doc, &format!("`{}`.", def.name)).trim_end(),
        docs::life(&def.life)
    );
    let docs = docs::docs(&text);
    let fields = members.iter().map(|member| {
        let docs = docs::field(member.field);
        let name = member.ident();
        let ty = member.full_type(file);
        quote! { #docs pub #name: #ty, }
    });
    let unknown = file.runtime("", "Unknown");
    let derives = derives(members);
    let debug = debug(&named.ident, members);
    let builder = builder::builder(file, named, members);
    let table = validator::table(file, id, def, object);
    let doubts = doubt::object(file, id, object);
    let rules = cel::rules(file, id, object);
    let view = view(file, named, members, &quote!(#doubts #rules));
    let reader = reader::reader(file, named, members, &doubt::right(file, id, object));
    let serde = serde::object(file, named);
    quote! {
        #docs
        #derives
        pub struct #name {
            #(#fields)*
            /// Keys that the schema does not know: kept, written back, reported by `validate()`.
            pub unknown: #unknown,
        }
        #debug
        #builder
        #table
        #reader
        #view
        #serde
    }
}

/// `Default` where every field may be absent; `Debug` unless a field is secret.
fn derives(members: &[Member<'_>]) -> TokenStream {
    let debug = (!members.iter().any(|member| member.field.sensitive)).then(|| quote!(Debug,));
    let default = members
        .iter()
        .all(|member| member.optional)
        .then(|| quote!(Default,));
    quote!(#[derive(#debug Clone, #default PartialEq)])
}

/// `Debug` of a type with secrets: they are not shown.
fn debug(name: &str, members: &[Member<'_>]) -> TokenStream {
    if !members.iter().any(|member| member.field.sensitive) {
        return TokenStream::new();
    }
    let fields = members.iter().map(|member| {
        let wire = &member.plain;
        let ident = member.ident();
        if member.field.sensitive {
            quote!(.field(#wire, &"…"))
        } else {
            quote!(.field(#wire, &self.#ident))
        }
    });
    let ident = ident(name);
    quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#name) #(#fields)* .field("unknown", &self.unknown).finish()
            }
        }
    }
}

/// The struct as validator and writer see it.
fn view(
    file: &FileScope<'_, '_>,
    named: &Named,
    members: &[Member<'_>],
    judging: &TokenStream,
) -> TokenStream {
    let name = ident(&named.ident);
    let object = file.runtime("view", "Object");
    let view = file.runtime("view", "View");
    let table = file.table("ObjectTable");
    let unknown = file.runtime("", "Unknown");
    let look = (!members.is_empty()).then(|| file.runtime("view", "Look"));
    let index = if look.is_some() {
        quote!(index)
    } else {
        quote!(_)
    };
    let arms = members.iter().enumerate().map(|(at, member)| {
        let ident = member.ident();
        let at = int(at);
        let look = &look;
        quote!(#at => #look::look(&self.#ident),)
    });
    let body = if members.is_empty() {
        quote!(#view::Absent)
    } else {
        quote!(match index { #(#arms)* _ => #view::Absent })
    };
    quote! {
        impl #object for #name {
            fn table(&self) -> &'static #table {
                Self::TABLE
            }
            fn field(&self, #index: usize) -> #view<'_> {
                #body
            }
            fn unknown(&self) -> &#unknown {
                &self.unknown
            }
            #judging
        }
    }
}
