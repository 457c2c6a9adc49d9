//! YAML text -> tree with spans. The only module that names the YAML parser.
//!
//! The rest of the crate sees a [`Tree`] of documents through [`Node`], and nothing else, so that
//! the parser behind it can be replaced.
//!
//! ```
//! use herz_dsl::source::SourceId;
//! use herz_dsl::tree::{self, Kind, Limits, Resolved};
//!
//! let (tree, diagnostics) = tree::parse(SourceId(0), b"a: 1\nb: [x, y]\n", &Limits::default());
//! assert!(diagnostics.is_empty());
//! for document in tree.documents() {
//!     let root = document.root();
//!     assert_eq!(root.get("a").map(|a| a.resolved()), Some(Resolved::Int(1)));
//!     for entry in root.entries() {
//!         assert!(!entry.key.text.is_empty());
//!         if let Kind::List(items) = entry.value.kind() {
//!             assert_eq!(items.count(), 2);
//!         }
//!     }
//! }
//! ```
//!
//! A tree is an arena in the order of the text: a map is followed by its first key, that key's
//! value, the next key, and so on; a container knows where what follows it begins. Nothing is
//! allocated for a node, and nothing recurses.

mod fast;
mod findings;
mod full;
mod json;
mod keys;
mod node;
mod resolve;

pub(crate) use node::Pair;
pub(crate) use node::shorten;
pub use node::{Entries, Entry, Items, Key, Kind, Node, Resolved, Scalar};

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};
use std::sync::Arc;

/// How much a text may ask for. Each limit that is passed gives a diagnostic, never a crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one source.
    pub bytes: usize,
    /// Maps and lists inside each other, aliases expanded.
    pub depth: usize,
    /// Nodes of one source, keys included, aliases not expanded.
    pub nodes: usize,
    /// Nodes that one document has when its aliases are expanded.
    pub expanded: usize,
    /// Bytes of one key.
    pub key: usize,
    /// Findings of one source; a text that passes it gets one finding more that says so.
    pub findings: usize,
}

impl Default for Limits {
    /// 64 MiB, 64 levels, 8 million nodes, 1 million nodes of a document with its aliases
    /// expanded, 1024 bytes of a key, 1000 findings. A manifest is about 500 bytes and 12 levels.
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 64,
            nodes: 8_000_000,
            expanded: 1_000_000,
            key: 1024,
            findings: 1000,
        }
    }
}

/// Reads a text.
///
/// There is always a tree: after a syntax error it holds what came before, with open lists and maps
/// closed ([`Document::is_cut`]), and the documents after it. Bytes that are no text give an empty tree.
///
/// Nearly every text is read by a fast reader; what that one does not understand, and all that is wrong,
/// is left to a full parser of YAML. The tree is the same from both.
pub fn parse(source: SourceId, bytes: &[u8], limits: &Limits) -> (Tree, Vec<Diagnostic>) {
    let (mut tree, finding) = begin(source, bytes, limits);
    if let Some(finding) = finding {
        return (tree, vec![finding]);
    }
    let text = Arc::clone(&tree.text);
    if fast::read(&mut tree, &text, limits).is_some() {
        return (tree, Vec::new());
    }
    tree.unescaped.clear();
    tree.nodes.clear();
    tree.documents.clear();
    tree.comments.clear();
    full::read(tree, limits)
}

/// Reads a text as [`parse`] does, by the full parser alone: what the fast reader is measured by.
pub fn parse_full(source: SourceId, bytes: &[u8], limits: &Limits) -> (Tree, Vec<Diagnostic>) {
    match begin(source, bytes, limits) {
        (tree, None) => full::read(tree, limits),
        (tree, Some(finding)) => (tree, vec![finding]),
    }
}

/// Reads a text by the fast reader alone. `None`: it leaves the text to the full parser. What it
/// reads has no findings.
pub fn parse_fast(source: SourceId, bytes: &[u8], limits: &Limits) -> Option<Tree> {
    let (mut tree, finding) = begin(source, bytes, limits);
    let text = Arc::clone(&tree.text);
    if finding.is_some() {
        return None;
    }
    fast::read(&mut tree, &text, limits)?;
    Some(tree)
}

/// An empty tree with its text, or what is wrong with bytes that are none.
fn begin(source: SourceId, bytes: &[u8], limits: &Limits) -> (Tree, Option<Diagnostic>) {
    let mut tree = Tree {
        source,
        text: Arc::from(""),
        unescaped: String::new(),
        nodes: Vec::new(),
        documents: Vec::new(),
        comments: Vec::new(),
    };
    let most = limits.bytes.min(NONE as usize - 1);
    if bytes.len() > most {
        let finding = findings::too_long(source, most);
        return (tree, Some(finding));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => tree.text = Arc::from(text),
        Err(error) => {
            tree.text = Arc::from(String::from_utf8_lossy(bytes));
            let finding = findings::not_utf8(source, bytes, error.valid_up_to());
            return (tree, Some(finding));
        }
    }
    let finding = memchr::memchr(0, bytes).map(|at| findings::nul(source, findings::offset(at)));
    (tree, finding)
}

/// The documents of one source.
#[derive(Debug, PartialEq, Eq)]
pub struct Tree {
    source: SourceId,
    /// What spans point into.
    text: Arc<str>,
    /// Texts that differ from their spelling in the source: unescaped, folded.
    unescaped: String,
    nodes: Vec<NodeData>,
    documents: Vec<DocumentData>,
    comments: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct DocumentData {
    root: u32,
    cut: bool,
}

/// One node. 20 bytes, as parsing is mostly writing these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NodeData {
    start: u32,
    end: u32,
    /// Scalar: first byte of its text. List, map: number of its items or entries. Alias: its
    /// target's number, or [`NONE`].
    a: u32,
    /// Scalar: bytes of its text. Otherwise: number of the node after its last descendant.
    b: u32,
    tag: Tag,
    flags: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Scalar,
    List,
    Map,
    Alias,
}

const NONE: u32 = u32::MAX;

/// A scalar that is not quoted and no block.
const PLAIN: u8 = 1;
/// The scalar's text lies in [`Tree::unescaped`].
const UNESCAPED: u8 = 2;
/// A key whose entry is reported and left out.
const LEFT_OUT: u8 = 4;
/// Stands for something that is reported already.
const BROKEN: u8 = 8;

impl NodeData {
    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Number of the node after this one, which has the number `index`, and all below it.
    const fn after(&self, index: u32) -> u32 {
        match self.tag {
            Tag::Scalar => index + 1,
            Tag::List | Tag::Map | Tag::Alias => self.b,
        }
    }
}

impl Tree {
    /// The text that spans point into. It is the source's text; where that is invalid UTF-8,
    /// replacement characters stand for what is invalid.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The documents, in order. A text without any content has none.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = Document<'_>> {
        self.documents
            .iter()
            .enumerate()
            .map(|(index, data)| Document {
                tree: self,
                index: u32::try_from(index).unwrap_or(NONE),
                data: *data,
            })
    }

    /// Places of the comments, in order, from `#` to before the line's end.
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    fn data(&self, index: u32) -> &NodeData {
        static NOTHING: NodeData = NodeData {
            start: 0,
            end: 0,
            a: 0,
            b: 0,
            tag: Tag::Scalar,
            flags: PLAIN | BROKEN,
        };
        self.nodes.get(index as usize).unwrap_or(&NOTHING)
    }

    /// Number of the node after `index` and all below it.
    fn after(&self, index: u32) -> u32 {
        self.data(index).after(index)
    }

    fn text_of(&self, data: &NodeData) -> &str {
        let range = data.a as usize..data.a as usize + data.b as usize;
        let text = if data.has(UNESCAPED) {
            self.unescaped.as_str()
        } else {
            &*self.text
        };
        text.get(range).unwrap_or("")
    }

    /// Where a scalar's text lies, if it is written at `from`: in the source if it stands there as it is.
    /// And whether it lies in [`Tree::unescaped`].
    fn store(&mut self, text: &str, from: u32) -> (u32, u32, bool) {
        let length = findings::offset(text.len());
        let range = from as usize..from as usize + text.len();
        if self.text.as_bytes().get(range) == Some(text.as_bytes()) {
            return (from, length, false);
        }
        let at = findings::offset(self.unescaped.len());
        self.unescaped.push_str(text);
        (at, length, true)
    }

    const fn span(&self, data: &NodeData) -> Span {
        Span::new(self.source, data.start, data.end)
    }

    /// The node at a place, an alias followed.
    fn node(&self, index: u32, alias: u32) -> Node<'_> {
        let data = self.data(index);
        if data.tag != Tag::Alias {
            return Node {
                tree: self,
                index,
                alias,
            };
        }
        let alias = if alias == NONE { index } else { alias };
        let target = if data.a == NONE { index } else { data.a };
        Node {
            tree: self,
            index: target,
            alias,
        }
    }
}

/// One document of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Document<'t> {
    tree: &'t Tree,
    index: u32,
    data: DocumentData,
}

impl<'t> Document<'t> {
    /// The value that the document is.
    pub fn root(&self) -> Node<'t> {
        self.tree.node(self.data.root, NONE)
    }

    /// Its number in the source, from 0.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Whether a syntax error or a limit cut it short: what is missing may stand in the part not read.
    pub fn is_cut(&self) -> bool {
        self.data.cut
    }
}
