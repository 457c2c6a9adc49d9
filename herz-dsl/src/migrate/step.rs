//! One step between two stretches of releases: fields that take the place of others.

use super::edit::Change;
use super::place::{self, Visit, field_of, join};
use crate::catalog::{Carried, Catalog, Field, Object, Package, Type};
use crate::compat::Stretch;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{SourceId, Span};
use crate::tree::{self, Document, Entry, Limits, Node, Tree};
use herz_types::scalar::Bytes;

/// A step from one stretch to the one before or behind it.
pub(super) struct Step<'c, 's> {
    pub(super) catalog: &'c Catalog,
    pub(super) package: &'c Package,
    pub(super) from: &'s Stretch,
    pub(super) to: &'s Stretch,
}

impl Step<'_, '_> {
    /// What changes in a document, and what can't.
    pub(super) fn document(
        &self,
        document: Document<'_>,
        changes: &mut Vec<Change>,
        refused: &mut Vec<Diagnostic>,
    ) {
        let mut look = Look {
            step: self,
            document: document.index(),
            changes,
            refused,
        };
        place::walk(
            self.catalog,
            self.package,
            self.from.first(),
            document.root(),
            &mut look,
        );
    }

    /// Up: the new field that replaces this one. Down: the old field that this one replaced.
    fn partner<'o>(&self, object: &'o Object, field: &Field) -> Option<(&'o Field, Carried)> {
        let up = self.to.first() > self.from.first();
        let born = |field: &Field| {
            let bound = if up {
                self.to.first()
            } else {
                self.from.first()
            };
            field.life.since.as_ref() == Some(bound)
        };
        if up {
            let new = object.fields.iter().filter(|it| born(it));
            return new
                .filter_map(|it| Some((it, it.replaces.as_ref()?)))
                .find(|(_, replaces)| {
                    replaces.field == field.wire
                        && field.life.until.as_ref() == Some(self.to.first())
                })
                .map(|(new, replaces)| (new, replaces.form));
        }
        let replaces = field.replaces.as_ref().filter(|_| born(field))?;
        let old = object.fields.iter().find(|it| {
            it.wire == replaces.field && it.life.until.as_ref() == Some(self.from.first())
        })?;
        Some((old, replaces.form))
    }
}

struct Look<'l, 'c, 's> {
    step: &'l Step<'c, 's>,
    document: u32,
    changes: &'l mut Vec<Change>,
    refused: &'l mut Vec<Diagnostic>,
}

impl<'c, 't> Visit<'c, 't> for Look<'_, 'c, '_> {
    fn object(&mut self, path: &str, node: Node<'t>, object: &'c Object) {
        let (from, to) = (self.step.from.first(), self.step.to.first());
        for entry in node.entries() {
            let Some(field) = field_of(object, entry.key.text, from) else {
                continue;
            };
            let path = join(path, entry.key.text);
            if let Some((other, form)) = self.step.partner(object, field) {
                self.carry(&path, node, entry, (field, other), form);
                continue;
            }
            let after = object
                .fields
                .iter()
                .find(|it| it.wire == field.wire && it.life.covers(to));
            // The same key for something else: the release would misunderstand it.
            if let Some(after) = after
                && (after.ty != field.ty || after.doc != field.doc)
                && !entry.value.is_null()
            {
                let message = format!(
                    "`{}` is something else in {}: {}",
                    field.wire,
                    self.step.to.last(),
                    first_line(&after.doc)
                );
                self.refuse(entry.key.span, &path, message);
            }
        }
    }
}

impl<'c> Look<'_, 'c, '_> {
    fn refuse(&mut self, span: Span, path: &str, message: String) {
        let mut found = Diagnostic::error(codes::MIGRATION, span, message).path(path);
        found.document = self.document;
        self.refused.push(found);
    }

    /// Carries an entry over to another field.
    fn carry(
        &mut self,
        path: &str,
        node: Node<'_>,
        entry: Entry<'_>,
        (from, to): (&'c Field, &'c Field),
        form: Carried,
    ) {
        let wire = &to.wire;
        let renamed = (*wire != *entry.key.text).then(|| wire.clone());
        if renamed.is_some() && node.entry(wire).is_some() {
            let message = format!(
                "`{}` becomes `{wire}` in {}, and `{wire}` is there already",
                entry.key.text,
                self.step.to.last()
            );
            return self.refuse(entry.key.span, path, message);
        }
        let value = match converted(entry.value, form, &from.ty) {
            Ok(value) => value,
            Err(why) => {
                let message = format!("the value can't become one of `{wire}`: {why}");
                return self.refuse(entry.value.place(), path, message);
            }
        };
        let what = match (&renamed, &value) {
            (Some(name), _) => format!("{} -> {name}", entry.key.text),
            (None, Some(text)) => format!("{} -> {text}", tree::shorten(entry.value.source_text())),
            (None, None) => return,
        };
        self.changes.push(Change {
            document: self.document,
            path: path.to_owned(),
            span: entry.key.span,
            key: renamed.as_ref().map(|_| entry.key.span),
            renamed,
            value: value.map(|text| (entry.value.span(), text)),
            what,
        });
    }
}

/// A value in the form of the other field; none: it stays.
fn converted(value: Node<'_>, form: Carried, from: &Type) -> Result<Option<String>, String> {
    match (form, from) {
        (Carried::AsIs, _) => Ok(None),
        (Carried::Base64Json, Type::Bytes) => {
            let text = value.text().ok_or("it is no text")?;
            if text.is_empty() {
                return Ok(Some("{}".to_owned()));
            }
            let bytes = Bytes::new(text).decode().map_err(|it| it.to_string())?;
            let json = String::from_utf8(bytes).map_err(|_| "it is no text in base64")?;
            flow(&json).map(Some)
        }
        (Carried::Base64Json, _) => {
            if has_odd_numbers(value) {
                return Err("it has a number that JSON does not have".to_owned());
            }
            let json = value.to_json().to_string();
            Ok(Some(scalar_text(
                &Bytes::encode(json.as_bytes()).to_string(),
            )))
        }
    }
}

/// JSON as YAML on one line: what the text says, checked.
fn flow(json: &str) -> Result<String, String> {
    let value: serde_json::Value =
        serde_json::from_str(json).map_err(|it| format!("it holds no JSON: {it}"))?;
    if !value.is_object() {
        return Err("it holds no JSON object".to_owned());
    }
    let text = spaced(&value);
    let (tree, found) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    let same = found.is_empty() && single(&tree).is_some_and(|node| node.to_json() == value);
    same.then_some(text)
        .ok_or_else(|| "YAML reads its JSON differently".to_owned())
}

fn single(tree: &Tree) -> Option<Node<'_>> {
    tree.documents().next().map(|it| it.root())
}

/// JSON with a blank behind `:` and `,`, as YAML's flow style wants it.
fn spaced(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), spaced(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// Whether the value has an infinity or NaN, which would silently become a text.
fn has_odd_numbers(value: Node<'_>) -> bool {
    let odd = matches!(value.resolved(), tree::Resolved::Float(it) if !it.is_finite());
    odd || value.items().any(has_odd_numbers) || value.entries().any(|it| has_odd_numbers(it.value))
}

fn scalar_text(text: &str) -> String {
    // Base64 may look like a number: `1234`.
    if text.bytes().all(|it| it.is_ascii_digit()) || text.is_empty() {
        format!("\"{text}\"")
    } else {
        text.to_owned()
    }
}

fn first_line(doc: &str) -> &str {
    doc.lines().next().unwrap_or("")
}
