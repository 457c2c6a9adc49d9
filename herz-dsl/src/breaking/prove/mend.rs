//! Documents that a validator refuses, mended by what it says: missing fields are put in, what it
//! does not want is taken out or gets another value.

use super::candidate;
use super::place::{Step, below, of_document};
use crate::breaking::model::{Id, Schemas};
use crate::breaking::value::Value;
use crate::diagnostic::Diagnostic;
use herz_types::codes;

/// Rounds at most: in each the first finding is mended.
const ROUNDS: usize = 8;
/// Values tried in one place.
const VALUES: usize = 12;

/// The document with what it lacks and without what it must not have.
pub(super) fn mended(
    schemas: &Schemas,
    root: Id,
    document: &Value,
    errors: &dyn Fn(&Value) -> Option<Vec<Diagnostic>>,
) -> Option<Value> {
    let mut document = document.clone();
    let mut found = errors(&document)?;
    for _ in 0..ROUNDS {
        let Some(first) = found.first() else {
            return Some(document);
        };
        let (next, rest) = better(schemas, root, &document, first, found.len(), errors)?;
        (document, found) = (next, rest);
    }
    found.is_empty().then_some(document)
}

/// A document with fewer findings, or with another first one.
fn better(
    schemas: &Schemas,
    root: Id,
    document: &Value,
    finding: &Diagnostic,
    count: usize,
    errors: &dyn Fn(&Value) -> Option<Vec<Diagnostic>>,
) -> Option<(Value, Vec<Diagnostic>)> {
    let path = of_document(finding.path.as_deref()?);
    let mut id = Some(root);
    for (step, _) in &path {
        id =
            id.and_then(|id| below(schemas, id, step).or_else(|| below(schemas, id, &Step::Entry)));
    }
    let mut values: Vec<Option<Value>> = Vec::new();
    if let Some(id) = id {
        let samples = candidate::samples(schemas, id);
        values.extend(samples.into_iter().take(VALUES).map(Some));
    }
    // What must not be there is taken out; what is missing can't be.
    if finding.code != codes::MISSING_FIELD && !path.is_empty() {
        values.insert(values.len().min(2), None);
    }
    let mut best = None;
    for value in values {
        let mut next = document.clone();
        put(&mut next, &path, value);
        let Some(rest) = errors(&next) else { continue };
        let is_less = rest.len()
            < best
                .as_ref()
                .map_or(count, |(_, it): &(Value, Vec<Diagnostic>)| it.len());
        // One thing mended may bring another to light.
        let is_other = best.is_none()
            && rest.len() <= count
            && rest.first().map(|it| (&it.code, &it.path)) != Some((&finding.code, &finding.path));
        if is_less || is_other {
            let done = rest.is_empty();
            best = Some((next, rest));
            if done {
                break;
            }
        }
    }
    best
}

/// Puts a value at a place, or takes out what is there.
fn put(document: &mut Value, path: &[(Step, usize)], value: Option<Value>) {
    let Some(((step, at), rest)) = path.split_first() else {
        if let Some(value) = value {
            *document = value;
        }
        return;
    };
    match (document, step) {
        (Value::Map(map), Step::Field(name)) => {
            if !rest.is_empty() {
                if let Some(inner) = map.get_mut(name) {
                    put(inner, rest, value);
                }
            } else if let Some(value) = value {
                map.insert(name.clone(), value);
            } else {
                map.remove(name);
            }
        }
        (Value::List(items), Step::Item) => {
            if rest.is_empty() && value.is_none() {
                if *at < items.len() {
                    items.remove(*at);
                }
            } else if let Some(inner) = items.get_mut(*at) {
                put(inner, rest, value);
            }
        }
        _ => {}
    }
}
