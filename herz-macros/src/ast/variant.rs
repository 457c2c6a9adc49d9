//! Variants of enums.

use super::entry::{take, text};
use super::{Field, Named};
use crate::attr::{self, Entry};
use crate::names::Case;
use crate::types;
use syn::spanned::Spanned;
use syn::{Error, Fields, Ident};

/// A variant of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) docs: String,
    pub(crate) value: Named,
    pub(crate) entries: Vec<Entry>,
    pub(crate) fields: Vec<Field<'a>>,
    /// How its fields are written in Rust.
    pub(crate) style: Style,
    /// Whether it takes every text that no other variant is.
    pub(crate) other: bool,
}

/// How the fields of a variant are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Unit,
    Newtype,
    Struct,
}

impl Style {
    /// Whether it holds fields.
    pub(crate) fn has_fields(self) -> bool {
        self != Self::Unit
    }
}

/// Keywords of a variant that the schema language does not have.
pub(crate) const VARIANT: &[&str] = &["rename", "other"];

impl<'a> Variant<'a> {
    pub(super) fn read(
        variant: &'a syn::Variant,
        case: Option<Case>,
        tagged: bool,
        errors: &mut Vec<Error>,
    ) -> Self {
        let mut groups = attr::groups(&variant.attrs, errors);
        let named = take(&mut groups, "rename").or_else(|| take(&mut groups, "value"));
        let value = named.and_then(|entry| text(&entry, errors));
        let other = take(&mut groups, "other").is_some();
        let kebab = case.unwrap_or(Case::Kebab);
        let (style, fields) = match &variant.fields {
            Fields::Unit => (Style::Unit, Vec::new()),
            Fields::Named(fields) => {
                let fields = fields.named.iter();
                let read = fields.filter_map(|field| Field::read(field, Case::Camel, errors));
                (Style::Struct, read.collect())
            }
            Fields::Unnamed(fields) => match (fields.unnamed.first(), fields.unnamed.len()) {
                (Some(_), 1) if other => (Style::Newtype, Vec::new()),
                (Some(field), 1) if tagged => (
                    Style::Newtype,
                    newtype(variant, field, errors).into_iter().collect(),
                ),
                (Some(_), 1) => (Style::Newtype, Vec::new()),
                _ => {
                    errors.push(Error::new(
                        variant.fields.span(),
                        "a variant has one value or fields with names",
                    ));
                    (Style::Unit, Vec::new())
                }
            },
        };
        if other && (tagged || style != Style::Newtype) {
            let message = if tagged {
                "a tagged enum has no variant for other values: they would have no fields"
            } else {
                "the variant for other values holds the text: `Other(String)`"
            };
            errors.push(Error::new(variant.ident.span(), message));
        }
        Self {
            ident: &variant.ident,
            docs: attr::docs(&variant.attrs),
            value: value.unwrap_or_else(|| Named {
                text: kebab.apply(&variant.ident),
                span: variant.ident.span(),
            }),
            entries: groups.into_iter().flat_map(|group| group.entries).collect(),
            fields,
            style,
            other,
        }
    }
}

/// The field of `Delay(Delay)`: its key is the variant's name.
fn newtype<'a>(
    variant: &'a syn::Variant,
    field: &'a syn::Field,
    errors: &mut Vec<Error>,
) -> Option<Field<'a>> {
    let mut groups = attr::groups(&field.attrs, errors);
    let named = take(&mut groups, "name").or_else(|| take(&mut groups, "rename"));
    let wire = named.and_then(|entry| text(&entry, errors));
    let ty = match types::field_type(&field.ty) {
        Ok(ty) => ty,
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    Some(Field {
        ident: Ident::new("value", variant.ident.span()),
        docs: attr::docs(&field.attrs),
        wire: wire.unwrap_or_else(|| Named {
            text: Case::Camel.apply(&variant.ident),
            span: variant.ident.span(),
        }),
        ty: Some(ty),
        entries: groups.into_iter().flat_map(|group| group.entries).collect(),
    })
}
