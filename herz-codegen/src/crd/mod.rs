//! Custom resource definitions, straight from the catalog.
//!
//! A CRD's schema is *structural*: no references, every node with its type, nothing but value checks
//! in junctors. So types are written out where they are used ([`schema`]), and rules become CEL
//! ([`rule`]) whose cost an API server can bound.
//!
//! What only an admission step enforces does not stand in a CRD, as Chaos Mesh's own do not have it.
//! A team whose kinds have no admission step sets `admission = true`.

mod cost;
mod field;
mod limit;
mod rule;
mod schema;

use crate::document::{Map, texts};
use crate::target::{Emitted, Note, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use herz_dsl::catalog::{Column, Item, Kind, Literal, Scope, Subresources};
use herz_dsl::defaults::{to_json, to_yaml};
use herz_types::codes;
use schema::Writer;

/// The target `crd`.
#[derive(Debug, Clone, Copy)]
pub struct Crd;

/// What `kubectl apply` keeps of an object in an annotation may be so long, in bytes.
const APPLY_LIMIT: usize = 262_144;

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "descriptions",
        doc: "whether fields carry their descriptions",
        kind: OptionKind::Flag(true),
    },
    OptionSpec {
        name: "admission",
        doc: "whether limits, grammars and rules of admission stand in the CRD too",
        kind: OptionKind::Flag(false),
    },
    OptionSpec {
        name: "recursion",
        doc: "what a type that holds itself becomes: an error, or an object that is not looked into",
        kind: OptionKind::Choice(&["refuse", "open"]),
    },
    OptionSpec {
        name: "size-budget",
        doc: "most bytes of one CRD as JSON; more is an error",
        kind: OptionKind::Count(None),
    },
];

impl Target for Crd {
    fn name(&self) -> &'static str {
        "crd"
    }

    fn summary(&self) -> &'static str {
        "Kubernetes CustomResourceDefinitions"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let mut emitted = Emitted::default();
        let mut files = Vec::new();
        for kind in view.kinds() {
            let mut writer = Writer::new(view, options, kind);
            let crd = definition(view, kind, &mut writer);
            emitted.notes.append(&mut writer.notes);
            let size = to_compact_json(&crd);
            emitted.notes.extend(too_big(view, kind, size, options));
            let Some(package) = view.catalog.package(kind.package) else {
                continue;
            };
            files.push(File {
                path: format!("{}_{}.yaml", package.group, kind.plural),
                text: to_yaml(&crd),
            });
        }
        // Of interest to those who set `admission`: elsewhere nobody counts on more than the platform does.
        let strict = view.packages().filter(|(_, package)| !package.lenient_null);
        for (id, package) in strict.filter(|_| options.flag("admission")) {
            if view.kinds().any(|kind| kind.package == id) {
                let note = Note::loss(
                    Item::package(package),
                    "an API server drops null for a field that does not allow it, and refuses none",
                    "Herz refuses it",
                );
                emitted.notes.push(note.without(codes::NULL));
            }
        }
        emitted.files = Files::new(files);
        emitted.notes.sort();
        emitted.notes.dedup();
        emitted
    }
}

/// Bytes of a value as JSON without blanks.
fn to_compact_json(value: &Literal) -> usize {
    // Indentation and line breaks are all that the long form adds, and texts hold no raw ones.
    let text = to_json(value);
    let blanks: usize = text
        .lines()
        .map(|line| line.len() - line.trim_start().len() + 1)
        .sum();
    let after_colons = text.matches("\": ").count();
    text.len().saturating_sub(blanks + after_colons)
}

fn too_big(view: &View<'_>, kind: &Kind, size: usize, options: &Options) -> Option<Note> {
    let item = Item::kind(&view.catalog, kind);
    if let Some(budget) = options.count("size-budget")
        && size as u64 > budget
    {
        return Some(Note::error(
            item,
            format!("the CRD has {size} bytes, and the budget is {budget}"),
            "leave descriptions out with `descriptions = false`, or raise `size-budget`",
        ));
    }
    (size > APPLY_LIMIT).then(|| {
        Note::loss(
            item,
            format!("the CRD has {size} bytes, and `kubectl apply` takes {APPLY_LIMIT}"),
            "use `kubectl apply --server-side` or `kubectl create`, or leave descriptions out",
        )
    })
}

/// The whole definition. Keys are sorted, as the field's generators write them.
fn definition(view: &View<'_>, kind: &Kind, writer: &mut Writer<'_, '_>) -> Literal {
    let package = view.catalog.package(kind.package);
    let group = package.map_or("", |package| &package.group);
    let version = package.map_or("", |package| &package.api_version);
    let mut names = Map::new()
        .with("kind", kind.name.as_str())
        .with("listKind", format!("{}List", kind.name))
        .with("plural", kind.plural.as_str());
    if !kind.short.is_empty() {
        names.put("shortNames", texts(&kind.short));
    }
    names.put("singular", kind.name.to_lowercase());
    let mut served = Map::new();
    if !kind.columns.is_empty() {
        let columns: Vec<Literal> = kind.columns.iter().map(column).collect();
        served.put("additionalPrinterColumns", columns);
    }
    served.put("name", version);
    served.put(
        "schema",
        Map::new().with("openAPIV3Schema", writer.root(kind)),
    );
    served.put("served", true);
    served.put("storage", true);
    match kind.subresources {
        Subresources::Absent => {}
        Subresources::Empty => served.put("subresources", Map::new()),
        Subresources::Status => {
            served.put("subresources", Map::new().with("status", Map::new()));
        }
    }
    let scope = match kind.scope {
        Scope::Namespaced => "Namespaced",
        Scope::Cluster => "Cluster",
    };
    let spec = Map::new()
        .with("group", group)
        .with("names", names)
        .with("scope", scope)
        .with("versions", vec![served.literal()]);
    Map::new()
        .with("apiVersion", "apiextensions.k8s.io/v1")
        .with("kind", "CustomResourceDefinition")
        .with(
            "metadata",
            Map::new().with("name", format!("{}.{group}", kind.plural)),
        )
        .with("spec", spec)
        .literal()
}

fn column(column: &Column) -> Literal {
    Map::new()
        .with("jsonPath", format!(".{}", column.path))
        .with("name", column.name.as_str())
        .with("type", column.cell.as_str())
        .literal()
}
