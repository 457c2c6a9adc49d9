//! Tokens to [`Ast`]: CEL's own grammar and precedence.

mod call;

use crate::catalog::Literal;
use crate::cel::ast::{Ast, AstKind, Name, Range};
use crate::cel::lexer::{self, Token};
use crate::cel::{CelError, Operator};

/// Bytes of one expression.
pub const MAX_SOURCE: usize = 16 * 1024;

/// Operators and brackets inside each other, and operators in one row.
pub const MAX_DEPTH: u32 = 100;

/// Reads one expression.
///
/// ```
/// use herz_dsl::cel;
/// assert!(cel::parse("has(self.jitter) && self.jitter < self.latency").is_ok());
///
/// let error = cel::parse("self.a = 1").unwrap_err();
/// assert_eq!(error.range, (7, 8));
/// assert_eq!(error.help.as_deref(), Some("did you mean `==`?"));
/// ```
pub fn parse(source: &str) -> Result<Ast, CelError> {
    if source.len() > MAX_SOURCE {
        return Err(CelError::new(
            (0, 0),
            format!("the expression is longer than {MAX_SOURCE} bytes"),
        ));
    }
    let mut parser = Parser {
        tokens: lexer::tokens(source)?,
        at: 0,
        depth: 0,
    };
    let parsed = parser.expression()?;
    if *parser.peek() != Token::End {
        return Err(parser.unexpected("an operator or the end"));
    }
    Ok(parsed.ast)
}

struct Parser {
    tokens: Vec<(Token, Range)>,
    at: usize,
    depth: u32,
}

/// An expression and how many levels it has, so that walking it never overflows the stack.
struct Parsed {
    ast: Ast,
    height: u32,
}

type Result_ = Result<Parsed, CelError>;

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens
            .get(self.at)
            .map_or(&Token::End, |(token, _)| token)
    }

    /// Place of the next token.
    fn here(&self) -> Range {
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .map_or((0, 0), |(_, range)| *range)
    }

    /// End of the last token taken.
    fn end(&self) -> u32 {
        self.at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or(0, |(_, range)| range.1)
    }

    fn take(&mut self, sign: &'static str) -> bool {
        let found = *self.peek() == Token::Sign(sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), CelError> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{sign}`")))
        }
    }

    fn unexpected(&self, wanted: &str) -> CelError {
        let found = match self.peek() {
            Token::End => "the end".to_owned(),
            Token::Identifier(name) => format!("`{name}`"),
            Token::Quoted(name) => format!("`` `{name}` ``"),
            Token::Keyword(word) if lexer::RESERVED.contains(word) => {
                format!("the reserved word `{word}`")
            }
            Token::Keyword(word) => format!("`{word}`"),
            Token::Int(_) | Token::Float(_) => "a number".to_owned(),
            Token::Text(_) => "a text".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
        };
        let error = CelError::new(self.here(), format!("found {found}, expected {wanted}"));
        match self.peek() {
            Token::Identifier(word) if word == "and" => error.with_help("did you mean `&&`?"),
            Token::Identifier(word) if word == "or" => error.with_help("did you mean `||`?"),
            Token::Identifier(word) if word == "not" => error.with_help("did you mean `!`?"),
            _ => error,
        }
    }

    fn too_deep(&self) -> CelError {
        CelError::new(
            self.here(),
            format!("the expression is nested more than {MAX_DEPTH} levels deep"),
        )
        .with_help("compare one value with many by `x in [a, b]`, or split the rule")
    }

    fn node(&self, kind: AstKind, range: Range, height: u32) -> Result_ {
        if height >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        Ok(Parsed {
            ast: Ast { kind, range },
            height: height + 1,
        })
    }

    /// `a ? b : c` and everything that binds tighter.
    fn expression(&mut self) -> Result_ {
        if self.depth >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let parsed = self.conditional();
        self.depth -= 1;
        parsed
    }

    fn conditional(&mut self) -> Result_ {
        let condition = self.binary(0)?;
        if !self.take("?") {
            return Ok(condition);
        }
        let yes = self.binary(0)?;
        if *self.peek() == Token::Sign("?") {
            return Err(self
                .unexpected("`:`")
                .with_help("put the inner conditional in brackets"));
        }
        self.expect(":")?;
        let no = self.expression()?;
        let range = (condition.ast.range.0, no.ast.range.1);
        let height = condition.height.max(yes.height).max(no.height);
        let kind =
            AstKind::Conditional(Box::new(condition.ast), Box::new(yes.ast), Box::new(no.ast));
        self.node(kind, range, height)
    }

    /// Operators with two operands; all of them group to the left.
    fn binary(&mut self, least: u8) -> Result_ {
        let mut left = self.unary()?;
        while let Some((binds, operator)) = self.operator() {
            if binds < least {
                break;
            }
            self.at += 1;
            let right = self.binary(binds + 1)?;
            let range = (left.ast.range.0, right.ast.range.1);
            let height = left.height.max(right.height);
            let (a, b) = (Box::new(left.ast), Box::new(right.ast));
            let kind = match operator {
                Some(operator) => AstKind::Binary(operator, a, b),
                None => AstKind::In(a, b),
            };
            left = self.node(kind, range, height)?;
        }
        Ok(left)
    }

    /// How tightly the next token binds as an operator, and which it is; `in` is none of
    /// [`Operator`].
    fn operator(&self) -> Option<(u8, Option<Operator>)> {
        let (binds, operator) = match self.peek() {
            Token::Sign("||") => (1, Operator::Or),
            Token::Sign("&&") => (2, Operator::And),
            Token::Keyword("in") => return Some((3, None)),
            Token::Sign("==") => (3, Operator::Equal),
            Token::Sign("!=") => (3, Operator::NotEqual),
            Token::Sign("<") => (3, Operator::Less),
            Token::Sign("<=") => (3, Operator::LessOrEqual),
            Token::Sign(">") => (3, Operator::Greater),
            Token::Sign(">=") => (3, Operator::GreaterOrEqual),
            Token::Sign("+") => (4, Operator::Add),
            Token::Sign("-") => (4, Operator::Subtract),
            Token::Sign("*") => (5, Operator::Multiply),
            Token::Sign("/") => (5, Operator::Divide),
            Token::Sign("%") => (5, Operator::Remainder),
            _ => return None,
        };
        Some((binds, Some(operator)))
    }

    fn unary(&mut self) -> Result_ {
        let start = self.here().0;
        let mut signs = Vec::new();
        loop {
            let not = *self.peek() == Token::Sign("!");
            if !not && *self.peek() != Token::Sign("-") {
                break;
            }
            signs.push((self.here().0, not));
            self.at += 1;
        }
        // A single minus right before a number belongs to it.
        let negative = match (signs.as_slice(), self.peek()) {
            ([.., (_, false), (_, false)], _) => None,
            ([.., (at, false)], Token::Int(_) | Token::Float(_)) => Some(*at),
            _ => None,
        };
        if negative.is_some() {
            signs.pop();
        }
        let mut operand = self.member(negative)?;
        for (at, not) in signs.into_iter().rev() {
            let end = operand.ast.range.1;
            let inner = Box::new(operand.ast);
            let kind = if not {
                AstKind::Not(inner)
            } else {
                AstKind::Negate(inner)
            };
            operand = self.node(kind, (at.max(start), end), operand.height)?;
        }
        Ok(operand)
    }

    /// A value and what is selected, called or indexed on it.
    fn member(&mut self, negative: Option<u32>) -> Result_ {
        let mut of = self.primary(negative)?;
        loop {
            let start = of.ast.range.0;
            if self.take(".") {
                let name = self.field_name()?;
                if *self.peek() == Token::Sign("(") {
                    let arguments = self.arguments()?;
                    of = self.method(of, name, arguments)?;
                } else {
                    let range = (start, name.range.1);
                    of = self.node(AstKind::Select(Box::new(of.ast), name), range, of.height)?;
                }
            } else if self.take("[") {
                let at = self.expression()?;
                self.expect("]")?;
                let height = of.height.max(at.height);
                let kind = AstKind::Index(Box::new(of.ast), Box::new(at.ast));
                of = self.node(kind, (start, self.end()), height)?;
            } else {
                return match self.peek() {
                    Token::Sign(".?" | "[?") => Err(CelError::new(
                        self.here(),
                        "optional values (`.?`) are not part of the checked subset",
                    )
                    .with_help("ask with `has(self.field) && …`")),
                    Token::Sign("{") => Err(self.no_braces()),
                    _ => Ok(of),
                };
            }
        }
    }

    fn no_braces(&self) -> CelError {
        CelError::new(
            self.here(),
            "map and message literals are not part of the checked subset",
        )
    }

    fn field_name(&mut self) -> Result<Name, CelError> {
        let range = self.here();
        let text = match self.peek() {
            Token::Identifier(name) | Token::Quoted(name) => name.clone(),
            // CEL lets reserved words stand as fields, but not its four keywords.
            Token::Keyword(word) if lexer::RESERVED.contains(word) => (*word).to_owned(),
            Token::Keyword(word) => {
                let help =
                    format!("a field of that name is written `` `{word}` `` or `__{word}__`");
                return Err(self.unexpected("the name of a field").with_help(help));
            }
            _ => return Err(self.unexpected("the name of a field")),
        };
        if text.is_empty() {
            return Err(CelError::new(range, "the name of a field is empty"));
        }
        self.at += 1;
        Ok(Name { text, range })
    }

    fn arguments(&mut self) -> Result<Vec<Parsed>, CelError> {
        self.expect("(")?;
        self.list(")")
    }

    /// Expressions with commas between them, up to a closing bracket.
    fn list(&mut self, close: &'static str) -> Result<Vec<Parsed>, CelError> {
        let mut items = Vec::new();
        if self.take(close) {
            return Ok(items);
        }
        loop {
            items.push(self.expression()?);
            if self.take(close) {
                return Ok(items);
            }
            if !self.take(",") {
                return Err(self.unexpected(&format!("`,` or `{close}`")));
            }
        }
    }

    fn primary(&mut self, negative: Option<u32>) -> Result_ {
        let range = self.here();
        let start = negative.unwrap_or(range.0);
        let literal = match self.peek().clone() {
            Token::Int(value) => match (negative, i64::try_from(value)) {
                (None, Ok(value)) => Literal::Int(value),
                (Some(_), _) if value <= i64::MIN.unsigned_abs() => {
                    Literal::Int(0i64.wrapping_sub_unsigned(value))
                }
                _ => {
                    return Err(CelError::new(
                        (start, range.1),
                        "the number does not fit into 64 bits",
                    )
                    .with_help(
                        "whole numbers go from -9223372036854775808 to 9223372036854775807",
                    ));
                }
            },
            Token::Float(value) => Literal::Float(if negative.is_some() { -value } else { value }),
            Token::Text(text) => Literal::Text(text),
            Token::Keyword("true") => Literal::Bool(true),
            Token::Keyword("false") => Literal::Bool(false),
            Token::Keyword("null") => {
                return Err(
                    CelError::new(range, "`null` is not part of the checked subset")
                        .with_help("whether a field is there is asked with `has(self.field)`"),
                );
            }
            Token::Identifier(name) => {
                self.at += 1;
                if *self.peek() == Token::Sign("(") {
                    let arguments = self.arguments()?;
                    return self.function(Name { text: name, range }, arguments);
                }
                return self.node(AstKind::Identifier(name), range, 0);
            }
            Token::Sign("(") => {
                self.at += 1;
                let mut inner = self.expression()?;
                self.expect(")")?;
                inner.ast.range = (start, self.end());
                return Ok(inner);
            }
            Token::Sign("[") => {
                self.at += 1;
                let items = self.list("]")?;
                let height = items.iter().map(|item| item.height).max().unwrap_or(0);
                let items = items.into_iter().map(|item| item.ast).collect();
                return self.node(AstKind::List(items), (start, self.end()), height);
            }
            Token::Sign("{") => return Err(self.no_braces()),
            Token::Sign(".") => {
                return Err(CelError::new(
                    range,
                    "a leading dot is not part of the checked subset",
                )
                .with_help("fields are written `self.field`"));
            }
            _ => return Err(self.unexpected("a value")),
        };
        self.at += 1;
        self.node(AstKind::Literal(literal), (start, range.1), 0)
    }
}
