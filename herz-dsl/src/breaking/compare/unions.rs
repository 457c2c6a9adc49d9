//! Unions: branches, tags, and schemas that became or stopped being a union.

use super::{Comparison, Pair, Raw};
use crate::breaking::level::{Direction, Level};
use crate::breaking::model::{Discriminator, Id, Schema, Union, UnionKind};
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    /// A schema that became one branch of a union, or the other way round: told as one change of
    /// type. True if that is what happened.
    pub(super) fn wrapped(&mut self, old: Id, new: Id, direction: Direction, path: &str) -> bool {
        let (o, n) = (self.old.get(old), self.new.get(new));
        let plain = |schema: &Schema| schema.unions.is_empty();
        let only_union = |schema: &Schema| {
            !plain(schema) && schema.shell_is_empty() && schema.references.is_empty()
        };
        let (rule, message) = if plain(o) && only_union(n) {
            let branches = n.union().map(|it| it.branches.clone()).unwrap_or_default();
            if !branches.iter().any(|branch| self.alike(old, *branch)) {
                return false;
            }
            ("type-widened", "it became one of several schemas")
        } else if only_union(o) && plain(n) {
            let branches = o.union().map(|it| it.branches.clone()).unwrap_or_default();
            if !branches.iter().any(|branch| self.alike(*branch, new)) {
                return false;
            }
            ("type-narrowed", "one of several schemas is left")
        } else {
            return false;
        };
        let raw = Raw::new(rule, path, direction, message);
        self.emit(raw.old(o.span).new_at(n.span));
        true
    }

    fn alike(&mut self, old: Id, new: Id) -> bool {
        match (
            self.old.get(old).pure_reference(),
            self.new.get(new).pure_reference(),
        ) {
            (Some(a), Some(b)) if self.same_name(a, b) => true,
            _ => self.equal(old, new),
        }
    }

    pub(super) fn unions(&mut self, pair: &Pair<'_>) {
        match (pair.old.union(), pair.new.union()) {
            (None, None) => {}
            (Some(old), Some(new)) => {
                self.union_kind(pair, old, new);
                let retagged = self.discriminators(pair, old, new);
                self.branches(pair, old, new, &retagged);
            }
            (None, Some(union)) => {
                let raw = pair.raw(
                    "all-of-added",
                    keyword(union),
                    "values must match one of several schemas too",
                );
                self.emit(raw.new_at(union.span));
            }
            (Some(union), None) => {
                let raw = pair.raw(
                    "all-of-removed",
                    keyword(union),
                    "values need not match one of several schemas any more",
                );
                self.emit(raw.old(union.span));
            }
        }
        let extra = |schema: &Schema| schema.unions.len().saturating_sub(1);
        if extra(pair.old) + extra(pair.new) > 0 {
            self.further_unions(pair);
        }
    }

    /// Schemas with two unions are rare: each further one is compared as a condition of its own.
    fn further_unions(&mut self, pair: &Pair<'_>) {
        let rest = |schema: &Schema| {
            schema
                .unions
                .iter()
                .skip(1)
                .cloned()
                .collect::<Vec<Union>>()
        };
        let (old, new) = (rest(pair.old), rest(pair.new));
        for (a, b) in old.iter().zip(&new) {
            self.union_kind(pair, a, b);
            self.branches(pair, a, b, &BTreeSet::new());
        }
        if new.len() > old.len() {
            self.emit(pair.raw(
                "all-of-added",
                "anyOf",
                "values must match one of several schemas too",
            ));
        } else if old.len() > new.len() {
            self.emit(pair.raw(
                "all-of-removed",
                "anyOf",
                "values need not match one of several schemas any more",
            ));
        }
    }

    fn union_kind(&mut self, pair: &Pair<'_>, old: &Union, new: &Union) {
        let (rule, message) = match (old.kind, new.kind) {
            (UnionKind::OneOf, UnionKind::AnyOf) => {
                ("one-of-to-any-of", "values may match several branches now")
            }
            (UnionKind::AnyOf, UnionKind::OneOf) => {
                ("any-of-to-one-of", "values may match one branch only now")
            }
            _ => return,
        };
        self.emit(
            Raw::new(rule, pair.path, pair.direction, message)
                .old(old.span)
                .new_at(new.span),
        );
    }

    fn branches(
        &mut self,
        pair: &Pair<'_>,
        old: &Union,
        new: &Union,
        retagged: &BTreeSet<(Id, Id)>,
    ) {
        let (pairs, left_old, left_new) = self.paired(old, new, retagged);
        for (a, b) in &pairs {
            if !retagged.contains(&(*a, *b)) {
                self.walk(*a, *b, pair.direction, pair.path);
            }
        }
        let open = pair.old.open_union;
        let tags = tags(self.new, pair.new);
        for id in left_new {
            let schema = self.new.get(id);
            let name = schema
                .pure_reference()
                .map_or("a branch".to_owned(), |it| format!("`{it}`"));
            let overlaps = new.kind == UnionKind::OneOf
                && pairs
                    .iter()
                    .any(|(_, other)| !self.disjoint(id, *other, tags.as_ref()));
            let raw = if overlaps {
                let message =
                    format!("{name} was added, and values of another branch match it too");
                pair.raw("variant-overlaps", keyword(new), message)
            } else {
                pair.raw("variant-added", keyword(new), format!("{name} was added"))
            };
            let mut raw = raw.old(old.span).new_at(schema.span);
            if open && !overlaps && pair.direction == Direction::Output {
                raw = raw.level(Level::Minor);
            }
            self.emit(raw);
        }
        for id in left_old {
            let schema = self.old.get(id);
            let name = schema
                .pure_reference()
                .map_or("a branch".to_owned(), |it| format!("`{it}`"));
            let raw = pair.raw(
                "variant-removed",
                keyword(old),
                format!("{name} was removed"),
            );
            self.emit(
                raw.old(schema.span)
                    .new_at(new.span)
                    .witness(Some(format!("a value of {name}"))),
            );
        }
    }

    /// Which branch is which: by name, by equality, by order.
    fn paired(
        &mut self,
        old: &Union,
        new: &Union,
        retagged: &BTreeSet<(Id, Id)>,
    ) -> (Vec<(Id, Id)>, Vec<Id>, Vec<Id>) {
        let mut pairs: Vec<(Id, Id)> = Vec::new();
        let mut left_old: Vec<Id> = old.branches.clone();
        let mut left_new: Vec<Id> = new.branches.clone();
        let mut take = |left_old: &mut Vec<Id>,
                        left_new: &mut Vec<Id>,
                        same: &mut dyn FnMut(Id, Id) -> bool| {
            left_old.retain(|a| match left_new.iter().position(|b| same(*a, *b)) {
                Some(at) => {
                    pairs.push((*a, left_new.remove(at)));
                    false
                }
                None => true,
            });
        };
        take(&mut left_old, &mut left_new, &mut |a, b| {
            retagged.contains(&(a, b))
        });
        take(&mut left_old, &mut left_new, &mut |a, b| match (
            self.old.get(a).pure_reference(),
            self.new.get(b).pure_reference(),
        ) {
            (Some(a), Some(b)) => self.same_name(a, b),
            _ => false,
        });
        take(&mut left_old, &mut left_new, &mut |a, b| self.equal(a, b));
        // What is left without a name is taken in order, if as many came as went.
        let nameless = |list: &[Id], schemas: &super::Schemas| {
            list.iter()
                .all(|id| schemas.get(*id).pure_reference().is_none())
        };
        if left_old.len() == left_new.len()
            && nameless(&left_old, self.old)
            && nameless(&left_new, self.new)
        {
            take(&mut left_old, &mut left_new, &mut |_, _| true);
        }
        (pairs, left_old, left_new)
    }

    /// Tags. Gives the pairs of branches that one tag points to, where it points elsewhere now.
    fn discriminators(&mut self, pair: &Pair<'_>, old: &Union, new: &Union) -> BTreeSet<(Id, Id)> {
        let mut retagged = BTreeSet::new();
        let (a, b) = match (&pair.old.discriminator, &pair.new.discriminator) {
            (None, None) => return retagged,
            (None, Some(it)) => {
                let message = format!("`{}` tells the branch now", it.property);
                self.emit(
                    pair.raw("discriminator-added", "discriminator", message)
                        .old(old.span),
                );
                return retagged;
            }
            (Some(it), None) => {
                let message = format!("`{}` does not tell the branch any more", it.property);
                self.emit(
                    pair.raw("discriminator-removed", "discriminator", message)
                        .new_at(new.span),
                );
                return retagged;
            }
            (Some(a), Some(b)) => (a, b),
        };
        if a.property != b.property {
            let message = format!(
                "`{}` told the branch, now `{}` does",
                a.property, b.property
            );
            self.emit(pair.raw("discriminator-renamed", "discriminator", message));
            for id in &old.branches {
                self.echoes
                    .insert((false, self.old.target(*id), a.property.clone()));
            }
            for id in &new.branches {
                self.echoes
                    .insert((true, self.new.target(*id), b.property.clone()));
            }
        }
        self.mapping(pair, (a, old), (b, new), &mut retagged);
        retagged
    }

    fn mapping(
        &mut self,
        pair: &Pair<'_>,
        (a, old): (&Discriminator, &Union),
        (b, new): (&Discriminator, &Union),
        retagged: &mut BTreeSet<(Id, Id)>,
    ) {
        let (before, after) = (names(self.old, a, old), names(self.new, b, new));
        let kept = |name: &str, list: &Union, schemas: &super::Schemas| {
            list.branches.iter().any(|id| {
                schemas
                    .get(*id)
                    .pure_reference()
                    .map(|it| schemas.real_name(it))
                    == Some(schemas.real_name(name))
            })
        };
        let mut lost = Vec::new();
        let mut won = Vec::new();
        for (tag, target) in &before {
            match after.get(tag) {
                None => {
                    // The tag of a branch that is gone goes with it.
                    let same = new.branches.iter().any(|id| {
                        self.new
                            .get(*id)
                            .pure_reference()
                            .is_some_and(|it| self.same_name(target, it))
                    });
                    if same {
                        lost.push(tag.clone());
                    }
                }
                Some(other) if !self.same_name(target, other) => {
                    self.retargeted(pair, tag, (target, old), (other, new), retagged);
                }
                Some(_) => {}
            }
        }
        for (tag, target) in &after {
            if !before.contains_key(tag) {
                let known = old.branches.iter().any(|id| {
                    self.old
                        .get(*id)
                        .pure_reference()
                        .is_some_and(|it| self.same_name(it, target))
                });
                if known || !kept(target, new, self.new) {
                    won.push(tag.clone());
                }
            }
        }
        if !lost.is_empty() {
            let message = format!("the tag {} is gone", lost.join(", "));
            self.emit(pair.raw("discriminator-mapping-removed", "discriminator", message));
        }
        if !won.is_empty() {
            let message = format!("the tag {} is new", won.join(", "));
            let mut raw = pair.raw("discriminator-mapping-added", "discriminator", message);
            if pair.old.open_union && pair.direction == Direction::Output {
                raw = raw.level(Level::Minor);
            }
            self.emit(raw);
        }
    }

    fn retargeted(
        &mut self,
        pair: &Pair<'_>,
        tag: &str,
        (target, old): (&str, &Union),
        (other, new): (&str, &Union),
        retagged: &mut BTreeSet<(Id, Id)>,
    ) {
        let (Some(a), Some(b)) = (self.old.component(target), self.new.component(other)) else {
            return;
        };
        let level = self.difference(a, b, pair.direction);
        let message = format!("the tag `{tag}` pointed to `{target}`, now to `{other}`");
        let raw = pair.raw("discriminator-mapping-retargeted", "discriminator", message);
        self.emit(raw.level(level));
        let find = |list: &Union, name: &str, schemas: &super::Schemas| {
            let named = |id: &&Id| schemas.get(**id).pure_reference() == Some(name);
            list.branches.iter().find(named).copied()
        };
        if let (Some(a), Some(b)) = (find(old, target, self.old), find(new, other, self.new)) {
            retagged.insert((a, b));
        }
    }
}

fn keyword(union: &Union) -> &'static str {
    match union.kind {
        UnionKind::OneOf => "oneOf",
        UnionKind::AnyOf => "anyOf",
    }
}

/// Tag to schema: as written, or each branch under its own name.
fn names(schemas: &super::Schemas, it: &Discriminator, union: &Union) -> BTreeMap<String, String> {
    if !it.mapping.is_empty() {
        return it.mapping.clone();
    }
    let named = union
        .branches
        .iter()
        .filter_map(|id| schemas.get(*id).pure_reference());
    named
        .map(|name| (name.to_owned(), name.to_owned()))
        .collect()
}

/// Schema to its tags.
fn tags(schemas: &super::Schemas, schema: &Schema) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let mut tags: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (tag, name) in names(schemas, schema.discriminator.as_ref()?, schema.union()?) {
        tags.entry(name).or_default().insert(tag);
    }
    Some(tags)
}
