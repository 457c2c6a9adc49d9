//! An expression as written: parsed, not yet typed.

use super::{MacroKind, Operator};
use crate::catalog::Literal;

/// Bytes in the source text: from, to.
pub type Range = (u32, u32);

/// An expression as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Ast {
    /// What it is.
    pub kind: AstKind,
    /// Where it stands.
    pub range: Range,
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name, without quotes.
    pub text: String,
    /// Where it stands.
    pub range: Range,
}

/// What an [`Ast`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum AstKind {
    /// A truth value, a number or a text.
    Literal(Literal),
    /// `self` or the variable of a macro.
    Identifier(String),
    /// `a.b`
    Select(Box<Ast>, Name),
    /// `a[b]`
    Index(Box<Ast>, Box<Ast>),
    /// `has(a.b)`
    Has(Box<Ast>, Name),
    /// `!a`
    Not(Box<Ast>),
    /// `-a`
    Negate(Box<Ast>),
    /// `a + b`
    Binary(Operator, Box<Ast>, Box<Ast>),
    /// `a in b`
    In(Box<Ast>, Box<Ast>),
    /// `a ? b : c`
    Conditional(Box<Ast>, Box<Ast>, Box<Ast>),
    /// `[a, b]`
    List(Vec<Ast>),
    /// `f(a)` or `a.f(b)`; the receiver is the first argument of the second form.
    Call {
        /// The function's name.
        name: Name,
        /// Whether it was written as a method.
        method: bool,
        /// Receiver and arguments.
        arguments: Vec<Ast>,
    },
    /// `list.all(x, …)` and its like.
    Macro {
        /// Which one.
        kind: MacroKind,
        /// The list or map.
        over: Box<Ast>,
        /// Its variable.
        variable: Name,
        /// What is evaluated for each entry.
        body: Box<Ast>,
    },
}

impl Ast {
    /// The same expression with every place set to nothing, to compare expressions by meaning.
    #[must_use]
    pub fn without_ranges(&self) -> Self {
        let strip = |ast: &Self| Box::new(ast.without_ranges());
        let name = |name: &Name| Name {
            text: name.text.clone(),
            range: (0, 0),
        };
        let kind = match &self.kind {
            AstKind::Literal(literal) => AstKind::Literal(literal.clone()),
            AstKind::Identifier(text) => AstKind::Identifier(text.clone()),
            AstKind::Select(of, field) => AstKind::Select(strip(of), name(field)),
            AstKind::Index(of, at) => AstKind::Index(strip(of), strip(at)),
            AstKind::Has(of, field) => AstKind::Has(strip(of), name(field)),
            AstKind::Not(of) => AstKind::Not(strip(of)),
            AstKind::Negate(of) => AstKind::Negate(strip(of)),
            AstKind::Binary(op, a, b) => AstKind::Binary(*op, strip(a), strip(b)),
            AstKind::In(a, b) => AstKind::In(strip(a), strip(b)),
            AstKind::Conditional(a, b, c) => AstKind::Conditional(strip(a), strip(b), strip(c)),
            AstKind::List(items) => AstKind::List(items.iter().map(Self::without_ranges).collect()),
            AstKind::Call {
                name: function,
                method,
                arguments,
            } => AstKind::Call {
                name: name(function),
                method: *method,
                arguments: arguments.iter().map(Self::without_ranges).collect(),
            },
            AstKind::Macro {
                kind,
                over,
                variable,
                body,
            } => AstKind::Macro {
                kind: *kind,
                over: strip(over),
                variable: name(variable),
                body: strip(body),
            },
        };
        Self {
            kind,
            range: (0, 0),
        }
    }
}
