//! Lists, maps and macros.

use super::super::member::ident;
use super::{Binds, Code, Emitter, Shape, Variable, undefined};
use crate::names::rust;
use herz_dsl::catalog::Type;
use herz_dsl::cel::{CelType, Expr, ExprKind, MacroKind};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Emitter<'_, '_, '_> {
    /// A list as a `Vec`; items of documents as references.
    fn vec(&self, code: Code) -> Code {
        let Shape::Place(ty, _) = &code.shape else {
            return code;
        };
        let Type::List(item) = self.resolve(ty) else {
            return code;
        };
        let receiver = code.receiver();
        let shape = Shape::Vec(Box::new(Shape::Place(*item, true)));
        code.with(
            quote!(#receiver.iter().collect::<Vec<_>>()),
            shape,
            Binds::Atom,
        )
    }

    /// A list as a `Vec` of values.
    pub(super) fn values(&self, code: Code) -> Code {
        let Some((items, shape)) = self.each(&code) else {
            return code;
        };
        let item = Code::atom(quote!(item), shape);
        let value = self.read(item.clone());
        let value = match value.shape {
            Shape::Place(..) => self.values(value),
            _ => value,
        };
        if value.shape == item.shape {
            return self.vec(code);
        }
        let shape = Shape::Vec(Box::new(value.shape.clone()));
        if value.fallible {
            let value = value.option();
            let tokens = quote!(#items.map(|item| #value).collect::<Option<Vec<_>>>());
            return Code::tail(tokens, shape);
        }
        let value = &value.tokens;
        let tokens = quote!(#items.map(|item| #value).collect::<Vec<_>>());
        code.with(tokens, shape, Binds::Atom)
    }

    /// The items of a list or the keys of a map, one by one.
    fn each(&self, code: &Code) -> Option<(TokenStream, Shape)> {
        let receiver = code.receiver();
        match &code.shape {
            Shape::Place(place, _) => match self.resolve(place) {
                Type::List(item) => Some((quote!(#receiver.iter()), Shape::Place(*item, true))),
                Type::Map(_) => Some((
                    quote!(#receiver.keys().map(String::as_str)),
                    Shape::Text { owned: false },
                )),
                _ => None,
            },
            Shape::Vec(item) => Some((quote!(#receiver.into_iter()), (**item).clone())),
            _ => None,
        }
    }

    /// A `Vec` of texts as one of `String`.
    pub(super) fn owned_texts(code: Code) -> Code {
        match &code.shape {
            Shape::Vec(item) if **item == Shape::Text { owned: false } => {
                let receiver = code.receiver();
                let shape = Shape::Vec(Box::new(Shape::Text { owned: true }));
                let tokens = quote!(#receiver.into_iter().map(str::to_owned).collect::<Vec<_>>());
                code.with(tokens, shape, Binds::Atom)
            }
            _ => code,
        }
    }

    pub(super) fn joined(&mut self, a: Code, b: Code) -> Code {
        let both_lie =
            matches!((&a.shape, &b.shape), (Shape::Place(x, _), Shape::Place(y, _)) if x == y);
        let (a, b) = if both_lie {
            (self.vec(a), self.vec(b))
        } else {
            self.alike(a, b)
        };
        let (a, b) = if both_lie {
            (a, b)
        } else {
            (self.values(a), self.values(b))
        };
        let fallible = a.fallible || b.fallible;
        let joined = self.runtime("joined");
        let (left, right) = (&a.tokens, &b.tokens);
        Code {
            fallible,
            ..Code::atom(quote!(#joined(#left, #right)), a.shape.clone())
        }
    }

    /// Items of a list constant, all of one Rust type.
    fn items(&mut self, items: &[Expr]) -> (Vec<TokenStream>, Shape, bool) {
        let mut codes: Vec<Code> = items
            .iter()
            .map(|item| self.value(item).reference().typed())
            .collect();
        let fallible = codes.iter().any(|code| code.fallible);
        if codes
            .iter()
            .any(|code| code.shape == Shape::Text { owned: true })
        {
            codes = codes.into_iter().map(Code::owned).collect();
        }
        if codes.iter().any(|code| matches!(code.shape, Shape::Vec(_))) {
            codes = codes.into_iter().map(|code| self.values(code)).collect();
        }
        let shape = codes
            .first()
            .map_or(Shape::Never, |code| code.shape.clone());
        (
            codes.into_iter().map(|code| code.tokens).collect(),
            shape,
            fallible,
        )
    }

    /// `[a, b]`
    pub(super) fn list(&mut self, items: &[Expr]) -> Code {
        let (items, shape, fallible) = self.items(items);
        Code {
            fallible,
            ..Code::atom(quote!(vec![#(#items),*]), Shape::Vec(Box::new(shape)))
        }
    }

    /// `item in container`
    pub(super) fn contains(&mut self, item: &Expr, container: &Expr) -> Code {
        let constant =
            |expr: &Expr| matches!(expr.kind, ExprKind::Literal(_) | ExprKind::Duration(_));
        // A list of constants is searched without a closure, so the item is evaluated once anyhow.
        let simple = constant(item)
            || matches!(&container.kind, ExprKind::List(items) if items.iter().all(constant));
        let wanted = self.value(item);
        let (wanted, bind) = if simple {
            (wanted, TokenStream::new())
        } else {
            let tokens = &wanted.tokens;
            let bind = quote!(let wanted = #tokens;);
            let mut named = wanted.clone();
            named.tokens = quote!(wanted);
            named.binds = Binds::Atom;
            (named, bind)
        };
        let test = self.test(&wanted, container);
        if simple {
            return test;
        }
        let tokens = &test.tokens;
        Code {
            binds: Binds::Block,
            ..test.with(quote!({ #bind #tokens }), Shape::Bool, Binds::Block)
        }
    }

    /// Whether a value is in a container.
    fn test(&mut self, wanted: &Code, container: &Expr) -> Code {
        let owned = wanted.shape == Shape::Text { owned: true };
        let name = &wanted.tokens;
        let text = matches!(wanted.shape, Shape::Text { .. });
        let (code, item) = if let ExprKind::List(items) = &container.kind {
            let (items, shape, fallible) = self.items(items);
            (
                Code {
                    fallible,
                    ..Code::atom(quote!([#(#items),*]), Shape::Never)
                },
                shape,
            )
        } else {
            let code = self.expr(container);
            match &code.shape {
                Shape::Place(ty, _) => match self.resolve(ty) {
                    Type::Map(_) => {
                        let (receiver, key) = (code.receiver(), wanted.as_str());
                        let tokens = quote!(#receiver.contains_key(#key));
                        let fallible = code.fallible || wanted.fallible;
                        return Code {
                            fallible,
                            ..Code::atom(tokens, Shape::Bool)
                        };
                    }
                    Type::List(item) => (code, Shape::Place(*item, true)),
                    _ => return undefined(&CelType::Bool),
                },
                Shape::Vec(item) => {
                    let item = (**item).clone();
                    (code, item)
                }
                _ => return undefined(&CelType::Bool),
            }
        };
        let fallible = code.fallible || wanted.fallible;
        let receiver = code.receiver();
        if matches!(item, Shape::Place(..)) || (text && item == Shape::Text { owned: true }) {
            let entry = match item {
                Shape::Text { .. } => {
                    Code::atom(quote!(entry.as_str()), Shape::Text { owned: false })
                }
                item => self.read(Code::atom(quote!(entry), item)),
            };
            let left = entry.at_least(Binds::Sum);
            // A `Vec` holds places as references already.
            let parameter = match &code.shape {
                Shape::Vec(of) if of.is_copy() => quote!(&entry),
                _ => quote!(entry),
            };
            if entry.fallible {
                let exists = self.runtime("exists");
                return Code::tail(
                    quote!(#exists(#receiver.iter(), |#parameter| Some(#left == #name))),
                    Shape::Bool,
                );
            }
            return Code {
                fallible,
                ..Code::atom(
                    quote!(#receiver.iter().any(|#parameter| #left == #name)),
                    Shape::Bool,
                )
            };
        }
        let name = if owned {
            quote!(#name.as_str())
        } else {
            quote!(#name)
        };
        Code {
            fallible,
            ..Code::atom(quote!(#receiver.contains(&#name)), Shape::Bool)
        }
    }

    /// `of[at]`
    pub(super) fn index(&mut self, of: &Expr, at: &Expr, ty: &CelType) -> Code {
        let (container, at) = (self.expr(of), self.value(at));
        let receiver = container.receiver();
        match container.shape.clone() {
            Shape::Place(place, _) => match self.resolve(&place) {
                Type::Map(item) => {
                    let key = at.as_str();
                    Code::tail(quote!(#receiver.get(#key)), Shape::Place(*item, true))
                }
                Type::List(item) => {
                    let (function, at) = (self.runtime("item"), &at.tokens);
                    let list = container.reference().tokens;
                    Code::tail(quote!(#function(#list, #at)), Shape::Place(*item, true))
                }
                _ => undefined(ty),
            },
            Shape::Vec(item) => {
                let (function, at) = (self.runtime("item"), &at.tokens);
                let found = Code::tail(quote!(#function(&#receiver, #at)), Shape::Never);
                let tokens = &found.tokens;
                if item.is_copy() {
                    found.with(quote!(*#tokens), *item, Binds::Unary)
                } else {
                    found.with(quote!(#tokens.clone()), *item, Binds::Atom)
                }
            }
            _ => undefined(ty),
        }
    }

    /// `over.kind(variable, body)`
    pub(super) fn walk(
        &mut self,
        kind: MacroKind,
        over: &Expr,
        variable: &str,
        body: &Expr,
        ty: &CelType,
    ) -> Code {
        let over = self.expr(over);
        let Some((items, shape)) = self.each(&over) else {
            return undefined(ty);
        };
        let ident = self.fresh(variable);
        self.variables.push(Variable {
            name: variable.to_owned(),
            ident: ident.clone(),
            shape: shape.clone(),
        });
        let body = self.value(body);
        self.variables.pop();
        let keeps = matches!(kind, MacroKind::Filter | MacroKind::ExistsOne);
        let code = Walk {
            kind,
            items,
            ident,
            body,
            by_value: shape.is_copy(),
            keeps,
        };
        let result = match kind {
            MacroKind::Map => code.map(),
            MacroKind::Filter => code.filter(&self.runtime("filter"), Shape::Vec(Box::new(shape))),
            MacroKind::All => code.test(&self.runtime("all")),
            MacroKind::Exists => code.test(&self.runtime("exists")),
            MacroKind::ExistsOne => code.test(&self.runtime("exists_one")),
        };
        Code {
            fallible: result.fallible || over.fallible,
            ..result
        }
    }

    /// A Rust name for a macro's variable.
    fn fresh(&self, variable: &str) -> Ident {
        let mut name = rust::plain_snake(variable);
        if name.is_empty() {
            name.push_str("item");
        }
        while self
            .variables
            .iter()
            .any(|known| known.ident == rust::snake(&name))
        {
            name.push('2');
        }
        ident(&rust::snake(&name))
    }
}

/// The parts of a macro.
struct Walk {
    kind: MacroKind,
    items: TokenStream,
    ident: Ident,
    body: Code,
    /// Whether items are copied.
    by_value: bool,
    /// Whether the test looks at items that are kept.
    keeps: bool,
}

impl Walk {
    fn parameter(&self) -> TokenStream {
        let ident = &self.ident;
        if self.keeps && self.by_value {
            quote!(&#ident)
        } else {
            quote!(#ident)
        }
    }

    fn test(&self, function: &TokenStream) -> Code {
        let (items, ident, body) = (&self.items, &self.ident, &self.body.tokens);
        if self.body.fallible {
            let body = self.body.option();
            return Code::tail(quote!(#function(#items, |#ident| #body)), Shape::Bool);
        }
        let parameter = self.parameter();
        match self.kind {
            MacroKind::All => Code::atom(quote!(#items.all(|#parameter| #body)), Shape::Bool),
            MacroKind::ExistsOne => {
                let tokens = quote!(#items.filter(|#parameter| #body).count() == 1);
                Code {
                    binds: Binds::Compare,
                    ..Code::atom(tokens, Shape::Bool)
                }
            }
            _ => Code::atom(quote!(#items.any(|#parameter| #body)), Shape::Bool),
        }
    }

    fn map(self) -> Code {
        // What is borrowed from the item ends with it.
        let body = self.body.owned().reference().typed();
        let (items, ident) = (&self.items, &self.ident);
        let shape = Shape::Vec(Box::new(body.shape.clone()));
        if body.fallible {
            let body = body.option();
            return Code::tail(
                quote!(#items.map(|#ident| #body).collect::<Option<Vec<_>>>()),
                shape,
            );
        }
        let body = &body.tokens;
        Code::atom(
            quote!(#items.map(|#ident| #body).collect::<Vec<_>>()),
            shape,
        )
    }

    fn filter(&self, function: &TokenStream, shape: Shape) -> Code {
        let (items, parameter, body) = (&self.items, self.parameter(), &self.body.tokens);
        if self.body.fallible {
            let body = self.body.option();
            return Code::tail(quote!(#function(#items, |#parameter| #body)), shape);
        }
        Code::atom(
            quote!(#items.filter(|#parameter| #body).collect::<Vec<_>>()),
            shape,
        )
    }
}
