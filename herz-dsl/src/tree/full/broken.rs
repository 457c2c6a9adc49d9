//! What the parser can't read: reported, and what is open closed.

use super::{BROKEN, Builder, NodeData, PLAIN, Span, Tag, findings, offset, syntax};
use granit_parser::{ErrorKind, ScanError};

impl Builder<'_> {
    /// Ends a document in its midst: closes what is open.
    pub(super) fn cut(&mut self) {
        while let Some(open) = self.open.last() {
            let at = self.last_end;
            let keyed = open.children % 2 == 1
                && self
                    .tree
                    .nodes
                    .get(open.node as usize)
                    .is_some_and(|data| data.tag == Tag::Map);
            if keyed {
                // A key without a value: give it one, so that keys and values stay in step.
                self.tree.nodes.push(NodeData {
                    start: at,
                    end: at,
                    a: at,
                    b: 0,
                    tag: Tag::Scalar,
                    flags: PLAIN | BROKEN,
                });
                if let Some(open) = self.open.last_mut() {
                    open.children += 1;
                }
            }
            self.close(at);
        }
        self.end_document(true);
    }

    pub(super) fn error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        // The parser takes a key that is too long for a value, and then minds its colon.
        if let Some((value, is_key)) = self.long_key_before(at) {
            // Keys are checked when their map is closed.
            if !is_key {
                let place = self.tree.span(&value);
                self.report(findings::long_key(place, value.b as usize, self.limits.key));
            }
            return;
        }
        let diagnostic = if *error.kind() == ErrorKind::RecursionLimitExceeded {
            let at = offset(at.min(self.text.len()));
            findings::too_deep(self.span(at, at), self.limits.depth)
        } else {
            let finding = syntax::finding(self.tree.source, self.text, error);
            match finding
                .span
                .and_then(|span| self.bracket_around(span.start))
            {
                Some(opened) => finding.related(opened, "within what opens here"),
                None => finding,
            }
        };
        self.report(diagnostic);
    }

    /// The bracket that is open at a place, other than one that stands there.
    fn bracket_around(&self, at: u32) -> Option<Span> {
        // `[a: b]` holds a map that has no bracket of its own.
        let starts = self
            .open
            .iter()
            .rev()
            .map(|open| self.tree.data(open.node).start);
        let is_bracket = |start: &u32| {
            let byte = self.text.as_bytes().get(*start as usize);
            matches!(byte, Some(b'[' | b'{'))
        };
        let innermost = starts
            .take_while(|_| self.open.last().is_some_and(|open| open.flow))
            .find(is_bracket)?;
        (innermost < at).then(|| self.span(innermost, innermost + 1))
    }

    /// The last thing written, if it is longer than a key may be and a colon follows it; and
    /// whether it was read as a key.
    fn long_key_before(&self, at: usize) -> Option<(NodeData, bool)> {
        let mut back = self.tree.nodes.iter().rev();
        let last = *back.next()?;
        // Within brackets a key without a colon is a key, and has an empty value.
        let is_key = last.start == last.end;
        let data = if is_key { *back.next()? } else { last };
        let is_long = data.tag == Tag::Scalar && data.b as usize > self.limits.key;
        let between = self.text.get(data.end as usize..at)?;
        let colon = self.text.get(at..)?.starts_with(':');
        (is_long && colon && between.trim_matches(' ').is_empty()).then_some((data, is_key))
    }
}
