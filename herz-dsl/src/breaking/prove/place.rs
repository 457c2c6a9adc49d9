//! Where a finding is: from where documents begin, down to the schemas of both sides.

use super::Ids;
use crate::breaking::compare::flat;
use crate::breaking::model::{Additional, Id, Schemas};
use crate::breaking::read::Side;
use crate::breaking::report::Finding;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Pairs of schemas that comparisons began with, by kind and path.
pub(in crate::breaking) type Starts = BTreeMap<(Option<String>, String), (Id, Id)>;

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::breaking) enum Step {
    Field(String),
    Item,
    Entry,
}

/// A place that documents are made for.
#[derive(Debug, Clone)]
pub(in crate::breaking) struct Place {
    /// Where documents begin.
    pub(super) kind: Option<String>,
    pub(super) start: String,
    pub(super) ids: Ids,
    /// From there to the schemas that differ.
    pub(super) steps: Vec<Step>,
}

impl Place {
    /// The schema at its end, from where the documents of one side begin.
    pub(super) fn end(&self, schemas: &Schemas, start: Id) -> Option<Id> {
        let mut steps = self.steps.iter();
        steps.try_fold(start, |id, step| below(schemas, id, step))
    }
}

/// The places that may show a finding: its own, and the object around it, which tells whether it
/// is there at all.
pub(super) fn places(
    finding: &Finding,
    takes: &Side,
    starts: &Starts,
    swapped: bool,
) -> Vec<Place> {
    let mut list = Vec::new();
    let fits = |start: &str| {
        finding
            .path
            .strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']))
    };
    let mut known: Vec<(&String, Ids)> = starts
        .iter()
        .filter(|((kind, path), _)| *kind == finding.kind && fits(path))
        .map(|((_, path), (old, new))| {
            let (takes, refuses) = if swapped { (*new, *old) } else { (*old, *new) };
            (path, Ids { takes, refuses })
        })
        .collect();
    // The longest path is the nearest start; a whole document is better to look at.
    known.sort_by_key(|(path, _)| path.len());
    for (path, ids) in known {
        let rest = finding.path.get(path.len()..).unwrap_or_default();
        let steps = steps(&takes.schemas, ids.takes, rest);
        let mut place = Place {
            kind: finding.kind.clone(),
            start: path.clone(),
            ids,
            steps,
        };
        list.push(place.clone());
        while place.steps.pop().is_some() {
            list.push(place.clone());
            if list.len() > 6 {
                break;
            }
        }
    }
    list
}

/// The steps of a path as far as the schema has them; what it has not is told by the object around.
fn steps(schemas: &Schemas, start: Id, path: &str) -> Vec<Step> {
    let mut at = start;
    let mut rest = path;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let step;
        if let Some(next) = rest.strip_prefix("[]") {
            (step, rest) = (Step::Item, next);
        } else if let Some(next) = rest.strip_prefix("{}") {
            (step, rest) = (Step::Entry, next);
        } else {
            let names = rest.strip_prefix('.').unwrap_or(rest);
            // A key may have dots in it: the longest that the object has.
            let schema = flat(schemas, at);
            let is_name = |name: &&String| {
                names
                    .strip_prefix(name.as_str())
                    .is_some_and(|it| it.is_empty() || it.starts_with(['.', '[', '{']))
            };
            let Some(name) = schema
                .properties
                .keys()
                .filter(is_name)
                .max_by_key(|it| it.len())
            else {
                return steps;
            };
            rest = names.get(name.len()..).unwrap_or_default();
            step = Step::Field(name.clone());
        }
        let Some(next) = below(schemas, at, &step) else {
            return steps;
        };
        at = next;
        steps.push(step);
    }
    steps
}

/// The schema one step down.
pub(super) fn below(schemas: &Schemas, id: Id, step: &Step) -> Option<Id> {
    let schema = flat(schemas, id);
    match step {
        Step::Field(name) => schema.properties.get(name).map(|it| it.schema),
        Step::Item => schema.items.or_else(|| schema.tuple.first().copied()),
        Step::Entry => match schema.additional {
            Additional::Schema(id) => Some(id),
            Additional::Open | Additional::Closed => {
                schema.pattern_properties.values().next().copied()
            }
        },
    }
}

/// Ways looked for at most.
const WAYS: usize = 8;
/// Schemas passed on ways at most: those that hold each other are passed in very many orders.
const ROUNDS: usize = 4_096;

/// Ways from a part of a schema down to a named one, the shortest first: one for each field, list or
/// map on the way, since rules around the one may forbid what those around the other allow.
pub(super) fn ways(schemas: &Schemas, from: Id, part: &str, to: Id) -> Vec<Vec<Step>> {
    let first = Step::Field(part.to_owned());
    let Some(from) = below(schemas, from, &first) else {
        return Vec::new();
    };
    let from = schemas.target(from);
    let graph = Graph::new(schemas, from, to);
    let mut ways = Vec::new();
    let mut queue = VecDeque::from([(from, vec![first], vec![from])]);
    let mut rounds = ROUNDS;
    while let Some((id, steps, passed)) = queue.pop_front() {
        rounds -= 1;
        if rounds == 0 {
            break;
        }
        if graph.ends.contains(&id) {
            ways.push(steps);
            if ways.len() == WAYS {
                break;
            }
            continue;
        }
        for (step, next) in graph.steps.get(&id).into_iter().flatten() {
            // What holds itself is not gone through again.
            if graph.leading.contains(next) && !passed.contains(next) {
                let steps = [steps.as_slice(), std::slice::from_ref(step)].concat();
                let passed = [passed.as_slice(), &[*next]].concat();
                queue.push_back((*next, steps, passed));
            }
        }
    }
    ways
}

/// The schemas below one, as far as they matter for ways to another.
struct Graph {
    steps: BTreeMap<Id, Vec<(Step, Id)>>,
    /// The one looked for, and fields that say more than their type, which still refer to it.
    ends: BTreeSet<Id>,
    /// What leads there.
    leading: BTreeSet<Id>,
}

impl Graph {
    fn new(schemas: &Schemas, from: Id, to: Id) -> Self {
        let mut graph = Self {
            steps: BTreeMap::new(),
            ends: BTreeSet::new(),
            leading: BTreeSet::new(),
        };
        let mut around: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        let mut queue = vec![from];
        while let Some(id) = queue.pop() {
            if graph.steps.contains_key(&id) {
                continue;
            }
            let mut named = schemas.get(id).references.iter();
            if id == to || named.any(|it| schemas.component(&it.name) == Some(to)) {
                graph.ends.insert(id);
            }
            let schema = flat(schemas, id);
            let fields = schema.properties.keys().cloned().map(Step::Field);
            let steps = fields.chain([Step::Item, Step::Entry]);
            let next = |step: Step| Some((schemas.target(below(schemas, id, &step)?), step));
            let steps: Vec<(Step, Id)> = steps.filter_map(next).map(|(id, it)| (it, id)).collect();
            for (_, next) in &steps {
                around.entry(*next).or_default().push(id);
                queue.push(*next);
            }
            graph.steps.insert(id, steps);
        }
        let mut queue: Vec<Id> = graph.ends.iter().copied().collect();
        while let Some(id) = queue.pop() {
            if graph.leading.insert(id) {
                queue.extend(around.get(&id).into_iter().flatten());
            }
        }
        graph
    }
}
