//! Regular expressions, compiled.

use super::regex_check::{RegexError, check_portable};
use std::fmt;

/// A regular expression in the portable subset, compiled.
///
/// Matching takes time in proportion to the length of the text times that of the expression.
///
/// ```
/// use herz_types::scalar::Pattern;
/// let pattern = Pattern::new("^[a-z]+$")?;
/// assert!(pattern.is_match("abc"));
/// assert!(!pattern.is_match("abc\n"));
/// # Ok::<(), herz_types::scalar::RegexError>(())
/// ```
#[derive(Clone)]
pub struct Pattern(regex_lite::Regex);

impl Pattern {
    /// Checks and compiles an expression.
    pub fn new(text: &str) -> Result<Self, RegexError> {
        check_portable(text)?;
        regex_lite::Regex::new(text)
            .map(Self)
            .map_err(|error| RegexError {
                offset: 0,
                message: format!("the expression can't be compiled: {error}"),
            })
    }

    /// Whether the expression matches somewhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The expression.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.as_str())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}
