//! Kinds: whole documents.

use super::docs;
use super::doubt::Right;
use super::file::FileScope;
use super::graph::Named;
use super::literal::option;
use super::member::ident;
use super::{doubt, reader, rule, serde, validator};
use herz_dsl::catalog::{FieldPath, Kind, PathStep};
use proc_macro2::TokenStream;
use quote::quote;

/// Struct, table, reader and constructor of a kind.
pub(super) fn kind(file: &FileScope<'_, '_>, kind: &Kind, named: &Named) -> TokenStream {
    let name = ident(&named.ident);
    let package = file.graph.package(kind.package);
    let version = package.map_or_else(String::new, |package| {
        if package.group.is_empty() {
            package.api_version.clone()
        } else {
            format!("{}/{}", package.group, package.api_version)
        }
    });
    let kind_name = &kind.name;
    let text = format!(
        "{}{}",
        docs::or(&kind.doc, &format!("The kind `{kind_name}`.")).trim_end(),
        docs::life(&kind.life)
    );
    let docs = docs::docs(&text);
    let spec = file.named(kind.spec);
    let status = kind.status.map(|status| file.named(status));
    let (unknown, meta) = (
        file.runtime("", "Unknown"),
        file.runtime("meta", "ObjectMeta"),
    );
    let spec_type = if kind.spec_required {
        quote!(#spec)
    } else {
        quote!(Option<#spec>)
    };
    let spec_value = if kind.spec_required {
        quote!(spec)
    } else {
        quote!(spec: Some(spec))
    };
    let status_field = status.as_ref().map(|status| {
        quote! {
            /// What the platform reports.
            pub status: Option<#status>,
        }
    });
    let status_init = status.as_ref().map(|_| quote!(status: None,));
    let table = table(file, kind, named, &version);
    let right = doubt::kind_right(file, kind, named);
    let asked = &right.asked;
    let reader = reader(file, kind, named, &right);
    let view = view(file, kind, named);
    let serde = serde::object(file, named);
    let document = file.runtime("document", "Document");
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name {
            /// Name, namespace, labels and the like.
            pub metadata: Option<#meta>,
            /// What is wanted.
            pub spec: #spec_type,
            #status_field
            /// Keys that the schema does not know: kept, written back, reported by `validate()`.
            pub unknown: #unknown,
        }
        impl #name {
            /// A document with this name.
            pub fn new(name: impl Into<String>, spec: #spec) -> Self {
                Self {
                    metadata: Some(#meta::named(name)),
                    #spec_value,
                    #status_init
                    unknown: #unknown::EMPTY,
                }
            }
        }
        impl #document for #name {
            const KIND: &'static str = #kind_name;
            const API_VERSION: &'static str = #version;
            fn metadata(&self) -> Option<&#meta> {
                self.metadata.as_ref()
            }
            #asked
        }
        #table
        #reader
        #view
        #serde
    }
}

fn table(file: &FileScope<'_, '_>, kind: &Kind, named: &Named, version: &str) -> TokenStream {
    validator::constant(file, named, &rows(file, kind, version))
}

/// The table of whole documents.
pub(super) fn rows(file: &FileScope<'_, '_>, kind: &Kind, version: &str) -> TokenStream {
    let (path, field) = (file.table("ObjectTable"), file.table("Field"));
    let name = &kind.name;
    let spec = if kind.spec_required {
        quote!(.required())
    } else {
        TokenStream::new()
    };
    // What a platform writes into the status is not what its admission looks at.
    let status = kind
        .status
        .map(|_| quote!(, #field::new("status").structure_only()));
    let limit = file.table("Limit");
    let mut table = quote! {
        #path::new(#name, &[
            #field::new("apiVersion").required().limits(&[#limit::one_of(&[#version])]),
            #field::new("kind").required().limits(&[#limit::one_of(&[#name])]),
            #field::new("metadata"),
            #field::new("spec") #spec
            #status
        ])
        .document()
    };
    if !kind.rules.is_empty() {
        let rules = kind.rules.iter().map(|one| rule::rule(file, one));
        table.extend(quote!(.rules(&[#(#rules),*])));
    }
    if kind.structure_only {
        table.extend(quote!(.structure_only()));
    }
    if file
        .graph
        .package(kind.package)
        .is_some_and(|package| package.lenient_null)
    {
        table.extend(quote!(.lenient_null()));
    }
    if let Some(lasting) = &kind.lasting {
        let path = file.table("Lasting");
        let below = |tail: &[PathStep]| {
            let mut steps = vec![PathStep::Field("spec".to_owned())];
            steps.extend_from_slice(tail);
            rule::field_path(file, &FieldPath(steps))
        };
        let duration = below(&lasting.duration.0);
        let one_shot = option(lasting.one_shot.as_ref().map(|(tag, values)| {
            let tag = below(&[PathStep::Field(tag.clone())]);
            quote!((#tag, &[#(#values),*]))
        }));
        table.extend(quote!(.lasting(#path { duration: #duration, one_shot: #one_shot })));
    }
    table
}

fn reader(file: &FileScope<'_, '_>, kind: &Kind, named: &Named, right: &Right) -> TokenStream {
    let name = ident(&named.ident);
    let (read, reader) = (file.runtime("read", "Read"), file.runtime("read", "Reader"));
    let (json, document) = (
        file.runtime("", "Json"),
        file.runtime("document", "Document"),
    );
    let is_right = &right.read;
    let spec = if kind.spec_required {
        quote!(fields.required_at(3, at_3))
    } else {
        quote!(fields.optional_at(3, at_3))
    };
    let (read_status, status) = match kind.status {
        Some(_) => (
            quote!(let status = fields.optional_at(4, at_4);),
            quote!(status: status?,),
        ),
        None => (TokenStream::new(), TokenStream::new()),
    };
    let count = 4 + usize::from(kind.status.is_some());
    let find = reader::find(count, &file.runtime("document", "place_of"));
    quote! {
        impl #read for #name {
            fn read<'v>(value: &'v #json, cx: &mut #reader<'v>) -> Option<Self> {
                let mut fields = cx.object(value, Self::TABLE)?;
                #find
                let version =
                    fields.constant_at(at_0, "apiVersion", <Self as #document>::API_VERSION);
                let kind = fields.constant_at(at_1, "kind", <Self as #document>::KIND);
                let metadata = fields.optional_at(2, at_2);
                let spec = #spec;
                #read_status
                let unknown = fields.unknown();
                version.and(kind)?;
                Some(Self { metadata: metadata?, spec: spec?, #status unknown })
            }
            #is_right
        }
    }
}

fn view(file: &FileScope<'_, '_>, kind: &Kind, named: &Named) -> TokenStream {
    let name = ident(&named.ident);
    let (object, view) = (file.runtime("view", "Object"), file.runtime("view", "View"));
    let (look, table) = (file.runtime("view", "Look"), file.table("ObjectTable"));
    let (unknown, document) = (
        file.runtime("", "Unknown"),
        file.runtime("document", "Document"),
    );
    let status = kind.status.map(|_| quote!(4 => #look::look(&self.status),));
    let doubts = doubt::kind(file, kind);
    quote! {
        impl #object for #name {
            fn table(&self) -> &'static #table {
                Self::TABLE
            }
            fn field(&self, index: usize) -> #view<'_> {
                match index {
                    0 => #view::Text(<Self as #document>::API_VERSION),
                    1 => #view::Text(<Self as #document>::KIND),
                    2 => #look::look(&self.metadata),
                    3 => #look::look(&self.spec),
                    #status
                    _ => #view::Absent,
                }
            }
            fn unknown(&self) -> &#unknown {
                &self.unknown
            }
            #doubts
        }
    }
}
