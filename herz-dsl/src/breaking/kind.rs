//! Kinds of Kubernetes objects: names, versions, what the server does with them.

use super::compare::Comparison;
use super::kinds::{Kind, Version};
use super::level::Direction;
use super::model::{Id, Property, Schemas};
use super::report::Raw;
use super::value::Value;
use std::collections::BTreeMap;

/// Path of the kind itself.
pub(super) const ROOT: &str = "crd";

type Kinds = BTreeMap<(String, String), Kind>;

impl Comparison<'_> {
    pub(super) fn kinds(&mut self, old: &Kinds, new: &Kinds) {
        let several = old.len() > 1 || new.len() > 1;
        let mut left: Vec<&Kind> = new
            .iter()
            .filter(|(key, _)| !old.contains_key(*key))
            .map(|it| it.1)
            .collect();
        for (key, kind) in old {
            self.out.kind = several.then(|| kind.name.clone());
            if let Some(other) = new.get(key) {
                self.kind(kind, other);
                continue;
            }
            // The same name in another group, or another name that still reads this one.
            let regrouped = left.iter().position(|it| it.name == kind.name);
            let renamed = left
                .iter()
                .position(|it| it.group == kind.group && it.aliases.contains(&kind.name));
            if let Some(at) = regrouped.or(renamed) {
                let other = left.remove(at);
                if regrouped.is_some() {
                    let message = format!("the group was {}, it is {}", kind.group, other.group);
                    self.emit(
                        Raw::new("kind-group-changed", ROOT, None, message)
                            .old(kind.at("group"))
                            .new_at(other.at("group")),
                    );
                } else {
                    let message = format!(
                        "`{}` is called `{}` now and still read",
                        kind.name, other.name
                    );
                    self.emit(
                        Raw::new("kind-renamed-aliased", ROOT, None, message)
                            .old(kind.at("names"))
                            .new_at(other.at("names")),
                    );
                }
                self.kind(kind, other);
                continue;
            }
            let message = format!("the kind `{}` is gone", kind.name);
            self.emit(Raw::new("kind-removed", ROOT, None, message).old(kind.span));
        }
        for kind in left {
            self.out.kind = several.then(|| kind.name.clone());
            let message = format!("the kind `{}` is new", kind.name);
            self.emit(Raw::new("kind-added", ROOT, None, message).new_at(kind.span));
        }
        self.out.kind = None;
    }

    fn kind(&mut self, old: &Kind, new: &Kind) {
        let raw = |rule, part: &str, message: String| {
            Raw::new(rule, ROOT, None, message)
                .old(old.at(part))
                .new_at(new.at(part))
        };
        if old.scope != new.scope {
            self.emit(raw(
                "kind-scope-changed",
                "scope",
                format!("{} became {}", old.scope, new.scope),
            ));
        }
        if old.plural != new.plural || old.singular != new.singular {
            let message = format!(
                "`{}` and `{}` became `{}` and `{}`",
                old.plural, old.singular, new.plural, new.singular
            );
            self.emit(raw("kind-plural-changed", "names", message));
        }
        let gone: Vec<&str> = old
            .short_names
            .difference(&new.short_names)
            .map(String::as_str)
            .collect();
        if !gone.is_empty() {
            self.emit(raw(
                "kind-short-name-removed",
                "names",
                format!("gone: {}", gone.join(", ")),
            ));
        }
        let lost: Vec<&str> = old
            .aliases
            .difference(&new.aliases)
            .map(String::as_str)
            .collect();
        if !lost.is_empty() {
            let message = format!("`{}` is not read any more", lost.join("`, `"));
            self.emit(
                Raw::new("kind-alias-removed", ROOT, Direction::Input, message)
                    .old(old.span)
                    .new_at(new.span),
            );
        }
        if old.conversion != new.conversion {
            let message = format!(
                "conversion was {}, it is {}",
                old.conversion, new.conversion
            );
            self.emit(raw("conversion-changed", "conversion", message));
        }
        if old.preserve_unknown != new.preserve_unknown {
            let (rule, message) = if new.preserve_unknown {
                ("unknown-fields-preserved", "unknown keys are kept now")
            } else {
                ("unknown-fields-pruned", "unknown keys are dropped now")
            };
            self.emit(raw(rule, "preserveUnknownFields", message.into()));
        }
        self.versions(old, new);
        self.lossy(old, new);
    }

    fn versions(&mut self, old: &Kind, new: &Kind) {
        let path = |name: &str| {
            if old.versions.len() > 1 || new.versions.len() > 1 {
                format!("{ROOT}.{name}")
            } else {
                ROOT.to_owned()
            }
        };
        let served = |version: Option<&Version>| version.is_some_and(|it| it.served);
        for (name, version) in &old.versions {
            let other = new.versions.get(name);
            if version.served && !served(other) {
                let message = format!("{name} is not served any more");
                let place = other.map_or(new.at("versions"), |it| it.span);
                self.emit(
                    Raw::new("kind-version-removed", ROOT, None, message)
                        .old(version.span)
                        .new_at(place),
                );
            }
            if let Some(other) = other {
                self.version(version, other, &path(name));
            }
        }
        for (name, version) in &new.versions {
            if version.served && !served(old.versions.get(name)) {
                let message = format!("{name} is served now");
                self.emit(
                    Raw::new("kind-version-added", ROOT, None, message)
                        .old(old.at("versions"))
                        .new_at(version.span),
                );
            }
        }
        let gone: Vec<&str> = old
            .stored
            .iter()
            .filter(|name| !new.versions.contains_key(*name))
            .map(String::as_str)
            .collect();
        if !gone.is_empty() {
            let message = format!("objects are stored as {}, which is gone", gone.join(", "));
            self.emit(
                Raw::new("stored-version-removed", ROOT, None, message)
                    .old(old.span)
                    .new_at(new.at("versions")),
            );
        }
        if let (Some(a), Some(b)) = (old.storage(), new.storage())
            && a != b
        {
            let message = format!("objects were stored as {a}, now as {b}");
            let place = |kind: &Kind, name| {
                kind.versions
                    .get(name)
                    .map_or(kind.span, |it: &Version| it.span)
            };
            let raw = Raw::new("storage-version-changed", ROOT, None, message);
            self.emit(raw.old(place(old, a)).new_at(place(new, b)));
        }
    }

    fn version(&mut self, old: &Version, new: &Version, path: &str) {
        let raw = |rule, message: &str| {
            Raw::new(rule, path, None, message)
                .old(old.span)
                .new_at(new.span)
        };
        if !old.deprecated && new.deprecated {
            self.emit(raw("deprecated", "this version is deprecated now"));
        } else if old.deprecated && !new.deprecated {
            self.emit(raw(
                "undeprecated",
                "this version is not deprecated any more",
            ));
        }
        if !old.status && new.status {
            self.emit(raw(
                "subresource-status-added",
                "status can be written through its own endpoint only now",
            ));
        }
        if (old.status && !new.status) || (old.scale.is_some() && old.scale != new.scale) {
            self.emit(raw(
                "subresource-removed",
                "a subresource is gone or points elsewhere",
            ));
        }
        let gone: Vec<&str> = old
            .selectable
            .difference(&new.selectable)
            .map(String::as_str)
            .collect();
        if !gone.is_empty() {
            let message = format!("objects can't be selected by {} any more", gone.join(", "));
            self.emit(raw("selectable-field-removed", &message));
        }
        let columns = |it: &Option<Value>| it.clone().unwrap_or(Value::List(Vec::new()));
        if columns(&old.columns) != columns(&new.columns) {
            let raw = Raw::new(
                "print-column-changed",
                path,
                Direction::Output,
                "printed columns changed",
            );
            self.emit(raw.old(old.span).new_at(new.span));
        }
        if let (Some(a), Some(b)) = (old.schema, new.schema) {
            self.object(a, b);
        }
    }

    /// The root of a kind: what users write is input, `status` is output.
    pub(super) fn object(&mut self, old: Id, new: Id) {
        let (o, n) = (self.old.get(old), self.new.get(new));
        self.words(None, ROOT, (&o.docs, o.span), (&n.docs, n.span));
        let direction = |name: &str| {
            if name == "status" {
                Direction::Output
            } else {
                Direction::Input
            }
        };
        // The object itself, one direction at a time, with the properties of that direction.
        for way in [Direction::Input, Direction::Output] {
            let only = |schema: &super::model::Schema| {
                let mut part = schema.clone();
                part.docs.clear();
                part.properties.retain(|name, _| direction(name) == way);
                part.required.retain(|name| direction(name) == way);
                if way == Direction::Output {
                    part.rules.clear();
                    part.preserve_unknown = false;
                    part.rest.clear();
                }
                part
            };
            let (a, b) = (only(o), only(n));
            self.root(&a, &b, (old, new), way);
        }
    }

    /// What one served version holds and another can't: lost where no webhook converts.
    fn lossy(&mut self, old: &Kind, new: &Kind) {
        if new.conversion != "None" {
            return;
        }
        let before = lost(self.old, old);
        for (path, (property, message)) in lost(self.new, new) {
            if !before.contains_key(&path) {
                let raw = Raw::new("conversion-lossy", &path, None, message);
                self.emit(raw.old(old.at("versions")).new_at(property.span));
            }
        }
    }
}

/// Fields that not every served version has.
fn lost(schemas: &Schemas, kind: &Kind) -> BTreeMap<String, (Property, String)> {
    let served: Vec<(&String, Id)> = kind
        .versions
        .iter()
        .filter(|(_, version)| version.served)
        .filter_map(|(name, version)| version.schema.map(|schema| (name, schema)))
        .collect();
    let mut found = BTreeMap::new();
    if kind.conversion != "None" {
        return found;
    }
    for (name, schema) in &served {
        for (other, target) in &served {
            if name != other {
                missing(schemas, *schema, *target, "", &mut |path, property| {
                    let message =
                        format!("{name} has `{path}`, {other} has not, and nothing converts");
                    found
                        .entry(path.to_owned())
                        .or_insert((property.clone(), message));
                });
            }
        }
    }
    found
}

fn missing(
    schemas: &Schemas,
    from: Id,
    to: Id,
    path: &str,
    found: &mut dyn FnMut(&str, &Property),
) {
    if path.len() > 2000 {
        return;
    }
    let (from, to) = (
        schemas.get(schemas.target(from)),
        schemas.get(schemas.target(to)),
    );
    if to.preserve_unknown {
        return;
    }
    for (name, property) in &from.properties {
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        match to.properties.get(name) {
            Some(other) => missing(schemas, property.schema, other.schema, &path, found),
            None if to.properties.is_empty() => {}
            None => found(&path, property),
        }
    }
    if let (Some(a), Some(b)) = (from.items, to.items) {
        missing(schemas, a, b, &format!("{path}[]"), found);
    }
}
