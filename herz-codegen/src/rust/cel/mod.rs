//! CEL rules as native Rust.
//!
//! An expression that always has a value becomes an expression; one that may have none becomes an
//! expression with `?` in it, inside a function or closure that returns an `Option`. Where another
//! operand may still decide (`&&`, `||`, `all`, `exists`), an operand that may have no value stands
//! in a closure of its own.

mod code;
mod field;
mod list;
mod operator;

use super::file::FileScope;
use super::graph::Graph;
use super::literal::{float, int};
use super::member::ident;
use super::pattern;
use crate::CodegenError;
use code::{Binds, Code, Shape};
use herz_dsl::catalog::{Literal, Object, Rule, RuleKind, Type, TypeBody, TypeId};
use herz_dsl::cel::{CelType, Expr, ExprKind, Operator, TextMethod};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// `fn rule` of an object, if it has CEL rules.
pub(super) fn rules(file: &FileScope<'_, '_>, id: TypeId, object: &Object) -> TokenStream {
    let arms: Vec<TokenStream> = expressions(object)
        .map(|(index, _, expr)| {
            // What can't be Rust is refused by `errors`.
            let holds = Emitter::new(file, id).value(expr).option();
            let index = int(index);
            quote!(#index => #holds,)
        })
        .collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(
            clippy::bool_comparison,
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
    let mut refuse = |owner: &str, rule: &str, why: &str| {
        let at = format!("{owner} rule `{rule}`");
        errors.push(CodegenError::new(
            at,
            format!("can't be expressed in Rust: {why}"),
        ));
    };
    for (id, _, named) in graph.types() {
        let file = FileScope::new(graph, named.space, &named.file);
        for (_, rule, expr) in graph.object(id).into_iter().flat_map(expressions) {
            let mut emitter = Emitter::new(&file, id);
            emitter.value(expr);
            if let Some(why) = emitter.problem {
                refuse(&graph.label(id), &rule.name, &why);
            }
        }
    }
    for (kind, _) in graph.kinds() {
        for rule in &kind.rules {
            if let RuleKind::Cel { .. } = rule.kind {
                refuse(
                    &kind.name,
                    &rule.name,
                    "a rule over the whole document is written in CEL",
                );
            }
        }
    }
    errors
}

/// The CEL rules of an object, each with its place among all rules.
fn expressions(object: &Object) -> impl Iterator<Item = (usize, &Rule, &Expr)> {
    let rules = object.rules.iter().enumerate();
    rules.filter_map(|(index, rule)| match &rule.kind {
        RuleKind::Cel { expr, .. } => Some((index, rule, expr)),
        _ => None,
    })
}

struct Emitter<'e, 'g, 'c> {
    file: &'e FileScope<'g, 'c>,
    this: TypeId,
    variables: Vec<Variable>,
    /// Why the expression can't be Rust.
    problem: Option<String>,
}

/// The variable of a macro.
struct Variable {
    name: String,
    ident: Ident,
    shape: Shape,
}

impl<'e, 'g, 'c> Emitter<'e, 'g, 'c> {
    fn new(file: &'e FileScope<'g, 'c>, this: TypeId) -> Self {
        Self {
            file,
            this,
            variables: Vec::new(),
            problem: None,
        }
    }

    /// A function of the runtime's `cel` module.
    fn runtime(&self, name: &str) -> TokenStream {
        let module = self.file.runtime("", "cel");
        let name = ident(name);
        quote!(#module::#name)
    }

    /// The type behind names of narrowed types.
    fn resolve(&self, ty: &Type) -> Type {
        self.file.graph.resolve(ty).clone()
    }

    /// An expression as a value that can be compared and computed with.
    fn value(&mut self, expr: &Expr) -> Code {
        let code = self.expr(expr);
        self.read(code)
    }

    /// An expression. Fields stay places: see [`Self::read`].
    fn expr(&mut self, expr: &Expr) -> Code {
        match &expr.kind {
            ExprKind::Literal(literal) => constant(literal),
            ExprKind::Duration(nanos) => Code::int(*nanos, Shape::Duration),
            ExprKind::SelfObject => {
                Code::atom(quote!(self), Shape::Place(Type::Ref(self.this), true))
            }
            ExprKind::Variable(name) => self.variable(name, &expr.ty),
            ExprKind::Select(of, field) => self.select(of, field, &expr.ty),
            ExprKind::Has(of, field) => self.has(of, field, false),
            ExprKind::Magnitude(dialect, of) => self.magnitude(*dialect, of, &expr.ty),
            ExprKind::Index(of, at) => self.index(of, at, &expr.ty),
            ExprKind::Not(of) => {
                if let ExprKind::Has(of, field) = &of.kind {
                    return self.has(of, field, true);
                }
                let of = self.value(of);
                let operand = of.at_least(Binds::Unary);
                of.with(quote!(!#operand), Shape::Bool, Binds::Unary)
            }
            ExprKind::Negate(of) => {
                let of = self.value(of);
                if of.shape == Shape::Float {
                    let operand = of.at_least(Binds::Unary);
                    return of.with(quote!(-#operand), Shape::Float, Binds::Unary);
                }
                let operand = of.receiver();
                Code::tail(quote!(#operand.checked_neg()), Shape::Int)
            }
            ExprKind::Binary(operator @ (Operator::And | Operator::Or), a, b) => {
                self.logic(*operator, a, b)
            }
            ExprKind::Binary(operator, a, b) => self.binary(*operator, a, b, &expr.ty),
            ExprKind::Conditional(condition, yes, no) => self.conditional(condition, yes, no),
            ExprKind::In(item, container) => self.contains(item, container),
            ExprKind::List(items) => self.list(items),
            ExprKind::Size(of) => self.size(of),
            ExprKind::Text(method, of, argument) => self.text(*method, of, argument),
            ExprKind::Macro {
                kind,
                range,
                variable,
                body,
            } => self.walk(*kind, range, variable, body, &expr.ty),
        }
    }

    fn variable(&mut self, name: &str, ty: &CelType) -> Code {
        let Some(variable) = self.variables.iter().rev().find(|known| known.name == name) else {
            return undefined(ty);
        };
        let ident = &variable.ident;
        match &variable.shape {
            Shape::Text { owned: true } => {
                Code::atom(quote!(#ident.as_str()), Shape::Text { owned: false })
            }
            Shape::Vec(item) => Code::atom(quote!(#ident.clone()), Shape::Vec(item.clone())),
            shape => Code::atom(quote!(#ident), shape.clone()),
        }
    }

    /// The value at a place: numbers and texts are read; objects, lists and maps stay.
    fn read(&self, code: Code) -> Code {
        let Shape::Place(ty, by_ref) = &code.shape else {
            return code;
        };
        let copied = |shape| {
            if *by_ref {
                let operand = code.at_least(Binds::Unary);
                code.with(quote!(*#operand), shape, Binds::Unary)
            } else {
                Code {
                    shape,
                    ..code.clone()
                }
            }
        };
        let text = || {
            let receiver = code.receiver();
            code.with(
                quote!(#receiver.as_str()),
                Shape::Text { owned: false },
                Binds::Atom,
            )
        };
        match self.resolve(ty) {
            Type::Bool => copied(Shape::Bool),
            Type::Float64 => copied(Shape::Float),
            Type::Int {
                bits: 64,
                signed: true,
                ..
            } => copied(Shape::Int),
            Type::Int {
                bits: 64,
                signed: false,
                ..
            } => {
                let value = copied(Shape::Int).tokens;
                Code::tail(quote!(i64::try_from(#value).ok()), Shape::Int)
            }
            Type::Int { .. } => {
                let value = copied(Shape::Int).tokens;
                code.with(quote!(i64::from(#value)), Shape::Int, Binds::Atom)
            }
            Type::String | Type::Scalar(_) => text(),
            Type::Ref(id) => match self.file.graph.catalog.get(id).map(|def| &def.body) {
                Some(TypeBody::Enum(_)) => text(),
                _ => code,
            },
            Type::Bytes
            | Type::List(_)
            | Type::Map(_)
            | Type::Any
            | Type::AnyObject
            | Type::IntOrString => code,
        }
    }

    fn size(&mut self, of: &Expr) -> Code {
        let of = self.value(of);
        if of.shape == Shape::Never {
            return undefined(&CelType::Int);
        }
        if let Shape::Text { .. } = of.shape {
            let (size, text) = (self.runtime("size"), of.as_str());
            return of.with(quote!(#size(#text)), Shape::Int, Binds::Atom);
        }
        let (count, receiver) = (self.runtime("count"), of.receiver());
        of.with(quote!(#count(#receiver.len())), Shape::Int, Binds::Atom)
    }

    fn text(&mut self, method: TextMethod, of: &Expr, argument: &Expr) -> Code {
        let (of, part) = (self.value(of), self.value(argument));
        let fallible = of.fallible || part.fallible;
        let (receiver, text, part) = (of.receiver(), of.as_str(), part.as_str());
        let tokens = match method {
            TextMethod::StartsWith => quote!(#receiver.starts_with(#part)),
            TextMethod::EndsWith => quote!(#receiver.ends_with(#part)),
            TextMethod::Contains => quote!(#receiver.contains(#part)),
            TextMethod::Matches => {
                if let ExprKind::Literal(Literal::Text(known)) = &argument.kind {
                    return Code {
                        fallible,
                        ..Code::atom(pattern::matches(self.file, known, &text), Shape::Bool)
                    };
                }
                let matches = self.runtime("matches");
                quote!(#matches(#part, #text))
            }
        };
        Code {
            fallible,
            ..Code::atom(tokens, Shape::Bool)
        }
    }
}

fn constant(literal: &Literal) -> Code {
    match literal {
        Literal::Bool(value) => Code::atom(quote!(#value), Shape::Bool),
        Literal::Int(value) => Code::int(*value, Shape::Int),
        Literal::Float(value) => {
            let binds = if value.is_sign_negative() {
                Binds::Unary
            } else {
                Binds::Atom
            };
            Code {
                binds,
                ..Code::atom(float(*value), Shape::Float)
            }
        }
        Literal::Text(text) => Code::atom(quote!(#text), Shape::Text { owned: false }),
        // The checker makes none of them.
        Literal::Null | Literal::List(_) | Literal::Map(_) => Code::never(),
    }
}

/// No value, of the type that the expression would have.
fn undefined(ty: &CelType) -> Code {
    let (ty, shape) = match ty {
        CelType::Bool => (quote!(bool), Shape::Bool),
        CelType::Int => (quote!(i64), Shape::Int),
        CelType::Duration => (quote!(i64), Shape::Duration),
        CelType::Float => (quote!(f64), Shape::Float),
        CelType::String => (quote!(&str), Shape::Text { owned: false }),
        CelType::List(_) | CelType::Map(_) | CelType::Object(_) | CelType::Opaque => {
            return Code::never();
        }
    };
    Code::tail(quote!(None::<#ty>), shape)
}
