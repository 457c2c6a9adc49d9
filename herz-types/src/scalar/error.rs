//! What is wrong with a text, and what would be right.

use std::fmt;

/// Texts longer than this are shortened in messages and not mended.
pub(super) const LONGEST_SHOWN: usize = 60;

/// Why a text is not well formed in its dialect.
///
/// ```
/// use herz_types::scalar::Dialect;
/// let error = Dialect::DurationGo.parse("1d").unwrap_err();
/// assert_eq!(error.message, "`d` in `1d` is no unit of time");
/// assert_eq!(error.suggestion.as_deref(), Some("24h"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ScalarError {
    /// What is wrong, as one phrase that names the text: `` `10` has no unit ``.
    pub message: String,
    /// What is allowed, as one phrase: ``a Go duration such as `1m30s` ``.
    pub allowed: String,
    /// A mended text. It is well formed in the same dialect.
    pub suggestion: Option<String>,
}

impl fmt::Display for ScalarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; allowed is {}", self.message, self.allowed)
    }
}

impl std::error::Error for ScalarError {}

/// The text in back quotes, on one line, shortened if it is long.
pub(super) fn quote(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(LONGEST_SHOWN)
        .flat_map(|c| {
            if c == '\'' || c == '"' {
                Vec::from([c])
            } else {
                c.escape_debug().collect()
            }
        })
        .collect();
    if text.chars().nth(LONGEST_SHOWN).is_some() {
        shown.push('…');
    }
    if shown.is_empty() {
        "the empty text".to_owned()
    } else {
        format!("`{shown}`")
    }
}
