//! Rules over the entries of lists: unique, refersTo, acyclic.

use super::MOST_FINDINGS;
use super::constraint::{Key, key};
use super::context::{Context, Flags};
use super::path::{Leaf, Value, View};
use super::report::{At, Frame, finding};
use super::rule::ruled;
use super::shape::RuleShape;
use super::words;
use crate::catalog::{Condition, FieldPath, Layer, PathStep, Type};
use crate::diagnostic::{Diagnostic, Level, did_you_mean};
use crate::tree::Node;
use herz_types::codes;
use herz_types::message;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Entries of a list differ, whole or by one field.
    pub(super) fn unique(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        by: Option<&str>,
        level: Level,
        flags: Flags,
    ) {
        let Some(list) = rule.paths.first() else {
            return;
        };
        let mut found: Vec<Diagnostic> = Vec::new();
        self.checker
            .shapes
            .walk(frame, view, list, rule.rule.layer, &mut |leaf| {
                let Some(Value::Node(node)) = leaf.value else {
                    return;
                };
                if node.items().len() < 2 {
                    return;
                }
                let mut seen: BTreeMap<Key<'_>, Node<'t>> = BTreeMap::new();
                for (index, item) in node.items().enumerate() {
                    if found.len() >= MOST_FINDINGS {
                        return;
                    }
                    let Some(value) = by
                        .map_or(Some(item), |by| item.get(by))
                        .filter(|value| !value.is_null())
                    else {
                        continue;
                    };
                    let first = match seen.entry(key(value)) {
                        Entry::Occupied(known) => *known.get(),
                        Entry::Vacant(free) => {
                            free.insert(value);
                            continue;
                        }
                    };
                    let shown = value
                        .scalar()
                        .filter(|_| !flags.sensitive && !leaf.sensitive)
                        .map(|scalar| scalar.text);
                    let text = rule.rule.message.clone().unwrap_or_else(|| {
                        message::unique(
                            shown,
                            &list.path.to_string(),
                            by,
                            &words::when(&rule.rule.when),
                        )
                    });
                    let at = leaf.frame.item(index, item);
                    let below = by
                        .and_then(|by| item.entry(by))
                        .map(|entry| at.entry(entry));
                    let one = finding(
                        below.as_ref().unwrap_or(&at),
                        At::Value,
                        codes::UNIQUE,
                        level,
                        text,
                    );
                    found.push(one.related(first.place(), "first here"));
                }
            });
        for diagnostic in found {
            self.push(ruled(diagnostic, rule));
        }
    }

    /// Each name used is a name given.
    #[allow(clippy::too_many_arguments)] // Each is one plain fact of the rule.
    pub(super) fn refers_to(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        from: &'c FieldPath,
        of: &'c [Condition],
        level: Level,
        flags: Flags,
    ) {
        let [users, names] = rule.paths.as_slice() else {
            return;
        };
        let checker = self.checker;
        let shapes = &checker.shapes;
        let layer = rule.rule.layer;
        let mut known: BTreeSet<&'t str> = BTreeSet::new();
        shapes.walk(frame, view, names, layer, &mut |leaf| {
            known.extend(leaf.value.and_then(Value::text));
        });
        let mut found = Vec::new();
        let mut judge = |frame: &Frame<'_>, value: Option<Value<'t>>, sensitive: bool| {
            let Some(name) = value
                .and_then(Value::text)
                .filter(|name| !known.contains(name))
            else {
                return;
            };
            if found.len() >= MOST_FINDINGS {
                return;
            }
            let hidden = flags.sensitive || sensitive;
            let text = rule.rule.message.clone().unwrap_or_else(|| {
                let shown = (!hidden).then_some(name);
                message::dangling(
                    shown,
                    &names.path.to_string(),
                    &words::when(&rule.rule.when),
                )
            });
            let one = finding(frame, At::Value, codes::DANGLING, level, text);
            // Suggestions for thousands of names among thousands would take minutes.
            let meant = if hidden || (known.len() > 100 && found.len() >= 10) {
                None
            } else {
                did_you_mean(name, known.iter().copied())
            };
            found.push(match meant {
                Some(meant) => one.help(format!("did you mean `{meant}`?")),
                None => one,
            });
        };
        // The conditions are about the items of the first list: stop there, ask, then go on.
        let each = from.0.iter().position(|step| *step == PathStep::Each);
        let (Some(each), false) = (each, of.is_empty()) else {
            shapes.walk(frame, view, users, layer, &mut |leaf| {
                judge(leaf.frame, leaf.value, leaf.sensitive);
            });
            for diagnostic in found {
                self.push(ruled(diagnostic, rule));
            }
            return;
        };
        let (to_list, below) = from.0.split_at(each + 1);
        let Some((PathStep::Field(_), to_item)) = to_list.split_first() else {
            return;
        };
        let list = super::shape::PathShape {
            path: from,
            first: users.first,
            single: users.single,
        };
        shapes.walk_part(frame, view, &list, to_item, layer, &mut |item| {
            let Some(value) = item.value else { return };
            if shapes.fulfils(value, item.ty, of, layer, item.frame) {
                shapes.steps(*item, below, layer, &mut |leaf| {
                    judge(leaf.frame, leaf.value, leaf.sensitive);
                });
            }
        });
        for diagnostic in found {
            self.push(ruled(diagnostic, rule));
        }
    }

    /// References between entries form no circle.
    pub(super) fn acyclic(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        name: &str,
        edges: &'c FieldPath,
        level: Level,
    ) {
        let Some(list) = rule.paths.first() else {
            return;
        };
        let shapes = &self.checker.shapes;
        let mut found = None;
        shapes.walk(frame, view, list, rule.rule.layer, &mut |leaf| {
            let Some(Value::Node(node)) = leaf.value else {
                return;
            };
            let items: Vec<Node<'t>> = node.items().collect();
            let graph = Graph::new(
                shapes,
                &items,
                leaf.ty.and_then(|ty| shapes.item_type(ty)),
                name,
                edges,
            );
            let Some(circle) = graph.circle() else { return };
            let Some((index, user)) = circle
                .last_item()
                .and_then(|at| Some((at, *items.get(at)?)))
            else {
                return;
            };
            let frame = leaf.frame.item(index, user);
            let text = rule
                .rule
                .message
                .clone()
                .unwrap_or_else(|| message::cycle(&circle.names));
            // Point at the name that closes the circle.
            let target = circle.names.last().copied();
            let layer = rule.rule.layer;
            let from = Leaf {
                frame: &frame,
                value: Some(Value::Node(user)),
                ty: None,
                sensitive: false,
            };
            shapes.steps(from, &edges.0, layer, &mut |edge| {
                if found.is_none() && edge.value.and_then(Value::text) == target {
                    let text = text.clone();
                    found = Some(finding(edge.frame, At::Value, codes::CYCLE, level, text));
                }
            });
        });
        if let Some(found) = found {
            self.push(ruled(found, rule));
        }
    }
}

/// Who refers to whom.
struct Graph<'t> {
    names: Vec<Option<&'t str>>,
    edges: Vec<Vec<usize>>,
}

/// A circle: its names, the first one again at the end.
struct Circle<'t> {
    names: Vec<&'t str>,
    items: Vec<usize>,
}

impl Circle<'_> {
    /// The item whose reference closes the circle.
    fn last_item(&self) -> Option<usize> {
        self.items.last().copied()
    }
}

impl<'t> Graph<'t> {
    fn new<'c: 't>(
        shapes: &'t super::shape::Shapes<'c>,
        items: &[Node<'t>],
        ty: Option<&'t Type>,
        name: &str,
        edges: &'c FieldPath,
    ) -> Self {
        let names: Vec<Option<&'t str>> = items
            .iter()
            .map(|item| item.get(name).and_then(Node::text))
            .collect();
        let mut places: BTreeMap<&'t str, usize> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            if let Some(name) = name {
                places.entry(name).or_insert(at);
            }
        }
        let targets = |item: &Node<'t>| {
            let mut out = Vec::new();
            let root = Frame::root(*item);
            let from = Leaf {
                frame: &root,
                value: Some(Value::Node(*item)),
                ty,
                sensitive: false,
            };
            shapes.steps(from, &edges.0, Layer::Structure, &mut |leaf| {
                let name = leaf.value.and_then(Value::text);
                out.extend(name.and_then(|name| places.get(name)).copied());
            });
            out
        };
        let edges = items.iter().map(targets).collect();
        Self { names, edges }
    }

    /// The first circle in the order of the items. Depth first, without recursion.
    fn circle(&self) -> Option<Circle<'t>> {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut state = vec![State::New; self.edges.len()];
        let mut way: Vec<(usize, usize)> = Vec::new();
        for start in 0..self.edges.len() {
            if state.get(start) != Some(&State::New) {
                continue;
            }
            way.push((start, 0));
            while let Some((at, next)) = way.last_mut() {
                let (at, edge) = (*at, *next);
                *next += 1;
                if let Some(state) = state.get_mut(at) {
                    *state = State::Open;
                }
                match self.edges.get(at).and_then(|edges| edges.get(edge)) {
                    None => {
                        if let Some(state) = state.get_mut(at) {
                            *state = State::Done;
                        }
                        way.pop();
                    }
                    Some(target) => match state.get(*target) {
                        Some(State::New) => way.push((*target, 0)),
                        Some(State::Open) => {
                            let items: Vec<usize> = way
                                .iter()
                                .map(|(at, _)| *at)
                                .skip_while(|at| at != target)
                                .collect();
                            let name =
                                |at: &usize| self.names.get(*at).copied().flatten().unwrap_or("");
                            let names = items
                                .iter()
                                .chain(std::iter::once(target))
                                .map(name)
                                .collect();
                            return Some(Circle { names, items });
                        }
                        _ => {}
                    },
                }
            }
        }
        None
    }
}
