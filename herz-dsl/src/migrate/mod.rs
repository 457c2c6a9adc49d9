//! Documents of one release carried over to another, as small changes of their text.
//!
//! What is known stands in the schemas: former names (`aliases`), fields that take the place of
//! others (`replaces`), limits with a life. Nothing is known here about any kind.
//!
//! | file | does |
//! |---|---|
//! | [`place`] | follows a document along its types, and paths back to places |
//! | [`step`] | what one step between two stretches of releases changes |
//! | [`spell`] | texts that a limit of the new release refuses, spelled otherwise |
//! | [`edit`] | applies changes, and proves that nothing else changed |
//!
//! A text is carried over as a whole or not at all: what can't be carried is told with its place.
//!
//! ```
//! use herz_dsl::compile::{self, Texts};
//! use herz_dsl::migrate::Migrator;
//! use herz_dsl::source::Sources;
//!
//! let schema = "\
//! kind: NetworkChaos
//! fields:
//!   - { name: wait, type: duration, required: false, until: 2.0.0 }
//!   - { name: latency, type: duration, required: false, since: 2.0.0, replaces: wait }
//! ";
//! let package = "\
//! package: demo
//! version: 1.0.0
//! group: demo.example.com
//! apiVersion: v1
//! platform: { name: demo, versions: [1.0.0, 2.0.0] }
//! ";
//! let texts = [("demo/a.yaml".into(), schema.into()), ("demo/package.yaml".into(), package.into())];
//! let (packages, _) = compile::load(&Texts(texts.into()), &["demo"], &mut Sources::new());
//! let (catalog, problems) = compile::compile(&packages);
//! assert_eq!(problems, []);
//! let migrator = Migrator::new(&catalog, "demo", &"2.0.0".parse().unwrap(), None).unwrap();
//! let text = "\
//! apiVersion: demo.example.com/v1
//! kind: NetworkChaos
//! metadata: { name: a }
//! spec:
//!   wait: 5s  # not too long
//! ";
//! let outcome = migrator.migrate(text);
//! assert_eq!(outcome.text, text.replace("wait:", "latency:"));
//! ```

mod edit;
mod place;
mod spell;
mod step;

use crate::catalog::{Catalog, Package, Targets};
use crate::check::{Checker, Outcome};
use crate::compat::{Stretch, stretches};
use crate::diagnostic::{Diagnostic, Level, codes};
use crate::source::{SourceId, Span};
use crate::tree::{self, Limits, Tree};
use edit::Change;
use semver::Version;

/// Carries texts over to a release.
#[derive(Debug)]
pub struct Migrator<'c> {
    catalog: &'c Catalog,
    package: &'c Package,
    stretches: Vec<(Stretch, Checker<'c>)>,
    to: usize,
    from: Option<usize>,
    target: Version,
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Migration {
    /// The text for the new release; as it was, if something was refused.
    pub text: String,
    /// What changed, in order of place.
    pub changes: Vec<Changed>,
    /// What can't be carried over, with places in the text as it was. If there is any, nothing
    /// changed.
    pub refused: Vec<Diagnostic>,
    /// Documents of the package.
    pub documents: usize,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Number of the document, from 0.
    pub document: u32,
    /// Where: `spec.delay.latency`.
    pub path: String,
    /// The place in the text as it was.
    pub span: Span,
    /// What was done, such as `1m30s -> 90s`.
    pub what: String,
}

/// Why there is no migrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoMigrator {
    /// There is no such package.
    Package,
    /// Its platform has no such release.
    Release(Version),
}

/// More rounds than any chain of changes needs; what is not settled then is refused.
const ROUNDS: usize = 8;

impl<'c> Migrator<'c> {
    /// Carries documents of `package` over to release `to`. `from` is the release that they are
    /// written for; without it each document's own: the one nearest to `to` that takes it.
    pub fn new(
        catalog: &'c Catalog,
        package: &str,
        to: &Version,
        from: Option<&Version>,
    ) -> Result<Self, NoMigrator> {
        let package = catalog
            .packages
            .iter()
            .find(|it| it.name == package)
            .ok_or(NoMigrator::Package)?;
        let stretches: Vec<(Stretch, Checker<'c>)> = stretches(catalog, package)
            .into_iter()
            .map(|stretch| {
                // Findings name the release that was asked for.
                let named = stretch.releases.iter().find(|it| *it == to);
                let release = named.unwrap_or_else(|| stretch.last());
                let targets = Targets::newest().with(&*package.name, release.clone());
                (stretch, Checker::new(catalog, &targets))
            })
            .collect();
        let find = |release: &Version| {
            stretches
                .iter()
                .position(|(stretch, _)| stretch.releases.contains(release))
                .ok_or_else(|| NoMigrator::Release(release.clone()))
        };
        let target = find(to)?;
        let from = from.map(find).transpose()?;
        Ok(Self {
            catalog,
            package,
            to: target,
            from,
            target: to.clone(),
            stretches,
        })
    }

    /// Carries a text over.
    pub fn migrate(&self, text: &str) -> Migration {
        let limits = Limits::default();
        let (original, found) = tree::parse(SourceId(0), text.as_bytes(), &limits);
        let mut migration = Migration {
            text: text.to_owned(),
            ..Migration::default()
        };
        let broken: Vec<Diagnostic> = found
            .into_iter()
            .filter(|it| it.level == Level::Error)
            .collect();
        if !broken.is_empty() {
            migration.refused = broken;
            return migration;
        }
        let starts = self.starts(&original, &mut migration);
        if !migration.refused.is_empty()
            || starts.iter().all(|it| it.is_none_or(|at| at == self.to))
        {
            self.names_only(&original, &starts, &mut migration);
            return migration;
        }
        let mut work = Work {
            tree: original,
            changes: Vec::new(),
        };
        let mut refused = self.steps(&mut work, &starts);
        if refused.is_empty() {
            refused = self.settle(&mut work, &starts);
        }
        finish(text, &work, refused, &mut migration);
        migration
    }

    /// Documents that need no other release may still use former names.
    fn names_only(&self, tree: &Tree, starts: &[Option<usize>], migration: &mut Migration) {
        if !migration.refused.is_empty() {
            return;
        }
        let text = migration.text.clone();
        let (tree, _) = tree::parse(SourceId(0), tree.text().as_bytes(), &Limits::default());
        let mut work = Work {
            tree,
            changes: Vec::new(),
        };
        let refused = self.settle(&mut work, starts);
        finish(&text, &work, refused, migration);
    }

    /// For each document the stretch that it is written for; none for other kinds.
    fn starts(&self, tree: &Tree, migration: &mut Migration) -> Vec<Option<usize>> {
        let mut starts = Vec::new();
        for document in tree.documents() {
            if !place::owns(self.package, document.root()) {
                starts.push(None);
                continue;
            }
            migration.documents += 1;
            let judged = |at: usize| -> Vec<Diagnostic> {
                let mut outcome = Outcome::default();
                if let Some((_, checker)) = self.stretches.get(at) {
                    checker.check_document(
                        document.root(),
                        document.index(),
                        document.is_cut(),
                        &mut outcome,
                    );
                }
                crate::compat::errors(&outcome).cloned().collect()
            };
            let mut near: Vec<usize> = (0..self.stretches.len()).collect();
            near.sort_by_key(|at| (at.abs_diff(self.to), *at > self.to));
            let start = match self.from {
                Some(from) => Some(from).filter(|from| judged(*from).is_empty()),
                None => near.into_iter().find(|at| judged(*at).is_empty()),
            };
            if start.is_none() {
                let at = self.from.unwrap_or(self.to);
                let release = self.stretches.get(at).map(|(it, _)| it.last().to_string());
                let why = match self.from {
                    Some(_) => format!(
                        "the document is not right for {} either",
                        release.unwrap_or_default()
                    ),
                    None => "no release takes the document as it is".to_owned(),
                };
                migration
                    .refused
                    .extend(judged(at).into_iter().map(|it| it.help(why.clone())));
            }
            starts.push(start);
        }
        starts
    }

    /// Takes every document over the steps between its release and the new one.
    fn steps(&self, work: &mut Work, starts: &[Option<usize>]) -> Vec<Diagnostic> {
        let count = self.stretches.len();
        let up = (0..count.saturating_sub(1)).map(|at| (at, at + 1));
        let down = (1..count).rev().map(|at| (at, at - 1));
        for (from, to) in up.chain(down) {
            let mut changes = Vec::new();
            let mut refused = Vec::new();
            for (document, start) in work.tree.documents().zip(starts) {
                let Some(start) = start else { continue };
                let on_the_way = if to > from {
                    *start <= from && to <= self.to
                } else {
                    *start >= from && to >= self.to
                };
                let pair = (self.stretches.get(from), self.stretches.get(to));
                if let (true, (Some((a, _)), Some((b, _)))) = (on_the_way, pair) {
                    let step = step::Step {
                        catalog: self.catalog,
                        package: self.package,
                        from: a,
                        to: b,
                    };
                    step.document(document, &mut changes, &mut refused);
                }
            }
            if !refused.is_empty() {
                return refused;
            }
            if let Err(problem) = work.apply(changes) {
                return vec![*problem];
            }
        }
        Vec::new()
    }

    /// Mends what the new release still refuses, as far as it is known how; gives back the rest.
    fn settle(&self, work: &mut Work, starts: &[Option<usize>]) -> Vec<Diagnostic> {
        let Some((stretch, checker)) = self.stretches.get(self.to) else {
            return Vec::new();
        };
        let mut last = Vec::new();
        for _ in 0..ROUNDS {
            let mut changes = Vec::new();
            last = Vec::new();
            for (document, start) in work.tree.documents().zip(starts) {
                if start.is_none() {
                    continue;
                }
                let mut outcome = Outcome::default();
                checker.check_document(
                    document.root(),
                    document.index(),
                    document.is_cut(),
                    &mut outcome,
                );
                let texts = place::texts(self.catalog, self.package, stretch.first(), document);
                for finding in outcome.diagnostics {
                    match spell::mend(self.catalog, stretch.first(), &texts, &finding) {
                        Some(change) => changes.push(change),
                        None if finding.level == Level::Error => last.push(finding),
                        None => {}
                    }
                }
            }
            if changes.is_empty() {
                break;
            }
            if let Err(problem) = work.apply(changes) {
                return vec![*problem];
            }
        }
        let to = &self.target;
        last.into_iter()
            .map(|it| {
                it.help(format!(
                    "nothing in the schemas says how to write this for {to}"
                ))
            })
            .collect()
    }
}

/// Puts the result together; places are those of the text as it was.
fn finish(text: &str, work: &Work, refused: Vec<Diagnostic>, out: &mut Migration) {
    let (original, _) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    let at = |document: u32, path: &str| {
        let former = work.former_path(document, path);
        place::find(&original, document, &former)
    };
    if !refused.is_empty() {
        out.refused = refused
            .into_iter()
            .map(|mut it| {
                if !work.changes.is_empty() {
                    let path = it.path.clone().unwrap_or_default();
                    it.span = at(it.document, &path).or(it.span);
                    it.related.clear();
                }
                it.fixes.clear();
                it
            })
            .collect();
        return;
    }
    out.text = work.tree.text().to_string();
    out.changes = work
        .changes
        .iter()
        .map(|change| Changed {
            document: change.document,
            path: change.path.clone(),
            span: at(change.document, &change.path).unwrap_or(change.span),
            what: change.what.clone(),
        })
        .collect();
    out.changes.sort_by_key(|it| it.span.start);
    out.changes.dedup();
}

/// A text on its way.
struct Work {
    tree: Tree,
    changes: Vec<Change>,
}

impl Work {
    /// Applies changes and reads the text again.
    fn apply(&mut self, changes: Vec<Change>) -> Result<(), Box<Diagnostic>> {
        if changes.is_empty() {
            return Ok(());
        }
        self.tree = edit::apply(&self.tree, &changes).map_err(|(span, why)| {
            let message = format!("this can't be carried over: {why}");
            Box::new(Diagnostic::error(codes::MIGRATION, span, message))
        })?;
        self.changes.extend(changes);
        Ok(())
    }

    /// What a path was before keys were renamed.
    fn former_path(&self, document: u32, path: &str) -> String {
        let mut path = path.to_owned();
        for change in self
            .changes
            .iter()
            .rev()
            .filter(|it| it.document == document)
        {
            if let Some(name) = &change.renamed {
                let parent = change
                    .path
                    .rsplit_once('.')
                    .map_or("", |(parent, _)| parent);
                let new = format!("{parent}.{name}");
                if path == new || path.starts_with(&format!("{new}.")) {
                    path = format!("{}{}", change.path, path.get(new.len()..).unwrap_or(""));
                }
            }
        }
        path
    }
}
