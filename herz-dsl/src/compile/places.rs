//! Where things of the catalog are written, for who finds something about them after compiling.

use super::Compiler;
use super::names::Origin;
use crate::catalog::Item;
use crate::schema::rule::RuleDecl;
use crate::schema::typedef::TypeBodyDecl;
use crate::source::Span;
use std::collections::BTreeMap;

/// Where kinds, types, fields, enum values and rules are written. The catalog itself has no
/// places; this stands beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    spans: BTreeMap<Item, Span>,
}

impl Places {
    /// Where an item is written, or what it belongs to if that is all that is known. None if its
    /// package was not among the compiled texts.
    pub fn find(&self, item: &Item) -> Option<Span> {
        let package = || Item::new(&item.package, "");
        self.spans
            .get(item)
            .or_else(|| self.spans.get(&item.whole()))
            .or_else(|| self.spans.get(&package()))
            .copied()
    }

    /// The first place counts: of two fields of one name, the one that is written first.
    fn put(&mut self, item: Item, span: Span) {
        self.spans.entry(item).or_insert(span);
    }

    fn rules<'r>(&mut self, owner: &Item, rules: impl IntoIterator<Item = &'r RuleDecl>) {
        for rule in rules {
            self.put(owner.rule(&rule.name.text), rule.span);
        }
    }
}

impl Compiler<'_> {
    /// The places of everything that has a name.
    pub(super) fn places(&self) -> Places {
        let mut places = Places::default();
        for package in self.written {
            let name = &package.file.name;
            places.put(Item::new(&name.text, ""), name.span);
            for kind in &package.kinds {
                let item = Item::new(&name.text, &kind.name.text);
                places.rules(&item, &kind.document_rules);
                places.put(item, kind.name.span);
            }
        }
        for (package, name, origin) in &self.names.origins {
            let Some(package) = self.written.get(*package) else {
                continue;
            };
            let item = Item::new(&package.file.name.text, name);
            let (span, values) = match origin {
                Origin::Type(decl, _) => match &decl.body {
                    TypeBodyDecl::Enum(one) => (decl.name.span, &one.values[..]),
                    TypeBodyDecl::Object(_) | TypeBodyDecl::Scalar(..) => (decl.name.span, &[][..]),
                },
                Origin::Object(_, _, span) | Origin::Narrowed(_, span) => (*span, &[][..]),
                Origin::Enum(one, span) => (*span, &one.values[..]),
            };
            for value in values {
                places.put(item.value(&value.value.text), value.value.span);
            }
            places.put(item, span);
        }
        for (index, owner) in self.names.owners.iter().enumerate() {
            let Some(package) = self.written.get(owner.package) else {
                continue;
            };
            let item = Item::new(&package.file.name.text, &owner.name);
            for (field, span) in self.declared(index) {
                places.put(item.field(&field.name.text), span);
            }
            for part in self.laid.get(index).into_iter().flatten() {
                let part = self.names.owners.get(*part);
                places.rules(&item, part.into_iter().flat_map(|part| &part.object.rules));
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Item;
    use crate::compile::{self, Texts};
    use crate::source::Sources;

    const TEXT: &str = "
groups:
  Common:
    fields: [{ name: mode, type: string, enum: [one, all] }]
    rules: [{ name: few, atMostOneOf: [mode, size] }]
---
kind: DiskChaos
include: [Common]
fields:
  - { name: size, type: int }
";

    #[test]
    fn items_are_found_where_they_are_written() {
        let provider = Texts([("disk.yaml".to_owned(), TEXT.into())].into());
        let mut sources = Sources::new();
        let (packages, _) = compile::load(&provider, &["."], &mut sources);
        let (catalog, places, found) = compile::compile_with_places(&packages);
        assert_eq!(catalog.kinds.len(), 1, "{found:?}");
        let line = |item: &Item| {
            let span = places.find(item).unwrap();
            let source = sources.get(span.source).unwrap();
            (source.position(span.start).line, &source.text[span.range()])
        };
        let kind = Item::new("local", "DiskChaos");
        let spec = Item::new("local", "DiskChaos.spec");
        assert_eq!(line(&kind), (7, "DiskChaos"));
        assert_eq!(line(&spec.field("size")), (10, "size"));
        assert_eq!(line(&spec.field("mode")), (4, "mode"));
        assert_eq!(line(&spec.rule("few")).0, 5);
        let mode = Item::new("local", "Common.mode");
        assert_eq!(line(&mode.value("all")), (4, "all"));
        // What is not known leads to what it belongs to.
        assert_eq!(line(&spec.field("nothing")), (7, "DiskChaos"));
        assert_eq!(places.find(&Item::new("other", "DiskChaos")), None);
    }
}
