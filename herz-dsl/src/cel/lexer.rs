//! Text to tokens, with the place of each.

use super::CelError;
use super::ast::Range;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name that is no keyword.
    Identifier(String),
    /// A name in back ticks, only after a dot.
    Quoted(String),
    /// A word of the language: `true`, `in`, or one reserved for later.
    Keyword(&'static str),
    /// A whole number, without sign: up to 2^63, whose only use is behind a minus.
    Int(u64),
    /// A number with a fraction or exponent.
    Float(f64),
    /// A text.
    Text(String),
    /// An operator or bracket.
    Sign(&'static str),
    /// Behind the last token.
    End,
}

/// Words with a meaning.
const KEYWORDS: [&str; 4] = ["true", "false", "null", "in"];

/// Words that CEL keeps for later. No variable may be called so; a field may.
pub(super) const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Whether a word is a keyword or reserved.
pub(super) fn is_reserved(word: &str) -> bool {
    KEYWORDS.contains(&word) || RESERVED.contains(&word)
}

/// Whether a text has the form of a name.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(is_name_character)
}

fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Signs, longer ones first.
const SIGNS: [&str; 27] = [
    "&&", "||", "==", "!=", "<=", ">=", ".?", "[?", "(", ")", "[", "]", "{", "}", ".", ",", "?",
    ":", "<", ">", "+", "-", "*", "/", "%", "!", ";",
];

/// All tokens of `source`, the last of them [`Token::End`].
pub(super) fn tokens(source: &str) -> Result<Vec<(Token, Range)>, CelError> {
    let mut lexer = Lexer { source, at: 0 };
    let mut found = Vec::new();
    loop {
        lexer.skip_space();
        let start = lexer.at;
        let token = lexer.token()?;
        let end = token == Token::End;
        found.push((token, lexer.range(start)));
        if end {
            return Ok(found);
        }
    }
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        let taken = rest.get(..length).unwrap_or_default().to_owned();
        self.at += length;
        taken
    }

    fn range(&self, start: usize) -> Range {
        (position(start), position(self.at))
    }

    fn error<T>(&self, start: usize, message: impl Into<String>) -> Result<T, CelError> {
        Err(CelError::new(self.range(start), message))
    }

    fn skip_space(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
            if !self.rest().starts_with("//") {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn token(&mut self) -> Result<Token, CelError> {
        let Some(c) = self.peek() else {
            return Ok(Token::End);
        };
        let start = self.at;
        if let Some(text) = self.text()? {
            return Ok(Token::Text(text));
        }
        if c.is_ascii_alphabetic() || c == '_' {
            let word = self.take_while(is_name_character);
            let keyword = KEYWORDS.iter().chain(&RESERVED).find(|k| **k == word);
            return Ok(keyword.map_or(Token::Identifier(word), |k| Token::Keyword(k)));
        }
        let second = self.rest().chars().nth(1);
        if c.is_ascii_digit() || (c == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
            return self.number();
        }
        if c == '`' {
            self.next();
            let name = self.take_while(|c| c != '`' && c != '\n');
            if self.next() != Some('`') {
                return self.error(start, "the name in back ticks does not end");
            }
            return Ok(Token::Quoted(name));
        }
        let rest = self.rest();
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            // `a ?.5 : b` and `a[?` are rare; `.?` is only an operator before a name.
            self.at += sign.len();
            return Ok(Token::Sign(sign));
        }
        self.next();
        let error = CelError::new(
            self.range(start),
            format!("{c:?} has no meaning in an expression"),
        );
        Err(match c {
            '=' => error.with_help("did you mean `==`?"),
            '&' => error.with_help("did you mean `&&`?"),
            '|' => error.with_help("did you mean `||`?"),
            '#' => error.with_help("a comment starts with `//`"),
            '“' | '”' | '‘' | '’' | '„' => {
                error.with_help("texts stand in straight quotes: \"…\" or '…'")
            }
            _ => error,
        })
    }

    fn number(&mut self) -> Result<Token, CelError> {
        let start = self.at;
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.at += 2;
            let digits = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
            if digits.ends_with(['u', 'U']) {
                return self.unsigned(start);
            }
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return self.error(
                    start,
                    "a hexadecimal number is `0x` and the digits 0 to 9 and a to f",
                );
            }
            return u64::from_str_radix(&digits, 16)
                .map_or_else(|_| self.too_big(start), |value| Ok(Token::Int(value)));
        }
        let mut text = self.take_while(|c| c.is_ascii_digit());
        let mut float = false;
        let mut after = self.rest().chars();
        if after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit()) {
            float = true;
            self.next();
            text.push('.');
            text += &self.take_while(|c| c.is_ascii_digit());
        }
        if self.peek().is_some_and(|c| matches!(c, 'e' | 'E')) {
            let exponent = self.rest().get(1..).unwrap_or_default();
            let sign = usize::from(exponent.starts_with(['+', '-']));
            if exponent
                .get(sign..)
                .is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
            {
                float = true;
                text.push('e');
                text += self.rest().get(1..=sign).unwrap_or_default();
                self.at += 1 + sign;
                text += &self.take_while(|c| c.is_ascii_digit());
            }
        }
        match self.peek() {
            Some('u' | 'U') if !float => {
                self.next();
                return self.unsigned(start);
            }
            Some(c) if is_name_character(c) => {
                self.take_while(is_name_character);
                return self.error(start, "a number is followed by letters").map_err(|error| {
                    error.with_help("a span of time is written `duration(\"10s\")`, a size as its number of bytes")
                });
            }
            _ => {}
        }
        if float {
            return match text.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(Token::Float(value)),
                _ => self.error(start, "the number is too big for 64 bits"),
            };
        }
        text.parse::<u64>()
            .map_or_else(|_| self.too_big(start), |value| Ok(Token::Int(value)))
    }

    fn too_big(&self, start: usize) -> Result<Token, CelError> {
        self.error(start, "the number does not fit into 64 bits")
            .map_err(|error| {
                error.with_help("whole numbers go from -9223372036854775808 to 9223372036854775807")
            })
    }

    fn unsigned(&mut self, start: usize) -> Result<Token, CelError> {
        self.error(start, "unsigned numbers are not part of the checked subset")
            .map_err(|error| {
                error.with_help("leave the `u` out: every whole number is an int here")
            })
    }

    /// A text, if one starts here.
    fn text(&mut self) -> Result<Option<String>, CelError> {
        let start = self.at;
        let rest = self.rest();
        // Two letters at most stand before the quote.
        let Some(quote_at) = rest.bytes().take(3).position(|b| matches!(b, b'"' | b'\'')) else {
            return Ok(None);
        };
        let prefix = rest
            .get(..quote_at)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let raw = match prefix.as_str() {
            "" => false,
            "r" => true,
            "b" | "br" | "rb" => {
                self.at += quote_at + 1;
                return self.error(start, "bytes are not part of the checked subset");
            }
            _ => return Ok(None),
        };
        self.at += quote_at;
        let quote = if self.rest().starts_with('"') {
            '"'
        } else {
            '\''
        };
        let triple = self.rest().chars().take(3).filter(|c| *c == quote).count() == 3;
        self.at += if triple { 3 } else { 1 };
        let mut text = String::new();
        loop {
            let at = self.at;
            match self.next() {
                None => return self.unclosed(start),
                Some('\n' | '\r') if !triple => return self.unclosed(start),
                Some(c) if c == quote => {
                    if !triple {
                        return Ok(Some(text));
                    }
                    if self.rest().chars().take(2).filter(|c| *c == quote).count() == 2 {
                        self.at += 2;
                        return Ok(Some(text));
                    }
                    text.push(c);
                }
                Some('\\') if !raw => text.push(self.escape(at)?),
                Some(c) => text.push(c),
            }
        }
    }

    fn unclosed<T>(&self, start: usize) -> Result<T, CelError> {
        self.error(start, "the text does not end").map_err(|error| {
            error.with_help("a text ends with the quote it starts with, on the same line; \"\"\"…\"\"\" may have several lines")
        })
    }

    /// The character that an escape stands for; `start` is its back slash.
    fn escape(&mut self, start: usize) -> Result<char, CelError> {
        let c = self.next();
        let (digits, radix) = match c {
            Some('a') => return Ok('\u{7}'),
            Some('b') => return Ok('\u{8}'),
            Some('f') => return Ok('\u{c}'),
            Some('n') => return Ok('\n'),
            Some('r') => return Ok('\r'),
            Some('t') => return Ok('\t'),
            Some('v') => return Ok('\u{b}'),
            Some(c @ ('\\' | '?' | '"' | '\'' | '`')) => return Ok(c),
            Some('x' | 'X') => (2, 16),
            Some('u') => (4, 16),
            Some('U') => (8, 16),
            Some('0'..='3') => {
                self.at -= 1;
                (3, 8)
            }
            _ => {
                return self.error(start, "the text has an unknown escape").map_err(|error| {
                    error.with_help("known are \\\\ \\\" \\' \\` \\? \\a \\b \\f \\n \\r \\t \\v \\xHH \\uHHHH \\UHHHHHHHH and \\OOO; a raw text r\"…\" has none")
                });
            }
        };
        let mut value = 0;
        for _ in 0..digits {
            match self.peek().and_then(|c| c.to_digit(radix)) {
                Some(digit) => value = value * radix + digit,
                None => return self.error(start, format!("the escape needs {digits} digits")),
            }
            self.next();
        }
        char::from_u32(value).map_or_else(
            || self.error(start, "the escape stands for no character"),
            Ok,
        )
    }
}

/// A byte's place as a span has it.
fn position(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
