//! Documents of every combination. What rules across fields say depends on few states of few fields: whether
//! each is absent, empty or filled, and on some values of it. So all of them are tried in the object of the
//! place, and then in each object around it; what is in the other fields only has to be valid.

mod ask;
mod state;

use super::Witnessed;
use super::candidate;
use super::judge::{WAYS, Way};
use super::place::{Place, Step, below};
use crate::breaking::compare::flat;
use crate::breaking::level::Direction;
use crate::breaking::model::{Id, Reads, Schemas};
use crate::breaking::report::Finding;
use crate::breaking::value::Value;
use ask::{is_below, keys, path};
use state::{State, looks_deeper, named, spoken_of, varied};
use std::collections::{BTreeMap, BTreeSet};

/// Questions asked of validators for one finding at most.
const QUESTIONS: usize = 60_000;
/// Combinations of the states of one object's fields at most.
const COMBINATIONS: usize = 4_096;
/// Values of one field at most.
const VALUES: usize = 24;
/// Values that tell the sides apart, and objects around one, at most.
const KEPT: usize = 8;
/// Entries of lists and maps that are made to have enough, at most.
const LONGEST: u64 = 64;
/// Objects inside each other that values are made for.
const DEPTH: usize = 10;

/// What trying the combinations came to.
pub(super) enum Outcome {
    /// This document shows the break.
    Shown(Value),
    /// None does of those that were tried, and no state of a field was left out. Of many objects that tell the
    /// sides apart only [`KEPT`] go on to the objects around.
    Contradicted,
    /// None was found in those that were tried.
    Open,
}

/// Looks for a document that shows a finding at one of its places.
pub(super) fn search(
    finding: &Finding,
    places: &[Place],
    takes: &Witnessed<'_>,
    refuses: &Witnessed<'_>,
    direction: Direction,
) -> Outcome {
    let own = finding.path.rsplit(['.', ')', '}', ']']).next();
    let mut left = QUESTIONS;
    let mut is_whole = !places.is_empty();
    for place in places {
        let Some(ways) = takes.judge.ways(place, direction, takes.side) else {
            return Outcome::Open;
        };
        let Some(end) = place.end(&takes.side.schemas, place.ids.takes) else {
            continue;
        };
        is_whole &= ways.len() < WAYS;
        for way in ways {
            let steps: Vec<Step> = way.steps.iter().chain(&place.steps).cloned().collect();
            for tags in tags(&takes.side.schemas, way.root, &steps) {
                let mut search = Search {
                    takes,
                    refuses,
                    end,
                    other: place.end(&refuses.side.schemas, place.ids.refuses),
                    own: own.unwrap_or_default(),
                    valid: BTreeMap::new(),
                    asked: Vec::new(),
                    inside: BTreeSet::new(),
                    left,
                    is_whole,
                    way: &way,
                    tags,
                };
                if let Some(document) = search.at(&steps) {
                    return Outcome::Shown(document);
                }
                (left, is_whole) = (search.left, search.is_whole);
            }
        }
    }
    if is_whole && left > 0 {
        Outcome::Contradicted
    } else {
        Outcome::Open
    }
}

/// Tags of objects around, by the number of steps to them.
type Tags = BTreeMap<usize, (String, Value)>;

/// The tags that objects on the way may have, where what admission says of a field depends on the one of the
/// object around: none, and then each combination.
fn tags(schemas: &Schemas, root: Id, steps: &[Step]) -> Vec<Tags> {
    let mut list = vec![Tags::new()];
    let mut id = root;
    for (at, step) in steps.iter().enumerate() {
        let schema = flat(schemas, id);
        let tag = schema
            .rest
            .get("selectedOnly")
            .and_then(|(it, _)| it.text());
        let property = tag.and_then(|tag| Some((tag, schema.properties.get(tag)?)));
        if let Some((tag, property)) = property {
            let values = flat(schemas, property.schema).enumeration;
            let values = values.into_iter().flat_map(|it| it.values);
            let with = |value: Value| {
                list.iter().map(move |tags| {
                    let mut more = tags.clone();
                    more.insert(at, (tag.to_owned(), value.clone()));
                    more
                })
            };
            let more: Vec<Tags> = values.flat_map(with).collect();
            list.extend(more);
        }
        let Some(next) = below(schemas, id, step) else {
            break;
        };
        id = next;
    }
    list
}

/// Which objects are looked for.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    /// Those that the other side refuses.
    Telling,
    /// Those that have this value in that field.
    With(&'a str, &'a Value),
    /// Any.
    Valid,
}

/// The search along one way.
struct Search<'a> {
    takes: &'a Witnessed<'a>,
    refuses: &'a Witnessed<'a>,
    /// The schema that differs, on both sides.
    end: Id,
    other: Option<Id>,
    /// The field that the finding is about, if it is about one.
    own: &'a str,
    /// Valid values of schemas.
    valid: BTreeMap<Id, Vec<Value>>,
    /// Schemas that values are being made for, and those of them that were asked for inside themselves.
    asked: Vec<Id>,
    inside: BTreeSet<Id>,
    left: usize,
    /// Whether nothing was left out that may matter.
    is_whole: bool,
    way: &'a Way,
    tags: Tags,
}

impl Search<'_> {
    fn at(&mut self, steps: &[Step]) -> Option<Value> {
        let (here, there) = (&self.takes.side.schemas, &self.refuses.side.schemas);
        let mut telling = candidate::telling(here, self.end, self.other, there);
        let at = path(steps);
        telling
            .retain(|value| self.is_taken(steps, value, &at) && self.is_refused(steps, value, &at));
        varied(&mut telling);
        telling.truncate(KEPT);
        telling.extend(self.objects(steps, self.end, Wanted::Telling));
        telling
            .into_iter()
            .find_map(|value| self.outwards(steps, value))
    }

    /// The value in objects around it that are valid.
    fn outwards(&mut self, steps: &[Step], value: Value) -> Option<Value> {
        let Some((last, around)) = steps.split_last() else {
            let document = self.way.document(value);
            let shows = self.faults(self.takes, &document)?.is_empty()
                && !self.faults(self.refuses, &document)?.is_empty();
            return shows.then_some(document);
        };
        let id = self.id(around)?;
        let values = match last {
            Step::Field(name) => self.objects(around, id, Wanted::With(name, &value)),
            step => self.entries(around, id, step, value),
        };
        values
            .into_iter()
            .find_map(|value| self.outwards(around, value))
    }

    /// The schema at the end of steps.
    fn id(&self, steps: &[Step]) -> Option<Id> {
        let schemas = &self.takes.side.schemas;
        steps
            .iter()
            .try_fold(self.way.root, |id, step| below(schemas, id, step))
    }

    /// Objects that are valid.
    fn objects(&mut self, steps: &[Step], id: Id, wanted: Wanted<'_>) -> Vec<Value> {
        let schema = flat(&self.takes.side.schemas, id);
        let is_telling = matches!(wanted, Wanted::Telling);
        let other = self.other.filter(|_| is_telling);
        let other = other
            .map(|id| flat(&self.refuses.side.schemas, id))
            .unwrap_or_default();
        self.is_whole &= !looks_deeper(&schema) && !looks_deeper(&other);
        let mut fixed = BTreeMap::new();
        if let Wanted::With(name, value) = wanted {
            fixed.insert(name.to_owned(), value.clone());
        }
        let lacking = self.question(self.takes, steps, &Value::Map(fixed.clone()));
        let mut states = Vec::new();
        let mut more = BTreeMap::new();
        for (name, property) in &schema.properties {
            if fixed.contains_key(name) {
                continue;
            }
            let inner: Vec<Step> = [steps, &[Step::Field(name.clone())]].concat();
            let is_own = is_telling && name == self.own;
            let spoken: Vec<Reads> = [&schema, &other]
                .into_iter()
                .filter_map(|it| spoken_of(it, name))
                .collect();
            if is_own || !spoken.is_empty() {
                let here = flat(&self.takes.side.schemas, property.schema);
                let values = self.values(&inner, property.schema);
                let mut by_rules: Vec<Value> = spoken.iter().flat_map(named).collect();
                by_rules.retain(|it| self.is_valid(&inner, it));
                let is_listed = here.enumeration.is_some();
                let all_matter = (is_own && is_listed) || spoken.iter().any(|it| it.any);
                let state = |name| State::new(name, values.clone(), all_matter, &by_rules);
                states.extend(here.aliases.into_iter().filter(|_| is_own).map(state));
                states.push(state(name.clone()));
                continue;
            }
            let at = path(&inner);
            let is_needed = lacking.iter().any(|fault| is_below(&fault.path, &at));
            if is_needed || matches!(wanted, Wanted::Valid) {
                match self.values(&inner, property.schema).into_iter().next() {
                    Some(value) if is_needed => fixed.insert(name.clone(), value),
                    Some(value) => more.insert(name.clone(), value),
                    None if is_needed => return Vec::new(),
                    None => None,
                };
            }
        }
        if is_telling {
            let known = |name: &String| schema.properties.contains_key(name);
            let reserved = schema.reserved.keys().chain(other.reserved.keys());
            let new = other.properties.keys().chain(reserved).cloned();
            let mut names: BTreeSet<String> = new.filter(|it| !known(it)).collect();
            names.extend(
                (0..=schema.properties.len())
                    .map(|number| format!("unknown{number}"))
                    .find(|it| !known(it)),
            );
            let any = vec![Value::Text("a".into())];
            states.extend(
                names
                    .into_iter()
                    .map(|it| State::new(it, any.clone(), false, &[])),
            );
        }
        let mut list = self.combinations(steps, &fixed, &states, is_telling);
        if !more.is_empty() {
            // An object may have to say something.
            more.extend(fixed);
            list.extend(self.combinations(steps, &more, &states, is_telling));
        }
        list
    }

    /// The combinations of states that are valid, up to some.
    fn combinations(
        &mut self,
        steps: &[Step],
        fixed: &BTreeMap<String, Value>,
        states: &[State],
        is_telling: bool,
    ) -> Vec<Value> {
        let at = &path(steps);
        let counts = |most: usize| states.iter().map(move |it| it.count(most));
        let all = |most: usize| counts(most).try_fold(1_usize, usize::checked_mul);
        let fits = |most: &usize| all(*most).is_some_and(|all| all <= COMBINATIONS);
        let longest = states.iter().map(|it| it.values.len() + 1).max();
        let most = (2..=longest.unwrap_or(2)).rev().find(fits).unwrap_or(2);
        self.is_whole &=
            all(most).is_some_and(|all| all <= COMBINATIONS) && longest.is_none_or(|it| it <= most);
        let mut list = Vec::new();
        for number in 0..all(most).unwrap_or(COMBINATIONS).min(COMBINATIONS) {
            if self.left == 0 || list.len() == KEPT {
                break;
            }
            let mut rest = number;
            let mut map = fixed.clone();
            for (state, count) in states.iter().zip(counts(most)) {
                // The first one is that it is absent.
                if let Some(value) = (rest % count)
                    .checked_sub(1)
                    .and_then(|at| state.values.get(at))
                {
                    map.insert(state.field.clone(), value.clone());
                }
                rest /= count;
            }
            let value = Value::Map(map);
            if self.is_taken(steps, &value, at)
                && (!is_telling || self.is_refused(steps, &value, at))
            {
                list.push(value);
            }
        }
        list
    }

    /// Valid values of a schema, those that differ most first.
    fn values(&mut self, steps: &[Step], id: Id) -> Vec<Value> {
        if let Some(known) = self.valid.get(&id) {
            if self.asked.contains(&id) {
                self.inside.insert(id);
            }
            return known.clone();
        }
        // What holds itself begins with nothing, and is asked again with what was found.
        self.valid.insert(id, Vec::new());
        self.asked.push(id);
        let known: BTreeSet<Id> = self.valid.keys().copied().collect();
        let mut list = self.values_of(steps, id);
        if self.inside.remove(&id) && !list.is_empty() {
            self.valid.retain(|it, _| known.contains(it));
            self.valid.insert(id, list);
            list = self.values_of(steps, id);
        }
        self.asked.pop();
        self.valid.insert(id, list.clone());
        list
    }

    fn values_of(&mut self, steps: &[Step], id: Id) -> Vec<Value> {
        let schemas = &self.takes.side.schemas;
        let schema = flat(schemas, id);
        let mut list = Vec::new();
        let mut is_empty_inside = false;
        if steps.len() < DEPTH {
            if !schema.properties.is_empty() {
                list.extend(self.objects(steps, id, Wanted::Valid));
            }
            for step in [Step::Item, Step::Entry] {
                let Some(inner) = below(schemas, id, &step) else {
                    continue;
                };
                let inside = [steps, std::slice::from_ref(&step)].concat();
                let values = self.values(&inside, inner);
                is_empty_inside |= values.is_empty();
                for value in values.into_iter().take(2) {
                    list.extend(self.entries(steps, id, &step, value));
                }
            }
        }
        // Of objects these know no rules.
        if schema.properties.is_empty() || list.is_empty() {
            list.extend(candidate::values(schemas, id));
        } else {
            list.push(Value::Null);
        }
        let mut seen = BTreeSet::new();
        list.retain(|value| seen.insert(value.clone()) && self.is_valid(steps, value));
        // There may be some that no limit speaks of.
        self.is_whole &= !list.is_empty() || !schema.properties.is_empty() || is_empty_inside;
        varied(&mut list);
        list.truncate(VALUES);
        list
    }

    /// Lists or maps with that entry, and as many other valid ones as there have to be.
    fn entries(&mut self, steps: &[Step], id: Id, step: &Step, value: Value) -> Vec<Value> {
        let schemas = &self.takes.side.schemas;
        let least = self.least(id, step);
        let Some(inner) = below(schemas, id, step).filter(|_| (2..=VALUES).contains(&least)) else {
            self.is_whole &= least <= VALUES;
            return candidate::around(schemas, id, std::slice::from_ref(step), value);
        };
        let others = self.values(&[steps, std::slice::from_ref(step)].concat(), inner);
        let mut all = vec![value.clone()];
        all.extend(others.into_iter().filter(|it| *it != value));
        // Where too few differ they repeat, as far as that is allowed.
        self.is_whole &= all.len() >= least;
        let all = all.iter().cycle().take(least).cloned();
        vec![match step {
            Step::Item => Value::List(all.collect()),
            _ => Value::Map(keys().zip(all).collect()),
        }]
    }

    /// How many entries there are at least, in lists or maps that have some.
    fn least(&self, id: Id, step: &Step) -> usize {
        let keyword = match step {
            Step::Item => "minItems",
            Step::Entry => "minProperties",
            Step::Field(_) => return 1,
        };
        let schema = flat(&self.takes.side.schemas, id);
        let least = schema.counts.get(keyword).copied().unwrap_or(1);
        usize::try_from(least.clamp(1, LONGEST)).unwrap_or(1)
    }
}
