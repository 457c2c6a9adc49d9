//! Lists, maps and macros in expressions.

use super::{Code, Compiled, Compiler};
use crate::names::rust::snake;
use crate::rust::member::ident;
use herz_dsl::catalog::Literal;
use herz_dsl::cel::{CelType, Expr, ExprKind, MacroKind};
use proc_macro2::TokenStream;
use quote::quote;

impl Compiler<'_, '_, '_> {
    /// `[a, b]`.
    pub(super) fn list(&self, items: &[Expr]) -> Compiled {
        let items = items
            .iter()
            .map(|item| self.expr(item))
            .collect::<Result<Vec<_>, _>>()?;
        let fallible = items.iter().any(|item| item.fallible);
        let items = items.iter().map(Code::value);
        Ok(Code::tight(quote!(vec![#(#items),*]), fallible))
    }

    /// `size(x)`.
    pub(super) fn size(&self, of: &Expr) -> Compiled {
        let code = self.expr(of)?;
        let size = match of.ty {
            CelType::String => {
                let (function, text) = (self.call("characters"), code.text());
                quote!(#function(#text))
            }
            _ => {
                let (function, tokens) = (self.call("count"), code.operand());
                quote!(#function(#tokens.len()))
            }
        };
        Ok(Code::tight(size, code.fallible))
    }

    /// `list[0]`, `map['key']`.
    pub(super) fn index(&self, of: &Expr, at: &Expr, ty: &CelType) -> Compiled {
        let (container, place) = (self.expr(of)?.operand(), self.expr(at)?.operand());
        if let CelType::Map(_) = of.ty {
            let schema = self
                .map_values(of)
                .ok_or("it looks into a map that is no field of an object")?;
            let value = self.value(&quote!(#container.get(&*#place)?), true, &schema, ty)?;
            return Ok(Code {
                fallible: true,
                ..value
            });
        }
        let function = self.call("item");
        Ok(Code::value_of(quote!(#function(#container, #place))))
    }

    /// `x in list`, `key in map`.
    pub(super) fn contains(&self, item: &Expr, container: &Expr) -> Compiled {
        let code = self.expr(item)?;
        if let (ExprKind::List(items), CelType::String) = (&container.kind, &item.ty) {
            let texts: Option<Vec<&String>> = items.iter().map(literal_text).collect();
            if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
                let text = code.text();
                let inside = quote!([#(#texts),*].contains(&#text));
                return Ok(Code::tight(inside, code.fallible));
            }
        }
        let inside = self.expr(container)?;
        let fallible = code.fallible || inside.fallible;
        let list = inside.operand();
        let tokens = match container.ty {
            CelType::Map(_) => {
                let key = code.text();
                quote!(#list.contains_key(#key))
            }
            _ => {
                let item = code.operand();
                quote!(#list.contains(&#item))
            }
        };
        Ok(Code::tight(tokens, fallible))
    }

    /// `list.all(x, …)` and its like; over a map the variable is the key.
    pub(super) fn walk(
        &self,
        kind: MacroKind,
        range: &Expr,
        variable: &str,
        body: &Expr,
    ) -> Compiled {
        let items = self.expr(range)?.operand();
        let items: TokenStream = match range.ty {
            CelType::Map(_) => {
                let cow = self.cow();
                quote!(#items.keys().map(|key| #cow::Borrowed(key.as_str())).collect::<Vec<_>>())
            }
            _ => items,
        };
        let function = self.call(match kind {
            MacroKind::All => "all",
            MacroKind::Exists => "any",
            MacroKind::ExistsOne => "one",
            MacroKind::Map => "map",
            MacroKind::Filter => "filter",
        });
        let variable = ident(&snake(variable));
        let body = self.expr(body)?.option();
        Ok(Code::value_of(quote!(#function(#items, |#variable| #body))))
    }
}

fn literal_text(expr: &Expr) -> Option<&String> {
    match &expr.kind {
        ExprKind::Literal(Literal::Text(text)) => Some(text),
        _ => None,
    }
}
