//! Stable codes of everything Herz can say, and the page of each.
//!
//! Codes of findings in texts stand here; codes of findings in documents are shared with generated
//! validators and stand in [`herz_types::codes`].

pub use herz_types::codes::Code;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Code = Code($text);)*

        /// The codes of this module, in order.
        const OWN: &[Code] = &[$($name),*];
    };
}

codes! {
    /// The text is no YAML.
    SYNTAX = "HZ0001";
    /// A map has the same key twice.
    DUPLICATE_KEY = "HZ0002";
    /// An alias names no anchor before it.
    UNKNOWN_ALIAS = "HZ0003";
    /// A merge key `<<`.
    MERGE_KEY = "HZ0004";
    /// A tag such as `!!str`.
    TAG = "HZ0005";
    /// A key that is no text.
    KEY = "HZ0006";
    /// The text asks for more than a limit allows.
    LIMIT = "HZ0007";
    /// The bytes are no text.
    NOT_TEXT = "HZ0008";
    /// A plain value that YAML readers read as different values.
    AMBIGUOUS = "HZ0009";
}

/// Every code, in order of its text.
pub fn all() -> Vec<Code> {
    let mut all: Vec<Code> = OWN.iter().chain(herz_types::codes::ALL).copied().collect();
    all.sort_unstable();
    all
}
