//! CEL rules as trees of calls, to be written as expressions of any language.
//!
//! Each call is a function of the language's runtime, such as `less`; each has typed counterparts
//! of CEL's operators as arguments. «No value» (an absent field, a malformed text, an overflow) is
//! a value of its own that the functions pass on, so no expression needs a statement.

use herz_dsl::catalog::Literal;
use herz_dsl::cel::{CelType, Expr, ExprKind, MacroKind, Operator, TextMethod};
use herz_types::scalar::Dialect;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Call {
    /// The object that the rule belongs to.
    This,
    /// The variable of a function around it.
    Variable(String),
    /// A truth value.
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// The key of a field.
    Wire(String),
    /// A dialect.
    Dialect(Dialect),
    /// A function of the runtime.
    Run(&'static str, Vec<Call>),
    /// A function of one variable.
    Function(String, Box<Call>),
}

impl Call {
    /// The expression of a rule.
    pub(crate) fn new(expr: &Expr) -> Self {
        lower(expr, &mut Vec::new())
    }
}

fn run(name: &'static str, arguments: Vec<Call>) -> Call {
    Call::Run(name, arguments)
}

/// Values of documents are of the type that the expression says: `5` is a float where one is meant.
fn typed(call: Call, ty: &CelType) -> Call {
    match ty {
        CelType::Int => run("int", vec![call]),
        CelType::Float => run("float", vec![call]),
        CelType::Bool
        | CelType::String
        | CelType::Duration
        | CelType::List(_)
        | CelType::Map(_)
        | CelType::Object(_)
        | CelType::Opaque => call,
    }
}

fn lower(expr: &Expr, variables: &mut Vec<(String, String)>) -> Call {
    let mut go = |expr: &Expr| lower(expr, variables);
    match &expr.kind {
        ExprKind::Literal(literal) => match literal {
            Literal::Bool(value) => Call::Bool(*value),
            Literal::Int(value) => Call::Int(*value),
            Literal::Float(value) => Call::Float(*value),
            Literal::Text(text) => Call::Text(text.clone()),
            // The checker makes none of them.
            Literal::Null | Literal::List(_) | Literal::Map(_) => run("list", Vec::new()),
        },
        ExprKind::Duration(nanos) => Call::Int(*nanos),
        ExprKind::SelfObject => Call::This,
        ExprKind::Variable(name) => {
            let found = variables.iter().rev().find(|(known, _)| known == name);
            let name = found.map_or_else(|| name.clone(), |(_, own)| own.clone());
            typed(Call::Variable(name), &expr.ty)
        }
        ExprKind::Select(of, wire) => {
            let field = run("field", vec![go(of), Call::Wire(wire.clone())]);
            typed(field, &expr.ty)
        }
        ExprKind::Magnitude(dialect, of) => {
            let name = match expr.ty {
                CelType::Duration => "nanos",
                CelType::Int => "whole",
                _ => "number",
            };
            run(name, vec![go(of), Call::Dialect(*dialect)])
        }
        ExprKind::Index(of, at) => typed(run("index", vec![go(of), go(at)]), &expr.ty),
        ExprKind::Has(of, wire) => run("has", vec![go(of), Call::Wire(wire.clone())]),
        ExprKind::Not(of) => run("not", vec![go(of)]),
        ExprKind::Negate(of) => run("negate", vec![go(of)]),
        ExprKind::Binary(operator, a, b) => {
            let name = match operator {
                Operator::And => "and",
                Operator::Or => "or",
                Operator::Equal => "equal",
                Operator::NotEqual => "not_equal",
                Operator::Less => "less",
                Operator::LessOrEqual => "less_or_equal",
                Operator::Greater => "greater",
                Operator::GreaterOrEqual => "greater_or_equal",
                Operator::Add => "add",
                Operator::Subtract => "subtract",
                Operator::Multiply => "multiply",
                Operator::Divide => "divide",
                Operator::Remainder => "remainder",
            };
            run(name, vec![go(a), go(b)])
        }
        ExprKind::Conditional(condition, yes, no) => {
            run("if", vec![go(condition), go(yes), go(no)])
        }
        ExprKind::In(item, of) => run("in", vec![go(item), go(of)]),
        ExprKind::List(items) => run("list", items.iter().map(go).collect()),
        ExprKind::Size(of) => run("size", vec![go(of)]),
        ExprKind::Text(method, of, argument) => {
            let name = match method {
                TextMethod::StartsWith => "starts_with",
                TextMethod::EndsWith => "ends_with",
                TextMethod::Contains => "contains",
                TextMethod::Matches => "matches",
            };
            run(name, vec![go(of), go(argument)])
        }
        ExprKind::Macro {
            kind,
            range,
            variable,
            body,
        } => {
            let name = match kind {
                MacroKind::All => "all",
                MacroKind::Exists => "exists",
                MacroKind::ExistsOne => "exists_one",
                MacroKind::Map => "map",
                MacroKind::Filter => "filter",
            };
            let over = go(range);
            let own = format!("v{}", variables.len() + 1);
            variables.push((variable.clone(), own.clone()));
            let body = lower(body, variables);
            variables.pop();
            run(name, vec![over, Call::Function(own, Box::new(body))])
        }
    }
}
