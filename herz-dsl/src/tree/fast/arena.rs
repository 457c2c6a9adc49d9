//! Nodes: opened, added, closed, keys compared. What a finding would be told about is declined.

use super::super::keys;
use super::super::{NodeData, PLAIN, Tag};
use super::scalar::Found;
use super::{Open, Reader, Root, offset};

impl Reader<'_> {
    /// Puts a node at the end of the arena.
    pub(super) fn add(&mut self, data: NodeData) -> Option<()> {
        if self.tree.nodes.len() >= self.limits.nodes {
            return None;
        }
        let index = offset(self.tree.nodes.len());
        self.tree.nodes.push(data);
        self.last_end = self.last_end.max(data.end);
        match self.open.last_mut() {
            Some(open) => open.children += 1,
            None => self.root = Root::Node(index),
        }
        Some(())
    }

    pub(super) fn add_scalar(&mut self, found: Found) -> Option<()> {
        let data = self.data(found)?;
        self.add(data)
    }

    /// An empty value.
    pub(super) fn add_nothing(&mut self, at: u32) -> Option<()> {
        self.add(NodeData {
            start: at,
            end: at,
            a: at,
            b: 0,
            tag: Tag::Scalar,
            flags: PLAIN,
        })
    }

    pub(super) fn add_key(&mut self, found: Found) -> Option<()> {
        if found.end - found.start > self.limits.key {
            return None;
        }
        let data = self.data(found)?;
        if data.flags & PLAIN != 0 && !keys::is_text(self.tree.text_of(&data)) {
            return None;
        }
        self.keys.push(offset(self.tree.nodes.len()));
        self.add(data)
    }

    /// Opens a list or map; `indent` is the column of its dashes or keys.
    pub(super) fn open(&mut self, tag: Tag, start: usize, indent: usize) -> Option<()> {
        if self.open.len() >= self.limits.depth {
            return None;
        }
        let node = offset(self.tree.nodes.len());
        let start = offset(start);
        self.add(NodeData {
            start,
            end: start,
            a: 0,
            b: node + 1,
            tag,
            flags: 0,
        })?;
        self.open.push(Open {
            node,
            indent,
            tag,
            children: 0,
            keys: self.keys.len(),
        });
        Some(())
    }

    /// Closes the innermost list or map in brackets; `end` is behind its bracket.
    pub(super) fn close_at(&mut self, end: usize) -> Option<()> {
        self.last_end = self.last_end.max(offset(end));
        self.close()
    }

    /// Closes the innermost list or map: it ends where its last entry ends.
    pub(super) fn close(&mut self) -> Option<()> {
        let open = self.open.pop()?;
        let is_map = open.tag == Tag::Map;
        if is_map {
            let own = self.keys.get_mut(open.keys..)?;
            if !keys::twice(self.tree, own).is_empty() {
                return None;
            }
            self.keys.truncate(open.keys);
        }
        let after = offset(self.tree.nodes.len());
        let data = self.tree.nodes.get_mut(open.node as usize)?;
        data.a = if is_map {
            open.children / 2
        } else {
            open.children
        };
        data.b = after;
        data.end = self.last_end.max(data.start);
        Some(())
    }
}
