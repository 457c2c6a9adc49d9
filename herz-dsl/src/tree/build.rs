//! Parser events -> arena.

use super::findings::offset;
use super::resolve::ambiguous;
use super::{
    BROKEN, DocumentData, Limits, NONE, NodeData, PLAIN, Tag, Tree, UNESCAPED, findings, syntax,
};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle};
use std::borrow::Cow;
use std::sync::Arc;

pub(super) fn parse(source: SourceId, bytes: &[u8], limits: &Limits) -> (Tree, Vec<Diagnostic>) {
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
        return (tree, vec![findings::too_long(source, bytes.len(), most)]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => tree.text = Arc::from(text),
        Err(error) => {
            tree.text = Arc::from(String::from_utf8_lossy(bytes));
            let finding = findings::not_utf8(source, bytes, error.valid_up_to());
            return (tree, vec![finding]);
        }
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        return (tree, vec![findings::nul(source, offset(at))]);
    }
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
    builder.tree.nodes.reserve(bytes.len() / 12);
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

pub(super) struct Builder<'a> {
    text: &'a str,
    pub(super) limits: &'a Limits,
    pub(super) tree: Tree,
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
    pub(super) keys: Vec<u32>,
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

    pub(super) fn report(&mut self, mut finding: Diagnostic) {
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

    fn scalar(
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
        let (a, length, side) = self.store(text, style, start);
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
        let in_map = |open: &Open| self.tree.data(open.node).tag == Tag::Map;
        self.open
            .last()
            .is_some_and(|open| open.children % 2 == 0 && in_map(open))
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

    /// Where a scalar's text lies: a slice of the source if it is written as it is.
    fn store(&mut self, text: &str, style: ScalarStyle, start: u32) -> (u32, u32, bool) {
        let quote = u32::from(matches!(
            style,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted
        ));
        let from = start + quote;
        let range = from as usize..from as usize + text.len();
        if self.text.as_bytes().get(range) == Some(text.as_bytes()) {
            return (from, offset(text.len()), false);
        }
        let at = offset(self.tree.unescaped.len());
        self.tree.unescaped.push_str(text);
        (at, offset(text.len()), true)
    }

    fn open(
        &mut self,
        tag: Tag,
        style: StructureStyle,
        anchor: usize,
        start: u32,
        end: u32,
    ) -> Next {
        if self.open.len() >= self.limits.depth {
            self.report(findings::too_deep(self.span(start, end), self.limits.depth));
            return Next::Document;
        }
        let flow = style == StructureStyle::Flow;
        let mut start = start;
        if tag == Tag::List && !flow && self.text.as_bytes().get(start as usize) != Some(&b'-') {
            // A list at the column of its key: the parser points behind the first dash.
            start = self
                .find_before(start, |rest| rest.starts_with('-'))
                .unwrap_or(start);
        }
        let expanded = self.expanded;
        let next = self.add(NodeData {
            start,
            end: end.max(start),
            a: 0,
            b: 0,
            tag,
            flags: 0,
        });
        if next != Next::Event {
            return next;
        }
        let node = self.last();
        let anchor = (anchor != 0).then(|| {
            self.anchors.push(Anchor {
                id: anchor,
                node,
                name: Cow::Borrowed(""),
                complete: false,
                expanded: 0,
                height: 0,
            });
            self.anchors.len() - 1
        });
        self.open.push(Open {
            node,
            anchor,
            expanded,
            height: 0,
            flow,
            children: 0,
        });
        Next::Event
    }

    /// Closes the innermost list or map; `end` is where the parser saw its end.
    fn close(&mut self, end: u32) {
        let Some(open) = self.open.pop() else { return };
        // A block ends where its last entry ends, not where the parser noticed.
        if open.flow {
            self.last_end = self.last_end.max(end);
        }
        let after = offset(self.tree.nodes.len());
        let last_end = self.last_end;
        let mut is_map = false;
        if let Some(data) = self.tree.nodes.get_mut(open.node as usize) {
            is_map = data.tag == Tag::Map;
            data.a = if is_map {
                open.children / 2
            } else {
                open.children
            };
            data.b = after;
            data.end = last_end.max(data.start);
        }
        if let Some(anchor) = open.anchor.and_then(|at| self.anchors.get_mut(at)) {
            anchor.complete = true;
            anchor.expanded = self.expanded - open.expanded;
            anchor.height = open.height + 1;
        }
        if let Some(parent) = self.open.last_mut() {
            parent.height = parent.height.max(open.height + 1);
        }
        if is_map {
            self.check_keys(open.node);
        }
    }

    fn alias(&mut self, id: usize, start: u32, end: u32) -> Next {
        let place = self.span(start, end);
        let depth = self.open.len();
        let mut target = NONE;
        if let Ok(at) = self.anchors.binary_search_by_key(&id, |anchor| anchor.id)
            && let Some(anchor) = self.anchors.get(at)
        {
            let expanded = self.expanded.saturating_add(anchor.expanded);
            if !anchor.complete {
                let finding = findings::alias_within_itself(place, &anchor.name);
                self.report(finding);
            } else if anchor.height > self.limits.depth.saturating_sub(depth) {
                self.report(findings::too_deep(place, self.limits.depth));
            } else if expanded > self.limits.expanded as u64 {
                if !self.limit_told {
                    self.limit_told = true;
                    self.report(findings::too_expanded(place, self.limits.expanded));
                }
            } else {
                target = anchor.node;
                // `add` counts one.
                self.expanded = expanded.saturating_sub(1);
                let height = anchor.height;
                if let Some(parent) = self.open.last_mut() {
                    parent.height = parent.height.max(height);
                }
            }
        }
        let flags = if target == NONE { BROKEN } else { 0 };
        self.add(NodeData {
            start,
            end,
            a: target,
            b: 0,
            tag: Tag::Alias,
            flags,
        })
    }

    fn tag(&mut self, span: &granit_parser::Span) {
        let tag = span
            .tag_span()
            .and_then(|tag| tag.byte_range())
            .unwrap_or(0..0);
        let value = span.byte_range().unwrap_or(0..0);
        let written = self.text.get(tag.clone()).unwrap_or("");
        let place = self.span(offset(tag.start), offset(tag.end));
        let blanks = self
            .text
            .get(tag.end..)
            .map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
        let removed = self.span(place.start, offset(tag.end + blanks));
        let value = self.text.get(value).unwrap_or("");
        self.report(findings::tag(place, removed, written, value));
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

    /// Ends a document in its midst: closes what is open.
    fn cut(&mut self) {
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

    fn error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        // The parser takes a key that is too long for a value, and then minds its colon.
        if let Some((value, is_key)) = self.long_key_before(at) {
            // Keys are checked when their map is closed.
            if !is_key {
                let place = self.tree.span(value);
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
