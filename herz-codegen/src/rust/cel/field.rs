//! Fields in expressions.

use super::{Code, Compiled, Compiler};
use crate::rust::member::Member;
use herz_dsl::catalog::{Literal, Type, TypeBody, TypeId};
use herz_dsl::cel::{CelType, Expr};
use proc_macro2::TokenStream;
use quote::quote;

impl Compiler<'_, '_, '_> {
    /// The member behind a field of an object.
    fn member(&self, object: &Expr, wire: &str) -> Result<&Member<'_>, String> {
        let CelType::Object(id) = object.ty else {
            return Err(format!(
                "`{wire}` is a field of something that is no object"
            ));
        };
        self.member_of(id, wire)
            .ok_or_else(|| format!("there is no field `{wire}`"))
    }

    fn member_of(&self, id: TypeId, wire: &str) -> Option<&Member<'_>> {
        self.file
            .graph
            .members(id)
            .iter()
            .find(|member| member.field.wire == wire)
    }

    /// The default that the structure fills in; a template stands for what is not known.
    fn default<'m>(member: &'m Member<'_>) -> Option<&'m Literal> {
        member
            .field
            .structure_default()
            .filter(|literal| match literal {
                Literal::Null => false,
                Literal::Text(text) => !text.contains("${"),
                _ => true,
            })
    }

    /// `has(object.field)`, or its contrary.
    pub(super) fn has(&self, of: &Expr, wire: &str, negated: bool) -> Compiled {
        let object = self.expr(of)?;
        let member = self.member(of, wire)?;
        let (tokens, field) = (object.operand(), member.ident());
        let default = member.field.structure_default();
        let filled_in = default.is_some_and(|default| *default != Literal::Null);
        let (yes, test) = if negated {
            (quote!(false), quote!(is_none))
        } else {
            (quote!(true), quote!(is_some))
        };
        let there = match (member.optional, member.field.nullable) {
            _ if filled_in => yes,
            (false, false) => yes,
            (false, true) => quote!(#tokens.#field.value().#test()),
            (true, false) => quote!(#tokens.#field.#test()),
            (true, true) => {
                quote!(#tokens.#field.as_ref().and_then(|value| value.value()).#test())
            }
        };
        Ok(Code::tight(there, object.fallible))
    }

    /// `object.field`.
    pub(super) fn select(&self, of: &Expr, wire: &str, ty: &CelType) -> Compiled {
        let object = self.expr(of)?;
        let member = self.member(of, wire)?;
        let (tokens, field) = (object.operand(), member.ident());
        let there = match (member.optional, member.field.nullable) {
            (false, false) => {
                let value = self.value(&quote!(#tokens.#field), false, &member.field.ty, ty)?;
                return Ok(Code {
                    fallible: object.fallible || value.fallible,
                    ..value
                });
            }
            (true, false) => quote!(#tokens.#field.as_ref()),
            (true, true) => quote!(#tokens.#field.as_ref().and_then(|value| value.value())),
            (false, true) => quote!(#tokens.#field.value()),
        };
        let Some(default) = Self::default(member) else {
            let value = self.value(&quote!(#there?), true, &member.field.ty, ty)?;
            return Ok(Code {
                fallible: true,
                ..value
            });
        };
        let value = self.value(&quote!(value), true, &member.field.ty, ty)?;
        let fallible = object.fallible || value.fallible;
        let (value, default) = (value.value(), self.literal(default, ty)?);
        Ok(Code::loose(
            quote!(match #there { Some(value) => #value, None => #default }),
            fallible,
        ))
    }

    /// A Rust value as an expression has it. `place` is the value itself, or a reference to it.
    pub(super) fn value(
        &self,
        place: &TokenStream,
        is_reference: bool,
        schema: &Type,
        ty: &CelType,
    ) -> Compiled {
        let copied = if is_reference {
            quote!(*#place)
        } else {
            quote!(#place)
        };
        let reference = if is_reference {
            quote!(#place)
        } else {
            quote!(&#place)
        };
        let borrowed = || {
            let cow = self.cow();
            Code {
                borrowed: Some(quote!(#place.as_str())),
                ..Code::sure(quote!(#cow::Borrowed(#place.as_str())))
            }
        };
        Ok(match (self.file.graph.resolve(schema), ty) {
            (_, CelType::Opaque) => Code::sure(quote!(())),
            (Type::Bool | Type::Float64, _) => Code::sure(copied),
            (
                Type::Int {
                    bits: 64,
                    signed: true,
                    ..
                },
                _,
            ) => Code::sure(copied),
            (
                Type::Int {
                    bits: 64,
                    signed: false,
                    ..
                },
                _,
            ) => Code::value_of(quote!(i64::try_from(#copied).ok())),
            (Type::Int { .. }, _) => Code::sure(quote!(i64::from(#copied))),
            (Type::String | Type::Scalar(_), _) => borrowed(),
            (Type::Ref(id), _) => match self.file.graph.catalog.get(*id).map(|def| &def.body) {
                Some(TypeBody::Enum(_)) => borrowed(),
                _ => Code::sure(reference),
            },
            (Type::Map(_), _) => Code::sure(reference),
            (Type::List(inner), CelType::List(of)) => {
                let item = self.value(&quote!(item), true, inner, of)?;
                if item.fallible {
                    let body = item.option();
                    Code::value_of(quote! {
                        #place.iter().map(|item| #body).collect::<Option<Vec<_>>>()
                    })
                } else {
                    let body = item.value();
                    Code::sure(quote!(#place.iter().map(|item| #body).collect::<Vec<_>>()))
                }
            }
            (Type::List(_) | Type::Bytes | Type::Any | Type::AnyObject | Type::IntOrString, _) => {
                return Err("it uses a value that has no type in expressions".to_owned());
            }
        })
    }

    /// What the map of an expression has as values.
    pub(super) fn map_values(&self, map: &Expr) -> Option<Type> {
        use herz_dsl::cel::ExprKind;
        match &map.kind {
            ExprKind::Select(of, wire) => {
                let member = self.member(of, wire).ok()?;
                match self.file.graph.resolve(&member.field.ty) {
                    Type::Map(inner) => Some((**inner).clone()),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
