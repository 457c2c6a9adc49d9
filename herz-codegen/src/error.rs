//! Why nothing could be generated.

use std::fmt;

/// Why nothing could be generated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodegenError {
    /// The schema item: `chaos-mesh.NetworkChaos.spec.action`.
    pub at: String,
    /// One sentence: what is wrong and what would help.
    pub message: String,
}

impl CodegenError {
    /// An error at a schema item.
    pub fn new(at: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for CodegenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for CodegenError {}
