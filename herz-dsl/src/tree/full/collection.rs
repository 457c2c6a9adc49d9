//! Lists and maps: opened and closed.

use super::{Anchor, Builder, Next, NodeData, Open, Tag, findings, offset};
use granit_parser::StructureStyle;
use std::borrow::Cow;

impl Builder<'_> {
    pub(super) fn open(
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
        if tag == Tag::List && !flow && self.is_value_next() {
            // Of a list at the column of its key the parser points behind the first dash.
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
    pub(super) fn close(&mut self, end: u32) {
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
}
