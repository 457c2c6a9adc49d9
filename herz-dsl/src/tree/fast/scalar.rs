//! Plain, quoted and literal texts.

use super::super::resolve::ambiguous;
use super::super::{NodeData, PLAIN, Tag, UNESCAPED};
use super::{Reader, offset};

/// What is around a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A line.
    Block,
    /// Brackets on a line.
    Flow,
}

/// A text on one line, found but not stored.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    quote: Option<Quote>,
    /// Whether its value is written in another way.
    escaped: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Single,
    Double,
}

impl Found {
    pub(super) const fn is_quoted(self) -> bool {
        self.quote.is_some()
    }
}

impl Reader<'_> {
    /// The text that begins at a place.
    pub(super) fn scan(&self, at: usize, style: Style) -> Option<Found> {
        match self.byte(at) {
            b'"' => self.double(at),
            b'\'' => self.single(at),
            _ => self.plain(at, style),
        }
    }

    fn double(&self, start: usize) -> Option<Found> {
        let mut at = start + 1;
        let mut escaped = false;
        loop {
            match self.byte(at) {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    unescaped(self.byte(at + 1))?;
                    at += 1;
                }
                b'\n' | 0 => return None,
                _ => {}
            }
            at += 1;
        }
        Some(Found {
            start,
            end: at + 1,
            quote: Some(Quote::Double),
            escaped,
        })
    }

    fn single(&self, start: usize) -> Option<Found> {
        let mut at = start + 1;
        let mut escaped = false;
        loop {
            match self.byte(at) {
                b'\'' if self.byte(at + 1) == b'\'' => {
                    escaped = true;
                    at += 1;
                }
                b'\'' => break,
                b'\n' | 0 => return None,
                _ => {}
            }
            at += 1;
        }
        Some(Found {
            start,
            end: at + 1,
            quote: Some(Quote::Single),
            escaped,
        })
    }

    /// A plain text: up to `: `, ` #` or the line's end, in brackets to those, commas and colons before them, too.
    fn plain(&self, start: usize, style: Style) -> Option<Found> {
        let first = self.byte(start);
        let begins = match first {
            b'-' => matches!(self.byte(start + 1), b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.'),
            _ => first >= 0x80 || BEGINS.contains(&first) || first.is_ascii_alphanumeric(),
        };
        if !begins {
            return None;
        }
        let mut at = start + 1;
        let mut end = at;
        loop {
            match self.byte(at) {
                b'\n' | 0 => break,
                b' ' => {
                    at += 1;
                    continue;
                }
                b':' if self.is_blank(at + 1) => break,
                b':' if style == Style::Flow && is_bracket(self.byte(at + 1)) => return None,
                b'#' if end < at => break,
                byte if style == Style::Flow && is_bracket(byte) => break,
                _ => {}
            }
            at += 1;
            end = at;
        }
        Some(Found {
            start,
            end,
            quote: None,
            escaped: false,
        })
    }

    /// Its value.
    pub(super) fn data(&mut self, found: Found) -> Option<NodeData> {
        let (start, end) = (offset(found.start), offset(found.end));
        let mut data = NodeData {
            start,
            end,
            a: start,
            b: end - start,
            tag: Tag::Scalar,
            flags: 0,
        };
        let Some(quote) = found.quote else {
            data.flags = PLAIN;
            // Everything that readers disagree about begins with a sign or a digit.
            if matches!(self.byte(found.start), b'0'..=b'9' | b'+' | b'-')
                && ambiguous(self.text.get(found.start..found.end)?).is_some()
            {
                return None;
            }
            return Some(data);
        };
        data.a = start + 1;
        data.b = end - start - 2;
        if found.escaped {
            let written = self.text.get(found.start + 1..found.end - 1)?;
            let value = match quote {
                Quote::Single => written.replace("''", "'"),
                Quote::Double => unescape(written)?,
            };
            let side;
            (data.a, data.b, side) = self.tree.store(&value, data.a);
            data.flags = if side { UNESCAPED } else { 0 };
        }
        Some(data)
    }

    /// A literal text, from its `|` on.
    pub(super) fn literal(&mut self, bar: usize) -> Option<()> {
        let (keep, strip, header) = match self.byte(bar + 1) {
            b'+' => (true, false, bar + 2),
            b'-' => (false, true, bar + 2),
            _ => (false, false, bar + 1),
        };
        let mut line = header + 1;
        let first = self.behind_spaces(line);
        let indent = first - line;
        // Indentation that is told, comments, blank lines at the beginning: for the full parser.
        if self.byte(header) != b'\n' || indent <= self.open.last()?.indent || self.is_blank(first)
        {
            return None;
        }
        let mut value = String::new();
        let mut breaks = 0;
        loop {
            let first = self.behind_spaces(line);
            match self.byte(first) {
                b'\n' if first - line <= indent => {
                    breaks += 1;
                    line = first + 1;
                    continue;
                }
                0 if first - line <= indent => {
                    line = first;
                    break;
                }
                _ if first - line < indent => break,
                _ => {}
            }
            let end = self.line_end(line);
            if end == self.bytes.len() {
                // A last line that nothing ends.
                return None;
            }
            value.extend(std::iter::repeat_n('\n', breaks));
            value.push_str(self.text.get(line + indent..end)?);
            breaks = 1;
            line = end + 1;
        }
        let breaks = if keep { breaks } else { usize::from(!strip) };
        value.extend(std::iter::repeat_n('\n', breaks));
        let start = offset(bar);
        let end = bar + self.text.get(bar..line)?.trim_end().len();
        let (a, b, side) = self.tree.store(&value, start);
        self.add(NodeData {
            start,
            end: offset(end),
            a,
            b,
            tag: Tag::Scalar,
            flags: if side { UNESCAPED } else { 0 },
        })?;
        self.at = line;
        Some(())
    }
}

/// What a plain text may begin with, besides letters, digits and a dash before those.
const BEGINS: &[u8] = b"_./()$^+=~<;\\";

/// What stands between and around the items of a collection in brackets.
const fn is_bracket(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

/// The character that a backslash and a letter mean; `None` for those that the full parser reads.
const fn unescaped(letter: u8) -> Option<char> {
    Some(match letter {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        _ => return None,
    })
}

fn unescape(written: &str) -> Option<String> {
    let mut value = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        value.push_str(rest.get(..at)?);
        value.push(unescaped(*rest.as_bytes().get(at + 1)?)?);
        rest = rest.get(at + 2..)?;
    }
    value.push_str(rest);
    Some(value)
}
