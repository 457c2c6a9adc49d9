//! Aliases, and tags, which are refused.

use super::{BROKEN, Builder, NONE, Next, NodeData, Tag, findings, offset};

impl Builder<'_> {
    pub(super) fn alias(&mut self, id: usize, start: u32, end: u32) -> Next {
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

    pub(super) fn tag(&mut self, span: &granit_parser::Span) {
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
}
