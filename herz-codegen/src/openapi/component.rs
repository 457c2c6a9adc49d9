//! The schemas that a document needs of the catalog: their names, and which they are.

use super::schema::Schemas;
use crate::document::Map;
use crate::names::words;
use crate::target::{Note, View};
use herz_dsl::catalog::{Item, Kind, Literal, TypeId};
use herz_dsl::openapi::Target;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked for, and how it is called.
pub(super) struct Components<'s, 'c> {
    view: &'s View<'c>,
    /// Names that the document itself has.
    reserved: BTreeSet<String>,
    /// How often a short name is wanted in the whole catalog: a name does not change because
    /// something else is referred to.
    shared: BTreeMap<String, usize>,
    open: BTreeSet<Target>,
    names: BTreeMap<String, Target>,
    notes: BTreeSet<Note>,
}

impl<'s, 'c> Components<'s, 'c> {
    pub(super) fn new(view: &'s View<'c>) -> Self {
        let mut shared = BTreeMap::new();
        let kinds = view.catalog.kinds.iter().map(|kind| kind.name.as_str());
        let types = view.catalog.types.iter().map(|def| def.name.as_str());
        for name in kinds.chain(types) {
            *shared.entry(joined(name)).or_default() += 1;
        }
        Self {
            view,
            reserved: BTreeSet::new(),
            shared,
            open: BTreeSet::new(),
            names: BTreeMap::new(),
            notes: BTreeSet::new(),
        }
    }

    /// Keeps names for the document.
    pub(super) fn reserve(&mut self, names: &[String]) {
        self.reserved.extend(names.iter().cloned());
    }

    pub(super) fn note(&mut self, note: Note) {
        self.notes.insert(note);
    }

    pub(super) fn notes(self) -> Vec<Note> {
        self.notes.into_iter().collect()
    }

    /// The name of a schema, which is written then.
    pub(super) fn want(&mut self, target: Target) -> String {
        let name = self.name(target);
        match self.names.get(&name) {
            Some(known) if *known == target => return name,
            Some(_) => {
                let text = format!("the schema would be called `{name}`, like another one");
                let note = Note::error(self.item(target), text, "rename one of them");
                self.notes.insert(note);
            }
            None => {
                self.names.insert(name.clone(), target);
                self.open.insert(target);
            }
        }
        name
    }

    /// A reference to a type.
    pub(super) fn reference(&mut self, id: TypeId) -> Map {
        let name = self.want(Target::Type(id));
        Map::new().with("$ref", format!("#/components/schemas/{name}"))
    }

    /// The name without its package, unless something else has it.
    fn name(&self, target: Target) -> String {
        let (package, name) = match target {
            Target::Kind(at) => match self.view.catalog.kinds.get(at) {
                Some(kind) => (kind.package, kind.name.as_str()),
                None => return String::new(),
            },
            Target::Type(id) => match self.view.get(id) {
                Some(def) => (def.package, def.name.as_str()),
                None => return String::new(),
            },
        };
        let short = joined(name);
        let is_free = !self.reserved.contains(&short)
            && self.shared.get(&short).is_none_or(|times| *times < 2)
            && short != super::schema::METADATA_NAME;
        if is_free {
            return short;
        }
        let package = self.view.catalog.package(package);
        format!("{}{short}", joined(package.map_or("", |p| &p.name)))
    }

    fn item(&self, target: Target) -> Item {
        match target {
            Target::Kind(at) => match self.view.catalog.kinds.get(at) {
                Some(kind) => Item::kind(&self.view.catalog, kind),
                None => Item::new("", ""),
            },
            Target::Type(id) => self.view.item(id),
        }
    }

    /// The schemas of what is asked for and of what those ask for, sorted by name.
    pub(super) fn write(&mut self) -> Vec<(String, Literal)> {
        let mut written = BTreeMap::new();
        while let Some(target) = self.open.pop_first() {
            let name = self.name(target);
            let mut schemas = Schemas {
                view: self.view,
                components: self,
            };
            let schema = match target {
                Target::Kind(at) => match kind(schemas.view, at) {
                    Some(kind) => schemas.kind(kind),
                    None => continue,
                },
                Target::Type(id) => schemas.named(id),
            };
            written.insert(name, schema.literal());
        }
        if written
            .values()
            .any(|schema| mentions(schema, super::schema::METADATA_REF))
        {
            let name = super::schema::METADATA_NAME.to_owned();
            written.insert(name, super::schema::metadata().literal());
        }
        written.into_iter().collect()
    }
}

fn kind<'v>(view: &'v View<'_>, at: usize) -> Option<&'v Kind> {
    view.catalog.kinds.get(at)
}

/// Whether a reference stands somewhere in a schema.
fn mentions(schema: &Literal, reference: &str) -> bool {
    match schema {
        Literal::Text(text) => text == reference,
        Literal::List(items) => items.iter().any(|item| mentions(item, reference)),
        Literal::Map(entries) => entries.iter().any(|(_, value)| mentions(value, reference)),
        Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Float(_) => false,
    }
}

/// `NetworkChaos.spec` is `NetworkChaosSpec`. Capitals stay: `JVMChaos`, `HTTPChaos`.
fn joined(name: &str) -> String {
    let split = words(name);
    // The words are in lower case; the name itself tells where it has capitals.
    let mut out = String::new();
    let mut rest = name;
    for word in &split {
        let lower = rest.to_lowercase();
        let Some(at) = lower.find(word.as_str()) else {
            return split.concat();
        };
        let part = rest.get(at..at + word.len()).unwrap_or(word);
        rest = rest.get(at + word.len()..).unwrap_or("");
        let mut chars = part.chars();
        out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(chars.as_str());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn names_keep_their_capitals() {
        assert_eq!(joined("NetworkChaos.spec"), "NetworkChaosSpec");
        assert_eq!(joined("JVMChaos"), "JVMChaos");
        assert_eq!(joined("k8s.Container.items"), "K8sContainerItems");
        assert_eq!(joined("chaos-mesh"), "ChaosMesh");
        assert_eq!(joined("größe"), "Größe");
        assert_eq!(joined("--"), "");
    }
}
