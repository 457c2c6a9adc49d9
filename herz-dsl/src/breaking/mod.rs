//! What breaks between two versions of a schema, and how large the step of the version must be.
//!
//! Compares OpenAPI documents, CRDs and JSON Schema, old against new. Every finding has a rule, a
//! place on both sides, a level for documents and one for generated packages. Meaning is compared,
//! not text; directions come from use (requests and `spec` are written by users, responses and
//! `status` are read by them); a difference that no rule knows is reported as `unhandled`.
//!
//! ```
//! use herz_dsl::breaking::{Level, Options, compare};
//! use herz_dsl::source::Sources;
//!
//! let text = |most: u32| format!("
//! openapi: 3.1.0
//! info: {{ title: Demo, version: 1.0.0 }}
//! paths:
//!   /x:
//!     post:
//!       requestBody:
//!         content: {{ application/json: {{ schema: {{ type: integer, maximum: {most} }} }} }}
//! ");
//! let mut sources = Sources::new();
//! let old = sources.add("old.yaml", text(10));
//! let new = sources.add("new.yaml", text(5));
//! let report = compare(&sources, &[old], &[new], &Options::default()).unwrap();
//! assert_eq!(report.bump(), Level::Major);
//! assert_eq!(report.findings[0].rule, "maximum-tightened");
//! assert_eq!(report.findings[0].path, "op(POST /x).request.body");
//! ```

mod api;
mod catalog;
mod compare;
mod kind;
mod kinds;
mod level;
mod locate;
mod merge;
mod messages;
mod model;
mod operations;
mod pattern;
mod policy;
mod prove;
mod read;
mod report;
mod responses;
mod rule;
mod security;
mod types;
mod value;
mod version;

pub use level::{Bump, Confidence, Level};
pub use policy::Policy;
pub use report::{Finding, Report};
pub use rule::{Rule, all as rules, find as rule};
pub use version::{next as next_version, next_text as next_version_text};

use crate::catalog::{Catalog, Targets};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources};
use compare::{Comparison, Setting};
use level::Direction;
use prove::{Judge, OfCatalog, OfSchemas, Witnessed};
use read::Side;

/// What a comparison may be told.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Today as `2026-11-23`, which announced ends are compared with. Empty: no end is over.
    pub today: String,
    /// Days of notice that a deprecation must give, if it must: then one without an end, or with
    /// one too soon, fails.
    pub notice: Option<u32>,
    /// Whether `info.version` of OpenAPI documents is judged by what was found.
    pub versions: bool,
    /// Whether documents are looked for that show breaks.
    pub prove: bool,
}

/// Compares two sides. Each side is one or more texts: OpenAPI, CRDs, JSON Schema.
///
/// An error is something that stops the comparison: a syntax error, a reference to nothing.
pub fn compare(
    sources: &Sources,
    old: &[SourceId],
    new: &[SourceId],
    options: &Options,
) -> Result<Report, Vec<Diagnostic>> {
    let (old, new) = (read::side(sources, old), read::side(sources, new));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let mut problems = old.err().unwrap_or_default();
            problems.extend(new.err().unwrap_or_default());
            return Err(problems);
        }
    };
    let judge = |newer| OfSchemas { newer };
    Ok(compare_sides(
        (&old, &judge(false)),
        (&new, &judge(true)),
        options,
    ))
}

/// Compares two releases of schema packages: all kinds, or those of one package. A catalog has no
/// places, so findings have none.
pub fn compare_catalogs(
    (old, old_release): (&Catalog, &Targets),
    (new, new_release): (&Catalog, &Targets),
    package: Option<&str>,
    options: &Options,
) -> Report {
    let (before, after) = (
        catalog::side(old, old_release, package),
        catalog::side(new, new_release, package),
    );
    let (first, then) = (
        OfCatalog::new(old, old_release),
        OfCatalog::new(new, new_release),
    );
    let mut report = compare_sides((&before, &first), (&after, &then), options);
    for finding in &mut report.findings {
        (finding.old, finding.new) = (None, None);
    }
    report
}

fn compare_sides(
    (old, old_judge): (&Side, &dyn Judge),
    (new, new_judge): (&Side, &dyn Judge),
    options: &Options,
) -> Report {
    let setting = Setting {
        defaults_first: old.defaults_first || new.defaults_first,
        today: options.today.clone(),
        notice: options.notice,
        version: new
            .api
            .as_ref()
            .map(|api| api.version.clone())
            .unwrap_or_default(),
    };
    let mut comparison = Comparison::new(&old.schemas, &new.schemas, &setting);
    comparison.find_renamed();
    comparison.kinds = old.kinds.values().map(|kind| kind.name.clone()).collect();
    comparison.kinds(&old.kinds, &new.kinds);
    if let (Some(a), Some(b)) = (&old.api, &new.api) {
        comparison.apis(a, b);
    }
    comparison.roots(&old.roots, &new.roots);
    comparison.finish();
    comparison.settle();
    if let (Some(a), Some(b), true) = (&old.api, &new.api, options.versions) {
        comparison.versions_stated(a, b);
    }
    let starts = std::mem::take(&mut comparison.starts);
    let mut report = comparison.out.report();
    if options.prove {
        let with = |side, judge| Witnessed { side, judge };
        let (old, new) = (with(old, old_judge), with(new, new_judge));
        prove::prove(&mut report, &old, &new, &starts);
    }
    report
}

impl Comparison<'_> {
    /// Schemas that stand for themselves. What uses them is not known, so they count both ways.
    fn roots(
        &mut self,
        old: &std::collections::BTreeMap<String, model::Id>,
        new: &std::collections::BTreeMap<String, model::Id>,
    ) {
        for (name, id) in old {
            let renamed = self.renamed.get(name).unwrap_or(name).clone();
            let other = new.get(&renamed).or_else(|| match (old.len(), new.len()) {
                (1, 1) => new.values().next(),
                _ => None,
            });
            let Some(other) = other.copied() else {
                let message = format!("the schema `{name}` is gone");
                let raw =
                    report::Raw::new("kind-removed", &format!("schema({name})"), None, message);
                self.emit(raw.old(self.old.get(*id).span));
                continue;
            };
            for direction in [Direction::Input, Direction::Output] {
                if self.old.components.contains_key(name)
                    && self.new.components.contains_key(&renamed)
                {
                    self.component(name, &renamed, direction);
                } else {
                    self.walk(*id, other, direction, &format!("schema({name})"));
                }
            }
        }
        let targets: Vec<String> = self.renamed.values().cloned().collect();
        for (name, id) in new {
            let single = old.len() == 1 && new.len() == 1;
            if !old.contains_key(name) && !targets.contains(name) && !single {
                let message = format!("the schema `{name}` is new");
                let raw = report::Raw::new("kind-added", &format!("schema({name})"), None, message);
                self.emit(raw.new_at(self.new.get(*id).span));
            }
        }
    }
}
