//! How the rest of the crate sees the tree: values that are cheap to copy.

use super::{BROKEN, LEFT_OUT, NONE, NodeData, PLAIN, Tag, Tree, resolve};
use crate::digest::same;
use crate::source::Span;

/// A value in the tree, cheap to copy.
///
/// An alias is followed: the node is its anchor's, and [`Node::alias`] tells where it was used.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) index: u32,
    /// Number of the alias through which this place was reached first, or [`NONE`].
    pub(super) alias: u32,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind<'t> {
    /// A single value.
    Scalar(Scalar<'t>),
    /// A list.
    List(Items<'t>),
    /// A map. Keys are texts; entries with other keys are reported and left out.
    Map(Entries<'t>),
}

/// A single value, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Scalar<'_> {
    /// Whether it is null: the same as [`Scalar::resolved`] says, without reading numbers.
    pub fn is_null(self) -> bool {
        self.plain && resolve::is_null(self.text)
    }

    /// What the value is by the core schema; anything that is not plain is a text.
    pub fn resolved(&self) -> Resolved {
        if self.plain {
            resolve::resolve(self.text)
        } else {
            Resolved::Text
        }
    }
}

impl<'t> Node<'t> {
    fn data(self) -> &'t NodeData {
        self.tree.data(self.index)
    }

    /// What it is.
    pub fn kind(self) -> Kind<'t> {
        let data = self.data();
        match data.tag {
            Tag::List => Kind::List(self.items()),
            Tag::Map => Kind::Map(self.entries()),
            Tag::Scalar | Tag::Alias => Kind::Scalar(self.scalar_of(data)),
        }
    }

    /// Where the value is written; for an alias, where its anchor's value is. Nothing written
    /// (`key:` and no value) is an empty span after the colon.
    pub fn span(self) -> Span {
        self.tree.span(self.data())
    }

    /// Where the alias stands that this value was reached through; the outermost one, if an
    /// aliased value holds aliases itself.
    pub fn alias(self) -> Option<Span> {
        (self.alias != NONE).then(|| self.tree.span(self.tree.data(self.alias)))
    }

    /// Where a finding about this value belongs: [`Node::alias`], else [`Node::span`].
    pub fn place(self) -> Span {
        self.alias().unwrap_or_else(|| self.span())
    }

    /// Whether it stands for something that is reported already (an unknown alias, a value that a
    /// syntax error cut off), so that nothing more needs saying about it.
    pub fn is_broken(self) -> bool {
        self.data().has(BROKEN)
    }

    /// A number that is the same for the same written value, and different for different ones.
    pub fn id(self) -> u32 {
        self.index
    }

    /// The value of a key. None if it is no map or has no such key.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.find(key).map(|pair| self.pair_value(pair))
    }

    /// The entry of a key. None if it is no map or has no such key.
    pub fn entry(self, key: &str) -> Option<Entry<'t>> {
        self.find(key).map(|pair| self.pair(pair))
    }

    /// The entry of a key, as [`Node::entry`] has it.
    pub(crate) fn find(self, key: &str) -> Option<Pair> {
        let mut entries = self.entries();
        while let Some(pair) = entries.next_pair() {
            let data = self.tree.data(pair.key);
            // Most keys differ in length: their text is not looked at.
            if data.b as usize == key.len() && same(self.tree.text_of(data), key) {
                return Some(pair);
            }
        }
        None
    }

    /// The entries of a map, in order; none if it is no map.
    pub fn entries(self) -> Entries<'t> {
        let data = self.data();
        let end = if data.tag == Tag::Map { data.b } else { 0 };
        Entries {
            map: self,
            next: self.index + 1,
            end,
        }
    }

    /// The text of an entry's key; the entry is one of this map.
    pub(crate) fn pair_key(self, pair: Pair) -> &'t str {
        self.tree.text_of(self.tree.data(pair.key))
    }

    /// The value of an entry of this map.
    pub(crate) fn pair_value(self, pair: Pair) -> Node<'t> {
        self.tree.node(pair.value, self.alias)
    }

    /// An entry of this map.
    pub(crate) fn pair(self, pair: Pair) -> Entry<'t> {
        let key = self.tree.data(pair.key);
        Entry {
            key: Key {
                text: self.tree.text_of(key),
                span: self.tree.span(key),
            },
            value: self.pair_value(pair),
        }
    }

    /// The items of a list, in order; none if it is no list.
    pub fn items(self) -> Items<'t> {
        let data = self.data();
        let (end, left) = if data.tag == Tag::List {
            (data.b, data.a)
        } else {
            (0, 0)
        };
        Items {
            tree: self.tree,
            next: self.index + 1,
            end,
            left,
            alias: self.alias,
        }
    }

    /// The single value, if it is one.
    pub fn scalar(self) -> Option<Scalar<'t>> {
        let data = self.data();
        (data.tag == Tag::Scalar || data.tag == Tag::Alias).then(|| self.scalar_of(data))
    }

    /// The text, if the value is a text: `"5"`, but not `5`.
    pub fn text(self) -> Option<&'t str> {
        self.scalar()
            .filter(|scalar| scalar.resolved() == Resolved::Text)
            .map(|scalar| scalar.text)
    }

    fn scalar_of(self, data: &NodeData) -> Scalar<'t> {
        if data.tag == Tag::Alias {
            return Scalar {
                text: "",
                plain: true,
            };
        }
        Scalar {
            text: self.tree.text_of(data),
            plain: data.has(PLAIN),
        }
    }

    /// What the value is by the core schema. Lists and maps are [`Resolved::Text`]; ask [`Node::kind`] first.
    pub fn resolved(self) -> Resolved {
        self.scalar()
            .map_or(Resolved::Text, |scalar| scalar.resolved())
    }

    /// Whether it is null: `null`, `~` or nothing.
    pub fn is_null(self) -> bool {
        self.scalar().is_some_and(Scalar::is_null)
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.data().tag == Tag::List
    }

    /// Whether it is a map.
    pub fn is_map(self) -> bool {
        self.data().tag == Tag::Map
    }

    /// The source's text from the first to the last byte of the value.
    pub fn source_text(self) -> &'t str {
        self.tree.text.get(self.span().range()).unwrap_or("")
    }

    /// What it is, for messages: `a list`, `a map`, `null`, `the number 5`, `the text "abc"`.
    /// Long texts are cut.
    pub fn type_name(self) -> String {
        let scalar = match self.kind() {
            Kind::List(_) => return "a list".into(),
            Kind::Map(_) => return "a map".into(),
            Kind::Scalar(scalar) => scalar,
        };
        match scalar.resolved() {
            Resolved::Null => "null".into(),
            Resolved::Bool(value) => value.to_string(),
            Resolved::Int(_) | Resolved::Uint(_) | Resolved::Float(_) => {
                format!("the number {}", shorten(scalar.text))
            }
            Resolved::Text => format!("the text {:?}", shorten(scalar.text)),
        }
    }
}

/// At most 40 characters of a text, as messages show it.
pub(crate) fn shorten(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(40) {
        None => text.into(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")).into(),
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let span = self.span();
        write!(
            f,
            "Node({} at {}..{})",
            self.type_name(),
            span.start,
            span.end
        )
    }
}

/// A key of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key<'t> {
    /// The text after unescaping.
    pub text: &'t str,
    /// Where it is written, quotes included.
    pub span: Span,
}

/// A key and its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'t> {
    /// The key.
    pub key: Key<'t>,
    /// Its value.
    pub value: Node<'t>,
}

/// The entries of a map, in order.
#[derive(Debug, Clone)]
pub struct Entries<'t> {
    map: Node<'t>,
    next: u32,
    end: u32,
}

/// An entry of a map as two numbers: less to carry than the entry. [`Node::pair`] makes it one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    key: u32,
    value: u32,
}

impl Entries<'_> {
    #[inline]
    pub(crate) fn next_pair(&mut self) -> Option<Pair> {
        let tree = self.map.tree;
        while self.next < self.end {
            let key = self.next;
            let data = tree.data(key);
            let value = data.after(key);
            self.next = tree.after(value);
            if !data.has(LEFT_OUT) {
                return Some(Pair { key, value });
            }
        }
        None
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    #[inline]
    fn next(&mut self) -> Option<Entry<'t>> {
        let pair = self.next_pair()?;
        Some(self.map.pair(pair))
    }
}

/// The items of a list, in order.
#[derive(Debug, Clone)]
pub struct Items<'t> {
    tree: &'t Tree,
    next: u32,
    end: u32,
    left: u32,
    alias: u32,
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        if self.next >= self.end {
            return None;
        }
        let item = self.tree.node(self.next, self.alias);
        self.next = self.tree.after(self.next);
        self.left = self.left.saturating_sub(1);
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for Items<'_> {}
