//! Documents at every release: which of them take it, and what asks for more. The answer is found
//! by judging, so limits, enums and rules count as fields do.

use super::history;
use super::range::spans;
use crate::catalog::{Catalog, Package, Targets};
use crate::check::{Checker, Outcome};
use crate::diagnostic::{Diagnostic, Level};
use crate::tree::{Node, Tree};
use semver::Version;

/// A package's releases, ready to judge documents.
#[derive(Debug)]
pub struct Releases<'c> {
    package: &'c Package,
    stretches: Vec<(history::Stretch, Checker<'c>)>,
}

/// What the releases of a package say to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The package: `chaos-mesh`.
    pub package: String,
    /// Documents of its kinds.
    pub documents: usize,
    /// For each release, ascending: whether it takes the text.
    pub fits: Vec<(Version, bool)>,
    /// What the last release before the least fitting one refuses.
    pub asks: Vec<Diagnostic>,
    /// What the first release behind the last fitting one refuses; if none fits, what the newest
    /// refuses.
    pub lost: Vec<Diagnostic>,
}

impl Answer {
    /// The least release that takes the text.
    pub fn least(&self) -> Option<&Version> {
        self.fits.iter().find(|(_, fits)| *fits).map(|(it, _)| it)
    }

    /// The releases that take it, as first and last of each row of them.
    pub fn spans(&self) -> Vec<(Version, Version)> {
        let all: Vec<Version> = self.fits.iter().map(|(it, _)| it.clone()).collect();
        spans(&all, |version| {
            self.fits.iter().any(|(it, fits)| *fits && it == version)
        })
    }

    /// Whether every release takes it.
    pub fn fits_everywhere(&self) -> bool {
        self.fits.iter().all(|(_, fits)| *fits)
    }
}

impl<'c> Releases<'c> {
    /// The releases of a package; none if the catalog has no such package.
    pub fn new(catalog: &'c Catalog, package: &str) -> Option<Self> {
        let package = catalog.packages.iter().find(|it| it.name == package)?;
        let stretches = history::stretches(catalog, package)
            .into_iter()
            .map(|stretch| {
                let targets = Targets::newest().with(&*package.name, stretch.last().clone());
                (stretch, Checker::new(catalog, &targets))
            })
            .collect();
        Some(Self { package, stretches })
    }

    /// The package.
    pub fn package(&self) -> &'c Package {
        self.package
    }

    /// Whether a document is of this package.
    pub fn owns(&self, root: Node<'_>) -> bool {
        let version = root.get("apiVersion").and_then(Node::text).unwrap_or("");
        let group = version.split('/').next().unwrap_or("");
        group == self.package.group
            || root
                .get("items")
                .is_some_and(|items| items.items().any(|item| self.owns(item)))
    }

    fn judge(&self, checker: &Checker<'_>, tree: &Tree) -> Outcome {
        let mut outcome = Outcome::default();
        for document in tree.documents() {
            if self.owns(document.root()) {
                checker.check_document(
                    document.root(),
                    document.index(),
                    document.is_cut(),
                    &mut outcome,
                );
            }
        }
        outcome
    }

    /// What a release says to a text; none if the platform has no such release.
    pub fn judge_at(&self, release: &Version, tree: &Tree) -> Option<Outcome> {
        let (_, checker) = self
            .stretches
            .iter()
            .find(|(stretch, _)| stretch.releases.contains(release))?;
        // Findings name the release that was asked for.
        let targets = Targets::newest().with(&*self.package.name, release.clone());
        Some(self.judge(&Checker::new(checker.catalog(), &targets), tree))
    }

    /// Judges a text at every release.
    pub fn require(&self, tree: &Tree) -> Answer {
        let outcomes: Vec<(&history::Stretch, Outcome)> = self
            .stretches
            .iter()
            .map(|(stretch, checker)| (stretch, self.judge(checker, tree)))
            .collect();
        let fits: Vec<bool> = outcomes
            .iter()
            .map(|(_, outcome)| errors(outcome).next().is_none())
            .collect();
        let first = fits.iter().position(|fits| *fits);
        let last = fits.iter().rposition(|fits| *fits);
        let said = |at: Option<usize>| -> Vec<Diagnostic> {
            let outcome = at.and_then(|at| outcomes.get(at));
            outcome
                .map(|(_, outcome)| errors(outcome).cloned().collect())
                .unwrap_or_default()
        };
        let asks = said(first.and_then(|first| first.checked_sub(1)));
        let lost = match last {
            Some(last) => said(Some(last + 1)),
            None => said(outcomes.len().checked_sub(1)),
        };
        Answer {
            package: self.package.name.clone(),
            documents: outcomes.first().map_or(0, |(_, it)| it.documents),
            fits: outcomes
                .iter()
                .zip(&fits)
                .flat_map(|((stretch, _), fits)| {
                    stretch.releases.iter().map(|it| (it.clone(), *fits))
                })
                .collect(),
            asks,
            lost,
        }
    }

    /// What a text loses on the way from one release to another: errors and warnings that the
    /// other one has and the first one has not. None if one of the releases does not exist.
    pub fn lost(&self, tree: &Tree, from: &Version, to: &Version) -> Option<Vec<Diagnostic>> {
        let before = self.judge_at(from, tree)?;
        let after = self.judge_at(to, tree)?;
        let known = |finding: &Diagnostic| {
            before.diagnostics.iter().any(|old| {
                (old.code, &old.path, old.document, old.level)
                    == (finding.code, &finding.path, finding.document, finding.level)
            })
        };
        let new = after.diagnostics.iter().filter(|it| !known(it));
        Some(new.cloned().collect())
    }
}

/// The errors of an outcome.
pub(crate) fn errors(outcome: &Outcome) -> impl Iterator<Item = &Diagnostic> {
    outcome
        .diagnostics
        .iter()
        .filter(|finding| finding.level == Level::Error)
}
