//! What a key must be, for both readers.

use super::resolve::resolve;
use super::{NONE, Resolved, Tree};

/// Whether a plain key, about which readers of YAML agree, is a text and nothing that is reported.
pub(super) fn is_text(text: &str) -> bool {
    match text.as_bytes().first() {
        None => false,
        Some(b'<') => text != "<<",
        Some(_) => resolve(text) == Resolved::Text,
    }
}

/// The keys of a map that are there twice: the first of a name, and each later one. Small maps are
/// compared pair by pair; big ones by sorting, so that a hostile map costs no square.
pub(super) fn twice(tree: &Tree, keys: &mut [u32]) -> Vec<(u32, u32)> {
    const SMALL: usize = 12;
    let text = |index: u32| tree.text_of(tree.data(index)).as_bytes();
    let mut twice = Vec::new();
    if keys.len() <= SMALL {
        for (n, &key) in keys.iter().enumerate().skip(1) {
            let own = text(key);
            let first = keys.iter().take(n).find(|first| text(**first) == own);
            twice.extend(first.map(|first| (*first, key)));
        }
    } else {
        keys.sort_unstable_by(|a, b| text(*a).cmp(text(*b)).then(a.cmp(b)));
        let mut first = NONE;
        for &key in &*keys {
            if first != NONE && text(first) == text(key) {
                twice.push((first, key));
            } else {
                first = key;
            }
        }
    }
    twice
}
