//! Rules over lists: unique, refersTo, acyclic.

use super::limit::{key, shown};
use super::path::{Leaf, Owner, fulfils, steps, walk, walk_steps};
use super::place::Place;
use super::rule::said;
use super::{Context, Flags};
use crate::codes;
use crate::message;
use crate::table::{Condition, EACH, FieldPath, Layer, Rule};
use crate::view::{List, View};
use crate::{Level, Path, Violation};
use std::collections::{BTreeMap, BTreeSet};

impl Context {
    /// Entries of a list differ, whole or by one field.
    pub(super) fn unique(
        &mut self,
        owner: Owner<'_, '_>,
        rule: &'static Rule,
        path: &'static FieldPath,
        by: Option<&'static str>,
        level: Level,
        flags: Flags,
    ) {
        walk(owner, path, rule.layer, &mut |leaf| {
            let View::List(list) = leaf.view else { return };
            let mut seen = BTreeSet::new();
            for index in 0..list.len() {
                let item = leaf.place.item(index);
                let value = by.map_or(list.item(index), |by| own(list.item(index), by));
                if matches!(value, View::Absent | View::Null) || seen.insert(key(value)) {
                    continue;
                }
                let hidden = flags.sensitive || leaf.sensitive;
                let text = shown(value).filter(|_| !hidden);
                let message = said(rule, || {
                    message::unique(text.as_deref(), &path.to_string(), by, rule.when_words)
                });
                let below = by.map_or(item, |by| item.key(by));
                self.push(&below, codes::UNIQUE, level, message);
            }
        });
    }

    /// Each name used is a name given.
    #[allow(clippy::too_many_arguments)] // Each is one plain fact of the rule.
    pub(super) fn refers_to(
        &mut self,
        owner: Owner<'_, '_>,
        rule: &'static Rule,
        from: &'static FieldPath,
        to: &'static FieldPath,
        of: &'static [Condition],
        level: Level,
        flags: Flags,
    ) {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        walk(owner, to, rule.layer, &mut |leaf| {
            known.extend(leaf.view.text());
        });
        let mut judge = |leaf: &Leaf<'_, '_>| {
            let Some(name) = leaf.view.text().filter(|name| !known.contains(name)) else {
                return;
            };
            let shown = (!flags.sensitive && !leaf.sensitive).then_some(name);
            let message = said(rule, || {
                message::dangling(shown, &to.to_string(), rule.when_words)
            });
            self.push(leaf.place, codes::DANGLING, level, message);
        };
        // The conditions are about the items of the first list: stop there, ask, then go on.
        let each = from.0.iter().position(|step| *step == EACH);
        let (Some(each), false) = (each, of.is_empty()) else {
            walk(owner, from, rule.layer, &mut judge);
            return;
        };
        let (to_item, below) = from.0.split_at(each + 1);
        walk_steps(owner, to_item, rule.layer, &mut |item| {
            if item.view.is_present() && fulfils(item, of, rule.layer) {
                steps(item, below, rule.layer, &mut judge);
            }
        });
    }

    /// References between entries form no circle.
    pub(super) fn acyclic(
        &mut self,
        owner: Owner<'_, '_>,
        rule: &'static Rule,
        path: &'static FieldPath,
        name: &'static str,
        edges: &'static FieldPath,
        level: Level,
    ) {
        let mut found: Option<(Path, String)> = None;
        walk(owner, path, rule.layer, &mut |leaf| {
            let View::List(list) = leaf.view else { return };
            let graph = Graph::new(list, name, edges);
            let Some(circle) = graph.circle() else { return };
            let Some(&index) = circle.items.last() else {
                return;
            };
            let message = said(rule, || message::cycle(&circle.names));
            // Point at the name that closes the circle.
            let target = circle.names.last().copied();
            let place = leaf.place.item(index);
            let user = whole(&place, list.item(index));
            steps(&user, edges.0, rule.layer, &mut |edge| {
                if found.is_none() && edge.view.text() == target {
                    found = Some((edge.place.path(), message.clone()));
                }
            });
        });
        if let Some((path, message)) = found {
            self.found.push(Violation {
                code: codes::CYCLE,
                level,
                path,
                message,
            });
        }
    }
}

/// A value as the start of a path.
fn whole<'l, 'a>(place: &'l Place<'l>, view: View<'a>) -> Leaf<'l, 'a> {
    Leaf {
        place,
        view,
        shape: None,
        sensitive: false,
    }
}

/// A field of an item as it is written, defaults left out.
pub(super) fn own<'a>(item: View<'a>, name: &str) -> View<'a> {
    match item {
        View::Object(object) => object
            .table()
            .position(name)
            .map_or(View::Absent, |at| object.field(at)),
        View::Map(map) => map
            .entries()
            .find(|(key, _)| *key == name)
            .map_or(View::Absent, |(_, view)| view),
        _ => View::Absent,
    }
}

/// Who refers to whom.
struct Graph<'a> {
    names: Vec<Option<&'a str>>,
    edges: Vec<Vec<usize>>,
}

/// A circle: its names, the first one again at the end.
struct Circle<'a> {
    names: Vec<&'a str>,
    items: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

impl<'a> Graph<'a> {
    fn new(list: &'a dyn List, name: &str, edges: &'static FieldPath) -> Self {
        let names: Vec<Option<&str>> = (0..list.len())
            .map(|index| own(list.item(index), name).text())
            .collect();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            if let Some(name) = name {
                places.entry(name).or_insert(at);
            }
        }
        let edges = (0..list.len())
            .map(|index| {
                let mut targets = Vec::new();
                let item = whole(&Place::ROOT, list.item(index));
                steps(&item, edges.0, Layer::Structure, &mut |leaf| {
                    targets.extend(leaf.view.text().and_then(|name| places.get(name)).copied());
                });
                targets
            })
            .collect();
        Self { names, edges }
    }

    /// The first circle in the order of the items. Depth first, without recursion.
    fn circle(&self) -> Option<Circle<'a>> {
        let mut states = vec![State::New; self.edges.len()];
        let mut way: Vec<(usize, usize)> = Vec::new();
        for start in 0..self.edges.len() {
            if states.get(start) != Some(&State::New) {
                continue;
            }
            way.push((start, 0));
            while let Some((at, next)) = way.last_mut() {
                let (at, edge) = (*at, *next);
                *next += 1;
                let target = self
                    .edges
                    .get(at)
                    .and_then(|edges| edges.get(edge))
                    .copied();
                if let Some(state) = states.get_mut(at) {
                    *state = if target.is_some() {
                        State::Open
                    } else {
                        State::Done
                    };
                }
                match target.and_then(|target| Some((target, *states.get(target)?))) {
                    None => {
                        way.pop();
                    }
                    Some((target, State::New)) => way.push((target, 0)),
                    Some((target, State::Open)) => return Some(self.close(&way, target)),
                    Some((_, State::Done)) => {}
                }
            }
        }
        None
    }

    fn close(&self, way: &[(usize, usize)], target: usize) -> Circle<'a> {
        let items: Vec<usize> = way
            .iter()
            .map(|(at, _)| *at)
            .skip_while(|at| *at != target)
            .collect();
        let name = |at: &usize| self.names.get(*at).copied().flatten().unwrap_or("");
        let names = items
            .iter()
            .chain(std::iter::once(&target))
            .map(name)
            .collect();
        Circle { names, items }
    }
}
