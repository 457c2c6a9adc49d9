//! What begins at a place of a line: entries, items, values.

use super::scalar::Style;
use super::{Reader, Root, Tag, offset};

impl Reader<'_> {
    /// Reads a line with something on it; `first` is its first byte that is no space.
    pub(super) fn content(&mut self, first: usize) -> Option<()> {
        let column = first - self.line;
        loop {
            let Some(open) = self.open.last() else {
                // The document's root; behind it nothing may follow.
                if matches!(self.root, Root::Node(_)) {
                    return None;
                }
                return self.collection(first, column);
            };
            let (tag, indent) = (open.tag, open.indent);
            if column > indent {
                // Without anything that waits for it, this goes on with a text of the line above.
                self.waiting.take()?;
                return self.node(first, column);
            }
            if column == indent {
                match tag {
                    Tag::Map if self.waiting.is_some() => {
                        if self.is_dash(first) {
                            self.waiting = None;
                            return self.list(first, column);
                        }
                        self.nothing()?;
                        return self.entry(first);
                    }
                    Tag::Map => return self.entry(first),
                    _ if self.waiting.is_some() => return None,
                    _ if self.is_dash(first) => return self.item(first),
                    // A list at its key's column ends where no dash follows.
                    _ => {}
                }
            }
            if self.waiting.is_some() {
                self.nothing()?;
            }
            self.close()?;
        }
    }

    /// A list's dash: `-` and a blank.
    fn is_dash(&self, at: usize) -> bool {
        self.byte(at) == b'-' && self.is_blank(at + 1)
    }

    /// The document's root: a list or map in block style.
    fn collection(&mut self, at: usize, column: usize) -> Option<()> {
        if self.is_dash(at) {
            return self.list(at, column);
        }
        self.open(Tag::Map, at, column)?;
        self.entry(at)
    }

    /// Any value that begins a line or follows a dash.
    fn node(&mut self, at: usize, column: usize) -> Option<()> {
        match self.byte(at) {
            b'-' if self.is_blank(at + 1) => self.list(at, column),
            b'[' | b'{' => {
                let end = self.flow(at)?;
                self.rest_of_line(end)
            }
            b'|' => self.literal(at),
            _ => {
                let found = self.scan(at, Style::Block)?;
                let end = found.end;
                if !self.is_colon(end) {
                    self.add_scalar(found)?;
                    return self.rest_of_line(end);
                }
                self.open(Tag::Map, at, column)?;
                self.add_key(found)?;
                self.value(end + 1)
            }
        }
    }

    /// A list with its first item.
    fn list(&mut self, dash: usize, column: usize) -> Option<()> {
        self.open(Tag::List, dash, column)?;
        self.item(dash)
    }

    /// What follows a dash.
    fn item(&mut self, mut dash: usize) -> Option<()> {
        loop {
            let at = self.behind_spaces(dash + 1);
            match self.byte(at) {
                b'\n' | b'#' | 0 => {
                    self.waiting = Some(dash + 1);
                    return self.rest_of_line(dash + 1);
                }
                _ if self.is_dash(at) => {
                    self.open(Tag::List, at, at - self.line)?;
                    dash = at;
                }
                _ => return self.node(at, at - self.line),
            }
        }
    }

    /// A further entry of the innermost map.
    fn entry(&mut self, at: usize) -> Option<()> {
        let key = self.scan(at, Style::Block)?;
        let colon = key.end;
        if !self.is_colon(colon) {
            return None;
        }
        self.add_key(key)?;
        self.value(colon + 1)
    }

    /// A colon that ends a key: a blank follows it.
    fn is_colon(&self, at: usize) -> bool {
        self.byte(at) == b':' && self.is_blank(at + 1)
    }

    /// What follows a colon.
    fn value(&mut self, from: usize) -> Option<()> {
        let at = self.behind_spaces(from);
        match self.byte(at) {
            b'\n' | b'#' | 0 => {
                self.waiting = Some(from);
                self.rest_of_line(from)
            }
            b'[' | b'{' => {
                let end = self.flow(at)?;
                self.rest_of_line(end)
            }
            b'|' => self.literal(at),
            _ => {
                let found = self.scan(at, Style::Block)?;
                let end = found.end;
                self.add_scalar(found)?;
                // Not `a: b: c`, which is none.
                self.rest_of_line(end)
            }
        }
    }

    /// The value that was waited for is not there.
    pub(super) fn nothing(&mut self) -> Option<()> {
        let at = offset(self.waiting.take()?);
        if self.open.last()?.tag == Tag::List {
            return None;
        }
        self.add_nothing(at)
    }
}
