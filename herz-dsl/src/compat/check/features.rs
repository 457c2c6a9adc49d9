//! Features: names, order, circles, holes, and whether the schemas agree.

use super::Checks;
use crate::catalog::Catalog;
use crate::compat::feature::{self, Known};
use crate::compat::matrix::{Axis, Feature, What};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::value::Spanned;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

impl Checks<'_> {
    pub(super) fn features(&mut self) {
        let matrix = self.matrix;
        let mut known: BTreeMap<&str, &Feature> = BTreeMap::new();
        for feature in &matrix.features {
            if let Some(first) = known.get(feature.id.value.as_str()) {
                let message = format!("there are two features `{}`", feature.id.value);
                self.out.push(
                    Diagnostic::error(codes::MATRIX_DUPLICATE, feature.id.span, message)
                        .related(first.id.span, "the first one"),
                );
            } else {
                known.insert(&feature.id.value, feature);
            }
            self.order(feature);
        }
        self.names(&known);
        self.circles(&known);
        self.holes();
        if let Some(catalog) = self.inputs.catalog {
            self.agree(catalog);
        }
    }

    fn order(&mut self, feature: &Feature) {
        for axis in &self.matrix.axes {
            let name = &axis.name.value;
            let (since, until) = (feature.since(name), feature.until(name));
            let deprecated = feature
                .deprecated
                .iter()
                .find(|(it, _)| it.value == *name)
                .map(|(_, version)| version);
            if let (Some(since), Some(until)) = (since, until)
                && until.value <= since.value
            {
                let message = format!(
                    "it ends with {}, and begins with {}",
                    axis.show(&until.value),
                    axis.show(&since.value)
                );
                self.error(codes::MATRIX_ORDER, until.span, message);
            }
            let Some(deprecated) = deprecated else {
                continue;
            };
            let shown = axis.show(&deprecated.value);
            if let Some(until) = until.filter(|until| deprecated.value >= until.value) {
                let message = format!(
                    "it is deprecated in {shown}, and gone since {}",
                    axis.show(&until.value)
                );
                self.error(codes::MATRIX_ORDER, deprecated.span, message);
            }
            if let Some(since) = since.filter(|since| deprecated.value < since.value) {
                let message = format!(
                    "it is deprecated in {shown}, before it came with {}",
                    axis.show(&since.value)
                );
                self.error(codes::MATRIX_ORDER, deprecated.span, message);
            }
        }
    }

    /// Names of features must be declared; what is declared by hand must be used.
    fn names(&mut self, known: &BTreeMap<&str, &Feature>) {
        let matrix = self.matrix;
        let mut used: BTreeSet<&str> = BTreeSet::new();
        let named = matrix
            .features
            .iter()
            .flat_map(|it| it.requires.iter().chain(&it.instead))
            .chain(matrix.releases.iter().flat_map(|row| &row.features));
        for name in named {
            if known.contains_key(name.value.as_str()) {
                used.insert(&name.value);
                continue;
            }
            // `use:` of a schema names a field beside it, which needs no row of its own.
            let replaces = matrix
                .features
                .iter()
                .any(|it| it.instead.as_ref().is_some_and(|it| it.span == name.span));
            if replaces {
                continue;
            }
            let message = format!("there is no feature `{}`", name.value);
            let found = Diagnostic::error(codes::MATRIX_FEATURE_UNKNOWN, name.span, message);
            self.out
                .push(match did_you_mean(&name.value, known.keys().copied()) {
                    Some(near) => found.help(format!("did you mean `{near}`?")),
                    None => found,
                });
        }
        for feature in &matrix.features {
            let bare = feature.kinds.is_empty() && feature.path.is_none();
            if bare && !used.contains(feature.id.value.as_str()) {
                let message = format!(
                    "nothing uses the feature `{}`: it has no kind and no path, and no row names it",
                    feature.id.value
                );
                self.warning(codes::MATRIX_FEATURE_UNKNOWN, feature.id.span, message);
            }
        }
    }

    fn circles(&mut self, known: &BTreeMap<&str, &Feature>) {
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for feature in &self.matrix.features {
            for need in &feature.requires {
                let Some(other) = known.get(need.value.as_str()) else {
                    continue;
                };
                self.older(feature, other, need);
                if told.contains(feature.id.value.as_str()) {
                    continue;
                }
                // Everything that the needed one needs; the circle is closed if we are among it.
                let mut open = vec![*other];
                let mut seen: BTreeSet<&str> = BTreeSet::new();
                while let Some(next) = open.pop() {
                    if !seen.insert(&next.id.value) {
                        continue;
                    }
                    open.extend(
                        next.requires
                            .iter()
                            .filter_map(|it| known.get(it.value.as_str())),
                    );
                }
                if seen.contains(feature.id.value.as_str()) {
                    told.extend(seen);
                    let message = format!("`{}` needs itself in the end", feature.id.value);
                    self.error(codes::MATRIX_FEATURE_CYCLE, need.span, message);
                }
            }
        }
    }

    /// A feature can't be older than what it needs.
    fn older(&mut self, feature: &Feature, needed: &Feature, at: &Spanned<String>) {
        for axis in &self.matrix.axes {
            let name = &axis.name.value;
            let Some(since) = needed.since(name) else {
                continue;
            };
            let own = feature.since(name).map(|it| &it.value);
            if feature.id.value != needed.id.value && own.is_none_or(|own| *own < since.value) {
                let mine = own.map_or_else(
                    || "was always there".to_owned(),
                    |own| format!("came with {}", axis.show(own)),
                );
                let message = format!(
                    "`{}` {mine}, and needs `{}`, which came with {name} {}",
                    feature.id.value,
                    needed.id.value,
                    axis.show(&since.value)
                );
                self.error(codes::MATRIX_FEATURE_CYCLE, at.span, message);
            }
        }
    }

    /// One place with two lives and nothing between them.
    fn holes(&mut self) {
        let matrix = self.matrix;
        for axis in &matrix.axes {
            let name = &axis.name.value;
            let mut places: BTreeMap<(&str, &str, What), Vec<&Feature>> = BTreeMap::new();
            for feature in &matrix.features {
                if let (Some(kind), Some(path)) = (feature.kinds.first(), &feature.path) {
                    let key = (kind.value.as_str(), path.value.as_str(), feature.what.value);
                    places.entry(key).or_default().push(feature);
                }
            }
            for ((kind, path, what), features) in &mut places {
                if features.len() < 2 || !matches!(what, What::Field | What::Kind) {
                    continue;
                }
                let list = axis.list();
                let has = |version: &Version| features.iter().any(|it| it.is_in(name, version));
                let (Some(first), Some(last)) =
                    (list.iter().position(has), list.iter().rposition(has))
                else {
                    continue;
                };
                let between = list.get(first..=last).unwrap_or_default();
                for hole in crate::compat::range::spans(between, |it| !has(it)) {
                    let Some(late) = features
                        .iter()
                        .find(|it| it.since(name).is_some_and(|since| since.value > hole.1))
                    else {
                        continue;
                    };
                    let message = format!(
                        "`{kind}.{path}` is missing in {} {}, and there before and after it",
                        name,
                        super::span_text(axis, &hole)
                    );
                    self.out.push(
                        Diagnostic::warning(codes::MATRIX_GAP, late.id.span, message)
                            .help("a release that has it all the same belongs into `backports`"),
                    );
                }
            }
        }
    }

    /// Compares rows with the schemas, release by release.
    fn agree(&mut self, catalog: &Catalog) {
        for package in &catalog.packages {
            let Some(axis) = self.matrix.axis(&package.platform) else {
                continue;
            };
            let known = feature::features(catalog, &package.name);
            for feature in &self.matrix.features {
                if !is_about(feature, axis) {
                    continue;
                }
                let own: Vec<&Known> = known.iter().filter(|it| same(it, feature)).collect();
                if !own.is_empty() {
                    self.compare(axis, feature, |release| {
                        own.iter().any(|it| it.is_in(release))
                    });
                    continue;
                }
                let (Some(kind), Some(path)) = (feature.kinds.first(), &feature.path) else {
                    continue;
                };
                if !matches!(feature.what.value, What::Field) {
                    let message = format!(
                        "the schemas have no {} `{}`",
                        feature.what.value.name(),
                        feature.id.value
                    );
                    self.error(codes::MATRIX_FEATURE_MISMATCH, feature.id.span, message);
                    continue;
                }
                if feature::lives(catalog, &package.name, &kind.value, &path.value).is_none() {
                    let message = format!("the schemas have no `{}.{}`", kind.value, path.value);
                    self.error(codes::MATRIX_FEATURE_MISMATCH, path.span, message);
                    continue;
                }
                self.compare(axis, feature, |release| {
                    feature::lives(catalog, &package.name, &kind.value, &path.value)
                        .is_some_and(|lives| lives.iter().any(|it| it.covers(release)))
                });
            }
        }
    }

    /// The first release in which row and schemas differ.
    fn compare(&mut self, axis: &Axis, feature: &Feature, has: impl Fn(&Version) -> bool) {
        let name = &axis.name.value;
        let differs = axis
            .versions
            .iter()
            .find(|it| has(&it.value) != feature.is_in(name, &it.value));
        let Some(version) = differs else { return };
        let there = has(&version.value);
        let at = feature
            .since(name)
            .or_else(|| feature.until(name))
            .map_or(feature.id.span, |it| it.span);
        let message = format!(
            "the schemas {} `{}` in {name} {}, and the row says otherwise",
            if there { "have" } else { "don't have" },
            feature.id.value,
            axis.show(&version.value)
        );
        self.error(codes::MATRIX_FEATURE_MISMATCH, at, message);
    }
}

/// Whether a row is about this feature of the schemas: by its name, or by kind, path and sort.
fn same(known: &Known, feature: &Feature) -> bool {
    let named = feature.id.value == known.id;
    let placed = feature.what.value == known.what
        && feature
            .path
            .as_ref()
            .is_some_and(|path| path.value == known.path)
        && feature
            .kinds
            .first()
            .is_some_and(|kind| known.kinds.first() == Some(&kind.value));
    let ours = |it: &str| it.contains(['.', ':', '=']);
    named || (placed && !ours(&feature.id.value))
}

/// Whether a row says something about an axis that the schemas can confirm.
fn is_about(feature: &Feature, axis: &Axis) -> bool {
    let name = &axis.name.value;
    feature.what.value != What::Behaviour
        && (feature.since(name).is_some() || feature.until(name).is_some())
}
