//! Single values: where they stand, and where their texts lie.

use super::{Anchor, Builder, Next, NodeData, PLAIN, Tag, UNESCAPED, ambiguous, findings, offset};
use granit_parser::ScalarStyle;
use std::borrow::Cow;

impl Builder<'_> {
    pub(super) fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        start: u32,
        end: u32,
    ) -> Next {
        let plain = style == ScalarStyle::Plain;
        let (text, start, end) = match style {
            // Nothing is written: the parser says `~`, at the colon or at what follows.
            ScalarStyle::Plain if start == end => {
                let at = if self.is_key_next() {
                    start
                } else {
                    self.behind_colon(start)
                };
                ("", at, at)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let (start, end) = self.block_span(start, end);
                (text, start, end)
            }
            _ => (text, start, end),
        };
        let quote = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        let (a, length, side) = self.tree.store(text, start + u32::from(quote));
        let flags = if plain { PLAIN } else { 0 } | if side { UNESCAPED } else { 0 };
        let next = self.add(NodeData {
            start,
            end,
            a,
            b: length,
            tag: Tag::Scalar,
            flags,
        });
        if next != Next::Event {
            return next;
        }
        if plain && let Some(what) = ambiguous(text) {
            self.report(findings::ambiguous(self.span(start, end), text, what));
        }
        if anchor != 0 {
            let node = self.last();
            self.anchors.push(Anchor {
                id: anchor,
                node,
                name: Cow::Borrowed(""),
                complete: true,
                expanded: 1,
                height: 0,
            });
        }
        Next::Event
    }

    /// Whether the next node is a key.
    fn is_key_next(&self) -> bool {
        self.is_next(0)
    }

    /// Whether the next node is a key's value.
    pub(super) fn is_value_next(&self) -> bool {
        self.is_next(1)
    }

    fn is_next(&self, children: u32) -> bool {
        self.open.last().is_some_and(|open| {
            open.children % 2 == children && self.tree.data(open.node).tag == Tag::Map
        })
    }

    /// Where an empty value stands: behind its colon.
    fn behind_colon(&self, at: u32) -> u32 {
        at + u32::from(self.text.as_bytes().get(at as usize) == Some(&b':'))
    }

    /// Where a block text stands: the parser gives its lines, with blank lines behind; the header
    /// belongs to it, the blank lines don't.
    fn block_span(&self, start: u32, end: u32) -> (u32, u32) {
        let header = self.find_before(start, |rest| rest.starts_with(['|', '>']));
        let first = header.unwrap_or(start);
        let lines = self.text.get(first as usize..end as usize).unwrap_or("");
        (first, first + offset(lines.trim_end().len()))
    }
}
