//! Features as the schemas have them: everything with a `since` or an `until`, found by walking
//! each kind's types.

use super::matrix::What;
use crate::catalog::{
    Catalog, Constraint, ConstraintKind, Life, Object, PackageId, Type, TypeBody, TypeId,
};
use crate::explain::{constraint_text, literal_text};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Something that not every release of a package's platform has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Unique name: the type and what is in it, `NetworkChaos.spec.rate`, `NetemDuration:pattern`.
    pub id: String,
    /// The kinds that have it, the one with the shortest path first.
    pub kinds: Vec<String>,
    /// Where the first kind has it: `spec.rate`; empty for a kind.
    pub path: String,
    /// What it is.
    pub what: What,
    /// First release that has it; none: always had.
    pub since: Option<Version>,
    /// First release without it; none: still there.
    pub until: Option<Version>,
    /// First release that discourages it.
    pub deprecated: Option<Version>,
    /// What to use instead.
    pub instead: Option<String>,
    /// One line about it.
    pub doc: String,
}

impl Known {
    /// Whether that release has it.
    pub fn is_in(&self, release: &Version) -> bool {
        self.since.as_ref().is_none_or(|since| since <= release)
            && self.until.as_ref().is_none_or(|until| release < until)
    }
}

/// Where kinds have a type: kind and path, the shortest path first.
type Places = Vec<(String, String)>;

/// The features of a package, sorted by id.
pub fn features(catalog: &Catalog, package: &str) -> Vec<Known> {
    let Some(index) = catalog.packages.iter().position(|it| it.name == package) else {
        return Vec::new();
    };
    let id = PackageId(u32::try_from(index).unwrap_or(u32::MAX));
    let Some(first) = catalog
        .packages
        .get(index)
        .and_then(|it| it.releases.first())
    else {
        return Vec::new();
    };
    let mut found = Finder {
        first,
        list: Vec::new(),
    };
    let places = places(catalog, id);
    for kind in catalog.kinds.iter().filter(|kind| kind.package == id) {
        let at = vec![(kind.name.clone(), String::new())];
        found.add(
            kind.name.clone(),
            &at,
            "",
            What::Kind,
            &kind.life,
            &kind.doc,
        );
        for rule in &kind.rules {
            let id = format!("{}:{}", kind.name, rule.name);
            let doc = rule.message.as_deref().unwrap_or(&rule.doc);
            found.add(id, &at, "", What::Rule, &rule.life, doc);
        }
    }
    for (id, at) in &places {
        if let Some(def) = catalog.get(*id) {
            match &def.body {
                TypeBody::Object(object) => found.object(&def.name, object, at),
                TypeBody::Enum(values) => {
                    for value in &values.values {
                        let id = format!("{}={}", def.name, value.value);
                        let doc = &value.doc;
                        found.add(id, at, "", What::Value, &value.life, doc);
                    }
                }
                TypeBody::Refined(_, limits) => found.limits(&def.name, at, "", limits),
            }
        }
    }
    found.finish()
}

/// Every type that kinds of the package reach, with its places.
fn places(catalog: &Catalog, package: PackageId) -> BTreeMap<TypeId, Places> {
    let mut all: BTreeMap<TypeId, Places> = BTreeMap::new();
    for kind in catalog.kinds.iter().filter(|kind| kind.package == package) {
        let mut open: VecDeque<(TypeId, String)> = VecDeque::new();
        let mut seen: BTreeSet<TypeId> = BTreeSet::new();
        open.push_back((kind.spec, "spec".to_owned()));
        open.extend(kind.status.map(|status| (status, "status".to_owned())));
        while let Some((id, path)) = open.pop_front() {
            if !seen.insert(id) {
                continue;
            }
            if let Some(TypeBody::Object(object)) = catalog.get(id).map(|def| &def.body) {
                for field in &object.fields {
                    if let Some((id, tail)) = named(&field.ty) {
                        open.push_back((id, format!("{path}.{}{tail}", field.wire)));
                    }
                }
            }
            all.entry(id).or_default().push((kind.name.clone(), path));
        }
    }
    for places in all.values_mut() {
        places.sort_by_key(|(kind, path)| (path.split('.').count(), kind.clone()));
    }
    all
}

/// The first place of every type of a package, by the type's name: kind and path.
pub(super) fn type_places(catalog: &Catalog, package: &str) -> BTreeMap<String, (String, String)> {
    let index = catalog.packages.iter().position(|it| it.name == package);
    let Some(id) = index.and_then(|at| u32::try_from(at).ok()).map(PackageId) else {
        return BTreeMap::new();
    };
    places(catalog, id)
        .into_iter()
        .filter_map(|(id, at)| {
            let name = catalog.get(id)?.name.clone();
            Some((name, at.into_iter().next()?))
        })
        .collect()
}

/// The named type that a value is made of, and the path to it through lists and maps.
fn named(ty: &Type) -> Option<(TypeId, String)> {
    match ty {
        Type::Ref(id) => Some((*id, String::new())),
        Type::List(item) | Type::Map(item) => {
            let (id, tail) = named(item)?;
            Some((id, format!("[]{tail}")))
        }
        _ => None,
    }
}

struct Finder<'c> {
    /// The first release: what came with it or before was always there.
    first: &'c Version,
    list: Vec<Known>,
}

impl Finder<'_> {
    fn object(&mut self, name: &str, object: &Object, at: &Places) {
        for field in &object.fields {
            let member = format!(".{}", field.wire);
            let id = format!("{name}{member}");
            self.add(
                id.clone(),
                at,
                &member,
                What::Field,
                &field.life,
                &field.doc,
            );
            self.limits(&id, at, &member, &field.constraints);
            if let Some(default) = &field.default {
                let doc = match &default.value {
                    crate::catalog::DefaultValue::Literal(value) => {
                        format!("The default is {}.", literal_text(value))
                    }
                    crate::catalog::DefaultValue::Generated(how) => {
                        format!("The default is made up: {how}.")
                    }
                };
                let id = format!("{id}:default");
                self.add(id, at, &member, What::Default, &default.life, &doc);
            }
        }
        for rule in &object.rules {
            let doc = rule.message.as_deref().unwrap_or(&rule.doc);
            let id = format!("{name}:{}", rule.name);
            self.add(id, at, "", What::Rule, &rule.life, doc);
        }
        for case in object.union.iter().flat_map(|union| &union.cases) {
            let id = format!("{name}={}", case.value);
            self.add(id, at, "", What::Case, &case.life, "");
        }
    }

    fn limits(&mut self, owner: &str, at: &Places, member: &str, limits: &[Constraint]) {
        for limit in limits {
            let word = match &limit.kind {
                ConstraintKind::Range { .. } => "range",
                ConstraintKind::Length { .. } => "length",
                ConstraintKind::Items { .. } => "items",
                ConstraintKind::Pattern(_) => "pattern",
                ConstraintKind::MultipleOf(_) => "multipleOf",
                ConstraintKind::UniqueItems => "unique",
                ConstraintKind::Filled => "filled",
                ConstraintKind::Grammar { .. } => "grammar",
                ConstraintKind::OneOf(_) => "oneOf",
                // It comes and goes with the merge, which is no feature of its own.
                ConstraintKind::ToldApart(_) => continue,
            };
            let plain = Constraint {
                life: Life::default(),
                ..limit.clone()
            };
            let doc = limit
                .note
                .clone()
                .unwrap_or_else(|| constraint_text(&plain));
            let id = format!("{owner}:{word}");
            self.add(id, at, member, What::Limit, &limit.life, &doc);
        }
    }

    fn add(&mut self, id: String, at: &Places, member: &str, what: What, life: &Life, doc: &str) {
        let since = life.since.clone().filter(|since| since > self.first);
        let deprecated = life.deprecated.as_ref();
        let discouraged = deprecated.and_then(|it| it.since.clone());
        let Some((_, path)) = at.first() else { return };
        if since.is_none() && life.until.is_none() && discouraged.is_none() {
            return;
        }
        self.list.push(Known {
            id,
            kinds: at.iter().map(|(kind, _)| kind.clone()).collect(),
            path: format!("{path}{member}"),
            what,
            since,
            until: life.until.clone(),
            deprecated: discouraged,
            instead: deprecated.and_then(|it| it.instead.clone()),
            doc: summary(doc),
        });
    }

    /// Sorted; what shares an id gets the release that tells it from the others.
    fn finish(mut self) -> Vec<Known> {
        self.list
            .sort_by(|a, b| (&a.id, &a.since, &a.until).cmp(&(&b.id, &b.since, &b.until)));
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for one in &self.list {
            *count.entry(one.id.clone()).or_default() += 1;
        }
        for one in &mut self.list {
            if count.get(&one.id).copied().unwrap_or(0) < 2 {
                continue;
            }
            one.id = match (&one.since, &one.until) {
                (Some(since), _) => format!("{}@{since}", one.id),
                (None, Some(until)) => format!("{}@before-{until}", one.id),
                (None, None) => continue,
            };
        }
        self.list.sort_by(|a, b| a.id.cmp(&b.id));
        self.list
    }
}

/// The first sentence, on one line.
fn summary(doc: &str) -> String {
    let line = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line.get(..=end).unwrap_or(&line).to_owned(),
        None => line,
    }
}

/// The lives of a place in a kind, `spec.delay.latency`: one for each field that was ever there.
/// None: it never was. `[]` in the path is skipped.
pub fn lives(catalog: &Catalog, package: &str, kind: &str, path: &str) -> Option<Vec<Life>> {
    let kind = catalog.kinds.iter().find(|it| {
        it.name == kind
            && catalog
                .package(it.package)
                .is_some_and(|it| it.name == package)
    })?;
    let mut parts = path
        .split('.')
        .map(|part| part.trim_end_matches("[]"))
        .filter(|part| !part.is_empty());
    let start = match parts.next() {
        None => return Some(vec![kind.life.clone()]),
        Some("spec") => kind.spec,
        Some("status") => kind.status?,
        Some(_) => return None,
    };
    let mut at: Vec<(Option<TypeId>, Life)> = vec![(Some(start), kind.life.clone())];
    for part in parts {
        let mut next = Vec::new();
        for (id, life) in at {
            let body = id.and_then(|id| catalog.get(id)).map(|def| &def.body);
            let Some(TypeBody::Object(object)) = body else {
                continue;
            };
            for field in object.fields.iter().filter(|field| field.wire == part) {
                let id = named(&field.ty).map(|(id, _)| id);
                next.push((id, life.intersect(&field.life)));
            }
        }
        at = next;
    }
    let lives: Vec<Life> = at.into_iter().map(|(_, life)| life).collect();
    (!lives.is_empty()).then_some(lives)
}
