//! Operators.

use super::{Binds, Code, Emitter, Shape, undefined};
use herz_dsl::cel::{CelType, Expr, Operator};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_, '_, '_> {
    /// `a && b`, `a || b`
    pub(super) fn logic(&mut self, operator: Operator, a: &Expr, b: &Expr) -> Code {
        let (left, right) = (self.value(a), self.value(b));
        let and = operator == Operator::And;
        if left.fallible {
            // The right side may decide although the left one has no value.
            let function = self.runtime(if and { "and" } else { "or" });
            let (left, right) = (left.option(), right.option());
            return Code::tail(quote!(#function(|| #left, || #right)), Shape::Bool);
        }
        let binds = if and { Binds::And } else { Binds::Or };
        let (a, b) = (left.at_least(binds), right.at_least(binds));
        let tokens = if and {
            quote!(#a && #b)
        } else {
            quote!(#a || #b)
        };
        right.with(tokens, Shape::Bool, binds)
    }

    pub(super) fn conditional(&mut self, condition: &Expr, yes: &Expr, no: &Expr) -> Code {
        let (condition, yes, no) = (self.value(condition), self.value(yes), self.value(no));
        let (yes, no) = self.alike(yes.typed(), no);
        let fallible = condition.fallible || yes.fallible || no.fallible;
        let shape = if yes.shape == Shape::Never {
            no.shape.clone()
        } else {
            yes.shape.clone()
        };
        let condition = condition.at_least(Binds::Or);
        let (yes, no) = (&yes.tokens, &no.tokens);
        let tokens = quote!(if #condition { #yes } else { #no });
        Code {
            fallible,
            binds: Binds::Block,
            ..Code::atom(tokens, shape)
        }
    }

    /// Two expressions of one Rust type.
    pub(super) fn alike(&self, a: Code, b: Code) -> (Code, Code) {
        match (&a.shape, &b.shape) {
            (Shape::Text { owned: x }, Shape::Text { owned: y }) if x != y => {
                (a.owned(), b.owned())
            }
            (Shape::Place(x, _), Shape::Place(y, _)) if x == y => (a.reference(), b.reference()),
            (Shape::Place(..) | Shape::Vec(_), Shape::Place(..) | Shape::Vec(_)) => {
                let (a, b) = (self.values(a), self.values(b));
                if a.shape == b.shape {
                    (a, b)
                } else {
                    (Self::owned_texts(a), Self::owned_texts(b))
                }
            }
            _ => (a, b),
        }
    }

    pub(super) fn binary(&mut self, operator: Operator, a: &Expr, b: &Expr, ty: &CelType) -> Code {
        let (left, right) = (self.value(a), self.value(b));
        if left.shape == Shape::Never || right.shape == Shape::Never {
            return undefined(ty);
        }
        let fallible = left.fallible || right.fallible;
        let infix = |symbol: TokenStream, binds: Binds, least: (Binds, Binds), shape| {
            let (a, b) = (left.at_least(least.0), right.at_least(least.1));
            Code {
                binds,
                fallible,
                ..Code::atom(quote!(#a #symbol #b), shape)
            }
        };
        // Comparisons don't chain in Rust.
        let compare = |symbol| {
            infix(
                symbol,
                Binds::Compare,
                (Binds::Sum, Binds::Sum),
                Shape::Bool,
            )
        };
        let checked = |method: TokenStream| {
            let (a, b) = (left.receiver(), &right.tokens);
            Code::tail(quote!(#a.#method(#b)), left.shape.clone())
        };
        let list = matches!(left.shape, Shape::Place(..) | Shape::Vec(_));
        match operator {
            Operator::Equal | Operator::NotEqual if list => {
                let (a, b) = (self.values(left), self.values(right));
                let (a, b) = (a.at_least(Binds::Sum), b.at_least(Binds::Sum));
                let symbol = if operator == Operator::Equal {
                    quote!(==)
                } else {
                    quote!(!=)
                };
                Code {
                    fallible,
                    binds: Binds::Compare,
                    ..Code::atom(quote!(#a #symbol #b), Shape::Bool)
                }
            }
            Operator::Equal => compare(quote!(==)),
            Operator::NotEqual => compare(quote!(!=)),
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => {
                let symbol = match operator {
                    Operator::Less => quote!(<),
                    Operator::LessOrEqual => quote!(<=),
                    Operator::Greater => quote!(>),
                    _ => quote!(>=),
                };
                if let Shape::Text { .. } = left.shape {
                    // One type on both sides: `&str` has no order with `String`.
                    let (a, b) = (bare(&left), bare(&right));
                    return Code {
                        fallible,
                        binds: Binds::Compare,
                        ..Code::atom(quote!(#a #symbol #b), Shape::Bool)
                    };
                }
                compare(symbol)
            }
            Operator::Add if list => self.joined(left, right),
            Operator::Add if matches!(left.shape, Shape::Text { .. }) => {
                let (concat, a, b) = (self.runtime("concat"), left.as_str(), right.as_str());
                Code {
                    fallible,
                    ..Code::atom(quote!(#concat(#a, #b)), Shape::Text { owned: true })
                }
            }
            _ if left.shape == Shape::Float => {
                let sum = (Binds::Sum, (Binds::Sum, Binds::Product));
                let product = (Binds::Product, (Binds::Product, Binds::Unary));
                let (symbol, (binds, least)) = match operator {
                    Operator::Add => (quote!(+), sum),
                    Operator::Subtract => (quote!(-), sum),
                    Operator::Multiply => (quote!(*), product),
                    _ => (quote!(/), product),
                };
                infix(symbol, binds, least, Shape::Float)
            }
            Operator::Add => checked(quote!(checked_add)),
            Operator::Subtract => checked(quote!(checked_sub)),
            Operator::Multiply => checked(quote!(checked_mul)),
            Operator::Divide => checked(quote!(checked_div)),
            // `&&` and `||` are not for here.
            Operator::Remainder | Operator::And | Operator::Or => checked(quote!(checked_rem)),
        }
    }
}

/// A text as `&str`, as an operand.
fn bare(code: &Code) -> TokenStream {
    match code.shape {
        Shape::Text { owned: true } => {
            let receiver = code.receiver();
            quote!(#receiver.as_str())
        }
        _ => code.at_least(Binds::Sum),
    }
}
