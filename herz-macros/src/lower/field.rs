//! Fields of an object.

use super::Writer;
use super::keyword::Keys;
use super::rule::Rule;
use crate::ast::Field;
use crate::names;
use syn::spanned::Spanned;

impl<'a> Writer<'a, '_> {
    pub(super) fn object(&mut self, fields: &'a [Field<'a>]) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key("fields", span);
        self.text().at(span, |text| text.raw("["));
        for field in fields {
            self.field(field, false);
        }
        self.text().raw("]");
    }

    /// One entry of `fields:`. A field of a tagged enum is never required by itself.
    pub(super) fn field(&mut self, field: &'a Field<'a>, of_case: bool) {
        let Some(ty) = &field.ty else { return };
        let span = field.ident.span();
        self.text().comma();
        self.covered(span, |writer| {
            writer.text().raw("{");
            writer.named("name", &field.wire);
            if of_case && field.ident == "value" {
                // The name in Rust is the variant's.
            } else if let Some(name) = names::field_name(&field.ident, &field.wire.text) {
                writer.text().comma();
                writer.text().key("rename", span);
                writer.text().at(span, |text| text.quoted(&name));
            }
            let given = |word: &str| {
                field
                    .entries
                    .iter()
                    .any(|entry| names::keyword(&entry.key.text) == word)
            };
            if !given("type") && !given("enum") {
                writer.text().comma();
                writer.text().key("type", ty.inner.span());
                writer.ty(&ty.ty, ty.inner.span());
            }
            if ty.optional || of_case {
                writer.text().comma();
                writer.text().raw("\"required\": false");
            }
            if ty.nullable {
                writer.text().comma();
                writer.text().raw("\"nullable\": true");
            }
            writer.docs(&field.docs, span);
            for entry in &field.entries {
                match names::keyword(&entry.key.text).as_str() {
                    "requires" | "requiredWhen" | "forbiddenWhen" => {
                        writer.rules.push(Rule::Field(entry, field));
                    }
                    "required" | "nullable" | "doc" => {}
                    _ => writer.entry(entry, Keys::Words),
                }
            }
            writer.text().raw("}");
        });
    }
}
