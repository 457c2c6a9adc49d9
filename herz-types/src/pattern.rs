//! Patterns of tables, compiled once.

use crate::scalar::Pattern;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, RwLock};

type Compiled = BTreeMap<&'static str, Option<Arc<Pattern>>>;

static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// Whether a text matches a pattern of a table. The schema compiler has checked the pattern; one
/// that is none holds.
pub(crate) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|pattern| pattern.is_match(text))
}

fn compiled(pattern: &'static str) -> Option<Arc<Pattern>> {
    if let Some(known) = COMPILED
        .read()
        .ok()
        .and_then(|map| map.get(pattern).cloned())
    {
        return known;
    }
    let new = Pattern::new(pattern).ok().map(Arc::new);
    if let Ok(mut map) = COMPILED.write() {
        map.insert(pattern, new.clone());
    }
    new
}
