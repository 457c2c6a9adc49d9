//! What came and went with each release.

use herz_dsl::catalog::{Catalog, Constraint, Life, Object, PackageId, Type, TypeBody, TypeId};
use herz_dsl::explain::{constraint_text, rule_text};
use semver::Version;
use std::collections::BTreeSet;

/// One difference between a release and the one before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    /// The release that it came with.
    pub(super) release: Version,
    /// The kind whose documents it is about.
    pub(super) kind: String,
    /// Where: `spec.delay.jitter`; empty for the kind itself.
    pub(super) path: String,
    /// `new`, `gone` or `deprecated`.
    pub(super) what: &'static str,
    /// What it is, in words.
    pub(super) text: String,
}

/// All differences between releases of a package, in order of release, kind and place.
pub(super) fn changes(catalog: &Catalog, package: PackageId) -> Vec<Change> {
    let mut walk = Walk {
        catalog,
        first: catalog
            .package(package)
            .and_then(|one| one.releases.iter().min().cloned()),
        kind: String::new(),
        around: Vec::new(),
        out: BTreeSet::new(),
    };
    for kind in catalog.kinds.iter().filter(|kind| kind.package == package) {
        walk.kind.clone_from(&kind.name);
        walk.life(&kind.life, "", "kind");
        walk.object(kind.spec, "spec");
        if let Some(status) = kind.status {
            walk.object(status, "status");
        }
    }
    walk.out.into_iter().collect()
}

struct Walk<'w> {
    catalog: &'w Catalog,
    /// What the first release has is no change.
    first: Option<Version>,
    kind: String,
    around: Vec<TypeId>,
    out: BTreeSet<Change>,
}

impl Walk<'_> {
    fn life(&mut self, life: &Life, path: &str, text: &str) {
        let deprecated = life.deprecated.as_ref().and_then(|one| one.since.as_ref());
        let events = [
            (life.since.as_ref(), "new"),
            (life.until.as_ref(), "gone"),
            (deprecated, "deprecated"),
        ];
        for (release, what) in events {
            let Some(release) = release.filter(|release| self.first.as_ref() < Some(release))
            else {
                continue;
            };
            self.out.insert(Change {
                release: release.clone(),
                kind: self.kind.clone(),
                path: path.to_owned(),
                what,
                text: text.to_owned(),
            });
        }
    }

    fn limits(&mut self, limits: &[Constraint], path: &str) {
        for limit in limits {
            self.life(
                &limit.life,
                path,
                &format!("limit: {}", constraint_text(limit)),
            );
        }
    }

    fn object(&mut self, id: TypeId, path: &str) {
        let catalog = self.catalog;
        let Some(def) = catalog.get(id) else { return };
        if self.around.contains(&id) {
            return;
        }
        self.around.push(id);
        match &def.body {
            TypeBody::Object(object) => self.fields(object, path),
            TypeBody::Refined(ty, limits) => {
                self.limits(limits, path);
                self.ty(ty, path);
            }
            TypeBody::Enum(one) => {
                for value in &one.values {
                    self.life(&value.life, path, &format!("value `{}`", value.value));
                }
            }
        }
        self.around.pop();
    }

    fn fields(&mut self, object: &Object, path: &str) {
        for field in &object.fields {
            let here = format!("{path}.{}", field.wire);
            let ty = herz_dsl::explain::type_text(self.catalog, &field.ty);
            self.life(&field.life, &here, &format!("field of type {ty}"));
            self.limits(&field.constraints, &here);
            if let Some(default) = &field.default {
                self.life(&default.life, &here, "default");
            }
            self.ty(&field.ty, &here);
        }
        for rule in &object.rules {
            self.life(&rule.life, path, &format!("rule {}", rule_text(rule)));
        }
    }

    fn ty(&mut self, ty: &Type, path: &str) {
        match ty {
            Type::List(inner) | Type::Map(inner) => self.ty(inner, &format!("{path}[]")),
            Type::Ref(id) => {
                // Specs of other kinds are told with those.
                let mut kinds = self.catalog.kinds.iter();
                let is_other = kinds.any(|kind| kind.spec == *id && kind.name != self.kind);
                if !is_other {
                    self.object(*id, path);
                }
            }
            _ => {}
        }
    }
}
