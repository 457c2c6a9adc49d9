//! The user's item as text of the schema language.

mod elsewhere;
mod field;
mod keyword;
mod path;
mod rule;
mod variants;

use crate::ast::{Body, Field, Input, Named, Role};
use crate::attr::{Data, Entry, Group};
use crate::names;
use crate::text::Text;
pub(crate) use elsewhere::{Claim, Foreign, What};
use herz_dsl::schema::rule::VERBS;
use keyword::Keys;
use path::fields_of;
use proc_macro2::Span;
use rule::Rule;
use std::collections::BTreeMap;
use syn::Error;
use syn::ext::IdentExt;

/// The item as a schema.
#[derive(Default)]
pub(crate) struct Lowered<'a> {
    /// The kind, or what stands in `types:` under the type's name.
    pub(crate) text: Text,
    /// Types that are declared elsewhere, by the name that the text gives them.
    pub(crate) named: Vec<Foreign<'a>>,
    /// Releases that the item names.
    pub(crate) releases: Vec<String>,
    /// What rules say of types that are declared elsewhere.
    pub(crate) claims: Vec<Claim>,
}

/// Writes the item as a schema.
pub(crate) fn lower<'a>(input: &'a Input<'a>, errors: &mut Vec<Error>) -> Lowered<'a> {
    let mut writer = Writer {
        input,
        fields: fields_of(input),
        out: Lowered::default(),
        errors,
        rules: Vec::new(),
        short_names: Vec::new(),
    };
    writer.item();
    writer.out
}

struct Writer<'a, 'e> {
    input: &'a Input<'a>,
    fields: BTreeMap<String, &'a Field<'a>>,
    out: Lowered<'a>,
    errors: &'e mut Vec<Error>,
    rules: Vec<Rule<'a>>,
    /// `short` and `plural`, which the language has below `names`.
    short_names: Vec<&'a Entry>,
}

impl<'a> Writer<'a, '_> {
    fn text(&mut self) -> &mut Text {
        &mut self.out.text
    }

    /// Writes a part that a token stands for where nothing inside has a closer one.
    fn covered(&mut self, span: Span, write: impl FnOnce(&mut Self)) {
        let start = self.out.text.written.len();
        write(self);
        let end = self.out.text.written.len();
        self.out.text.cover(start..end, span);
    }

    fn item(&mut self) {
        let input = self.input;
        let span = input.ident.span();
        self.covered(span, |writer| {
            writer.text().raw("{");
            if input.role == Role::Kind {
                writer.named("kind", &input.name);
            }
            writer.docs(&input.docs, span);
            for group in &input.groups {
                writer.group(group);
            }
            writer.names_of_kind();
            match &input.body {
                Body::Object(fields) => writer.object(fields),
                Body::Texts(variants) => writer.values(variants),
                Body::Tagged(tag, variants) => writer.tagged(tag, variants),
            }
            writer.all_rules();
            if let Some(status) = &input.status {
                writer.status(status);
            }
            writer.text().raw("}");
        });
    }

    fn status(&mut self, status: &'a syn::Type) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key("status", span);
        let at = self.foreign(&status_name(status), status);
        if let Some(foreign) = self.out.named.get_mut(at) {
            foreign.object = true;
        }
        self.text().raw("\"");
        self.type_name(at);
        self.text().raw("\"");
    }

    fn named(&mut self, key: &str, value: &Named) {
        self.text().comma();
        self.text().key(key, value.span);
        self.text().at(value.span, |text| text.quoted(&value.text));
    }

    fn docs(&mut self, docs: &str, span: Span) {
        if !docs.is_empty() {
            self.text().comma();
            self.text().key("doc", span);
            self.text().at(span, |text| text.quoted(docs));
        }
    }

    /// A `#[chaos(…)]` of the item: keywords, or one rule.
    fn group(&mut self, group: &'a Group) {
        let verb = |entry: &Entry| {
            let word = names::keyword(&entry.key.text);
            VERBS.contains(&word.as_str())
                && !(word == "immutable"
                    && matches!(entry.value.data, Data::Nothing | Data::Plain(_)))
        };
        if group.entries.iter().any(verb) {
            self.rules.push(Rule::Group(&group.entries, group.span));
            return;
        }
        for entry in &group.entries {
            if matches!(entry.key.text.as_str(), "short" | "plural")
                && self.input.role == Role::Kind
            {
                self.short_names.push(entry);
            } else if entry.key.text == "rule" {
                match &entry.value.data {
                    Data::Map(entries) => self.rules.push(Rule::Group(entries, entry.key.span)),
                    _ => self.errors.push(Error::new(
                        entry.value.span,
                        "`rule` must be a map\nhelp: write `rule(requires(a, b), when(c = present))`",
                    )),
                }
            } else {
                self.entry(entry, Keys::Words);
            }
        }
    }

    fn names_of_kind(&mut self) {
        let names = std::mem::take(&mut self.short_names);
        if names.is_empty() {
            return;
        }
        self.text().comma();
        self.text().raw("\"names\": {");
        for entry in names {
            self.text().comma();
            self.text().key(&entry.key.text, entry.key.span);
            let one = entry.key.text == "short" && !matches!(entry.value.data, Data::List(_));
            if one {
                self.text().raw("[");
            }
            self.value(&entry.value, Keys::Words, None);
            if one {
                self.text().raw("]");
            }
        }
        self.text().raw("}");
    }
}

fn status_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(String::new, |last| last.ident.unraw().to_string()),
        _ => String::new(),
    }
}
