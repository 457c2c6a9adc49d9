//! Text of the schema language, written so that every byte knows the token it comes from.

use proc_macro2::Span;
use std::ops::Range;

/// A text in flow style, with the tokens behind its parts.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) written: String,
    /// Parts and their tokens; inner parts come before the parts around them.
    parts: Vec<(Range<usize>, Span)>,
    /// Where names of types stand that are declared elsewhere: place and number of the type.
    pub(crate) types: Vec<(Range<usize>, usize)>,
}

impl Text {
    /// Appends something without a token of its own.
    pub(crate) fn raw(&mut self, text: &str) {
        self.written.push_str(text);
    }

    /// Appends a part that a token stands for.
    pub(crate) fn at(&mut self, span: Span, write: impl FnOnce(&mut Self)) {
        let start = self.written.len();
        write(self);
        self.parts.push((start..self.written.len(), span));
    }

    /// Says which token stands for a part that is written already.
    pub(crate) fn cover(&mut self, range: Range<usize>, span: Span) {
        self.parts.push((range, span));
    }

    /// Appends a text in quotes.
    pub(crate) fn quoted(&mut self, text: &str) {
        self.written.push('"');
        for c in text.chars() {
            match c {
                '"' => self.written.push_str("\\\""),
                '\\' => self.written.push_str("\\\\"),
                '\n' => self.written.push_str("\\n"),
                '\t' => self.written.push_str("\\t"),
                '\r' => self.written.push_str("\\r"),
                c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' || c == '\u{feff}' => {
                    self.written.push_str(&format!("\\U{:08x}", u32::from(c)));
                }
                c => self.written.push(c),
            }
        }
        self.written.push('"');
    }

    /// Appends a key in quotes and its colon.
    pub(crate) fn key(&mut self, key: &str, span: Span) {
        self.at(span, |text| text.quoted(key));
        self.raw(": ");
    }

    /// Appends a comma if something stands before it in the map or list.
    pub(crate) fn comma(&mut self) {
        if !self.written.ends_with(['{', '[']) {
            self.written.push_str(", ");
        }
    }

    /// The token of a place: that of the smallest part around it.
    pub(crate) fn token(&self, start: usize, end: usize) -> Option<Span> {
        self.parts
            .iter()
            .filter(|(range, _)| range.start <= start && end <= range.end)
            .min_by_key(|(range, _)| range.len())
            .map(|(_, span)| *span)
    }

    /// What stands between the names of types, and the types: one text more than types.
    pub(crate) fn pieces(&self) -> (Vec<&str>, Vec<usize>) {
        let mut texts = Vec::new();
        let mut types = Vec::new();
        let mut from = 0;
        for (range, index) in &self.types {
            texts.push(self.written.get(from..range.start).unwrap_or_default());
            types.push(*index);
            from = range.end;
        }
        texts.push(self.written.get(from..).unwrap_or_default());
        (texts, types)
    }
}
