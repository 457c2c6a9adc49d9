//! The checked CEL subset: parsed, typed against the schema, evaluated on documents, and compiled
//! to native code by emitters. No CEL engine is involved.
//!
//! ```text
//! text --parse--> Ast --check (types, guards)--> Expr --eval--> holds, does not, undefined
//!                                                  `--print--> canonical text, Kubernetes' text
//! ```

pub mod ast;
mod check;
mod cost;
mod eval;
mod lexer;
mod parser;
mod print;

pub use ast::Ast;
pub use check::{Scope, Types, check, compile};
pub use cost::unbounded;
pub use eval::{Data, Evaluator, Shape, Undefined};
pub use parser::{MAX_DEPTH, MAX_SOURCE, parse};
pub use print::{Style, print, print_ast};

use crate::catalog::{Literal, TypeId};
use herz_types::scalar::Dialect;
use serde::{Deserialize, Serialize};

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CelError {
    /// Bytes in the expression's text: from, to.
    pub range: ast::Range,
    /// One sentence: what was found and what is allowed.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl CelError {
    fn new(range: ast::Range, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            help: None,
        }
    }

    fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A checked expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Type of its value.
    pub ty: CelType,
    /// Bytes in the rule's source text: from, to.
    pub range: (u32, u32),
}

/// Type of an expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CelType {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number; also percentages and probabilities.
    Float,
    /// A text; also enums.
    String,
    /// A span of time; also duration texts.
    Duration,
    /// A list.
    List(Box<CelType>),
    /// A map with text keys.
    Map(Box<CelType>),
    /// A named object type.
    Object(TypeId),
    /// An item that expressions can count but not look into: anything, bytes.
    Opaque,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ExprKind {
    /// A constant.
    Literal(Literal),
    /// `duration("10s")`, in nanoseconds.
    Duration(i64),
    /// The object that the rule belongs to.
    SelfObject,
    /// The variable of a macro.
    Variable(String),
    /// A field of an object, by wire name. A field that is a text with a grammar is a
    /// [`CelType::String`] here: as written.
    Select(Box<Expr>, String),
    /// The magnitude of a text in this dialect: a [`CelType::Duration`] (nanoseconds), a
    /// [`CelType::Int`] (bytes, bytes a second) or a [`CelType::Float`] (percentages). It stands
    /// around every use of such a text as a value; a malformed text is undefined.
    Magnitude(Dialect, Box<Expr>),
    /// An entry of a list (by number) or map (by key).
    Index(Box<Expr>, Box<Expr>),
    /// Whether an object has the field.
    Has(Box<Expr>, String),
    /// `!x`.
    Not(Box<Expr>),
    /// `-x`.
    Negate(Box<Expr>),
    /// Two operands.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `a ? b : c`.
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `x in list`, `key in map`.
    In(Box<Expr>, Box<Expr>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `size(x)`: characters of a text, entries of a list or map.
    Size(Box<Expr>),
    /// A method of a text.
    Text(TextMethod, Box<Expr>, Box<Expr>),
    /// `list.all(x, …)` and its like; over a map the variable is the key.
    Macro {
        /// Which one.
        kind: MacroKind,
        /// The list or map.
        range: Box<Expr>,
        /// Name of the variable.
        variable: String,
        /// What is evaluated for each entry.
        body: Box<Expr>,
    },
}

/// An operator with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Their names say it.
pub enum Operator {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// A method of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Their names say it.
pub enum TextMethod {
    StartsWith,
    EndsWith,
    Contains,
    Matches,
}

/// A macro over a list or map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Their names say it.
pub enum MacroKind {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}
