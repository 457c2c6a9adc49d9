//! Fields of objects, and what their texts say.

use super::super::literal::{float, int};
use super::super::member::Member;
use super::{Binds, Code, Emitter, Shape, undefined};
use herz_dsl::catalog::{Literal, Type};
use herz_dsl::cel::{CelType, Expr, ExprKind};
use herz_types::scalar::{Dialect, Magnitude};
use proc_macro2::TokenStream;
use quote::quote;

impl<'c> Emitter<'_, '_, 'c> {
    /// The struct field: how it is reached, and what is known of it. None if the newest release
    /// has no such field.
    fn member(&mut self, of: &Expr, wire: &str) -> Option<(Code, TokenStream, Member<'c>)> {
        let object = self.expr(of);
        let Shape::Place(ty, _) = &object.shape else {
            return None;
        };
        let Type::Ref(id) = self.resolve(ty) else {
            return None;
        };
        let members = self.file.graph.members(id);
        let member = members.iter().find(|member| member.field.wire == wire)?;
        let (receiver, ident) = (object.receiver(), member.ident());
        Some((object, quote!(#receiver.#ident), member.clone()))
    }

    /// `has(of.field)`, or its negation.
    pub(super) fn has(&mut self, of: &Expr, wire: &str, not: bool) -> Code {
        let Some((object, place, member)) = self.member(of, wire) else {
            return Code::atom(quote!(#not), Shape::Bool);
        };
        if member.field.structure_default().is_some() {
            let there = !not;
            return object.with(quote!(#there), Shape::Bool, Binds::Atom);
        }
        let test = if not {
            quote!(is_none)
        } else {
            quote!(is_some)
        };
        let tokens = match (member.optional, member.field.nullable) {
            (true, false) => quote!(#place.#test()),
            (false, true) => quote!(#place.value().#test()),
            (true, true) => {
                let nullable = self.file.runtime("value", "Nullable");
                quote!(#place.as_ref().and_then(#nullable::value).#test())
            }
            (false, false) => {
                let there = !not;
                quote!(#there)
            }
        };
        object.with(tokens, Shape::Bool, Binds::Atom)
    }

    /// `of.field`
    pub(super) fn select(&mut self, of: &Expr, wire: &str, ty: &CelType) -> Code {
        let Some((object, place, member)) = self.member(of, wire) else {
            return undefined(ty);
        };
        let field_type = self.resolve(&member.field.ty);
        let reference = Shape::Place(field_type.clone(), true);
        match (member.optional, member.field.nullable) {
            (false, false) => object.with(place, Shape::Place(field_type, false), Binds::Atom),
            (false, true) => Code::tail(quote!(#place.value()), reference),
            (true, true) => {
                let nullable = self.file.runtime("value", "Nullable");
                Code::tail(
                    quote!(#place.as_ref().and_then(#nullable::value)),
                    reference,
                )
            }
            (true, false) => {
                let default = member.field.structure_default();
                let filled =
                    default.and_then(|default| or_default(&object, &place, &field_type, default));
                if let Some(code) = filled {
                    return code;
                }
                if matches!(default, Some(Literal::List(_) | Literal::Map(_))) {
                    self.problem = Some(format!(
                        "the default of `{wire}` is a filled list or an object"
                    ));
                }
                match field_type {
                    Type::Bool | Type::Int { .. } | Type::Float64 => {
                        Code::tail(place, Shape::Place(field_type, false))
                    }
                    _ => Code::tail(quote!(#place.as_ref()), reference),
                }
            }
        }
    }

    /// What a text with a grammar says.
    pub(super) fn magnitude(&mut self, dialect: Dialect, of: &Expr, ty: &CelType) -> Code {
        let (read, shape) = match ty {
            CelType::Duration => (self.runtime("nanos"), Shape::Duration),
            CelType::Int => (self.runtime("whole"), Shape::Int),
            _ => (self.runtime("number"), Shape::Float),
        };
        if let ExprKind::Select(object, wire) = &of.kind
            && let Some((object, place, member)) = self.member(object, wire)
            && let (true, Some(Literal::Text(text))) =
                (member.optional, member.field.structure_default())
        {
            let Some(default) = said(dialect, text, &shape) else {
                return undefined(ty);
            };
            let tokens = quote! {
                match &#place { Some(text) => #read(text)?, None => #default }
            };
            let code = object.with(tokens, shape, Binds::Block);
            return Code {
                fallible: true,
                ..code
            };
        }
        let code = self.expr(of);
        match code.shape {
            Shape::Place(..) => {
                let text = code.reference().tokens;
                Code::tail(quote!(#read(#text)), shape)
            }
            _ => undefined(ty),
        }
    }
}

/// The field, or what the structure fills in. None for defaults that are objects or filled
/// lists: absent fields of that kind have no value.
fn or_default(object: &Code, place: &TokenStream, ty: &Type, default: &Literal) -> Option<Code> {
    let borrowed = Shape::Text { owned: false };
    let lies = Shape::Place(ty.clone(), false);
    let (tokens, shape) = match (ty, default) {
        (Type::Bool, Literal::Bool(value)) => (quote!(#place.unwrap_or(#value)), lies),
        (Type::Int { .. }, Literal::Int(value)) => {
            let value = int(value);
            (quote!(#place.unwrap_or(#value)), lies)
        }
        (Type::Float64, Literal::Float(value)) => {
            let value = float(*value);
            (quote!(#place.unwrap_or(#value)), lies)
        }
        #[allow(clippy::cast_precision_loss)] // As every reader of a float field does.
        (Type::Float64, Literal::Int(value)) => {
            let value = float(*value as f64);
            (quote!(#place.unwrap_or(#value)), lies)
        }
        // `${…}` stands for what only the document knows.
        (_, Literal::Text(text)) if text.contains("${") => return None,
        (Type::String, Literal::Text(text)) => {
            (quote!(#place.as_deref().unwrap_or(#text)), borrowed)
        }
        (Type::Scalar(_) | Type::Ref(_), Literal::Text(text)) => (
            quote!(#place.as_ref().map_or(#text, |text| text.as_str())),
            borrowed,
        ),
        (Type::List(_), Literal::List(items)) if items.is_empty() => (
            quote!(#place.as_deref().unwrap_or_default()),
            Shape::Place(ty.clone(), true),
        ),
        _ => return None,
    };
    Some(object.with(tokens, shape, Binds::Atom))
}

/// What a constant text says, in the unit of its shape.
fn said(dialect: Dialect, text: &str, shape: &Shape) -> Option<TokenStream> {
    // 2^53: up to there a float is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match (dialect.parse(text).ok()?, shape) {
        (Magnitude::Nanoseconds(nanos), Shape::Duration) => Some(int(nanos)),
        (magnitude, Shape::Float) => magnitude
            .value()
            .filter(|value| value.is_finite())
            .map(float),
        (magnitude, Shape::Int) => {
            let value = magnitude.value()?.trunc();
            value.abs().le(&EXACT).then(|| int(value))
        }
        _ => None,
    }
}
