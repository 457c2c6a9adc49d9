//! The history of a package's platform: stretches of releases that the schemas don't tell apart,
//! and what changed from one to the next.

use super::feature;
use crate::breaking::{self, Level, Options, Report};
use crate::catalog::{Catalog, Life, Object, Package, PackageId, Targets, TypeBody};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// Releases in a row with the same schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its releases, ascending; never empty.
    pub releases: Vec<Version>,
}

impl Stretch {
    /// The first release.
    pub fn first(&self) -> &Version {
        static NONE: Version = Version::new(0, 0, 0);
        self.releases.first().unwrap_or(&NONE)
    }

    /// The last release.
    pub fn last(&self) -> &Version {
        self.releases.last().unwrap_or_else(|| self.first())
    }
}

/// The stretches of a package, oldest first.
pub fn stretches(catalog: &Catalog, package: &Package) -> Vec<Stretch> {
    let steps = steps(catalog, package);
    let mut list: Vec<Stretch> = Vec::new();
    let mut before: Option<&Version> = None;
    for release in &package.releases {
        let apart =
            before.is_none_or(|before| steps.iter().any(|step| step > before && step <= release));
        match list.last_mut().filter(|_| !apart) {
            Some(last) => last.releases.push(release.clone()),
            None => list.push(Stretch {
                releases: vec![release.clone()],
            }),
        }
        before = Some(release);
    }
    list
}

/// Every version that some life of the package names.
fn steps(catalog: &Catalog, package: &Package) -> BTreeSet<Version> {
    let mut steps = BTreeSet::new();
    let owned = |id: PackageId| {
        catalog
            .package(id)
            .is_some_and(|it| it.name == package.name)
    };
    for kind in catalog.kinds.iter().filter(|kind| owned(kind.package)) {
        note(&mut steps, &kind.life);
        for rule in &kind.rules {
            note(&mut steps, &rule.life);
        }
    }
    for def in catalog.types.iter().filter(|def| owned(def.package)) {
        note(&mut steps, &def.life);
        match &def.body {
            TypeBody::Object(object) => of_object(&mut steps, object),
            TypeBody::Enum(values) => {
                for value in &values.values {
                    note(&mut steps, &value.life);
                }
            }
            TypeBody::Refined(_, limits) => {
                for limit in limits {
                    note(&mut steps, &limit.life);
                }
            }
        }
    }
    steps
}

fn of_object(steps: &mut BTreeSet<Version>, object: &Object) {
    for field in &object.fields {
        note(steps, &field.life);
        for limit in &field.constraints {
            note(steps, &limit.life);
        }
        let lives = field.default.iter().map(|default| &default.life);
        for life in lives.chain(field.merge.iter().map(|(_, life)| life)) {
            note(steps, life);
        }
    }
    for rule in &object.rules {
        note(steps, &rule.life);
    }
    for case in object.union.iter().flat_map(|union| &union.cases) {
        note(steps, &case.life);
    }
    if let Some(life) = &object.atomic {
        note(steps, life);
    }
}

fn note(steps: &mut BTreeSet<Version>, life: &Life) {
    steps.extend(life.since.iter().chain(&life.until).cloned());
    let deprecated = life.deprecated.as_ref();
    steps.extend(deprecated.and_then(|it| it.since.clone()));
}

/// What changed between two releases of a package.
pub fn changes(catalog: &Catalog, package: &str, from: &Version, to: &Version) -> Report {
    let at = |release: &Version| Targets::newest().with(package, release.clone());
    breaking::compare_catalogs(
        (catalog, &at(from)),
        (catalog, &at(to)),
        Some(package),
        &Options::default(),
    )
}

/// The breaks of a report, one line each: `NetworkChaos spec.delay.latency: pattern-added`. A type
/// stands at its first place; imported types are counted only, by rule.
pub fn breaks(catalog: &Catalog, package: &str, report: &Report) -> Vec<String> {
    let places = feature::type_places(catalog, package);
    let mut lines: Vec<String> = Vec::new();
    let mut imported: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        if finding.level < Level::Major {
            continue;
        }
        let component = finding
            .path
            .strip_prefix("schema(")
            .and_then(|rest| rest.split_once(')'));
        let place = match (component, finding.kind.as_deref()) {
            (Some((name, rest)), _) => match places.get(name) {
                Some((kind, path)) if !is_imported(catalog, name) => {
                    format!("{kind} {path}{rest}")
                }
                _ => {
                    *imported.entry(finding.rule).or_default() += 1;
                    continue;
                }
            },
            (None, Some(kind)) => format!("{kind} {}", finding.path),
            (None, None) => finding.path.clone(),
        };
        lines.push(format!("{place}: {}", finding.rule));
    }
    lines.sort();
    lines.dedup();
    lines.extend(
        imported
            .into_iter()
            .map(|(rule, count)| format!("imported types: {count} x {rule}")),
    );
    lines
}

/// Whether a type comes from an OpenAPI document: `k8s.Container`, and not `NetworkChaos.spec`.
fn is_imported(catalog: &Catalog, name: &str) -> bool {
    let Some((first, _)) = name.split_once('.') else {
        return false;
    };
    let own = |known: &str| known == first;
    !catalog.kinds.iter().any(|kind| own(&kind.name))
        && !catalog.types.iter().any(|def| own(&def.name))
}
