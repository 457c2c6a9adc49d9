//! Old against new, schema by schema.
//!
//! The walk goes from every use (a request, a `spec`) down both sides at once and knows its
//! direction. Named schemas are compared once a direction, under their own name, which also ends
//! the walk of recursive ones.

mod accepts;
mod bounds;
mod composition;
mod disjoint;
mod enums;
mod fields;
mod lifecycle;
mod lists;
mod marks;
mod objects;
mod rules;
mod settle;
mod types;
mod unions;

use super::level::{Direction, Level};
use super::merge;
use super::model::{Id, Schema, Schemas};
use super::pattern::{self, Relation};
use super::report::{Collector, Raw};
pub(super) use accepts::accepts_strictly;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A field that vanished or appeared, for what is told only when all are known.
#[derive(Debug, Clone)]
pub(super) struct FieldChange {
    pub(super) kind: Option<String>,
    /// The object it is a field of.
    pub(super) parent: String,
    pub(super) name: String,
    pub(super) rule: &'static str,
    pub(super) path: String,
    pub(super) schema: Id,
    /// The object, to tell echoes of changes to its union.
    pub(super) object: Id,
    pub(super) added: bool,
}

/// What stays the same over one comparison.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    /// Whether defaults are filled in before a document is judged.
    pub(super) defaults_first: bool,
    /// Today, as `2026-11-23`, which sunsets by date are compared with.
    pub(super) today: String,
    /// Days of notice that a deprecation must give, if it must.
    pub(super) notice: Option<u32>,
    /// Version of the new document, which sunsets by version are compared with.
    pub(super) version: String,
}

/// One comparison.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Schemas,
    pub(super) new: &'a Schemas,
    pub(super) setting: &'a Setting,
    pub(super) out: Collector,
    /// Components that have another name in the new document, and nothing else new.
    pub(super) renamed: BTreeMap<String, String>,
    /// Names of kinds whose parts are named schemas: `NetworkChaos.spec`.
    pub(super) kinds: BTreeSet<String>,
    seen: HashSet<(Id, Id, Direction)>,
    /// Pairs that the walk began with or went on from, by kind and path.
    pub(super) starts: super::prove::Starts,
    pub(super) changes: Vec<FieldChange>,
    /// Properties that follow from a change elsewhere: side, object, name.
    pub(super) echoes: BTreeSet<(bool, Id, String)>,
    patterns: BTreeMap<(String, String), Relation>,
    equals: BTreeMap<(Id, Id), bool>,
    /// Schemas inside each other that are being compared now.
    depth: usize,
    /// Pairs that wait for their turn.
    waiting: Vec<Waiting>,
    /// How many questions «are these equal?» this comparison stands in.
    nesting: usize,
    /// Those questions: inside one, its own pair counts as equal, as nothing has shown otherwise.
    asked: BTreeSet<(Id, Id)>,
}

/// A pair of schemas that waits for its turn.
struct Waiting {
    old: Id,
    new: Id,
    direction: Direction,
    path: String,
    kind: Option<String>,
}

/// Schemas inside each other that are compared at once. Deeper ones wait for their turn, so that
/// the depth of a document is not the depth of the stack.
const DEPTH: usize = 12;
/// Questions inside questions; beyond that the answer is no, which reports more, never less.
const NESTING: usize = 2;

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Schemas, new: &'a Schemas, setting: &'a Setting) -> Self {
        Self {
            old,
            new,
            setting,
            out: Collector::default(),
            renamed: BTreeMap::new(),
            kinds: BTreeSet::new(),
            seen: HashSet::new(),
            starts: BTreeMap::new(),
            changes: Vec::new(),
            echoes: BTreeSet::new(),
            patterns: BTreeMap::new(),
            equals: BTreeMap::new(),
            depth: 0,
            waiting: Vec::new(),
            nesting: 0,
            asked: BTreeSet::new(),
        }
    }

    pub(super) fn emit(&mut self, raw: Raw) {
        self.out.add(raw);
    }

    /// Whether two schemas allow and mean the same.
    pub(super) fn equal(&mut self, old: Id, new: Id) -> bool {
        let (old, new) = (self.old.target(old), self.new.target(new));
        if self.asked.contains(&(old, new)) {
            return true;
        }
        if let Some(known) = self.equals.get(&(old, new)) {
            return *known;
        }
        let both = [Direction::Input, Direction::Output];
        let equal = self.probe(old, new, &both).is_some_and(|it| it.is_clean());
        // Further in, an answer may only stand for «too deep to tell».
        if self.nesting == 0 {
            self.equals.insert((old, new), equal);
        }
        equal
    }

    /// The worst level of what differs between two schemas.
    pub(super) fn difference(&mut self, old: Id, new: Id, direction: Direction) -> Level {
        self.probe(old, new, &[direction])
            .map_or(Level::Major, |it| it.worst())
    }

    /// What differs between two schemas; None if that is too deep a question.
    fn probe(&mut self, old: Id, new: Id, directions: &[Direction]) -> Option<Collector> {
        if self.nesting >= NESTING {
            return None;
        }
        let mut inner = Comparison::new(self.old, self.new, self.setting);
        inner.nesting = self.nesting + 1;
        inner.asked.clone_from(&self.asked);
        inner.asked.insert((old, new));
        inner.renamed.clone_from(&self.renamed);
        inner.kinds.clone_from(&self.kinds);
        std::mem::swap(&mut inner.patterns, &mut self.patterns);
        for direction in directions {
            inner.walk(old, new, *direction, "");
        }
        inner.finish();
        std::mem::swap(&mut inner.patterns, &mut self.patterns);
        Some(inner.out)
    }

    /// Compares all that waits for its turn.
    pub(super) fn finish(&mut self) {
        while let Some(next) = self.waiting.pop() {
            self.out.kind = next.kind;
            self.walk(next.old, next.new, next.direction, &next.path);
        }
        self.out.kind = None;
    }

    fn wait(&mut self, old: Id, new: Id, direction: Direction, path: &str) {
        if !self.seen.contains(&(old, new, direction)) {
            let (path, kind) = (path.to_owned(), self.out.kind.clone());
            self.waiting.push(Waiting {
                old,
                new,
                direction,
                path,
                kind,
            });
        }
    }

    /// How two patterns relate; each pair is decided once.
    pub(super) fn relate(&mut self, old: &str, new: &str) -> Relation {
        let key = (old.to_owned(), new.to_owned());
        self.patterns
            .entry(key)
            .or_insert_with(|| pattern::relate(old, new))
            .clone()
    }

    /// Finds components that have another name and are equal otherwise.
    pub(super) fn find_renamed(&mut self) {
        let (old, new) = (self.old, self.new);
        let gone: Vec<&String> = old
            .components
            .keys()
            .filter(|name| !new.components.contains_key(*name))
            .collect();
        let come: Vec<&String> = new
            .components
            .keys()
            .filter(|name| !old.components.contains_key(*name))
            .collect();
        for name in gone {
            let Some(id) = old.components.get(name) else {
                continue;
            };
            let mut equal = Vec::new();
            for candidate in &come {
                if let Some(other) = new.components.get(*candidate)
                    && !self.renamed.values().any(|it| it == *candidate)
                    && self.equal(*id, *other)
                {
                    equal.push((*candidate).clone());
                }
            }
            if let [only] = equal.as_slice() {
                self.renamed.insert(name.clone(), only.clone());
            }
        }
    }

    /// Compares the schemas at one place.
    pub(super) fn walk(&mut self, old: Id, new: Id, direction: Direction, path: &str) {
        let (o, n) = (self.old.get(old), self.new.get(new));
        if let (Some(a), Some(b)) = (o.pure_reference(), n.pure_reference())
            && self.same_name(a, b)
        {
            self.component(a, b, direction);
            return;
        }
        if self.depth > DEPTH {
            self.wait(old, new, direction, path);
            return;
        }
        if !self.seen.insert((old, new, direction)) {
            return;
        }
        if self.depth == 0 && self.nesting == 0 {
            let key = (self.out.kind.clone(), path.to_owned());
            self.starts.entry(key).or_insert((old, new));
        }
        self.depth += 1;
        if !self.wrapped(old, new, direction, path) {
            self.references(old, new, direction, path);
        }
        self.depth -= 1;
    }

    /// Whether two references mean the schema that is one in both documents.
    pub(super) fn same_name(&self, old: &str, new: &str) -> bool {
        let (old, new) = (self.old.real_name(old), self.new.real_name(new));
        old == new || self.renamed.get(old).is_some_and(|name| name == new)
    }

    /// Compares a named schema under its own name.
    pub(super) fn component(&mut self, old: &str, new: &str, direction: Direction) {
        let (old_name, new_name) = (self.old.real_name(old), self.new.real_name(new));
        let (Some(old), Some(new)) = (self.old.component(old), self.new.component(new)) else {
            return;
        };
        // Names that only stand for each other say nothing.
        let empty = |schema: &Schema| schema.pure_reference().is_some();
        if empty(self.old.get(old)) || empty(self.new.get(new)) {
            return;
        }
        // `spec` and `status` of a kind are told as such.
        let bare = new_name.rsplit('/').next().unwrap_or(new_name);
        if let Some((kind, part)) = bare.split_once('.').filter(|it| self.kinds.contains(it.0)) {
            let kind = self.out.kind.replace(kind.to_owned());
            self.wait(old, new, direction, part);
            self.out.kind = kind;
            return;
        }
        // Any other named schema belongs to no kind, however many use it.
        let kind = self.out.kind.take();
        let path = format!("schema({new_name})");
        if old_name != new_name {
            let message = format!("`{old_name}` is now called `{new_name}`");
            let (a, b) = (self.old.get(old).span, self.new.get(new).span);
            self.emit(
                Raw::new("schema-renamed", &path, direction, message)
                    .old(a)
                    .new_at(b),
            );
        }
        self.wait(old, new, direction, &path);
        self.out.kind = kind;
    }

    /// References of both sides: those that mean the same schema are compared there; what is left
    /// is compared here.
    fn references(&mut self, old: Id, new: Id, direction: Direction, path: &str) {
        let (o, n) = (self.old.get(old), self.new.get(new));
        let mut left_new: Vec<&super::model::Reference> = n.references.iter().collect();
        let mut left_old = Vec::new();
        let mut pairs = Vec::new();
        for reference in &o.references {
            match left_new
                .iter()
                .position(|it| self.same_name(&reference.name, &it.name))
            {
                Some(at) => pairs.push((reference.name.clone(), left_new.remove(at).name.clone())),
                None => left_old.push(reference),
            }
        }
        for (a, b) in &pairs {
            self.component(a, b, direction);
        }
        if left_old.is_empty() && left_new.is_empty() {
            self.node((old, o), (new, n), direction, path);
            return;
        }
        // A further conjunct beside ones that stay; anything else is compared with the references
        // laid in.
        let extracted = o
            .properties
            .keys()
            .any(|name| !n.properties.contains_key(name))
            || n.properties
                .keys()
                .any(|name| !o.properties.contains_key(name));
        if !pairs.is_empty() && !extracted && (left_old.is_empty() || left_new.is_empty()) {
            for reference in &left_new {
                let message = format!("values must be valid for `{}` too", reference.name);
                let raw = Raw::new("all-of-added", path, direction, message);
                self.emit(raw.old(o.span).new_at(reference.span));
            }
            for reference in &left_old {
                let message = format!("values need not be valid for `{}` any more", reference.name);
                let raw = Raw::new("all-of-removed", path, direction, message);
                self.emit(raw.old(reference.span).new_at(n.span));
            }
            self.node((old, o), (new, n), direction, path);
            return;
        }
        self.inlined((old, &left_old), (new, &left_new), direction, path);
    }

    fn inlined(
        &mut self,
        (old, left_old): (Id, &[&super::model::Reference]),
        (new, left_new): (Id, &[&super::model::Reference]),
        direction: Direction,
        path: &str,
    ) {
        let (o, n) = (self.old.get(old), self.new.get(new));
        let flat_old = flattened(self.old, o, left_old);
        let flat_new = flattened(self.new, n, left_new);
        let message = match (left_old, left_new) {
            ([a], [b]) => format!("refers to `{}` instead of `{}`", b.name, a.name),
            ([a], _) => format!("what `{}` says now stands here", a.name),
            (_, [b]) => format!("what stood here is now the schema `{}`", b.name),
            _ => "schemas it is made of were laid together or apart".to_owned(),
        };
        self.emit(
            Raw::new("schema-inlined", path, direction, message)
                .old(o.span)
                .new_at(n.span),
        );
        self.node((old, &flat_old), (new, &flat_new), direction, path);
    }

    /// Compares what two schemas say themselves.
    fn node(
        &mut self,
        (old_id, old): (Id, &Schema),
        (new_id, new): (Id, &Schema),
        direction: Direction,
        path: &str,
    ) {
        let pair = Pair {
            old,
            new,
            old_id,
            new_id,
            direction,
            path,
        };
        self.docs(&pair);
        let shared = self.types(&pair);
        self.enums(&pair, shared);
        self.formats(&pair, shared);
        self.bounds(&pair, shared);
        self.unions(&pair);
        self.conjuncts(&pair);
        self.objects(&pair, shared);
        self.lists(&pair, shared);
        self.defaults(&pair);
        self.marks(&pair);
        self.cross_rules(&pair);
        self.life(&old.life, &new.life, direction, path, (old.span, new.span));
        self.unknown_keywords(&pair);
    }
}

/// Two schemas at one place.
pub(super) struct Pair<'p> {
    pub(super) old: &'p Schema,
    pub(super) new: &'p Schema,
    pub(super) old_id: Id,
    pub(super) new_id: Id,
    pub(super) direction: Direction,
    pub(super) path: &'p str,
}

impl Pair<'_> {
    /// A finding here whose places are those of a keyword.
    pub(super) fn raw(&self, rule: &'static str, keyword: &str, message: impl Into<String>) -> Raw {
        Raw::new(rule, self.path, self.direction, message)
            .old(self.old.at(keyword))
            .new_at(self.new.at(keyword))
            .values(self.old.said(keyword), self.new.said(keyword))
    }

    /// The path of a field of this object.
    pub(super) fn field(&self, name: &str) -> String {
        if self.path == super::kind::ROOT {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

/// The schema with references laid in.
pub(super) fn flattened(
    schemas: &Schemas,
    schema: &Schema,
    references: &[&super::model::Reference],
) -> Schema {
    let mut flat = schema.clone();
    flat.references.clear();
    let mut seen = BTreeSet::new();
    let mut wanted: Vec<String> = references.iter().map(|it| it.name.clone()).collect();
    while let Some(name) = wanted.pop() {
        let Some(id) = schemas.component(&name) else {
            flat.rest.insert(
                format!("$ref {name}"),
                (super::value::Value::Null, schema.span),
            );
            continue;
        };
        if !seen.insert(id) {
            continue;
        }
        let mut part = schemas.get(id).clone();
        wanted.extend(
            std::mem::take(&mut part.references)
                .into_iter()
                .map(|it| it.name),
        );
        if !merge::lay_in(&mut flat, &part) {
            flat.conjuncts.push(id);
        }
    }
    flat
}

/// The schema of an id with all its references laid in.
pub(super) fn flat(schemas: &Schemas, id: Id) -> Schema {
    let schema = schemas.get(id);
    let references: Vec<&super::model::Reference> = schema.references.iter().collect();
    flattened(schemas, schema, &references)
}

impl Comparison<'_> {
    /// Compares two schemas that are the root of a kind, made for one direction.
    pub(super) fn root(
        &mut self,
        old: &Schema,
        new: &Schema,
        (old_id, new_id): (Id, Id),
        direction: Direction,
    ) {
        self.node((old_id, old), (new_id, new), direction, super::kind::ROOT);
    }
}
