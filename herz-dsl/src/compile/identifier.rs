//! Names as identifiers of target languages: words, whatever joins them.

use super::Compiler;
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::enums::EnumDecl;
use std::collections::BTreeMap;

impl Compiler<'_> {
    /// Values of an enum that become the same identifier, or none.
    pub(super) fn check_value_names(&mut self, decl: &EnumDecl) {
        let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (index, value) in decl.values.iter().enumerate() {
            let name = value.name.as_ref().unwrap_or(&value.value);
            let identifier = words(&name.text);
            if identifier.is_empty() {
                let message = format!(
                    "the value `{}` can't become an identifier: it has no letters",
                    value.value.text
                );
                let finding = Diagnostic::error(codes::BAD_NAME, value.value.span, message);
                self.diagnostics.push(if value.value.text.is_empty() {
                    finding.help("`allowEmpty: true` allows the empty text beside the values")
                } else {
                    finding.help("`name:` gives it one")
                });
                continue;
            }
            let first = *seen.entry(identifier).or_insert(index);
            let Some(first) = decl.values.get(first).filter(|_| first != index) else {
                continue;
            };
            // The same value twice is a finding of its own.
            if first.value.text == value.value.text {
                continue;
            }
            let message = format!(
                "the values `{}` and `{}` become the same identifier in target languages",
                first.value.text, value.value.text
            );
            self.diagnostics.push(
                Diagnostic::error(codes::IDENTIFIER_CLASH, value.value.span, message)
                    .related(first.value.span, "the other one")
                    .help("`name:` gives a value another name in target languages"),
            );
        }
    }
}

/// The words of a name in lower case: `memType`, `mem-type` and `MEM_TYPE` are the same.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (index, c) in characters.iter().enumerate() {
        if !c.is_alphanumeric() {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            continue;
        }
        let before = index
            .checked_sub(1)
            .and_then(|before| characters.get(before));
        let after = characters.get(index + 1);
        // `aB`, and the last of several capitals: `HTTPChaos` is `http` and `chaos`.
        let begins = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if begins {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        }
        word.extend(c.to_lowercase());
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_names() {
        for name in ["memType", "mem-type", "mem_type", "MEM_TYPE", "MemType"] {
            assert_eq!(words(name), ["mem", "type"], "{name}");
        }
        assert_eq!(words("HTTPChaos"), ["http", "chaos"]);
        assert_eq!(words("volumeID"), ["volume", "id"]);
        assert_eq!(words("ec2Instance"), ["ec2", "instance"]);
        assert_eq!(words("--"), [""; 0]);
    }
}
