//! Names of fields that must not meet: in documents, in target languages, and with the past.

use super::Compiler;
use super::identifier::words;
use crate::catalog::{Carried, Field, Type};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::field::FieldDecl;
use crate::schema::value::Text;
use std::collections::BTreeMap;

/// A field and where it is written.
type Member<'c> = (&'c Field, &'c FieldDecl);

impl Compiler<'_> {
    /// Groups that lay in nothing.
    pub(super) fn check_groups(&mut self) {
        for owner in self
            .names
            .groups
            .values()
            .filter_map(|owner| self.names.owners.get(*owner))
        {
            let object = owner.object;
            let empty = object.include.is_empty()
                && object.fields.is_empty()
                && object.rules.is_empty()
                && object.union.is_none()
                && object.reserved.is_empty();
            if empty {
                let message = format!("the group `{}` has neither fields nor rules", owner.name);
                self.diagnostics
                    .push(Diagnostic::error(codes::NO_FIELDS, object.span, message));
            }
        }
    }

    /// Everything that can be wrong with the names of an object's fields.
    pub(super) fn check_fields(&mut self, owner: usize) {
        let laid = self.laid.get(owner).map_or(&[][..], Vec::as_slice);
        let parts = || {
            laid.iter()
                .filter_map(|part| Some((self.names.owners.get(*part)?, self.own.get(*part)?)))
        };
        let members: Vec<Member<'_>> = parts()
            .flat_map(|(part, own)| own.iter().zip(&part.object.fields))
            .collect();
        let reserved: BTreeMap<&str, &Text> = parts()
            .flat_map(|(part, _)| &part.object.reserved)
            .map(|name| (name.text.as_str(), name))
            .collect();
        let mut findings = Vec::new();
        names(&members, &mut findings);
        aliases(&members, &mut findings);
        replaced(&members, &mut findings);
        identifiers(&members, &mut findings);
        for (field, decl) in &members {
            if let Some(name) = reserved.get(field.wire.as_str()) {
                let message = format!(
                    "the name `{}` is reserved: an earlier field had it",
                    field.wire
                );
                let finding = Diagnostic::error(codes::RESERVED_NAME, decl.name.span, message);
                findings.push(finding.related(name.span, "reserved here"));
            }
        }
        self.diagnostics.extend(findings);
    }
}

/// A field that takes another one's place: that one ends with the release that this one came with,
/// and its values can be carried over.
fn replaced(members: &[Member<'_>], findings: &mut Vec<Diagnostic>) {
    for (field, decl) in members {
        let (Some(replaces), Some(written)) = (&field.replaces, &decl.replaces) else {
            continue;
        };
        let mut wrong = |message: String| {
            findings.push(Diagnostic::error(
                codes::BAD_REPLACES,
                written.span,
                message,
            ));
        };
        let Some(since) = &field.life.since else {
            wrong(format!(
                "`{}` was always there: what takes the place of another field has a `since`",
                field.wire
            ));
            continue;
        };
        let old = members
            .iter()
            .find(|(old, _)| old.wire == replaces.field && old.life.until.as_ref() == Some(since));
        let Some((old, _)) = old else {
            wrong(format!(
                "no field `{}` of this object ends with {since}",
                replaces.field
            ));
            continue;
        };
        let fits = match replaces.form {
            Carried::AsIs => old.ty == field.ty,
            Carried::Base64Json => {
                old.ty == Type::Bytes && matches!(field.ty, Type::AnyObject | Type::Ref(_))
            }
        };
        if !fits {
            wrong(match replaces.form {
                Carried::AsIs => format!(
                    "values of `{}` are of another type, and need a `form`",
                    replaces.field
                ),
                Carried::Base64Json => format!(
                    "`form: base64Json` carries `bytes` over to an object: `{}` or `{}` is none",
                    replaces.field, field.wire
                ),
            });
        }
    }
}

/// Two fields of one name in the same releases.
fn names(members: &[Member<'_>], findings: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Vec<Member<'_>>> = BTreeMap::new();
    for (field, decl) in members {
        if field.wire.is_empty() || field.wire.chars().any(char::is_control) {
            let message =
                "the name of a field must be a text of at least one character, on one line";
            findings.push(Diagnostic::error(codes::BAD_NAME, decl.name.span, message));
        }
        let others = seen.entry(&field.wire).or_default();
        if let Some((_, first)) = others
            .iter()
            .find(|(other, _)| other.life.overlaps(&field.life))
        {
            let message = format!(
                "the object has two fields `{}` in the same releases",
                field.wire
            );
            let finding = Diagnostic::error(codes::DUPLICATE_FIELD, decl.name.span, message);
            findings.push(finding.related(first.name.span, "the first one"));
        }
        others.push((field, decl));
    }
}

/// Former names that are names, or former names of two fields.
fn aliases(members: &[Member<'_>], findings: &mut Vec<Diagnostic>) {
    if members.iter().all(|(_, decl)| decl.aliases.is_empty()) {
        return;
    }
    let mut former: BTreeMap<&str, &Text> = BTreeMap::new();
    for (field, decl) in members {
        for alias in &decl.aliases {
            let clash = members
                .iter()
                .find(|(other, _)| other.wire == alias.text && other.life.overlaps(&field.life));
            if let Some((_, first)) = clash {
                let message = format!("the former name `{}` is the name of a field", alias.text);
                let finding = Diagnostic::error(codes::DUPLICATE_FIELD, alias.span, message);
                findings.push(finding.related(first.name.span, "the field"));
            }
            let first = *former.entry(&alias.text).or_insert(alias);
            if first.span != alias.span {
                let message = format!("two fields have the former name `{}`", alias.text);
                let finding = Diagnostic::error(codes::DUPLICATE_FIELD, alias.span, message);
                findings.push(finding.related(first.span, "the other one"));
            }
        }
    }
}

/// Fields that become the same identifier, or none.
fn identifiers(members: &[Member<'_>], findings: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<Vec<String>, Member<'_>> = BTreeMap::new();
    for (field, decl) in members {
        let name = decl.rename.as_ref().unwrap_or(&decl.name);
        let identifier = words(&name.text);
        if identifier.is_empty() {
            let message = format!(
                "`{}` can't become an identifier: it has no letters",
                name.text
            );
            findings.push(
                Diagnostic::error(codes::BAD_NAME, name.span, message)
                    .help("`rename:` gives it one"),
            );
            continue;
        }
        let (other, first) = *seen.entry(identifier).or_insert((field, decl));
        if other.wire != field.wire {
            let message = format!(
                "`{}` and `{}` become the same identifier in target languages",
                other.wire, field.wire
            );
            findings.push(
                Diagnostic::error(codes::IDENTIFIER_CLASH, name.span, message)
                    .related(first.name.span, "the other one")
                    .help("`rename:` gives a field another name in target languages"),
            );
        }
    }
}
