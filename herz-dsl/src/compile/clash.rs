//! Names of fields and values that must not meet: in documents and in target languages.

use super::Compiler;
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::enums::EnumDecl;
use crate::source::Span;

impl Compiler<'_> {
    /// Everything that can be wrong with the names of an object's fields.
    pub(super) fn check_fields(&mut self, owner: usize) {
        let Some(this) = self.names.owners.get(owner).cloned() else {
            return;
        };
        let declared = self.declared(owner);
        let laid = self.laid.get(owner).cloned().unwrap_or_default();
        // An object or a group by itself; an owner's own fields come last.
        let fields: Vec<_> = laid
            .iter()
            .filter_map(|part| self.own.get(*part))
            .flatten()
            .cloned()
            .collect();
        let mut findings = Vec::new();
        let object = this.object;
        let empty = object.include.is_empty()
            && object.fields.is_empty()
            && object.rules.is_empty()
            && object.union.is_none();
        if empty && object.reserved.is_empty() && this.id.is_none() {
            findings.push(Diagnostic::error(
                codes::NO_FIELDS,
                object.span,
                format!("the group `{}` has neither fields nor rules", this.name),
            ));
        }
        for (index, (field, (decl, span))) in fields.iter().zip(&declared).enumerate() {
            if field.wire.is_empty() || field.wire.chars().any(char::is_control) {
                findings.push(Diagnostic::error(
                    codes::BAD_NAME,
                    *span,
                    "a field's name must be a text of at least one character",
                ));
            }
            for (other, (_, first)) in fields.iter().zip(&declared).take(index) {
                let meet = field.life.overlaps(&other.life);
                if field.wire == other.wire {
                    if meet {
                        let message = format!(
                            "the object has two fields `{}` in the same releases",
                            field.wire
                        );
                        findings.push(
                            Diagnostic::error(codes::DUPLICATE_FIELD, *span, message)
                                .related(*first, "the first one"),
                        );
                    }
                } else if identifier(field.name.as_deref(), &field.wire)
                    == identifier(other.name.as_deref(), &other.wire)
                {
                    let message = format!(
                        "`{}` and `{}` become the same identifier in target languages",
                        other.wire, field.wire
                    );
                    let at = decl.rename.as_ref().map_or(*span, |name| name.span);
                    findings.push(
                        Diagnostic::error(codes::IDENTIFIER_CLASH, at, message)
                            .related(*first, "the other one")
                            .help("`rename:` gives a field another name in target languages"),
                    );
                }
            }
            for alias in &decl.aliases {
                let clash = fields.iter().zip(&declared).find(|(other, _)| {
                    other.wire == alias.text && other.life.overlaps(&field.life)
                });
                if let Some((_, (_, first))) = clash {
                    let message =
                        format!("the former name `{}` is the name of a field", alias.text);
                    findings.push(
                        Diagnostic::error(codes::DUPLICATE_FIELD, alias.span, message)
                            .related(*first, "the field"),
                    );
                }
                let earlier = declared
                    .iter()
                    .take(index)
                    .flat_map(|(decl, _)| &decl.aliases)
                    .find(|other| other.text == alias.text);
                if let Some(first) = earlier {
                    let message = format!("two fields have the former name `{}`", alias.text);
                    findings.push(
                        Diagnostic::error(codes::DUPLICATE_FIELD, alias.span, message)
                            .related(first.span, "the other one"),
                    );
                }
            }
            let reserved = laid
                .iter()
                .filter_map(|part| self.names.owners.get(*part))
                .flat_map(|part| &part.object.reserved);
            for name in reserved.filter(|name| name.text == field.wire) {
                let message = format!(
                    "the name `{}` is reserved: an earlier field had it",
                    field.wire
                );
                findings.push(
                    Diagnostic::error(codes::RESERVED_NAME, *span, message)
                        .related(name.span, "reserved here"),
                );
            }
            if let Some(rename) = &decl.rename
                && words(&rename.text).is_empty()
            {
                let message = format!(
                    "`{}` can't become an identifier: it has no letters",
                    rename.text
                );
                findings.push(Diagnostic::error(codes::BAD_NAME, rename.span, message));
            } else if decl.rename.is_none()
                && words(&field.wire).is_empty()
                && !field.wire.is_empty()
            {
                let message = format!(
                    "`{}` can't become an identifier: it has no letters",
                    field.wire
                );
                findings.push(
                    Diagnostic::error(codes::BAD_NAME, *span, message)
                        .help("`rename:` gives it one"),
                );
            }
        }
        self.diagnostics.extend(findings);
    }

    /// Values of an enum that become the same identifier, or none.
    pub(super) fn check_value_names(&mut self, decl: &EnumDecl) {
        for (index, value) in decl.values.iter().enumerate() {
            let name = value.name.as_ref().map(|name| name.text.as_str());
            let span: Span = value.value.span;
            if words(name.unwrap_or(&value.value.text)).is_empty() {
                let mut finding = Diagnostic::error(
                    codes::BAD_NAME,
                    span,
                    format!(
                        "the value `{}` can't become an identifier: it has no letters",
                        value.value.text
                    ),
                );
                finding = if value.value.text.is_empty() {
                    finding.help("`allowEmpty: true` allows the empty text beside the values")
                } else {
                    finding.help("`name:` gives it one")
                };
                self.diagnostics.push(finding);
                continue;
            }
            let twin = decl.values.iter().take(index).find(|other| {
                other.value.text != value.value.text
                    && identifier(
                        other.name.as_ref().map(|name| name.text.as_str()),
                        &other.value.text,
                    ) == identifier(name, &value.value.text)
            });
            if let Some(twin) = twin {
                let message = format!(
                    "the values `{}` and `{}` become the same identifier in target languages",
                    twin.value.text, value.value.text
                );
                self.diagnostics.push(
                    Diagnostic::error(codes::IDENTIFIER_CLASH, span, message)
                        .related(twin.value.span, "the other one")
                        .help("`name:` gives a value another name in target languages"),
                );
            }
        }
    }
}

/// What a name is in every target language, whatever its case and joints.
fn identifier(name: Option<&str>, wire: &str) -> Vec<String> {
    words(name.unwrap_or(wire))
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
