//! What Chaos Mesh changed from release to release, as `herz breaking` finds it: every change that
//! was recorded from its CRDs is found, nothing else is, and the matrix of this repository follows.
//!
//! The record of changes is not part of this repository: `HERZ_CORPUS` names its folder.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that can't read what it compares should stop, and says what it has compared"
)]

use herz_codegen::crd::Crd;
use herz_codegen::target::{Options as TargetOptions, Target, View};
use herz_dsl::breaking::{Finding, Level, Options, Report, compare};
use herz_dsl::catalog::{Catalog, Object, Targets, Type, TypeBody, TypeId};
use herz_dsl::compat;
use herz_dsl::source::{SourceId, Sources};
use herz_tests::{built_in, corpus, top};
use semver::Version;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Debug, Deserialize)]
struct History {
    pairs: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    from: String,
    to: String,
    changes: Vec<Change>,
}

#[derive(Debug, Deserialize)]
struct Change {
    kind: String,
    path: String,
    #[serde(rename = "change")]
    what: String,
    attribute: Option<String>,
    #[serde(default)]
    old: Value,
    #[serde(default)]
    new: Value,
}

impl Change {
    /// The rules that tell such a change. Empty: it is a change of spelling only, which nothing tells.
    fn rules(&self) -> &'static [&'static str] {
        match (self.what.as_str(), self.attribute.as_deref()) {
            ("field-added", _) => &[
                "field-added-optional",
                "field-added-required",
                "field-moved",
            ],
            ("field-removed", _) => &["field-removed"],
            ("required-added", _) => &["field-became-required", "field-added-required"],
            // What follows from another type at the same place is told with it.
            (_, Some("type" | "format" | "x-kubernetes-preserve-unknown-fields")) => {
                &["type-changed"]
            }
            (_, Some("default")) => &["default-added"],
            (_, Some("pattern")) => &["pattern-added"],
            // Atomic is what a list is if nothing is said.
            (_, Some("x-kubernetes-list-type")) if self.old.is_null() && self.new == "atomic" => {
                &[]
            }
            (_, Some("x-kubernetes-list-type" | "x-kubernetes-list-map-keys")) => {
                &["list-type-changed"]
            }
            (_, Some("x-kubernetes-map-type")) => &["map-type-changed"],
            other => panic!("a change that this test does not know: {other:?}"),
        }
    }
}

/// The recorded pairs of releases that the package has.
fn history() -> Option<Vec<Pair>> {
    let text = std::fs::read_to_string(corpus("chaos-mesh/facts")?.join("changes.json")).unwrap();
    let history: History = serde_json::from_str(&text).unwrap();
    let first = &releases()[0];
    let known = |pair: &Pair| version(&pair.from) >= *first;
    Some(history.pairs.into_iter().filter(known).collect())
}

fn version(tag: &str) -> Version {
    tag.trim_start_matches('v').parse().unwrap()
}

fn releases() -> Vec<Version> {
    let package = built_in()
        .packages
        .iter()
        .find(|it| it.name == "chaos-mesh");
    package.unwrap().releases.clone()
}

fn targets(release: &Version) -> Targets {
    Targets::newest().with("chaos-mesh", release.clone())
}

/// As `herz breaking` compares the CRDs of two releases. That ours are those that Chaos Mesh ships
/// is what the test `crds` says.
fn by_crds(from: &Version, to: &Version) -> Report {
    let mut sources = Sources::new();
    let mut side = |release: &Version| -> Vec<SourceId> {
        let view = View::new(built_in(), &targets(release), &["chaos-mesh".to_owned()]);
        let files = Crd.emit(&view, &TargetOptions::new(Crd.options())).files;
        files
            .iter()
            .map(|file| sources.add(file.path.as_str(), file.text.as_str()))
            .collect()
    };
    let (old, new) = (side(from), side(to));
    compare(&sources, &old, &new, &Options::default()).unwrap_or_else(|it| panic!("{it:#?}"))
}

/// As `herz breaking chaos-mesh@FROM chaos-mesh@TO` does.
fn by_schemas(from: &Version, to: &Version) -> Report {
    compat::changes(built_in(), "chaos-mesh", from, to)
}

#[test]
fn every_recorded_change_of_the_crds_is_found_and_nothing_else() {
    let Some(pairs) = history() else { return };
    assert_eq!(pairs.len(), releases().len() - 1);
    let (mut found, mut spelling, mut missing, mut extra) = (0, 0, Vec::new(), Vec::new());
    for pair in &pairs {
        let report = by_crds(&version(&pair.from), &version(&pair.to));
        let mut told = BTreeSet::new();
        for change in &pair.changes {
            let rules = change.rules();
            if rules.is_empty() {
                spelling += 1;
                continue;
            }
            let at = report.findings.iter().position(|it| {
                it.kind.as_ref() == Some(&change.kind)
                    && it.path == change.path
                    && rules.contains(&it.rule)
            });
            match at {
                Some(at) => {
                    told.insert(at);
                    found += 1;
                }
                None => missing.push(format!("{} {change:?}", pair.to)),
            }
        }
        for (at, finding) in report.findings.iter().enumerate() {
            let words = finding.rule == "doc-changed" || finding.level == Level::None;
            if !words && !told.contains(&at) {
                extra.push(format!("{} {finding:?}", pair.to));
            }
        }
    }
    println!(
        "{} pairs of releases: {found} changes found, {spelling} are spelling; {} missing, {} more than recorded",
        pairs.len(),
        missing.len(),
        extra.len()
    );
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing {missing:#?}\nextra {extra:#?}"
    );
    assert!(found > 300);
}

/// Every place in the schemas where a place of a kind's documents may be told: under the kind, and
/// under each named type on the way.
fn places(catalog: &Catalog, kind: &str, path: &str) -> Vec<(Option<String>, String)> {
    let found = catalog.kinds.iter().find(|it| it.name == kind).expect(kind);
    let (part, rest) = path.split_once('.').unwrap_or((path, ""));
    let id = match part {
        "spec" => found.spec,
        "status" => found.status.expect("a status"),
        other => panic!("{kind} {other}"),
    };
    let mut list = Vec::new();
    named(catalog, id, rest, &mut list);
    list
}

fn named(catalog: &Catalog, id: TypeId, rest: &str, list: &mut Vec<(Option<String>, String)>) {
    let Some(def) = catalog.get(id) else { return };
    let dot = if rest.is_empty() || rest.starts_with('[') {
        ""
    } else {
        "."
    };
    list.push(match def.name.split_once('.') {
        Some((kind, part)) if catalog.kinds.iter().any(|it| it.name == kind) => {
            (Some(kind.to_owned()), format!("{part}{dot}{rest}"))
        }
        _ => (None, format!("schema({}){dot}{rest}", def.name)),
    });
    match &def.body {
        TypeBody::Object(object) => within(catalog, object, rest, list),
        TypeBody::Refined(ty, _) => value(catalog, ty, rest, list),
        TypeBody::Enum(_) => {}
    }
}

fn within(
    catalog: &Catalog,
    object: &Object,
    rest: &str,
    list: &mut Vec<(Option<String>, String)>,
) {
    let (step, rest) = rest.split_once('.').unwrap_or((rest, ""));
    let name = step.trim_end_matches("[]").trim_end_matches("{}");
    let brackets = &step[name.len()..];
    for field in object.fields.iter().filter(|field| field.wire == name) {
        let rest = match (brackets, rest) {
            ("", rest) => rest.to_owned(),
            (brackets, "") => brackets.to_owned(),
            (brackets, rest) => format!("{brackets}.{rest}"),
        };
        value(catalog, &field.ty, &rest, list);
    }
}

fn value(catalog: &Catalog, ty: &Type, rest: &str, list: &mut Vec<(Option<String>, String)>) {
    let inner = rest.strip_prefix("[]").or_else(|| rest.strip_prefix("{}"));
    let inner = inner.map(|it| it.trim_start_matches('.'));
    match ty {
        Type::List(item) | Type::Map(item) => {
            if let Some(inner) = inner {
                value(catalog, item, inner, list);
            }
        }
        Type::Ref(id) => named(catalog, *id, rest, list),
        _ => {}
    }
}

#[test]
fn every_recorded_change_is_found_between_releases_of_the_package() {
    let Some(pairs) = history() else { return };
    let catalog = built_in();
    let (mut found, mut missing) = (0, Vec::new());
    for pair in &pairs {
        let (from, to) = (version(&pair.from), version(&pair.to));
        let report = by_schemas(&from, &to);
        let sides = [catalog.at(&targets(&from)), catalog.at(&targets(&to))];
        for change in pair.changes.iter().filter(|it| !it.rules().is_empty()) {
            let places: Vec<(Option<String>, String)> = sides
                .iter()
                .flat_map(|side| places(side, &change.kind, &change.path))
                .collect();
            let is_told = report.findings.iter().any(|it| {
                change.rules().contains(&it.rule)
                    && places
                        .iter()
                        .any(|(kind, path)| *kind == it.kind && *path == it.path)
            });
            if is_told {
                found += 1;
            } else {
                missing.push(format!("{} {change:?} {places:?}", pair.to));
            }
        }
    }
    println!("{found} changes found, {} missing", missing.len());
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(found > 300);
}

fn has<'r>(report: &'r Report, kind: Option<&str>, path: &str, rule: &str) -> Option<&'r Finding> {
    report
        .findings
        .iter()
        .find(|it| it.kind.as_deref() == kind && it.path == path && it.rule == rule)
}

/// Chaos Mesh shipped these as minor releases and as a patch.
#[test]
fn the_breaks_in_minor_releases_are_told() {
    let at = |from: &str, to: &str| by_schemas(&version(from), &version(to));
    let report = at("2.7.3", "2.8.0");
    assert_eq!(report.bump(), Level::Major);
    let pattern =
        has(&report, None, "schema(NetemDuration)", "pattern-added").expect("the pattern");
    assert_eq!(pattern.level, Level::Major);
    let rules = has(&report, Some("JVMChaos"), "spec", "rule-added").expect("the rules");
    assert_eq!(rules.level, Level::Major);
    assert!(
        rules.message.contains("return-needs-value"),
        "{}",
        rules.message
    );
    has(
        &report,
        Some("JVMChaos"),
        "spec.returnValue",
        "field-added-optional",
    )
    .expect("the field");

    // The same name and type, another meaning.
    let reused = has(&report, Some("JVMChaos"), "spec.value", "field-name-reused");
    assert_eq!(reused.expect("value").level, Level::Major);

    // Not 2.7.0, as it is told elsewhere: the CRDs have it since 2.6.3.
    let report = at("2.6.2", "2.6.3");
    assert_eq!(report.bump(), Level::Major);
    let config = has(
        &report,
        Some("RemoteCluster"),
        "spec.configOverride",
        "type-changed",
    );
    assert_eq!(config.expect("configOverride").level, Level::Major);
    assert_eq!(
        by_crds(&version("2.6.2"), &version("2.6.3")).bump(),
        Level::Major
    );
    let report = at("2.6.7", "2.7.0");
    assert!(
        has(
            &report,
            Some("RemoteCluster"),
            "spec.configOverride",
            "type-changed"
        )
        .is_none()
    );
}

#[test]
fn the_matrix_states_what_is_found() {
    let path = top("compat-matrix.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (matrix, problems) = compat::read(SourceId(0), &text);
    assert!(problems.is_empty(), "{problems:#?}");
    let (mut breaks, mut features) = (0, 0);
    for pair in releases().windows(2) {
        let [from, to] = pair else { continue };
        let report = by_schemas(from, to);
        let covers = |ranges: &[herz_dsl::schema::value::Spanned<compat::Range>], it: &Version| {
            ranges.iter().any(|range| range.value.contains(it, false))
        };
        let row = matrix
            .upgrades
            .iter()
            .find(|it| {
                it.axis.value == "chaos-mesh" && covers(&it.from, from) && covers(&it.to, to)
            })
            .unwrap_or_else(|| panic!("no way from {from} to {to}"));
        let stated = row.bump.as_ref().expect("a bump").value.clone();
        assert_eq!(stated, report.bump().name(), "{from} to {to}");
        assert_eq!(
            row.breaks,
            compat::breaks(built_in(), "chaos-mesh", &report)
        );
        breaks += usize::from(report.bump() == Level::Major);
        // What the matrix says came with this release is told of it.
        let side = built_in().at(&targets(to));
        for feature in matrix
            .features
            .iter()
            .filter(|it| it.what.value == compat::What::Field)
        {
            if feature.since("chaos-mesh").is_none_or(|it| it.value != *to) {
                continue;
            }
            let path = &feature.path.as_ref().expect("a path").value;
            let places = places(&side, &feature.kinds[0].value, path);
            let is_told = report.findings.iter().any(|it| {
                let place = (it.kind.clone(), it.path.clone());
                it.rule != "doc-changed" && places.contains(&place)
            });
            assert!(is_told, "{to} {}", feature.id.value);
            features += 1;
        }
    }
    assert_eq!(breaks, 3);
    assert!(features > 10, "{features}");
}

/// The article that Herz was asked for names two features. No schema has them at any release.
#[test]
fn what_is_claimed_elsewhere_is_in_no_schema() {
    let catalog = built_in();
    let words = [
        "selfheal",
        "self-heal",
        "self_heal",
        "sampl",
        "distribution",
    ];
    for release in releases() {
        let at = catalog.at(&targets(&release));
        for (kind, claim) in [("PodChaos", "heal"), ("NetworkChaos", "distribution")] {
            let found = at.kinds.iter().find(|it| it.name == kind).expect(kind);
            let mut names = BTreeSet::new();
            keys(&at, found.spec, &mut BTreeSet::new(), &mut names);
            assert!(names.len() > 5, "{names:?}");
            let hits: Vec<&String> = names
                .iter()
                .filter(|name| {
                    let name = name.to_lowercase();
                    words.iter().any(|word| name.contains(word)) || name.contains(claim)
                })
                .collect();
            assert!(hits.is_empty(), "{kind} {release}: {hits:?}");
        }
    }
}

/// The keys and values that a type's documents may have.
fn keys(catalog: &Catalog, id: TypeId, seen: &mut BTreeSet<TypeId>, names: &mut BTreeSet<String>) {
    let Some(def) = catalog.get(id).filter(|_| seen.insert(id)) else {
        return;
    };
    let mut types = Vec::new();
    match &def.body {
        TypeBody::Object(object) => {
            names.extend(object.fields.iter().map(|it| it.wire.clone()));
            types.extend(object.fields.iter().map(|it| &it.ty));
        }
        TypeBody::Enum(list) => names.extend(list.values.iter().map(|it| it.value.clone())),
        TypeBody::Refined(ty, _) => types.push(ty),
    }
    for mut ty in types {
        while let Type::List(inner) | Type::Map(inner) = ty {
            ty = inner;
        }
        if let Type::Ref(id) = ty {
            keys(catalog, *id, seen, names);
        }
    }
}
