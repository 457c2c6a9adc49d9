//! Fields of objects: added, removed, renamed, required.

use super::{Comparison, FieldChange, Pair, flat};
use crate::breaking::level::{Direction, Level};
use crate::breaking::model::{Additional, Property, Schema, Schemas};
use crate::breaking::report::Raw;

impl Comparison<'_> {
    pub(super) fn fields(&mut self, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        let visible = |schema: &Schema| Self::seen_by(schema, pair.direction);
        let mut removed = Vec::new();
        let mut added = Vec::new();
        for (name, property) in &old.properties {
            let Some(other) = new.properties.get(name) else {
                if visible(self.old.get(property.schema)) {
                    removed.push((name, property));
                }
                continue;
            };
            let path = pair.field(name);
            let (before, after) = (self.old.get(property.schema), self.new.get(other.schema));
            let (was, is) = (visible(before), visible(after));
            if was && is {
                self.required(pair, name, other, &path);
                self.walk(property.schema, other.schema, pair.direction, &path);
                self.successor(pair, name, (property, other), &path);
            } else {
                self.visibility(pair, property, other, &path);
            }
        }
        for (name, property) in &new.properties {
            if !old.properties.contains_key(name) && visible(self.new.get(property.schema)) {
                added.push((name, property));
            }
        }
        self.renamed_fields(pair, &mut removed, &mut added);
        for (name, property) in removed {
            self.removed_field(pair, name, property);
        }
        for (name, property) in added {
            self.added_field(pair, name, property);
        }
        self.required_elsewhere(pair);
        self.reserved(pair);
        self.order(pair);
    }

    /// Two fields of one name, one after the other: the type may be the same, the meaning is not.
    fn successor(
        &mut self,
        pair: &Pair<'_>,
        name: &str,
        (old, new): (&Property, &Property),
        path: &str,
    ) {
        let types = |schemas: &Schemas, property: &Property| {
            let schema = schemas.get(schemas.target(property.schema));
            (schema.value_types().describe(), schema.format.clone())
        };
        // Another type is told as such.
        if old.follows_or_precedes(new) && types(self.old, old) == types(self.new, new) {
            let message = format!("`{name}` is another field of the same name now");
            let raw = Raw::new("field-name-reused", path, pair.direction, message);
            self.emit(raw.old(old.span).new_at(new.span));
            // What else differs follows from that.
            self.out.remove(path, "unhandled");
        }
    }

    /// `required` of a field that both have.
    fn required(&mut self, pair: &Pair<'_>, name: &str, property: &Property, path: &str) {
        let (was, is) = (
            pair.old.required.contains(name),
            pair.new.required.contains(name),
        );
        let at = |schema: &Schema| {
            schema
                .has("required")
                .or_else(|| schema.properties.get(name).map(|it| it.span))
        };
        if is && !was {
            let has_default = self.new.get(self.new.target(property.schema)).stands_in();
            let mut raw = if has_default {
                let message = format!("`{name}` is required now and has a default");
                Raw::new(
                    "field-became-required-default",
                    path,
                    pair.direction,
                    message,
                )
            } else {
                let message = format!("`{name}` is required now");
                Raw::new("field-became-required", path, pair.direction, message)
                    .witness((pair.direction == Direction::Input).then(|| format!("no `{name}`")))
            };
            if has_default {
                raw = self.level_of_default(pair, raw);
            } else if is_asked_for(self.old, pair.old, name) {
                raw.message
                    .push_str(", which another rule asked for already");
                raw = raw.level(Level::Patch);
                raw.witness = None;
            }
            self.emit(raw.old(at(pair.old)).new_at(at(pair.new)));
        } else if was && !is {
            let message = format!("`{name}` may be absent now");
            let mut raw = Raw::new("field-became-optional", path, pair.direction, message);
            if is_asked_for(self.new, pair.new, name) {
                raw.message = format!("`{name}` is not required now, but another rule asks for it");
                raw = raw.level(Level::Patch);
            }
            self.emit(raw.old(at(pair.old)).new_at(at(pair.new)));
        }
    }

    /// A required field with a default breaks nobody where defaults are filled in first.
    fn level_of_default(&self, pair: &Pair<'_>, raw: Raw) -> Raw {
        match pair.direction {
            Direction::Input if !self.setting.defaults_first => raw.level(Level::Major),
            _ => raw,
        }
    }

    /// Names that are required but are no property of this object itself.
    fn required_elsewhere(&mut self, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        let here =
            |name: &String| old.properties.contains_key(name) || new.properties.contains_key(name);
        for name in new
            .required
            .difference(&old.required)
            .filter(|name| !here(name))
        {
            let message = format!("`{name}` is required now");
            let raw = Raw::new(
                "field-became-required",
                &pair.field(name),
                pair.direction,
                message,
            );
            self.emit(raw.old(old.at("required")).new_at(new.at("required")));
        }
        for name in old
            .required
            .difference(&new.required)
            .filter(|name| !here(name))
        {
            let message = format!("`{name}` may be absent now");
            let raw = Raw::new(
                "field-became-optional",
                &pair.field(name),
                pair.direction,
                message,
            );
            self.emit(raw.old(old.at("required")).new_at(new.at("required")));
        }
    }

    /// `readOnly` and `writeOnly` set or cleared: the field comes into one direction's view.
    fn visibility(&mut self, pair: &Pair<'_>, old: &Property, new: &Property, path: &str) {
        let (before, after) = (self.old.get(old.schema), self.new.get(new.schema));
        let (rule, message) = match pair.direction {
            Direction::Input if !before.read_only && after.read_only => {
                ("field-became-read-only", "it can be read only now")
            }
            Direction::Input if before.read_only && !after.read_only => {
                ("field-became-writable", "it can be written now")
            }
            Direction::Output if !before.write_only && after.write_only => {
                ("field-became-write-only", "it is not returned any more")
            }
            Direction::Output if before.write_only && !after.write_only => (
                "field-became-readable",
                "it is returned now; make sure it is no secret",
            ),
            _ => return,
        };
        let raw = Raw::new(rule, path, pair.direction, message);
        self.emit(raw.old(old.span).new_at(new.span));
    }

    fn removed_field(&mut self, pair: &Pair<'_>, name: &str, property: &Property) {
        let schema = self.old.get(property.schema);
        let life = &schema.life;
        let (rule, message) = match self.sunset_passed(life) {
            None => ("field-removed", format!("`{name}` is gone")),
            Some(true) => (
                "field-removed-sunset",
                format!("`{name}` is gone, as announced{}", when(life)),
            ),
            Some(false) => (
                "field-removed-before-sunset",
                format!("`{name}` is gone before its sunset{}", when(life)),
            ),
        };
        let path = pair.field(name);
        let witness = match pair.direction {
            Direction::Input => format!("a document with `{name}`"),
            Direction::Output => format!("a reader of `{name}`"),
        };
        self.emit(
            Raw::new(rule, &path, pair.direction, message)
                .old(property.span)
                .new_at(pair.new.span)
                .witness(Some(witness)),
        );
        self.changes.push(FieldChange {
            kind: self.out.kind.clone(),
            parent: pair.path.to_owned(),
            name: name.to_owned(),
            rule,
            path,
            schema: property.schema,
            object: pair.old_id,
            added: false,
        });
    }

    fn added_field(&mut self, pair: &Pair<'_>, name: &str, property: &Property) {
        let path = pair.field(name);
        let schema = self.new.get(property.schema);
        if let Some(ty) = pair.old.reserved.get(name) {
            let now = schema.value_types().describe();
            let same = ty.as_ref().is_some_and(|ty| *ty == now);
            if !same {
                let before = ty.clone().unwrap_or_else(|| "something else".into());
                let message = format!("`{name}` meant {before} once and is {now} now");
                let raw = Raw::new("field-name-reused", &path, pair.direction, message);
                self.emit(
                    raw.old(pair.old.at("x-herz-reserved"))
                        .new_at(property.span),
                );
                return;
            }
        }
        let target = self.new.get(self.new.target(property.schema));
        let default = target.stands_in();
        // What must be filled must be there, unless something fills it.
        let required = pair.new.required.contains(name)
            || schema.lacks_filling(target)
            || target.lacks_filling(target);
        let (rule, message) = match (required, default) {
            (false, _) => ("field-added-optional", format!("`{name}` is new")),
            (true, false) => (
                "field-added-required",
                format!("`{name}` is new and required"),
            ),
            (true, true) => (
                "field-added-required-default",
                format!("`{name}` is new, required, and has a default"),
            ),
        };
        let mut raw = Raw::new(rule, &path, pair.direction, message)
            .old(pair.old.span)
            .new_at(property.span);
        if rule == "field-added-required" && pair.direction == Direction::Input {
            raw = raw.witness(Some(format!("no `{name}`")));
        }
        if rule == "field-added-required-default" {
            raw = self.level_of_default(pair, raw);
        }
        // A reader that was told there is nothing else may refuse a new key.
        if pair.direction == Direction::Output && pair.old.additional == Additional::Closed {
            raw = raw.level(Level::Major);
        }
        self.emit(raw);
        self.changes.push(FieldChange {
            kind: self.out.kind.clone(),
            parent: pair.path.to_owned(),
            name: name.to_owned(),
            rule,
            path,
            schema: property.schema,
            object: pair.new_id,
            added: true,
        });
    }

    /// Pairs of one removed and one added field that are one field under a new name.
    fn renamed_fields(
        &mut self,
        pair: &Pair<'_>,
        removed: &mut Vec<(&String, &Property)>,
        added: &mut Vec<(&String, &Property)>,
    ) {
        let mut left = Vec::new();
        let alone = removed.len() == 1 && added.len() == 1;
        for (name, property) in removed.drain(..) {
            let aliased = added
                .iter()
                .position(|(_, other)| self.new.get(other.schema).aliases.contains(name));
            let found = aliased.or_else(|| {
                if self.is_echo(pair, name) {
                    return None;
                }
                let similar: Vec<usize> = added
                    .iter()
                    .enumerate()
                    .filter(|(_, (other, _))| alone || near(name, other))
                    .filter(|(_, (other, candidate))| {
                        let near = near(name, other);
                        (near || distinctive(self.old.get(property.schema)))
                            && self.equal(property.schema, candidate.schema)
                    })
                    .map(|(at, _)| at)
                    .collect();
                match similar.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                }
            });
            let Some(at) = found else {
                left.push((name, property));
                continue;
            };
            let (new_name, other) = added.remove(at);
            let path = pair.field(new_name);
            let raw = if aliased.is_some() {
                let message = format!("`{name}` is called `{new_name}` now and still read");
                Raw::new("field-renamed-aliased", &path, pair.direction, message)
            } else {
                let message = format!("`{name}` seems to be called `{new_name}` now");
                Raw::new("field-renamed", &path, pair.direction, message)
                    .witness(Some(format!("`{name}`")))
            };
            self.emit(raw.old(property.span).new_at(other.span));
            if aliased.is_some() {
                self.walk(property.schema, other.schema, pair.direction, &path);
            }
        }
        *removed = left;
    }

    /// Whether a field's change follows from one that is told elsewhere.
    fn is_echo(&self, pair: &Pair<'_>, name: &str) -> bool {
        self.echoes.contains(&(false, pair.old_id, name.to_owned()))
    }

    fn reserved(&mut self, pair: &Pair<'_>) {
        for name in pair.old.reserved.keys() {
            if !pair.new.reserved.contains_key(name) && !pair.new.properties.contains_key(name) {
                let message = format!("the name `{name}` is free again");
                let raw = Raw::new(
                    "field-tombstone-removed",
                    &pair.field(name),
                    pair.direction,
                    message,
                );
                self.emit(
                    raw.old(pair.old.at("x-herz-reserved"))
                        .new_at(pair.new.span),
                );
            }
        }
    }

    fn order(&mut self, pair: &Pair<'_>) {
        let names = |schema: &Schema, other: &Schema| -> Vec<String> {
            let mut list: Vec<(&String, usize)> = schema
                .properties
                .iter()
                .filter(|(name, _)| other.properties.contains_key(*name))
                .map(|(name, property)| (name, property.order))
                .collect();
            list.sort_by_key(|(_, order)| *order);
            list.into_iter().map(|(name, _)| name.clone()).collect()
        };
        if names(pair.old, pair.new) != names(pair.new, pair.old) {
            let message = "the fields stand in another order";
            self.emit(pair.raw("field-order-changed", "properties", message));
        }
    }
}

fn when(life: &crate::breaking::model::Lifecycle) -> String {
    life.sunset
        .as_ref()
        .map(|it| format!(" ({it})"))
        .unwrap_or_default()
}

/// Whether two names are spelled alike, or one is the other and a unit.
fn near(a: &str, b: &str) -> bool {
    let bare = |name: &str| -> String {
        name.chars()
            .filter(|it| it.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (a, b) = (bare(a), bare(b));
    if a == b {
        return true;
    }
    let (short, long) = if a.len() < b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let unit = long.strip_prefix(short.as_str()).is_some_and(|rest| {
        [
            "s", "es", "seconds", "ms", "millis", "bytes", "name", "id", "ref", "list",
        ]
        .contains(&rest)
    });
    unit || strsim::damerau_levenshtein(&a, &b) <= (short.chars().count() / 4)
}

/// Whether a schema says so much that two of them are hardly equal by chance.
fn distinctive(schema: &Schema) -> bool {
    let limits = usize::from(schema.enumeration.is_some())
        + usize::from(schema.pattern.is_some())
        + usize::from(schema.minimum.is_some())
        + usize::from(schema.maximum.is_some())
        + schema.counts.len()
        + usize::from(schema.nullable == Some(true))
        + usize::from(schema.format.is_some())
        + usize::from(schema.stands_in())
        + schema.properties.len();
    limits >= 2
}

/// Whether something else than `required` refuses every object without a field.
fn is_asked_for(schemas: &Schemas, schema: &Schema, name: &str) -> bool {
    let Some(property) = schema.properties.get(name) else {
        return false;
    };
    let own = flat(schemas, property.schema);
    let by_rule = schema.rules.iter().any(|rule| {
        rule.error && rule.only_for.is_none() && rule.needs.iter().any(|it| it == name)
    });
    // What is filled in by a default is there.
    own.default.is_none() && (by_rule || own.layers.contains_key("filled"))
}
