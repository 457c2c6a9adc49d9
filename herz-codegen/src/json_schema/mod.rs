//! JSON Schema: a file for each kind, and one for all that chooses by `kind`.
//!
//! Two dialects. `2020-12` says what Herz says, as far as the language can. `draft-07` is for editors,
//! which understand no later one: with snippets, descriptions of enum values, Markdown; and it refuses
//! null where Herz warns about it.
//!
//! An object type has two definitions where it is needed: one for places where admission rules count,
//! and one, with `.structure` behind its name, where they don't ([`place::Place`]).

mod limits;
mod object;
mod place;
mod rule;
mod snippet;
mod union;
mod value;

use crate::document::{Map, texts};
use crate::target::{Emitted, Note, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use herz_dsl::catalog::{Item, Kind, Literal, Package, Type, TypeId};
use herz_dsl::check::METADATA;
use herz_dsl::defaults::to_json;
use place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// The target `json-schema`.
#[derive(Debug, Clone, Copy)]
pub struct JsonSchema;

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "draft",
        doc: "the dialect: 2020-12 for validators, draft-07 for editors",
        kind: OptionKind::Choice(&["2020-12", "draft-07"]),
    },
    OptionSpec {
        name: "limits",
        doc: "whether LIMITS.md lists what the schemas can't say",
        kind: OptionKind::Flag(true),
    },
];

impl Target for JsonSchema {
    fn name(&self) -> &'static str {
        "json-schema"
    }

    fn summary(&self) -> &'static str {
        "JSON Schema for validators and editors"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let draft = match options.text("draft") {
            Some("draft-07") => Draft::Seven,
            _ => Draft::Latest,
        };
        let kinds: Vec<&Kind> = view.kinds().collect();
        let mut schemas = Schemas::new(view, draft);
        let mut files = Vec::new();
        for kind in &kinds {
            let Some(package) = view.catalog.package(kind.package) else {
                continue;
            };
            let path = format!("{}/{}.json", package.name, kind.name);
            files.push(File {
                text: schemas.file(kind, &path),
                path,
            });
        }
        files.push(File {
            path: "all.json".to_owned(),
            text: schemas.bundle(&kinds),
        });
        let notes: Vec<Note> = schemas.notes.into_iter().collect();
        if options.flag("limits") {
            files.push(File {
                path: "LIMITS.md".to_owned(),
                text: limits::page(view, draft, &notes),
            });
        }
        Emitted {
            files: Files::new(files),
            notes,
        }
    }
}

/// Schemas of specs and types for another target's schema, in draft-07.
pub(crate) struct Borrowed {
    /// Of each kind: the name of its spec's definition, and a reference to that.
    pub(crate) specs: Vec<(String, Map)>,
    /// References to the types.
    pub(crate) types: Vec<Map>,
    /// All definitions, sorted by name.
    pub(crate) definitions: Map,
}

/// The schemas of the specs of some kinds, and of some types.
pub(crate) fn specs(view: &View<'_>, kinds: &[&Kind], types: &[TypeId]) -> Borrowed {
    let mut schemas = Schemas::new(view, Draft::Seven);
    let full = Place::default();
    let specs = kinds.iter().map(|kind| {
        let place = schemas.place_of(kind.spec, full);
        let name = schemas.definition_name(kind.spec, place);
        (name, schemas.definition(kind.spec, full))
    });
    let specs = specs.collect();
    let types = types.iter().map(|id| schemas.definition(*id, full));
    let types = types.collect();
    Borrowed {
        specs,
        types,
        definitions: schemas.definitions(),
    }
}

/// A dialect of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Draft {
    /// 2020-12.
    Latest,
    /// draft-07, with what editors read beyond it.
    Seven,
}

impl Draft {
    fn uri(self) -> &'static str {
        match self {
            Self::Latest => "https://json-schema.org/draft/2020-12/schema",
            Self::Seven => "http://json-schema.org/draft-07/schema#",
        }
    }

    /// Where definitions stand.
    fn definitions(self) -> &'static str {
        match self {
            Self::Latest => "$defs",
            Self::Seven => "definitions",
        }
    }
}

/// Writes schemas of one view.
pub(crate) struct Schemas<'s, 'c> {
    pub(crate) view: &'s View<'c>,
    pub(crate) draft: Draft,
    /// What can't be said, each once.
    pub(crate) notes: BTreeSet<Note>,
    /// Definitions asked for and not yet written.
    open: BTreeSet<(TypeId, Place)>,
}

impl<'s, 'c> Schemas<'s, 'c> {
    fn new(view: &'s View<'c>, draft: Draft) -> Self {
        Self {
            view,
            draft,
            notes: BTreeSet::new(),
            open: BTreeSet::new(),
        }
    }

    /// The file of one kind.
    fn file(&mut self, kind: &Kind, path: &str) -> String {
        let mut schema = Map::new().with("$schema", self.draft.uri());
        if let Some(package) = self.view.catalog.package(kind.package) {
            // Relative: the files work wherever they are put.
            let id = format!("urn:herz:{}:{}", package.name, path.replace('/', ":"));
            schema.put("$id", id);
        }
        let root = self.kind(kind);
        schema.0.extend(root.0);
        let definitions = self.definitions();
        if !definitions.is_empty() {
            schema.put(self.draft.definitions(), definitions);
        }
        to_json(&schema.literal())
    }

    /// The file for all kinds: `if kind then …`.
    fn bundle(&mut self, kinds: &[&Kind]) -> String {
        let mut schema = Map::new()
            .with("$schema", self.draft.uri())
            .with("$id", "urn:herz:all")
            .with("title", "Chaos manifests")
            .with("type", "object")
            .with("required", texts(["apiVersion", "kind"]))
            .with("properties", self.bundle_properties(kinds));
        let mut cases = Vec::new();
        let mut roots = BTreeMap::new();
        for kind in kinds {
            let Some(package) = self.view.catalog.package(kind.package) else {
                continue;
            };
            let name = format!("{}.{}", package.name, kind.name);
            let group = format!("^{}/", escape(&package.group));
            let is = Map::new()
                .with("kind", Map::new().with("const", kind.name.as_str()))
                .with("apiVersion", Map::new().with("pattern", group));
            cases.push(
                Map::new()
                    .with(
                        "if",
                        Map::new()
                            .with("properties", is)
                            .with("required", texts(["apiVersion", "kind"])),
                    )
                    .with("then", self.pointer(&name))
                    .literal(),
            );
            roots.insert(name, self.kind(kind).literal());
        }
        cases.extend(self.view.packages().map(|(id, package)| {
            let of = kinds.iter().filter(|kind| kind.package == id);
            only_kinds(package, of.map(|kind| kind.name.as_str()))
        }));
        schema.put("allOf", cases);
        if self.draft == Draft::Seven {
            let snippets: Vec<Literal> = kinds
                .iter()
                .flat_map(|kind| snippet::of_kind(self.view, kind))
                .collect();
            schema.put("defaultSnippets", snippets);
        }
        let mut definitions: BTreeMap<String, Literal> = self.definitions().0.into_iter().collect();
        definitions.append(&mut roots);
        schema.put(
            self.draft.definitions(),
            Map(definitions.into_iter().collect()),
        );
        to_json(&schema.literal())
    }

    fn bundle_properties(&self, kinds: &[&Kind]) -> Map {
        let versions = self.view.packages();
        let versions: Vec<String> = versions.map(|(id, _)| self.view.api_version(id)).collect();
        // Completion offers what is known; other documents of a file pass.
        let offer = |values: Literal| {
            let known = Map::new().with("enum", values).literal();
            let any = Map::new().with("type", "string").literal();
            Map::new().with("anyOf", vec![known, any])
        };
        Map::new()
            .with("apiVersion", offer(texts(versions)))
            .with("kind", offer(texts(kinds.iter().map(|kind| &kind.name))))
    }

    /// The schema of a document of that kind, without its definitions.
    fn kind(&mut self, kind: &Kind) -> Map {
        let place = Place {
            advice: kind.structure_only,
        };
        let status = Place { advice: true };
        let mut schema = Map::new().with("title", kind.name.as_str());
        self.describe(&mut schema, &kind.doc);
        schema.put("type", "object");
        let mut properties = Map::new()
            .with(
                "apiVersion",
                Map::new().with("const", self.view.api_version(kind.package)),
            )
            .with("kind", Map::new().with("const", kind.name.as_str()))
            .with("metadata", metadata());
        let spec = self.definition(kind.spec, place);
        let spec = if kind.spec_required {
            spec
        } else {
            or_null(spec)
        };
        properties.put("spec", spec);
        if let Some(id) = kind.status {
            let status = self.definition(id, status);
            properties.put("status", or_null(status));
        } else {
            properties.put("status", Map::new());
        }
        schema.put("properties", properties);
        let mut required = vec!["apiVersion", "kind"];
        if kind.spec_required {
            required.push("spec");
        }
        schema.put("required", texts(required));
        schema.put("additionalProperties", false);
        let item = Item::kind(&self.view.catalog, kind);
        let rules = self.rules(&item, rule::Root::Document(kind), &kind.rules, place);
        if !rules.is_empty() {
            schema.put("allOf", rules);
        }
        if self.draft == Draft::Seven {
            let snippets: Vec<Literal> = snippet::of_kind(self.view, kind).into_iter().collect();
            if !snippets.is_empty() {
                schema.put("defaultSnippets", snippets);
            }
        }
        schema
    }

    /// A reference to a named type at a place; its definition is written later.
    pub(crate) fn definition(&mut self, id: TypeId, place: Place) -> Map {
        let place = self.place_of(id, place);
        self.open.insert((id, place));
        self.pointer(&self.definition_name(id, place))
    }

    /// Of types that are the same at all places only one definition is written.
    fn place_of(&self, id: TypeId, place: Place) -> Place {
        let differs = place.advice && place::differs(self.view, id);
        Place { advice: differs }
    }

    fn definition_name(&self, id: TypeId, place: Place) -> String {
        let Some(def) = self.view.get(id) else {
            return String::new();
        };
        let package = self.view.catalog.package(def.package);
        let package = package.map_or("", |package| package.name.as_str());
        let suffix = if place.advice { ".structure" } else { "" };
        format!("{package}.{}{suffix}", def.name)
    }

    fn pointer(&self, name: &str) -> Map {
        let mut escaped = String::new();
        for byte in name.replace('~', "~0").replace('/', "~1").bytes() {
            let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            if plain {
                escaped.push(char::from(byte));
            } else {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        }
        Map::new().with("$ref", format!("#/{}/{escaped}", self.draft.definitions()))
    }

    /// All definitions that were asked for, and what those ask for; sorted by name.
    fn definitions(&mut self) -> Map {
        let mut written: BTreeMap<(TypeId, Place), (String, Literal)> = BTreeMap::new();
        while let Some((id, place)) = self.open.pop_first() {
            if written.contains_key(&(id, place)) {
                continue;
            }
            let name = self.definition_name(id, place);
            let schema = self.named(id, place);
            written.insert((id, place), (name, schema.literal()));
        }
        let mut all: Vec<(String, Literal)> = written.into_values().collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        Map(all)
    }

    /// Adds a description.
    pub(crate) fn describe(&self, schema: &mut Map, doc: &str) {
        let doc = doc.trim();
        if doc.is_empty() {
            return;
        }
        schema.put("description", doc);
        if self.draft == Draft::Seven {
            schema.put("markdownDescription", doc);
        }
    }

    /// Notes a loss.
    pub(crate) fn lost(&mut self, item: Item, what: impl Into<String>) {
        let instead = "Herz checks it; the schema does not";
        self.notes.insert(Note::loss(item, what, instead));
    }
}

/// The part of Kubernetes' object metadata that people write.
fn metadata() -> Map {
    let mut properties = Map::new();
    let text = || Map::new().with("type", texts(["string", "null"]));
    for (name, shape) in METADATA {
        use herz_dsl::check::Metadata;
        let schema = match shape {
            Metadata::Text => text(),
            Metadata::Texts => Map::new()
                .with("type", texts(["object", "null"]))
                .with("additionalProperties", text()),
            Metadata::Any => Map::new(),
        };
        properties.put(name, schema);
    }
    Map::new()
        .with("type", texts(["object", "null"]))
        .with("properties", properties)
        .with("additionalProperties", false)
}

/// In a package's group there are its kinds and no others.
fn only_kinds<'k>(package: &Package, kinds: impl Iterator<Item = &'k str>) -> Literal {
    let group = format!("^{}/", escape(&package.group));
    let version = format!("{}/{}", package.group, package.api_version);
    let is = Map::new().with("apiVersion", Map::new().with("pattern", group));
    let then = Map::new()
        .with("apiVersion", Map::new().with("const", version))
        .with("kind", Map::new().with("enum", texts(kinds)));
    Map::new()
        .with(
            "if",
            Map::new()
                .with("properties", is)
                .with("required", texts(["apiVersion"])),
        )
        .with("then", Map::new().with("properties", then))
        .literal()
}

/// A text as a pattern that matches it.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if !(c.is_alphanumeric() || "-_/ ".contains(c)) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The schema, or null.
pub(crate) fn or_null(mut schema: Map) -> Map {
    let null = Literal::Text("null".to_owned());
    let plain = !["$ref", "enum", "const", "anyOf", "allOf", "not"]
        .iter()
        .any(|key| schema.get(key).is_some());
    match schema.get("type").cloned() {
        Some(Literal::Text(name)) if plain => {
            schema.put("type", Literal::List(vec![Literal::Text(name), null]));
            schema
        }
        Some(Literal::List(mut names)) if plain => {
            names.push(null);
            schema.put("type", Literal::List(names));
            schema
        }
        None if schema.is_empty() => schema,
        _ => {
            // What tools show stays outside.
            let mut outer = Map::new();
            for key in SHOWN {
                if let Some(at) = schema.0.iter().position(|(known, _)| known == key) {
                    outer.0.push(schema.0.remove(at));
                }
            }
            let null = Map::new().with("type", "null").literal();
            outer.put("anyOf", vec![schema.literal(), null]);
            outer
        }
    }
}

/// Keywords that say something to people.
const SHOWN: &[&str] = &[
    "title",
    "description",
    "markdownDescription",
    "deprecated",
    "deprecationMessage",
    "default",
    "examples",
    "writeOnly",
];

/// Whether a type is a list or map.
pub(crate) fn is_container(ty: &Type) -> bool {
    matches!(ty, Type::List(_) | Type::Map(_) | Type::AnyObject)
}
