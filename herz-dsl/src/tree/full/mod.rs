//! Parser events -> arena: any YAML, and everything that is wrong with it.
//!
//! | file | what is built there |
//! |---|---|
//! | this one | documents and events |
//! | [`scalar`], [`collection`], [`alias`] | nodes of each kind |
//! | [`keys`] | what is checked of a map when it is closed |
//! | [`broken`], [`syntax`] | what the parser can't read, in plain words |

mod alias;
mod broken;
mod collection;
mod keys;
mod scalar;
mod syntax;

use super::findings::{self, offset};
use super::resolve::ambiguous;
use super::{BROKEN, DocumentData, Limits, NONE, NodeData, PLAIN, Tag, Tree, UNESCAPED};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use granit_parser::{Event, Parser, StrInput};
use std::borrow::Cow;
use std::sync::Arc;

/// Reads a tree's text into it.
pub(super) fn read(tree: Tree, limits: &Limits) -> (Tree, Vec<Diagnostic>) {
    let text = Arc::clone(&tree.text);
    let mut builder = Builder {
        text: &text,
        limits,
        tree,
        diagnostics: Vec::new(),
        open: Vec::with_capacity(limits.depth.min(64)),
        anchors: Vec::new(),
        root: NONE,
        expanded: 0,
        last_end: 0,
        limit_told: false,
        keys: Vec::new(),
    };
    builder.tree.nodes.reserve(text.len() / 12);
    builder.run();
    let Builder {
        tree,
        mut diagnostics,
        ..
    } = builder;
    // The last one says that there are more: it stays the last.
    let told = diagnostics.len().min(limits.findings);
    if let Some(told) = diagnostics.get_mut(..told) {
        told.sort_by_key(|diagnostic| diagnostic.span.map_or(0, |span| span.start));
    }
    (tree, diagnostics)
}

/// A list or map that is not closed yet.
struct Open {
    node: u32,
    anchor: Option<usize>,
    /// [`Builder::expanded`] when it was opened.
    expanded: u64,
    /// Levels below it, aliases expanded.
    height: usize,
    flow: bool,
    children: u32,
}

struct Anchor<'a> {
    id: usize,
    node: u32,
    name: Cow<'a, str>,
    /// Its node is complete; before that an alias would make it contain itself.
    complete: bool,
    /// Nodes below and with it, aliases expanded.
    expanded: u64,
    height: usize,
}

struct Builder<'a> {
    text: &'a str,
    limits: &'a Limits,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
    open: Vec<Open>,
    /// The anchors of this document, by rising id.
    anchors: Vec<Anchor<'a>>,
    /// The document's root, or [`NONE`] before it is met.
    root: u32,
    /// Nodes of this document so far, aliases expanded.
    expanded: u64,
    /// Byte after the last thing read.
    last_end: u32,
    /// Whether this document's expansion limit is reported.
    limit_told: bool,
    /// Kept for [`Builder::check_keys`], so that it allocates once.
    keys: Vec<u32>,
}

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum Next {
    Event,
    Document,
    Stop,
}

impl<'a> Builder<'a> {
    fn run(&mut self) {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            max_buffered_comment_events: usize::MAX,
            // A key a bit too long is read and reported with its length.
            simple_key_max_lookahead: self.limits.key.saturating_add(16),
            flow_nesting_limit: self.limits.depth,
            block_nesting_limit: self.limits.depth,
        };
        let mut parser = Parser::new_from_str_with_options(self.text, options);
        let mut in_document = false;
        while let Some(event) = parser.next_event() {
            let next = match event {
                Ok((event, span)) => {
                    match event {
                        Event::DocumentStart(..) => in_document = true,
                        Event::DocumentEnd => in_document = false,
                        _ => {}
                    }
                    self.event(event, &span)
                }
                Err(error) => {
                    self.error(&error);
                    Next::Document
                }
            };
            if next == Next::Event {
                continue;
            }
            if in_document || !self.open.is_empty() {
                self.cut();
                in_document = false;
            }
            if next == Next::Stop || !self.recover(&mut parser) {
                break;
            }
        }
    }

    /// Goes on behind a document that can't be read further. False at the end.
    fn recover(&mut self, parser: &mut Parser<'a, StrInput<'a>>) -> bool {
        match parser.proceed_next_document() {
            Ok(more) => more,
            Err(error) => {
                self.error(&error);
                false
            }
        }
    }

    fn event(&mut self, event: Event<'a>, span: &granit_parser::Span) -> Next {
        let range = span.byte_range().unwrap_or(0..0);
        let (start, end) = (offset(range.start), offset(range.end));
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if tag.is_some() {
                    self.tag(span);
                }
                return self.scalar(&text, style, anchor, start, end);
            }
            Event::MappingStart(style, anchor, tag) => {
                if tag.is_some() {
                    self.tag(span);
                }
                return self.open(Tag::Map, style, anchor, start, end);
            }
            Event::SequenceStart(style, anchor, tag) => {
                if tag.is_some() {
                    self.tag(span);
                }
                return self.open(Tag::List, style, anchor, start, end);
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(end),
            Event::Alias(id) => return self.alias(id, start, end),
            Event::UnresolvedAlias(name) => {
                let place = self.span(start, end);
                let known = self.anchors.iter().map(|anchor| &*anchor.name);
                let finding = findings::unknown_alias(place, &name, known);
                self.report(finding);
                return self.add(NodeData {
                    start,
                    end,
                    a: NONE,
                    b: 0,
                    tag: Tag::Alias,
                    flags: BROKEN,
                });
            }
            Event::Anchor(id, name) => {
                if let Some(anchor) = self.anchors.last_mut()
                    && anchor.id == id
                {
                    anchor.name = name;
                }
            }
            Event::DocumentStart(..) => {
                self.root = NONE;
                self.expanded = 0;
                self.limit_told = false;
                self.anchors.clear();
                self.last_end = end;
            }
            Event::DocumentEnd => self.end_document(false),
            Event::Comment(..) => self.tree.comments.push(self.span(start, end)),
            _ => {}
        }
        Next::Event
    }

    fn report(&mut self, mut finding: Diagnostic) {
        let most = self.limits.findings;
        if self.diagnostics.len() >= most {
            if self.diagnostics.len() > most {
                return;
            }
            let place = finding
                .span
                .unwrap_or_else(|| self.span(self.last_end, self.last_end));
            finding = findings::too_many_findings(place, most);
        }
        finding.document = offset(self.tree.documents.len());
        self.diagnostics.push(finding);
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.tree.source, start, end)
    }

    /// Puts a node at the end of the arena.
    fn add(&mut self, mut data: NodeData) -> Next {
        if self.tree.nodes.len() >= self.limits.nodes {
            let place = self.span(data.start, data.end);
            self.report(findings::too_many_nodes(place, self.limits.nodes));
            return Next::Stop;
        }
        let index = offset(self.tree.nodes.len());
        if data.tag != Tag::Scalar {
            data.b = index + 1;
        }
        self.tree.nodes.push(data);
        self.expanded = self.expanded.saturating_add(1);
        self.last_end = self.last_end.max(data.end);
        match self.open.last_mut() {
            Some(open) => open.children += 1,
            None => self.root = index,
        }
        Next::Event
    }

    fn last(&self) -> u32 {
        offset(self.tree.nodes.len()).saturating_sub(1)
    }

    /// The first place between the last thing read and `before`, comments left out, that is wanted.
    fn find_before(&self, before: u32, wanted: impl Fn(&str) -> bool) -> Option<u32> {
        let from = self.last_end.min(before);
        let between = self.text.get(from as usize..before as usize)?;
        let mut comment = false;
        let mut blank = true;
        for (at, c) in between.char_indices() {
            match c {
                '\n' => comment = false,
                '#' if blank => comment = true,
                _ if blank && !comment && wanted(between.get(at..).unwrap_or("")) => {
                    return Some(from + offset(at));
                }
                _ => {}
            }
            blank = c.is_whitespace();
        }
        None
    }

    fn end_document(&mut self, cut: bool) {
        let root = if self.root == NONE {
            let at = self.last_end;
            let flags = PLAIN | if cut { BROKEN } else { 0 };
            self.tree.nodes.push(NodeData {
                start: at,
                end: at,
                a: at,
                b: 0,
                tag: Tag::Scalar,
                flags,
            });
            self.last()
        } else {
            self.root
        };
        self.tree.documents.push(DocumentData { root, cut });
    }
}
