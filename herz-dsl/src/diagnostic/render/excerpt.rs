//! The lines of a source that a finding shows: few, short, and nothing in them that a terminal obeys.

use crate::source::{Source, Span};
use std::borrow::Cow;
use std::ops::Range;

/// Characters shown before and behind the place in a long line.
const BESIDE: usize = 80;
/// Bytes of a line up to which it is shown whole.
const SHORT: usize = 240;

/// A text without anything that a terminal obeys or that turns the reading direction: such
/// characters are replaced by visible ones. Tabs and line breaks stay.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| visible(c) != c) {
        return text.into();
    }
    text.chars().map(visible).collect::<String>().into()
}

/// As [`clean`], on one line.
pub(super) fn clean_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\t']) {
        return clean(text);
    }
    let line = text
        .replace("\r\n", " ")
        .replace(['\n', '\r'], " ")
        .replace('\t', "\u{2409}");
    clean(&line).into_owned().into()
}

/// A character, or what is shown in its place.
fn visible(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        // The control pictures stand in the same order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        _ => c,
    }
}

/// Some neighbouring lines of a source, ready to be shown.
pub(super) struct Excerpt {
    /// The lines, each ended by a line break.
    pub(super) text: String,
    /// Number of the first one, from 1.
    pub(super) first_line: usize,
    lines: Vec<Line>,
    cut: bool,
}

struct Line {
    /// The part of the source that is shown of it.
    shown: Range<usize>,
    /// Where that part begins in [`Excerpt::text`].
    at: usize,
}

impl Excerpt {
    /// The lines from the first to the last place. Long lines are cut around the places in them.
    pub(super) fn new(source: &Source, places: &[Span]) -> Self {
        let first = places
            .iter()
            .map(|span| source.position(span.start).line)
            .min()
            .unwrap_or(1);
        let last = places
            .iter()
            .map(|span| source.position(span.start).line)
            .max()
            .unwrap_or(first);
        let mut excerpt = Self {
            text: String::new(),
            first_line: first as usize,
            lines: Vec::new(),
            cut: false,
        };
        for number in first..=last {
            let line = source.line(number);
            let place = places
                .iter()
                .map(|span| span.range())
                .find(|range| line.contains(&range.start) || line.end == range.start);
            excerpt.push(&source.text, line, place);
        }
        excerpt
    }

    fn push(&mut self, text: &str, line: Range<usize>, place: Option<Range<usize>>) {
        let mut line = line;
        // A byte order mark at the very beginning is no part of the line.
        if line.start == 0 && text.starts_with('\u{feff}') {
            line.start = '\u{feff}'.len_utf8().min(line.end);
        }
        let mut shown = line.clone();
        if line.len() > SHORT {
            let from = place.map_or(line.start, |place| place.start.clamp(line.start, line.end));
            shown.start = back(text, from, BESIDE).max(line.start);
            shown.end = forth(text, from, BESIDE).min(line.end);
        }
        self.cut |= shown != line;
        if shown.start > line.start {
            self.text.push('…');
        }
        let at = self.text.len();
        let part = text.get(shown.clone()).unwrap_or("");
        self.text.push_str(&clean(part));
        if shown.end < line.end {
            self.text.push('…');
        }
        self.text.push('\n');
        self.lines.push(Line { shown, at });
    }

    /// Whether a line is not shown whole.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Where a place is in [`Excerpt::text`]; of a place of several lines the part on its first.
    pub(super) fn range(&self, source: &Source, span: Span) -> Range<usize> {
        let row = (source.position(span.start).line as usize).saturating_sub(self.first_line);
        let Some(line) = self.lines.get(row) else {
            return 0..0;
        };
        let place = |byte: usize| {
            let byte = byte.clamp(line.shown.start, line.shown.end);
            let before = source.text.get(line.shown.start..byte).unwrap_or("");
            line.at + clean(before).len()
        };
        place(span.start as usize)..place(span.end.max(span.start) as usize)
    }

    /// As [`Self::range`], and never empty: a place between two characters is shown as the one behind it.
    pub(super) fn mark(&self, source: &Source, span: Span) -> Range<usize> {
        let range = self.range(source, span);
        if !range.is_empty() {
            return range;
        }
        let behind = self
            .text
            .get(range.start..)
            .and_then(|rest| rest.chars().next());
        range.start..range.start + behind.map_or(0, char::len_utf8)
    }

    /// Whether the whole line of a place is shown, and the place ends on it.
    pub(super) fn is_whole(&self, source: &Source, span: Span) -> bool {
        let row = (source.position(span.start).line as usize).saturating_sub(self.first_line);
        self.lines
            .get(row)
            .is_some_and(|line| span.range().end <= line.shown.end)
    }
}

/// The place `count` characters before a place.
fn back(text: &str, from: usize, count: usize) -> usize {
    let before = text.get(..from).unwrap_or("");
    before
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(at, _)| at)
}

/// The place `count` characters behind a place.
fn forth(text: &str, from: usize, count: usize) -> usize {
    let behind = text.get(from..).unwrap_or("");
    behind
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| from + at)
}
