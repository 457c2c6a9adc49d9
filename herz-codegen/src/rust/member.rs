//! Fields as Rust has them.

use super::file::FileScope;
use super::graph::Graph;
use crate::CodegenError;
use crate::names::{Scope, rust};
use herz_dsl::catalog::{Field, Layer, Object, Type, TypeId};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Names of struct fields that generated structs have by themselves.
const RESERVED: &[&str] = &["unknown"];

/// A field as Rust has it.
#[derive(Debug, Clone)]
pub(super) struct Member<'c> {
    pub(super) field: &'c Field,
    /// Place in the object's table.
    pub(super) at: usize,
    /// Name without `r#`, for `with_…`.
    pub(super) plain: String,
    ident: String,
    /// Whether the struct has an `Option` here.
    pub(super) optional: bool,
    /// Whether the value stands behind a `Box`.
    pub(super) boxed: bool,
}

/// The fields of an object, named.
pub(super) fn members<'c>(
    graph: &Graph<'c>,
    id: TypeId,
    object: &'c Object,
    errors: &mut Vec<CodegenError>,
) -> Vec<Member<'c>> {
    let mut scope = Scope::new();
    object
        .fields
        .iter()
        .enumerate()
        .map(|(place, field)| {
            let source = field.name.as_deref().unwrap_or(&field.wire);
            let (mut ident, mut plain) = (rust::snake(source), rust::plain_snake(source));
            if RESERVED.contains(&ident.as_str()) {
                ident.push('_');
                plain.push('_');
            }
            let at = format!("{}.{}", graph.label(id), field.wire);
            if let Some(chosen) = graph.options.fields.get(&at) {
                ident.clone_from(chosen);
                chosen.trim_start_matches("r#").clone_into(&mut plain);
            }
            errors.extend(scope.take(&ident, &at).err());
            Member {
                field,
                at: place,
                plain,
                ident,
                optional: optional(field),
                boxed: boxed(graph, id, field),
            }
        })
        .collect()
}

/// A field that a document may leave out is an `Option`: also a required one that the structure
/// fills in, since reading and writing must not add to a document.
fn optional(field: &Field) -> bool {
    !field.required
        || field
            .default
            .as_ref()
            .is_some_and(|default| default.layer == Layer::Structure)
}

/// Specs of kinds inside other types are boxed: a workflow template may hold one of fifteen.
fn boxed(graph: &Graph<'_>, owner: TypeId, field: &Field) -> bool {
    match graph.resolve(&field.ty) {
        Type::Ref(id) => *id != owner && graph.catalog.kinds.iter().any(|kind| kind.spec == *id),
        _ => false,
    }
}

impl Member<'_> {
    /// Name of the struct field.
    pub(super) fn ident(&self) -> Ident {
        ident(&self.ident)
    }

    /// Type of the value, without `Option`.
    pub(super) fn value_type(&self, file: &FileScope<'_, '_>) -> TokenStream {
        let bare = file.ty(&self.field.ty);
        let bare = if self.boxed { quote!(Box<#bare>) } else { bare };
        if self.field.nullable {
            let nullable = file.runtime("value", "Nullable");
            quote!(#nullable<#bare>)
        } else {
            bare
        }
    }

    /// The value of the struct field, to be kept: copied or cloned.
    pub(super) fn kept(&self, graph: &Graph<'_>) -> TokenStream {
        let name = self.ident();
        let copy = matches!(
            graph.resolve(&self.field.ty),
            Type::Bool | Type::Int { .. } | Type::Float64
        );
        if copy && !self.field.nullable {
            quote!(self.#name)
        } else {
            quote!(self.#name.clone())
        }
    }

    /// Type of the struct field.
    pub(super) fn full_type(&self, file: &FileScope<'_, '_>) -> TokenStream {
        let value = self.value_type(file);
        if self.optional {
            quote!(Option<#value>)
        } else {
            value
        }
    }
}

/// An identifier from its text, which may start with `r#`.
pub(super) fn ident(text: &str) -> Ident {
    match text.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(text, Span::call_site()),
    }
}
