//! Source texts and places in them.

use std::ops::Range;
use std::sync::Arc;

/// Number of a source within [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A range of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Which source.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span of `source` from byte `start` to before byte `end`.
    pub const fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end }
    }

    /// The span as a range of indexes into the source's text.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Line and column of a byte, both from 1; columns count characters, as editors show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One text and its name.
#[derive(Debug, Clone)]
pub struct Source {
    /// How diagnostics call it: the path as the user wrote it, or `<stdin>`.
    pub name: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
    /// Byte at which each line starts.
    lines: Vec<u32>,
    /// Characters before each block of [`BLOCK`] bytes; empty if all characters are single bytes.
    /// Without it many findings in one long line would cost a square.
    characters: Vec<u32>,
}

/// Bytes between two counts of characters.
const BLOCK: usize = 4096;

impl Source {
    /// A source named `name`.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| number(at + 1)));
        let mut characters = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                characters.push(before);
                before += starts(block);
            }
        }
        Self {
            name: name.into(),
            text,
            lines,
            characters,
        }
    }

    /// The same source with the text of some places hidden: each character, but for line breaks and
    /// indentation, is replaced by one that takes as many bytes, so that all places stay.
    ///
    /// ```
    /// use herz_dsl::source::{Source, SourceId, Span};
    ///
    /// let source = Source::new("a.yaml", "token: söcret\n");
    /// let hidden = source.hiding(&[Span::new(SourceId(0), 7, 14)]);
    /// assert_eq!(&*hidden.text, "token: *¤****\n");
    /// ```
    #[must_use]
    pub fn hiding(mut self, places: &[Span]) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut is_indentation = true;
        for (at, c) in self.text.char_indices() {
            let is_hidden = || places.iter().any(|place| place.range().contains(&at));
            match c {
                '\n' | '\r' => is_indentation = true,
                ' ' => {}
                _ => is_indentation = false,
            }
            text.push(match c.len_utf8() {
                _ if is_indentation || !is_hidden() => c,
                1 => '*',
                2 => '¤',
                3 => '█',
                _ => '🔒',
            });
        }
        self.text = text.into();
        self
    }

    /// Line and column of a byte; a byte past the end gives the end's position. A byte order mark
    /// takes no column.
    pub fn position(&self, byte: u32) -> Position {
        let line = self
            .lines
            .partition_point(|start| *start <= byte)
            .saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or(0) as usize;
        let end = (byte as usize).min(self.text.len());
        let mark = u32::from(line == 0 && end > 0 && self.text.starts_with('\u{feff}'));
        let column = self.characters_before(end) - self.characters_before(start) - mark;
        Position {
            line: number(line + 1),
            column: column + 1,
        }
    }

    /// Characters that begin before a byte.
    fn characters_before(&self, byte: usize) -> u32 {
        match self.characters.get(byte / BLOCK) {
            Some(before) => {
                let block = byte / BLOCK * BLOCK;
                before + starts(self.text.as_bytes().get(block..byte).unwrap_or(&[]))
            }
            // Past the last block, or none are counted.
            None if self.characters.is_empty() => number(byte),
            None => starts(self.text.as_bytes()),
        }
    }

    /// Bytes of a line, without its line break; lines count from 1. Empty at the end for a line
    /// that does not exist.
    pub fn line(&self, number: u32) -> Range<usize> {
        let row = (number as usize).saturating_sub(1);
        let end = self.text.len();
        let start = self.lines.get(row).map_or(end, |start| *start as usize);
        let next = self.lines.get(row + 1).map_or(end, |next| *next as usize);
        let line = self.text.get(start..next).unwrap_or("");
        start..start + line.trim_end_matches(['\n', '\r']).len()
    }
}

/// Sources are limited to less than 4 GiB where they are read.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Characters that begin in some bytes of UTF-8.
fn starts(bytes: &[u8]) -> u32 {
    number(bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count())
}

/// The sources of one run, by number.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// No sources.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a text in and gives its number.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        let id = SourceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Source::new(name, text));
        id
    }

    /// All of them, in the order taken in.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.list.iter()
    }

    /// The source of that number.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id.0 as usize)
    }
}
