//! What is checked of a map when it is closed: its keys.

use super::super::LEFT_OUT;
use super::super::keys::twice;
use super::{Builder, NONE, NodeData, PLAIN, Tag, findings};
use crate::diagnostic::Level;

impl Builder<'_> {
    /// Reports keys that are no texts, merge keys and duplicates, and leaves their entries out.
    pub(super) fn check_keys(&mut self, map: u32) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        let end = self.tree.data(map).b;
        let mut at = map + 1;
        while at < end {
            let key = self.tree.data(at);
            let value = self.tree.after(at);
            if self.check_key(at, *key, value) {
                keys.push(at);
            } else {
                self.leave_out(at);
            }
            at = self.tree.after(value);
        }
        self.check_duplicates(&mut keys);
        self.keys = keys;
    }

    fn leave_out(&mut self, key: u32) {
        if let Some(data) = self.tree.nodes.get_mut(key as usize) {
            data.flags |= LEFT_OUT;
        }
    }

    /// Whether a key is one.
    fn check_key(&mut self, index: u32, key: NodeData, value: u32) -> bool {
        let place = self.tree.span(&key);
        if key.tag != Tag::Scalar {
            let what = self.tree.node(index, NONE);
            let finding = findings::key_kind(place, key.tag == Tag::Alias, &what.type_name());
            self.report(finding);
            return false;
        }
        if key.b as usize > self.limits.key {
            self.report(findings::long_key(place, key.b as usize, self.limits.key));
            return false;
        }
        if !key.has(PLAIN) {
            return true;
        }
        let text = self.tree.text_of(&key);
        match text.as_bytes().first() {
            Some(b'<') if text == "<<" => {
                let finding = findings::merge_key(place, self.tree.node(value, NONE));
                self.report(finding);
                false
            }
            // What can be anything but a text begins like this.
            None
            | Some(
                b'0'..=b'9' | b'-' | b'+' | b'.' | b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F',
            ) => {
                let Some(finding) = findings::key_value(place, text) else {
                    return true;
                };
                let fine = finding.level == Level::Warning;
                self.report(finding);
                fine
            }
            Some(_) => true,
        }
    }

    fn check_duplicates(&mut self, keys: &mut [u32]) {
        for (first, key) in twice(&self.tree, keys) {
            let second = self.tree.data(key);
            let first = self.tree.span(self.tree.data(first));
            let finding =
                findings::duplicate_key(first, self.tree.span(second), self.tree.text_of(second));
            self.report(finding);
            self.leave_out(key);
        }
    }
}
