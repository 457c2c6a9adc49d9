//! A tag and what belongs to it, as one Rust enum.

use super::docs;
use super::enumeration::variant_name;
use super::file::FileScope;
use super::graph::{Graph, Named};
use super::member::{Member, ident};
use crate::CodegenError;
use crate::names::{Scope, rust, words};
use herz_dsl::catalog::{
    Case, DefaultValue, Enum, EnumValue, Literal, Type, TypeBody, TypeId, Union,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// What is wrong with the names of a union's variants.
pub(super) fn check(graph: &Graph<'_>, id: TypeId, union: &Union) -> Vec<CodegenError> {
    let mut scope = Scope::new();
    let values = tag_values(graph, id, union);
    let mut errors: Vec<CodegenError> = union
        .cases
        .iter()
        .filter_map(|case| {
            let at = format!("{} case `{}`", graph.label(id), case.value);
            scope.take(&case_name(case, values), &at).err()
        })
        .collect();
    let members = graph.members(id);
    if !members.iter().any(|member| member.field.wire == union.tag) {
        let message = format!("has the tag `{}`, which is no field of it", union.tag);
        errors.push(CodegenError::new(graph.label(id), message));
    }
    errors
}

/// The values of the tag, if it is an enum.
fn tag_values<'c>(graph: &Graph<'c>, id: TypeId, union: &Union) -> Option<&'c Enum> {
    let tag = graph
        .members(id)
        .iter()
        .find(|member| member.field.wire == union.tag)?;
    match graph.resolve(&tag.field.ty) {
        Type::Ref(id) => match &graph.catalog.get(*id)?.body {
            TypeBody::Enum(body) => Some(body),
            TypeBody::Object(_) | TypeBody::Refined(..) => None,
        },
        _ => None,
    }
}

fn value_of<'c>(case: &Case, values: Option<&'c Enum>) -> Option<&'c EnumValue> {
    values?
        .values
        .iter()
        .find(|value| value.value == case.value)
}

fn case_name(case: &Case, values: Option<&Enum>) -> String {
    variant_name(
        &case.value,
        value_of(case, values).and_then(|value| value.name.as_deref()),
    )
}

/// A field in a case.
struct Part<'m, 'c> {
    member: &'m Member<'c>,
    needed: bool,
}

impl Part<'_, '_> {
    fn ty(&self, file: &FileScope<'_, '_>) -> TokenStream {
        if self.needed {
            self.member.value_type(file)
        } else {
            self.member.full_type(file)
        }
    }
}

fn parts<'m, 'c>(case: &Case, members: &'m [Member<'c>]) -> Vec<Part<'m, 'c>> {
    let find = |wire: &String| members.iter().find(|member| member.field.wire == *wire);
    let needed = case.requires.iter().filter_map(find).map(|m| Part {
        member: m,
        needed: true,
    });
    let used = case.allows.iter().filter_map(find).map(|m| Part {
        member: m,
        needed: false,
    });
    needed.chain(used).collect()
}

/// The enum, and how the object gives and takes it.
#[allow(
    clippy::too_many_lines,
    reason = "the pattern of one piece of code, as it is generated"
)]
pub(super) fn union(
    file: &FileScope<'_, '_>,
    id: TypeId,
    owner: &Named,
    union: &Union,
    name: &str,
) -> TokenStream {
    let members = file.graph.members(id);
    let Some(tag) = members.iter().find(|member| member.field.wire == union.tag) else {
        return TokenStream::new();
    };
    let values = tag_values(file.graph, id, union);
    let enum_name = ident(name);
    let owner_name = ident(&owner.ident);
    let cases: Vec<_> = union
        .cases
        .iter()
        .map(|case| {
            let variant = ident(&case_name(case, values));
            (case, variant, parts(case, members))
        })
        .collect();

    let variants = cases.iter().map(|(case, variant, parts)| {
        let doc = value_of(case, values).map_or("", |value| value.doc.as_str());
        let docs = docs::docs(docs::or(doc, &format!("`{}`.", case.value)));
        let shape = variant_shape(file, parts);
        quote!(#docs #variant #shape,)
    });
    let tags = cases.iter().map(|(case, variant, parts)| {
        let value = &case.value;
        let rest = ignore_pattern(parts);
        quote!(Self::#variant #rest => #value,)
    });
    let incomplete = file.runtime("", "IncompleteCase");
    let reads = cases.iter().map(|(case, variant, parts)| {
        read_arm(file.graph, &incomplete, &enum_name, case, variant, parts)
    });
    let writes = cases
        .iter()
        .filter(|(.., parts)| !parts.is_empty())
        .map(|(_, variant, parts)| {
            let pattern = pattern(parts);
            let sets = parts.iter().map(|part| {
                let field = part.member.ident();
                if part.needed && part.member.optional {
                    quote!(self.#field = Some(#field);)
                } else {
                    quote!(self.#field = #field;)
                }
            });
            quote!(#enum_name::#variant #pattern => { #(#sets)* })
        });
    let empty: Vec<_> = cases
        .iter()
        .filter(|(.., parts)| parts.is_empty())
        .map(|(_, variant, _)| variant)
        .collect();

    let tag_text = tag_text(&incomplete, tag);
    let tag_field = tag.ident();
    let set_tag = if tag.optional {
        quote!(self.#tag_field = Some(chosen.tag().into());)
    } else {
        quote!(self.#tag_field = chosen.tag().into();)
    };
    let method = method(name);
    let setter = format_ident!("set_{}", rust::plain_snake(&method));
    let method = ident(&rust::snake(&method));
    let (wire, parameter) = (&tag.field.wire, format_ident!("chosen"));
    let enum_docs = docs::docs(&format!(
        "What `{wire}` of [`{}`] says, with the fields that belong to it.",
        owner.ident
    ));
    let get_docs = docs::docs(&format!(
        "What `{wire}` says, with the fields that belong to it; an error if one that it needs is \
         missing.\n\nFields of other cases stay in the struct and are not part of the result."
    ));
    let set_docs = docs::docs(&format!(
        "Sets `{wire}` and the fields that belong to it; all other fields stay."
    ));
    quote! {
        #enum_docs
        #[derive(Debug, Clone, PartialEq)]
        pub enum #enum_name {
            #(#variants)*
            /// A text that the schema does not know.
            Other(String),
        }
        impl #enum_name {
            /// The text of the tag in documents.
            #[must_use]
            pub fn tag(&self) -> &str {
                match self {
                    #(#tags)*
                    Self::Other(text) => text,
                }
            }
        }
        impl #owner_name {
            #get_docs
            pub fn #method(&self) -> Result<#enum_name, #incomplete> {
                let tag = #tag_text;
                let chosen = match tag {
                    #(#reads)*
                    other => #enum_name::Other(other.to_owned()),
                };
                Ok(chosen)
            }
            #set_docs
            pub fn #setter(&mut self, #parameter: #enum_name) {
                #set_tag
                match #parameter {
                    #(#writes)*
                    #(#enum_name::#empty |)* #enum_name::Other(_) => {}
                }
            }
        }
    }
}

/// `NetworkFault` is got by `fault()`: the last word of its name.
fn method(name: &str) -> String {
    words(name).pop().unwrap_or_else(|| name.to_owned())
}

/// `(Delay)`, `{ delay: Option<Delay>, … }` or nothing.
fn variant_shape(file: &FileScope<'_, '_>, parts: &[Part<'_, '_>]) -> TokenStream {
    match parts {
        [] => TokenStream::new(),
        [only] if only.needed => {
            let ty = only.ty(file);
            quote!((#ty))
        }
        parts => {
            let fields = parts.iter().map(|part| {
                let docs = docs::field(part.member.field);
                let name = part.member.ident();
                let ty = part.ty(file);
                quote!(#docs #name: #ty)
            });
            quote!({ #(#fields),* })
        }
    }
}

/// The pattern that takes a variant apart into variables named like the fields.
fn pattern(parts: &[Part<'_, '_>]) -> TokenStream {
    let names = parts.iter().map(|part| part.member.ident());
    match parts {
        [] => TokenStream::new(),
        [only] if only.needed => quote!((#(#names),*)),
        _ => quote!({ #(#names),* }),
    }
}

fn ignore_pattern(parts: &[Part<'_, '_>]) -> TokenStream {
    match parts {
        [] => TokenStream::new(),
        [only] if only.needed => quote!((_)),
        _ => quote!({ .. }),
    }
}

fn read_arm(
    graph: &Graph<'_>,
    incomplete: &TokenStream,
    enum_name: &Ident,
    case: &Case,
    variant: &Ident,
    parts: &[Part<'_, '_>],
) -> TokenStream {
    let value = &case.value;
    let get = |part: &Part<'_, '_>| {
        let wire = &part.member.field.wire;
        if part.needed && part.member.optional {
            let field = part.member.ident();
            quote!(#incomplete::or(self.#field.as_ref(), #value, #wire)?)
        } else {
            part.member.kept(graph)
        }
    };
    let body = match parts {
        [] => TokenStream::new(),
        [only] if only.needed => {
            let value = get(only);
            quote!((#value))
        }
        parts => {
            let fields = parts.iter().map(|part| {
                let name = part.member.ident();
                let value = get(part);
                quote!(#name: #value)
            });
            quote!({ #(#fields),* })
        }
    };
    quote!(#value => #enum_name::#variant #body,)
}

/// The tag's text in the object, its default in place of an absent one.
fn tag_text(incomplete: &TokenStream, tag: &Member<'_>) -> TokenStream {
    let field = tag.ident();
    if !tag.optional {
        return quote!(self.#field.as_str());
    }
    let wire = &tag.field.wire;
    let default = tag
        .field
        .default
        .as_ref()
        .and_then(|default| match &default.value {
            DefaultValue::Literal(Literal::Text(text)) => Some(text),
            _ => None,
        });
    if let Some(default) = default {
        return quote!(self.#field.as_ref().map_or(#default, |tag| tag.as_str()));
    }
    quote! {
        self.#field
            .as_ref()
            .ok_or(#incomplete::no_tag(#wire))?
            .as_str()
    }
}
