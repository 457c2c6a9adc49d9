//! One space in which names must differ.

use crate::CodegenError;
use std::collections::BTreeMap;

/// One space in which names must differ: the fields of an object, the types of a module.
#[derive(Debug, Default)]
pub struct Scope {
    taken: BTreeMap<String, String>,
}

impl Scope {
    /// An empty space.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes `name` for the schema item `at`; an error if another item has it.
    pub fn take(&mut self, name: &str, at: &str) -> Result<(), CodegenError> {
        if let Some(other) = self.taken.get(name) {
            let message = format!(
                "would be called `{name}` in Rust, like `{other}`; give one of them a `rename:`"
            );
            return Err(CodegenError::new(at, message));
        }
        self.taken.insert(name.to_owned(), at.to_owned());
        Ok(())
    }

    /// Whether something has that name.
    pub fn has(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }
}
