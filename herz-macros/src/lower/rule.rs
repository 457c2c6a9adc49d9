//! Rules: groups of attributes that hold a verb, and what fields say of others.

use super::Writer;
use super::keyword::Keys;
use crate::ast::Field;
use crate::attr::Entry;
use crate::names;
use herz_dsl::schema::rule::VERBS;
use proc_macro2::Span;

/// A rule that stands at a field or in a group of its own.
pub(super) enum Rule<'a> {
    Group(&'a [Entry], Span),
    Field(&'a Entry, &'a Field<'a>),
}

impl Writer<'_, '_> {
    pub(super) fn all_rules(&mut self) {
        let rules = std::mem::take(&mut self.rules);
        if rules.is_empty() {
            return;
        }
        self.text().comma();
        self.text().raw("\"rules\": [");
        for (at, rule) in rules.iter().enumerate() {
            let span = match rule {
                Rule::Group(_, span) => *span,
                Rule::Field(entry, _) => entry.key.span,
            };
            self.text().comma();
            self.covered(span, |writer| {
                writer.text().raw("{");
                match rule {
                    Rule::Group(entries, _) => writer.rule_group(entries, at + 1),
                    Rule::Field(entry, field) => writer.rule_field(entry, field),
                }
                writer.text().raw("}");
            });
        }
        self.text().raw("]");
    }

    fn rule_group(&mut self, entries: &[Entry], number: usize) {
        if !entries.iter().any(|entry| entry.key.text == "name") {
            let verb = entries
                .iter()
                .map(|entry| names::keyword(&entry.key.text))
                .find(|word| VERBS.contains(&word.as_str()))
                .unwrap_or_else(|| "rule".to_owned());
            self.text()
                .raw(&format!("\"name\": \"{}-{number}\"", kebab(&verb)));
        }
        for entry in entries {
            self.entry(entry, Keys::Words);
        }
    }

    /// `requires`, `required_when` and `forbidden_when` of a field.
    fn rule_field(&mut self, entry: &Entry, field: &Field<'_>) {
        let wire = &field.wire.text;
        let word = names::keyword(&entry.key.text);
        let span = entry.key.span;
        let name = format!("{wire}-{}", kebab(&word));
        self.text().raw("\"name\": ");
        self.text().quoted(&name);
        if word == "requires" {
            self.entry(entry, Keys::Words);
            self.text().raw(", \"when\": {");
            self.text().key(wire, span);
            self.text().raw("present}");
            return;
        }
        let verb = if word == "requiredWhen" {
            "requires"
        } else {
            "forbids"
        };
        self.text().comma();
        self.text().key(verb, span);
        self.text().raw("[");
        self.text().at(field.wire.span, |text| text.quoted(wire));
        self.text().raw("], ");
        self.text().key("when", span);
        self.value(&entry.value, Keys::Paths, None);
    }
}

fn kebab(word: &str) -> String {
    word.chars()
        .flat_map(|c| {
            let dash = c.is_uppercase().then_some('-');
            dash.into_iter().chain(c.to_lowercase())
        })
        .collect()
}
