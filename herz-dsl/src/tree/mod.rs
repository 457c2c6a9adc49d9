//! YAML text -> tree with spans. The only module that names the YAML parser.
//!
//! The rest of the crate sees a [`Tree`] of documents through [`Node`], and nothing else, so that
//! the parser behind it can be replaced.
//!
//! ```ignore
//! let (tree, diagnostics) = tree::parse(source, text.as_bytes(), &Limits::default());
//! for document in tree.documents() {
//!     if let Kind::Map(entries) = document.root().kind() {
//!         for entry in entries { entry.key.text(); entry.value.span(); }
//!     }
//! }
//! ```

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

/// How much a text may ask for. Each limit that is passed gives a diagnostic, never a crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one source.
    pub bytes: usize,
    /// Maps and lists inside each other.
    pub depth: usize,
    /// Nodes of one source, aliases not expanded.
    pub nodes: usize,
    /// Nodes that one document has when its aliases are expanded.
    pub expanded: usize,
    /// Bytes of one key.
    pub key: usize,
}

/// The documents of one source. An arena: nodes are numbers.
#[derive(Debug, Default)]
pub struct Tree {}

/// A place in the tree, cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    index: u32,
    alias: Option<Span>,
}

/// What a node is. An alias is resolved: the node is its anchor's, and [`Node::alias`] tells where
/// it was used.
pub enum Kind<'t> {
    /// A single value.
    Scalar(Scalar<'t>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A map. Keys are texts; entries with other keys are reported and left out.
    Map(Vec<(Node<'t>, Node<'t>)>),
}

/// A single value, as written.
#[derive(Debug, Clone, Copy)]
pub struct Scalar<'t> {
    /// The text after unescaping and folding.
    pub text: &'t str,
    /// Whether it is plain: not quoted, no block. Only a plain text can be anything but a string.
    pub plain: bool,
}

/// What a plain text is under YAML 1.2's core schema.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Resolved {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false` (also `True`, `TRUE`, …).
    Bool(bool),
    /// A whole number within 64 bits, signed.
    Int(i64),
    /// A whole number over `i64::MAX` within 64 bits, unsigned.
    Uint(u64),
    /// A number with fraction or exponent, an infinity or NaN; whole numbers beyond 64 bits.
    Float(f64),
    /// A text.
    Text,
}
