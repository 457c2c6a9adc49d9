//! CEL rules as native Rust.
//!
//! Bools are `bool`, ints `i64`, durations `i64` nanoseconds, texts `Cow<str>`, lists `Vec`; maps
//! and objects stay where they are, behind a reference. What may be undefined ends in `?`: the
//! rule's function returns `Option<bool>`.

mod field;
mod list;

use super::file::FileScope;
use super::graph::Graph;
use super::literal::{float, int};
use crate::CodegenError;
use herz_dsl::catalog::{Literal, Object, RuleKind};
use herz_dsl::cel::{CelType, Expr, ExprKind, Operator, TextMethod};
use proc_macro2::TokenStream;
use quote::quote;

/// Part of an expression as Rust.
struct Code {
    tokens: TokenStream,
    shape: Shape,
    /// Whether it may end the function by `?`.
    fallible: bool,
    /// For a text that is borrowed: the `&str`.
    borrowed: Option<TokenStream>,
}

/// What Rust the tokens are.
#[derive(PartialEq)]
enum Shape {
    /// Something that any operator may stand beside.
    Tight,
    /// Operands and an operator, or `if`.
    Loose,
    /// An option, whose value is meant: the `?` is still to come.
    Option,
}

/// Why an expression can't be Rust.
type Compiled = Result<Code, String>;

impl Code {
    fn sure(tokens: TokenStream) -> Self {
        Self::tight(tokens, false)
    }

    fn tight(tokens: TokenStream, fallible: bool) -> Self {
        Self {
            tokens,
            shape: Shape::Tight,
            fallible,
            borrowed: None,
        }
    }

    fn loose(tokens: TokenStream, fallible: bool) -> Self {
        Self {
            tokens,
            shape: Shape::Loose,
            fallible,
            borrowed: None,
        }
    }

    /// The value of an option.
    fn value_of(option: TokenStream) -> Self {
        Self {
            tokens: option,
            shape: Shape::Option,
            fallible: true,
            borrowed: None,
        }
    }

    /// The value.
    fn value(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.shape == Shape::Option {
            quote!(#tokens?)
        } else {
            quote!(#tokens)
        }
    }

    /// The value as an operand, in brackets where Rust needs them.
    fn operand(&self) -> TokenStream {
        let value = self.value();
        if self.shape == Shape::Loose {
            quote!((#value))
        } else {
            value
        }
    }

    /// A text as `&str`.
    fn text(&self) -> TokenStream {
        self.borrowed.clone().unwrap_or_else(|| {
            let operand = self.operand();
            quote!(&*#operand)
        })
    }

    /// An option, as the end of a function that returns one.
    fn option(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.shape == Shape::Option {
            quote!(#tokens)
        } else {
            quote!(Some(#tokens))
        }
    }
}

/// `fn rule` of an object, if it has CEL rules.
pub(super) fn rules(file: &FileScope<'_, '_>, object: &Object) -> TokenStream {
    let arms: Vec<TokenStream> = object
        .rules
        .iter()
        .enumerate()
        .filter_map(|(at, rule)| {
            let RuleKind::Cel {
                source: _,
                expr,
                at: _,
            } = &rule.kind
            else {
                return None;
            };
            let at = int(at);
            // Nothing is left out here: `errors` has refused what does not compile.
            let code = Compiler { file }.expr(expr).ok()?.option();
            Some(quote!(#at => #code,))
        })
        .collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(
            clippy::float_cmp,
            clippy::nonminimal_bool,
            unused_variables,
            reason = "rules are as the schema writes them"
        )]
        fn rule(&self, index: usize) -> Option<bool> {
            match index {
                #(#arms)*
                _ => None,
            }
        }
    }
}

/// The CEL rules that can't be Rust.
pub(super) fn errors(graph: &Graph<'_>) -> Vec<CodegenError> {
    let mut errors = Vec::new();
    for (id, _, named) in graph.types() {
        let file = FileScope::new(graph, named.space, &named.file);
        let Some(object) = graph.object(id) else {
            continue;
        };
        for rule in &object.rules {
            let RuleKind::Cel { expr, .. } = &rule.kind else {
                continue;
            };
            if let Err(why) = (Compiler { file: &file }).expr(expr) {
                let at = format!("{} rule `{}`", graph.label(id), rule.name);
                errors.push(CodegenError::new(
                    at,
                    format!("can't be expressed in Rust: {why}"),
                ));
            }
        }
    }
    for (kind, _) in graph.kinds() {
        for rule in kind
            .rules
            .iter()
            .filter(|rule| matches!(rule.kind, RuleKind::Cel { .. }))
        {
            let at = format!("{} rule `{}`", kind.name, rule.name);
            let message =
                "can't be expressed in Rust: a rule over the whole document is written in CEL";
            errors.push(CodegenError::new(at, message));
        }
    }
    errors
}

struct Compiler<'f, 'g, 'c> {
    file: &'f FileScope<'g, 'c>,
}

impl Compiler<'_, '_, '_> {
    /// A function of `herz_types::cel`.
    fn call(&self, name: &str) -> TokenStream {
        let module = self.file.runtime("", "cel");
        let name = super::member::ident(name);
        quote!(#module::#name)
    }

    /// `Cow::Borrowed`.
    fn cow(&self) -> TokenStream {
        self.file.item("std::borrow::Cow", "Cow")
    }

    fn expr(&self, expr: &Expr) -> Compiled {
        Ok(match &expr.kind {
            ExprKind::Literal(literal) => Code {
                borrowed: match literal {
                    Literal::Text(text) => Some(quote!(#text)),
                    _ => None,
                },
                ..Code::sure(self.literal(literal, &expr.ty)?)
            },
            ExprKind::Duration(nanos) => Code::sure(int(nanos)),
            ExprKind::SelfObject => Code::sure(quote!(self)),
            ExprKind::Variable(name) => {
                let name = super::member::ident(&crate::names::rust::snake(name));
                match expr.ty {
                    CelType::String | CelType::List(_) => Code::sure(quote!(#name.clone())),
                    CelType::Bool
                    | CelType::Int
                    | CelType::Float
                    | CelType::Duration
                    | CelType::Map(_)
                    | CelType::Object(_)
                    | CelType::Opaque => Code::sure(quote!(#name)),
                }
            }
            ExprKind::Select(of, name) => self.select(of, name, &expr.ty)?,
            ExprKind::Has(of, name) => self.has(of, name, false)?,
            ExprKind::Magnitude(dialect, of) => {
                let function = self.call(match expr.ty {
                    CelType::Duration => "nanos",
                    CelType::Int => "whole",
                    _ => "number",
                });
                let dialect = super::validator::dialect(self.file, *dialect);
                let text = self.expr(of)?.text();
                Code::value_of(quote!(#function(#dialect, #text)))
            }
            ExprKind::Index(of, at) => self.index(of, at, &expr.ty)?,
            ExprKind::Not(of) => {
                if let ExprKind::Has(of, name) = &of.kind {
                    return self.has(of, name, true);
                }
                let code = self.expr(of)?;
                let operand = code.operand();
                Code::tight(quote!(!#operand), code.fallible)
            }
            ExprKind::Negate(of) => {
                let code = self.expr(of)?;
                match of.ty {
                    CelType::Float => {
                        let operand = code.operand();
                        Code::loose(quote!(-#operand), code.fallible)
                    }
                    _ => {
                        let value = code.value();
                        Code::value_of(quote!(i64::checked_neg(#value)))
                    }
                }
            }
            ExprKind::Binary(Operator::And, a, b) => self.logic("and", &quote!(&&), a, b)?,
            ExprKind::Binary(Operator::Or, a, b) => self.logic("or", &quote!(||), a, b)?,
            ExprKind::Binary(operator, a, b) => self.binary(*operator, a, b)?,
            ExprKind::Conditional(..) if matches!(expr.ty, CelType::Object(_)) => {
                return Err("it chooses between objects".to_owned());
            }
            ExprKind::Conditional(condition, yes, no) => {
                let (condition, yes, no) = (self.expr(condition)?, self.expr(yes)?, self.expr(no)?);
                let fallible = condition.fallible || yes.fallible || no.fallible;
                let (condition, yes, no) = (condition.value(), yes.value(), no.value());
                Code::loose(quote!(if #condition { #yes } else { #no }), fallible)
            }
            ExprKind::In(item, container) => self.contains(item, container)?,
            ExprKind::List(items) => self.list(items)?,
            ExprKind::Size(of) => self.size(of)?,
            ExprKind::Text(method, of, argument) => self.text(*method, of, argument)?,
            ExprKind::Macro {
                kind,
                range,
                variable,
                body,
            } => self.walk(*kind, range, variable, body)?,
        })
    }

    fn literal(&self, literal: &Literal, ty: &CelType) -> Result<TokenStream, String> {
        Ok(match (literal, ty) {
            (Literal::Bool(value), _) => quote!(#value),
            #[allow(clippy::cast_precision_loss)] // As CEL converts it.
            (Literal::Int(value), CelType::Float) => float(*value as f64),
            (Literal::Int(value), _) => int(value),
            (Literal::Float(value), _) => float(*value),
            (Literal::Text(text), _) => {
                let cow = self.cow();
                quote!(#cow::Borrowed(#text))
            }
            (Literal::List(items), CelType::List(of)) => {
                let items = items.iter().map(|item| self.literal(item, of));
                let items = items.collect::<Result<Vec<_>, _>>()?;
                quote!(vec![#(#items),*])
            }
            (Literal::Null | Literal::List(_) | Literal::Map(_), _) => {
                return Err(
                    "it uses a field whose default is no single value and no list".to_owned(),
                );
            }
        })
    }

    /// `&&` and `||`: plain if both sides are sure.
    fn logic(&self, function: &str, operator: &TokenStream, a: &Expr, b: &Expr) -> Compiled {
        let (left, right) = (self.expr(a)?, self.expr(b)?);
        if left.fallible || right.fallible {
            let function = self.call(function);
            let (left, right) = (left.option(), right.option());
            return Ok(Code::value_of(quote!(#function(|| #left, || #right))));
        }
        let (left, right) = (left.operand(), right.operand());
        Ok(Code::loose(quote!(#left #operator #right), false))
    }

    fn binary(&self, operator: Operator, a: &Expr, b: &Expr) -> Compiled {
        let (left, right) = (self.expr(a)?, self.expr(b)?);
        let fallible = left.fallible || right.fallible;
        let call = |name: &str| {
            let (function, left, right) = (self.call(name), left.value(), right.value());
            Ok(Code::tight(quote!(#function(#left, #right)), fallible))
        };
        let checked = |name: &str| {
            let (name, left, right) = (super::member::ident(name), left.value(), right.value());
            Ok(Code::value_of(quote!(i64::#name(#left, #right))))
        };
        let infix = |operator: TokenStream| {
            let (left, right) = (left.operand(), right.operand());
            Ok(Code::loose(quote!(#left #operator #right), fallible))
        };
        match (operator, &a.ty) {
            (Operator::Equal, _) => infix(quote!(==)),
            (Operator::NotEqual, _) => infix(quote!(!=)),
            (Operator::Less, _) => infix(quote!(<)),
            (Operator::LessOrEqual, _) => infix(quote!(<=)),
            (Operator::Greater, _) => infix(quote!(>)),
            (Operator::GreaterOrEqual, _) => infix(quote!(>=)),
            (Operator::Add, CelType::String) => call("concat"),
            (Operator::Add, CelType::List(_)) => call("join"),
            (Operator::Add, CelType::Float) => infix(quote!(+)),
            (Operator::Subtract, CelType::Float) => infix(quote!(-)),
            (Operator::Multiply, CelType::Float) => infix(quote!(*)),
            (Operator::Divide, CelType::Float) => infix(quote!(/)),
            (Operator::Add, _) => checked("checked_add"),
            (Operator::Subtract, _) => checked("checked_sub"),
            (Operator::Multiply, _) => checked("checked_mul"),
            (Operator::Divide, _) => checked("checked_div"),
            (Operator::Remainder, _) => checked("checked_rem"),
            (Operator::And | Operator::Or, _) => Err("`&&` and `||` are no arithmetic".to_owned()),
        }
    }

    fn text(&self, method: TextMethod, of: &Expr, argument: &Expr) -> Compiled {
        let text = self.expr(of)?;
        if let (TextMethod::Matches, ExprKind::Literal(Literal::Text(pattern))) =
            (method, &argument.kind)
        {
            let (function, value) = (self.call("matches"), text.text());
            return Ok(Code::tight(
                quote!(#function(#value, #pattern)),
                text.fallible,
            ));
        }
        let part = self.expr(argument)?;
        let fallible = text.fallible || part.fallible;
        let operand = text.borrowed.clone().unwrap_or_else(|| text.operand());
        let (whole, part) = (text.text(), part.text());
        Ok(match method {
            TextMethod::StartsWith => Code::tight(quote!(#operand.starts_with(#part)), fallible),
            TextMethod::EndsWith => Code::tight(quote!(#operand.ends_with(#part)), fallible),
            TextMethod::Contains => Code::tight(quote!(#operand.contains(#part)), fallible),
            TextMethod::Matches => {
                let function = self.call("matches_any");
                Code::value_of(quote!(#function(#whole, #part)))
            }
        })
    }
}
