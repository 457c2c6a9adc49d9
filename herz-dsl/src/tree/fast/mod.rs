//! Text -> arena, for the YAML that nearly every manifest is written in.
//!
//! Maps and lists in block style, texts and collections on one line, literal texts (`|`), comments
//! and `---`. Whatever else there is, this reader *declines*, and [`super::full`] reads the whole text: tabs,
//! CRLF, anchors, tags, folded texts, texts over several lines, `?`, directives, documents that are
//! a single value — and everything that a finding would be told about. So it tells nothing itself,
//! and what it gives is, byte for byte, the tree that the full parser builds.
//!
//! | file | what is read there |
//! |---|---|
//! | this one | documents and lines |
//! | [`block`] | what begins at a place of a line: entries, items, values |
//! | [`flow`] | `[a, b]` and `{a: b}` on one line |
//! | [`scalar`] | plain, quoted and literal texts |
//! | [`arena`] | nodes: opened, added, closed, keys compared |
//!
//! Decision 10 says why there are two readers and what keeps them equal.

mod arena;
mod block;
mod flow;
mod scalar;

use super::findings::offset;
use super::{DocumentData, Limits, NodeData, PLAIN, Tag, Tree};
use crate::source::Span;

/// Reads a tree's text into it. `None`: it declines, and what is in the tree besides the text is
/// of no use.
pub(super) fn read(tree: &mut Tree, text: &str, limits: &Limits) -> Option<()> {
    if !is_simple(text) {
        return None;
    }
    tree.nodes.reserve(text.len() / 12);
    Reader {
        text,
        bytes: text.as_bytes(),
        limits,
        tree,
        line: 0,
        at: 0,
        open: Vec::with_capacity(16),
        keys: Vec::with_capacity(32),
        waiting: None,
        last_end: 0,
        root: Root::None,
    }
    .run()
}

/// Whether a text has only characters that mean the same to every reader: no control characters
/// but line feeds, no blanks but spaces, nothing that ends a line in one version of YAML only.
fn is_simple(text: &str) -> bool {
    let bytes = text.as_bytes();
    let odd = |byte: &u8| (*byte < b' ' && *byte != b'\n') || *byte == 0x7f;
    if bytes.iter().any(odd) {
        return false;
    }
    let odd = |c: char| {
        c != ' '
            && c != '\n'
            && (c.is_control()
                || c.is_whitespace()
                || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fffd}'))
    };
    text.is_ascii() || !text.chars().any(odd)
}

/// The root of the document being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    /// There is no document yet.
    None,
    /// A document is begun by `---`; nothing is in it yet.
    Begun,
    /// This node.
    Node(u32),
}

/// A list or map that is not closed yet.
struct Open {
    node: u32,
    /// Column of its dashes or keys.
    indent: usize,
    tag: Tag,
    children: u32,
    /// Where its keys begin in [`Reader::keys`].
    keys: usize,
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    limits: &'a Limits,
    tree: &'a mut Tree,
    /// First byte of the line that is read.
    line: usize,
    /// Next byte to read.
    at: usize,
    open: Vec<Open>,
    /// The keys of the open maps, outer ones first.
    keys: Vec<u32>,
    /// The innermost open list or map waits for a value on a later line: the byte behind its colon or dash.
    waiting: Option<usize>,
    /// Byte after the last thing read.
    last_end: u32,
    root: Root,
}

impl Reader<'_> {
    fn run(mut self) -> Option<()> {
        loop {
            self.line = self.at;
            let first = self.behind_spaces(self.at);
            match self.byte(first) {
                // No text holds NUL: it stands for the end.
                0 => break,
                b'\n' => self.at = first + 1,
                b'#' => self.comment(first),
                b'-' | b'.' | b'%' if first == self.line && self.marker(first)? => {}
                _ => self.content(first)?,
            }
        }
        self.end_document()
    }

    /// The byte at a place; 0 behind the end.
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn behind_spaces(&self, mut at: usize) -> usize {
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    /// Whether a space, a line's end or the text's end stands there.
    fn is_blank(&self, at: usize) -> bool {
        matches!(self.byte(at), b' ' | b'\n' | 0)
    }

    /// The line's end: the place of its line feed, or the text's end.
    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or(&[]);
        memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |length| from + length)
    }

    /// Takes a comment and goes to the next line.
    fn comment(&mut self, from: usize) {
        let end = self.line_end(from);
        let place = Span::new(self.tree.source, offset(from), offset(end));
        self.tree.comments.push(place);
        self.at = end + 1;
    }

    /// Goes to the next line; before it only spaces and a comment may stand.
    fn rest_of_line(&mut self, from: usize) -> Option<()> {
        let at = self.behind_spaces(from);
        match self.byte(at) {
            b'\n' | 0 => self.at = at + 1,
            b'#' if at > from => self.comment(at),
            _ => return None,
        }
        Some(())
    }

    /// Takes a `---` at the beginning of a line; false if it is none.
    fn marker(&mut self, first: usize) -> Option<bool> {
        let rest = self.bytes.get(first..).unwrap_or(&[]);
        if rest.starts_with(b"...") || rest.starts_with(b"%") {
            return None;
        }
        if !rest.starts_with(b"---") {
            return Some(false);
        }
        if !self.is_blank(first + 3) {
            return None;
        }
        self.end_document()?;
        self.root = Root::Begun;
        self.last_end = offset(first + 3);
        self.rest_of_line(first + 3)?;
        Some(true)
    }

    /// Ends the document, if there is one.
    fn end_document(&mut self) -> Option<()> {
        if self.waiting.is_some() {
            self.nothing()?;
        }
        while !self.open.is_empty() {
            self.close()?;
        }
        let root = match self.root {
            Root::None => return Some(()),
            Root::Node(root) => root,
            Root::Begun => {
                let at = self.last_end;
                self.tree.nodes.push(NodeData {
                    start: at,
                    end: at,
                    a: at,
                    b: 0,
                    tag: Tag::Scalar,
                    flags: PLAIN,
                });
                offset(self.tree.nodes.len()) - 1
            }
        };
        self.tree.documents.push(DocumentData { root, cut: false });
        self.root = Root::None;
        Some(())
    }
}
