//! What both sides say of a value in its place, and where that place is.

use super::super::Witnessed;
use super::super::judge::Fault;
use super::super::place::Step;
use super::Search;
use crate::breaking::value::Value;
use herz_types::{Path, Segment};

impl Search<'_> {
    /// Whether a value is valid, whatever rules of the object around say of it: they are asked later.
    pub(super) fn is_valid(&mut self, steps: &[Step], value: &Value) -> bool {
        let at = path(steps);
        let faults = self.question(self.takes, steps, value);
        !faults
            .iter()
            .any(|fault| is_below(&fault.path, &at) && !(fault.path == at && fault.is_of_rule()))
    }

    /// Whether a value is valid, by the rules of its own too. Those of the object around are asked later.
    pub(super) fn is_taken(&mut self, steps: &[Step], value: &Value, path: &str) -> bool {
        let faults = self.question(self.takes, steps, value);
        let is_own = |fault: &Fault| fault.path != path || !fault.is_of_rule_around();
        let mut own = faults.iter().filter(|it| is_own(it));
        self.left > 0 && !own.any(|fault| is_below(&fault.path, path))
    }

    pub(super) fn is_refused(&mut self, steps: &[Step], value: &Value, path: &str) -> bool {
        let faults = self.question(self.refuses, steps, value);
        faults.iter().any(|fault| is_below(&fault.path, path))
    }

    /// Where a side finds faults in a document that has nothing but a value at the end of steps.
    pub(super) fn question(
        &mut self,
        of: &Witnessed<'_>,
        steps: &[Step],
        value: &Value,
    ) -> Vec<Fault> {
        let mut document = value.clone();
        for (at, step) in steps.iter().enumerate().rev() {
            let around = steps.get(..at).and_then(|around| self.id(around));
            let least = around.map_or(1, |id| self.least(id, step));
            // Of a list that is too short the items may not be looked at.
            document = match step {
                Step::Field(name) => {
                    let tag = self.tags.get(&at).cloned();
                    let entries = tag.into_iter().chain([(name.clone(), document)]);
                    Value::Map(entries.collect())
                }
                Step::Item => Value::List(vec![document; least]),
                Step::Entry => Value::Map(keys().zip(vec![document; least]).collect()),
            };
        }
        let document = self.way.document(document);
        self.faults(of, &document).unwrap_or_default()
    }

    pub(super) fn faults(&mut self, of: &Witnessed<'_>, document: &Value) -> Option<Vec<Fault>> {
        self.left = self.left.checked_sub(1)?;
        of.judge.faults(document)
    }
}

/// The end of steps in such a document, as findings write it.
pub(super) fn path(steps: &[Step]) -> String {
    let segment = |step: &Step| match step {
        Step::Field(name) => Segment::Key(name.clone()),
        Step::Item => Segment::Index(0),
        Step::Entry => Segment::Key(KEY.to_owned()),
    };
    Path(steps.iter().map(segment).collect()).to_string()
}

/// A key of maps.
const KEY: &str = "a";

/// Keys of maps.
pub(super) fn keys() -> impl Iterator<Item = String> {
    let more = (1..).map(|number| format!("{KEY}{number}"));
    std::iter::once(KEY.to_owned()).chain(more)
}

/// Whether a place is another one or in it.
pub(super) fn is_below(place: &str, other: &str) -> bool {
    let rest = place.strip_prefix(other);
    rest.is_some_and(|rest| other.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}
