//! `[a, b]` and `{a: b}` on one line.

use super::scalar::Style;
use super::{Reader, Tag};

impl Reader<'_> {
    /// Reads a collection in brackets, and all in it; gives the byte behind it.
    pub(super) fn flow(&mut self, bracket: usize) -> Option<usize> {
        let outside = self.open.len();
        let mut at = self.bracket(bracket)?;
        loop {
            // At the beginning of an item or entry, or at the end of something empty.
            let open = self.open.last()?;
            let (tag, is_empty) = (open.tag, open.children == 0);
            let closing = if tag == Tag::Map { b'}' } else { b']' };
            at = self.behind_spaces(at);
            if is_empty && self.byte(at) == closing {
                self.close_at(at + 1)?;
                at += 1;
            } else {
                if tag == Tag::Map {
                    at = self.flow_key(at)?;
                }
                match self.byte(at) {
                    b'[' | b'{' => {
                        at = self.bracket(at)?;
                        continue;
                    }
                    _ => {
                        let found = self.scan(at, Style::Flow)?;
                        self.add_scalar(found)?;
                        at = found.end;
                    }
                }
            }
            // Behind an item: what it stands in may end, too.
            loop {
                if self.open.len() == outside {
                    return Some(at);
                }
                at = self.behind_spaces(at);
                let closing = if self.open.last()?.tag == Tag::Map {
                    b'}'
                } else {
                    b']'
                };
                match self.byte(at) {
                    b',' => break,
                    byte if byte == closing => {
                        self.close_at(at + 1)?;
                        at += 1;
                    }
                    _ => return None,
                }
            }
            at += 1;
        }
    }

    /// Opens a collection; gives the byte behind its bracket.
    fn bracket(&mut self, at: usize) -> Option<usize> {
        let tag = if self.byte(at) == b'{' {
            Tag::Map
        } else {
            Tag::List
        };
        self.open(tag, at, usize::MAX)?;
        Some(at + 1)
    }

    /// Reads a key and its colon; gives the beginning of its value.
    fn flow_key(&mut self, at: usize) -> Option<usize> {
        let key = self.scan(at, Style::Flow)?;
        // Behind quotes a colon needs no blank, as in JSON.
        if self.byte(key.end) != b':' || !(key.is_quoted() || self.byte(key.end + 1) == b' ') {
            return None;
        }
        let value = self.behind_spaces(key.end + 1);
        self.add_key(key)?;
        Some(value)
    }
}
