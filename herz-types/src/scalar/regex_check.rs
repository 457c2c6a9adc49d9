//! Which regular expressions mean the same everywhere.

use super::error::quote;
use std::fmt;

/// Groups within groups.
const DEEPEST: usize = 32;
/// How often something may be repeated by a counted repetition, nested ones multiplied.
const MOST_REPEATS: u64 = 1000;
/// Characters and ranges, each counted as often as it is repeated.
const LARGEST: u64 = 20_000;

/// Why a text is no portable regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegexError {
    /// Byte of the text where it goes wrong.
    pub offset: usize,
    /// What is wrong, as one phrase.
    pub message: String,
}

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.message, self.offset)
    }
}

impl std::error::Error for RegexError {}

/// Whether a regular expression means the same in RE2, Rust, ECMAScript, Java and Python.
///
/// ```
/// use herz_types::scalar::check_portable;
/// assert!(check_portable("^[0-9]+(ms|s)$").is_ok());
/// assert_eq!(check_portable("a++").unwrap_err().offset, 2);
/// ```
pub fn check_portable(text: &str) -> Result<(), RegexError> {
    let mut checker = Checker {
        text,
        at: 0,
        frames: vec![Frame::default()],
        last: None,
    };
    while let Some(c) = checker.peek() {
        checker.step(c)?;
    }
    checker.flush()?;
    match checker.frames.as_slice() {
        [_] => Ok(()),
        frames => {
            let offset = frames.last().map_or(0, |frame| frame.opened);
            Err(RegexError {
                offset,
                message: "this group is not closed".to_owned(),
            })
        }
    }
}

/// A group that is open, or the whole expression.
#[derive(Default)]
struct Frame {
    opened: usize,
    size: Size,
}

/// How big a part of an expression becomes.
#[derive(Default, Clone, Copy)]
struct Size {
    cost: u64,
    /// The greatest product of nested counts.
    repeats: u64,
}

struct Checker<'a> {
    text: &'a str,
    at: usize,
    frames: Vec<Frame>,
    /// What a repetition would repeat.
    last: Option<Size>,
}

impl Checker<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let there = self.rest().starts_with(wanted);
        if there {
            self.at += wanted.len();
        }
        there
    }

    fn fail<T>(offset: usize, message: impl Into<String>) -> Result<T, RegexError> {
        Err(RegexError {
            offset,
            message: message.into(),
        })
    }

    /// Counts what can't be repeated any more.
    fn flush(&mut self) -> Result<(), RegexError> {
        let Some(last) = self.last.take() else {
            return Ok(());
        };
        let at = self.at;
        if let Some(frame) = self.frames.last_mut() {
            frame.size.cost = frame.size.cost.saturating_add(last.cost);
            frame.size.repeats = frame.size.repeats.max(last.repeats);
            if frame.size.cost > LARGEST {
                return Self::fail(at, "the expression becomes too big by its repetitions");
            }
        }
        Ok(())
    }

    fn atom(&mut self, cost: u64) -> Result<(), RegexError> {
        self.flush()?;
        self.last = Some(Size { cost, repeats: 1 });
        Ok(())
    }

    fn step(&mut self, c: char) -> Result<(), RegexError> {
        let start = self.at;
        self.bump();
        match c {
            '(' => self.open(start),
            ')' => self.close(start),
            '|' | '^' | '$' => {
                self.flush()?;
                self.last = None;
                Ok(())
            }
            '*' | '+' | '?' => self.repeat(start, 1),
            '{' => {
                let Some(count) = self.count()? else {
                    return Self::fail(start, "`{` must be written as `\\{`");
                };
                self.repeat(start, count)
            }
            '}' | ']' => Self::fail(start, format!("`{c}` must be written as `\\{c}`")),
            '[' => self.class(start),
            '\\' => {
                self.escape(start, false)?;
                self.atom(1)
            }
            _ => self.atom(1),
        }
    }

    fn open(&mut self, start: usize) -> Result<(), RegexError> {
        self.flush()?;
        if self.eat("?") && !self.eat(":") {
            let rest = self.rest();
            let what =
                if rest.starts_with(['=', '!']) || rest.starts_with("<=") || rest.starts_with("<!")
                {
                    "lookaround is not portable"
                } else if rest.starts_with(['<', 'P', '\'']) {
                    "named groups are not portable: write `(` alone"
                } else if rest.starts_with('>') {
                    "atomic groups are not portable"
                } else {
                    "flags inside of an expression are not portable"
                };
            return Self::fail(start, what);
        }
        if self.frames.len() > DEEPEST {
            return Self::fail(start, format!("groups are nested more than {DEEPEST} deep"));
        }
        self.frames.push(Frame {
            opened: start,
            size: Size::default(),
        });
        Ok(())
    }

    fn close(&mut self, start: usize) -> Result<(), RegexError> {
        self.flush()?;
        if self.frames.len() < 2 {
            return Self::fail(start, "`)` closes no group");
        }
        let size = self
            .frames
            .pop()
            .map(|frame| frame.size)
            .unwrap_or_default();
        self.last = Some(Size {
            cost: size.cost + 1,
            repeats: size.repeats.max(1),
        });
        Ok(())
    }

    /// A repetition of what stands before it; `count` is how often at most it is written out.
    fn repeat(&mut self, start: usize, count: u64) -> Result<(), RegexError> {
        let Some(mut last) = self.last.take() else {
            return Self::fail(start, "nothing stands here that can be repeated");
        };
        last.cost = last.cost.saturating_mul(count.max(1)).saturating_add(1);
        last.repeats = last.repeats.saturating_mul(count.max(1));
        if last.repeats > MOST_REPEATS {
            return Self::fail(
                start,
                format!("repetitions add up to more than {MOST_REPEATS}"),
            );
        }
        self.eat("?");
        if self.peek() == Some('+') {
            return Self::fail(self.at, "possessive repetitions are not portable");
        }
        // A second repetition must not follow.
        self.last = Some(last);
        self.flush()
    }

    /// What stands behind `{`, up to `}`; nothing if it is no count.
    fn count(&mut self) -> Result<Option<u64>, RegexError> {
        let start = self.at;
        let Some((inside, _)) = self.rest().split_once('}') else {
            return Ok(None);
        };
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let (least, most) = (least.to_owned(), most.to_owned());
        let number = |digits: &str| match digits {
            _ if !super::go_text::is_digits(digits) => None,
            // All big numbers are too big.
            _ => Some(digits.parse::<u64>().unwrap_or(u64::MAX)),
        };
        let length = inside.len() + 1;
        let Some(from) = number(&least) else {
            return Ok(None);
        };
        let Some(to) = (if most.is_empty() {
            Some(from)
        } else {
            number(&most)
        }) else {
            return Ok(None);
        };
        if to < from {
            return Self::fail(start, "a repetition ends before it starts");
        }
        self.at += length;
        Ok(Some(to))
    }

    /// What stands behind a backslash: the character that is meant, or nothing for a class.
    fn escape(&mut self, start: usize, in_class: bool) -> Result<Option<char>, RegexError> {
        let Some(c) = self.bump() else {
            return Self::fail(start, "nothing follows the backslash");
        };
        let what = match c {
            't' => return Ok(Some('\t')),
            'n' => return Ok(Some('\n')),
            'r' => return Ok(Some('\r')),
            'f' => return Ok(Some('\u{c}')),
            'd' | 'D' | 'w' | 'W' => return Ok(None),
            'x' => {
                let digits = self
                    .rest()
                    .get(..2)
                    .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
                let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) else {
                    return Self::fail(start, "two hex digits must follow `\\x`");
                };
                self.at += 2;
                return Ok(Some(char::from(byte)));
            }
            '-' if in_class => return Ok(Some('-')),
            _ if "^$\\.*+?()[]{}|/".contains(c) => return Ok(Some(c)),
            '0' => "octal escapes are not portable",
            '1'..='9' => "back references are not portable",
            'A' => "`\\A` is not portable: write `^`",
            'z' | 'Z' => "`\\z` and `\\Z` are not portable: write `$`",
            'b' | 'B' => "word boundaries are not portable",
            's' | 'S' => "`\\s` is not portable: write `[ \\t\\r\\n]`",
            'p' | 'P' => "Unicode classes are not portable",
            'u' => "`\\u` is not portable: write the character itself",
            _ => {
                return Self::fail(
                    start,
                    format!("the escape {} is not portable", quote(&format!("\\{c}"))),
                );
            }
        };
        Self::fail(start, what)
    }

    fn class(&mut self, start: usize) -> Result<(), RegexError> {
        self.eat("^");
        let mut items = 0_u64;
        // The item before, if a range may start with it, and whether it was a range.
        let mut before: Option<char> = None;
        loop {
            let at = self.at;
            let rest = self.rest();
            if let Some(operator) = ["&&", "--", "~~", "||"]
                .iter()
                .find(|o| rest.starts_with(**o))
            {
                return Self::fail(at, format!("`{operator}` in a class is not portable"));
            }
            let Some(c) = self.bump() else {
                return Self::fail(start, "this class is not closed");
            };
            match c {
                ']' if items == 0 => return Self::fail(at, "a class must not be empty"),
                ']' => return self.atom(items),
                '[' if self.rest().starts_with(':') => {
                    return Self::fail(at, "POSIX classes are not portable");
                }
                '[' => return Self::fail(at, "`[` in a class must be written as `\\[`"),
                '-' if items > 0 && self.peek() != Some(']') => {
                    let Some(from) = before.take() else {
                        return Self::fail(
                            at,
                            "`-` must stand first or last in a class, or be written as `\\-`",
                        );
                    };
                    let end = self.at;
                    let to = match self.bump() {
                        Some('\\') => self.escape(end, true)?,
                        Some('[') => {
                            return Self::fail(end, "`[` in a class must be written as `\\[`");
                        }
                        other => other,
                    };
                    match to {
                        Some(to) if from <= to => {}
                        Some(_) => return Self::fail(at, "a range ends before it starts"),
                        None => return Self::fail(at, "a range must end with a character"),
                    }
                }
                '\\' => {
                    before = self.escape(at, true)?;
                    items += 1;
                }
                _ => {
                    before = Some(c);
                    items += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check_portable;

    #[test]
    fn errors_name_their_place() {
        for (text, offset, part) in [
            ("ab(?=c)", 2, "lookaround"),
            ("a\\1", 1, "back references"),
            ("ä++", 3, "possessive"),
            ("[a-z", 0, "not closed"),
            ("((a)", 0, "not closed"),
            ("[ab[:alpha:]]", 3, "POSIX"),
            ("a{3,2}", 2, "ends before"),
            ("(?P<x>a)", 0, "named groups"),
            ("x{1001}", 1, "more than 1000"),
        ] {
            let error = check_portable(text).unwrap_err();
            assert_eq!(error.offset, offset, "{text}: {error}");
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn hostile_expressions_end() {
        assert!(check_portable(&"(".repeat(100_000)).is_err());
        assert!(check_portable(&"[".repeat(100_000)).is_err());
        assert!(check_portable(&"a{1000}".repeat(21)).is_err());
        assert!(check_portable(&"a{".repeat(100_000)).is_err());
        assert!(check_portable("((a{30}){30}){30}").is_err());
    }
}
