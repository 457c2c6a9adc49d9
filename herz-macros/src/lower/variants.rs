//! Enums: choices of texts, and objects whose tag decides.

use super::Writer;
use super::elsewhere::same;
use super::keyword::Keys;
use crate::ast::{Field, Named, Variant};
use crate::names;
use syn::Error;
use syn::ext::IdentExt;

impl<'a> Writer<'a, '_> {
    /// `enum:` of an enum of texts.
    pub(super) fn values(&mut self, variants: &'a [Variant<'a>]) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key("enum", span);
        self.text().at(span, |text| text.raw("["));
        for variant in variants.iter().filter(|variant| !variant.other) {
            self.text().comma();
            self.covered(variant.ident.span(), |writer| {
                writer.text().raw("{");
                writer.named("value", &variant.value);
                if let Some(name) = names::variant_name(variant.ident, &variant.value.text) {
                    writer.text().comma();
                    writer.text().key("name", variant.ident.span());
                    writer
                        .text()
                        .at(variant.ident.span(), |text| text.quoted(&name));
                }
                writer.docs(&variant.docs, variant.ident.span());
                for entry in &variant.entries {
                    writer.entry(entry, Keys::Words);
                }
                writer.text().raw("}");
            });
        }
        self.text().raw("]");
    }

    /// An enum with a tag: an object whose tag decides.
    pub(super) fn tagged(&mut self, tag: &'a Named, variants: &'a [Variant<'a>]) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key("fields", span);
        self.text().raw("[{");
        self.named("name", tag);
        self.values(variants);
        self.text().raw("}");
        let mut written: Vec<&Field<'_>> = Vec::new();
        for field in variants.iter().flat_map(|variant| &variant.fields) {
            match written.iter().find(|one| one.wire.text == field.wire.text) {
                Some(one) if same_type(one, field) => {}
                Some(_) => self.errors.push(Error::new(
                    field.wire.span,
                    format!(
                        "the field `{}` has another type in another variant\nhelp: give one of them a name of its own: `#[chaos(name = \"…\")]`",
                        field.wire.text
                    ),
                )),
                None => {
                    written.push(field);
                    self.field(field, true);
                }
            }
        }
        self.text().raw("]");
        self.cases(tag, variants);
    }

    /// `union:` of an enum with a tag: which fields belong to which value.
    fn cases(&mut self, tag: &'a Named, variants: &'a [Variant<'a>]) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key("union", span);
        self.text().raw("{");
        // The object has the item's name; the enum for target languages is another thing.
        let name = Named {
            text: format!("{}Case", self.input.ident.unraw()),
            span,
        };
        self.named("name", &name);
        self.named("tag", tag);
        self.text().raw(", \"foreign\": \"refuse\", \"cases\": {");
        for variant in variants {
            self.text().comma();
            self.text().key(&variant.value.text, variant.value.span);
            self.text().raw("{");
            for (key, optional) in [("requires", false), ("allows", true)] {
                let fields: Vec<&Field<'_>> = variant
                    .fields
                    .iter()
                    .filter(|field| field.ty.as_ref().is_some_and(|ty| ty.optional == optional))
                    .collect();
                if fields.is_empty() {
                    continue;
                }
                self.text().comma();
                self.text().key(key, variant.ident.span());
                self.text().raw("[");
                for field in fields {
                    self.text().comma();
                    let wire = &field.wire;
                    self.text().at(wire.span, |text| text.quoted(&wire.text));
                }
                self.text().raw("]");
            }
            self.text().raw("}");
        }
        self.text().raw("}}");
    }
}

fn same_type(one: &Field<'_>, other: &Field<'_>) -> bool {
    match (&one.ty, &other.ty) {
        (Some(one), Some(other)) => same(one.inner, other.inner) && one.nullable == other.nullable,
        _ => false,
    }
}
