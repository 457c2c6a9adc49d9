//! Patterns compiled for checking: of limits, and of `matches` in CEL.

use herz_types::scalar::Pattern;
use regex::Regex;

/// A compiled pattern. In the portable subset all engines agree; the small one of [`Pattern`] takes
/// longer for one text than all the rest of a document's checking.
#[derive(Debug)]
pub(crate) enum Matcher {
    Fast(Regex),
    /// For what the fast one would need tables of all of Unicode, or would take for all of Unicode
    /// if another crate of the build has it bring them: `\w` is `[0-9A-Za-z_]` here.
    Small(Pattern),
}

impl Matcher {
    /// None if the text is no pattern of the portable subset.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let pattern = Pattern::new(text).ok()?;
        if has_class(text) {
            return Some(Self::Small(pattern));
        }
        Some(Regex::new(text).map_or(Self::Small(pattern), Self::Fast))
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Fast(regex) => regex.is_match(text),
            Self::Small(pattern) => pattern.is_match(text),
        }
    }
}

/// Whether a class such as `\w`, or a word boundary, may be in an expression.
fn has_class(text: &str) -> bool {
    text.split('\\')
        .skip(1)
        .any(|rest| rest.starts_with(['w', 'W', 'd', 'D', 's', 'S', 'b', 'B']))
}
