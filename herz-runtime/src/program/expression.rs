//! Conditions of branches: what is said of a task's exit code and output.
//!
//! Chaos Mesh evaluates them with a language of its own. Here stands the part of it that means the same
//! in CEL: comparisons, `in`, `&&`, `||`, `!`, brackets. The rest is refused when the document is read,
//! so that no branch is taken by a guess.

use std::cmp::Ordering;

/// Depth of brackets and `!` in one expression.
const MAX_DEPTH: usize = 64;
/// Bytes of one expression.
const MAX_SOURCE: usize = 16 * 1024;

/// A condition, with its types checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(Node);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    ExitCode,
    Stdout,
    Bool(bool),
    Number(i64),
    Text(String),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Compare(Box<Node>, Operator, Box<Node>),
    OneOf(Box<Node>, Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Same,
    Other,
    Less,
    Most,
    More,
    Least,
}

impl Operator {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Same => order.is_eq(),
            Self::Other => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::Most => order.is_le(),
            Self::More => order.is_gt(),
            Self::Least => order.is_ge(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Bool,
    Number,
    Text,
}

impl Type {
    const fn words(self) -> &'static str {
        match self {
            Self::Bool => "a yes or no",
            Self::Number => "a number",
            Self::Text => "a text",
        }
    }
}

/// A value while it is compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Value<'v> {
    Bool(bool),
    Number(i64),
    Text(&'v str),
}

impl Expression {
    /// Reads it; the error says what is not understood. An empty one is true, as on Chaos Mesh.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self(Node::Bool(true)));
        }
        if text.len() > MAX_SOURCE {
            return Err(format!("it is longer than {MAX_SOURCE} bytes"));
        }
        let tokens = tokens(text)?;
        let mut parser = Parser {
            tokens: &tokens,
            at: 0,
            depth: 0,
        };
        let (node, kind) = parser.any()?;
        if let Some(token) = parser.peek() {
            return Err(match token {
                Token::Word(word) => unknown(word),
                other => format!("{} is not expected there", other.words()),
            });
        }
        if kind != Type::Bool {
            return Err(format!(
                "it is {}, where a yes or no is needed",
                kind.words()
            ));
        }
        Ok(Self(node))
    }

    /// Whether it is true of a task that ended so.
    pub fn holds(&self, exit_code: i64, stdout: &str) -> bool {
        matches!(value(&self.0, exit_code, stdout), Value::Bool(true))
    }
}

fn value<'v>(node: &'v Node, exit_code: i64, stdout: &'v str) -> Value<'v> {
    let of = |node: &'v Node| value(node, exit_code, stdout);
    let holds = |node: &'v Node| matches!(of(node), Value::Bool(true));
    match node {
        Node::ExitCode => Value::Number(exit_code),
        Node::Stdout => Value::Text(stdout),
        Node::Bool(value) => Value::Bool(*value),
        Node::Number(value) => Value::Number(*value),
        Node::Text(value) => Value::Text(value),
        Node::Not(inner) => Value::Bool(!holds(inner)),
        Node::All(parts) => Value::Bool(parts.iter().all(holds)),
        Node::Any(parts) => Value::Bool(parts.iter().any(holds)),
        Node::Compare(left, operator, right) => {
            Value::Bool(operator.holds(of(left).cmp(&of(right))))
        }
        Node::OneOf(one, list) => {
            let one = of(one);
            Value::Bool(list.iter().any(|other| of(other) == one))
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Number(i64),
    Text(String),
    Sign(&'static str),
}

impl Token {
    fn words(&self) -> String {
        match self {
            Self::Word(word) => format!("`{word}`"),
            Self::Number(number) => format!("`{number}`"),
            Self::Text(text) => format!("{text:?}"),
            Self::Sign(sign) => format!("`{sign}`"),
        }
    }
}

/// Longer ones first.
const SIGNS: &[&str] = &[
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", "-",
];

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut rest = text.trim_start();
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        let end = if first == '"' || first == '\'' {
            let (token, end) = quoted(rest, first)?;
            found.push(token);
            end
        } else if first.is_ascii_digit() {
            let end = end_of(rest, |c| {
                c.is_ascii_alphanumeric() || matches!(c, '.' | '_')
            });
            let digits = rest.get(..end).unwrap_or_default();
            let number = digits
                .parse()
                .map_err(|_| format!("`{digits}` is no whole number that is understood here"))?;
            found.push(Token::Number(number));
            end
        } else if first.is_ascii_alphabetic() || first == '_' {
            let end = end_of(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            found.push(Token::Word(rest.get(..end).unwrap_or_default().to_owned()));
            end
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            found.push(Token::Sign(sign));
            sign.len()
        } else {
            return Err(format!("`{first}` is not understood here"));
        };
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

fn end_of(text: &str, part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !part(c)).unwrap_or(text.len())
}

/// A text in quotes, and where it ends.
fn quoted(text: &str, quote: char) -> Result<(Token, usize), String> {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => return Ok((Token::Text(value), at + c.len_utf8())),
            '\\' => value.push(match chars.next() {
                Some((_, 'n')) => '\n',
                Some((_, 't')) => '\t',
                Some((_, 'r')) => '\r',
                Some((_, c @ ('\\' | '"' | '\''))) => c,
                Some((_, c)) => return Err(format!("`\\{c}` is not understood here")),
                None => break,
            }),
            c => value.push(c),
        }
    }
    Err("a text has no closing quote".to_owned())
}

/// An operator of Chaos Mesh's language that CEL has not, or not so.
fn unknown(word: &str) -> String {
    format!("`{word}` is not understood here: write comparisons, `in [..]`, `&&`, `||` and `!`")
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

type Parsed = Result<(Node, Type), String>;

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(one)) if *one == sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.eat(sign) {
            return Ok(());
        }
        let found = self.peek().map_or("its end".to_owned(), Token::words);
        Err(format!("`{sign}` is missing before {found}"))
    }

    fn any(&mut self) -> Parsed {
        self.chain("||", Self::all, Node::Any)
    }

    fn all(&mut self) -> Parsed {
        self.chain("&&", Self::comparison, Node::All)
    }

    fn chain(
        &mut self,
        sign: &str,
        part: fn(&mut Self) -> Parsed,
        make: fn(Vec<Node>) -> Node,
    ) -> Parsed {
        let (first, kind) = part(self)?;
        let mut parts = vec![first];
        while self.eat(sign) {
            let (next, other) = part(self)?;
            if (kind, other) != (Type::Bool, Type::Bool) {
                return Err(format!(
                    "beside `{sign}` stands something that is no yes or no"
                ));
            }
            parts.push(next);
        }
        Ok(match (parts.len(), parts.pop()) {
            (1, Some(only)) => (only, kind),
            (_, last) => {
                parts.extend(last);
                (make(parts), Type::Bool)
            }
        })
    }

    fn comparison(&mut self) -> Parsed {
        const OPERATORS: &[(&str, Operator)] = &[
            ("==", Operator::Same),
            ("!=", Operator::Other),
            ("<=", Operator::Most),
            (">=", Operator::Least),
            ("<", Operator::Less),
            (">", Operator::More),
        ];
        let (left, kind) = self.single()?;
        if let Some((sign, operator)) = OPERATORS.iter().find(|(sign, _)| self.eat(sign)) {
            let (right, other) = self.single()?;
            let ordered = !matches!(operator, Operator::Same | Operator::Other);
            if kind != other || (ordered && kind == Type::Bool) {
                return Err(format!(
                    "`{sign}` can't compare {} with {}",
                    kind.words(),
                    other.words()
                ));
            }
            return Ok((
                Node::Compare(Box::new(left), *operator, Box::new(right)),
                Type::Bool,
            ));
        }
        match self.peek() {
            Some(Token::Word(word)) if word == "in" => {
                self.at += 1;
                let list = self.list(kind)?;
                Ok((Node::OneOf(Box::new(left), list), Type::Bool))
            }
            Some(Token::Word(word)) => Err(unknown(word)),
            _ => Ok((left, kind)),
        }
    }

    fn list(&mut self, kind: Type) -> Result<Vec<Node>, String> {
        self.expect("[")?;
        let mut list = Vec::new();
        while !self.eat("]") {
            if !list.is_empty() {
                self.expect(",")?;
            }
            let (one, other) = self.single()?;
            if other != kind {
                return Err(format!(
                    "{} can't be in a list with {}",
                    kind.words(),
                    other.words()
                ));
            }
            list.push(one);
        }
        Ok(list)
    }

    fn single(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("brackets and `!` are deeper than {MAX_DEPTH}"));
        }
        let parsed = self.leaf();
        self.depth -= 1;
        parsed
    }

    fn leaf(&mut self) -> Parsed {
        let token = self.peek().ok_or("it ends too early")?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok((Node::Number(*number), Type::Number)),
            Token::Text(text) => Ok((Node::Text(text.clone()), Type::Text)),
            Token::Word(word) => match word.as_str() {
                "exitCode" => Ok((Node::ExitCode, Type::Number)),
                "stdout" => Ok((Node::Stdout, Type::Text)),
                "true" | "false" => Ok((Node::Bool(word == "true"), Type::Bool)),
                other => Err(format!(
                    "there is no `{other}`: names are `exitCode` and `stdout`"
                )),
            },
            Token::Sign("!") => match self.single()? {
                (inner, Type::Bool) => Ok((Node::Not(Box::new(inner)), Type::Bool)),
                (_, kind) => Err(format!("`!` stands before {}", kind.words())),
            },
            Token::Sign("-") => match self.peek() {
                Some(Token::Number(number)) => {
                    self.at += 1;
                    Ok((Node::Number(-number), Type::Number))
                }
                _ => Err("`-` stands before no number".to_owned()),
            },
            Token::Sign("(") => {
                let inner = self.any()?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Sign(sign) => Err(format!("`{sign}` is not expected there")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_the_same_in_both_languages_is_evaluated() {
        for (text, code, out, expected) in [
            ("", 1, "", true),
            ("exitCode == 0", 0, "", true),
            ("exitCode == 0", 1, "", false),
            ("exitCode != 0 && stdout == \"no\"", 3, "no", true),
            ("exitCode>=1&&exitCode<=3||stdout=='x'", 9, "x", true),
            ("!(exitCode == 0)", 0, "", false),
            ("exitCode in [1, 2, -3]", -3, "", true),
            ("exitCode in []", 0, "", false),
            ("stdout in ['a', \"b\\n\"]", 0, "b\n", true),
            ("stdout < 'b'", 0, "a", true),
            // `&&` binds closer than `||`.
            ("true || false && false", 0, "", true),
            ("true == (exitCode == 1)", 1, "", true),
        ] {
            let parsed = Expression::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!(parsed.holds(code, out), expected, "{text}");
        }
    }

    #[test]
    fn the_rest_is_refused_with_what_is_wrong() {
        for (text, part) in [
            ("exitCode", "a yes or no is needed"),
            ("exitCode == 'a'", "can't compare a number with a text"),
            ("true < false", "can't compare"),
            ("stdout contains 'x'", "`contains` is not understood"),
            ("stdout matches '^a'", "`matches` is not understood"),
            ("exitCode == 0 and true", "`and` is not understood"),
            ("exitCode + 1 == 2", "`+` is not understood"),
            ("len(stdout) > 1", "there is no `len`"),
            ("exitcode == 0", "names are `exitCode` and `stdout`"),
            ("exitCode == 1.5", "no whole number"),
            ("exitCode == 99999999999999999999", "no whole number"),
            ("stdout == 'x", "no closing quote"),
            ("stdout == 'x\\", "no closing quote"),
            ("(exitCode == 0", "`)` is missing"),
            ("exitCode ==", "ends too early"),
            ("exitCode == 0 1", "not expected"),
            ("!exitCode", "`!` stands before a number"),
            ("exitCode in [1 2]", "`,` is missing"),
            ("exitCode in [1, 'a']", "can't be in a list"),
            ("exitCode == 0 && stdout", "no yes or no"),
        ] {
            let why = Expression::parse(text).expect_err(text);
            assert!(why.contains(part), "{text}: {why}");
        }
        assert!(Expression::parse(&"!".repeat(10_000)).is_err());
        assert!(Expression::parse(&"(".repeat(10_000)).is_err());
    }
}
