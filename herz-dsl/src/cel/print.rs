//! Expressions to text.

use super::ast::{Ast, AstKind, Name};
use super::lexer::{is_name, is_reserved};
use super::{Expr, ExprKind, MacroKind, Operator, TextMethod};
use crate::catalog::Literal;
use herz_types::scalar::Dialect;
use std::fmt::Write;

/// Whose spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// CEL as people write it. Names of fields that are no CEL names stand in back ticks.
    Cel,
    /// As an API server takes it in `x-kubernetes-validations`: names of fields are escaped
    /// (`__dash__`, `__namespace__`).
    Kubernetes,
}

/// The canonical text of a checked expression. With [`Style::Kubernetes`] texts with a grammar
/// are converted where CEL can do it; the error names a dialect that it can't.
///
/// ```
/// # use herz_dsl::cel::{self, Style, Expr, ExprKind, CelType};
/// # use herz_dsl::catalog::{Literal, TypeId};
/// let this = Expr { kind: ExprKind::SelfObject, ty: CelType::Object(TypeId(0)), range: (0, 4) };
/// let has = Expr { kind: ExprKind::Has(Box::new(this), "pod-name".into()), ty: CelType::Bool, range: (0, 18) };
/// assert_eq!(cel::print(&has, Style::Cel).unwrap(), "has(self.`pod-name`)");
/// assert_eq!(cel::print(&has, Style::Kubernetes).unwrap(), "has(self.pod__dash__name)");
/// ```
pub fn print(expr: &Expr, style: Style) -> Result<String, Dialect> {
    Ok(print_ast(&erase(expr, style)?, style))
}

/// The canonical text of an expression.
pub fn print_ast(ast: &Ast, style: Style) -> String {
    let mut out = String::new();
    write(&mut out, ast, style, 0);
    out
}

/// The expression as it would be written: types forgotten.
fn erase(expr: &Expr, style: Style) -> Result<Ast, Dialect> {
    let name = |text: &str| Name {
        text: text.to_owned(),
        range: expr.range,
    };
    let sub = |expr: &Expr| Ok(Box::new(erase(expr, style)?));
    let all = |list: &[Expr]| {
        list.iter()
            .map(|expr| erase(expr, style))
            .collect::<Result<Vec<_>, _>>()
    };
    let call = |function: &str, method, arguments| AstKind::Call {
        name: name(function),
        method,
        arguments,
    };
    let kind = match &expr.kind {
        ExprKind::Literal(literal) => AstKind::Literal(literal.clone()),
        ExprKind::Duration(nanoseconds) => {
            let text = Ast {
                kind: AstKind::Literal(Literal::Text(duration(*nanoseconds))),
                range: expr.range,
            };
            call("duration", false, vec![text])
        }
        ExprKind::SelfObject => AstKind::Identifier("self".to_owned()),
        ExprKind::Variable(variable) => AstKind::Identifier(variable.clone()),
        ExprKind::Select(of, field) => AstKind::Select(sub(of)?, name(field)),
        ExprKind::Magnitude(_, of) if style == Style::Cel => return erase(of, style),
        ExprKind::Magnitude(dialect, of) => {
            let of = erase(of, style)?;
            match dialect {
                Dialect::Duration | Dialect::DurationGo => call("duration", false, vec![of]),
                Dialect::IntegerGo => call("int", false, vec![of]),
                Dialect::PercentGo | Dialect::PercentChaosd | Dialect::CorrelationChaosd => {
                    call("double", false, vec![of])
                }
                Dialect::Quantity => {
                    let quantity = Ast {
                        kind: call("quantity", false, vec![of]),
                        range: expr.range,
                    };
                    call("asApproximateFloat", true, vec![quantity])
                }
                other => return Err(*other),
            }
        }
        ExprKind::Index(of, at) => AstKind::Index(sub(of)?, sub(at)?),
        ExprKind::Has(of, field) => AstKind::Has(sub(of)?, name(field)),
        ExprKind::Not(of) => AstKind::Not(sub(of)?),
        ExprKind::Negate(of) => AstKind::Negate(sub(of)?),
        ExprKind::Binary(operator, a, b) => AstKind::Binary(*operator, sub(a)?, sub(b)?),
        ExprKind::Conditional(a, b, c) => AstKind::Conditional(sub(a)?, sub(b)?, sub(c)?),
        ExprKind::In(a, b) => AstKind::In(sub(a)?, sub(b)?),
        ExprKind::List(items) => AstKind::List(all(items)?),
        ExprKind::Size(of) => call("size", false, vec![erase(of, style)?]),
        ExprKind::Text(method, of, argument) => {
            let method = match method {
                TextMethod::StartsWith => "startsWith",
                TextMethod::EndsWith => "endsWith",
                TextMethod::Contains => "contains",
                TextMethod::Matches => "matches",
            };
            call(
                method,
                true,
                vec![erase(of, style)?, erase(argument, style)?],
            )
        }
        ExprKind::Macro {
            kind,
            range,
            variable,
            body,
        } => AstKind::Macro {
            kind: *kind,
            over: sub(range)?,
            variable: name(variable),
            body: sub(body)?,
        },
    };
    Ok(Ast {
        kind,
        range: expr.range,
    })
}

/// How tightly each form binds; operands that bind less stand in brackets.
const fn binds(ast: &Ast) -> u8 {
    match &ast.kind {
        AstKind::Conditional(..) => 0,
        AstKind::Binary(operator, ..) => match operator {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Add | Operator::Subtract => 4,
            Operator::Multiply | Operator::Divide | Operator::Remainder => 5,
            _ => 3,
        },
        AstKind::In(..) => 3,
        AstKind::Not(_) | AstKind::Negate(_) => 6,
        AstKind::Literal(Literal::Int(value)) if *value < 0 => 6,
        AstKind::Literal(Literal::Float(value)) if value.is_sign_negative() => 6,
        _ => 7,
    }
}

fn write(out: &mut String, ast: &Ast, style: Style, least: u8) {
    let binds = binds(ast);
    if binds < least {
        out.push('(');
        write(out, ast, style, 0);
        out.push(')');
        return;
    }
    match &ast.kind {
        AstKind::Literal(literal) => write_literal(out, literal),
        AstKind::Identifier(name) => out.push_str(name),
        AstKind::Select(of, field) => write_select(out, of, &field.text, style),
        AstKind::Index(of, at) => {
            write(out, of, style, 7);
            out.push('[');
            write(out, at, style, 0);
            out.push(']');
        }
        AstKind::Has(of, field) => {
            out.push_str("has(");
            write_select(out, of, &field.text, style);
            out.push(')');
        }
        AstKind::Not(of) => {
            out.push('!');
            write(out, of, style, 6);
        }
        AstKind::Negate(of) => {
            out.push('-');
            // A number right behind the minus would take it as its sign, and CEL takes `--` as nothing.
            let start = out.len();
            write(out, of, style, 6);
            if out
                .get(start..)
                .is_some_and(|text| text.starts_with(|c: char| c == '-' || c.is_ascii_digit()))
            {
                out.insert(start, '(');
                out.push(')');
            }
        }
        AstKind::Binary(operator, a, b) => write_binary(out, symbol(*operator), binds, a, b, style),
        AstKind::In(a, b) => write_binary(out, "in", binds, a, b, style),
        AstKind::Conditional(condition, yes, no) => {
            write(out, condition, style, 1);
            out.push_str(" ? ");
            write(out, yes, style, 1);
            out.push_str(" : ");
            write(out, no, style, 0);
        }
        AstKind::List(items) => {
            out.push('[');
            write_list(out, items, style);
            out.push(']');
        }
        AstKind::Call {
            name,
            method,
            arguments,
        } => {
            let mut arguments = arguments.as_slice();
            if let (true, Some((receiver, rest))) = (*method, arguments.split_first()) {
                write(out, receiver, style, 7);
                out.push('.');
                arguments = rest;
            }
            out.push_str(&name.text);
            out.push('(');
            write_list(out, arguments, style);
            out.push(')');
        }
        AstKind::Macro {
            kind,
            over,
            variable,
            body,
        } => {
            write(out, over, style, 7);
            let name = match kind {
                MacroKind::All => "all",
                MacroKind::Exists => "exists",
                MacroKind::ExistsOne => "exists_one",
                MacroKind::Map => "map",
                MacroKind::Filter => "filter",
            };
            // Writing to a String never fails.
            let _ = write!(out, ".{name}({}, ", variable.text);
            write(out, body, style, 0);
            out.push(')');
        }
    }
}

fn write_list(out: &mut String, items: &[Ast], style: Style) {
    for (at, item) in items.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        write(out, item, style, 0);
    }
}

fn write_binary(out: &mut String, symbol: &str, binds: u8, a: &Ast, b: &Ast, style: Style) {
    write(out, a, style, binds);
    let _ = write!(out, " {symbol} ");
    // All operators group to the left.
    write(out, b, style, binds + 1);
}

fn write_select(out: &mut String, of: &Ast, field: &str, style: Style) {
    write(out, of, style, 7);
    out.push('.');
    match style {
        Style::Kubernetes => out.push_str(&escape_name(field)),
        Style::Cel if is_name(field) && !is_reserved(field) => out.push_str(field),
        Style::Cel => {
            let _ = write!(out, "`{field}`");
        }
    }
}

pub(super) const fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::And => "&&",
        Operator::Or => "||",
        Operator::Equal => "==",
        Operator::NotEqual => "!=",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterOrEqual => ">=",
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::Remainder => "%",
    }
}

fn write_literal(out: &mut String, literal: &Literal) {
    let _ = match literal {
        Literal::Bool(value) => write!(out, "{value}"),
        Literal::Int(value) => write!(out, "{value}"),
        // Debug keeps the fraction: 1.0, 1e300.
        Literal::Float(value) => write!(out, "{value:?}"),
        Literal::Text(text) => {
            write_text(out, text);
            Ok(())
        }
        // The parser makes no others; a reader sees at once that this is none.
        Literal::Null | Literal::List(_) | Literal::Map(_) => write!(out, "null"),
    };
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        let _ = match c {
            '"' => write!(out, "\\\""),
            '\\' => write!(out, "\\\\"),
            '\n' => write!(out, "\\n"),
            '\r' => write!(out, "\\r"),
            '\t' => write!(out, "\\t"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                write!(out, "\\u{:04X}", u32::from(c))
            }
            c => write!(out, "{c}"),
        };
    }
    out.push('"');
}

/// Nanoseconds as a duration's text: whole units, biggest first, as Go reads them.
fn duration(nanoseconds: i64) -> String {
    const UNITS: [(u64, &str); 6] = [
        (3_600_000_000_000, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "us"),
        (1, "ns"),
    ];
    let mut out = String::from(if nanoseconds < 0 { "-" } else { "" });
    let mut rest = nanoseconds.unsigned_abs();
    if rest == 0 {
        return "0s".to_owned();
    }
    for (unit, name) in UNITS {
        if rest >= unit {
            let _ = write!(out, "{}{name}", rest / unit);
            rest %= unit;
        }
    }
    out
}

/// A field's name as Kubernetes escapes it in CEL.
fn escape_name(name: &str) -> String {
    if is_reserved(name) {
        return format!("__{name}__");
    }
    name.replace("__", "__underscores__")
        .replace('.', "__dot__")
        .replace('-', "__dash__")
        .replace('/', "__slash__")
}

/// The field's name that Kubernetes' escaped form stands for.
pub(super) fn unescape_name(name: &str) -> String {
    let word = name
        .strip_prefix("__")
        .and_then(|name| name.strip_suffix("__"));
    if let Some(word) = word.filter(|word| is_reserved(word)) {
        return word.to_owned();
    }
    let mut out = String::new();
    let mut rest = name;
    while let Some(at) = rest.find("__") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let found = [
            ("__underscores__", "__"),
            ("__dot__", "."),
            ("__dash__", "-"),
            ("__slash__", "/"),
        ]
        .into_iter()
        .find_map(|(escape_text, plain)| Some((escape.strip_prefix(escape_text)?, plain)));
        if let Some((after, plain)) = found {
            out.push_str(plain);
            rest = after;
        } else {
            out.push_str("__");
            rest = escape.get(2..).unwrap_or_default();
        }
    }
    out + rest
}
